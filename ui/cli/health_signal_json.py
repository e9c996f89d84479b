"""JSON of signals and of their steps into their nouns, trusted with nothing, and what is printed of them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from bmis.kernel.plain import moment_of
from ui.cli.errors import InputFieldError

if TYPE_CHECKING:
    from bmis.kernel.actor import Actor
    from poe_health.events.clocks import RunningClock
    from poe_health.events.keep_signals import SignalShown, TakeSignalStep
    from poe_health.events.signal import Signal
    from poe_health.surveillance.watch import Watched

REPORT, STEP = "health-signal-in", "health-signal-step-in"


def signal_from(said: Mapping[str, Any]) -> tuple[UUID, "Signal"]:
    """Return the request and the signal; a report that says no source is the community's.

    Raises:
        InputFieldError: a moment or a day that is none. SignalFieldError, EventOrderError: as ``Signal``.
    """
    from poe_health.events.signal import Signal

    since = said.get("emerged_on")
    signal = Signal(
        kind=said["kind"],
        source=said.get("source", "COMMUNITY"),
        detected_at=_moment(said, "detected_at", REPORT),
        where=said["where"].strip(),
        emerged_on=None if since is None else _day(since, "emerged_on"),
        ill=said.get("ill"),
        dead=said.get("dead"),
        evidence=tuple(said.get("evidence", ())),
    )
    return UUID(said["request_id"]) if "request_id" in said else uuid4(), signal


def take_step(take: "TakeSignalStep", signal_id: UUID, said: Mapping[str, Any], by: "Actor") -> "SignalShown":
    """Return the signal after the step that the object names.

    Raises:
        InputFieldError: a field that the step needs is missing, or is none. What ``TakeSignalStep`` raises.
    """
    from poe_health.events import signal as events
    from poe_health.events.annex2 import FocalPointChoice

    at, step, reason = _moment(said, "at", STEP), said["step"], said.get("reason", "")
    if step == "assessed":
        return take.assess(signal_id, _sheet(said), at, by)
    if step == "focal_point_decided":
        choice, told_by = FocalPointChoice(_needed(said, "choice")), _needed(said, "told_by")
        by_focal_point = said.get("by_focal_point", False)
        return take.decide(signal_id, choice, at, told_by, by, by_focal_point=by_focal_point, reason=reason)
    made: dict[str, Any] = {
        "triaged": lambda: events.Triaged(at, by.name, events.Triage(_needed(said, "triage")), reason),
        "told_focal_point": lambda: events.ToldFocalPoint(at, by.name),
        "told_province": lambda: events.ToldProvince(at, by.name),
        "told_who": lambda: events.ToldWho(at, by.name, _needed(said, "told_by")),
        "import_evidence": lambda: events.ImportEvidence(at, by.name),
        "who_asked": lambda: events.WhoAsked(at, by.name),
        "replied_who": lambda: events.RepliedWho(at, by.name, _needed(said, "told_by")),
        "measure_began": lambda: events.MeasureBegan(at, by.name),
        "responded": lambda: events.Responded(at, by.name),
        "closed": lambda: events.Closed(at, by.name, reason),
    }
    return take(signal_id, made[step](), by)


def signal_json(one: "SignalShown") -> dict[str, Any]:
    """Return the signal as resources/schemas/health-signal.json says."""
    view, met = one.view, one.timeliness
    signal, advised, decision = view.signal, view.advised, view.decision
    return {
        "id": str(one.id),
        "number": one.number,
        "state": view.state.value,
        "kind": signal.kind,
        "source": signal.source,
        "detected_at": signal.detected_at.isoformat(),
        "where": signal.where,
        "emerged_on": None if signal.emerged_on is None else signal.emerged_on.isoformat(),
        "ill": signal.ill,
        "dead": signal.dead,
        "evidence": list(signal.evidence),
        "verified_at": _iso(view.verified_at),
        "advice": None
        if advised is None
        else {
            "advice": advised.advice.value,
            "basis": advised.basis.value,
            "answers": {code: answer.value for code, answer in advised.answers.items()},
            "ask": list(advised.ask),
        },
        "told_focal_point_at": _iso(view.told_at),
        "told_province_at": _iso(view.told_province_at),
        "decision": None
        if decision is None
        else {
            "choice": decision.choice.value,
            "at": decision.at.isoformat(),
            "told_by": decision.told_by,
            "reason": decision.reason,
        },
        "told_who_at": _iso(view.told_who_at),
        "import_evidence_at": _iso(view.import_evidence_at),
        "who_asked_at": _iso(view.who_asked_at),
        "replied_who_at": _iso(view.replied_who_at),
        "measure_began_at": _iso(view.measure_began_at),
        "responded_at": _iso(view.responded_at),
        "over_at": _iso(view.over_at),
        "clocks": [_clock_json(clock) for clock in one.clocks],
        "timeliness": None
        if met is None
        else {
            "detect": met.detect.value,
            "notify": met.notify.value,
            "respond": met.respond.value,
            "detect_days": met.detect_days,
            "notify_hours": met.notify_hours,
            "respond_hours": met.respond_hours,
            "all_met": met.all_met,
        },
        "events": [{**event.payload(), "recorded_at": event.recorded_at.isoformat()} for event in one.events],
    }


def watched_json(watched: "Watched", signals: tuple["SignalShown", ...]) -> dict[str, Any]:
    """Return what the counts say, and the signals, as resources/schemas/health-signals.json says."""
    return {
        "from": watched.first.isoformat(),
        "to": watched.last.isoformat(),
        "conditions": list(watched.conditions),
        "alarms": [
            {
                "disease": one.disease,
                "test": one.result.test.value,
                "day": one.result.day.isoformat(),
                "value": one.result.value,
                "limit": one.result.limit,
                "mean": one.result.deviation and one.result.deviation.mean,
                "sigma": one.result.deviation and one.result.deviation.sigma,
                "points": one.result.deviation and one.result.deviation.points,
                "scale": one.result.deviation and one.result.deviation.scale.value,
            }
            for one in watched.raised
        ],
        "counts": [
            {
                "disease": one.alarm.disease,
                "from": one.first_day.isoformat(),
                "to": one.last_day.isoformat(),
                "reached": one.alarm.reached,
                "cases": one.alarm.cases,
                "limit": one.alarm.limit,
                "days": one.alarm.days,
                "days_missing": one.alarm.days_missing,
                "source": one.alarm.source,
            }
            for one in watched.counts
        ],
        "clusters": [
            {
                "kind": one.kind,
                "key": one.key,
                "alike": one.alike,
                "cases": len(one.refs),
                "refs": list(one.refs),
                "first_at": one.first_at.isoformat(),
                "last_at": one.last_at.isoformat(),
                "signals": [
                    each.number
                    for each in signals
                    if each.view.signal.kind == one.kind and set(one.refs) & set(each.view.signal.evidence)
                ],
            }
            for one in watched.clusters
        ],
        "load": [
            {
                "week": one.week.code,
                "tests": one.tests,
                "alarms": one.alarms,
                "expected_by_chance": round(one.expected_by_chance, 3),
                "not_computed": one.not_computed,
            }
            for one in watched.loads
        ],
        "not_computed": [
            {"day": one.day.isoformat(), "why": one.why.value, "tests": one.tests} for one in watched.not_computed
        ],
        "days_without": {day.isoformat(): reason for day, reason in watched.days_without.items()},
        "days_missing": [day.isoformat() for day in watched.days_missing],
        "days_before": [day.isoformat() for day in watched.days_before],
        "signals": [signal_json(one) for one in signals],
    }


def _clock_json(clock: "RunningClock") -> dict[str, Any]:
    hours = None if clock.left is None else round(clock.left.total_seconds() / 3600, 2)
    return {
        "code": clock.rule.code,
        "level": clock.rule.level,
        "state": clock.state.value,
        "started_at": _iso(clock.started_at),
        "due_at": _iso(clock.due_at),
        "done_at": _iso(clock.done_at),
        "hours_left": hours,
    }


def _sheet(said: Mapping[str, Any]) -> Any:
    from poe_health.events.annex2 import Annex2Sheet
    from poe_health.rules.answer import Answer

    answers = {code: Answer(answer) for code, answer in said.get("answers", {}).items()}
    return Annex2Sheet(answers, said.get("disease"), Answer(said.get("as_named", "unknown")))


def _needed(said: Mapping[str, Any], field: str) -> str:
    found = said.get(field)
    if not isinstance(found, str) or not found.strip():
        raise InputFieldError(field=field, schema=STEP)
    return found


def _moment(said: Mapping[str, Any], field: str, schema: str) -> datetime:
    try:
        return moment_of(said[field])
    except ValueError as error:
        raise InputFieldError(field=field, schema=schema) from error


def _day(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputFieldError(field=field, schema=REPORT) from error


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
