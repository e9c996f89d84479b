"""The page for crowds: a key for each group, the counts in sight."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.health_primary.crowd import BANDS, GROUPS, CrowdModel
from ui.desktop.health_primary.voyage import DIRECTIONS
from ui.desktop.health_primary.wording import choice_word
from ui.desktop.widgets.plain import Button, PlainLabel, SpokenFrame

SPACE = " "


class CrowdPage(SpokenFrame):
    """``saving``: Enter. Keys: 1 to 0, space, D turns the direction, Backspace takes the last one back."""

    saving = Signal()

    def __init__(self, model: CrowdModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setObjectName("health.crowd")
        self.setProperty("kind", "pad")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title, self._hint = PlainLabel(kind="heading"), PlainLabel(kind="muted", wrap=True)
        self.trouble = PlainLabel(kind="field-label", wrap=True)
        self.trouble.hide()
        self.total = PlainLabel(kind="figure")
        self.direction, self.undo, self.keep = Button(), Button(), Button("primary")
        self._sexes = {"F": PlainLabel(kind="field-label"), "M": PlainLabel(kind="field-label")}
        self.groups: dict[str, Button] = {}
        grid = QGridLayout()
        grid.setSpacing(8)
        for row, (sex, keys) in enumerate((("F", "12345"), ("M", "67890"))):
            grid.addWidget(self._sexes[sex], row, 0)
            for column, key in enumerate(keys, 1):
                grid.addWidget(self._group(key), row, column)
                grid.setColumnStretch(column, 1)
        grid.addWidget(self._group(SPACE), 2, 1, 1, len(BANDS))
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self._title)
        top.addStretch(1)
        top.addWidget(self.total)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for button, act in ((self.direction, model.turn), (self.undo, model.one_less), (self.keep, self.saving.emit)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(act)
            acts.addWidget(button, 2 if button is self.keep else 1)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(24, 16, 24, 16)
        column_.setSpacing(12)
        column_.addLayout(top)
        column_.addWidget(self._hint)
        column_.addWidget(self.trouble)
        column_.addLayout(grid)
        column_.addStretch(1)
        column_.addLayout(acts)
        model.changed.connect(self.retranslate)
        self.retranslate()

    def show_trouble(self, words: str) -> None:
        """Say why nothing was kept."""
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    def retranslate(self) -> None:
        """Word the page and show the counts."""
        crowd = self._model.crowd
        self._title.setText(_("Counting a crowd"))
        self._hint.setText(
            _("One key counts one person; nobody gets a token and nobody is asked. Backspace takes the last one back.")
        )
        self.setAccessibleName(_("Counting a crowd"))
        self.total.setText(str(crowd.total))
        self.total.setAccessibleName(_("Counted: {count}").format(count=crowd.total))
        self._sexes["F"].setText(_("Women and girls"))
        self._sexes["M"].setText(_("Men and boys"))
        for key, button in self.groups.items():
            count = crowd.persons.get(f"{self._model.direction or ''}|{key}", 0)
            band = GROUPS[key][1]
            words = _("Space  sex and age not seen") if key == SPACE else f"{key}  ·  {choice_word('age_band', band)}"
            button.say(f"{words}   {count}")
        others = {one: self._of(one) for one in DIRECTIONS if one != self._model.direction and self._of(one)}
        words = choice_word("direction", self._model.direction) if self._model.direction else _("Direction")
        told = "".join(f" · {choice_word('direction', one)} {count}" for one, count in others.items())
        self.direction.say(f"D  {words}{told}")
        self.undo.say(_("⌫  Take the last back"))
        self.undo.setEnabled(bool(crowd.order))
        self.keep.say(_("Keep the count  (Enter)"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Count; a key held down counts once."""
        if event.isAutoRepeat():
            return
        text, key = event.text(), event.key()
        if text in GROUPS and text:
            self.show_trouble("")
            self._model.one_more(text)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.saving.emit()
        elif key == Qt.Key.Key_Backspace:
            self._model.one_less()
        elif key == Qt.Key.Key_D:
            self._model.turn()
        else:
            super().keyPressEvent(event)

    def _group(self, key: str) -> Button:
        button = Button()
        button.setProperty("tall", True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(partial(self._model.one_more, key))
        self.groups[key] = button
        return button

    def _of(self, direction: str) -> int:
        return sum(count for cell, count in self._model.crowd.persons.items() if cell.startswith(f"{direction}|"))
