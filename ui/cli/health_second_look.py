"""``bmis health waiting`` and ``release``: who may go on and waits a short while, by lot or at a full desk."""

from typing import Annotated

import typer

from bmis.kernel.i18n import translate as _
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, Call
from ui.cli.health_input import screening_id_of
from ui.words.health import result_word


def add_to(group: typer.Typer) -> None:
    """Give the group of port health its commands of the second look."""
    group.command("waiting", help="List who may go on and waits for a short second look.")(waiting)
    group.command("release", help="Let go on who has had the short second look.")(release)


def waiting(context: typer.Context) -> int:
    from ui.compose_health import health_desk

    call: Call = context.obj
    with signed_in(call) as session:
        desk = health_desk(session)
        found = desk.screenings.for_second_look(session.now(), session.actor)
    rows = [
        {
            "id": str(one.id),
            "seq": one.record.seq,
            "screened_at": one.record.screened_at.isoformat(),
            "result": one.facts.result,
            "drawn": one.facts.drawn,
            "desk_full": one.facts.desk_full,
        }
        for one in found
    ]
    words = [f"{one.record.seq} · {result_word(one.facts.result or '')} · {one.id}" for one in found]
    call.answer({"waiting": rows}, words or [_("Nobody waits for a second look.")])
    return DONE


def release(
    context: typer.Context,
    screening: Annotated[str, typer.Argument(help="the screening's id")],
    card: Annotated[int | None, typer.Option(min=1, help="the number of a card that says done")] = None,
) -> int:
    from ui.compose_health import health_desk

    call: Call = context.obj
    identifier = screening_id_of(screening)
    with signed_in(call) as session:
        kept = health_desk(session).second_look(identifier, session.actor, card)
    document = {"id": str(kept.view.id), "clearance": str(kept.view.facts.clearance), "token": kept.token}
    call.answer(document, [_("May go on."), _("Health token: {token}").format(token=kept.token)])
    return DONE
