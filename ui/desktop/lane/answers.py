"""The questions of a crossing: which there are, how each is answered, which of them a class of traveller needs."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bmis.crossings.asking import required_fields
from bmis.crossings.crossing import CrossingRequest
from bmis.crossings.decision import Direction
from bmis.crossings.rules import CodeList, field_rules, purposes, travel_modes
from bmis.documents.states import state
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _


class Form(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    COUNTRY = "country"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Question:
    """A field of the request. ``directions`` empty: both."""

    name: str
    form: Form
    longest: int = 120
    directions: frozenset[Direction] = frozenset()


_ENTRY, _EXIT = frozenset({Direction.ENTRY}), frozenset({Direction.EXIT})

QUESTIONS: tuple[Question, ...] = (
    Question("person.traveller_class", Form.CHOICE),
    Question("journey.travel_mode", Form.CHOICE),
    Question("journey.coming_from", Form.COUNTRY),
    Question("journey.going_to", Form.COUNTRY),
    Question("journey.purpose", Form.CHOICE),
    Question("journey.intended_days", Form.NUMBER, 4),
    Question("journey.accommodation", Form.TEXT),
    Question("journey.vehicle", Form.TEXT, 40),
    Question("journey.carrier", Form.TEXT, 80),
    Question("person.residence_country", Form.COUNTRY),
    Question("person.occupation", Form.TEXT, 80),
    Question("person.contact", Form.TEXT),
    Question("stay.stay_until", Form.DATE, directions=_ENTRY),
    Question("stay.typed_authority", Form.TEXT, 80, _ENTRY),
    Question("stay.kind", Form.TEXT, 40, _ENTRY),
    Question("stay.number", Form.TEXT, 40, _ENTRY),
    Question("evidence.entry_stamp", Form.TEXT, 80, _EXIT),
)
"""In the order in which they are asked."""

ENTRY_STAMP = "evidence.entry_stamp"


def question_word(name: str) -> str:
    """Return the label of a question."""
    return {
        "person.traveller_class": _("Class of traveller"),
        "journey.travel_mode": _("Way of travelling"),
        "journey.coming_from": _("Coming from"),
        "journey.going_to": _("Going to"),
        "journey.purpose": _("Purpose of the journey"),
        "journey.intended_days": _("Days intended"),
        "journey.accommodation": _("Accommodation"),
        "journey.vehicle": _("Vehicle"),
        "journey.carrier": _("Carrier"),
        "person.residence_country": _("Country of residence"),
        "person.occupation": _("Occupation"),
        "person.contact": _("Contact"),
        "stay.stay_until": _("May stay until"),
        "stay.typed_authority": _("Authority for the stay"),
        "stay.kind": _("Visa or permit"),
        "stay.number": _("Number of visa or permit"),
        "evidence.entry_stamp": _("Entry by stamp"),
    }.get(name, name)


def choices(name: str, today: date) -> tuple[tuple[str, str], ...]:
    """Return the codes of a choice with their labels, in the language in force."""
    language = current_language()
    if name == "person.traveller_class":
        return tuple((code, one.en if language == "en" else one.pt) for code, one in field_rules(today).classes.items())
    listed: CodeList = purposes(today) if name == "journey.purpose" else travel_modes(today)
    return tuple((one.code, one.label(language)) for one in listed.codes)


def answer_shown(name: str, text: str, today: date) -> str:
    """Return an answer as a person reads it: labels for codes, names for States, dd/MM/yyyy for dates."""
    form = next((one.form for one in QUESTIONS if one.name == name), Form.TEXT)
    if form is Form.CHOICE:
        return dict(choices(name, today)).get(text, text)
    if form is Form.COUNTRY:
        known = state(text)
        return f"{text} · {known.name(current_language())}" if known else text
    if form is Form.DATE:
        return date.fromisoformat(text).strftime("%d/%m/%Y")
    return text


def is_answer(name: str, text: str) -> bool:
    """Return whether the text can be the answer to a question; what is empty can."""
    form = next((one.form for one in QUESTIONS if one.name == name), Form.TEXT)
    if not text:
        return True
    if form is Form.NUMBER:
        return text.isascii() and text.isdigit()
    if form is Form.DATE:
        try:
            date.fromisoformat(text)
        except ValueError:
            return False
    return True


def required(request: CrossingRequest, today: date) -> tuple[str, ...]:
    """Return the questions that must be answered, in the order in which they are asked."""
    needed = set(required_fields(request, today))
    return tuple(question.name for question in QUESTIONS if question.name in needed)
