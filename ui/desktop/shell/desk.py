"""What the frame asks of a desk, and how a desk is put on the list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from bmis.kernel.actor import Actor
from bmis.kernel.clock import Clock
from ui.desktop.parts import Describe, DeskParts, HomeFacts, SignedIn
from ui.desktop.settings import DesktopSettings
from ui.desktop.shortcuts import Key, KeyTable
from ui.desktop.workers.runner import Runner


@dataclass(frozen=True, slots=True)
class PaletteAction:
    """One line of the palette (Ctrl+K). ``key`` is shown beside the words."""

    words: str
    run: Callable[[], None]
    key: Key | None = None


@dataclass(frozen=True, slots=True)
class DeskContext:
    """What a desk is built from."""

    home: HomeFacts
    session: SignedIn
    parts: DeskParts
    runner: Runner
    describe: Describe
    clock: Clock
    settings: Callable[[], DesktopSettings]
    keys: Callable[[], KeyTable]

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self.session.actor


class Desk(QWidget):
    """A screen of the frame. Signals: ``noticed`` carries an error, ``remarked`` plain words, ``counted`` that the
    header's figures may have changed, ``keys_changed`` and ``directed`` that footer or direction have."""

    noticed = Signal(object)
    remarked = Signal(str, str)
    cleared = Signal()
    counted = Signal()
    keys_changed = Signal()
    directed = Signal(str)  # ENTRY, EXIT
    theme_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "page")

    def title(self) -> str:
        """Return the desk's name in the language in force."""
        raise NotImplementedError

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """Return what each key does here, in the order of the footer."""
        return {}

    def key_names(self) -> Mapping[Key, str]:
        """Return the words of keys that mean something of their own here."""
        return {}

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Return what the palette offers beside the keys."""
        return ()

    def first_field(self) -> QWidget | None:
        """Return what takes the focus when the desk opens."""
        return None

    def retranslate(self) -> None:
        """Set every word again."""

    def opened(self) -> None:
        """The desk is now in front."""

    def behind(self) -> None:
        """Another desk came to the front: let go of camera and readers. ``opened`` follows when this one is back."""

    def locking(self) -> None:
        """The screen locks now: keep the draft encrypted and stop showing the traveller. Must not block."""

    def unlocked(self) -> None:
        """The same officer is back."""

    def has_draft(self) -> bool:
        """Return whether something would be lost from the screen by leaving."""
        return False

    def closing(self) -> None:
        """The session ends: stop threads and timers, keep the draft."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """A desk on the list: for whom it is, and how it is built (its modules are imported then, not before)."""

    code: str
    fits: Callable[[Actor], bool]
    build: Callable[[DeskContext], Desk]
    wanted: Callable[[DesktopSettings], bool] = lambda _settings: True  # by what this desk's settings say


def topic_of(widget: QObject | None) -> str | None:
    """Return the help topic of a widget: its object name, or that of the nearest one around it that has one."""
    while widget is not None:
        name = widget.objectName()
        if name and not name.startswith("qt_"):
            return name
        widget = widget.parent()
    return None
