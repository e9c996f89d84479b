"""A crossing, and why there is none, as the JSON of the command line and as lines for a person."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bmis.crossings.check_traveller import Examined
from bmis.crossings.crossing import Crossing, CrossingEvent, CrossingRequest
from bmis.crossings.finding import Finding
from bmis.crossings.view import CrossingSummary, CrossingView
from bmis.documents.travel_document import TravelDocument
from bmis.kernel.clock import local
from bmis.kernel.i18n import translate as _
from ui.words.errors import Notice
from ui.words.findings import evidence_words
from ui.words.labels import check_word, decision_word, direction_word, status_word

Document = dict[str, Any]


def referral_words() -> str:
    """Return what to do when somebody fears to return or asks for protection."""
    return _(
        "The person fears to return or asks for protection: nobody is refused. Refer the person to the protection "
        "officer, who calls INAR and UNHCR; offer an interpreter and a place to wait. Record only the referral."
    )


def findings_json(findings: Sequence[Finding]) -> list[Document]:
    """Return each finding with its words in the language in force."""
    return [
        {
            "check": finding.check,
            "status": finding.status.value,
            "evidence": evidence_words(finding),
            "rule": finding.rule,
            "code": finding.evidence,
            "facts": dict(finding.facts),
            "mandatory": finding.mandatory,
        }
        for finding in findings
    ]


def kept_json(crossing: Crossing) -> Document:
    """Return a kept crossing."""
    return {
        "request_id": str(crossing.request.request_id),
        "id": str(crossing.id),
        "seq": crossing.seq,
        "decision": crossing.decision.value,
        "direction": crossing.direction.value,
        "stay_until": _day(crossing.request.stay.stay_until),
        "findings": findings_json(crossing.findings),
        "traveller": str(crossing.traveller_id),
        "document": document_json(crossing.document),
        "crossed_at": _moment(crossing.crossed_at),
        "recorded_at": _moment(crossing.recorded_at),
        "by": crossing.by,
        "second_officer": crossing.second_officer,
        "record_mode": crossing.record_mode.value,
        "referral": None,
        "refused": None,
    }


def not_kept_json(
    request: CrossingRequest, examined: Examined, refused: Notice | None = None, referral: str | None = None
) -> Document:
    """Return what was looked at and not kept: the findings, what is proposed, and why nothing was stored."""
    return {
        "request_id": str(request.request_id),
        "id": None,
        "seq": None,
        "decision": None,
        "proposed": examined.proposal.decision.value if examined.proposal.decision else None,
        "why": examined.proposal.why,
        "offered": [decision.value for decision in examined.proposal.offered],
        "required": list(examined.required),
        "direction": request.direction.value,
        "stay_until": None,
        "findings": findings_json(examined.findings),
        "traveller": None,
        "document": document_json(request.document),
        "referral": referral,
        "refused": {"code": refused.code, "what": refused.what, "do": refused.do} if refused else None,
    }


def document_json(document: TravelDocument) -> Document:
    """Return the document as it was read or typed."""
    return {
        "kind": document.kind,
        "mrz_kind": document.mrz_kind,
        "issuing_state": document.issuing_state,
        "number": document.number,
        "surname": document.shown_surname,
        "given_names": document.shown_given_names,
        "nationality": document.nationality,
        "birth_date": str(document.birth_date) if document.birth_date else None,
        "sex": document.sex,
        "expiry_date": str(document.expiry_date) if document.expiry_date else None,
        "capture_method": document.capture_method.value,
        "missing": dict(document.missing),
    }


def view_json(view: CrossingView) -> Document:
    """Return a crossing as it stands, with what happened to it."""
    return {
        **kept_json(view.crossing),
        "state": view.state.value,
        "closed_by": str(view.closed_by) if view.closed_by else None,
        "events": [_event(event) for event in view.events],
    }


def summary_json(one: CrossingSummary) -> Document:
    """Return one line of a list."""
    return {
        "id": str(one.id),
        "seq": one.seq,
        "request_id": str(one.request_id),
        "direction": one.direction.value,
        "decision": one.decision.value,
        "state": one.state.value,
        "crossed_at": _moment(one.crossed_at),
        "recorded_at": _moment(one.recorded_at),
        "stay_until": _day(one.stay_until),
        "post_code": one.post_code,
        "by": one.by,
        "traveller": str(one.traveller_id),
        "document": {
            "kind": one.document_kind,
            "issuing_state": one.issuing_state,
            "number": one.document_number,
            "surname": one.surname,
            "given_names": one.given_names,
            "nationality": one.nationality,
            "birth_date": one.birth_date,
            "sex": one.sex,
        },
    }


def lines_of(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines that a person reads of a crossing."""
    if document["id"] is None:
        yield _("Nothing was stored.")
        if document["refused"]:
            yield document["refused"]["what"]
        yield _("Proposed: {decision}").format(decision=decision_word(document["proposed"]))
    else:
        yield _("Crossing {seq}: {decision}, {direction}").format(
            seq=document["seq"],
            decision=decision_word(document["decision"]),
            direction=direction_word(document["direction"]),
        )
        yield f"id {document['id']}"
    if document["referral"]:
        yield document["referral"]
    for finding in document["findings"]:
        yield f"  {status_word(finding['status'])}  {check_word(finding['check'])}: {finding['evidence']}"


def summary_line(one: CrossingSummary) -> str:
    """Return one line of a list for a person."""
    name = " ".join(part for part in (one.surname, one.given_names) if part) or "—"
    at = local(one.crossed_at).strftime("%d/%m/%Y %H:%M")
    return (
        f"{at}  {direction_word(one.direction.value)}  {decision_word(one.decision.value)}  "
        f"{one.document_number or '—'}  {name}  {one.id}"
    )


def _event(event: CrossingEvent) -> Document:
    return {
        "id": str(event.id),
        "kind": event.kind.value,
        "by": event.by,
        "recorded_at": _moment(event.recorded_at),
        "reason": event.reason,
        "changes": {name: [before, after] for name, (before, after) in event.changes.items()},
        "second_officer": event.second_officer,
    }


def _moment(at: datetime) -> str:
    return at.isoformat()


def _day(day: object) -> str | None:
    return str(day) if day is not None else None
