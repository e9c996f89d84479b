"""Running the checks for the desk, before anything is decided."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID

from bmis.crossings.asking import in_codes, required_fields, traveller_class
from bmis.crossings.case import Case, Check
from bmis.crossings.checks.running import Landed, run_checks
from bmis.crossings.crossing import CrossingRequest, Place
from bmis.crossings.deciding import Proposal, propose
from bmis.crossings.errors import MomentNotAllowedError
from bmis.crossings.finding import Finding
from bmis.crossings.records import SqlCrossings, SqlHistory
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.store.unit import OpenUnit


@dataclass(frozen=True, slots=True)
class Examined:
    """What the checks say, what to propose, and what must be asked. ``findings`` go into ``Verdict.shown``."""

    findings: tuple[Finding, ...]
    proposal: Proposal
    traveller_class: str
    required: tuple[str, ...]
    day: date
    clock_set_back: bool


@dataclass(frozen=True, slots=True)
class CheckTraveller:
    """Looks and stores nothing. ``records_complete_since`` answers None where nobody vouches for the post's records."""

    open_read: OpenUnit
    checks: Sequence[Check]
    now: Clock
    place: Callable[[], Place]
    training: bool
    records_complete_since: Callable[[], datetime | None]

    def __call__(
        self, request: CrossingRequest, by: Actor, *, closes: UUID | None = None, landed: Landed | None = None
    ) -> Examined:
        """Return what the checks say; ``landed`` hears each check as it answers, on the calling thread.

        Raises:
            NotAllowedError: the role does not record crossings.
            ValueUnknownError: a mode, purpose or class that is in no list.
        """
        require(by, Permission.RECORD_CROSSING)
        with self.open_read() as unit:
            seen = SqlCrossings(unit).last_seen_at()
        case = self.case(request, self.place(), seen, closes)
        findings = run_checks(self.checks, case, landed)
        return Examined(
            findings,
            propose(case.request, findings, case.day),
            traveller_class(case.request, case.day),
            required_fields(case.request, case.day),
            case.day,
            case.clock_set_back,
        )

    def case(self, request: CrossingRequest, place: Place, last_seen_at: datetime | None, closes: UUID | None) -> Case:
        """Return the case as it is now; ``last_seen_at`` is the latest moment that the store knows of.

        Raises:
            ValueUnknownError: a mode or purpose that is in no list.
            MomentNotAllowedError: the moment has no time zone.
        """
        now = self.now()
        if request.occurred_at is not None:
            if request.occurred_at.tzinfo is None:
                raise MomentNotAllowedError(why="no_zone")
            request = replace(request, occurred_at=request.occurred_at.astimezone(UTC))
        return Case(
            request=in_codes(request, local(now, place.utc_offset_minutes).date()),
            history=SqlHistory(self.open_read),
            now=now,
            place=place,
            training=self.training,
            last_seen_at=last_seen_at,
            records_complete_since=self.records_complete_since(),
            closes=closes,
        )
