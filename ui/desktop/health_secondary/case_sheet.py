"""One case as it is typed: texts of the fields, answers, lists. What cannot be yet stands as it was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from poe_health.rules.answer import Answer
from poe_health.screening.form import ExposureAnswer
from poe_health.screening.journey import Stay
from poe_health.screening.record import (
    Charge,
    Companion,
    Compulsion,
    Consent,
    ConsentAnswer,
    Measured,
    RapidTest,
    Secondary,
)


class Kind(StrEnum):
    """What a field takes."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    PARTIAL = "partial"  # a date whose day or month may be unknown
    COUNTRY = "country"
    CHOICE = "choice"
    ANSWER = "answer"  # yes, no, not known
    TRUTH = "truth"  # yes, no, not asked


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``choices`` names a set of the health forms."""

    name: str
    kind: Kind = Kind.TEXT
    choices: str = ""
    longest: int = 200


PERSON_FIELDS = (
    Field("surname"),
    Field("given_names"),
    Field("birth_date", Kind.PARTIAL),
    Field("age_years", Kind.NUMBER, longest=3),
    Field("sex", Kind.CHOICE, "sex"),
    Field("nationality", Kind.COUNTRY),
    Field("document_kind", longest=40),
    Field("document_number", longest=40),
    Field("document_country", Kind.COUNTRY),
    Field("occupation"),
    Field("phone", longest=40),
    Field("emergency_contact"),
    Field("address_next"),
    Field("seat", longest=20),
    Field("express_number", longest=40),
)
ASKED_FIELDS = (
    Field("language", longest=20),
    Field("interpreter", Kind.TRUTH),
    Field("read_aloud", Kind.TRUTH),
)
SEEN_FIELDS = (
    Field("appearance", Kind.CHOICE, "appearance"),
    Field("onset_on", Kind.DATE),
    Field("antipyretic_8h", Kind.ANSWER),
    Field("pregnant", Kind.ANSWER),
    Field("health_worker", Kind.ANSWER),
)
EXAM_FIELDS = (
    Field("temperature", longest=5),
    Field("temperature_method", Kind.CHOICE, "temp_method"),
    Field("pulse", Kind.NUMBER, longest=3),
    Field("breaths", Kind.NUMBER, longest=3),
    Field("oxygen", Kind.NUMBER, longest=3),
    Field("pressure", longest=7),
)
TRAVEL_FIELDS = (
    Field("direction", Kind.CHOICE, "direction"),
    Field("conveyance", Kind.CHOICE, "conveyance"),
    Field("conveyance_id", longest=60),
    Field("origin_country", Kind.COUNTRY),
    Field("certificate", Kind.CHOICE, "certificate_status"),
    Field("residence_seeker", Kind.ANSWER),
)
NOTE_FIELDS = (Field("note", longest=2000), Field("exam_note", longest=2000))
FIELDS: Mapping[str, Field] = MappingProxyType(
    {one.name: one for one in (*PERSON_FIELDS, *ASKED_FIELDS, *SEEN_FIELDS, *EXAM_FIELDS, *TRAVEL_FIELDS, *NOTE_FIELDS)}
)
EXAMINING = frozenset(one.name for one in EXAM_FIELDS) | {"exam_note"}
"""What only an examination tells: shut until there is consent, or an order."""


def _no_texts() -> Mapping[str, str]:
    return MappingProxyType({})


def _no_answers() -> Mapping[str, Answer]:
    return MappingProxyType({})


def _no_exposures() -> Mapping[str, ExposureAnswer]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class BoundExpress:
    """The express record of cholera whose form the case is, and the number that its patient carries."""

    id: UUID
    number: str


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """A case in front. ``screening_id`` None: nothing of it is on record yet. ``stays`` None: nobody asked.

    ``measured`` are the temperatures taken before the one that stands in the field; ``examined_at``: when the
    examination began. ``confirmed``: a rare temperature was confirmed. ``express``: the record whose form this is.
    """

    request_id: UUID
    primary_id: UUID | None = None
    screening_id: UUID | None = None
    texts: Mapping[str, str] = field(default_factory=_no_texts)
    symptoms: Mapping[str, Answer] = field(default_factory=_no_answers)
    exposures: Mapping[str, ExposureAnswer] = field(default_factory=_no_exposures)
    stays: tuple[Stay, ...] | None = None
    measured: tuple[Measured, ...] = ()
    measured_at: datetime | None = None
    confirmed: bool = False
    consent: Consent | None = None
    compulsion: Compulsion | None = None
    examined_at: datetime | None = None
    tests: tuple[RapidTest, ...] = ()
    care: tuple[str, ...] = ()
    actions_done: tuple[str, ...] = ()
    charges: tuple[Charge, ...] = ()
    companions: tuple[Companion, ...] = ()
    kept: Secondary = field(default_factory=Secondary)  # what is on record beside what this desk asks
    express: BoundExpress | None = None
    voyage_key: str | None = None
    age_band: str | None = None
    any_symptom: Answer = Answer.UNKNOWN
    affected_area: Answer = Answer.UNKNOWN
    contact_ill: Answer = Answer.UNKNOWN
    refused_primary: bool = False

    @property
    def may_examine(self) -> bool:
        """Return whether there is consent, an order against the refusal, or somebody who cannot answer."""
        if self.consent is None:
            return False
        return self.consent.answer is not ConsentAnswer.REFUSED or self.compulsion is not None

    @property
    def number_to_bind(self) -> str:
        """Return the express number that was typed and is not bound yet; "" for none."""
        typed = self.text("express_number").strip()
        return "" if self.express is not None and typed == self.express.number else typed

    @property
    def is_refused(self) -> bool:
        """Return whether the person refused and no order stands."""
        return self.consent is not None and not self.may_examine

    def text(self, name: str) -> str:
        """Return what stands in a field."""
        return self.texts.get(name, "")

    def with_text(self, name: str, text: str) -> "CaseSheet":
        """Return the sheet with a field changed."""
        texts = {**self.texts, name: text}
        if not text:
            texts.pop(name)
        return replace(self, texts=MappingProxyType(texts))

    def answering(self, code: str, answer: Answer) -> "CaseSheet":
        """Return the sheet with a symptom or an exposure answered; UNKNOWN takes an answer back."""
        from poe_health.codes import symptoms  # the lists are read when they are first needed

        if code in symptoms():
            said = {**self.symptoms, code: answer}
            if answer is Answer.UNKNOWN:
                said.pop(code)
            return replace(self, symptoms=MappingProxyType(said))
        exposed = {**self.exposures, code: ExposureAnswer(answer)}
        if answer is Answer.UNKNOWN:
            exposed.pop(code)
        return replace(self, exposures=MappingProxyType(exposed))

    def answer(self, code: str) -> Answer:
        """Return what was answered to a symptom or an exposure."""
        said = self.exposures.get(code)
        return said.answer if said else self.symptoms.get(code, Answer.UNKNOWN)
