"""The answers of one traveller, typed: what is here can be, and what was not answered is not here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from bmis.documents.dates import PartialDate
from poe_health.codes import exposures, known_choice, symptoms
from poe_health.errors import (
    AgeOutsideError,
    CertificateTwiceError,
    DatedWithoutYesError,
    FutureDateError,
    HealthCodeError,
    TemperatureOutsideError,
    TemperatureUnconfirmedError,
)
from poe_health.rules.answer import Answer, answer_of
from poe_health.screening.journey import Stay
from poe_health.screening.policy import screening_policy

OLDEST_YEARS = 120
CERTIFICATE_SEEN = "YF_VACCINE_VALID"
_CERTIFICATE_UNSAID = frozenset({"NOT_REQUIRED"})  # says nothing of whether one was seen


class Stage(StrEnum):
    """Which screening."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


@dataclass(frozen=True, slots=True)
class Temperature:
    """A measured temperature that can be a person's; ``method`` as in the choices temp_method."""

    celsius: float
    method: str | None = None
    confirmed: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be.

        Raises:
            TemperatureOutsideError: no person has it (Fahrenheit typed as Celsius, a slipped decimal point).
            TemperatureUnconfirmedError: so rare that it must be confirmed.
            HealthCodeError: there is no such method.
        """
        policy = screening_policy().temperature
        if not policy.lowest_c <= self.celsius <= policy.highest_c:
            raise TemperatureOutsideError(policy.lowest_c, policy.highest_c)
        if not policy.confirm_below_c <= self.celsius <= policy.confirm_above_c and not self.confirmed:
            raise TemperatureUnconfirmedError(policy.confirm_below_c, policy.confirm_above_c)
        if self.method is not None:
            known_choice("temperature_method", "temp_method", self.method)

    @property
    def should_be_retaken(self) -> bool:
        """Return whether it asks for rest and a contact thermometer."""
        policy = screening_policy().temperature
        return self.celsius >= policy.retake_from_c and self.method not in policy.contact_methods


@dataclass(frozen=True, slots=True)
class Age:
    """An age in years, from ``least`` to below ``under``: a year of birth alone leaves two."""

    least: float
    under: float

    @classmethod
    def of_years(cls, years: float) -> "Age":
        """Return the age that was told: 4 is from 4 to below 5.

        Raises:
            AgeOutsideError: no person has it.
        """
        if not 0 <= years <= OLDEST_YEARS:
            raise AgeOutsideError(OLDEST_YEARS)
        return cls(years, int(years) + 1)

    @classmethod
    def of_birth(cls, born: PartialDate, today: date) -> "Age":
        """Return the age on ``today``; a month or day of birth that is not known leaves a range.

        Raises:
            FutureDateError: born after today. AgeOutsideError: longer ago than anybody lives.
        """
        if born.surely_after(today):
            raise FutureDateError("birth_date")
        least, greatest = born.age_on(today)
        if least > OLDEST_YEARS:
            raise AgeOutsideError(OLDEST_YEARS)
        return cls(max(0, least), greatest + 1)


@dataclass(frozen=True, slots=True)
class ExposureAnswer:
    """An exposure and the last day it happened; None: yes, in the days that the question covers."""

    answer: Answer
    last_on: date | None = None


def _nothing() -> Mapping[str, Answer]:
    return MappingProxyType({})


def _no_exposures() -> Mapping[str, ExposureAnswer]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ScreeningForm:
    """One traveller's answers on ``today``. ``others`` is the answer of every symptom and exposure not named.

    ``any_symptom``, ``affected_area`` and ``contact_ill`` are the short questions of primary screening;
    ``itinerary`` None was not asked. A code that is in no list, a date in the future, and answers that
    contradict each other are refused.
    """

    stage: Stage
    today: date
    temperature: Temperature | None = None
    age: Age | None = None
    sex: str | None = None
    direction: str | None = None
    symptoms: Mapping[str, Answer] = field(default_factory=_nothing)
    exposures: Mapping[str, ExposureAnswer] = field(default_factory=_no_exposures)
    others: Answer = Answer.UNKNOWN
    itinerary: tuple[Stay, ...] | None = None
    appearance: str | None = None
    any_symptom: Answer = Answer.UNKNOWN
    affected_area: Answer = Answer.UNKNOWN
    contact_ill: Answer = Answer.UNKNOWN
    certificate: str | None = None
    refused: bool = False

    def __post_init__(self) -> None:
        """Refuse codes of no list, dates to come and contradictions.

        Raises:
            HealthCodeError, FutureDateError, DatedWithoutYesError, CertificateTwiceError.
        """
        for choice, where, code in (
            ("sex", "sex", self.sex),
            ("direction", "direction", self.direction),
            ("appearance", "looks_ill", self.appearance),
            ("certificate_status", "yf_certificate", self.certificate),
        ):
            if code is not None:
                known_choice(where, choice, code)
        for code in self.symptoms:
            if code not in symptoms():
                raise HealthCodeError("symptoms", code)
        for code, said in self.exposures.items():
            if code not in exposures():
                raise HealthCodeError("exposures", code)
            if said.last_on is not None and said.answer is not Answer.YES:
                raise DatedWithoutYesError(code)
            if said.last_on is not None and said.last_on > self.today:
                raise FutureDateError(f"exposures.{code}.last_on")
        told = self.exposures.get(CERTIFICATE_SEEN, ExposureAnswer(Answer.UNKNOWN)).answer
        if Answer.UNKNOWN not in {told, self.certificate_seen} and told is not self.certificate_seen:
            raise CertificateTwiceError

    @property
    def certificate_seen(self) -> Answer:
        """Return whether a valid yellow fever certificate was seen, as the state of the certificate says."""
        if self.certificate is None or self.certificate in _CERTIFICATE_UNSAID:
            return Answer.UNKNOWN
        return answer_of(self.certificate == "VALID")
