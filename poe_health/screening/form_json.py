"""The JSON of a screening to a typed form and its context. Everything in it is untrusted.

The shape (which keys, which kinds of value) is that of ``resources/schemas/health-screen-in.json``; what no schema
can judge is judged here, each with its own error.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bmis.documents.dates import PartialDate
from bmis.documents.errors import DateTextError
from bmis.documents.states import iso3
from poe_health.errors import AgeTwiceError, CountryCodeError, HealthDateError, ScreeningFieldError
from poe_health.rules.answer import Answer
from poe_health.screening.context import HealthContext
from poe_health.screening.form import Age, ExposureAnswer, ScreeningForm, Stage, Temperature
from poe_health.screening.journey import AffectedArea, Stay, place_code, whole_journey

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def form_from(untrusted: Mapping[str, Any], today: date) -> ScreeningForm:
    """Return the form as of ``today``.

    Raises:
        ScreeningFieldError: a field is missing or of the wrong kind.
        OfficerError: of BMIS-400 to 410, for a value that cannot be.
    """
    stays = untrusted.get("itinerary")
    return ScreeningForm(
        stage=_stage(untrusted),
        today=today,
        temperature=_temperature(untrusted),
        age=_age(untrusted, today),
        sex=_text(untrusted, "sex"),
        direction=_text(untrusted, "direction"),
        symptoms={code: _answer(said, f"symptoms.{code}") for code, said in _object(untrusted, "symptoms").items()},
        exposures={code: _exposure(said, code) for code, said in _object(untrusted, "exposures").items()},
        others=_answer(untrusted.get("others"), "others"),
        itinerary=None if stays is None else whole_journey(_stays(stays), today),
        appearance=_text(untrusted, "looks_ill"),
        any_symptom=_answer(untrusted.get("any_symptom"), "any_symptom"),
        affected_area=_answer(untrusted.get("affected_area"), "affected_area"),
        contact_ill=_answer(untrusted.get("contact_ill"), "contact_ill"),
        certificate=_text(untrusted, "yf_certificate"),
        refused=_flag(untrusted, "refused"),
    )


def context_from(untrusted: Mapping[str, Any]) -> HealthContext:
    """Return the context of a training home's input; a list that it does not name is not at hand.

    Raises:
        ScreeningFieldError: a field of the wrong kind. HealthDateError, CountryCodeError: a value that cannot be.
    """
    said = _object(untrusted, "context")
    outbreaks, affected = said.get("outbreaks"), said.get("affected")
    return HealthContext(
        outbreaks=None if outbreaks is None else frozenset(_codes(outbreaks, "context.outbreaks")),
        affected=None if affected is None else tuple(_areas(affected)),
        signals=frozenset(_codes(said.get("signals") or [], "context.signals")),
        outbreak_mode=_flag(said, "outbreak_mode"),
        areas_to_secondary=_flag(said, "areas_to_secondary"),
        symptoms_only=_flag(said, "symptoms_only"),
    )


def _temperature(said: Mapping[str, Any]) -> Temperature | None:
    celsius = said.get("temperature_c")
    if celsius is None:
        return None
    if isinstance(celsius, bool) or not isinstance(celsius, int | float):
        raise ScreeningFieldError("temperature_c")
    return Temperature(celsius, _text(said, "temperature_method"), _flag(said, "temperature_confirmed"))


def _age(said: Mapping[str, Any], today: date) -> Age | None:
    years, born = said.get("age_years"), _text(said, "birth_date")
    if years is not None and born is not None:
        raise AgeTwiceError
    if born is not None:
        try:
            return Age.of_birth(PartialDate.parse(born), today)
        except DateTextError as error:
            raise HealthDateError("birth_date") from error
    if years is None:
        return None
    if isinstance(years, bool) or not isinstance(years, int | float):
        raise ScreeningFieldError("age_years")
    return Age.of_years(years)


def _exposure(said: Any, code: str) -> ExposureAnswer:
    where = f"exposures.{code}"
    if not isinstance(said, dict):
        return ExposureAnswer(_answer(said, where))
    return ExposureAnswer(_answer(said.get("answer"), f"{where}.answer"), _day(said.get("last_on"), f"{where}.last_on"))


def _stays(untrusted: Any) -> list[Stay]:
    found = []
    for place, said in enumerate(_list(untrusted, "itinerary")):
        where = f"itinerary[{place}]"
        country, admin1, since, until = _place_and_days(said, where)
        found.append(Stay(country, place_code(country, admin1), since, until))
    return found


def _areas(untrusted: Any) -> list[AffectedArea]:
    found = []
    for place, said in enumerate(_list(untrusted, "context.affected")):
        where = f"context.affected[{place}]"
        country, admin1, since, until = _place_and_days(said, where)
        disease = _text(said, "disease")
        if disease is None:
            raise ScreeningFieldError(f"{where}.disease")
        found.append(AffectedArea(disease, country, place_code(country, admin1), since, until))
    return found


def _place_and_days(said: Any, where: str) -> tuple[str, str | None, date | None, date | None]:
    if not isinstance(said, dict):
        raise ScreeningFieldError(where)
    country = iso3(_text(said, "country"))
    if country is None:
        raise CountryCodeError(f"{where}.country")
    since, until = _day(said.get("from"), f"{where}.from"), _day(said.get("to"), f"{where}.to")
    return country, _text(said, "admin1"), since, until


def _day(untrusted: Any, where: str) -> date | None:
    if untrusted is None:
        return None
    if not isinstance(untrusted, str) or not _DAY.fullmatch(untrusted):  # fromisoformat takes weeks too
        raise HealthDateError(where)
    try:
        return date.fromisoformat(untrusted)
    except ValueError as error:
        raise HealthDateError(where) from error


def _answer(untrusted: Any, where: str) -> Answer:
    if untrusted is None:
        return Answer.UNKNOWN
    try:
        return Answer(untrusted)
    except ValueError as error:
        raise ScreeningFieldError(where) from error


def _stage(said: Mapping[str, Any]) -> Stage:
    try:
        return Stage(str(said.get("stage")))
    except ValueError as error:
        raise ScreeningFieldError("stage") from error


def _text(said: Mapping[str, Any], name: str) -> str | None:
    value = said.get(name)
    if value is not None and not isinstance(value, str):
        raise ScreeningFieldError(name)
    return value


def _flag(said: Mapping[str, Any], name: str) -> bool:
    value = said.get(name, False)
    if not isinstance(value, bool):
        raise ScreeningFieldError(name)
    return value


def _object(said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = said.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ScreeningFieldError(name)
    return value


def _list(untrusted: Any, where: str) -> list[Any]:
    if not isinstance(untrusted, list):
        raise ScreeningFieldError(where)
    return untrusted


def _codes(untrusted: Any, where: str) -> list[str]:
    codes = _list(untrusted, where)
    if any(not isinstance(code, str) for code in codes):
        raise ScreeningFieldError(where)
    return codes
