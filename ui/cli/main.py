"""The console script ``bmis``: finds the command, and turns every trouble into a code, words and an exit code."""

import os
import re
import sys
from collections.abc import Sequence
from typing import Any

import typer
from typer.exceptions import Abort, TyperException

from bmis.kernel.errors import BmisError, OfficerError, SiteError
from bmis.kernel.i18n import DEFAULT_LANGUAGE, LANGUAGES, set_language
from ui.cli import (
    audit,
    bench,
    certificate,
    crossing,
    db,
    demo,
    flows,
    health,
    init,
    mrz,
    passes,
    receipt,
    report,
    run,
    schema,
    seal,
    selftest,
    staff,
    trust,
)
from ui.cli.call import PERSON, USAGE, Call, say_json, say_trouble, take_options
from ui.cli.errors import (
    ArgumentMissingError,
    CommandUnknownError,
    OptionUnknownError,
    UsageError,
    ValueRefusedError,
)
from ui.words.errors import Notice, describe

HOMELESS = frozenset({"mrz", "certificate", "schema", "bench"})
"""Commands that need no home, no sign-in, and write no log."""

_GROUPS = (
    run,
    init,
    staff,
    selftest,
    mrz,
    certificate,
    crossing,
    passes,
    receipt,
    seal,
    trust,
    health,
    db,
    audit,
    flows,
    report,
    demo,
    schema,
    bench,
)


def application() -> Any:
    """Return the tree of commands."""
    app = typer.Typer(
        name="bmis", rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False, no_args_is_help=False
    )
    for group in _GROUPS:
        group.add_to(app)
    return typer.main.get_command(app)


def main(argv: Sequence[str] | None = None) -> int:
    """Return the exit code: 0 done or yes, 1 the answer is no, 2 usage, 3 a person must act."""
    _speak_utf8()
    words = list(sys.argv[1:] if argv is None else argv)
    rest = words
    set_language(DEFAULT_LANGUAGE)
    call = Call(json="--json" in words)
    try:
        call, rest = take_options(words, os.environ)
        _choose(call.language)
        if rest[:1] == ["health"]:
            _refuse_what_is_no_text(rest)
        return _run(call, rest)
    except BrokenPipeError:
        _nobody_reads()
        return PERSON
    except (KeyboardInterrupt, Abort):
        return PERSON
    except BmisError as error:
        _tell(call, describe(error))
        if isinstance(error, SiteError):
            _log(call, rest, error)
        return USAGE if isinstance(error, OfficerError) and error.wrong_call else PERSON
    except Exception as error:  # whatever else is a fault: no trace to the person, its frames to the log
        _tell(call, describe(error))
        _log(call, rest, error)
        return PERSON


def _run(call: Call, rest: list[str]) -> int:
    if call.help:
        from ui.cli.helping import show_help

        return show_help(application(), rest)
    try:
        done = application().main(args=rest or ["run"], prog_name="bmis", standalone_mode=False, obj=call)
    except TyperException as error:
        raise _ours(error) from error
    return done if isinstance(done, int) else 0


def _ours(error: TyperException) -> UsageError:
    """Return our error for what the parser of the line refused; typer's own words are English only."""
    kind = type(error).__name__
    if kind in {"NoSuchOption", "BadOptionUsage"}:
        return OptionUnknownError(option=str(getattr(error, "option_name", "?")))
    name = getattr(getattr(error, "param", None), "name", None)
    if kind == "MissingParameter":
        return ArgumentMissingError(argument=name or "?")
    if kind == "BadParameter":
        return ValueRefusedError(argument=name or "?")
    if error.message.startswith("Missing command"):
        return ArgumentMissingError(argument="COMMAND")
    quoted = re.search("'([^']{1,40})'", error.message)
    return CommandUnknownError(command=quoted[1] if quoted else "?")


def _refuse_what_is_no_text(words: Sequence[str]) -> None:
    """Refuse bytes that are no UTF-8: the system gives them as halves of pairs, which no store and no server takes."""
    for at, word in enumerate(words):
        if any(0xD800 <= ord(sign) <= 0xDFFF for sign in word):
            raise ValueRefusedError(argument=f"#{at}")


def _choose(language: str | None) -> None:
    if language is not None and language not in LANGUAGES:
        raise ValueRefusedError(argument="--lang")
    set_language(language or DEFAULT_LANGUAGE)


def _tell(call: Call, notice: Notice) -> None:
    if call.json:
        try:
            say_json({"error": {"code": notice.code, "what": notice.what, "do": notice.do}})
        except BrokenPipeError:
            _nobody_reads()
    say_trouble(notice.line)


def _nobody_reads() -> None:
    """Write nothing more: who reads us has left (`bmis ... | head`), and there is nobody to tell."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _log(call: Call, words: Sequence[str], error: Exception) -> None:
    """Keep what the post or the maker must put right, by codes; only in a home, and not for commands that need none."""
    if _needs_no_home(words) or not (call.home / "home.json").exists():
        return
    from bmis.kernel.clock import system_clock
    from bmis.kernel.logs import log_unexpected, open_log

    log = open_log(call.home, system_clock)
    if isinstance(error, BmisError):
        log.error("command.failed", command=" ".join(words[:2]), code=error.code)
    else:
        log_unexpected(log, error)


def _needs_no_home(words: Sequence[str]) -> bool:
    return (
        bool(HOMELESS.intersection(words[:1]))
        or words[:2] == ["report", "list"]
        or (words[:1] == ["seal"] and any(word.partition("=")[0] == "--trust" for word in words))
        or (words[:1] == ["health"] and ("--evaluate" in words or words[1:3] == ["certificate", "verify"]))
    )


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a captured stream in a test may be another kind
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
