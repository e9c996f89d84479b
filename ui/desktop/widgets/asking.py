"""A small form over the desk: a few named fields, worked by Enter, answered as plain values."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QHBoxLayout, QLayout, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from bmis.kernel.i18n import translate as _
from ui.desktop.parts import Notice
from ui.desktop.shell.help import help_for
from ui.desktop.widgets.fields import ChoiceBox, DateField
from ui.desktop.widgets.plain import Button, LabelledField, PlainLabel
from ui.desktop.widgets.several import SeveralList
from ui.desktop.words import button_words

LONGEST_TEXT = 400


@dataclass(frozen=True, slots=True)
class Asked:
    """One field. ``kind``: text, password, date, choice, several. ``value`` is what stands there first; of a choice its
    code, and "" means that nothing is chosen: a choice has no default unless the caller gives one. Several: codes by
    commas, also in the answer."""

    name: str
    label: str
    kind: str = "text"
    choices: tuple[tuple[str, str], ...] = ()  # code, words
    value: str = ""
    required: bool = True
    hint: str = ""
    topic: str = "desk.field"  # of help (F1)


Answers = Mapping[str, str]


class AskingDialog(QDialog):
    """Asks until it is answered or left. ``give`` is called with the answers and may call ``stay`` to go on asking."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        text: str,
        asked: Sequence[Asked],
        ok: str,
        give: Callable[["AskingDialog", Answers], None],
        *,
        grave: bool = False,
        columns: int = 1,
        gloves: bool = False,
    ) -> None:
        super().__init__(parent)
        self._give = give
        self._asked = tuple(asked)
        self.fields: dict[str, QWidget] = {}
        self._labelled: dict[str, LabelledField] = {}
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setFixedWidth(560 if columns == 1 else 960)
        self.trouble = PlainLabel(kind="field-label", wrap=True)
        self.trouble.hide()
        self.help = PlainLabel(kind="muted", wrap=True)
        self.help.hide()
        kinds = ("truck-first", "truck") if gloves else ("primary", "")
        self.ok, self.cancel = Button("danger" if grave else kinds[0]), Button(kinds[1])
        self.ok.say(ok)
        self.cancel.say(button_words()["cancel"])
        self.ok.setAutoDefault(False)
        self.cancel.setAutoDefault(False)
        for button in (self.ok, self.cancel):
            button.setMinimumHeight(60)
        self.ok.clicked.connect(self._try)
        self.cancel.clicked.connect(self.reject)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(PlainLabel(title, "heading", wrap=True))
        if text:
            column.addWidget(PlainLabel(text, wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(16)
        for at, one in enumerate(self._asked):
            grid.addWidget(self._labelled_field(one), at // columns, at % columns, Qt.AlignmentFlag.AlignTop)
        for field in self.fields.values() if gloves else ():
            field.setProperty("kind", "glove")
        for place in range(columns):
            grid.setColumnStretch(place, 1)
        column.addLayout(grid)
        column.addWidget(self.trouble)
        column.addWidget(self.help)
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        buttons.addWidget(self.ok, 1)
        buttons.addWidget(self.cancel, 1)
        column.addLayout(buttons)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        first = next((self.fields[one.name] for one in self._asked if not one.value), None)
        (first or (next(iter(self.fields.values())) if self.fields else self.cancel)).setFocus()

    def add_row(self, row: QLayout) -> None:
        """Put more under the fields."""
        self._column.insertLayout(self._column.indexOf(self.trouble), row)

    def answers(self) -> dict[str, str]:
        """Return what stands in the fields; dates as YYYY-MM-DD, "" for none."""
        return {one.name: self._value(one) for one in self._asked}

    def stay(self, notice: Notice, field: str = "") -> None:
        """Say what is wrong and go on asking; passwords are asked again."""
        self.trouble.setText(f"{notice.code}  {notice.what}. {notice.do}")
        self.trouble.show()
        self.set_busy(False)
        passwords = [one.name for one in self._asked if one.kind == "password"]
        for name in passwords:
            self.fields[name].setProperty("text", "")
        target = self.fields.get(field) or (self.fields[passwords[0]] if passwords else None)
        (target or next(iter(self.fields.values()), self.ok)).setFocus()

    def set_busy(self, busy: bool) -> None:
        """Shut the form while its answers are worked on."""
        for widget in (*self.fields.values(), self.ok):
            widget.setDisabled(busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next empty field that is needed; when there is none it answers."""
        if event.key() == Qt.Key.Key_F1:
            self._toggle_help()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.cancel.hasFocus():
                self.reject()
            elif not event.isAutoRepeat():
                self._on_enter()
            return
        super().keyPressEvent(event)

    def _toggle_help(self) -> None:
        """The frame's help lies behind the form, so the form says its own."""
        focused = self.focusWidget()
        title, text = help_for(focused.objectName() if focused is not None else None)
        self.help.setText(f"{title}\n{text}")
        self.help.setVisible(self.help.isHidden())
        self.adjustSize()

    def _on_enter(self) -> None:
        order = list(self.fields.values())
        at = next((place for place, field in enumerate(order) if field.hasFocus()), None)
        if at is not None and at + 1 < len(order):
            order[at + 1].setFocus()
            return
        self._try()

    def _try(self) -> None:
        missing = None
        for one in self._asked:
            empty = one.required and not self._value(one)
            self._labelled[one.name].mark(_("This is needed") if empty else one.hint, wrong=empty)
            if empty and missing is None:
                missing = self.fields[one.name]
        if missing is not None:
            missing.setFocus()
            return
        self.trouble.hide()
        self.set_busy(True)
        self._give(self, self.answers())

    def _value(self, one: Asked) -> str:
        field = self.fields[one.name]
        if isinstance(field, QComboBox):
            return str(field.currentData() or "")
        if isinstance(field, SeveralList):
            return ",".join(field.codes())
        if isinstance(field, DateField):
            value = field.value()
            return str(value) if value else ""
        text = str(field.property("text"))
        return text if one.kind == "password" else text.strip()

    def _labelled_field(self, one: Asked) -> LabelledField:
        field: QWidget
        if one.kind == "choice":
            field = ChoiceBox()
            if not one.value:
                field.addItem("—", "")
            for code, words in one.choices:
                field.addItem(words, code)
            field.setCurrentIndex(max(0, field.findData(one.value)))
        elif one.kind == "several":
            field = SeveralList(one.choices, one.value.split(","))
        elif one.kind == "date":
            field = DateField()
            if one.value:
                field.setText(one.value)
        else:
            field = QLineEdit(one.value)
            field.setMaxLength(LONGEST_TEXT)
            if one.kind == "password":
                field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setObjectName(one.topic)
        labelled = LabelledField(field)
        labelled.say(one.label, one.hint)
        self.fields[one.name], self._labelled[one.name] = field, labelled
        return labelled


def ask_for(
    parent: QWidget,
    title: str,
    text: str,
    asked: Sequence[Asked],
    *,
    ok: str,
    give: Callable[[AskingDialog, Answers], None],
    grave: bool = False,
    columns: int = 1,
    gloves: bool = False,
) -> AskingDialog:
    """Return the form, already open over ``parent``; it does not block.

    ``columns``: how many fields stand abreast. ``gloves``: all that is touched is large enough for them.
    """
    dialog = AskingDialog(parent, title, text, asked, ok, give, grave=grave, columns=columns, gloves=gloves)
    dialog.open()
    return dialog


def put_away(dialog: AskingDialog | None) -> None:
    """Close a form that was answered; one that the person left is gone already."""
    if dialog is not None and isValid(dialog):
        dialog.accept()


def reason_field(label: str = "") -> Asked:
    """Return the field that every correction has."""
    return Asked("reason", label or _("Reason"), topic="desk.reason")


def second_person_fields() -> tuple[Asked, ...]:
    """Return the fields by which a second person signs."""
    return (
        Asked("second", _("Second person: user name"), topic="desk.second"),
        Asked("second_password", _("Second person: password"), "password", topic="desk.second"),
    )
