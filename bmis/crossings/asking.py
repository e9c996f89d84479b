"""What must be asked of a traveller before going on, by class, and in which words it is kept."""

from dataclasses import replace
from datetime import date
from functools import reduce

from bmis.crossings.case import is_national
from bmis.crossings.crossing import CrossingRequest, Journey
from bmis.crossings.decision import LETS_THROUGH, Decision, Direction
from bmis.crossings.errors import FieldsMissingError, FieldsNotConfirmedError, ValueUnknownError
from bmis.crossings.rules import CodeList, FieldRules, field_rules, purposes, travel_modes


def traveller_class(request: CrossingRequest, on: date) -> str:
    """Return the class: the officer's choice, or what the document and the nationality say."""
    rules = field_rules(on)
    if request.person.traveller_class is not None:
        return request.person.traveller_class
    if is_national(request) and rules.class_of_document.get(request.document.kind) == "resident":
        return "national"
    return rules.class_of_document.get(request.document.kind, "national" if is_national(request) else "foreigner")


def required_fields(request: CrossingRequest, on: date) -> tuple[str, ...]:
    """Return the fields of the request that must be known before the traveller goes on, in order of asking.

    Raises:
        ValueUnknownError: a class that there is not.
    """
    found = field_rules(on).classes.get(traveller_class(request, on))
    if found is None:
        raise ValueUnknownError(field="person.traveller_class")
    return found.entry if request.direction is Direction.ENTRY else found.exit


def require_asked(request: CrossingRequest, decision: Decision, on: date) -> None:
    """Return only if everything is known that the decision needs, and nothing was taken over unseen.

    Raises:
        FieldsMissingError: ``fields`` have no value. Of somebody who does not go on, nothing is asked.
        FieldsNotConfirmedError: ``fields`` came from an earlier crossing.
        ValueUnknownError: a class that there is not.
    """
    rules = field_rules(on)
    missing = [f"document.{name}" for name in request.document.unexplained]
    if decision in LETS_THROUGH:
        missing += [name for name in required_fields(request, on) if _value(request, name) in (None, "", ())]
    if missing:
        raise FieldsMissingError(tuple(missing))
    if unconfirmed := _unconfirmed(request, rules):
        raise FieldsNotConfirmedError(unconfirmed)


def in_codes(request: CrossingRequest, on: date) -> CrossingRequest:
    """Return the request with its mode and purpose as codes of their lists, and its texts without outer spaces.

    Raises:
        ValueUnknownError: a word of neither list.
    """
    journey = request.journey
    texts = {name: value.strip() or None for name, value in _texts(journey).items()}
    mode, purpose = texts.get("travel_mode"), texts.get("purpose")
    coded = {
        "travel_mode": _code("journey.travel_mode", mode, travel_modes(on)),
        "purpose": _code("journey.purpose", purpose, purposes(on)),
    }
    return replace(request, journey=replace(journey, **{**texts, **coded}))  # type: ignore[arg-type]  # texts only


def _value(request: CrossingRequest, path: str) -> object:
    return reduce(getattr, path.split("."), request)


def _texts(journey: Journey) -> dict[str, str]:
    names = (
        "travel_mode",
        "carrier",
        "vehicle",
        "coming_from",
        "coming_from_place",
        "going_to",
        "going_to_place",
        "purpose",
        "accommodation",
    )
    return {name: value for name in names if isinstance(value := getattr(journey, name), str)}


def _code(field: str, untrusted_text: str | None, codes: CodeList) -> str | None:
    if untrusted_text is None:
        return None
    code = codes.code_of(untrusted_text)
    if code is None:
        raise ValueUnknownError(field=field)
    return code


def _unconfirmed(request: CrossingRequest, rules: FieldRules) -> tuple[str, ...]:
    """Fields may be named whole or without their section; some may never be taken over."""
    carried = {_whole(name) for name in request.carried_over}
    confirmed = {_whole(name) for name in request.confirmed} - rules.never_carried_over
    return tuple(sorted(carried - confirmed))


def _whole(name: str) -> str:
    if "." in name:
        return name
    return f"journey.{name}" if name in Journey.__dataclass_fields__ else name
