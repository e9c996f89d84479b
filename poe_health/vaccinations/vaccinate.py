"""Giving a dose: consent, questions, a good vial, one dose off the shelf and a certificate number, or nothing of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock, local
from bmis.kernel.identifiers import new_id
from bmis.kernel.plain import plain
from bmis.store.home import Home
from bmis.store.unit import OpenUnit, UnitOfWork
from poe_health.certificates.errors import NumberSeriesError
from poe_health.certificates.numbers import NumberSeries
from poe_health.certificates.rule_data import vaccines, yellow_fever_rule
from poe_health.certificates.vaccination import (
    Batch,
    Consent,
    Vial,
    require_answers,
    require_consent,
    require_usable,
    vaccination_rule,
)
from poe_health.codes import known_choice
from poe_health.errors import HealthCodeError
from poe_health.keeping.errors import LotUnusableError, StoreConflictError, StoreFieldError, StoreItemError
from poe_health.keeping.records import content_of
from poe_health.rules.answer import Answer
from poe_health.screening.errors import ScreeningUnknownError
from poe_health.screening.records import SqlScreenings
from poe_health.store.records.parts import CLINICAL, PERSON, NewPart
from poe_health.supplies.keep_stock import StockRequest, take
from poe_health.supplies.movement import LotHeld, Move
from poe_health.supplies.records import SqlSupplies
from poe_health.supplies.settings import known_item
from poe_health.vaccinations.dose import DoseClinical, DoseGiven, DoseView, Site, Vaccinee
from poe_health.vaccinations.records import SqlDoses, SqlNumbers
from poe_health.written import require_written

YELLOW_FEVER = "YELLOW_FEVER"
NEXT = "next"  # the lowest free number of the oldest block that has one
LONGEST_NAME = 120
_DAYS_BACK = timedelta(days=1)  # a dose of the night is written down the next morning
_OLDEST = 130  # years


@dataclass(frozen=True, slots=True)
class VaccinationRequest:
    """What a desk puts together. The same ``request_id`` is the same dose, always.

    ``certificate``: a number, ``next``, or None for a dose without a certificate. ``vial_opened_at`` names the vial of
    the batch; ``vvm``: the stage of its heat monitor, 1 to 4.
    """

    request_id: UUID
    who: Vaccinee
    consent: Consent
    answers: Mapping[str, Answer]
    item: str
    lot: str
    vial_opened_at: datetime
    site: Site
    given_at: datetime
    vvm: int | None = None
    age_years: int | None = None
    clinician_reason: str | None = None
    certificate: str | None = NEXT
    screening_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Vaccinate:
    """Keeps one dose."""

    open_unit: OpenUnit
    home: Home
    now: Clock
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def __call__(self, request: VaccinationRequest, by: Actor) -> DoseView:
        """Return the dose as kept; for a request that was kept before, the same.

        Raises:
            NotAllowedError: the role does not vaccinate. StoreConflictError: the request was kept otherwise.
            ConsentMissingError, ContraindicationError, BatchUnusableError: no dose.
            LotUnusableError: the batch never came. StockShortError: the ledger has no dose of it.
            NumberSeriesError: the number cannot be used, or none is left.
            StoreItemError, StoreFieldError, HealthCodeError, ScreeningUnknownError: what is wrong with the request.
        """
        require(by, Permission.VACCINATE)
        asked = self._checked(request)
        rule = vaccination_rule()
        day = local(asked.given_at, self.utc_offset_minutes).date()
        with self.open_unit() as unit:
            doses = SqlDoses(unit)
            kept = doses.by_request(asked.request_id)
            if kept is not None:
                return self._same(unit, kept, asked)
            if asked.screening_id is not None and SqlScreenings(unit).find(asked.screening_id) is None:
                raise ScreeningUnknownError
            require_consent(asked.consent, _age(asked, day), asked.given_at, rule)
            require_answers(asked.answers, asked.clinician_reason, rule)
            batch = _batch(SqlSupplies(unit).lot(asked.item, asked.lot))
            drawn = sum(one.vial_opened_at == asked.vial_opened_at for one in doses.taken_from(asked.lot))
            vial = Vial(batch, asked.vial_opened_at, drawn, asked.vvm)
            approved = Answer.YES if batch.product in vaccines().products else Answer.UNKNOWN
            require_usable(vial, asked.given_at, day, approved, rule)
            given = self._keep(unit, asked, batch, day, by)
            unit.commit()
        return DoseView(given, None, ())

    def _keep(self, unit: UnitOfWork, asked: VaccinationRequest, batch: Batch, day: date, by: Actor) -> DoseGiven:
        at = self.now()
        identifier, movement_id = new_id(at), new_id(at)
        series_id, number = self._number(unit, asked.certificate, identifier)
        moved = StockRequest(movement_id, asked.item, Move.GIVEN, 1, asked.lot)
        take(unit, moved, SqlSupplies(unit).lot(asked.item, asked.lot), movement_id, by, identifier)
        parts = (NewPart.of(CLINICAL, plain(_clinical(asked))), NewPart.of(PERSON, plain(asked.who)))
        given = DoseGiven(
            id=identifier,
            record_id=identifier,
            by=by.name,
            digests={part.part: part.digest for part in parts},
            request_id=asked.request_id,
            item=asked.item,
            lot=asked.lot,
            product=batch.product,
            disease=YELLOW_FEVER,
            given_at=asked.given_at,
            day=day,
            valid_on=day + timedelta(days=yellow_fever_rule().valid_from_day),
            expires_on=batch.expires_on,
            vial_opened_at=asked.vial_opened_at,
            movement_id=movement_id,
            certificate_number=number,
            series_id=series_id,
            rule=vaccination_rule().version.version,
            post_code=self.home.post_code,
            training=self.home.training,
        )
        SqlDoses(unit).add(given, parts)
        return given

    @staticmethod
    def _number(unit: UnitOfWork, wanted: str | None, event_id: UUID) -> tuple[UUID | None, str | None]:
        """Return the block and the number that the dose takes; read and taken in the unit of the dose."""
        if wanted is None:
            return None, None
        numbers = SqlNumbers(unit)
        blocks = numbers.blocks()
        if wanted == NEXT:
            found = next(((key, one) for key, one in blocks.items() if one.remaining), None)
            if found is None:
                raise NumberSeriesError("exhausted")
            block_id, series = found
            written = series.next_number()
        else:
            block_id, series = block_of(blocks, wanted)
            written = wanted.strip().upper()
        series.use(written)
        numbers.take(block_id, series, written, "used", event_id)
        return block_id, written

    def _checked(self, request: VaccinationRequest) -> VaccinationRequest:
        """Return the request in the form in which it is kept. Raises what is wrong with it."""
        if known_item(request.item).vaccine != YELLOW_FEVER:
            raise StoreItemError("item", request.item)
        who = request.who
        if not 0 < len(who.name.strip()) <= LONGEST_NAME:
            raise StoreFieldError("who.name")
        require_written(who)
        if who.sex is not None:
            known_choice("who.sex", "sex", who.sex)
        if request.age_years is not None and (who.birth_date is not None or not 0 <= request.age_years <= _OLDEST):
            raise StoreFieldError("age_years")
        if request.vvm is not None and not 1 <= request.vvm <= 4:
            raise StoreFieldError("vial.vvm")
        unknown = set(request.answers) - {one.code for one in vaccination_rule().questions}
        if unknown:
            raise HealthCodeError("answers", min(unknown))
        now = self.now()
        if not now - _DAYS_BACK <= request.given_at <= now:
            raise StoreFieldError("given_at")
        if request.vial_opened_at > request.given_at:
            raise StoreFieldError("vial.opened_at")
        if who.birth_date is not None and who.birth_date.earliest() > local(now, self.utc_offset_minutes).date():
            raise StoreFieldError("who.birth_date")
        return replace(request, lot=request.lot.strip().upper())

    @staticmethod
    def _same(unit: UnitOfWork, kept: object, asked: VaccinationRequest) -> DoseView:
        if not isinstance(kept, DoseGiven):
            raise StoreConflictError
        parts = content_of(unit, kept)
        said = {CLINICAL: plain(_clinical(asked)), PERSON: plain(asked.who)}
        other = any(parts[name] != said[name] for name in parts)
        number = kept.certificate_number if asked.certificate == NEXT else asked.certificate
        if other or _facts(kept) != _facts(asked):
            raise StoreConflictError
        if number != kept.certificate_number or (asked.certificate == NEXT and number is None):
            raise StoreConflictError
        found = SqlDoses(unit).find(kept.id)
        assert found is not None  # it was there in this same unit
        return found


def block_of(blocks: Mapping[UUID, NumberSeries], untrusted_number: str) -> tuple[UUID, NumberSeries]:
    """Return the block that a number belongs to.

    Raises:
        NumberSeriesError: no block has it (outside), or it is no number of ours (format).
    """
    written = untrusted_number.strip().upper()
    reason = "format"
    for key, series in blocks.items():
        digits = written.removeprefix(series.prefix)
        if written.startswith(series.prefix) and len(digits) == series.digits and digits.isascii() and digits.isdigit():
            if series.first <= int(digits) <= series.last:
                return key, series
            reason = "outside"
    raise NumberSeriesError(reason)


def _batch(held: LotHeld | None) -> Batch:
    if held is None or held.expires_on is None or held.product is None or held.doses_per_vial is None:
        raise LotUnusableError("unknown")
    return Batch(held.product, held.lot, held.expires_on, held.doses_per_vial)


def _facts(one: DoseGiven | VaccinationRequest) -> tuple[object, ...]:
    return one.item, one.lot, one.given_at, one.vial_opened_at


def _clinical(asked: VaccinationRequest) -> DoseClinical:
    return DoseClinical(
        asked.consent,
        asked.answers,
        asked.site,
        asked.vvm,
        asked.age_years,
        asked.clinician_reason,
        asked.screening_id,
    )


def _age(asked: VaccinationRequest, day: date) -> int | None:
    """Return the fewest completed years that the person has; None: not known, which is no full age."""
    born = asked.who.birth_date
    if born is None:
        return asked.age_years
    youngest = born.latest()
    return day.year - youngest.year - ((day.month, day.day) < (youngest.month, youngest.day))
