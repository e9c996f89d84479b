"""From a case as it is typed to what is asked to be kept, and back. A field that cannot be is left out and named."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from bmis.documents.dates import PartialDate
from bmis.kernel.errors import BmisError, OfficerError
from poe_health.rules.answer import Answer
from poe_health.rules.definitions import rule_set
from poe_health.screening.deciding import age_of_band
from poe_health.screening.errors import ScreeningFieldRefusedError
from poe_health.screening.form import Age, ScreeningForm, Stage, Temperature
from poe_health.screening.journey import whole_journey
from poe_health.screening.record import (
    Clinical,
    Examination,
    Measured,
    Person,
    ScreeningRequest,
    Secondary,
    Travel,
)
from poe_health.screening.secondary_rules import require_possible
from poe_health.written import require_text, require_written
from ui.desktop.health_secondary.case_sheet import BoundExpress, CaseSheet

Wrong = Mapping[str, BmisError]
"""Fields that hold something that cannot be, each with why."""

_TRUTH = MappingProxyType({"yes": True, "no": False})
_PERSON_TEXTS = ("surname", "given_names", "nationality", "document_kind", "document_country", "document_number")
_MORE_PERSON = ("occupation", "address_next", "emergency_contact", "seat")
_VITALS = ("pulse", "breaths", "oxygen", "pressure")


@dataclass(frozen=True, slots=True)
class Ending:
    """How a case ends: what the clinician chose."""

    risk_level: str
    disposition: str
    working_diagnosis: str | None = None
    reason: str | None = None
    card: int | None = None


class _Trying:
    """Swallows what a field's value raises, and notes it."""

    def __init__(self, wrong: dict[str, BmisError], name: str) -> None:
        self._wrong, self._name = wrong, name

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, OfficerError):
            self._wrong[self._name] = error
        elif isinstance(error, ValueError):
            self._wrong[self._name] = ScreeningFieldRefusedError(field=self._name)
        else:
            return False
        return True


class _Reading:
    """Reads the fields of one sheet and collects what is wrong."""

    def __init__(self, sheet: CaseSheet, today: date) -> None:
        self.sheet, self.today = sheet, today
        self.wrong: dict[str, BmisError] = {}

    def trying(self, name: str) -> "_Trying":
        """Note what is wrong with a field and go on without it."""
        return _Trying(self.wrong, name)

    def read(self, name: str, kind: Callable[[str], Any]) -> Any:
        """Return the value of a field; None where it is empty or cannot be."""
        text = self.sheet.text(name)
        if not text:
            return None
        with self.trying(name):
            return kind(text)
        return None

    def text(self, name: str) -> str | None:
        """Return a text of a person or place; None where it is empty or cannot be."""
        found: str | None = self.read(name, lambda text: written(name, text))
        return found

    def answer(self, name: str) -> Answer:
        """Return a field's answer."""
        return Answer(self.sheet.text(name) or Answer.UNKNOWN.value)

    def age(self) -> Age | None:
        """Return the age by the date of birth, else by the years that were told."""
        born = self.read("birth_date", PartialDate.parse)
        if born is not None:
            with self.trying("birth_date"):
                return Age.of_birth(born, self.today)
        found: Age | None = self.read("age_years", lambda text: Age.of_years(int(text)))
        return found

    def temperature(self) -> Temperature | None:
        """Return the temperature in the field, else the last one taken before."""
        sheet = self.sheet
        if sheet.may_examine and sheet.text("temperature"):
            method = sheet.text("temperature_method") or None
            found: Temperature | None = self.read(
                "temperature", lambda text: Temperature(celsius(text), method, confirmed=sheet.confirmed)
            )
            return found
        if not sheet.measured:
            return None
        last = sheet.measured[-1]
        return Temperature(last.celsius, last.method, confirmed=True)

    def examination(self) -> Examination | None:
        """Return what was examined; None where nothing was, or nothing may be."""
        sheet = self.sheet
        if sheet.examined_at is None or not sheet.may_examine:
            return None
        found = Examination(sheet.examined_at, tests=sheet.tests, note=sheet.text("exam_note") or None)
        for name in _VITALS:
            with self.trying(name):
                value = self.sheet.text(name)
                if value:
                    given = replace(found, **{name: value if name == "pressure" else int(value)})  # type: ignore[arg-type]  # one field of its own kind
                    require_possible(Secondary(examination=given), rule_set(self.today))
                    found = given
        return found


def written(name: str, text: str) -> str:
    """Return the text. Raises as ``require_text``."""
    require_text(name, text)
    return text


def phones_of(text: str) -> tuple[str, ...]:
    """Return the telephones, a stroke with spaces or none between them.

    Raises:
        PhoneRefusedError, HiddenMarkError: what ``require_written`` says of one.
    """
    found = tuple(part.strip() for part in text.split("/") if part.strip())
    require_written({"phone": found})
    return found


def celsius(text: str) -> float:
    """Return the temperature typed 38.6, 38,6 or 386.

    Raises:
        ValueError: it is no number.
    """
    typed = text.strip().replace(",", ".")
    if typed.isascii() and typed.isdigit() and len(typed) == 3:
        typed = f"{typed[:2]}.{typed[2]}"
    if not typed.isascii() or typed.lower().strip("0123456789.") or not typed:
        raise ValueError(typed)
    return float(typed)


def request_of(
    sheet: CaseSheet, today: date, now: datetime, ending: Ending | None = None
) -> tuple[ScreeningRequest, Wrong]:
    """Return what is to be kept, and the fields that are left out because they cannot be."""
    read = _Reading(sheet, today)
    person = _person(read)
    temperature, told = read.temperature(), read.age()
    measured = sheet.measured
    if temperature is not None and sheet.may_examine and sheet.text("temperature"):
        measured = (*measured, Measured(temperature.celsius, temperature.method, at=sheet.measured_at or now))
    stays = sheet.stays
    if stays is not None:
        with read.trying("itinerary"):
            whole_journey(stays, today)
        if "itinerary" in read.wrong:
            stays = None
    form = ScreeningForm(
        Stage.SECONDARY,
        today,
        temperature=temperature,
        age=told or (age_of_band(sheet.age_band) if sheet.age_band else None),  # as primary takes it
        sex=sheet.text("sex") or None,
        direction=sheet.text("direction") or None,
        symptoms=sheet.symptoms,
        exposures=sheet.exposures,
        itinerary=stays,
        appearance=sheet.text("appearance") or None,
        any_symptom=sheet.any_symptom,
        affected_area=sheet.affected_area,
        contact_ill=sheet.contact_ill,
        certificate=sheet.text("certificate") or None,
        refused=sheet.is_refused or (sheet.consent is None and sheet.refused_primary),
    )
    travel = Travel(
        sheet.text("conveyance") or None,
        read.text("conveyance_id"),
        sheet.voyage_key,
        sheet.text("origin_country") or None,
        None if told else sheet.age_band,
    )
    request = ScreeningRequest(
        request_id=sheet.request_id,
        form=form,
        travel=travel,
        temperatures=measured,
        reason=ending.reason if ending else None,
        person=person,
        secondary=_secondary(read, ending),
        primary_id=sheet.primary_id,
        cholera_id=sheet.express.id if sheet.express else None,
        card=ending.card if ending else None,
    )
    return request, MappingProxyType(read.wrong)


def _person(read: _Reading) -> Person | None:
    sheet = read.sheet
    said: dict[str, Any] = {name: read.text(name) for name in (*_PERSON_TEXTS, *_MORE_PERSON)}
    said |= {"birth_date": read.read("birth_date", PartialDate.parse), "companions": sheet.companions}
    said["phones"] = read.read("phone", phones_of) or ()
    if not any(said.values()):
        return None
    return Person(sex=sheet.text("sex") or None, **said)


def _secondary(read: _Reading, ending: Ending | None) -> Secondary:
    sheet = read.sheet
    return replace(
        sheet.kept,
        consent=sheet.consent,
        examination=read.examination(),
        compulsion=sheet.compulsion,
        language=sheet.text("language") or None,
        interpreter=_TRUTH.get(sheet.text("interpreter")),
        pregnant=read.answer("pregnant"),
        health_worker=read.answer("health_worker"),
        antipyretic_8h=read.answer("antipyretic_8h"),
        onset_on=read.read("onset_on", date.fromisoformat),
        residence_seeker=read.answer("residence_seeker"),
        care=sheet.care,
        charges=sheet.charges,
        actions_done=sheet.actions_done,
        working_diagnosis=ending.working_diagnosis if ending else None,
        risk_level=ending.risk_level if ending else sheet.kept.risk_level,
        disposition=ending.disposition if ending else None,
        note=sheet.text("note") or None,
    )


def sheet_of(
    request_id: UUID,
    clinical: Clinical | None,
    person: Person | None,
    *,
    primary_id: UUID | None = None,
    screening_id: UUID | None = None,
    express: BoundExpress | None = None,
) -> CaseSheet:
    """Return the sheet of what is on record: an open case, or the primary screening that a case begins with.

    ``screening_id``: of an open case; without it, it is a primary screening, and consent is still to be asked for.
    """
    numbered = MappingProxyType({"express_number": express.number} if express and express.number else {})
    empty = CaseSheet(request_id, primary_id, screening_id, numbered, express=express)
    if clinical is None:
        return empty
    form, travel, said = clinical.form, clinical.travel, clinical.secondary or Secondary()
    texts = dict(numbered) | _form_texts(form) | _person_texts(person) | _secondary_texts(said)
    texts |= {
        "conveyance": travel.conveyance or "",
        "conveyance_id": travel.conveyance_id or "",
        "origin_country": travel.origin_country or "",
    }
    if form.age is not None and not texts.get("birth_date"):
        texts["age_years"] = str(int(form.age.least)) if form.age.under - form.age.least <= 1 else ""
    measured = clinical.temperatures
    if not measured and form.temperature is not None:
        measured = (Measured(form.temperature.celsius, form.temperature.method),)
    return replace(
        empty,
        texts=MappingProxyType({name: text for name, text in texts.items() if text}),
        symptoms=form.symptoms,
        exposures=form.exposures,
        stays=form.itinerary,
        measured=measured,
        consent=said.consent,
        compulsion=said.compulsion,
        examined_at=said.examination.at if said.examination else None,
        tests=said.examination.tests if said.examination else (),
        care=said.care,
        actions_done=said.actions_done,
        charges=said.charges,
        companions=person.companions if person else (),
        kept=said,
        voyage_key=travel.voyage_key,
        age_band=travel.age_band,
        any_symptom=form.any_symptom,
        affected_area=form.affected_area,
        contact_ill=form.contact_ill,
        refused_primary=form.refused and screening_id is None,
    )


def _form_texts(form: ScreeningForm) -> dict[str, str]:
    return {
        "sex": form.sex or "",
        "direction": form.direction or "",
        "appearance": form.appearance or "",
        "certificate": form.certificate or "",
    }


def _person_texts(person: Person | None) -> dict[str, str]:
    if person is None:
        return {}
    texts = {name: getattr(person, name) or "" for name in (*_PERSON_TEXTS, *_MORE_PERSON)}
    texts["birth_date"] = str(person.birth_date) if person.birth_date else ""
    texts["phone"] = " / ".join(person.phones)
    if person.sex:
        texts["sex"] = person.sex
    return texts


def _secondary_texts(said: Secondary) -> dict[str, str]:
    texts = {"language": said.language or "", "note": said.note or ""}
    for name in ("pregnant", "health_worker", "antipyretic_8h", "residence_seeker"):
        answer: Answer = getattr(said, name)
        texts[name] = "" if answer is Answer.UNKNOWN else answer.value
    texts["onset_on"] = said.onset_on.isoformat() if said.onset_on else ""
    texts["interpreter"] = {True: "yes", False: "no", None: ""}[said.interpreter]
    if said.consent is not None:
        texts["read_aloud"] = {True: "yes", False: "no", None: ""}[said.consent.read_aloud]
    if said.examination is not None:
        for name in _VITALS:
            value = getattr(said.examination, name)
            texts[name] = "" if value is None else str(value)
        texts["exam_note"] = said.examination.note or ""
    return texts
