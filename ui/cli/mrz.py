"""``bmis mrz``: reading and understanding machine readable zones. Needs no home, signs nobody in, writes no log."""

import sys
import time
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from bmis.kernel.clock import local, system_clock
from bmis.kernel.errors import BmisError
from bmis.kernel.i18n import translate as _
from ui.cli.call import DONE, NO, PERSON, Call, say_json, say_trouble
from ui.cli.errors import ArgumentMissingError, ValueRefusedError
from ui.words.errors import describe
from ui.words.labels import digit_word, field_word, sex_word
from ui.words.mrz_notes import note_words

LONGEST_TYPED = 4096


def add_to(app: typer.Typer) -> None:
    """Give the application its group."""
    group = typer.Typer(rich_markup_mode=None)
    group.command("parse", help="Understand the lines of a machine readable zone.")(parse)
    group.command("read", help="Read the machine readable zone of images, PDF pages and videos.")(read)
    app.add_typer(group, name="mrz", help="Machine readable zones.")


def parse(
    context: typer.Context,
    lines: Annotated[list[str] | None, typer.Argument(help="the lines; without any, they come from stdin")] = None,
    today: Annotated[str | None, typer.Option(help="the day that decides centuries, YYYY-MM-DD")] = None,
) -> int:
    from bmis.documents.mrz import clean_typed
    from bmis.documents.mrz import parse as parse_mrz
    from bmis.documents.mrz_json import mrz_json, mrz_not_found_json

    call: Call = context.obj
    day = _day(call, today)
    started, cpu_started = time.perf_counter(), time.process_time()
    untrusted = lines or _from_stdin()
    try:
        parsed = parse_mrz(clean_typed(untrusted), today=day)
    except BmisError as error:
        notice = describe(error)
        if call.json:
            say_json(mrz_not_found_json(error={"code": notice.code, "what": notice.what, "do": notice.do}))
        say_trouble(notice.line)
        return PERSON
    document = mrz_json(
        parsed,
        ms=round((time.perf_counter() - started) * 1000, 3),
        cpu_ms=round((time.process_time() - cpu_started) * 1000, 3),
    )
    call.answer(document, _words(document))
    return DONE if parsed.all_checks_ok else NO


def read(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="images, PDF files and videos")],
    today: Annotated[str | None, typer.Option(help="the day that decides centuries, YYYY-MM-DD")] = None,
    second_opinion: Annotated[bool, typer.Option("--second-opinion", help="let PassportEye read as well")] = False,
    codes: Annotated[bool, typer.Option("--codes", help="look into PDF417, QR and Aztec codes as well")] = False,
) -> int:
    from ui.compose import mrz_files

    call: Call = context.obj
    results = []
    with mrz_files(_day(call, today), second_opinion=second_opinion, codes=codes) as read_file:
        for file in files:
            results.append(read_file(file))
            if not call.json:
                call.answer(results[-1], [str(file), *_words(results[-1]), *_opinion_words(results[-1])])
    if call.json:
        say_json(results)
    for result in results:
        if result["error"]:
            said = result["error"]
            say_trouble(f"{said['code']} {said['what']} — {said['do']} ({result['file']})")
    if any(result["error"] for result in results):
        return PERSON
    return DONE if all(result["found"] for result in results) else NO


def _words(document: Mapping[str, Any]) -> Iterable[str]:
    if document["error"]:
        yield document["error"]["what"]
        return
    if not document["found"]:
        yield _("No machine readable zone was found.")
        return
    yield from document["lines"]
    fields, checks = document["fields"], document["checks"]
    for name, value in fields.items():
        if value is not None and not name.endswith(("_iso3", "_reason")):
            shown = sex_word(value) if name == "sex" else value
            yield f"{field_word(name.removesuffix('_2'))}: {shown}"
    said = ", ".join(f"{field_word(name)} {digit_word(result)}" for name, result in checks.items())
    yield _("Check digits: {results}").format(results=said)
    yield from note_words(document["notes"])


def _opinion_words(document: Mapping[str, Any]) -> Iterable[str]:
    opinion = document.get("second_opinion")
    if opinion is None:
        return
    if opinion["state"] == "agrees":
        yield _("Second reader: the same.")
    elif opinion["state"] == "nothing":
        yield _("Second reader: found no zone.")
    elif opinion["state"] == "absent":
        yield _("Second reader: not installed here.")
    elif opinion["state"] == "failed":
        yield _("Second reader: did not finish.")
    elif opinion["differs_at"]:
        cells = ", ".join(f"{row}:{at}" for row, at in opinion["differs_at"])
        yield _("Second reader: differs at {cells} (line and position, from zero).").format(cells=cells)
        yield from opinion["lines"]
    else:
        yield _("Second reader: found a zone.")
        yield from opinion["lines"]


def _from_stdin() -> str:
    if sys.stdin is None or sys.stdin.isatty():
        raise ArgumentMissingError(argument="LINE")
    return sys.stdin.buffer.read(LONGEST_TYPED * 4).decode("utf-8", errors="replace")


def _day(call: Call, today: str | None) -> date:
    if today is None:
        return local(call.now or system_clock()).date()
    try:
        return date.fromisoformat(today)
    except ValueError as error:
        raise ValueRefusedError(argument="--today") from error
