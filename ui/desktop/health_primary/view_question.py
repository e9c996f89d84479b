"""The parts of the pad: one question of one key, and the temperature."""

from functools import lru_cache

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from poe_health.rules.answer import Answer
from ui.desktop.health_primary.letters import METHOD_KEY
from ui.desktop.health_primary.view_model import PrimaryModel
from ui.desktop.health_primary.wording import answer_word, celsius_word, choice_word, shown_digits
from ui.desktop.theme import current_theme, set_kind
from ui.desktop.widgets.icons import pixmap
from ui.desktop.widgets.plain import Button, PlainLabel, SpokenFrame

_MARKS = {Answer.YES: ("attention", "amber"), Answer.NO: ("conform", "green"), Answer.UNKNOWN: ("unchecked", "grey")}
_KINDS = {Answer.YES: "banner-amber", Answer.NO: "toggle", Answer.UNKNOWN: "banner-grey"}
TALL = 44  # px: a finger in a glove


@lru_cache(maxsize=16)
def _mark(answer: Answer, _theme: str) -> QPixmap:
    return pixmap(*_MARKS[answer], 20, 2.0)


class Toggle(QFrame):
    """One question: its key, the answer as icon and word, and what is read out. ``pressed`` carries the code."""

    pressed = Signal(str)

    def __init__(self, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = code
        self.answer: Answer | None = None
        self._shown: tuple[str, str, Answer | None, str | None] | None = None
        self.setMinimumHeight(TALL)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._key, self._icon = PlainLabel(kind="key"), PlainLabel()
        self._key.setMinimumWidth(30)
        self._key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._icon.setFixedSize(20, 20)
        self._words, self._answer = PlainLabel(wrap=True), PlainLabel(kind="field-label")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 8, 2)
        row.setSpacing(8)
        row.addWidget(self._key)
        row.addWidget(self._words, 1)
        row.addWidget(self._icon)
        row.addWidget(self._answer)

    def say(self, key: str, words: str, answer: Answer | None, told: str | None = None) -> None:
        """Show the question; what is shown already costs nothing, for a card has many. ``told`` words the answer."""
        if self._shown == (key, words, answer, told):
            return
        self._shown = (key, words, answer, told)
        self.answer = answer
        self._key.setText(key)
        self._key.setVisible(bool(key))
        self._words.setText(words)
        said = told or answer_word(answer)
        self._answer.setText(said)
        if answer is None:
            self._icon.clear()
        else:
            self._icon.setPixmap(_mark(answer, current_theme().name))
        set_kind(self, "toggle" if answer is None else _KINDS[answer])
        self.setAccessibleName(f"{words}: {said}")

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of another theme."""
        if event.type() == QEvent.Type.PaletteChange and self.answer is not None:
            self._icon.setPixmap(_mark(self.answer, current_theme().name))
        super().changeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A tap is the key."""
        self.pressed.emit(self.code)
        event.accept()


class TemperatureRow(SpokenFrame):
    """The digits as they are typed, how it was measured, the readings before, and what is wrong with them."""

    method_pressed, again_pressed = Signal(), Signal()

    def __init__(self, model: PrimaryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._trouble = ""
        self._device = ""
        self._title = PlainLabel(kind="field-label")
        self.digits = PlainLabel(kind="figure")
        self.method, self.again = Button(), Button()
        self.state, self.before = PlainLabel(kind="small", wrap=True), PlainLabel(kind="small", wrap=True)
        self.trouble = PlainLabel(kind="field-label", wrap=True)
        for button, signal in ((self.method, self.method_pressed), (self.again, self.again_pressed)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(signal)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._title)
        row.addWidget(self.digits)
        row.addWidget(self.method)
        row.addWidget(self.again)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.trouble)
        column.addWidget(self.before)
        column.addWidget(self.state)
        model.changed.connect(self.retranslate)
        self.retranslate()

    def show_trouble(self, words: str) -> None:
        """Say what is wrong at the field."""
        self._trouble = words
        self.retranslate()

    def show_device(self, words: str) -> None:
        """Say how the thermometer stands; "" where none was chosen."""
        self._device = words
        self.retranslate()

    def retranslate(self) -> None:
        """Word the row."""
        traveller = self._model.traveller
        self._title.setText(_("Temperature"))
        self.digits.setText(shown_digits(traveller.digits))
        set_kind(self.digits, "figure-wrong" if self._trouble else "figure")
        name = _("Temperature")
        self.digits.setAccessibleName(f"{name}: {shown_digits(traveller.digits)} °C")
        how = choice_word("temp_method", traveller.method) if traveller.method else _("Method")
        self.method.say(f"{METHOD_KEY}  {how}")
        self.again.say(_("F2  Measure again"))
        self.again.setEnabled(bool(traveller.digits))
        self.trouble.setText(self._trouble)
        self.trouble.setVisible(bool(self._trouble))
        before = " · ".join(
            f"{celsius_word(one.celsius)} {choice_word('temp_method', one.method) if one.method else ''}".strip()
            for one in traveller.readings
        )
        self.before.setText(_("Before: {readings}").format(readings=before) if before else "")
        self.before.setVisible(bool(before))
        self.state.setText(self._device)
        self.state.setVisible(bool(self._device))
