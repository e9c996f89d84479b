"""``bmis seal verify``: seals of passes and of other States. With --trust it needs no home and signs nobody in."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bmis.kernel.clock import local, system_clock
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, NO, PERSON, Call, say_json, say_trouble
from ui.cli.errors import ArgumentMissingError, InputUnreadableError, ValueRefusedError
from ui.words.seals import seal_lines

if TYPE_CHECKING:
    from collections.abc import Callable

STDIN = "-"
_LONGEST_TYPED = 64 * 1024
_NOON = 12  # of a day without an hour
_YEARS = range(2000, 2200)  # of a check; dates beyond overflow the calendar


def add_to(app: typer.Typer) -> None:
    """Give the application its group."""
    group = typer.Typer(rich_markup_mode=None)
    group.callback()(_seals)
    group.command("verify", help="Check seals: texts of codes, pictures of them, files.")(verify)
    app.add_typer(group, name="seal", help="Seals of border passes and of other States.")


def _seals() -> None:
    """A callback keeps the group a group while it has one command."""


def verify(
    context: typer.Context,
    text_or_file: Annotated[list[str], typer.Argument(help="texts of codes, pictures, files; - is stdin")],
    trust: Annotated[Path | None, typer.Option(help="the trust bundle; without it that of the home")] = None,
    at: Annotated[str | None, typer.Option(help="the day of the check, YYYY-MM-DD, or a moment")] = None,
) -> int:
    call: Call = context.obj
    if any(_is_folder(one) for one in text_or_file):
        raise InputUnreadableError
    given = [_from_stdin() if one == STDIN else one for one in text_or_file]
    results = []
    with _checker(call, trust, None if at is None else _moment(at)) as check:
        for one in given:
            results.append(check(one))
            if not call.json:
                call.answer(None, seal_lines(results[-1]))
    if call.json:
        say_json(results)
    for result in results:
        if result["error"]:
            said = result["error"]
            say_trouble(f"{said['code']} {said['what']} — {said['do']} ({result['file']})")
    if any(result["error"] for result in results):
        return PERSON
    return DONE if all(result["answer"] == "valid" for result in results) else NO


@contextmanager
def _checker(call: Call, trust: Path | None, at: datetime | None) -> "Iterator[Callable[[str], dict[str, Any]]]":
    from ui.compose import seal_checker, seal_checker_of

    if trust is not None:
        if not trust.is_file():
            raise InputUnreadableError
        with seal_checker(trust, at or call.now or system_clock()) as check:
            yield check
        return
    with signed_in(call) as session, seal_checker_of(session, at) as check:
        yield check


def _is_folder(given: str) -> bool:
    try:
        return bool(given) and Path(given).is_dir()
    except (OSError, ValueError):  # a long text of a code is no path
        return False


def _from_stdin() -> str:
    if sys.stdin is None or sys.stdin.isatty():
        raise ArgumentMissingError(argument="TEXT_OR_FILE")
    return sys.stdin.buffer.read(_LONGEST_TYPED).decode("utf-8", errors="replace")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueRefusedError(argument="--at") from error
    if moment.year not in _YEARS:
        raise ValueRefusedError(argument="--at")
    if moment.tzinfo is not None:
        return moment
    if len(text) <= len("YYYY-MM-DD"):
        moment = moment.replace(hour=_NOON)
    return moment.replace(tzinfo=local(system_clock()).tzinfo)
