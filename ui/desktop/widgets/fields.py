"""Fields of a document: dates typed ddmmyyyy, states typed by three letters."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from bmis.kernel.i18n import translate as _

UNKNOWN_PART = re.compile(r"^[0xX?<\-]{2}$")
"""How people write an unknown day or month: 00, XX, ??, --, <<."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date whose day, or day and month, may be unknown (ICAO Doc 9303-3, 4.8; many are known by year alone)."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """Return the ISO 8601 form: YYYY, YYYY-MM or YYYY-MM-DD."""
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.append(f"{self.month:02d}")
            if self.day is not None:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)

    def shown(self) -> str:
        """Return ``dd/MM/yyyy`` with XX for a part that is not known."""
        day = "XX" if self.day is None else f"{self.day:02d}"
        month = "XX" if self.month is None else f"{self.month:02d}"
        return f"{day}/{month}/{self.year:04d}"


def iso_date(text: str) -> PartialDate | None:
    """Return the date written as ``str`` of one; None when it is none."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text, re.ASCII)
    if found is None:
        return None
    return parse_date(f"{found[3] or 'XX'}/{found[2] or 'XX'}/{found[1]}", partial=True)


def parse_date(untrusted_text: str, *, partial: bool) -> PartialDate | None:
    """Return the date typed as ddmmyyyy, with or without separators; None when it is none.

    ``partial`` allows an unknown day, or day and month. A known day of an unknown month is no date.
    """
    text = untrusted_text.strip()
    separated = re.fullmatch(r"(\S{1,2})[/. ](\S{1,2})[/. ](\d{4})", text)
    packed = re.fullmatch(r"(..)(..)(\d{4})", text)
    found = separated or packed
    if found is None:
        return None
    day_text, month_text, year = found[1], found[2], int(found[3])
    day, month = _part(day_text), _part(month_text)
    if day == -1 or month == -1 or (month is None and day is not None):
        return None
    if not partial and day is None:
        return None
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return PartialDate(year, month, day)


def _part(text: str) -> int | None:
    """The number, None when written as unknown, -1 when neither."""
    if UNKNOWN_PART.match(text):
        return None
    return int(text) if text.isascii() and text.isdigit() and int(text) else -1


class DateField(QLineEdit):
    """Typed ddmmyyyy, shown dd/MM/yyyy when left. ``changed`` carries a PartialDate or None."""

    changed = Signal(object)

    def __init__(self, *, partial: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._partial = partial
        self.setMaxLength(10)
        self._last: PartialDate | None = None
        self.textEdited.connect(self._on_edited)
        self.retranslate()

    def value(self) -> PartialDate | None:
        """Return the date, None while there is none."""
        return parse_date(self.text(), partial=self._partial)

    def set_value(self, value: PartialDate | None) -> None:
        """Show a date without saying that it changed."""
        self.setText(value.shown() if value else "")
        self._last = value
        self._mark()

    def complete(self) -> bool:
        """Return whether the text is a date."""
        return self.value() is not None

    def retranslate(self) -> None:
        """Say how to type."""
        self.setPlaceholderText(_("ddmmyyyy"))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the date in full when the field is left."""
        value = self.value()
        if value is not None:
            self.setText(value.shown())
        self._mark()
        super().focusOutEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_edited(self, text: str) -> None:
        value = self.value()
        if value is not None or not text:
            self._mark()
        if value != self._last:
            self._last = value
            self.changed.emit(value)

    def _mark(self) -> None:
        wrong = bool(self.text()) and self.value() is None
        if bool(self.property("wrong")) != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)


@dataclass(frozen=True, slots=True)
class State:
    """A state or organisation of ICAO's list: its three letters and its name in the language in force."""

    code: str
    name: str


class TextField(QLineEdit):
    """A line of text that shows its beginning when it is left, however long it is."""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the beginning; a window that comes between leaves the cursor where one types."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.setCursorPosition(0)


class CountryField(TextField):
    """Typed by three letters or by name, shown ``MOZ · Moçambique`` without the remark that some names bear in
    brackets. ``changed`` carries the code or ""."""

    changed = Signal(str)

    def __init__(self, states: Callable[[], Sequence[State]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._states = states
        self._by_code: dict[str, State] = {}
        self._code = ""
        self._completer = QCompleter(self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setMaxVisibleItems(8)
        self._completer.activated.connect(self._on_chosen)
        self.setCompleter(self._completer)
        self.textEdited.connect(self._on_edited)
        self.retranslate()

    def code(self) -> str:
        """Return the three letters, "" while there are none."""
        return self._code

    def set_code(self, code: str) -> None:
        """Show a state without saying that it changed; a code that the list lacks is shown as it came, marked."""
        self._code = code if code in self._by_code else ""
        self.setText(self._line(code) if self._code else code)
        self._mark()

    def retranslate(self) -> None:
        """Take the names in the language in force."""
        self._by_code = {state.code: state for state in self._states()}
        lines = [f"{state.code} · {state.name}" for state in self._by_code.values()]
        self._completer.setModel(QStringListModel(lines, self._completer))
        self.setPlaceholderText(_("3 letters"))
        if self._code:
            self.setText(self._line(self._code))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the whole name when the field is left."""
        if self._code:
            self.setText(self._line(self._code))
        self._mark()
        super().focusOutEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _line(self, code: str) -> str:
        return f"{code} · {self._by_code[code].name.partition(' (')[0]}"

    def _on_edited(self, text: str) -> None:
        typed = text.partition(" ")[0].strip().upper()
        self._take(typed if typed in self._by_code else "")
        if self._code:  # nothing is left to choose: an open list would swallow the next Enter
            QTimer.singleShot(0, self._close_list)

    def _close_list(self) -> None:
        if popup := self._completer.popup():
            popup.hide()
            self.window().activateWindow()  # some platforms leave no window active after a list has closed

    def _on_chosen(self, line: str) -> None:
        self._take(line.partition(" ")[0])

    def _take(self, code: str) -> None:
        if code:
            self._mark(known=True)
        if code != self._code:
            self._code = code
            self.changed.emit(code)

    def _mark(self, *, known: bool = False) -> None:
        wrong = not known and bool(self.text()) and not self._code
        if bool(self.property("wrong")) != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)


class ChoiceBox(QComboBox):
    """A list of codes with their words, "—" for none. Letters choose; Enter leaves the field.

    A word may be typed as slowly as one likes: a letter goes on with what was typed while that fits a choice, and else
    begins anew. What fits nothing changes nothing.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typed = ""
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    def fill(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these codes and words without saying that something changed; what was chosen stays where it can."""
        at = self.currentData()
        self.blockSignals(True)
        self.clear()
        self.addItem("—", "")
        for code, words in choices:
            self.addItem(words, code)
        self.setCurrentIndex(max(0, self.findData(at)))
        self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to what goes from field to field; choose by what is typed; Backspace chooses nothing."""
        harmless = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        text, held = event.text(), event.modifiers() & ~harmless
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._typed = ""
            self.setCurrentIndex(self.findData(""))
        elif text.isprintable() and text.strip(" " if not self._typed else "") and not held:
            self._choose(_plain(text))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin anew."""
        self._typed = ""
        super().focusInEvent(event)

    def _choose(self, letter: str) -> None:
        """Take the first choice that goes on as typed; the same letter again goes round those that begin with it."""
        found = self._starting(self._typed + letter)
        if found:
            self._typed += letter
        elif found := self._starting(letter):
            self._typed = letter
            at = self.currentIndex()
            found = [*(one for one in found if one > at), *found]
        if found:
            self.setCurrentIndex(found[0])

    def _starting(self, typed: str) -> list[int]:
        """The places of the choices of which a part begins so: ``F · Feminino`` by F and by Fe."""
        return [
            at
            for at in range(self.count())
            if self.itemData(at)
            and any(_plain(part).startswith(typed) for part in (self.itemText(at), *self.itemText(at).split(" · ")))
        ]


def _plain(text: str) -> str:
    """Letters as one types them without looking for accents."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))
