"""A kept day of the tally as plain values: what store, audit chain and outbox hold. Counts, never people."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any
from uuid import UUID

from bmis.kernel.identifiers import made_at
from poe_health.surveillance.day import DayEvent, Reopened, Submitted
from poe_health.surveillance.errors import CountRefusedError, TallyDamagedError
from poe_health.surveillance.screened import Cell
from poe_health.surveillance.tally import DIMENSIONS, Counts, DailyTally, TallySource

SUBMITTED, REOPENED = "tally.submitted", "tally.reopened"
KINDS = frozenset({SUBMITTED, REOPENED})
_NONE = Counts(yf_vaccinated=None)
_TOLD = ("conveyances_inspected", "none_screened_reason", "none_screened_note", "fewer_crossed_reason")


@dataclass(frozen=True, slots=True)
class KeptDayEvent:
    """One event of one day. ``replaces``: the submission that a later one takes the place of."""

    id: UUID
    post_code: str
    day: date
    event: DayEvent
    replaces: UUID | None = None

    @property
    def kind(self) -> str:
        """Its kind, as the audit chain and the outbox name it."""
        return SUBMITTED if isinstance(self.event, Submitted) else REOPENED

    @property
    def by(self) -> str:
        """Who submitted it, or whose record reopened it."""
        return self.event.by

    def payload(self) -> Mapping[str, object]:
        """Return plain values."""
        about = {"id": str(self.id), "kind": self.kind, "post_code": self.post_code, "by": self.by}
        about |= {"day": self.day.isoformat()}
        if isinstance(self.event, Reopened):
            return {**about, "record": self.event.record, "reason": self.event.reason}
        replaced = None if self.replaces is None else str(self.replaces)
        told = {"revision": self.event.revision, "replaces": replaced, "tally": tally_plain(self.event.tally)}
        return {**about, **told}


def day_event_of(said: Mapping[str, Any]) -> KeptDayEvent:
    """Return the event of a kept payload.

    Raises:
        TallyDamagedError: it is none of ours.
    """
    try:
        identifier = UUID(said["id"])
        at = made_at(identifier)
        event: DayEvent = _submitted(said, at)
        replaced = said.get("replaces")
        replaces = None if replaced is None else UUID(replaced)
        return KeptDayEvent(identifier, said["post_code"], date.fromisoformat(said["day"]), event, replaces)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation, CountRefusedError) as error:
        raise TallyDamagedError from error


def _submitted(said: Mapping[str, Any], at: datetime) -> DayEvent:
    if said["kind"] == REOPENED:
        return Reopened(at, said["by"], said["record"], said["reason"])
    if said["kind"] != SUBMITTED:
        raise ValueError(said["kind"])
    return Submitted(at, said["by"], tally_from(said["tally"]), int(said["revision"]))


def tally_plain(tally: DailyTally) -> dict[str, Any]:
    """Return the tally in plain values; of a cell only what is not zero. Of a day without counts there are none."""
    return {
        "post_code": tally.post_code,
        "day": tally.day.isoformat(),
        "source": tally.source.value,
        "counts": None if _has_none(tally) else counts_plain(tally.counts),
        "suspected_by": dict(tally.suspected_by),
        "screened_by": {name: dict(groups) for name, groups in tally.screened_by.items()},
        "crossed": None if tally.crossed is None else dict(tally.crossed),
        "hours_open": None if tally.hours_open is None else str(tally.hours_open),
        **{name: getattr(tally, name) for name in _TOLD},
        "cells": [
            {name: getattr(cell, name) for name in DIMENSIONS}
            | {"counts": {name: count for name, count in counts_plain(counts).items() if count != 0}}
            for cell, counts in sorted(tally.cells.items(), key=lambda one: _order(one[0]))
        ],
    }


def counts_plain(counts: Counts) -> dict[str, int | None]:
    """Return the numbers by name; None: nobody counted."""
    return {one.name: getattr(counts, one.name) for one in fields(Counts)}


def tally_from(said: Mapping[str, Any]) -> DailyTally:
    """Return the tally of its plain values. Raises KeyError, TypeError, ValueError, CountRefusedError."""
    hours = said["hours_open"]
    cells = {Cell(**{name: one[name] for name in DIMENSIONS}): Counts(**one["counts"]) for one in said["cells"]}
    return DailyTally(
        post_code=said["post_code"],
        day=date.fromisoformat(said["day"]),
        source=TallySource(said["source"]),
        counts=_NONE if said["counts"] is None else Counts(**said["counts"]),
        suspected_by=MappingProxyType(dict(said["suspected_by"])),
        screened_by=MappingProxyType({name: MappingProxyType(dict(by)) for name, by in said["screened_by"].items()}),
        crossed=None if said["crossed"] is None else MappingProxyType(dict(said["crossed"])),
        hours_open=None if hours is None else Decimal(hours),
        cells=MappingProxyType(cells),
        **{name: said[name] for name in _TOLD},
    )


def _has_none(tally: DailyTally) -> bool:
    """Return whether nothing was counted: a zero would say that somebody looked and found nobody."""
    return not tally.has_data and tally.counts == _NONE


def _order(cell: Cell) -> tuple[str, ...]:
    return tuple(getattr(cell, name) or "" for name in DIMENSIONS)
