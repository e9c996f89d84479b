"""``bmis health``: port health. ``screen --evaluate`` computes without home, sign-in or log; else it stores."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bmis.kernel.clock import local, system_clock
from bmis.kernel.errors import BmisError, SiteError
from bmis.kernel.i18n import translate as _
from ui.cli import (
    health_affected,
    health_assess,
    health_cards,
    health_certificate,
    health_conveyance,
    health_equipment,
    health_export,
    health_measures,
    health_referral,
    health_retention,
    health_second_look,
    health_signals,
    health_sop,
    health_stock,
    health_tally,
    health_vaccination,
    health_voyage,
)
from ui.cli.call import DONE, PERSON, USAGE, Call, say_json, say_trouble
from ui.cli.errors import InputNotJsonError, UsageError, ValueRefusedError
from ui.cli.health_input import screening_id_of
from ui.cli.untrusted import load_object, requests_in
from ui.words.errors import describe

if TYPE_CHECKING:
    from ui.health_desk import HealthDesk

SCREEN = "health-screen-in"


def add_to(app: typer.Typer) -> None:
    """Give the application its group."""
    group = typer.Typer(rich_markup_mode=None)
    group.command("screen", help="Screen a traveller by the case rules.")(screen)
    group.command("void", help="Void a screening that should not count.")(void)
    health_assess.add_to(group)
    health_export.add_to(group)
    health_cards.add_to(group)
    health_second_look.add_to(group)
    health_retention.add_to(group)
    health_referral.add_to(group)
    health_tally.add_to(group)
    health_affected.add_to(group)
    health_signals.add_to(group)
    health_measures.add_to(group)
    health_voyage.add_to(group)
    health_conveyance.add_to(group)
    for stores in (health_certificate, health_vaccination, health_stock, health_equipment, health_sop):
        stores.add_to(group)
    app.add_typer(group, name="health", help="Port health.")


def screen(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="JSON: one object, a list, or one object a line; - is stdin")],
    evaluate: Annotated[bool, typer.Option("--evaluate", help="only compute; nothing is stored")] = False,
    today: Annotated[str | None, typer.Option(help="the day of the screening, YYYY-MM-DD")] = None,
) -> int:
    call: Call = context.obj
    if not evaluate and today is not None:
        raise ValueRefusedError(argument="--today")  # a stored screening is of the day of the clock
    texts = requests_in(file, SCREEN)
    if evaluate:
        day = _day(call, today)
        return _each(call, texts, lambda said: _evaluated(said, day))
    from ui.cli.at_home import signed_in
    from ui.compose_health import health_desk

    with signed_in(call) as session:
        desk = health_desk(session)
        return _each(call, texts, lambda said: _stored(desk, said))


def void(
    context: typer.Context,
    screening: Annotated[str, typer.Argument(help="the screening's id")],
    reason: Annotated[str, typer.Option(help="why, at least ten characters")],
) -> int:
    from ui.cli.at_home import signed_in
    from ui.cli.health_export import handed_json
    from ui.compose_health import health_desk
    from ui.words.exchange import handed_line

    call: Call = context.obj
    screening_id = screening_id_of(screening)
    with signed_in(call) as session:
        desk = health_desk(session)
        view = desk.void(screening_id, reason, session.actor)
        handed = desk.where_sent(screening_id, session.actor)
    document = {"id": str(view.id), "state": view.state.value, "handed": [handed_json(one) for one in handed]}
    call.answer(document, [_("The screening was voided; it stays on record."), *map(handed_line, handed)])
    return DONE


def _each(call: Call, texts: Iterable[str], answer: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """Answer each form, and return the exit code."""
    codes = []
    for number, text in enumerate(texts, 1):
        document, code = _answer(text, number, answer)
        codes.append(code)
        if call.json or number > 1:
            say_json(document)
        elif "error" not in document:
            call.answer(document, _words(document))
    if not codes:
        raise InputNotJsonError(reason="empty", line=1, schema=SCREEN)  # a list with nobody in it
    return max(codes)


def _answer(text: str, number: int, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> tuple[dict[str, Any], int]:
    """Return what is proposed or was kept, and the exit code. What is wrong with one form never stops the next."""
    try:
        return answer(load_object(text, SCREEN, number)), DONE
    except BmisError as error:
        if isinstance(error, SiteError):
            raise  # the lists are damaged: the next one would fare no better
        notice = describe(error)
        say_trouble(notice.line)
        document = {"error": {"code": notice.code, "what": notice.what, "do": notice.do}}
        return document, USAGE if isinstance(error, UsageError) else PERSON


def _evaluated(said: dict[str, Any], day: date) -> dict[str, Any]:
    from poe_health.rules.definitions import rule_set
    from poe_health.screening.evaluate_screening import EvaluateScreening
    from poe_health.screening.form_json import context_from, form_from
    from poe_health.screening.outcome_json import outcome_json

    form = form_from(said, day)
    return outcome_json(form, EvaluateScreening()(form, context_from(said)), rule_set(day))


def _stored(desk: "HealthDesk", said: dict[str, Any]) -> dict[str, Any]:
    from ui.cli.health_input import kept_json, request_from

    request = request_from(said, desk.today(), desk.session.now())
    if said.get("cholera_number"):
        record = desk.cholera.numbered(said["cholera_number"], desk.session.actor)
        request = replace(request, cholera_id=record.id)
    return kept_json(desk.record(request, desk.session.actor))


def _words(document: dict[str, Any]) -> Iterable[str]:
    from ui.words.health import outcome_lines

    yield from outcome_lines(document)
    if "id" in document:
        yield _("Stored: {id}").format(id=document["id"])
        yield _("Health token: {token}").format(token=document["token"])
    if document.get("second_look"):
        yield _("Well, and waits for the short second look: bmis health release.")


def _day(call: Call, today: str | None) -> date:
    if today is None:
        return local(call.now or system_clock()).date()
    try:
        return date.fromisoformat(today)
    except ValueError as error:
        raise ValueRefusedError(argument="--today") from error
