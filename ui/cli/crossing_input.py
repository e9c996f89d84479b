"""The JSON of a crossing to the request and the verdict that the rooms take. Everything in it is untrusted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from bmis.crossings.crossing import (
    CrossingRequest,
    Evidence,
    Journey,
    PersonDetails,
    Refusal,
    StayAuthority,
    Verdict,
)
from bmis.crossings.decision import Decision, Direction
from bmis.documents.dates import PartialDate
from bmis.documents.mrz import clean_typed, parse
from bmis.documents.travel_document import CaptureMethod, TravelDocument, from_fields, from_mrz
from ui.cli.errors import InputFieldError

SCHEMA = "crossing-record-in"
_CLAIMS: Mapping[Any, bool | None] = {"yes": True, "no": False, True: True, False: False, None: None}


@dataclass(frozen=True, slots=True)
class Asked:
    """What one object asks for. ``verdict`` None: only what would be proposed."""

    request: CrossingRequest
    verdict: Verdict | None


def asked(said: Mapping[str, Any], today: date) -> Asked:
    """Return what the object, already proved against its schema, asks for.

    Raises:
        InputFieldError: a field whose value no schema can judge.
        BmisError: of the documents room, for a zone or a document that cannot be.
    """
    request = CrossingRequest(
        request_id=UUID(said["request_id"]),
        direction=Direction(said["direction"]),
        document=_document(said, today),
        journey=Journey(
            travel_mode=said.get("mode"),
            purpose=said.get("purpose"),
            coming_from=said.get("coming_from"),
            going_to=said.get("going_to"),
            intended_days=said.get("intended_days"),
            accommodation=said.get("accommodation"),
            vehicle=said.get("vehicle"),
        ),
        person=PersonDetails(traveller_class=said.get("traveller_class")),
        stay=_stay(said),
        evidence=Evidence(entry_stamp=said.get("entry_stamp")),
        note=said.get("note"),
        occurred_at=_moment(said.get("occurred_at")),
    )
    return Asked(request, _verdict(said))


def _document(said: Mapping[str, Any], today: date) -> TravelDocument:
    lines, fields = said.get("mrz"), said.get("document")
    if (lines is None) == (fields is None):
        raise InputFieldError(field="mrz", schema=SCHEMA)
    if lines is not None:
        kind = said.get("document_kind")
        return from_mrz(parse(clean_typed(lines), today=today), capture_method=CaptureMethod.TYPED_MRZ, kind=kind)
    assert fields is not None  # one of the two is there
    return from_fields(
        fields["kind"],
        issuing_state=fields.get("issuing_state"),
        number=fields.get("number"),
        surname=fields.get("surname"),
        given_names=fields.get("given_names"),
        nationality=fields.get("nationality"),
        birth_date=_partial(fields.get("birth_date"), "document.birth_date"),
        sex=fields.get("sex"),
        expiry_date=_partial(fields.get("expiry_date"), "document.expiry_date"),
        missing=fields.get("missing"),
        manual_reason=fields.get("manual_reason"),
    )


def _verdict(said: Mapping[str, Any]) -> Verdict | None:
    if said.get("decision") is None:
        return None
    return Verdict(
        decision=Decision(said["decision"]),
        reasons=tuple(said.get("reasons") or ()),
        reason_text=said.get("reason_text"),
        acknowledged=frozenset(said.get("acknowledged") or ()),
        refusal=Refusal(protection_claim=_CLAIMS[said.get("protection_claim")]),
    )


def _stay(said: Mapping[str, Any]) -> StayAuthority:
    until = said.get("stay_until")
    try:
        day = date.fromisoformat(until) if until else None
    except ValueError as error:
        raise InputFieldError(field="stay_until", schema=SCHEMA) from error
    return StayAuthority(stay_until=day, typed_authority=said.get("stay_authority"))


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError as error:
        raise InputFieldError(field="occurred_at", schema=SCHEMA) from error


def _partial(text: str | None, field: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text) if text else None
    except ValueError as error:
        raise InputFieldError(field=field, schema=SCHEMA) from error
