"""An assessment out of checked JSON, and what it says as JSON (schemas health-assess-in, health-assess)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from bmis.posts.errors import UnknownPostError
from bmis.posts.point_of_entry import PostKind, point_of_entry
from poe_health.capacity.assessment import Assessment, Assessor, ItemAnswer
from poe_health.capacity.checklist import checklist
from poe_health.capacity.comparison import Change, Comparison
from poe_health.capacity.errors import CapacityAnswerError, ChecklistItemError
from poe_health.capacity.scoring import BlockScore, CapacityScore, Gap

_PORTS = frozenset({PostKind.SEA, PostKind.LAKE})  # a port may lie on inland water (IHR art. 1)


def blank_assessment(post_code: str, on: date, language: str | None = None) -> dict[str, Any]:
    """Return an assessment of the post with no answer yet, as resources/schemas/health-assess-in.json says.

    With a ``language`` every item that is asked there stands in it with its question: a file to fill in by hand.
    """
    name, poe_type = post_code, "GROUND"
    try:
        post = point_of_entry(post_code)
    except UnknownPostError:
        pass  # a post of no list is named by its code, as on its papers
    else:
        name = post.name
        poe_type = "AIRPORT" if post.kind is PostKind.AIR else "PORT" if post.kind in _PORTS else "GROUND"
    empty: dict[str, Any] = dict.fromkeys(("answer", "comment", "gap_action", "responsible", "due"))
    asked = checklist().items_of(poe_type) if language else ()
    return {
        "poe": name,
        "poe_type": poe_type,
        "designated": None,
        "osbp": None,
        "assessed_on": on.isoformat(),
        "assessors": [],
        "tool_version": checklist().version.version,
        "items": {
            one.code: {"question": f"{one.label(language or '')} ({one.ref})", **empty, "evidence_seen": []}
            for one in asked
        },
    }


def assessment_from(said: Mapping[str, Any], *, of_any_version: bool = False) -> Assessment:
    """Return the assessment of an object that is what the schema says.

    ``of_any_version`` keeps aside the items of another version of the checklist, for an assessment to compare with.

    Raises:
        ChecklistItemError: an item that is not asked at such a post. CapacityAnswerError: a value that cannot be.
    """
    asked = {item.code for item in checklist().items_of(said["poe_type"])}
    version = said.get("tool_version")
    foreign = tuple(sorted(code for code in said["items"] if code not in asked))
    if foreign and not (of_any_version and version != checklist().version.version):
        raise ChecklistItemError(foreign[0])
    return Assessment(
        poe=said["poe"].strip(),
        poe_type=said["poe_type"],
        assessed_on=_day("*", "assessed_on", said["assessed_on"]),
        items={
            code: _item(code, one)
            for code, one in said["items"].items()
            if code in asked and one.get("answer") is not None  # null: not answered, which is never a no
        },
        designated=said.get("designated"),
        osbp=said.get("osbp"),
        assessors=tuple(
            Assessor(one["name"].strip(), _text(one.get("organisation"))) for one in said.get("assessors", ())
        ),
        previous_assessment=_text(said.get("previous_assessment")),
        tool_version=_text(version),
        foreign=foreign,
    )


def assessment_json(
    assessment: Assessment, scored: CapacityScore, compared: Comparison | None = None
) -> dict[str, Any]:
    """Return what the assessment says, with the version of the checklist that scored it."""
    version = checklist().version
    return {
        "poe": assessment.poe,
        "poe_type": assessment.poe_type,
        "designated": assessment.designated,
        "osbp": assessment.osbp,
        "assessed_on": assessment.assessed_on.isoformat(),
        "assessors": [{"name": one.name, "organisation": one.organisation} for one in assessment.assessors],
        "tool_version": assessment.tool_version,
        "checklist": {
            "version": version.version,
            "valid_from": version.valid_from.isoformat(),
            "sha256": version.sha256,
            "status": checklist().status,
        },
        "planning_aid": True,  # always: what WHO confirms on request (IHR art. 20(4)) is something else
        "complete": scored.complete,
        "blocks": [_block(one) for one in scored.blocks],
        "gaps": [_gap(one) for one in scored.gaps],
        "lacking": {code: list(fields) for code, fields in scored.lacking.items()},
        "indicators": {one.code: dict(one.answers) for one in scored.indicators},
        "cost_mzn": f"{scored.cost_mzn:f}",
        "not_costed": scored.not_costed,
        "comparison": None if compared is None else _comparison(compared),
    }


def _item(code: str, said: Mapping[str, Any]) -> ItemAnswer:
    cost = said.get("cost_estimate_mzn")
    due = said.get("due")
    return ItemAnswer(
        answer=said["answer"],
        evidence_seen=tuple(dict.fromkeys(said.get("evidence_seen") or ())),
        comment=_text(said.get("comment")),
        gap_action=_text(said.get("gap_action")),
        responsible=_text(said.get("responsible")),
        due=None if due is None else _day(code, "due", due),
        cost_estimate_mzn=None if cost is None else _amount(code, cost),
    )


def _text(untrusted: str | None) -> str | None:
    return (untrusted or "").strip() or None


def _day(item: str, field: str, untrusted: str) -> date:
    try:
        return date.fromisoformat(untrusted)
    except ValueError as error:
        raise CapacityAnswerError(item, field) from error


def _amount(item: str, untrusted: float | str) -> Decimal:
    try:
        return Decimal(str(untrusted))
    except InvalidOperation as error:
        raise CapacityAnswerError(item, "cost_estimate_mzn") from error


def _block(block: BlockScore) -> dict[str, Any]:
    return {
        "block": block.block,
        "points": block.points,
        "possible": block.possible,
        "percent": None if block.percent is None else float(block.percent),
        "asked": block.asked,
        "scored": block.scored,
        "not_applicable": list(block.not_applicable),
        "not_seen": list(block.not_seen),
        "unanswered": list(block.unanswered),
    }


def _gap(gap: Gap) -> dict[str, Any]:
    said = gap.said
    return {
        "item": gap.item.code,
        "ref": gap.item.ref,
        "answer": said.answer,
        "gap_action": said.gap_action,
        "responsible": said.responsible,
        "due": said.due.isoformat() if said.due else None,
        "overdue": gap.overdue,
        "cost_estimate_mzn": None if said.cost_estimate_mzn is None else f"{said.cost_estimate_mzn:f}",
        "lacking": list(gap.lacking),
    }


def _comparison(compared: Comparison) -> dict[str, Any]:
    return {
        "before_on": compared.before_on,
        "same_version": compared.same_version,
        "blocks": [
            {
                "block": one.block,
                "common": one.common,
                "possible": one.possible,
                "before": one.before,
                "now": one.now,
            }
            for one in compared.blocks
        ],
        **{change.value: list(compared.those(change)) for change in Change},
        "only_before": list(compared.only_before),
    }
