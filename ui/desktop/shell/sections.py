"""A desk of several sections: a list of them at the left, the one in front at the right."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.shell.desk import Desk, PaletteAction
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.plain import PlainLabel

NAVIGATION_WIDTH = 240
_DIGITS = 10  # the tenth section has Alt+0; those after it have the list and the palette


class Section(QWidget):
    """One section. Signals as those of a desk."""

    noticed = Signal(object)
    remarked = Signal(str, str)
    cleared = Signal()
    counted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading, self.hint = PlainLabel(kind="title"), PlainLabel(kind="muted", wrap=True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 16, 24, 16)
        self.column.setSpacing(16)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.hint)

    def title(self) -> str:
        """Return its name in the language in force."""
        raise NotImplementedError

    def badge(self) -> int:
        """Return how many things wait here; 0 shows none."""
        return 0

    def opened(self) -> None:
        """The section is now in front."""

    def retranslate(self) -> None:
        """Set every word again."""

    def first_field(self) -> QWidget | None:
        """Return what takes the focus."""
        return None

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """Return what each key does here."""
        return {}

    def key_names(self) -> Mapping[Key, str]:
        """Return the words of keys that mean something of their own here."""
        return {}

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Return what the palette offers here."""
        return ()

    def stops(self) -> bool:
        """Stop what takes long here; return whether there was any. Esc asks this before it goes back to the list."""
        return False

    def locking(self) -> None:
        """The screen locks: show nobody."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class _Navigation(QListWidget):
    """Enter and the right arrow go into the section."""

    entered_section = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered_section.emit()
            return
        super().keyPressEvent(event)


class SectionDesk(Desk):
    """A desk made of sections. Alt and a digit bring one to the front; Esc stops long work or goes back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sections: dict[str, Section] = {}
        self.navigation, self.stack = _Navigation(), QStackedWidget()
        self.navigation.setFixedWidth(NAVIGATION_WIDTH)
        self.navigation.setObjectName("desk.sections")
        self.navigation.setProperty("kind", "navigation")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 0, 8)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addWidget(self.stack, 1)
        self.navigation.currentRowChanged.connect(self._on_row)
        self.navigation.entered_section.connect(self._enter)

    def add_section(self, code: str, section: Section) -> None:
        """Put a section at the end of the list."""
        self._sections[code] = section
        self.navigation.addItem(QListWidgetItem(""))
        self.stack.addWidget(section)
        section.noticed.connect(self.noticed)
        section.remarked.connect(self.remarked)
        section.cleared.connect(self.cleared)
        section.counted.connect(self.counted)
        if len(self._sections) <= _DIGITS:
            shortcut = QShortcut(QKeySequence(f"Alt+{len(self._sections) % _DIGITS}"), self)
            shortcut.activated.connect(lambda: self.show_section(code))
        self.name_sections()

    def section(self, code: str) -> Section:
        """Return a section.

        Raises:
            KeyError: no such section.
        """
        return self._sections[code]

    @property
    def in_front(self) -> Section:
        """The section in front."""
        return list(self._sections.values())[self.navigation.currentRow()]

    def show_section(self, code: str) -> None:
        """Bring a section to the front and go into it."""
        self.navigation.setCurrentRow(list(self._sections).index(code))
        self._enter()

    def name_sections(self) -> None:
        """Write the names again, each with what waits there."""
        self.navigation.setAccessibleName(_("Sections"))
        for at, section in enumerate(self._sections.values()):
            waits = section.badge()
            self.navigation.item(at).setText(f"{section.title()}  ({waits})" if waits else section.title())

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """Return the section's keys; Esc goes back to the list."""
        if not self._sections:
            return {}
        return {**self.in_front.key_actions(), Key.BACK: self._leave}

    def key_names(self) -> Mapping[Key, str]:
        """Return the section's own words of its keys."""
        return self.in_front.key_names() if self._sections else {}

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Return the section's actions and the way to the others."""
        others = [
            PaletteAction(section.title(), lambda code=code: self.show_section(code))  # type: ignore[misc]  # mypy infers no type for a lambda's default
            for code, section in self._sections.items()
            if section is not self.in_front
        ]
        return [*self.in_front.palette_actions(), *others]

    def first_field(self) -> QWidget | None:
        """Return the list of sections."""
        return self.navigation

    def opened(self) -> None:
        """Look at the section in front again."""
        if self.navigation.currentRow() < 0:
            self.navigation.setCurrentRow(0)
        else:
            self.in_front.opened()

    def locking(self) -> None:
        """Every section hides whom it shows."""
        for section in self._sections.values():
            section.locking()

    def unlocked(self) -> None:
        """Look again."""
        self.in_front.opened()

    def retranslate(self) -> None:
        """Name the sections again."""
        self.name_sections()

    def _on_row(self, row: int) -> None:
        if row >= 0:
            section = list(self._sections.values())[row]
            self.navigation.item(row).setSelected(True)  # taking the focus makes a row current, not selected
            self.cleared.emit()
            self.stack.setCurrentWidget(section)
            self.keys_changed.emit()
            section.opened()

    def _enter(self) -> None:
        (self.in_front.first_field() or self.in_front).setFocus()

    def _leave(self) -> None:
        if not self.in_front.stops():
            self.navigation.setFocus()
