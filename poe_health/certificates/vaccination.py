"""Vaccination at the post: consent first, questions answered, a vial that is good, and what came after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Protocol

from poe_health.certificates.errors import (
    AdverseEventError,
    BatchUnusableError,
    ConsentMissingError,
    ContraindicationError,
)
from poe_health.codes import Coded
from poe_health.errors import HealthListError
from poe_health.lists import ListVersion, bundled
from poe_health.rules.answer import Answer


class ConsentBy(StrEnum):
    """Who consents."""

    SELF = "SELF"
    GUARDIAN = "GUARDIAN"


@dataclass(frozen=True, slots=True)
class Consent:
    """Prior, express and informed (IHR art. 23(3)); withdrawn at any time. ``language``: in which it was asked."""

    given: bool
    by: ConsentBy
    risks_told: bool
    language: str
    asked_at: datetime
    guardian_name: str | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Question(Coded):
    """A question before the dose. ``stops``: yes means no dose; otherwise a clinician weighs it."""

    stops: bool


@dataclass(frozen=True, slots=True)
class VaccinationRule:
    """The dated rule of vaccination at the post."""

    version: ListVersion
    adult_from_years: int
    open_vial_hours: int
    discard_at_vvm: int
    aefi_days: int
    serious_hours: int
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as it was received. ``product``: a code of the vaccine list."""

    product: str
    lot: str
    expires_on: date
    doses_per_vial: int


@dataclass(frozen=True, slots=True)
class Vial:
    """A vial in use. ``vvm``: stage of its heat monitor, 1 to 4; None: it has none or nobody looked."""

    batch: Batch
    opened_at: datetime | None
    doses_taken: int = 0
    vvm: int | None = None


class GivenDose(Protocol):
    """What an adverse event must know of the dose."""

    @property
    def ref(self) -> str:
        """Its identifier."""
        ...

    @property
    def lot(self) -> str:
        """Its batch."""
        ...

    @property
    def given_at(self) -> datetime:
        """When it was given, UTC."""
        ...


class EventOutcome(StrEnum):
    """How an adverse event ended, or stands."""

    RECOVERED = "RECOVERED"
    RECOVERING = "RECOVERING"
    NOT_RECOVERED = "NOT_RECOVERED"
    SEQUELAE = "SEQUELAE"
    DIED = "DIED"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class AdverseEvent:
    """An event after a dose. It is a report, not a finding that the vaccine was the cause."""

    vaccination_ref: str
    lot: str
    onset_at: datetime
    symptoms: tuple[str, ...]
    serious: Answer
    outcome: EventOutcome
    report_by: datetime | None  # when it must be reported at the latest; None: not serious
    within_window: bool


@cache
def vaccination_rule() -> VaccinationRule:
    """Return the rule. Raises HealthListError."""
    file = "health/certificates"
    found = bundled(file, "vaccination")
    try:
        said = found.said
        return VaccinationRule(
            version=found.version,
            adult_from_years=int(said["adult_from_years"]),
            open_vial_hours=int(said["open_vial_hours"]),
            discard_at_vvm=int(said["discard_at_vvm"]),
            aefi_days=int(said["aefi_days"]),
            serious_hours=int(said["serious_hours"]),
            questions=tuple(
                Question(row["code"], row["en"], row["pt"], bool(row["stops"])) for row in said["question"]
            ),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise HealthListError(f"{file}/vaccination.toml") from error


def require_consent(consent: Consent | None, age_years: int | None, at: datetime, rule: VaccinationRule) -> None:
    """Return only if the dose may be given as far as consent goes.

    Raises:
        ConsentMissingError: none, refused, withdrawn, asked later, risks not told, or a child without a guardian.
    """
    if consent is None or not consent.given or consent.withdrawn_at is not None:
        raise ConsentMissingError("refused")
    if consent.asked_at > at:
        raise ConsentMissingError("after")
    if not consent.risks_told:
        raise ConsentMissingError("risks")
    of_age = age_years is not None and age_years >= rule.adult_from_years
    if not of_age and (consent.by is not ConsentBy.GUARDIAN or not consent.guardian_name):
        raise ConsentMissingError("guardian")  # an unknown age is not a full age


def require_answers(answers: Mapping[str, Answer], clinician_reason: str | None, rule: VaccinationRule) -> None:
    """Return only if no question stops the dose.

    A clinician may decide, with a reason, where a question only asks for care. Open questions are not no.

    Raises:
        ContraindicationError: a question that stops it was answered yes, or one is open, or care is needed without
            a clinician's reason.
    """
    asked = {question: answers.get(question.code, Answer.UNKNOWN) for question in rule.questions}
    stops = sum(question.stops and answer is Answer.YES for question, answer in asked.items())
    care = sum(not question.stops and answer is Answer.YES for question, answer in asked.items())
    open_questions = sum(answer is Answer.UNKNOWN for answer in asked.values())
    if stops or open_questions or (care and not clinician_reason):
        raise ContraindicationError(stops + care, open_questions)


def require_usable(vial: Vial, at: datetime, local_day: date, approved: Answer, rule: VaccinationRule) -> None:
    """Return only if the vial may be used. The last day printed on a batch is a good day.

    Raises:
        BatchUnusableError: expired, spoilt by heat, open too long, empty, not an approved vaccine.
    """
    if local_day > vial.batch.expires_on:
        raise BatchUnusableError("expired")
    if vial.vvm is not None and vial.vvm >= rule.discard_at_vvm:
        raise BatchUnusableError("heat")
    if vial.opened_at is not None and at - vial.opened_at >= timedelta(hours=rule.open_vial_hours):
        raise BatchUnusableError("vial_expired")
    if vial.doses_taken >= vial.batch.doses_per_vial:
        raise BatchUnusableError("vial_empty")
    if approved is Answer.NO:
        raise BatchUnusableError("not_approved")


def report_event(
    vaccination: GivenDose,
    onset_at: datetime,
    symptoms: tuple[str, ...],
    serious: Answer,
    outcome: EventOutcome,
    now: datetime,
    rule: VaccinationRule,
) -> AdverseEvent:
    """Return the event. Whatever may be serious is reported as serious: unknown is not no.

    Raises:
        AdverseEventError: before the dose, in the future, or a death that is called not serious.
    """
    if onset_at < vaccination.given_at:
        raise AdverseEventError("before_dose")
    if onset_at > now:
        raise AdverseEventError("future")
    if outcome is EventOutcome.DIED and serious is not Answer.YES:
        raise AdverseEventError("outcome")
    due = None if serious is Answer.NO else now + timedelta(hours=rule.serious_hours)
    within = onset_at - vaccination.given_at <= timedelta(days=rule.aefi_days)
    return AdverseEvent(vaccination.ref, vaccination.lot, onset_at, symptoms, serious, outcome, due, within)
