"""Looking at doses: lists without names; one dose with what the role sees, each opened name on record."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from bmis.kernel.plain import value_of
from bmis.store.unit import OpenUnit
from poe_health.keeping.errors import KeptDamagedError, KeptUnknownError
from poe_health.keeping.records import content_of
from poe_health.store.records.access import Access, AccessKind, SqlAccess
from poe_health.store.records.parts import CLINICAL, PERSON
from poe_health.vaccinations.dose import AefiClinical, DoseClinical, DoseView, Vaccinee
from poe_health.vaccinations.records import SqlDoses

MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class ShownDose:
    """A dose as its reader may see it; None: the role does not see it, or it was erased. ``aefi`` by identifier."""

    view: DoseView
    clinical: DoseClinical | None
    who: Vaccinee | None
    aefi: dict[UUID, AefiClinical]


@dataclass(frozen=True, slots=True)
class ReadDoses:
    """Answers the doses of the post."""

    open_unit: OpenUnit
    open_read: OpenUnit
    now: Clock

    def listed(self, first: date, last: date, by: Actor, *, limit: int = MOST_LISTED) -> tuple[DoseView, ...]:
        """Return the doses of those days, the newest first: codes and numbers, no name.

        Raises:
            NotAllowedError: nobody of health.
        """
        if not by.may(Permission.READ_HEALTH_COUNTS):
            require(by, Permission.SCREEN_HEALTH)
        with self.open_read() as unit:
            return tuple(SqlDoses(unit).between(first, last, limit))

    def show(self, dose: UUID | str, by: Actor) -> ShownDose:
        """Return one dose by its identifier or the number of its certificate; a name that is opened is on record.

        Raises:
            NotAllowedError: the role reads no record. KeptUnknownError: there is none.
            KeptDamagedError: what is kept does not prove.
        """
        require(by, Permission.READ_HEALTH_RECORDS)
        with self.open_unit() as unit:
            doses = SqlDoses(unit)
            view = doses.by_number(dose.strip().upper()) if isinstance(dose, str) else doses.find(dose)
            if view is None:
                raise KeptUnknownError("dose")
            parts = content_of(unit, view.given)
            try:
                clinical = value_of(DoseClinical, parts[CLINICAL]) if CLINICAL in parts else None
                names = PERSON in parts and by.may(Permission.READ_HEALTH_NAMES)
                who = value_of(Vaccinee, parts[PERSON]) if names else None
                aefi = {
                    one.reported.id: value_of(AefiClinical, said[CLINICAL])
                    for one in view.aefi
                    if CLINICAL in (said := content_of(unit, one.reported))
                }
            except (ValueError, TypeError, KeyError) as error:
                raise KeptDamagedError from error
            if who is not None:
                access = Access(new_id(self.now()), AccessKind.READ, view.given.id, by.name, by.role.value)
                SqlAccess(unit).add(access)
            unit.commit()
        return ShownDose(view, clinical, who, aefi)
