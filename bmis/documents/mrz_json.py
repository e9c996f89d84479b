"""An MRZ as the JSON object of ``bmis mrz read`` and ``bmis mrz parse`` (resources/schemas/mrz.json)."""

from collections.abc import Mapping, Sequence
from typing import Any

from bmis.documents.kinds import layout
from bmis.documents.mrz import ParsedMrz
from bmis.documents.residues import residue_notes, unseen_changes
from bmis.documents.states import iso3


def mrz_json(
    parsed: ParsedMrz,
    *,
    file: str | None = None,
    unsure: Sequence[tuple[int, int]] = (),
    confidence: Sequence[Sequence[float]] = (),
    ms: float | None = None,
    cpu_ms: float | None = None,
) -> dict[str, Any]:
    """Return the object for an MRZ that was found.

    Args:
        file: as it was given; None for typed text.
        unsure: (line, column) from zero of the cells that hold only a best guess.
        confidence: 0 to 1 for each cell, a list a line; empty where nothing was recognised from a picture.
        ms: wall milliseconds. cpu_ms: of all processes used.
    """
    return {
        "file": file,
        "found": True,
        "kind": parsed.kind,
        "lines": list(parsed.lines),
        "unsure": [list(cell) for cell in unsure],
        "confidence": [list(line) for line in confidence],
        "fields": mrz_fields_json(parsed),
        "checks": {name: result.value for name, result in parsed.checks.items()},
        "notes": _notes(parsed, unsure, recognised=bool(unsure or confidence)),
        "ms": ms,
        "cpu_ms": cpu_ms,
        "error": None,
    }


def _notes(parsed: ParsedMrz, unsure: Sequence[tuple[int, int]], *, recognised: bool) -> list[str]:
    """What the check digits do not prove is a matter of recognition: typed text was compared by who typed it."""
    if not recognised:
        return list(parsed.notes)
    unproved = residue_notes(unseen_changes(layout(parsed.kind), parsed.lines, unsure))
    return list(dict.fromkeys((*parsed.notes, *unproved)))


def mrz_not_found_json(
    *,
    file: str | None = None,
    error: Mapping[str, str] | None = None,
    ms: float | None = None,
    cpu_ms: float | None = None,
) -> dict[str, Any]:
    """Return the object for a file without an MRZ, or (``error``: code, what, do) that could not be read at all."""
    return {
        "file": file,
        "found": False,
        "kind": None,
        "lines": [],
        "unsure": [],
        "confidence": [],
        "fields": {},
        "checks": {},
        "notes": [],
        "ms": ms,
        "cpu_ms": cpu_ms,
        "error": dict(error) if error else None,
    }


def mrz_fields_json(parsed: ParsedMrz) -> dict[str, str | None]:
    """Return the fields as JSON values: States as printed and as ISO 3166-1, dates as far as they are known."""
    fields = parsed.fields
    return {
        "document_code": fields.document_code,
        "issuing_state": fields.issuing_state,
        "issuing_state_iso3": iso3(fields.issuing_state),
        "number": fields.number,
        "surname": fields.surname,
        "given_names": fields.given_names,
        "nationality": fields.nationality,
        "nationality_iso3": iso3(fields.nationality),
        "birth_date": str(fields.birth_date) if fields.birth_date else None,
        "century_reason": parsed.century_reason,
        "sex": fields.sex,
        "expiry_date": str(fields.expiry_date) if fields.expiry_date else None,
        "expiry_century_reason": parsed.expiry_century_reason,
        "optional_data": fields.optional_data,
        "optional_data_2": fields.optional_data_2,
    }
