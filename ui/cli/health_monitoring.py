"""``bmis health monitoring``: people under public health observation."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from bmis.kernel.clock import local
from bmis.kernel.i18n import current_language
from ui.cli.call import DONE, NO, Call
from ui.cli.health_steps import HANDOVER, MONITORING, STEP, monitoring_from, one_object, step_from, who_from

if TYPE_CHECKING:
    from poe_health.followup.follow import Followed

FILE = Annotated[str, typer.Argument(help="JSON: one object; - is stdin")]
NUMBER = Annotated[str, typer.Argument(help="the number on the paper")]


def add_to(group: typer.Typer) -> None:
    """Give the group of port health its group of monitoring."""
    monitoring = typer.Typer(rich_markup_mode=None)
    monitoring.command("start", help="Begin to follow somebody by the days of the rules.")(start)
    monitoring.command("take-over", help="Follow somebody whom another post handed over.")(take_over)
    monitoring.command("step", help="Go on: a visit, who was told, a handover, the end.")(step)
    monitoring.command("list", help="List who is followed, those that need somebody first; no names.")(list_followed)
    monitoring.command("show", help="Show one monitoring, with the handover for another authority.")(show)
    monitoring.command("paper", help="Write the sheet of the days, or the handover form, as PDF.")(paper)
    group.add_typer(monitoring, name="monitoring", help="People under public health observation.")


def start(context: typer.Context, file: FILE) -> int:
    from ui.cli.health_referral import desk_at

    call: Call = context.obj
    with desk_at(call) as (desk, session):
        said = one_object(file, MONITORING)
        one = desk.monitor(monitoring_from(said), who_from(said), session.actor)
        _answer(call, desk.show_followed(one.id, session.actor).followed)
    return DONE


def take_over(context: typer.Context, file: FILE) -> int:
    from poe_health.followup.handover import handover_from
    from ui.cli.health_referral import desk_at

    call: Call = context.obj
    with desk_at(call) as (desk, session):
        said = one_object(file, HANDOVER)
        handover = handover_from(said["handover"])
        one = desk.monitor.taken_over(UUID(said["request_id"]), handover, session.actor)
        _answer(call, desk.show_followed(one.id, session.actor).followed)
    return DONE


def step(context: typer.Context, number: NUMBER, file: FILE) -> int:
    from poe_health.followup.steps import STEPS
    from ui.cli.health_referral import desk_at

    call: Call = context.obj
    with desk_at(call) as (desk, session):
        taken: Any = step_from(one_object(file, STEP), STEPS)
        found = desk.show_followed(number, session.actor).followed.monitoring.id
        _answer(call, desk.visit(found, taken, session.actor))
    return DONE


def list_followed(
    context: typer.Context,
    disease: Annotated[str | None, typer.Option(help="only those who were exposed to it")] = None,
    everything: Annotated[bool, typer.Option("--all", help="also those that are over")] = False,
) -> int:
    from ui.cli.health_referral import desk_at

    call: Call = context.obj
    with desk_at(call) as (desk, session):
        found = desk.followed(session.actor, disease=disease, only_open=not everything)
        rows = [monitoring_json(one) for one in found]
        call.answer({"monitoring": rows}, (line for one in found for line in _lines(one)))
    return DONE if rows else NO


def show(
    context: typer.Context,
    number: NUMBER,
    handover: Annotated[bool, typer.Option("--handover", help="also what another post needs to take over")] = False,
) -> int:
    from bmis.kernel.plain import plain_value
    from ui.cli.health_referral import desk_at

    call: Call = context.obj
    with desk_at(call) as (desk, session):
        shown = desk.show_followed(number, session.actor)
        document = monitoring_json(shown.followed)
        document["who"] = None if shown.who is None else plain_value(shown.who.plain())
        if handover:
            document["handover"] = desk.show_followed.handover(number, session.actor).payload()
        call.answer(document, _lines(shown.followed))
    return DONE


def paper(
    context: typer.Context,
    number: NUMBER,
    folder: Annotated[Path, typer.Option("--folder", help="where to put the PDF; its name holds no person")],
    handover: Annotated[bool, typer.Option("--handover", help="the form for another authority")] = False,
) -> int:
    from ui.cli.health_referral import desk_at
    from ui.referral_desk import save

    call: Call = context.obj
    with desk_at(call) as (desk, session):
        one = desk.show_followed(number, session.actor).followed.monitoring
        made = desk.papers.handover if handover else desk.papers.sheet
        path = save(folder, f"{'entrega' if handover else 'seguimento'}-{one.number}", made(one.id, session.actor))
        call.answer({"paper": str(path)}, [str(path)])
    return DONE


def monitoring_json(one: "Followed") -> dict[str, Any]:
    """Return the monitoring as JSON: no name."""
    kept = one.monitoring
    return {
        "id": str(kept.id),
        "number": kept.number,
        "state": kept.state.value,
        "disease": kept.disease,
        "day0": kept.day0.isoformat(),
        "reckoned_from": kept.reckoned_from,
        "last_day": kept.last_day.isoformat(),
        "consent": kept.started.consent.value,
        "taken_from": kept.started.taken_from or None,
        "days": [
            {"number": day.number, "day": day.day.isoformat(), "status": day.status.value, "late": day.late}
            for day in one.days
        ],
        "escalations": [
            {
                "finding": each.finding,
                "since": each.since.isoformat(),
                "due_at": each.due_at.isoformat(),
                "to": each.rule.to,
                "action": each.rule.action,
                "notify": each.notify or None,
            }
            for each in one.escalations
        ],
    }


def _answer(call: Call, one: "Followed") -> None:
    call.answer(monitoring_json(one), _lines(one))


def _lines(one: "Followed") -> Iterable[str]:
    from poe_health.followup.settings import monitoring_choices
    from ui.words.referrals import day_word, state_word

    kept, language = one.monitoring, current_language()
    yield f"{kept.number} · {kept.disease} · {state_word(kept.state.value)} · {kept.last_day:%d/%m/%Y}"
    for day in one.days:
        yield f"  {day.number:>2} {day.day:%d/%m/%Y} {day_word(day.status.value)}"
    for each in one.escalations:
        found = monitoring_choices("finding")[each.finding].label(language)
        to, action = monitoring_choices("to")[each.rule.to], monitoring_choices("action")[each.rule.action]
        due = f"{local(each.due_at):%d/%m/%Y %H:%M}"
        yield f"  ! {found}: {action.label(language)} ({to.label(language)}, {due})"
