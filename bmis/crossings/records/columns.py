"""From a payload to the columns that searches and reports use."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from bmis.crossings.identity import name_key

NOT_ASKED = "NOT_ASKED"  # the kind of document may have a number, and nobody gave one


def columns_of(payload: Mapping[str, Any], *, state: str = "standing", closed_by: UUID | None = None) -> dict[str, Any]:
    """Return every column of a crossing but the payload itself; ``payload`` has its amendments applied."""
    request, place = payload["request"], payload["place"]
    document, journey = request["document"], request.get("journey", {})
    number = document.get("number")
    surname, given = document.get("surname"), document.get("given_names")
    stay_until = request.get("stay", {}).get("stay_until")
    closes = payload.get("closes")
    return {
        "id": UUID(payload["id"]),
        "seq": payload["seq"],
        "request_id": UUID(request["request_id"]),
        "direction": request["direction"],
        "decision": payload["verdict"]["decision"],
        "state": state,
        "record_mode": payload["record_mode"],
        "document_kind": document["kind"],
        "document_number": number,
        "number_missing_reason": None if number else document.get("missing", {}).get("number", NOT_ASKED),
        "issuing_state": document.get("issuing_state"),
        "surname_key": name_key(surname)[:120],
        "given_names_key": name_key(given)[:120],
        "surname": document.get("viz_surname", surname),
        "given_names": document.get("viz_given_names", given),
        "birth_date": document.get("birth_date"),
        "nationality": document.get("nationality"),
        "sex": document.get("sex"),
        "traveller_class": request.get("person", {}).get("traveller_class"),
        "travel_mode": journey.get("travel_mode"),
        "purpose": journey.get("purpose"),
        "stay_until": date.fromisoformat(stay_until) if stay_until else None,
        "crossed_at": datetime.fromisoformat(payload["crossed_at"]).astimezone(UTC),
        "recorded_at": datetime.fromisoformat(payload["recorded_at"]).astimezone(UTC),
        "post_code": place["post_code"],
        "site_id": place["site_id"],
        "desk_id": place["desk_id"],
        "by": payload["by"],
        "second_officer": payload.get("second_officer"),
        "traveller_id": UUID(payload["traveller_id"]),
        "closes": UUID(closes) if closes else None,
        "closed_by": closed_by,
        "paper_form": request.get("paper_form"),
        "payload_schema": payload["schema"],
    }
