"""``bmis health additional``: additional measures (IHR art. 43); ``bmis health emergency``: what WHO determined."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID, uuid4

import typer

from bmis.kernel.clock import local
from ui.cli.at_home import signed_in
from ui.cli.at_stores import day_of, moment_of
from ui.cli.call import DONE, NO, Call
from ui.cli.errors import InputFieldError
from ui.cli.health_steps import one_object

if TYPE_CHECKING:
    from poe_health.measures.measure import MeasureView
    from poe_health.outbreaks.outbreak import ListedEmergency, OutbreakState

TAKE, STEP, LIST = "health-additional-in", "health-additional-step-in", "health-emergency-in"
FILE = Annotated[str, typer.Argument(help="JSON: one object; - is stdin")]


def add_to(group: typer.Typer) -> None:
    """Give the group of port health its commands."""
    measure = typer.Typer(rich_markup_mode=None)
    measure.command("take", help="Write down an additional measure with its reason and evidence.")(take)
    measure.command("step", help="Go on: WHO was informed, or the measure was looked at again.")(step)
    measure.command("list", help="List the measures; exit 1 where something is overdue.")(list_measures)
    group.add_typer(measure, name="additional", help="Additional measures (IHR art. 43).")
    emergency = typer.Typer(rich_markup_mode=None)
    emergency.command("approve", help="Put a new version of WHO's emergencies in force; a second person signs.")(
        approve
    )
    emergency.command("list", help="Show the emergencies that WHO determined; exit 1 where no list was approved.")(
        list_emergencies
    )
    group.add_typer(emergency, name="emergency", help="Emergencies that WHO determined: dated, never computed.")


def take(context: typer.Context, file: FILE) -> int:
    from poe_health.measures.keep_measures import MeasureRequest
    from poe_health.rules.answer import Answer
    from ui.compose_health import health_day

    call: Call = context.obj
    with signed_in(call) as session:
        said = one_object(file, TAKE)
        request = MeasureRequest(
            request_id=UUID(said["request_id"]) if "request_id" in said else uuid4(),
            began_at=moment_of(said, "began_at", TAKE),
            what=said["what"],
            reason=said["reason"],
            evidence=said["evidence"],
            hinders=Answer(said.get("hinders", "unknown")),
            covered=Answer(said.get("covered", "unknown")),
        )
        kept = health_day(session).keep_measures.take(request, session.actor)
        now = session.now()
    return _answer(call, kept, now)


def step(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="the measure's number")],
    file: FILE,
) -> int:
    from poe_health.measures.measure import MeasureEnd
    from ui.compose_health import health_day

    call: Call = context.obj
    with signed_in(call) as session:
        day, by = health_day(session), session.actor
        said = one_object(file, STEP)
        measure_id = day.measures.numbered(number, by).taken.id
        if said["step"] == "told_who":
            kept = day.keep_measures.told(measure_id, moment_of(said, "at", STEP), _needed(said, "told_by"), by)
        else:
            end, on = MeasureEnd(_needed(said, "end")), day_of(said, "on", STEP) or local(session.now()).date()
            kept = day.keep_measures.reviewed(measure_id, on, end, said.get("reason", ""), by)
        now = session.now()
    return _answer(call, kept, now)


def list_measures(context: typer.Context) -> int:
    from ui.compose_health import health_day

    call: Call = context.obj
    with signed_in(call) as session:
        found, now = health_day(session).measures(session.actor), session.now()
    rows = [measure_json(one, now) for one in found]
    call.answer({"measures": rows}, (line for one in found for line in _lines(one, now)))
    return NO if any(row["told_overdue"] or row["review_overdue"] for row in rows) else DONE


def approve(context: typer.Context, file: FILE) -> int:
    from poe_health.outbreaks.outbreak import EmergencyLevel, ListedEmergency
    from poe_health.outbreaks.run_outbreak_mode import APPROVE_LIST
    from ui.compose_health import health_desk

    call: Call = context.obj
    second = call.second_required()
    with signed_in(call) as session:
        said, subject, desk, by = one_object(file, LIST), uuid4(), health_desk(session), session.actor
        listed = tuple(
            ListedEmergency(
                disease=one["disease"],
                level=EmergencyLevel(one["level"]),
                determined_on=_determined(one),
                source=one["source"],
                ended_on=day_of(one, "ended_on", LIST),
            )
            for one in said["emergencies"]
        )
        starts = day_of(said, "valid_from", LIST) or desk.today()
        signed = desk.second.immediate(APPROVE_LIST, subject, second.user, second.password, by)
        desk.approve_lists.emergencies(subject, listed, starts, said["reason"], by, signed)
        state, today = desk.outbreaks(desk.today()), desk.today()
    _say(call, state, today)
    return DONE


def list_emergencies(context: typer.Context) -> int:
    from ui.compose_health import health_desk

    call: Call = context.obj
    with signed_in(call) as session:
        desk = health_desk(session)
        state, today = desk.outbreaks(desk.today()), desk.today()
    _say(call, state, today)
    return DONE if state.emergencies is not None else NO


def measure_json(one: "MeasureView", now: datetime) -> dict[str, Any]:
    """Return a measure as resources/schemas/health-additional.json says."""
    today = local(now).date()
    return {
        "id": str(one.taken.id),
        "number": one.taken.number,
        "what": one.what,
        "reason": one.reason,
        "evidence": one.evidence,
        "began_at": one.taken.began_at.isoformat(),
        "hinders": one.taken.hinders.value,
        "covered": one.taken.covered.value,
        "told_at": None if one.told_at is None else one.told_at.isoformat(),
        "told_by": one.told_by,
        "told_due_at": None if one.told_due_at is None else one.told_due_at.isoformat(),
        "told_overdue": one.to_tell(now),
        "reviews": [
            {"on": review.on.isoformat(), "end": review.end.value, "reason": reason} for review, reason in one.reviews
        ],
        "review_due": None if one.review_due is None else one.review_due.isoformat(),
        "review_overdue": one.review_overdue(today),
        "by": one.taken.by,
    }


def _answer(call: Call, kept: "MeasureView", now: datetime) -> int:
    call.answer(measure_json(kept, now), _lines(kept, now))
    return DONE


def _lines(one: "MeasureView", now: datetime) -> Iterable[str]:
    from ui.words.measures import measure_alerts, measure_rows

    today = local(now).date()
    yield " · ".join([f"{one.taken.number}. {one.what}", *measure_alerts(one, now, today)])
    for label, words in measure_rows(one, lambda at: f"{local(at):%d/%m/%Y %H:%M}", now)[1:]:
        yield f"  {label}: {words}"


def _say(call: Call, state: "OutbreakState", today: date) -> None:
    from poe_health.reports.emergency_words import emergency_lines

    event = state.emergencies
    document = {
        "version": None if event is None else event.version,
        "valid_from": None if event is None or event.valid_from is None else event.valid_from.isoformat(),
        "by": None if event is None else event.by,
        "second": None if event is None else event.second,
        "emergencies": None if event is None else [_emergency(one, today) for one in event.emergencies or ()],
    }
    call.answer(document, emergency_lines(state, today))


def _emergency(one: "ListedEmergency", today: date) -> dict[str, Any]:
    return {
        "disease": one.disease,
        "level": one.level.value,
        "determined_on": one.determined_on.isoformat(),
        "ended_on": None if one.ended_on is None else one.ended_on.isoformat(),
        "source": one.source,
        "holds": one.holds_on(today),
    }


def _needed(said: Mapping[str, Any], field: str) -> str:
    found = said.get(field)
    if not isinstance(found, str) or not found.strip():
        raise InputFieldError(field=field, schema=STEP)
    return found


def _determined(one: Mapping[str, Any]) -> date:
    found = day_of(one, "determined_on", LIST)
    if found is None:
        raise InputFieldError(field="determined_on", schema=LIST)
    return found
