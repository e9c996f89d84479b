"""``bmis selftest``: does every part of this machine work?"""

from contextlib import ExitStack

import typer

from ui.cli.at_home import home_of, keeper
from ui.cli.call import DONE, PERSON, Call
from ui.words.labels import part_word

WIDTH = 12


def add_to(app: typer.Typer) -> None:
    """Give the application its command."""
    app.command("selftest", help="Try the store, cameras, recogniser, printers, readers, clock and disk.")(selftest)


def selftest(context: typer.Context) -> int:
    from bmis.kernel.clock import system_clock
    from ui.compose import self_test

    call: Call = context.obj
    with ExitStack() as stack:
        has_home = (call.home / "home.json").exists()
        somebody = call.environ.get("BMIS_USER") or call.passphrase()
        session = stack.enter_context(keeper(call)) if has_home and somebody else None
        now = home_of(call).now if has_home else system_clock
        parts = list(stack.enter_context(self_test(call.home, session, now))())
    document = [{"name": part.name, "status": part.status, "words": part.words, "count": part.count} for part in parts]
    failed = any(part.status == "fail" for part in parts)
    lines = [f"{part.name:<{WIDTH}} {part_word(part.status)} — {part.words}" for part in parts]
    call.answer({"ok": not failed, "parts": document}, lines)
    return PERSON if failed else DONE
