"""Bars of the frame and of the desks: notices, decisions, keys, the stripe of a training home."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.desktop.parts import Describe, Notice
from ui.desktop.shortcuts import Key, KeyTable, key_words, shown_key
from ui.desktop.theme import current_theme, set_kind
from ui.desktop.widgets.icons import icon, pixmap
from ui.desktop.widgets.plain import Button, PlainLabel, SpokenFrame
from ui.desktop.words import button_words, training_word


class NoticeBar(SpokenFrame):
    """What happened and what to do, under its code; hidden while there is nothing to say."""

    closed = Signal()

    def __init__(
        self, describe: Describe | None = None, parent: QWidget | None = None, *, narrow: bool = False
    ) -> None:
        super().__init__(parent)
        self._describe = describe
        self._error: Exception | None = None
        self.setProperty("kind", "notice")
        self._icon = PlainLabel()
        self._icon.setFixedSize(28, 28)
        self._what = PlainLabel(kind="field-label", wrap=True)
        self._do = PlainLabel(wrap=True)
        self._code = PlainLabel(kind="notice-code")
        self._close = Button("quiet")
        self._close.setFixedSize(44, 44)
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.clicked.connect(self.clear)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._what)
        words.addWidget(self._do)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        if narrow:
            words.addWidget(self._code)
        else:
            row.addWidget(self._code)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    def text(self) -> str:
        """Return the words shown, "" when hidden."""
        return "" if self.isHidden() else f"{self._code.text()} {self._what.text()} — {self._do.text()}".strip()

    def show_error(self, error: Exception) -> None:
        """Show an error's words; they follow the language."""
        self._error = error
        if self._describe is not None:
            self._show(self._describe(error))

    def show_notice(self, notice: Notice) -> None:
        """Show words that the caller has chosen."""
        self._error = None
        self._show(notice)

    def say(self, what: str, do: str = "") -> None:
        """Show a plain remark that is no error."""
        self._error = None
        self._fill("", what, do)

    def clear(self) -> None:
        """Hide the bar."""
        self._error = None
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def retranslate(self) -> None:
        """Word an error again."""
        words = button_words()["close"]
        self._close.setAccessibleName(words)
        if self._error is not None and self._describe is not None and not self.isHidden():
            self._show(self._describe(self._error))

    def _show(self, notice: Notice) -> None:
        self._fill(notice.code, notice.what, notice.do)

    def _fill(self, code: str, what: str, do: str) -> None:
        set_kind(self, "notice" if code else "notice-plain")
        self._icon.setPixmap(pixmap("attention" if code else "notice", "amber" if code else "text", 28, 2.0))
        self._close.setIcon(icon("close"))
        self._close.setAccessibleName(button_words()["close"])
        self._code.setText(code)
        self._code.setVisible(bool(code))
        self._what.setText(what)
        self._do.setText(do)
        self._do.setVisible(bool(do))
        self.setAccessibleName(" ".join(filter(None, (code, what, do))))
        self.show()


@dataclass(frozen=True, slots=True)
class DecisionButton:
    """One decision on the bar. ``why_shut`` not empty: the button is shut, and the bar says why."""

    code: str
    text: str
    key: str = ""
    kind: str = ""  # "", primary, danger
    why_shut: str = ""


class DecisionBar(SpokenFrame):
    """The decisions that fit, each with its key. The desk words them again when ``reworded`` asks."""

    chosen = Signal(str)
    reworded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, Button] = {}
        self._shown: tuple[DecisionButton, ...] = ()
        self._why = PlainLabel(kind="muted", wrap=True)
        self._row = QHBoxLayout()
        self._row.setSpacing(16)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._why)
        column.addLayout(self._row)

    def button(self, code: str) -> Button:
        """Return a decision's button."""
        return self._buttons[code]

    def why_shut(self) -> str:
        """Return the words that say why a decision is shut."""
        return self._why.text()

    def show_decisions(self, decisions: Sequence[DecisionButton]) -> None:
        """Show these decisions; nothing has the focus by itself, so no key decides by accident."""
        self._shown = tuple(decisions)
        if list(self._buttons) != [one.code for one in decisions]:
            self._rebuild()
        for one in decisions:
            button = self._buttons[one.code]
            button.say(f"{one.text}  ({one.key})" if one.key else one.text)
            button.setEnabled(not one.why_shut)
            button.setAccessibleDescription(one.why_shut)
            if button.property("kind") != one.kind:
                set_kind(button, one.kind)
        reasons = list(dict.fromkeys(part for one in decisions if one.why_shut for part in one.why_shut.split(" · ")))
        self._why.setText(" · ".join(reasons))
        self._why.setVisible(bool(reasons))

    def choose(self, code: str) -> bool:
        """Choose by key; a decision that is shut or not shown is not chosen. Return whether it was."""
        button = self._buttons.get(code)
        if button is None or not button.isEnabled():
            return False
        self.chosen.emit(code)
        return True

    def retranslate(self) -> None:
        """Ask for the words again."""
        self.reworded.emit()

    def _rebuild(self) -> None:
        for button in self._buttons.values():
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = {}
        for one in self._shown:
            button = Button(one.kind)
            button.setAutoDefault(False)
            button.setProperty("tall", True)
            button.clicked.connect(lambda _checked=False, code=one.code: self.chosen.emit(code))
            self._row.addWidget(button, 2 if one.kind == "primary" else 1)
            self._buttons[one.code] = button


class KeyHint(SpokenFrame):
    """The keys that work here, in the footer: as many as have room, in the desk's order."""

    def __init__(self, keys: KeyTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = keys
        self._keys: tuple[Key, ...] = ()
        self._names: Mapping[Key, str] = {}
        self._labels: list[tuple[PlainLabel, PlainLabel]] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 4, 16, 4)
        self._row.setSpacing(6)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setProperty("kind", "footer")

    def show_keys(self, keys: Sequence[Key], names: Mapping[Key, str] | None = None) -> None:
        """Show these keys; ``names`` are the words of those that mean something of their own at the desk."""
        self._keys, self._names = tuple(dict.fromkeys(keys)), dict(names or {})
        for pair in self._labels:
            for label in pair:
                self._row.removeWidget(label)
                label.hide()
                label.deleteLater()
        self._labels = []
        for _key in self._keys:
            pair = (PlainLabel(kind="key"), PlainLabel(kind="key-word"))
            for offset, label in enumerate(pair):
                self._row.insertWidget(2 * len(self._labels) + offset, label)
            pair[1].setContentsMargins(0, 0, 6, 0)
            self._labels.append(pair)
        self.retranslate()

    def use(self, keys: KeyTable) -> None:
        """Take another table (a key was remapped)."""
        self._table = keys
        self.retranslate()

    def retranslate(self) -> None:
        """Word the keys."""
        for key, (cap, word) in zip(self._keys, self._labels, strict=True):
            cap.setText(shown_key(self._table.sequence(key)))
            word.setText(self._names.get(key, key_words(key)))
        self._drop_what_has_no_room()

    def resizeEvent(self, event: object) -> None:
        """Hide from the end what has no room: half a word helps nobody."""
        self._drop_what_has_no_room()

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(0, 40)

    def sizeHint(self) -> QSize:
        """Return one line."""
        return QSize(0, 40)

    def _drop_what_has_no_room(self) -> None:
        used = 32
        for pair in self._labels:
            used += sum(label.sizeHint().width() + 6 for label in pair)
            for label in pair:
                label.setVisible(used <= self.width())


class TrainingStripe(QWidget):
    """A striped band with the word TRAINING in the language in force."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(28)
        self._font = QFont(self.font())
        self._font.setPixelSize(15)
        self._font.setWeight(QFont.Weight.Bold)
        self._font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 3)

    def text(self) -> str:
        """Return the word shown."""
        return training_word()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the stripes, and the word on a plain ground so that it can be read."""
        theme = current_theme()
        self.setAccessibleName(self.text())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("stripe"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("stripe_dark"))
        high = self.height()
        for left in range(-high, self.width() + high, 32):
            corners = [(left, high), (left + high, 0), (left + high + 14, 0), (left + 14, high)]
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        wide = QFontMetrics(self._font).horizontalAdvance(self.text()) + 40
        plate = QRectF((self.width() - wide) / 2, 0, wide, high)
        painter.fillRect(plate, theme.colour("stripe"))
        painter.setFont(self._font)
        painter.setPen(theme.colour("stripe_text"))
        painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), self.text())
        painter.end()
