"""The examination: what is seen and told, what is measured, and the questions about signs and exposures."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from poe_health.codes import exposures, symptoms
from ui.desktop.health_secondary.case_sheet import EXAM_FIELDS, SEEN_FIELDS
from ui.desktop.health_secondary.view_answers import AnswerList
from ui.desktop.health_secondary.view_fields import FieldGrid
from ui.desktop.health_secondary.view_model import CaseModel
from ui.desktop.widgets.plain import Button, LabelledField, PlainLabel, SpokenFrame
from ui.words.health import question_word


class ExamTab(SpokenFrame):
    """``dating`` carries an exposure whose last day is to be asked; ``testing`` asks for a rapid test."""

    dating = Signal(str)
    testing = Signal()

    def __init__(self, model: CaseModel) -> None:
        super().__init__()
        self._model = model
        self.remark = PlainLabel(kind="field-label", wrap=True)
        self.measured = PlainLabel(kind="muted", wrap=True)
        self.exam, self.seen = FieldGrid(EXAM_FIELDS, 1), FieldGrid(SEEN_FIELDS, 1)
        self.again, self.test = Button(), Button()
        self.sought = QLineEdit()
        self.sought.setObjectName("health.find")
        self.sought_field = LabelledField(self.sought)
        self.answers = AnswerList()
        self.answers.view.setObjectName("health.answers")
        inside = QWidget()
        fields = QVBoxLayout(inside)
        fields.setContentsMargins(0, 0, 8, 0)
        fields.setSpacing(8)
        fields.addWidget(self.exam)
        fields.addWidget(self.again)
        fields.addWidget(self.test)
        fields.addWidget(self.measured)
        fields.addWidget(self.seen)
        fields.addStretch(1)
        around = QScrollArea()
        around.setWidgetResizable(True)
        around.setFrameShape(QFrame.Shape.NoFrame)
        around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        around.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        around.setWidget(inside)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.sought_field)
        right.addWidget(self.answers, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(around, 9)
        row.addLayout(right, 14)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.remark)
        column.addLayout(row, 1)
        for grid in (self.exam, self.seen):
            grid.typed.connect(model.set_text)
        self.sought.textChanged.connect(lambda _text: self.show_answers())
        self.sought.returnPressed.connect(self.answers.setFocus)
        self.answers.answered.connect(model.answer)
        self.answers.opened.connect(self._on_opened)
        self.again.clicked.connect(self._measure_again)
        self.test.clicked.connect(self.testing)
        self.retranslate()

    def retranslate(self) -> None:
        """Word the tab."""
        self.again.say(_("Measure again"))
        self.test.say(_("Rapid test…"))
        self.sought_field.say(_("Find a sign or an exposure (F3)"))
        self.answers.word(
            _("Signs and exposures: S yes, N no, D not known, Enter last day"), _("Nothing of that name.")
        )
        self.refresh()

    def show_case(self) -> None:
        """Show what stands in every field."""
        sheet = self._model.sheet
        for grid in (self.exam, self.seen):
            grid.show_texts(sheet.texts if sheet else {})
        self.sought.clear()
        self.show_answers()
        self.refresh()

    def refresh(self) -> None:
        """Show what is shut, what was measured before, and the answers."""
        sheet = self._model.sheet
        may = sheet is not None and sheet.may_examine
        for shown in self.exam.fields.values():
            shown.field.setEnabled(may)
        self.again.setEnabled(may)
        self.test.setEnabled(may)
        refused = sheet is not None and sheet.is_refused
        self.remark.setText(_("REFUSED: only what is seen and told is recorded.") if refused else "")
        self.remark.setVisible(refused)
        self._show_measured()

    def show_answers(self) -> None:
        """Show the questions that fit what is looked for: those answered first."""
        sheet = self._model.sheet
        wanted = self.sought.text().strip().casefold()
        codes = [code for code in (*symptoms(), *exposures()) if wanted in question_word(code).casefold()]
        answers = {code: sheet.answer(code) for code in codes} if sheet else {}
        self.answers.show_answers(codes if sheet else (), answers)

    def keep_answers(self) -> None:
        """Show the answers again where the focus may stay on its line."""
        at = self.answers.key()
        self.show_answers()
        self.answers.go_to(at)

    def _show_measured(self) -> None:
        sheet = self._model.sheet
        before = [f"{one.celsius:.1f} °C" for one in sheet.measured] if sheet else []
        tests = [f"{one.test}: {one.result}" for one in sheet.tests] if sheet else []
        words = [_("Measured before: {values}").format(values=", ".join(before))] if before else []
        words += [_("Tests: {values}").format(values="; ".join(tests))] if tests else []
        self.measured.setText(" · ".join(words))
        self.measured.setVisible(bool(words))

    def _measure_again(self) -> None:
        self._model.measure_again()
        self.show_case()
        self.exam.fields["temperature"].field.setFocus()

    def _on_opened(self, code: object) -> None:
        if isinstance(code, str) and code in exposures() and exposures()[code].lookback_days:
            QTimer.singleShot(0, self, lambda: self.dating.emit(code))
