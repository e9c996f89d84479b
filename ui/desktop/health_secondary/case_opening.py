"""How a case comes to the front: from its record, from primary screening, from an express record, from a draft."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from uuid import UUID

from bmis.crossings.paperwork.drafts import Draft, DraftEntry
from bmis.kernel.plain import plain, value_of
from ui.desktop.health_secondary.case_request import sheet_of
from ui.desktop.health_secondary.case_sheet import BoundExpress, CaseSheet
from ui.desktop.health_secondary.parts import ExpressPatient, ShownCase

SCHEMA = 1  # of a kept draft


def stored_sheet(case: ShownCase, request_id: UUID) -> CaseSheet:
    """Return the sheet of a record: of an open case, or of the case that begins with a primary screening.

    ``request_id``: of a case that begins now.
    """
    shown, record = case.shown, case.shown.view.record
    if not shown.view.is_open:
        return sheet_of(request_id, shown.clinical, shown.person, primary_id=record.id)
    return sheet_of(
        record.request_id,
        shown.clinical,
        shown.person,
        primary_id=record.primary_id,
        screening_id=record.id,
        express=case.express,
    )


def express_sheet(patient: ExpressPatient, request_id: UUID, onset_on: date | None) -> CaseSheet:
    """Return the sheet of who was treated first: what the express record knows, and that the case is its form."""
    said = patient.treated.answers
    empty = CaseSheet(request_id)
    if said is None:
        return replace(empty, express=BoundExpress(patient.id, ""))
    texts = {
        "express_number": said.token,
        "sex": said.sex or "",
        "age_years": "" if said.age_years is None else str(int(said.age_years)),
        "onset_on": onset_on.isoformat() if onset_on else "",
    }
    known = MappingProxyType({name: text for name, text in texts.items() if text})
    return replace(empty, texts=known, express=BoundExpress(patient.id, said.token))


def entry_of(record_id: UUID, sheet: CaseSheet) -> DraftEntry:
    """Return what is kept of a case half typed; ``record_id`` is what stands in the list."""
    content = {"schema": SCHEMA, "record": str(record_id), "sheet": plain(sheet)}
    return DraftEntry(sheet.screening_id or sheet.request_id, content)


def sheets_of(drafts: tuple[Draft, ...]) -> dict[str, CaseSheet]:
    """Return what was half typed, by record; of two for one record the newest."""
    known = [one for one in drafts if one.content.get("schema") == SCHEMA]
    found = {str(one.content["record"]): _sheet_from(one.content["sheet"]) for one in reversed(known)}
    return {record: sheet for record, sheet in found.items() if sheet is not None}


def without(sheet: CaseSheet, fields: Iterable[str]) -> CaseSheet:
    """Return the sheet as it went on record: fields that hold what cannot be were left out."""
    left_out = set(fields)
    return replace(sheet, texts=MappingProxyType({n: text for n, text in sheet.texts.items() if n not in left_out}))


def _sheet_from(content: object) -> CaseSheet | None:
    """None: another release wrote it, and it cannot be read."""
    try:
        return value_of(CaseSheet, content) if isinstance(content, Mapping) else None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
