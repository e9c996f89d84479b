"""The express page for cholera: how dry is the patient, what to do now, then the few words that can wait."""

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from bmis.capture.wedge import HOLD_MS
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.outbreaks.cholera import CholeraRecord, Dehydration
from poe_health.outbreaks.rehydration import rehydration_plans
from ui.desktop.health_primary.express import FIELDS, LEVELS, ExpressModel, field_words
from ui.desktop.health_primary.parts import DeskDay
from ui.desktop.health_primary.view_outcome import ResultBanner
from ui.desktop.health_primary.wording import rules_line
from ui.desktop.theme import set_kind
from ui.desktop.widgets.icons import STATUS_ICONS, icon
from ui.desktop.widgets.plain import Button, Card, LabelledField, PlainLabel, SpokenFrame

_STATUS = {Dehydration.NONE: "green", Dehydration.SOME: "amber", Dehydration.SEVERE: "red"}
_PLAN_STATUS = {"A": "green", "B": "amber", "C": "red"}


class DehydrationRow(SpokenFrame):
    """The three degrees of dehydration as one row with the focus. ``entered``: Enter goes on."""

    entered = Signal()

    def __init__(self, model: ExpressModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setObjectName("health.cholera")
        self.setProperty("kind", "pad")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.levels: dict[Dehydration, Button] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 8, 8)
        row.setSpacing(8)
        for level in LEVELS:
            button = self.levels[level] = Button()
            button.setCheckable(True)
            button.setProperty("tall", True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(partial(self._say, level))
            row.addWidget(button, 1)
        self.retranslate()

    def retranslate(self) -> None:
        """Word the levels."""
        words = {
            Dehydration.NONE: _("no dehydration"),
            Dehydration.SOME: _("some dehydration"),
            Dehydration.SEVERE: _("SEVERE dehydration"),
        }
        self.setAccessibleName(_("Dehydration: 1 none, 2 some, 3 severe"))
        for at, (level, button) in enumerate(self.levels.items(), 1):
            button.say(f"{at}  {words[level]}")
            button.setChecked(self._model.express.dehydration is level)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1, 2, 3; Enter goes on; a key held down does nothing."""
        if event.isAutoRepeat():
            return
        if event.text() in {"1", "2", "3"}:
            self._model.set_dehydration(LEVELS[int(event.text()) - 1])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys are heard."""
        set_kind(self, "pad-focus")
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that they are not."""
        set_kind(self, "pad")
        super().focusOutEvent(event)

    def _say(self, level: Dehydration, _checked: bool = False) -> None:
        self._model.set_dehydration(level)


class CholeraPage(SpokenFrame):
    """1, 2, 3 say the dehydration while the levels have the focus; Enter goes on through the fields and keeps."""

    def __init__(
        self, model: ExpressModel, now_ms: Callable[[], float] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._day: DeskDay | None = None
        self.now_ms: Callable[[], float] = now_ms or (lambda: time.monotonic() * 1000)
        self._last_ms = float("-inf")
        self.levels = DehydrationRow(model)
        self.banner, self.steps = ResultBanner(), PlainLabel(kind="heading", wrap=True)
        self.signs, self.rules = PlainLabel(kind="muted", wrap=True), PlainLabel(kind="small", wrap=True)
        self.trouble = PlainLabel(kind="field-label", wrap=True)
        self.trouble.hide()
        self.keep = Button("primary")
        self.keep.clicked.connect(model.save)
        self.fields: dict[str, LabelledField] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for at, name in enumerate(FIELDS):
            self.fields[name] = self._field(name)
            grid.addWidget(self.fields[name], at // 2, at % 2)
        self._today = PlainLabel(kind="field-label")
        self.patients = QListWidget()
        self.patients.setObjectName("health.cholera")
        form = Card(margin=16, spacing=8)
        for widget in (self.levels, self.signs, self.trouble):
            form.column.addWidget(widget)
        form.column.addLayout(grid)
        form.column.addStretch(1)
        form.column.addWidget(self.keep)
        plan = Card(margin=16, spacing=8)
        plan.column.addWidget(self.banner)
        plan.column.addWidget(self.steps)
        plan.column.addStretch(1)
        plan.column.addWidget(self.rules)
        plan.column.addWidget(self._today)
        plan.column.addWidget(self.patients, 2)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(form, 3)
        row.addWidget(plan, 2)
        model.changed.connect(self.show_patient)
        self.levels.entered.connect(lambda: self.fields[FIELDS[0]].field.setFocus())
        self.retranslate()

    def show_trouble(self, words: str) -> None:
        """Say what keeps the patient from being kept."""
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    def show_day(self, day: DeskDay) -> None:
        """Show the patients of today, the driest first."""
        self._day = day
        self.retranslate()

    def show_patient(self) -> None:
        """Show the patient in front and the plan."""
        express, language = self._model.express, current_language()
        self.levels.retranslate()
        if express.dehydration is None:
            self.banner.show_result("grey", "", _("1 none · 2 some · 3 severe"), word=_("How dry is the patient?"))
            self.steps.setText("")
            self.signs.setText("")
        else:
            plan = rehydration_plans()[express.dehydration]
            self.banner.show_result(_STATUS[express.dehydration], "", word=_("PLAN {plan}").format(plan=plan.plan))
            self.steps.setText("\n".join(f"• {step}" for step in plan.steps[language]))
            self.signs.setText(plan.signs[language])
        for name, labelled in self.fields.items():
            field = labelled.field
            text = express.texts.get(name, "")
            if isinstance(field, QLineEdit) and field.text() != text:
                field.setText(text)

    def retranslate(self) -> None:
        """Word the page."""
        words = field_words()
        for name, labelled in self.fields.items():
            labelled.say(words[name])
        self.keep.say(_("Keep the patient  (F12)"))
        self._today.setText(_("Patients of today, the driest first"))
        self.patients.setAccessibleName(self._today.text())
        self.rules.setText("" if self._day is None else rules_line(self._day))
        self.patients.clear()
        for record in () if self._day is None else self._day.cholera:
            self.patients.addItem(self._item(record))
        self.show_patient()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes to the next field and keeps on the last; that of a reader goes nowhere."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        now = self.now_ms()
        since, self._last_ms = now - self._last_ms, now
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        if event.isAutoRepeat() or since < HOLD_MS:
            return True
        order = [self.fields[name].field for name in FIELDS]
        at = next((place for place, field in enumerate(order) if field is watched), None)
        if at is None:
            return False
        if at + 1 < len(order):
            order[at + 1].setFocus()
        else:
            self._model.save()
        return True

    def _field(self, name: str) -> LabelledField:
        field = QLineEdit()
        field.setMaxLength(80 if name == "village" else 40)
        field.setObjectName("health.cholera")
        field.textEdited.connect(partial(self._model.set_text, name))
        field.installEventFilter(self)
        return LabelledField(field)

    def _item(self, record: CholeraRecord) -> QListWidgetItem:
        at = self._model.parts.local_time(record.recorded_at).strftime("%H:%M")
        ors = _("ORS given") if record.ors_given else _("ORS NOT YET")
        status = _PLAN_STATUS[record.plan]
        words = _("Plan {plan} · no. {number} · {at} · {ors}").format(
            plan=record.plan, number=record.seq, at=at, ors=ors
        )
        return QListWidgetItem(icon(STATUS_ICONS[status], status), words)
