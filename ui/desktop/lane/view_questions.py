"""What the traveller is asked: the required questions first, the others on demand, what was carried over marked."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRegularExpression, Qt, Signal
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from bmis.crossings.deciding import offered_decisions
from bmis.kernel.i18n import translate as _
from ui.desktop.lane.answers import ENTRY_STAMP, QUESTIONS, Form, Question, choices, question_word
from ui.desktop.lane.view_model import LaneModel
from ui.desktop.lane.view_typed import state_names
from ui.desktop.lane.wording import DASH
from ui.desktop.widgets.fields import CountryField, DateField, PartialDate, TextField
from ui.desktop.widgets.flow import Step
from ui.desktop.widgets.plain import Button, Card, LabelledField, PlainLabel, SpokenFrame

_COLUMNS = 2


class AnswerField(LabelledField):
    """One question and its answer as text."""

    typed = Signal(str, str)  # name, answer

    def __init__(self, question: Question, today: Callable[[], "object"], parent: QWidget | None = None) -> None:
        self.question = question
        super().__init__(_field_of(question), parent)
        self.field.setObjectName(f"lane.{question.name.partition('.')[2]}")
        self._today = today
        if isinstance(self.field, DateField | CountryField):
            self.field.changed.connect(lambda _value: self._tell())
        elif isinstance(self.field, QComboBox):
            self.field.activated.connect(lambda _at: self._tell())
        elif isinstance(self.field, QLineEdit):
            self.field.textEdited.connect(lambda _text: self._tell())

    def answer(self) -> str:
        """Return the answer, "" for none."""
        if isinstance(self.field, DateField):
            day = self.field.value()
            return str(day) if day else ""
        if isinstance(self.field, CountryField):
            return self.field.code()
        if isinstance(self.field, QComboBox):
            return str(self.field.currentData() or "")
        return self.field.text().strip() if isinstance(self.field, QLineEdit) else ""

    def show_answer(self, text: str) -> None:
        """Show an answer, where it is not what stands there already."""
        if text == self.answer():
            return
        if isinstance(self.field, DateField):
            self.field.set_value(PartialDate(*map(int, text.split("-"))) if text else None)
        elif isinstance(self.field, CountryField):
            self.field.set_code(text)
        elif isinstance(self.field, QComboBox):
            self.field.setCurrentIndex(max(0, self.field.findData(text)))
        elif isinstance(self.field, QLineEdit):
            self.field.setText(text)

    def offer(self, codes: tuple[tuple[str, str], ...]) -> None:
        """Give a choice its codes; nothing is chosen by itself."""
        if isinstance(self.field, QComboBox):
            at = self.field.currentData()
            self.field.clear()
            self.field.addItem(DASH, "")
            for code, words in codes:
                self.field.addItem(words, code)
            self.field.setCurrentIndex(max(0, self.field.findData(at)))

    def _tell(self) -> None:
        self.typed.emit(self.question.name, self.answer())


def _field_of(question: Question) -> QWidget:
    if question.form is Form.CHOICE:
        combo = QComboBox()
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(8)
        return combo
    if question.form is Form.COUNTRY:
        return CountryField(state_names)
    if question.form is Form.DATE:
        return DateField()
    line = TextField()
    line.setMaxLength(question.longest)
    if question.form is Form.NUMBER:
        line.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]{0,4}"), line))
    return line


class QuestionForm(SpokenFrame):
    """The questions of this traveller."""

    def __init__(self, model: LaneModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._placed: tuple[str, ...] = ()
        self._more_shown = False
        self.fields = {one.name: AnswerField(one, lambda: model.today) for one in QUESTIONS}
        self.surname, self.given_names = TextField(), TextField()
        self._names = (LabelledField(self.surname), LabelledField(self.given_names))
        for field, name in ((self.surname, "surname"), (self.given_names, "given_names")):
            field.setObjectName(f"lane.viz_{name}")
            field.setMaxLength(120)
            field.editingFinished.connect(self._on_names)
        self.title = PlainLabel(kind="heading")
        self.confirm, self.more = Button(), Button("quiet")
        self.confirm.setObjectName("lane.confirm")
        self.more.setObjectName("lane.more")
        self.confirm.clicked.connect(lambda: model.confirm_carried())
        self.more.clicked.connect(self._toggle_more)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        for at in range(_COLUMNS):
            self._grid.setColumnStretch(at, 1)
        card = Card(margin=12, spacing=8)
        card.column.addWidget(self.title)
        card.column.addWidget(self.confirm)
        card.column.addLayout(self._grid)
        card.column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        for answer in self.fields.values():
            answer.typed.connect(model.answer)
            answer.setParent(card)
            answer.hide()
        for labelled in self._names:
            labelled.setParent(card)
            labelled.hide()
        self._confirming = _ConfirmByEnter(self)
        self.retranslate()

    def steps(self) -> list[Step]:
        """Return the fields as steps of Enter: a required one without an answer, a carried one not confirmed."""
        found = [Step(self.confirm, lambda: not self._model.unconfirmed)]
        return found + [
            Step(one.field, self._is_filled(name), self._is_asked(name)) for name, one in self.fields.items()
        ]

    def watch_enter(self) -> None:
        """Confirm a carried answer by Enter; call it after the flow was made, so that this comes first."""
        for field in (self.confirm, *(answer.field for answer in self.fields.values())):
            field.installEventFilter(self._confirming)

    def retranslate(self) -> None:
        """Word the questions."""
        self.title.setText(_("Questions"))
        self.confirm.say(_("Confirm the answers of the last crossing"))
        self.more.say(_("Fewer questions") if self._more_shown else _("More questions"))
        self._names[0].say(_("Surname as printed, with accents"))
        self._names[1].say(_("Given names as printed"))
        for name, answer in self.fields.items():
            answer.say(question_word(name))
            if answer.question.form is Form.CHOICE:
                answer.offer(choices(name, self._model.today))
        self._placed = ()
        self.refresh()

    def refresh(self) -> None:
        """Show the questions of the draft and its answers."""
        model = self._model
        draft = model.draft
        self._place()
        unconfirmed = set(model.unconfirmed)
        self.confirm.setVisible(bool(unconfirmed))
        for name, answer in self.fields.items():
            answer.show_answer(draft.answers.get(name, "") if draft else "")
            carried = name in unconfirmed
            if bool(answer.field.property("carried")) != carried:
                answer.field.setProperty("carried", carried)
                answer.mark(_("From the last crossing") if carried else "", wrong=False)
        if draft is not None and not self.surname.hasFocus() and not self.given_names.hasFocus():
            self.surname.setText(draft.viz_surname)
            self.given_names.setText(draft.viz_given_names)

    def clear(self) -> None:
        """Show nothing of the traveller."""
        for answer in self.fields.values():
            answer.show_answer("")
        self.surname.clear()
        self.given_names.clear()

    def _place(self) -> None:
        wanted = self._wanted()
        if wanted == self._placed:
            return
        self._placed = wanted
        shown: list[QWidget] = [self.fields[name] for name in wanted if name in self.fields]
        if "names" in wanted:
            shown += self._names
        for hidden in (*self.fields.values(), *self._names):
            self._grid.removeWidget(hidden)
            hidden.setVisible(hidden in shown)
        for at, widget in enumerate(shown):
            self._grid.addWidget(widget, at // _COLUMNS, at % _COLUMNS, Qt.AlignmentFlag.AlignTop)
        previous: QWidget = self.confirm
        for widget in (*shown, self.more):  # Tab goes as the eye does
            field = widget.field if isinstance(widget, LabelledField) else widget
            QWidget.setTabOrder(previous, field)
            previous = field

    def _wanted(self) -> tuple[str, ...]:
        model = self._model
        if model.draft is None:
            return ()
        first = [*model.required]
        first += [name for name in model.unconfirmed if name not in first]
        if self._stamp_is_wanted() and ENTRY_STAMP not in first:
            first.append(ENTRY_STAMP)
        if not self._more_shown:
            return tuple(first)
        direction = model.draft.direction
        others = [one.name for one in QUESTIONS if not one.directions or direction in one.directions]
        request = model.request
        if request is not None and not any(one.value == "REFUSED_ENTRY" for one in offered_decisions(request)):
            others = [name for name in others if not name.startswith("stay.")]  # a national needs no leave to stay
        names = ("names",) if model.draft.zone is not None else ()
        return (*first, *(name for name in others if name not in first), *names)

    def _stamp_is_wanted(self) -> bool:
        line = next((one for one in self._model.checking.lines if one.name == "open_crossing"), None)
        asked = ("no_entry_recorded", "left_without_entry", "entered_by_stamp")
        return line is not None and any(one.evidence in asked for one in line.findings or ())

    def _toggle_more(self) -> None:
        self._more_shown = not self._more_shown
        self.retranslate()

    def _is_asked(self, name: str) -> Callable[[], bool]:
        return lambda: name in self._model.required or name in self._model.unconfirmed

    def _is_filled(self, name: str) -> Callable[[], bool]:
        return lambda: bool(self.fields[name].answer()) and name not in self._model.unconfirmed

    def _on_names(self) -> None:
        self._model.name_as_printed(self.surname.text(), self.given_names.text())

    def confirm_one(self, field: QObject) -> None:
        """Confirm the carried answer of this field; of the button, all of them."""
        if field is self.confirm:
            self._model.confirm_carried()
        for name, answer in self.fields.items():
            if answer.field is field and name in self._model.unconfirmed:
                self._model.confirm_carried(name)


class _ConfirmByEnter(QObject):
    """Enter on a carried answer confirms it and goes on."""

    def __init__(self, form: QuestionForm) -> None:
        super().__init__(form)
        self._form = form

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look on; the flow takes the key."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._form.confirm_one(watched)
        return False
