"""What happens to an event at the post: noted, corrected, told to a service, printed. They name nobody but the staff.

Who died, was born or told lies in the part ``person``, which can be erased; where and remarks in ``detail``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar
from uuid import UUID

from poe_health.keeping.event import KeptEvent
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.rules.answer import Answer

DEATH = "DEATH_AT_POST"


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What is kept for ever. ``what`` and the services as in voyages.toml; ``number``: animals or pieces, if counted.

    ``signal``: the kind of signal that it is; ``SignalOpened`` says which one was opened with it.
    """

    what: str
    at: datetime
    to: str
    also: tuple[str, ...]
    rule_from: str
    direction: str | None = None
    number: int | None = None
    cause_known: Answer = Answer.UNKNOWN
    papers_seen: Answer = Answer.UNKNOWN
    signal: str | None = None
    voyage_id: UUID | None = None
    screening_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class EventPeople:
    """Whom the event is about. None: not known. ``mother`` of a birth; ``informant`` told it, or is responsible."""

    subject: PatientIdentity | None = None
    mother: PatientIdentity | None = None
    informant: PatientIdentity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostEventStep(KeptEvent):
    """``request_id``: the same request again is the same step."""

    request_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(PostEventStep):
    """It was noted."""

    paper: str  # the number on its papers
    serial: int
    facts: EventFacts
    post_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(PostEventStep):
    """The facts as they are from here on; the reason is in ``detail``."""

    facts: EventFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(PostEventStep):
    """A service was told. ``taken``: whether it took the matter over; ``their_number``: how it calls it."""

    service: str
    at: datetime
    taken: Answer = Answer.UNKNOWN
    their_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed(PostEventStep):
    """The paper for a service was made."""

    service: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalOpened(PostEventStep):
    """A signal was opened with it. It stays when a correction names none any more: a person discards it, with why."""

    signal_id: UUID
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased(PostEventStep):
    """A rule of retention took parts away."""

    rule: str
    parts: tuple[str, ...]


KINDS: Mapping[str, type[PostEventStep]] = MappingProxyType(
    {
        "post_event.noted": Noted,
        "post_event.corrected": Corrected,
        "post_event.told": Told,
        "post_event.printed": Printed,
        "post_event.signal_opened": SignalOpened,
        "post_event.erased": Erased,
    }
)
_Kind = TypeVar("_Kind", bound=PostEventStep)


class EventState(StrEnum):
    """Where it stands."""

    NOTED = "noted"  # some service was not told yet
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class PostEvent:
    """An event at the post as its steps leave it. No name."""

    noted: Noted
    steps: tuple[PostEventStep, ...]

    @property
    def id(self) -> UUID:
        """Return its identifier."""
        return self.noted.record_id

    @property
    def number(self) -> str:
        """Return the number on its papers."""
        return self.noted.paper

    @property
    def facts(self) -> EventFacts:
        """Return the facts as they stand."""
        return next((step.facts for step in reversed(self.steps) if isinstance(step, Corrected)), self.noted.facts)

    @property
    def services(self) -> tuple[str, ...]:
        """Return who is told, the one that decides first."""
        return tuple(dict.fromkeys([self.facts.to, *self.facts.also]))

    @property
    def told(self) -> Mapping[str, Told]:
        """Return what was last told, by service."""
        return {step.service: step for step in self.of(Told)}

    @property
    def state(self) -> EventState:
        """Return where it stands."""
        return EventState.TOLD if set(self.services) <= set(self.told) else EventState.NOTED

    @property
    def signal_number(self) -> str | None:
        """Return the number of the signal that was opened with it."""
        return next((step.number for step in self.of(SignalOpened)), None)

    @property
    def erased(self) -> bool:
        """Return whether retention took away who it was."""
        return any(True for _ in self.of(Erased))

    def of(self, kind: type[_Kind]) -> Iterator[_Kind]:
        """Return the steps of one kind, in order."""
        return (step for step in self.steps if isinstance(step, kind))


def post_event_of(steps: Sequence[PostEventStep]) -> PostEvent | None:
    """Return the event of its steps, None where they do not begin one."""
    if not steps or not isinstance(steps[0], Noted):
        return None
    return PostEvent(steps[0], tuple(steps))
