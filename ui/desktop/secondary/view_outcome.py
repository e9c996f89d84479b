"""The outcome: checks to accept, what must still be asked, the decisions."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from bmis.crossings.decision import STOPS, Decision
from bmis.crossings.finding import SEVERITY, Status
from bmis.crossings.rules import purposes, travel_modes
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.desktop.secondary.view_model import AUTHORITY, JOURNEY, STAY_UNTIL, SecondaryModel, Shut
from ui.desktop.widgets.bars import DecisionBar, DecisionButton
from ui.desktop.widgets.fields import DateField, iso_date
from ui.desktop.widgets.findings import FindingList, ShownFinding
from ui.desktop.widgets.plain import Card, LabelledField, PlainLabel, SpokenFrame
from ui.words.acts import decision_act_word, request_field_word
from ui.words.findings import evidence_words
from ui.words.labels import check_word

CHOICES = frozenset({"travel_mode", "purpose"})
COLUMNS = 2


class OutcomePanel(SpokenFrame):
    """``chosen`` carries the code of a decision."""

    chosen = Signal(str)

    def __init__(self, model: SecondaryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.findings, self.bar = FindingList(), DecisionBar()
        self.findings.setObjectName("secondary.checks")
        self.fields: dict[str, LabelledField] = {name: _field(name) for name in (*JOURNEY, STAY_UNTIL, AUTHORITY)}
        self._checks_title, self._fields_title = PlainLabel(kind="heading"), PlainLabel(kind="heading")
        self._lay_out()
        self._watch()
        self.findings.acknowledged.connect(model.acknowledge)
        self.findings.reworded.connect(self.refresh)
        self.bar.chosen.connect(self.chosen)
        self.bar.reworded.connect(self.refresh)
        self.retranslate()

    def _lay_out(self) -> None:
        inside = QWidget()
        room = QVBoxLayout(inside)
        room.setContentsMargins(0, 0, 8, 0)
        room.setSpacing(8)
        room.addWidget(self._checks_title)
        room.addWidget(self.findings)
        room.addWidget(self._fields_title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for at, field in enumerate(self.fields.values()):
            grid.addWidget(field, at // COLUMNS, at % COLUMNS, Qt.AlignmentFlag.AlignTop)
        for place in range(COLUMNS):
            grid.setColumnStretch(place, 1)
        room.addLayout(grid)
        room.addStretch(1)
        self.around = QScrollArea()
        self.around.setWidgetResizable(True)
        self.around.setFrameShape(QFrame.Shape.NoFrame)
        self.around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.around.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.around.setWidget(inside)
        card = Card(margin=16, spacing=12)
        card.column.addWidget(self.around, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card, 1)

    def _watch(self) -> None:
        for name, labelled in self.fields.items():
            field = labelled.field
            if isinstance(field, QComboBox):
                field.activated.connect(lambda _at, name=name: self._tell(name))
            elif isinstance(field, DateField):
                field.changed.connect(lambda _value, name=name: self._tell(name))
            elif isinstance(field, QLineEdit):
                field.textEdited.connect(lambda _text, name=name: self._tell(name))

    def value(self, name: str) -> str:
        """Return what stands in a field."""
        field = self.fields[name].field
        if isinstance(field, QComboBox):
            return str(field.currentData() or "")
        if isinstance(field, DateField):
            day = field.value()
            return str(day) if day else ""
        return field.text().strip() if isinstance(field, QLineEdit) else ""

    def show_values(self) -> None:
        """Show what the case says, once, when it comes to the front."""
        for name, labelled in self.fields.items():
            value, field = self._model.values.get(name, ""), labelled.field
            if isinstance(field, QComboBox):
                field.setCurrentIndex(max(0, field.findData(value)))
            elif isinstance(field, DateField):
                field.set_value(iso_date(value))
            elif isinstance(field, QLineEdit):
                field.setText(value)

    def focus_open(self, shut: Shut) -> None:
        """Go to the first thing that keeps a decision shut."""
        row = self.findings.first_unaccepted() if shut.checks else None
        target: QWidget | None = row
        if target is None and shut.fields:
            labelled = self.fields.get(shut.fields[0].partition(".")[2])
            target = labelled.field if labelled else None
        if target is not None:
            target.setFocus()
            self.around.ensureWidgetVisible(target)

    def retranslate(self) -> None:
        """Word everything."""
        self._checks_title.setText(_("Checks, run again now"))
        self._fields_title.setText(_("To be asked before the traveller goes on"))
        today = self._model.parts.local_day()
        for name, labelled in self.fields.items():
            if isinstance(labelled.field, QComboBox):
                _offer(labelled.field, (purposes if name == "purpose" else travel_modes)(today).codes)
        self.refresh()

    def refresh(self) -> None:
        """Show checks, what is required, and the decisions, as they are now."""
        self._show_findings()
        required = {name.partition(".")[2] for name in self._model.required}
        labels = {name: request_field_word(f"journey.{name}") for name in JOURNEY}
        labels |= {STAY_UNTIL: _("Stay until"), AUTHORITY: _("By whose authority")}
        for name, labelled in self.fields.items():
            labelled.label.setText(f"{labels[name]} *" if name in required else labels[name])
            labelled.field.setAccessibleName(labels[name])
            labelled.field.setEnabled(self._model.case is not None)
        self.bar.show_decisions([self._button(one) for one in self._model.offered()])

    def _show_findings(self) -> None:
        words: dict[str, list[str]] = {}
        worst: dict[str, Status] = {}
        for one in self._model.findings:
            words.setdefault(one.check, []).append(evidence_words(one))
            worst[one.check] = max(worst.get(one.check, one.status), one.status, key=SEVERITY.index)
        self.findings.show_findings(
            [
                ShownFinding(
                    check,
                    check_word(check),
                    worst[check].value,
                    " ".join(said),
                    landed=True,
                    acknowledged=check in self._model.accepted,
                )
                for check, said in words.items()
            ]
        )

    def _button(self, decision: Decision) -> DecisionButton:
        primary = decision in (Decision.ADMITTED, Decision.EXITED)
        key = "F12" if primary else "F9" if decision in STOPS else ""
        kind = "primary" if primary else "danger" if decision in STOPS else ""
        return DecisionButton(
            decision.value, decision_act_word(decision.value), key, kind, shut_words(self._model.shut(decision))
        )

    def _tell(self, name: str) -> None:
        self._model.set_value(name, self.value(name))


def shut_words(shut: Shut) -> str:
    """Return why a decision is shut, in one line; "" when it is open."""
    if shut.checks:
        return _("Accept with Space: {checks}").format(checks=", ".join(map(check_word, shut.checks)))
    if shut.fields:
        return _("Still to answer: {fields}").format(fields=", ".join(map(request_field_word, shut.fields)))
    return ""


def _field(name: str) -> LabelledField:
    field: QWidget
    if name in CHOICES:
        combo = QComboBox()
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(8)
        field = combo
    elif name == STAY_UNTIL:
        field = DateField()
    else:
        line = QLineEdit()
        line.setMaxLength(4 if name == "intended_days" else 200)
        field = line
    field.setObjectName(f"secondary.{'stay' if name in (STAY_UNTIL, AUTHORITY) else 'journey'}")
    return LabelledField(field)


def _offer(combo: QComboBox, codes: "Sequence[object]") -> None:
    at, language = combo.currentData(), current_language()
    combo.blockSignals(True)
    combo.clear()
    combo.addItem("—", "")
    for one in codes:
        combo.addItem(one.label(language), one.code)  # type: ignore[attr-defined]  # a code list's entry
    combo.setCurrentIndex(max(0, combo.findData(at)))
    combo.blockSignals(False)
