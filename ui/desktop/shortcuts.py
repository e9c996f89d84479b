"""The keys of every desk: one table, with twins on the letters for keyboards whose F-keys are taken, and remapping."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from bmis.kernel.errors import OfficerError
from bmis.kernel.i18n import translate as _


class Key(StrEnum):
    """What a key means, whichever key it is."""

    HELP = "help"
    RESCAN = "rescan"
    FIND = "find"
    PHOTO = "photo"
    PRINT = "print"
    SECONDARY = "secondary"
    HEALTH = "health"
    NOTE = "note"
    PHONES = "phones"
    TOKEN = "token"  # noqa: S105 - what port health gives a traveller, not a password
    REFUSE = "refuse"
    DECIDE = "decide"
    UNDO = "undo"
    BACK = "back"
    PALETTE = "palette"
    LOCK = "lock"


class ShortcutClashError(OfficerError):
    """A remapped key is no key, types text, or is taken by another action. ``action`` names it."""

    code: ClassVar[str] = "BMIS-223"


@dataclass(frozen=True, slots=True)
class KeyBinding:
    """One line of the table, in Qt's portable names. ``deciding`` keys ignore repeats and what a reader types."""

    key: Key
    sequence: str
    twin: str | None = None
    deciding: bool = False


KEYS: tuple[KeyBinding, ...] = (
    # Readers that type send control characters as Ctrl+H (BS), Ctrl+I (TAB), Ctrl+J (LF), Ctrl+M (CR), Ctrl+B and
    # Ctrl+C (STX, ETX): none of those letters decides anything. Ctrl+A, C, V, X, Y, Z belong to text.
    KeyBinding(Key.HELP, "F1", "Ctrl+H"),
    KeyBinding(Key.RESCAN, "F2", "Ctrl+R"),
    KeyBinding(Key.FIND, "F3", "Ctrl+F"),
    KeyBinding(Key.PHOTO, "F4", "Ctrl+G"),
    KeyBinding(Key.PRINT, "F5", "Ctrl+P"),
    KeyBinding(Key.SECONDARY, "F6", "Ctrl+S", deciding=True),
    KeyBinding(Key.HEALTH, "F7", "Ctrl+U", deciding=True),
    KeyBinding(Key.NOTE, "F8", "Ctrl+N"),
    KeyBinding(Key.PHONES, "F10", "Ctrl+O"),
    KeyBinding(Key.TOKEN, "F11", "Ctrl+T"),
    KeyBinding(Key.REFUSE, "F9", "Ctrl+E", deciding=True),
    KeyBinding(Key.DECIDE, "F12", "Ctrl+D", deciding=True),
    KeyBinding(Key.UNDO, "Ctrl+Backspace", "Ctrl+W", deciding=True),
    KeyBinding(Key.BACK, "Esc"),
    KeyBinding(Key.PALETTE, "Ctrl+K"),
    KeyBinding(Key.LOCK, "Ctrl+L"),
)


def key_words(key: Key) -> str:
    """Return the action's words for the footer and the palette."""
    return {
        Key.HELP: _("Help"),
        Key.RESCAN: _("Scan again"),
        Key.FIND: _("Find"),
        Key.PHOTO: _("Photo"),
        Key.PRINT: _("Print"),
        Key.SECONDARY: _("To secondary"),
        Key.HEALTH: _("To health"),
        Key.NOTE: _("Note"),
        Key.PHONES: _("Whom to call"),
        Key.TOKEN: _("Card"),
        Key.REFUSE: _("Refuse"),
        Key.DECIDE: _("Decide"),
        Key.UNDO: _("Undo the last decision"),
        Key.BACK: _("Back"),
        Key.PALETTE: _("Actions"),
        Key.LOCK: _("Lock"),
    }[key]


def shown_key(sequence: str) -> str:
    """Return a key's name as it stands on a Portuguese keyboard (``Esc``, ``Ctrl+Backspace``, ``F12``)."""
    return sequence.replace("Backspace", "⌫")


def checked_remap(remap: Mapping[str, str]) -> dict[Key, str]:
    """Return the remapping as actions and portable key names.

    Raises:
        ShortcutClashError: an unknown action, no key, a key that types text, or a key taken twice.
    """
    wanted: dict[Key, str] = {}
    for name, sequence in remap.items():
        if name not in set(Key):
            raise ShortcutClashError(action="?")
        parsed = QKeySequence.fromString(sequence, QKeySequence.SequenceFormat.PortableText)
        if parsed.count() != 1 or not parsed.toString() or _types_text(_first(parsed)):
            raise ShortcutClashError(action=name)
        wanted[Key(name)] = parsed.toString(QKeySequence.SequenceFormat.PortableText)
    taken: dict[str, Key] = {}
    for binding in KEYS:
        for sequence in filter(None, (wanted.get(binding.key, binding.sequence), binding.twin)):
            if taken.setdefault(sequence, binding.key) is not binding.key:
                raise ShortcutClashError(action=binding.key.value)
    return wanted


class KeyTable:
    """The keys in force: the table with a home's remapping. Twins stay as they are."""

    def __init__(self, remap: Mapping[str, str] | None = None) -> None:
        self._wanted = checked_remap(remap or {})
        self._by_sequence: dict[str, KeyBinding] = {}
        for binding in KEYS:
            for sequence in filter(None, (self.sequence(binding.key), binding.twin)):
                self._by_sequence[sequence] = binding

    def sequence(self, key: Key) -> str:
        """Return the first key of an action, in Qt's portable names."""
        return self._wanted.get(key) or next(binding.sequence for binding in KEYS if binding.key is key)

    def twin(self, key: Key) -> str | None:
        """Return the Ctrl+letter twin."""
        return next(binding.twin for binding in KEYS if binding.key is key)

    def meaning(self, pressed: QKeyCombination) -> KeyBinding | None:
        """Return what the pressed key means, None when it is not in the table."""
        modifiers = pressed.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = QKeyCombination(modifiers, pressed.key())
        return self._by_sequence.get(QKeySequence(plain).toString(QKeySequence.SequenceFormat.PortableText))


def _first(sequence: QKeySequence) -> QKeyCombination:
    combination: QKeyCombination = sequence[0]  # type: ignore[index]  # indexable, but its stubs do not say so
    return combination


def _types_text(pressed: QKeyCombination) -> bool:
    """Keys that a field needs: letters without Ctrl or Alt, and the editing keys."""
    modifiers = pressed.keyboardModifiers()
    commanding = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    if not modifiers & commanding:
        return pressed.key() < Qt.Key.Key_F1 and pressed.key() != Qt.Key.Key_Escape
    text_keys = {Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Y, Qt.Key.Key_Z}
    typed_by_readers = {Qt.Key.Key_B, Qt.Key.Key_I, Qt.Key.Key_J, Qt.Key.Key_M}
    return modifiers == Qt.KeyboardModifier.ControlModifier and pressed.key() in text_keys | typed_by_readers
