"""``bmis pass``: appeals against a refusal, a suspension or a revocation."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bmis.kernel.clock import local
from bmis.kernel.i18n import translate as _
from ui.cli.call import DONE, NO, Call
from ui.cli.days import day_if_given
from ui.cli.errors import ValueRefusedError
from ui.words.pass_desk import AGAINST
from ui.words.passes import GROUNDS

if TYPE_CHECKING:
    from bmis.passes.appeals import AppealCase

NUMBER = Annotated[str, typer.Argument(help="the number of the pass, the application or the notice")]


def add_to(group: typer.Typer) -> None:
    """Give the group of passes these commands."""
    group.command("object", help="Record an appeal against a refusal, a suspension or a revocation.")(lodge)
    group.command("appeals", help="List the appeals that wait, and the decisions that can still be appealed.")(appeals)
    group.command("appeal", help="Decide a recorded appeal; against a revocation a second person signs.")(decide)


def lodge(
    context: typer.Context,
    number: NUMBER,
    reason: Annotated[str, typer.Option(help="what the person says against the decision")],
    form: Annotated[str, typer.Option(help="written, or spoken and written down by the officer")] = "spoken",
    received: Annotated[str | None, typer.Option(help="the day it came, YYYY-MM-DD; today where not said")] = None,
) -> int:
    from bmis.passes.appeals import AppealForm
    from ui.cli.passes import desk_at

    call: Call = context.obj
    try:
        how = AppealForm(form.strip().lower())
    except ValueError as error:
        raise ValueRefusedError(argument="--form") from error
    day = day_if_given(received, "--received")
    with desk_at(call) as desk:
        found = desk.object_to(number, reason, desk.session.actor, form=how, received=day)
    document = case_json(found)
    call.answer(document, [_line(found)])
    return DONE


def appeals(context: typer.Context) -> int:
    from ui.cli.passes import desk_at

    call: Call = context.obj
    with desk_at(call) as desk:
        found = desk.appeals(desk.session.actor)
    lines = [_line(one) for one in found] or [_("Nothing was found.")]
    call.answer({"appeals": [case_json(one) for one in found]}, lines)
    return DONE if found else NO


def decide(
    context: typer.Context,
    number: NUMBER,
    reason: Annotated[str, typer.Option(help="why, in words")],
    upheld: Annotated[bool, typer.Option("--upheld/--dismissed", help="the person is right, or not")],
) -> int:
    from ui.cli.pass_output import notice_json, notice_line
    from ui.cli.passes import desk_at, with_second

    call: Call = context.obj
    with desk_at(call) as desk:
        by = desk.session.actor
        done = with_second(call, desk, lambda signed: desk.appeal(number, upheld, reason, by, signed))
    after = done.border_pass or done.application
    assert after is not None  # an appeal is against one of them
    notice = notice_json(done.notice)
    assert notice is not None
    document = {
        "number": done.case.number,
        "against": done.case.against.value,
        "upheld": done.upheld,
        "state": after.state.value,
        "notice": notice,
    }
    call.answer(document, [notice_line(notice)])
    return DONE


def case_json(one: "AppealCase") -> dict[str, Any]:
    """Return a case as plain values: no name, no words."""
    lodged = one.lodged
    return {
        "number": one.number,
        "against": one.against.value,
        "decided_by": one.decision.by,
        "notice": dict(one.notice.facts()),
        "appeal": None
        if lodged is None
        else {
            "received": lodged.facts["received"],
            "form": lodged.facts["form"],
            "late": one.is_late,
            "recorded_at": lodged.recorded_at.isoformat(),
            "by": lodged.by,
        },
    }


def _line(one: "AppealCase") -> str:
    parts = [one.number, AGAINST[one.against.value](), GROUNDS[one.notice.reason_code]()]
    if one.lodged is None:
        parts.append(_("no appeal; until {day}").format(day=f"{one.notice.appeal_until:%d/%m/%Y}"))
    else:
        parts.append(_("appeal of {day} waits").format(day=f"{local(one.lodged.recorded_at):%d/%m/%Y}"))
    return "  ".join(parts)
