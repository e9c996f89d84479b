"""A sheet of groups that somebody writes down at a point: its head, the groups so far, and the one being typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from bmis.flows.mobility.errors import MobilityFieldError
from bmis.flows.observed.group import (
    AREAS,
    CODED,
    COUNTRIES,
    HOME,
    SEX_AGE,
    SEX_AGE_UNKNOWN,
    VULNERABILITIES,
    group_of,
)
from bmis.flows.observed.observe import slot_of
from bmis.flows.observed.slot import ObservedSlot

HEAD = ("fmp", "date", "slot_start", "slot_end", "directions")
PARTS = (*SEX_AGE, SEX_AGE_UNKNOWN)
GROUP = ("direction", "total", "record_kind", *PARTS, *COUNTRIES, *AREAS, *CODED, *VULNERABILITIES)
NEEDED = ("fmp", "date", "slot_start", "slot_end", "direction", "total")
NUMBERS = ("total", *PARTS, *VULNERABILITIES)
BOTH = "entry+exit"
_HOUR, _DAY = 60, 24 * 60

Texts = Mapping[str, str]


def empty() -> Texts:
    """Return no texts."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is typed: dates as YYYY-MM-DD, times as HH:MM, choices as their code; a field that is not there is empty."""

    request_id: UUID
    head: Texts
    groups: tuple[Texts, ...] = ()
    typed: Texts = field(default_factory=empty)

    @classmethod
    def blank(cls, request_id: UUID, fmp: str, at: datetime) -> "Sheet":
        """Return a sheet of the hour that ended last before ``at``, a moment of the post's wall clock."""
        end = at.hour * _HOUR
        start = max(0, end - _HOUR)
        head = {"fmp": fmp, "date": at.date().isoformat(), "slot_start": _clock(start), "directions": BOTH}
        return cls(request_id=request_id, head=head | {"slot_end": _clock(end or _HOUR)})

    @property
    def is_begun(self) -> bool:
        """Return whether a group was typed, or is half typed."""
        return bool(self.groups or self.typed)

    @property
    def people(self) -> int:
        """Return how many people the groups hold that were finished."""
        return sum(int(one["total"]) for one in self.groups)

    @property
    def parts_told(self) -> int | None:
        """Return the sum of the parts by sex and age as typed, None where none was."""
        told = [int(self.typed[name]) for name in PARTS if self.typed.get(name, "").isdigit()]
        return sum(told) if told else None

    def with_text(self, name: str, text: str) -> "Sheet":
        """Return with a field typed."""
        if name in HEAD:
            return replace(self, head=_with(self.head, name, text))
        return replace(self, typed=_with(self.typed, name, text))

    def next_group(self) -> "Sheet":
        """Return with the group that is typed at its end, and the next one empty; place and time stay.

        Raises:
            MobilityFieldError, ObservedSumError: the group cannot be.
        """
        group_of(_asked(self.typed), len(self.groups) + 1, self._directions())
        return replace(self, groups=(*self.groups, self.typed), typed=empty())

    def reopened(self) -> "Sheet":
        """Return with the last group open for correction, where nothing else is half typed."""
        if self.typed or not self.groups:
            return self
        return replace(self, groups=self.groups[:-1], typed=self.groups[-1])

    def slot(self) -> ObservedSlot:
        """Return the slot of the sheet.

        Raises:
            MobilityFieldError, ObservedSumError: the head, or a group, cannot be.
        """
        for name in HEAD:
            if not self.head.get(name):
                raise MobilityFieldError(where=name)
        try:
            date.fromisoformat(self.head["date"])
        except ValueError as error:
            raise MobilityFieldError(where="date") from error
        return slot_of({**self.head, "directions": self._directions(), "groups": [_asked(one) for one in self.groups]})

    def following(self, request_id: UUID) -> "Sheet":
        """Return the sheet of the next slot: the same point and length, from where this one ended."""
        slot = self.slot()
        end = min(slot.end + slot.end - slot.start, _DAY)
        times = {"slot_start": _clock(slot.end), "slot_end": _clock(end)} if end > slot.end else {}
        return Sheet(request_id=request_id, head=dict(self.head) | times)

    def _directions(self) -> tuple[str, ...]:
        return tuple(self.head.get("directions", BOTH).split("+"))


def typed_time(text: str) -> str:
    """Return a time typed as hhmm or hh:mm as HH:MM; what is none is given back as it is."""
    figures = text.strip().replace(":", "").replace("h", "")
    return f"{figures[:2]}:{figures[2:]}" if len(figures) == 4 and figures.isdigit() else text.strip()


def areas_asked(typed: Texts, end: str) -> bool:
    """Return whether a province can be told of that end (origin, dest): of Mozambique only."""
    return typed.get(f"{end}_country", HOME) == HOME


def _asked(typed: Texts) -> dict[str, Any]:
    """Return the group as ``group_of`` takes it; what is no number stays text, and is refused there."""
    return {name: int(text) if name in NUMBERS and text.isdigit() else text for name, text in typed.items()}


def _with(texts: Texts, name: str, text: str) -> Texts:
    found = dict(texts)
    if text:
        found[name] = text
    else:
        found.pop(name, None)
    return found


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
