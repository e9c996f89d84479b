"""The frame around the desks: header, stripe, notice, the desk in front, keys, help, palette and lock."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from bmis.kernel.clock import Clock
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from ui.desktop.parts import Describe, DeskState, HomeFacts, SignedIn
from ui.desktop.shell.desk import Desk, PaletteAction, topic_of
from ui.desktop.shell.header import Header
from ui.desktop.shell.help import HelpPanel
from ui.desktop.shell.keys import KeyRouter
from ui.desktop.shell.lock import WARNING_S, IdleWatch, LockView
from ui.desktop.shell.palette import Palette
from ui.desktop.shell.sign_in_model import PasswordModel
from ui.desktop.shortcuts import Key, KeyTable, key_words
from ui.desktop.theme import THEMES
from ui.desktop.widgets.bars import KeyHint, NoticeBar, TrainingStripe
from ui.desktop.widgets.plain import PlainLabel
from ui.desktop.widgets.question import ask
from ui.desktop.words import button_words, language_names, theme_names

_SHELL_KEYS = (Key.HELP, Key.PALETTE, Key.LOCK)


class EmptyDesk(Desk):
    """Shown to a role for which this machine has no desk."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._words = PlainLabel(kind="title"), PlainLabel(kind="muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(64, 64, 64, 64)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.retranslate()

    def title(self) -> str:
        """Return its name."""
        return _("No desk")

    def retranslate(self) -> None:
        """Word it."""
        self._title.setText(_("There is no desk for this role here"))
        self._words.setText(_("Press Ctrl+K for what can be done, or Ctrl+L to leave the desk to a colleague."))


class DeskFrame(QWidget):
    """One session's screens. ``locked`` and ``unlocked`` tell of the lock, ``left`` that the session is to end,
    ``counted`` that the header's state is to be asked for again, ``directed`` which way the lane goes,
    ``settings_asked`` that the settings are to be shown,    ``language_chosen`` and ``theme_chosen`` a look."""

    locked = Signal()
    unlocked = Signal()
    left = Signal()
    counted = Signal()
    directed = Signal(str)
    settings_asked = Signal()
    language_chosen = Signal(str)
    theme_chosen = Signal(str)

    def __init__(
        self,
        home: HomeFacts,
        session: SignedIn,
        *,
        clock: Clock,
        describe: Describe,
        keys: KeyTable,
        router: KeyRouter,
        unlock: PasswordModel,
        idle_minutes: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._keys, self._router = session, keys, router
        self._desks: dict[str, Desk] = {}
        self._code = ""
        self._is_locked = False
        self._unlock = unlock
        self._focus_before_help: QWidget | None = None
        self.setProperty("kind", "page")
        self.header, self.stripe = Header(home, clock), TrainingStripe()
        self.header.show_actor(session.actor)
        self.notice = NoticeBar(describe)
        self.stack, self.hints, self.help = QStackedWidget(), KeyHint(keys), HelpPanel()
        self.lock_view = LockView(unlock, describe)
        self.stack.addWidget(self.lock_view)
        self.idle = IdleWatch(idle_minutes, self)
        self._warning_shown = False
        self._lay_out()
        self.stripe.setVisible(home.training)  # in its place: shown before it would be a window of its own
        unlock.accepted.connect(self._on_unlocked)
        self.lock_view.left.connect(self.left)
        self.idle.warned.connect(self._on_idle_warned)
        self.idle.expired.connect(self.lock)
        self.help.closed.connect(self._on_help_closed)
        router.pressed.connect(self.press)
        router.active.connect(self._on_active)
        self._counter = QTimer(self)
        self._counter.setInterval(15_000)
        self._counter.timeout.connect(self.counted)

    def _lay_out(self) -> None:
        notice_room = QVBoxLayout()
        notice_room.setContentsMargins(16, 8, 16, 0)
        notice_room.addWidget(self.notice)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 8, 0)
        middle.setSpacing(8)
        middle.addWidget(self.stack, 1)
        middle.addWidget(self.help)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stripe)
        column.addWidget(self.header)
        column.addLayout(notice_room)
        column.addLayout(middle, 1)
        column.addWidget(self.hints)

    def start(self) -> None:
        """Let clock, idle watch and counting run."""
        self.header.start()
        self.idle.start()
        self._counter.start()
        self.counted.emit()

    def stop(self) -> None:
        """End the session's screens: desks close, timers stop, keys are no longer heard."""
        for timer in (self.header, self.idle, self._counter, self._unlock):
            timer.stop()
        self._router.pressed.disconnect(self.press)
        self._router.active.disconnect(self._on_active)
        for desk in self._desks.values():
            desk.closing()

    def add_desk(self, code: str, desk: Desk) -> None:
        """Put a desk on the stack; the first one comes to the front."""
        self._desks[code] = desk
        self.stack.addWidget(desk)
        desk.noticed.connect(self.notice.show_error)
        desk.remarked.connect(self.notice.say)
        desk.cleared.connect(self.notice.clear)
        desk.counted.connect(self.counted)
        desk.keys_changed.connect(self._show_keys)
        desk.directed.connect(self.header.show_direction)
        desk.directed.connect(self.directed)
        desk.theme_asked.connect(self.theme_chosen)
        if len(self._desks) == 1:
            self.show_desk(code)

    @property
    def desk(self) -> Desk | None:
        """The desk in front."""
        return self._desks.get(self._code)

    @property
    def is_locked(self) -> bool:
        """Whether the lock covers the desk."""
        return self._is_locked

    def show_desk(self, code: str) -> None:
        """Bring a desk to the front.

        Raises:
            KeyError: no such desk.
        """
        desk, before = self._desks[code], self.desk
        self._code = code
        if self._is_locked:
            return
        if before is not None and before is not desk:
            before.behind()
        self.stack.setCurrentWidget(desk)
        self._show_keys()
        desk.opened()
        (desk.first_field() or desk).setFocus()

    def show_state(self, state: DeskState) -> None:
        """Show unsent count and list ages."""
        self.header.show_state(state)

    def use_keys(self, keys: KeyTable) -> None:
        """Take a remapped table."""
        self._keys = keys
        self.hints.use(keys)

    def press(self, key: Key) -> None:
        """Do what a key means here; while locked only help answers."""
        if key is Key.HELP:
            self.show_help()
        elif self._is_locked:
            return
        elif key is Key.BACK and not self.help.isHidden():
            self.help.dismiss()
        elif key is Key.LOCK:
            self.lock()
        elif key is Key.PALETTE:
            self.open_palette()
        elif self.desk is not None and (action := self.desk.key_actions().get(key)):
            action()

    def lock(self) -> None:
        """Cover the desk; the desk keeps its draft."""
        if self._is_locked:
            return
        self._is_locked = True
        self.idle.stop()
        self.help.dismiss()
        self.notice.clear()
        if dialog := QApplication.activeModalWidget():
            dialog.close()
        for desk in self._desks.values():
            desk.locking()
        self.stack.setCurrentWidget(self.lock_view)
        self.lock_view.start(self._session.actor.name)
        self._show_keys()
        self.locked.emit()

    def show_help(self) -> None:
        """Show the help of what has the focus."""
        focused = QApplication.focusWidget()
        if not self.help.isHidden() and focused is not None and self.help.isAncestorOf(focused):
            self.help.dismiss()
            return
        self._focus_before_help = focused
        self.help.show_topic(topic_of(focused))

    def open_palette(self) -> Palette:
        """Return the palette, open."""
        palette = Palette(self.palette_actions(), self._keys, self)
        palette.open()
        return palette

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Return every action there is now: the desk's, the other desks, the shell's."""
        actions: list[PaletteAction] = []
        desk = self.desk
        if desk is not None:
            own = desk.key_names()
            actions += [
                PaletteAction(own.get(key, key_words(key)), run, key) for key, run in desk.key_actions().items()
            ]
            actions += desk.palette_actions()
        for code, other in self._desks.items():
            if other is not desk:
                words = _("Go to: {desk}").format(desk=other.title())
                actions.append(PaletteAction(words, lambda code=code: self.show_desk(code)))  # type: ignore[misc]  # mypy infers no type for a lambda's default
        actions.append(PaletteAction(key_words(Key.HELP), self.show_help, Key.HELP))
        actions.append(PaletteAction(key_words(Key.LOCK), self.lock, Key.LOCK))
        actions += [
            PaletteAction(_("Language: {name}").format(name=name), self._choice(self.language_chosen.emit, code))
            for code, name in language_names().items()
        ]
        names = theme_names()
        actions += [
            PaletteAction(_("Screen: {name}").format(name=names[code]), self._choice(self.theme_chosen.emit, code))
            for code in THEMES
        ]
        actions.append(PaletteAction(_("Settings"), self.settings_asked.emit))
        actions.append(PaletteAction(_("End the session"), self.leave))
        return actions

    def leave(self) -> None:
        """End the session, after a question when a draft is open."""
        desk = self.desk
        if desk is None or not desk.has_draft():
            self.left.emit()
            return
        ask(
            self,
            _("End the session?"),
            _("A traveller is open at this desk. The draft is kept."),
            yes=_("End the session"),
            no=button_words()["cancel"],
            answered=lambda yes: self.left.emit() if yes else None,
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange and self._warning_shown:
            self._say_warning()
        super().changeEvent(event)

    @staticmethod
    def _choice(emit: Callable[[str], None], code: str) -> Callable[[], None]:
        return lambda: emit(code)

    def _show_keys(self) -> None:
        if self._is_locked or self.desk is None:
            self.hints.show_keys((Key.HELP,))
            return
        keys = [key for key in self.desk.key_actions() if key not in _SHELL_KEYS]
        self.hints.show_keys((Key.HELP, *keys, Key.PALETTE, Key.LOCK), self.desk.key_names())

    def _on_unlocked(self, _answer: object) -> None:
        self._is_locked = False
        self.idle.start()
        desk = self.desk
        if desk is None:
            return
        self.stack.setCurrentWidget(desk)
        self._show_keys()
        for each in self._desks.values():
            each.unlocked()
        (desk.first_field() or desk).setFocus()
        self.unlocked.emit()

    def _on_active(self) -> None:
        self.idle.touch()
        if self._warning_shown:
            self._warning_shown = False
            self.notice.clear()

    def _on_idle_warned(self) -> None:
        self._warning_shown = True
        self._say_warning()

    def _say_warning(self) -> None:
        words = _n("The screen locks in {count} second", "The screen locks in {count} seconds", WARNING_S)
        self.notice.say(words.format(count=WARNING_S), _("Press any key to go on working."))

    def _on_help_closed(self) -> None:
        before = self._focus_before_help
        if before is not None and before.isVisible():
            before.setFocus()
        self._focus_before_help = None
