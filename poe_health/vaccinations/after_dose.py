"""What may happen to a dose that was kept: annulled as a mistake, an adverse event reported, the district told."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from bmis.kernel.plain import plain
from bmis.store.unit import OpenUnit, UnitOfWork
from poe_health.certificates.vaccination import EventOutcome, report_event, vaccination_rule
from poe_health.keeping.errors import KeptUnknownError, StoreConflictError, StoreFieldError
from poe_health.keeping.event import LONGEST_TEXT
from poe_health.keeping.records import content_of
from poe_health.rules.answer import Answer
from poe_health.screening.errors import ErasedError
from poe_health.store.records.parts import CLINICAL, NewPart
from poe_health.vaccinations.dose import AefiClinical, AefiReported, AefiTold, AefiView, DoseAnnulled, DoseView
from poe_health.vaccinations.records import SqlDoses
from poe_health.vaccinations.settings import AFTER, ANNULLED, known


@dataclass(frozen=True, slots=True)
class AefiRequest:
    """An adverse event after a dose. ``dose``: its identifier, or the number of its certificate."""

    request_id: UUID
    dose: UUID | str
    onset_at: datetime
    symptoms: tuple[str, ...]
    serious: Answer
    outcome: EventOutcome
    description: str | None = None


@dataclass(frozen=True, slots=True)
class AfterDose:
    """Keeps what happened to a dose."""

    open_unit: OpenUnit
    now: Clock

    def annul(self, dose_id: UUID, reason: str, by: Actor) -> DoseView:
        """Return the dose after its entry was annulled. Whoever entered it may, and the supervisor.

        The number of its certificate is never given again. The ledger is put right by counting.

        Raises:
            NotAllowedError: somebody else's. StoreItemError: a reason that is none.
            KeptUnknownError: there is no such dose, or it was annulled before.
        """
        require(by, Permission.VACCINATE)
        known(ANNULLED, "reason", reason)
        with self.open_unit() as unit:
            view = _standing(unit, dose_id)
            if view.given.by != by.name:
                require(by, Permission.VOID_SCREENING)
            event = DoseAnnulled(
                id=new_id(self.now()),
                record_id=view.given.id,
                by=by.name,
                reason=reason,
                certificate_number=view.given.certificate_number,
            )
            SqlDoses(unit).add(event)
            unit.commit()
        return replace(view, annulled=event)

    def report(self, request: AefiRequest, by: Actor) -> AefiView:
        """Return the adverse event as kept; for a request that was kept before, the same.

        Raises:
            NotAllowedError: the role does not examine. KeptUnknownError: no such dose.
            AdverseEventError: before the dose, in the future, a death that is called not serious.
            StoreItemError, StoreFieldError, StoreConflictError: what is wrong with the report.
            ErasedError: what was answered at the dose is no longer kept.
        """
        require(by, Permission.VACCINATE)
        said = _clinical(request)
        with self.open_unit() as unit:
            doses = SqlDoses(unit)
            kept = doses.by_request(request.request_id)
            if kept is not None:
                parts = content_of(unit, kept)
                same = isinstance(kept, AefiReported) and parts.get(CLINICAL, plain(said)) == plain(said)
                if not isinstance(kept, AefiReported) or not same or kept.serious is not request.serious:
                    raise StoreConflictError
                view = doses.find(kept.record_id)
                return next(one for one in view.aefi if one.reported.id == kept.id) if view else AefiView(kept, None)
            standing = _standing(unit, request.dose)
            if CLINICAL in standing.erased:
                raise ErasedError
            given = standing.given
            rule, now = vaccination_rule(), self.now()
            judged = report_event(given, said.onset_at, said.symptoms, request.serious, said.outcome, now, rule)
            part = NewPart.of(CLINICAL, plain(said))
            event = AefiReported(
                id=new_id(now),
                record_id=given.id,
                by=by.name,
                digests={part.part: part.digest},
                request_id=request.request_id,
                lot=given.lot,
                serious=request.serious,
                due_at=judged.report_by,
                within_window=judged.within_window,
            )
            doses.add(event, (part,))
            unit.commit()
        return AefiView(event, None)

    def told(self, aefi_id: UUID, told_at: datetime, by: Actor) -> AefiView:
        """Return the adverse event after the district was told of it; a second call changes nothing.

        Raises:
            NotAllowedError: the role does not examine. KeptUnknownError: no such event.
            StoreFieldError: told before the dose was given, or in the future. A call comes before its typing.
        """
        require(by, Permission.VACCINATE)
        with self.open_unit() as unit:
            doses = SqlDoses(unit)
            found = doses.aefi(aefi_id)
            if found is None:
                raise KeptUnknownError("aefi")
            if found.told_at is not None:
                return found
            dose = doses.find(found.reported.record_id)
            if dose is None or not dose.given.given_at <= told_at <= self.now():
                raise StoreFieldError("told_at")
            doses.add(
                AefiTold(
                    id=new_id(self.now()),
                    record_id=found.reported.record_id,
                    by=by.name,
                    aefi_id=aefi_id,
                    told_at=told_at,
                )
            )
            unit.commit()
        return replace(found, told_at=told_at)


def _clinical(request: AefiRequest) -> AefiClinical:
    if not request.symptoms:
        raise StoreFieldError("symptoms")
    symptoms = tuple(dict.fromkeys(known(AFTER, "symptoms", code) for code in request.symptoms))
    description = (request.description or "").strip()
    if len(description) > LONGEST_TEXT:
        raise StoreFieldError("description")
    return AefiClinical(request.onset_at, symptoms, request.outcome, description or None)


def _standing(unit: UnitOfWork, dose: UUID | str) -> DoseView:
    doses = SqlDoses(unit)
    view = doses.by_number(dose.strip().upper()) if isinstance(dose, str) else doses.find(dose)
    if view is None or not view.counts:
        raise KeptUnknownError("dose")
    return view
