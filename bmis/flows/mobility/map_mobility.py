"""Keeping and reading what mapping exercises found: exercises, places, routes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar
from uuid import UUID

from bmis.flows.mobility.errors import MobilityCodeTakenError, MobilityFieldError, MobilityUnknownError
from bmis.flows.mobility.keeping import Standing, check_days, keep, read_standing
from bmis.flows.mobility.place import MappedPlace, MappedRoute, MappingExercise, is_area
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock, local
from bmis.posts.errors import UnknownPostError
from bmis.posts.point_of_entry import point_of_entry
from bmis.store.unit import OpenUnit, UnitOfWork

Mapped = MappedPlace | MappedRoute | MappingExercise
_Mapped = TypeVar("_Mapped", MappedPlace, MappedRoute, MappingExercise)


@dataclass(frozen=True, slots=True)
class MobilityMap:
    """Everything that stands."""

    places: tuple[Standing[MappedPlace], ...]
    routes: tuple[Standing[MappedRoute], ...]
    exercises: tuple[Standing[MappingExercise], ...]


@dataclass(frozen=True, slots=True)
class KeepMapping(Generic[_Mapped]):
    """Keeps exercises, places or routes of a request, all or none."""

    open_unit: OpenUnit
    now: Clock
    kind: type[_Mapped]
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def __call__(
        self, nouns: Iterable[tuple[_Mapped, UUID | None]], by: Actor, *, amend: bool = False
    ) -> list[Standing[_Mapped]]:
        """Return what was kept. ``amend``: each code stands and is corrected; otherwise none may stand.

        Raises:
            NotAllowedError: the role maps no mobility. MobilityDayError: a day that has not come, or the wrong order.
            MobilityCodeTakenError: a code stands. MobilityUnknownError: one to correct does not.
            MobilityFieldError: an exercise, place or area that is named is not there.
            MobilityConflictError: a request was kept with another content.
        """
        require(by, Permission.MAP_MOBILITY)
        with self.open_unit() as unit:
            kept = [self._keep(unit, noun, request, by, amend=amend) for noun, request in nouns]
            unit.commit()
        return kept

    def _keep(
        self, unit: UnitOfWork, noun: _Mapped, request: UUID | None, by: Actor, *, amend: bool
    ) -> Standing[_Mapped]:
        check_days(noun.first, noun.last, local(self.now(), self.utc_offset_minutes).date())
        if noun.last != date.max:
            check_days(noun.last, noun.last, local(self.now(), self.utc_offset_minutes).date())
        _check_names(unit, noun)
        before = read_standing(unit, self.kind, subject=noun.code)
        if amend and not before:
            raise MobilityUnknownError(what=noun.KIND.value)
        kept, is_new = keep(unit, noun, by, self.now(), request_id=request, amends=before[0].id if amend else None)
        if is_new and before and not amend:
            raise MobilityCodeTakenError
        return kept


@dataclass(frozen=True, slots=True)
class ReadMapping:
    """Looks at the map of mobility."""

    open_read: OpenUnit

    def __call__(self, by: Actor) -> MobilityMap:
        """Return what stands.

        Raises:
            NotAllowedError: the role neither observes nor maps nor reads reports.
        """
        if not (by.may(Permission.READ_REPORTS) or by.may(Permission.MAP_MOBILITY)):
            require(by, Permission.OBSERVE_FLOWS)
        with self.open_read() as unit:
            return MobilityMap(
                tuple(read_standing(unit, MappedPlace)),
                tuple(read_standing(unit, MappedRoute)),
                tuple(read_standing(unit, MappingExercise)),
            )


def _check_names(unit: UnitOfWork, noun: Mapped) -> None:
    """What a place or route names must stand. Raises MobilityFieldError."""
    if isinstance(noun, MappingExercise):
        return
    if noun.exercise is not None and not read_standing(unit, MappingExercise, subject=noun.exercise):
        raise MobilityFieldError(where="exercise")
    if isinstance(noun, MappedRoute):
        for where, end in (("origin", noun.origin), ("destination", noun.destination)):
            if not (is_area(end) or _is_post(end) or read_standing(unit, MappedPlace, subject=end)):
                raise MobilityFieldError(where=where)


def _is_post(code: str) -> bool:
    try:
        return point_of_entry(code).code == code
    except UnknownPostError:
        return False
