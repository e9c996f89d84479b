"""Starting and ending the desktop. The first window is drawn before any room is imported."""

import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from bmis.kernel.clock import Clock, fixed_clock, system_clock
from bmis.kernel.settings import default_home
from ui.desktop.desks import DESKS
from ui.desktop.parts import Describe, DeskParts, FirstRunParts, HomeFacts, Notice
from ui.desktop.shell.desk import DeskEntry
from ui.desktop.shell.desktop import Desktop, Doors
from ui.desktop.workers.runner import ThreadRunner

STORE_FAILED = 3


def main(home: Path | None, *, language: str | None = None, now: datetime | None = None) -> int:
    """Return the exit code of the desktop on a home (None: the default one); ``bmis run`` calls it."""
    clock = fixed_clock(now) if now is not None else system_clock
    return run(home, doors=room_doors(now), language=language, clock=clock)


def run(
    home_path: Path | None,
    *,
    doors: Doors | None = None,
    language: str | None = None,
    clock: Clock = system_clock,
    describe: Describe | None = None,
    desks: Sequence[DeskEntry] | None = None,
    when_shown: Callable[["Desktop"], None] | None = None,
) -> int:
    """Return the exit code: 0 closed by a person, 3 the store thread did not end.

    A folder without a home opens the first run. ``when_shown`` is called once the first window is drawn, instead of
    opening the rooms: benchmarks measure by it.
    """
    app = application()
    folder = home_path or default_home()
    runner = ThreadRunner()
    desktop = Desktop(
        app,
        folder,
        early_facts(folder),
        doors or room_doors(),
        runner,
        clock=clock,
        describe=describe or _describe,
        desks=DESKS if desks is None else desks,
        language=language,
    )
    desktop.start(None if when_shown is None else partial(when_shown, desktop))
    app.exec()
    ended = _end(desktop, runner)
    del desktop, runner
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return 0 if ended else STORE_FAILED


def application() -> QApplication:
    """Return the program's QApplication, made when there is none."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("BMIS")
    app.setQuitOnLastWindowClosed(True)
    return app


def early_facts(folder: Path) -> HomeFacts | None:
    """Return what the home's description says, without opening a store; None where no home is yet.

    A damaged description still gives facts: opening the home then says what is wrong, and no wizard writes over it.
    """
    from bmis.store.errors import HomeDamagedError
    from bmis.store.home import Home

    if not (folder / "home.json").exists():
        return None
    try:
        home = Home.open(folder)
    except HomeDamagedError:
        return HomeFacts(folder, "?", "", "?", training=False)
    return HomeFacts(folder, home.post_code, "", home.lane, home.training)


def _end(desktop: Desktop, runner: ThreadRunner) -> bool:
    """Close in the order that held on every platform: window first, deferred deletes run, then the names go."""
    desktop.stop()
    ended = runner.stop()
    window = desktop.window
    window.close()
    window.deleteLater()
    desktop.deleteLater()
    runner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    del window
    return ended


def room_doors(at: datetime | None = None) -> Doors:
    """Return the doors to the rooms, which are imported on the store thread when one is first opened."""

    def open_home(folder: Path) -> DeskParts:
        from ui.desktop.rooms import HomeRooms

        return HomeRooms(folder, at)

    def open_first_run(folder: Path) -> FirstRunParts:
        from ui.desktop.rooms import FirstRunRooms

        return FirstRunRooms(folder, at)

    return Doors(open_home, open_first_run)


def _describe(error: Exception) -> Notice:
    from ui.words.errors import describe  # late: errors are rarer than windows

    return describe(error)
