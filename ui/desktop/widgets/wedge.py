"""Readers that type: a burst becomes a zone, a token or a seal, never a decision; a person's keys go to the field."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from bmis.capture.wedge import WedgeAnswer, WedgeDetector
from ui.desktop.workers.swipes import misread_error

_NAMED = {
    Qt.Key.Key_Return: "Return",
    Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Tab: "Tab",
    Qt.Key.Key_Backtab: "Backtab",
    Qt.Key.Key_Backspace: "Backspace",
    Qt.Key.Key_Delete: "Delete",
    Qt.Key.Key_Escape: "Escape",
    Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Right: "Right",
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Down: "Down",
}
_SILENT = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock)


@dataclass(slots=True)
class _Held:
    """A key that waits to be told a person's or a reader's."""

    widget: QWidget
    press: QKeyEvent
    release: QKeyEvent | None = None


class WedgeFilter(QObject):
    """Holds each key of the application for a moment. ``swiped`` carries the lines of a zone, ``scanned`` the text of
    a health token, ``sealed`` that of a border pass's seal, ``misread`` the error of a burst that is none of them."""

    swiped = Signal(object)
    scanned = Signal(str)
    sealed = Signal(str)
    misread = Signal(object)

    def __init__(self, now_ms: Callable[[], float] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._detector = WedgeDetector()
        self._now_ms = now_ms or (lambda: time.monotonic() * 1000)
        self._held: list[_Held] = []
        self._replaying = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_idle)

    @property
    def is_holding(self) -> bool:
        """Whether keys wait to be told a person's or a reader's; their fields have not had them yet."""
        return bool(self._held)

    def watch(self) -> None:
        """Begin to look at the keys of the application; it is then the first to see them."""
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
            app.installEventFilter(self)

    def leave(self) -> None:
        """Stop; what is held goes to its field."""
        self._timer.stop()
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._held.clear()
        self._detector = WedgeDetector()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys meant for the field that has the focus."""
        if self._replaying or not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.KeyRelease:
            return self._hold_release(event)
        if event.type() != QEvent.Type.KeyPress:
            return False
        if not isinstance(watched, QWidget) or watched is not (QApplication.focusWidget() or watched.window()):
            return False
        if event.key() in _SILENT:
            return False
        at_ms = int(self._now_ms())
        self._held.append(_Held(watched, event.clone()))
        self._act(self._detector.key(_stroke(event), at_ms, auto_repeat=event.isAutoRepeat()))
        return True

    def _hold_release(self, event: QKeyEvent) -> bool:
        """A release waits behind its own press: a button wants both, in order."""
        for held in reversed(self._held):
            if held.press.key() == event.key():
                held.release = event.clone()
                return True
        return False

    def _on_idle(self) -> None:
        self._act(self._detector.idle(int(self._now_ms())))

    def _act(self, answer: WedgeAnswer) -> None:
        self._timer.stop()
        kept = len(answer.replay)
        given, self._held = self._held[:kept], self._held[kept + answer.taken :]  # a reader's keys go to nobody
        if answer.wait_ms:
            self._timer.start(answer.wait_ms)
        self._replay(given)
        if answer.lines:
            if answer.already_typed:
                self._empty_field()
            self.swiped.emit(answer.lines)
        elif answer.token:
            self._take_back(answer.typed_before)
            self.scanned.emit(answer.token)
        elif answer.seal:
            self._take_back(answer.typed_before)
            self.sealed.emit(answer.seal)
        elif answer.rejected:
            self.misread.emit(misread_error(answer.kind))

    def _replay(self, given: Sequence["_Held"]) -> None:
        for held in given:
            target = QApplication.focusWidget() or held.widget  # an earlier key may have moved the focus
            self._replaying = True
            try:
                QCoreApplication.sendEvent(target, held.press)
                if held.release is not None and isValid(target):
                    QCoreApplication.sendEvent(target, held.release)
            finally:
                self._replaying = False

    @staticmethod
    def _empty_field() -> None:
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit | QPlainTextEdit):
            field.clear()

    @staticmethod
    def _take_back(keys: int) -> None:
        """Take the first keys of a slow scanner out of the field that got them."""
        field = QApplication.focusWidget()
        for _key in range(keys):
            if isinstance(field, QLineEdit):
                field.backspace()
            elif isinstance(field, QPlainTextEdit):
                field.textCursor().deletePreviousChar()


def _stroke(event: QKeyEvent) -> str:
    if event.key() in _NAMED:
        return _NAMED[Qt.Key(event.key())]
    text = event.text()
    commanding = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    if text and text.isprintable() and not commanding:
        return text
    return f"key-{event.key()}"
