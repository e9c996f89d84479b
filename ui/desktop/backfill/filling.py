"""From the fields of the paper form to a request. Pure; ``FormFieldError`` names the field that cannot be so."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID

from bmis.crossings.crossing import CrossingRequest, Journey, PersonDetails, Refusal, Verdict
from bmis.crossings.decision import STOPS, Decision, Direction
from bmis.crossings.finding import Finding
from bmis.crossings.paperwork.backfill import FilledForm, written_at
from bmis.crossings.paperwork.rules import FormField, FormLayout
from bmis.documents.dates import PartialDate
from bmis.documents.document_kinds import HasMrz, document_kind
from bmis.documents.errors import DateTextError
from bmis.documents.travel_document import TravelDocument, from_fields
from bmis.kernel.i18n import current_language
from ui.desktop.errors import FormFieldError

ON_PAPER = "paper_form"  # why a document that has an MRZ was typed
_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:h.]?([0-5][0-9])", re.ASCII)


@dataclass(frozen=True, slots=True)
class TypedForm:
    """What was typed: field of the layout -> text, "" for empty. ``missing``: document field -> why it is not known."""

    request_id: UUID
    number: str
    values: Mapping[str, str]
    missing: Mapping[str, str]

    def text(self, name: str) -> str:
        """Return a field's text without outer spaces."""
        return self.values.get(name, "").strip()

    def or_none(self, name: str) -> str | None:
        """Return a field's text, None for an empty one."""
        return self.text(name) or None


def first_empty(typed: TypedForm, layout: FormLayout) -> FormField | None:
    """Return the first required field without a value."""
    return next((field for field in layout.fields if field.required and not typed.text(field.name)), None)


def request_of(typed: TypedForm, layout: FormLayout, utc_offset_minutes: int) -> CrossingRequest:
    """Return the request that the form makes.

    Raises:
        FormFieldError: a date, time or number that is none.
        FieldMissingError: a document field without value or reason; and what else ``from_fields`` raises.
    """
    labels = {field.name: field.label.in_language(current_language()) for field in layout.fields}
    days = typed.text("intended_days")
    if days and not (days.isascii() and days.isdigit() and len(days) <= 4):
        raise FormFieldError(field=labels["intended_days"])
    return CrossingRequest(
        request_id=typed.request_id,
        direction=Direction(typed.text("direction")),
        document=_document(typed, labels),
        journey=Journey(
            travel_mode=typed.or_none("travel_mode"),
            vehicle=typed.or_none("vehicle"),
            coming_from=typed.or_none("coming_from"),
            going_to=typed.or_none("going_to"),
            purpose=typed.or_none("purpose"),
            intended_days=int(days) if days else None,
            accommodation=typed.or_none("accommodation"),
        ),
        person=PersonDetails(residence_country=typed.or_none("residence_country")),
        note=typed.or_none("note"),
        occurred_at=crossed_at(typed, labels, utc_offset_minutes),
        paper_form=typed.number.strip().upper(),
        written_by=typed.text("written_by"),
    )


def crossed_at(typed: TypedForm, labels: Mapping[str, str], utc_offset_minutes: int) -> datetime:
    """Return when the traveller crossed, as written.

    Raises:
        FormFieldError: the date or the time is none.
    """
    found = _TIME.fullmatch(typed.text("crossed_at_time"))
    if found is None:
        raise FormFieldError(field=labels["crossed_at_time"])
    try:
        day = date.fromisoformat(typed.text("crossed_on"))
    except ValueError as error:
        raise FormFieldError(field=labels["crossed_on"]) from error
    return written_at(day, time(int(found[1]), int(found[2])), utc_offset_minutes)


def filled_form(
    typed: TypedForm, request: CrossingRequest, findings: tuple[Finding, ...], accepted: frozenset[str]
) -> FilledForm:
    """Return the form with the decision that stands on it and what was seen while typing."""
    decision = Decision(typed.text("decision"))
    claim = {"yes": True, "no": False}.get(typed.text("protection_claim"))
    codes = tuple(dict.fromkeys(re.split(r"[\s,;]+", typed.text("reasons").upper()))) if typed.text("reasons") else ()
    stops = decision in STOPS
    verdict = Verdict(
        decision=decision,
        reasons=codes if stops else (),
        reason_text=typed.or_none("note") if stops else None,
        acknowledged=accepted,
        refusal=Refusal(protection_claim=claim),
        shown=findings,
    )
    if claim:
        request = replace(
            request, note=None
        )  # of a claim nothing is kept on the crossing but that somebody was referred
    at = request.occurred_at
    if at is None:
        raise ValueError("a form has a time")
    return FilledForm(typed.number, at, typed.text("written_by"), request, verdict)


def _document(typed: TypedForm, labels: Mapping[str, str]) -> TravelDocument:
    kind = document_kind(typed.text("kind"))
    return from_fields(
        kind.code,
        issuing_state=typed.or_none("issuing_state"),
        number=typed.or_none("number"),
        surname=typed.or_none("surname"),
        given_names=typed.or_none("given_names"),
        nationality=typed.or_none("nationality"),
        birth_date=_day(typed, "birth_date", labels),
        sex=typed.or_none("sex"),
        expiry_date=_day(typed, "expiry_date", labels),
        missing={name: code for name, code in typed.missing.items() if not typed.text(name)},
        manual_reason=None if kind.has_mrz is HasMrz.NEVER else ON_PAPER,
    )


def _day(typed: TypedForm, name: str, labels: Mapping[str, str]) -> PartialDate | None:
    text = typed.text(name)
    return _or_field_error(lambda: PartialDate.parse(text), labels[name]) if text else None


def _or_field_error(read: Callable[[], PartialDate], label: str) -> PartialDate:
    try:
        return read()
    except DateTextError as error:
        raise FormFieldError(field=label) from error
