"""The life of the desktop: open the home, sign in, work, lock, sign out, close."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from bmis.kernel.clock import Clock
from bmis.kernel.i18n import current_language
from ui.desktop.parts import Describe, DeskParts, DeskState, FirstRunParts, FirstRunResult, HomeFacts, SignedIn
from ui.desktop.settings import DesktopSettings, SettingsNotSavedError, load_settings, save_settings
from ui.desktop.shell.desk import DeskContext, DeskEntry, topic_of
from ui.desktop.shell.keys import KeyRouter
from ui.desktop.shell.language import speak
from ui.desktop.shell.sign_in import SignInView
from ui.desktop.shell.sign_in_model import PasswordModel
from ui.desktop.shell.window import ShellWindow
from ui.desktop.shortcuts import Key, KeyTable
from ui.desktop.theme import apply_theme, current_theme
from ui.desktop.workers.runner import Runner

if TYPE_CHECKING:
    from ui.desktop.parts import CameraChoice, PortChoice
    from ui.desktop.shell.first_run import FirstRunView
    from ui.desktop.shell.frame import DeskFrame


@dataclass(frozen=True, slots=True)
class Doors:
    """How the desktop reaches the rooms. Each is called on the store thread, after the first window is drawn."""

    open_home: Callable[[Path], DeskParts]
    open_first_run: Callable[[Path], FirstRunParts]


class Desktop(QObject):
    """Joins window, runner and rooms; decides which screen is in front."""

    def __init__(
        self,
        app: QApplication,
        folder: Path,
        home: HomeFacts | None,
        doors: Doors,
        runner: Runner,
        *,
        clock: Clock,
        describe: Describe,
        desks: Sequence[DeskEntry],
        language: str | None = None,
        now_ms: Callable[[], float] | None = None,
    ) -> None:
        super().__init__()
        self._app, self._folder, self._home, self._doors, self._runner = app, folder, home, doors, runner
        self._clock, self._describe, self._desks = clock, describe, desks
        self.settings, self._settings_problem = load_settings(folder if home is not None else None)
        if language is not None:
            self.settings = replace(self.settings, language=language)
        self._parts: DeskParts | None = None
        self._opened: DeskParts | None = None  # written and read on the store thread only
        self._not_opened: Exception | None = None  # likewise
        self._session: SignedIn | None = None
        self.keys = KeyTable(self.settings.keys)
        self.router = KeyRouter(self.keys, now_ms, self)
        speak(self.settings.language)
        apply_theme(app, self.settings.theme)
        self.window = ShellWindow()
        self.window.may_close = self._may_close
        self.router.watch(app, self.window)
        self.router.pressed.connect(self._press_before_frame)
        self._sign_in_model = PasswordModel(self._sign_in, runner, self._release, parent=self)
        self._sign_in_model.accepted.connect(self._on_signed_in)
        self.sign_in: SignInView | None = None
        self.frame: DeskFrame | None = None
        self.first_run: FirstRunView | None = None

    def start(self, when_shown: Callable[[], None] | None = None) -> None:
        """Show the first screen; the rooms are opened behind it. ``when_shown`` takes the place of that opening."""
        if self._home is not None:
            self._show_sign_in(self._home)
            after = self._open_home
        else:
            after = self._open_first_run
        self.window.painted.connect(when_shown or after)
        self.window.show()

    def stop(self) -> None:
        """Sign out, close the rooms. The runner is stopped by who made it."""
        self._end_session()
        self._sign_in_model.stop()
        self._app.removeEventFilter(self.router)
        self._parts = None
        self._runner.run(self._close_on_store_thread, lambda _none: None, self._on_bug)

    def change_look(self, *, language: str | None = None, theme: str | None = None) -> None:
        """Put a language or a theme in force and remember it."""
        if language is not None:
            speak(language)
            self.settings = replace(self.settings, language=language)
        if theme is not None:
            apply_theme(self._app, theme)
            self.settings = replace(self.settings, theme=theme)
        self.save_settings(self.settings)

    def save_settings(self, settings: DesktopSettings) -> None:
        """Keep the settings and put their keys and idle minutes in force."""
        self.settings = settings
        self.keys = KeyTable(settings.keys)
        self.router.use(self.keys)
        if self.frame is not None:
            self.frame.use_keys(self.keys)
            self.frame.idle.set_minutes(settings.idle_minutes)
        try:
            save_settings(self._folder if self._home is not None else None, settings)
        except SettingsNotSavedError as error:
            self._notice(error)

    def refresh(self) -> None:
        """Ask for the header's state."""
        parts, session = self._parts, self._session
        if parts is not None and session is not None:
            self._runner.run(lambda: parts.state(session), self._on_state, self._notice)

    # --- the home

    def _show_sign_in(self, home: HomeFacts) -> None:
        if self.sign_in is None:
            self.sign_in = SignInView(self._sign_in_model, self._describe)
            self.sign_in.look.language_chosen.connect(lambda code: self.change_look(language=code))
            self.sign_in.look.theme_chosen.connect(lambda name: self.change_look(theme=name))
            if self._settings_problem is not None:
                self.sign_in.notice.show_error(self._settings_problem)
            self.sign_in.again.clicked.connect(self._open_home)
        self.sign_in.show_home(home)
        self.window.show_page(self.sign_in)
        self.sign_in.start()

    def _open_home(self) -> None:
        if self._parts is None:
            self._runner.run(self._open_on_store_thread, self._on_home, self._on_home_failed)

    def _open_on_store_thread(self) -> DeskParts:
        self._opened = self._not_opened = None
        try:
            self._opened = self._doors.open_home(self._folder)
        except Exception as error:
            self._not_opened = error
            raise
        return self._opened

    def _close_on_store_thread(self) -> None:
        parts, self._opened = self._opened, None
        if parts is not None:
            parts.close()

    def _on_home(self, parts: DeskParts) -> None:
        self._parts = parts
        if self.sign_in is not None and not self.sign_in.again.isHidden():
            self.sign_in.shut(None)
        self._runner.run(parts.facts, self._on_facts, self._notice)

    def _on_home_failed(self, error: Exception) -> None:
        if self.sign_in is not None:
            self.sign_in.shut(error)

    def _on_facts(self, home: HomeFacts) -> None:
        self._home = home
        if self.sign_in is not None:
            self.sign_in.show_home(home)
        if self.frame is not None:
            self.frame.header.show_home(home)

    # --- the first run

    def _open_first_run(self) -> None:
        self._runner.run(lambda: self._doors.open_first_run(self._folder), self._on_first_run, self._on_bug)

    def _on_first_run(self, parts: FirstRunParts) -> None:
        from ui.desktop.shell.first_run import FirstRunView
        from ui.desktop.shell.first_run_model import Answers, FirstRunModel

        model = FirstRunModel(parts, self._runner, self)
        model.answers = Answers(language=self.settings.language)
        self.first_run = FirstRunView(model, self._describe)
        self.first_run.look.look.language_chosen.connect(lambda code: self.change_look(language=code))
        self.first_run.look.look.theme_chosen.connect(lambda name: self.change_look(theme=name))
        self.first_run.finished.connect(self._on_first_run_done)
        self.window.show_page(self.first_run)
        self.first_run.start()

    def _on_first_run_done(self, result: FirstRunResult) -> None:
        self._home = result.home
        if self.first_run is not None:
            camera = self.first_run.camera
            self.window.drop_page(self.first_run)
            self.first_run = None
            self.save_settings(replace(self.settings, camera=camera))
        self._show_sign_in(result.home)
        self._open_home()

    # --- the session

    def _sign_in(self, name: str, password: str) -> SignedIn:
        """On the store thread, behind the opening of the home."""
        return self._at_home().sign_in(name, password)

    def _release(self, name: str, reason: str) -> None:
        """Likewise."""
        self._at_home().release_lockout(name, reason)

    def _at_home(self) -> DeskParts:
        if self._opened is None:
            raise self._not_opened or RuntimeError("signing in before the home was opened")
        return self._opened

    def _on_signed_in(self, answer: object) -> None:
        from ui.desktop.shell.frame import DeskFrame, EmptyDesk

        session: SignedIn = answer  # type: ignore[assignment]  # what _sign_in gave
        parts, home = self._parts, self._home
        if parts is None or home is None:
            return
        home = replace(home, direction=self.settings.direction or home.direction)
        self._session = session
        unlock = PasswordModel(lambda _name, password: parts.unlock(session, password), self._runner, parent=self)
        frame = self.frame = DeskFrame(
            home,
            session,
            clock=self._clock,
            describe=self._describe,
            keys=self.keys,
            router=self.router,
            unlock=unlock,
            idle_minutes=self.settings.idle_minutes,
        )
        unlock.setParent(frame)
        frame.left.connect(self._on_left)
        frame.counted.connect(self.refresh)
        frame.directed.connect(self._on_directed)
        frame.settings_asked.connect(self._ask_settings)
        frame.language_chosen.connect(lambda code: self.change_look(language=code))
        frame.theme_chosen.connect(lambda name: self.change_look(theme=name))
        self.window.show_page(frame)
        context = DeskContext(
            home, session, parts, self._runner, self._describe, self._clock, lambda: self.settings, lambda: self.keys
        )
        entries = [one for one in self._desks if one.fits(session.actor) and one.wanted(self.settings)]
        for entry in entries:
            frame.add_desk(entry.code, entry.build(context))
        if not entries:
            frame.add_desk("empty", EmptyDesk())
        frame.start()

    def _ask_settings(self) -> None:
        parts = self._parts
        if parts is not None:
            self._runner.run(lambda: (parts.cameras(), parts.swipe_ports()), self._show_settings, self._on_no_devices)

    def _on_no_devices(self, error: Exception) -> None:
        self._notice(error)
        self._show_settings(((), ()))

    def _show_settings(self, devices: "tuple[tuple[CameraChoice, ...], tuple[PortChoice, ...]]") -> None:
        from ui.desktop.shell.settings_dialog import SettingsDialog

        if self.frame is None or self.frame.is_locked or self._home is None:
            return
        SettingsDialog(
            self.frame,
            self.settings,
            *devices,
            training=self._home.training,
            describe=self._describe,
            save=self._take_settings,
        ).open()

    def _take_settings(self, settings: DesktopSettings) -> None:
        self.save_settings(settings)
        if settings.theme != current_theme().name:
            apply_theme(self._app, settings.theme)
        if settings.language != current_language():
            speak(settings.language)

    def _on_directed(self, direction: str) -> None:
        if direction != self.settings.direction:
            self.save_settings(replace(self.settings, direction=direction))

    def _on_left(self) -> None:
        self._end_session()
        if self._home is not None:
            self._show_sign_in(self._home)

    def _end_session(self) -> None:
        frame, self.frame = self.frame, None
        session, self._session = self._session, None
        if frame is not None:
            frame.stop()
            self.window.drop_page(frame)
        parts = self._parts
        if session is not None and parts is not None:
            self._runner.run(lambda: parts.sign_out(session), lambda _none: None, self._notice)

    def _on_state(self, state: DeskState) -> None:
        if self.frame is not None:
            self.frame.show_state(state)

    def _press_before_frame(self, key: object) -> None:
        if self.frame is not None:
            return
        if key is Key.HELP:
            self.window.show_help(topic_of(QApplication.focusWidget()))
        elif key is Key.BACK and not self.window.dismiss_help() and self.first_run is not None:
            self.first_run.go_back()

    def _notice(self, error: Exception) -> None:
        if self.frame is not None:
            self.frame.notice.show_error(error)
        elif self.sign_in is not None:
            self.sign_in.notice.show_error(error)

    def _on_bug(self, error: Exception) -> None:
        raise error  # nothing is on the screen yet that could say it: main's hook logs it and the program ends

    def _may_close(self) -> bool:
        if self.frame is not None and self.frame.desk is not None and self.frame.desk.has_draft():
            self.frame.leave()
            return False
        return True
