"""Reading the reports of DHIS2 back: which of our records it kept, which it refused, and why in our codes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from poe_health.exchange.dhis2_tracker import TrackedCase
from poe_health.exchange.errors import ReceiverAnswerError, ReceiverRefusedError
from poe_health.exchange.https import Reply
from poe_health.exchange.mapping import ReceiverWords
from poe_health.exchange.results import Outcome, RecordResult

OTHER = "OTHER"
_CODE = re.compile(r"E[0-9]{4}", re.ASCII)
_SAY_LITTLE = ("PART_OF_REFUSED", OTHER)  # said only when nothing says more


def tracker_results(
    reply: Reply, page: Sequence[TrackedCase], words: ReceiverWords, host: str, *, dry_run: bool
) -> list[RecordResult]:
    """Return what became of each case of a page.

    With atomicMode OBJECT a case may be kept in part: it then counts as refused, and is sent whole again.

    Raises:
        ReceiverAnswerError: it is no import report, or one that accounts for less than was sent.
        ReceiverRefusedError: the request was refused as a whole.
    """
    report = _tracker_report(reply, host)
    refused = _refusals(report, host)
    created = _created(report)
    about = {uid for case in page for uid in case.uids}
    if not refused.keys() & about and (report["status"] not in {"OK", "WARNING"} or _ignored(report)):
        raise ReceiverAnswerError(host)  # something was refused, and it does not say what
    results = []
    for case in page:
        codes = sorted({code for uid in case.uids for code in refused.get(uid, ())})
        if codes:
            results.append(
                RecordResult(str(case.case), Outcome.REFUSED, _reason(codes, words, "tracker"), tuple(codes))
            )
        elif dry_run:
            results.append(RecordResult(str(case.case), Outcome.WOULD_ACCEPT))
        elif created is None:
            results.append(RecordResult(str(case.case), Outcome.ACCEPTED))
        else:
            new = str(case.entity["trackedEntity"]) in created
            results.append(RecordResult(str(case.case), Outcome.CREATED if new else Outcome.UPDATED))
    return results


def aggregate_result(reply: Reply, key: str, words: ReceiverWords, host: str, *, dry_run: bool) -> RecordResult:
    """Return what became of one data value set: one value that was ignored is a refusal.

    Raises:
        ReceiverAnswerError: it is no import summary.
    """
    said = reply.document
    summary = said.get("response", said) if isinstance(said, dict) else None
    if not isinstance(summary, dict) or "importCount" not in summary:
        if isinstance(said, dict) and reply.status >= 400:
            return RecordResult(
                key, Outcome.REFUSED, _reason(_codes_in(said), words, "aggregate"), tuple(_codes_in(said))
            )
        raise ReceiverAnswerError(host)
    counts = summary["importCount"]
    if not isinstance(counts, dict) or not all(type(counts.get(name)) is int for name in ("imported", "ignored")):
        raise ReceiverAnswerError(host)  # it does not say how many values it took
    codes = sorted({code for one in _dicts(summary.get("conflicts")) for code in _codes_in(one)})
    if summary.get("status") not in {"SUCCESS", "OK"} or counts["ignored"] or summary.get("conflicts"):
        return RecordResult(key, Outcome.REFUSED, _reason(codes, words, "aggregate"), tuple(codes))
    return RecordResult(key, Outcome.WOULD_ACCEPT if dry_run else Outcome.ACCEPTED)


def _tracker_report(reply: Reply, host: str) -> Mapping[str, Any]:
    said = reply.document
    if isinstance(said, dict) and isinstance(said.get("response"), dict) and "validationReport" in said["response"]:
        said = said["response"]  # a version that wraps it
    if not isinstance(said, dict) or not isinstance(said.get("validationReport"), dict) or "status" not in said:
        if reply.status >= 400:
            raise ReceiverRefusedError(host, reply.status)  # the request as a whole, before any record was looked at
        raise ReceiverAnswerError(host)
    return said


def _refusals(report: Mapping[str, Any], host: str) -> dict[str, list[str]]:
    """Return the codes by the UID that they are about: of validation, and of what failed while it was stored."""
    found: dict[str, list[str]] = {}
    reports = list(_dicts(report["validationReport"].get("errorReports")))
    for kind in _dicts(_types(report).values()):
        for one in _dicts(kind.get("objectReports")):
            reports += [{"uid": one.get("uid"), **each} for each in _dicts(one.get("errorReports"))]
    for one in reports:
        uid, code = one.get("uid"), one.get("errorCode")
        if not isinstance(uid, str) or not isinstance(code, str) or not _CODE.fullmatch(code):
            raise ReceiverAnswerError(host)
        found.setdefault(uid, []).append(code)
    return found


def _created(report: Mapping[str, Any]) -> set[str] | None:
    """Return the UIDs of tracked entities that were new; None where the report does not tell them from changed ones."""
    kind = _types(report).get("TRACKED_ENTITY")
    stats = kind.get("stats") if isinstance(kind, dict) else None
    if not isinstance(kind, dict) or not isinstance(stats, dict):
        return None
    reported = [one["uid"] for one in _dicts(kind.get("objectReports")) if isinstance(one.get("uid"), str)]
    if stats.get("updated") == 0 and stats.get("created") == len(reported):
        return set(reported)
    return set() if stats.get("created") == 0 else None


def _ignored(report: Mapping[str, Any]) -> bool:
    stats = report.get("stats")
    return isinstance(stats, dict) and bool(stats.get("ignored"))


def _types(report: Mapping[str, Any]) -> Mapping[str, Any]:
    bundle = report.get("bundleReport")
    types = bundle.get("typeReportMap") if isinstance(bundle, dict) else None
    return types if isinstance(types, dict) else {}


def _reason(codes: Iterable[str], words: ReceiverWords, part: str) -> str:
    known = words.words(part, "errors") if words.has(part, "errors") else {}
    reasons = [known.get(code, OTHER) for code in codes] or [OTHER]
    return next((one for one in reasons if one not in _SAY_LITTLE), reasons[0])


def _codes_in(said: Mapping[str, Any]) -> list[str]:
    code = said.get("errorCode")
    return [code] if isinstance(code, str) and _CODE.fullmatch(code) else []


def _dicts(said: object) -> list[dict[str, Any]]:
    if not isinstance(said, Iterable) or isinstance(said, str | bytes):
        return []
    return [one for one in said if isinstance(one, dict)]
