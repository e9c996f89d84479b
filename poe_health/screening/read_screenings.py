"""Reading screenings: what each role may see, names only where they are needed, and each such reading on record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from bmis.store.unit import OpenUnit, UnitOfWork
from poe_health.clearance.records import SqlClearances
from poe_health.screening.errors import SHORTEST_REASON, GlassReasonError, ScreeningUnknownError
from poe_health.screening.record import Clinical, Kind, Person, ScreeningView
from poe_health.screening.records import SqlScreeningCounts, SqlScreenings
from poe_health.store.records.access import Access, AccessKind, SqlAccess
from poe_health.surveillance.screened import ScreenedFact

SECOND_LOOKS_FOR = timedelta(hours=12)  # who left without one stands no longer in the way


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as its reader may see it. ``person`` None: nobody is named, it was erased, or the role does not show it.

    ``hidden``: the parts that are kept and that the role does not show.
    """

    view: ScreeningView
    clinical: Clinical | None
    person: Person | None
    hidden: frozenset[str]
    token: str | None = None


@dataclass(frozen=True, slots=True)
class ShowScreening:
    """Opens one record. Whoever opens a name is on record; breaking the glass gives the reason as well."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, screening_id: UUID, by: Actor) -> Shown:
        """Return the record with what the role shows.

        Raises:
            NotAllowedError: the role works with no screening. ScreeningUnknownError: there is none.
        """
        if not by.may(Permission.READ_HEALTH_RECORDS):
            require(by, Permission.SCREEN_HEALTH)
        with self.open_unit() as unit:
            view = _existing(unit, screening_id)
            answers = by.may(Permission.READ_HEALTH_RECORDS) or view.record.kind is not Kind.SECONDARY
            shown = self._shown(unit, view, answers=answers, names=by.may(Permission.READ_HEALTH_NAMES))
            if shown.person is not None:
                self._log(unit, AccessKind.READ, view, by)
            unit.commit()
        return shown

    def break_glass(self, screening_id: UUID, reason: str, by: Actor) -> Shown:
        """Return everything that is kept of the record, this once.

        Raises:
            NotAllowedError: the role may not, or sees it anyway. GlassReasonError: no reason, or one too short.
            ScreeningUnknownError: there is none.
        """
        require(by, Permission.BREAK_HEALTH_GLASS)
        said = reason.strip()
        if len(said) < SHORTEST_REASON:
            raise GlassReasonError
        with self.open_unit() as unit:
            view = _existing(unit, screening_id)
            shown = self._shown(unit, view, answers=True, names=True)
            self._log(unit, AccessKind.GLASS, view, by, said)
            unit.commit()
        return shown

    def _log(
        self, unit: UnitOfWork, kind: AccessKind, view: ScreeningView, by: Actor, reason: str | None = None
    ) -> None:
        SqlAccess(unit).add(Access(new_id(self.now()), kind, view.id, by.name, by.role.value, reason))

    @staticmethod
    def _shown(unit: UnitOfWork, view: ScreeningView, *, answers: bool, names: bool) -> Shown:
        content = SqlScreenings(unit).content(view)
        kept = {"clinical": content.clinical, "person": content.person}
        hidden = {part for part, shows in (("clinical", answers), ("person", names)) if kept[part] and not shows}
        return Shown(
            view,
            content.clinical if answers else None,
            content.person if names else None,
            frozenset(hidden),
            SqlClearances(unit).of_record(view.id),
        )


@dataclass(frozen=True, slots=True)
class ListScreenings:
    """Lists for the desk: codes and times, nobody's name and nobody's answers."""

    open_read: OpenUnit

    def waiting(self, by: Actor) -> tuple[ScreeningView, ...]:
        """Return who was sent to secondary and the cases that are open, the oldest first."""
        require(by, Permission.SCREEN_HEALTH)
        with self.open_read() as unit:
            return SqlScreenings(unit).waiting()

    def waits_since(self, view: ScreeningView, by: Actor) -> datetime:
        """Return since when somebody waits: an open case since the primary screening that it follows."""
        require(by, Permission.SCREEN_HEALTH)
        if view.record.primary_id is None:
            return view.record.screened_at
        with self.open_read() as unit:
            return _existing(unit, view.record.primary_id).record.screened_at

    def for_second_look(self, now: datetime, by: Actor) -> tuple[ScreeningView, ...]:
        """Return who may go on and waits a short while, by lot or at a full desk; the oldest first.

        Those of the last ``SECOND_LOOKS_FOR``: midnight takes nobody off the list.

        Raises:
            NotAllowedError: the role does not screen.
        """
        require(by, Permission.SCREEN_HEALTH)
        with self.open_read() as unit:
            return SqlScreenings(unit).for_second_look(now - SECOND_LOOKS_FOR)

    def of_day(self, day: date, by: Actor, *, limit: int = 200) -> tuple[ScreeningView, ...]:
        """Return the records of a day, the newest first, voided ones too."""
        if not by.may(Permission.READ_HEALTH_RECORDS):
            require(by, Permission.SCREEN_HEALTH)
        with self.open_read() as unit:
            return SqlScreenings(unit).of_day(day, limit=limit)

    def of_voyage(self, voyage_key: str, by: Actor) -> tuple[ScreeningView, ...]:
        """Return the records of one voyage, the oldest first."""
        require(by, Permission.READ_HEALTH_COUNTS)
        with self.open_read() as unit:
            return SqlScreenings(unit).of_voyage(voyage_key)

    def facts(self, day: date, by: Actor) -> tuple[ScreenedFact, ...]:
        """Return what the tally of a day counts, one fact a traveller."""
        require(by, Permission.READ_HEALTH_COUNTS)
        with self.open_read() as unit:
            return tuple(fact for _, fact in SqlScreeningCounts(unit).facts_of(day, day))

    def facts_between(self, first: date, last: date, by: Actor) -> Iterable[tuple[date, ScreenedFact]]:
        """Return (day, fact) of those days, for series and exports of counts."""
        require(by, Permission.READ_HEALTH_COUNTS)
        with self.open_read() as unit:
            return tuple(SqlScreeningCounts(unit).facts_of(first, last))


@dataclass(frozen=True, slots=True)
class ReadAccessLog:
    """Who opened what, for whoever watches over it: never what was in it."""

    open_read: OpenUnit

    def __call__(self, since: datetime, by: Actor) -> tuple[Access, ...]:
        """Return the openings since that moment, the oldest first.

        Raises:
            NotAllowedError: the role does not read the audit, or is the border's: reasons may tell of a case.
        """
        require(by, Permission.READ_AUDIT)
        require(by, Permission.READ_HEALTH_COUNTS)
        with self.open_read() as unit:
            return SqlAccess(unit).since(since)


def _existing(unit: UnitOfWork, screening_id: UUID) -> ScreeningView:
    view = SqlScreenings(unit).find(screening_id)
    if view is None:
        raise ScreeningUnknownError
    return view
