"""``bmis health``: port health. ``screen --evaluate`` only computes: no home, no sign-in, no log."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

import typer

from bmis.kernel.clock import local, system_clock
from bmis.kernel.errors import BmisError, SiteError
from ui.cli import health_export
from ui.cli.call import DONE, PERSON, USAGE, Call, say_json, say_trouble
from ui.cli.errors import ArgumentMissingError, UsageError, ValueRefusedError
from ui.cli.untrusted import load_object, requests_in
from ui.words.errors import describe

SCREEN = "health-screen-in"


def add_to(app: typer.Typer) -> None:
    """Give the application its group."""
    group = typer.Typer(rich_markup_mode=None)
    group.callback()(_alone)
    group.command("screen", help="Screen a traveller by the case rules.")(screen)
    health_export.add_to(group)
    app.add_typer(group, name="health", help="Port health.")


def screen(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="JSON: one object, a list, or one object a line; - is stdin")],
    evaluate: Annotated[bool, typer.Option("--evaluate", help="only compute; nothing is stored")] = False,
    today: Annotated[str | None, typer.Option(help="the day of the screening, YYYY-MM-DD")] = None,
) -> int:
    call: Call = context.obj
    if not evaluate:
        raise ArgumentMissingError(argument="--evaluate")
    day = _day(call, today)
    codes = []
    for number, text in enumerate(requests_in(file, SCREEN), 1):
        document, code = _answer(text, day, number)
        codes.append(code)
        if call.json or number > 1:
            say_json(document)
        elif "error" not in document:
            call.answer(document, _words(document))
    return max(codes, default=DONE)


def _alone() -> None:
    """A group of one command stays a group."""


def _answer(text: str, day: date, number: int) -> tuple[dict[str, Any], int]:
    """Return what is proposed, and the exit code. What is wrong with one form never stops the next."""
    try:
        return _evaluated(load_object(text, SCREEN, number), day), DONE
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


def _words(document: dict[str, Any]) -> Iterable[str]:
    from ui.words.health import outcome_lines

    return outcome_lines(document)


def _day(call: Call, today: str | None) -> date:
    if today is None:
        return local(call.now or system_clock()).date()
    try:
        return date.fromisoformat(today)
    except ValueError as error:
        raise ValueRefusedError(argument="--today") from error
