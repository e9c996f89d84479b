"""``bmis`` and ``bmis run``: the desktop. The only place that reaches Qt."""

import sys

import typer

from ui.cli.call import Call
from ui.cli.errors import NoDisplayError


def add_to(app: typer.Typer) -> None:
    """Give the application its command."""
    app.command("run", help="Open the desktop.")(run)


def run(context: typer.Context) -> int:
    call: Call = context.obj
    if sys.platform.startswith("linux") and not any(
        call.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        raise NoDisplayError
    from ui.desktop.main import main

    return main(call.home, language=call.language, now=call.now)
