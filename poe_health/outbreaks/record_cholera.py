"""Keeping an express record of cholera with its token."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clearance import ClearanceOutcome
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock
from bmis.kernel.identifiers import made_at, new_id
from bmis.kernel.plain import plain
from bmis.store.home import Home
from bmis.store.unit import OpenUnit
from poe_health.clearance.issuing import ClearanceSigner
from poe_health.clearance.records import SqlClearances
from poe_health.codes import choices
from poe_health.outbreaks.cholera import PLAN_OF, PLANS, CholeraAnswers, CholeraRecord
from poe_health.outbreaks.errors import CholeraNumberError, CholeraRefusedError, CholeraUnknownError
from poe_health.outbreaks.records import SqlCholera
from poe_health.screening.deciding import age_band
from poe_health.screening.errors import SHORTEST_REASON, ScreeningConflictError
from poe_health.screening.form import Age
from poe_health.store.records.parts import CLINICAL, NewPart
from poe_health.surveillance.screened import post_day
from poe_health.written import require_written

FORM_COMES_WITHIN = timedelta(days=3)  # numbers begin again; an older one may be another patient's
_LONGEST_TOKEN, _LONGEST_VILLAGE = 40, 80


@dataclass(frozen=True, slots=True)
class KeptCholera:
    """The kept record and the token for the lane: the patient stays with health."""

    record: CholeraRecord
    token: str


@dataclass(frozen=True, slots=True)
class RecordCholera:
    """Keeps what is known while treatment begins; the secondary case names the record later (``cholera_id``)."""

    open_unit: OpenUnit
    home: Home
    signer: ClearanceSigner
    now: Clock
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def __call__(self, request_id: UUID, answers: CholeraAnswers, by: Actor) -> KeptCholera:
        """Return the kept record; for a request that was kept before, the same.

        Raises:
            NotAllowedError: the role does not screen.
            CholeraRefusedError: a value that cannot be, or another plan than the dehydration's without a reason.
            CholeraNumberError: another patient of the day carries the number.
            ScreeningConflictError: the same request was kept with other answers.
        """
        require(by, Permission.SCREEN_HEALTH)
        self._require_possible(answers)
        with self.open_unit() as unit:
            store = SqlCholera(unit)
            kept = store.by_request(request_id)
            if kept is not None:
                if store.answers(kept.id) not in {None, answers}:
                    raise ScreeningConflictError
                return KeptCholera(kept, SqlClearances(unit).of_record(kept.id) or "")
            at = self.now()
            day = post_day(at, self.utc_offset_minutes)
            if store.numbered(day, day, answers.token) is not None:
                raise CholeraNumberError
            identifier = new_id(at)
            part = NewPart.of(CLINICAL, plain(answers))
            record = CholeraRecord(
                id=identifier,
                seq=store.next_seq(self.home.desk_id),
                request_id=request_id,
                day=day,
                recorded_at=made_at(identifier),
                dehydration=answers.dehydration,
                plan=answers.plan or PLAN_OF[answers.dehydration],
                ors_given=answers.ors_at is not None,
                post_code=self.home.post_code,
                site_id=self.home.site_id,
                desk_id=self.home.desk_id,
                by=by.name,
                digest=part.digest,
                sex=answers.sex,
                age_band=None if answers.age_years is None else age_band(Age.of_years(answers.age_years)),
                training=self.home.training,
            )
            store.add(record, part)
            token = self.signer.issue(unit, ClearanceOutcome.H_WITH_HEALTH, identifier, by.name, at)
            unit.commit()
        return KeptCholera(record, token)

    def answers(self, record_id: UUID, by: Actor) -> CholeraAnswers | None:
        """Return the answers of a record; None: they were erased.

        Raises:
            NotAllowedError: the role does not read records. CholeraUnknownError: there is none.
        """
        require(by, Permission.READ_HEALTH_RECORDS)
        with self.open_unit() as unit:
            if SqlCholera(unit).find(record_id) is None:
                raise CholeraUnknownError
            return SqlCholera(unit).answers(record_id)

    def numbered(self, number: str, by: Actor) -> CholeraRecord:
        """Return the newest record of the last days whose patient carries the number: the form comes now.

        Raises:
            NotAllowedError: the role does not read records. CholeraUnknownError: nobody carries it.
        """
        require(by, Permission.READ_HEALTH_RECORDS)
        today = post_day(self.now(), self.utc_offset_minutes)
        with self.open_unit() as unit:
            found = SqlCholera(unit).numbered(today - FORM_COMES_WITHIN, today, number)
        if found is None:
            raise CholeraUnknownError
        return found

    def of_day(self, day: date, by: Actor) -> tuple[CholeraRecord, ...]:
        """Return the express records of a day, the most dehydrated first, then the oldest: codes and nobody's answers.

        Raises:
            NotAllowedError: the role does not screen.
        """
        require(by, Permission.SCREEN_HEALTH)
        with self.open_unit() as unit:
            found = SqlCholera(unit).of_day(day)
        return tuple(sorted(found, key=lambda one: (-PLANS.index(one.plan), one.recorded_at)))

    def _require_possible(self, answers: CholeraAnswers) -> None:
        now = self.now()
        require_written({"token": answers.token, "village": answers.village})
        if not answers.token.strip() or len(answers.token) > _LONGEST_TOKEN:
            raise CholeraRefusedError(field="token")
        if answers.village is not None and len(answers.village) > _LONGEST_VILLAGE:
            raise CholeraRefusedError(field="village")
        if answers.sex is not None and answers.sex not in choices("sex"):
            raise CholeraRefusedError(field="sex")
        if answers.age_years is not None:
            Age.of_years(answers.age_years)
        if answers.plan is not None:
            other = answers.plan != PLAN_OF[answers.dehydration]
            if answers.plan not in PLANS or (other and len((answers.plan_reason or "").strip()) < SHORTEST_REASON):
                raise CholeraRefusedError(field="plan")
        for field in ("onset_at", "ors_at"):
            moment = getattr(answers, field)
            if moment is not None and (moment.tzinfo is None or moment > now):
                raise CholeraRefusedError(field=field)
