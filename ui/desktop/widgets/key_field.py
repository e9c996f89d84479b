"""A field that takes the next key pressed as its value."""

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.desktop.shortcuts import shown_key

_SILENT = {Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta}
_LEAVES = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}
_RESETS = {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}


class KeyField(QLineEdit):
    """Shows a key by its name. Backspace gives the usual key back; Tab, Enter and Esc alone leave the field."""

    def __init__(self, sequence: str, usual: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._usual = usual
        self.setReadOnly(True)
        self.set_sequence(sequence)

    @property
    def sequence(self) -> str:
        """The key, in Qt's portable names."""
        return self._sequence

    @property
    def is_usual(self) -> bool:
        """Whether it is the key of the table."""
        return self._sequence == self._usual

    def set_sequence(self, sequence: str) -> None:
        """Take a key."""
        self._sequence = sequence
        self.setText(shown_key(sequence))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the key; what is no key for an action is told when the settings are saved."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        alone = plain in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if event.key() in _SILENT or event.isAutoRepeat():
            return
        if alone and event.key() in _LEAVES:
            event.ignore()
        elif alone and event.key() in _RESETS:
            self.set_sequence(self._usual)
        else:
            pressed = QKeySequence(QKeyCombination(plain, Qt.Key(event.key())))
            self.set_sequence(pressed.toString(QKeySequence.SequenceFormat.PortableText))
