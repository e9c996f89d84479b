"""The fields of the paper form on the screen, in the order of the paper."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QRegularExpression, Qt, QTimer, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from bmis.crossings.paperwork.rules import FormField, FormLayout
from bmis.crossings.rules import purposes
from bmis.documents.document_kinds import document_kinds
from bmis.documents.states import states
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.desktop.widgets.fields import ChoiceBox, CountryField, DateField, State
from ui.desktop.widgets.plain import PlainLabel, SpokenFrame
from ui.desktop.widgets.text_field import TextField
from ui.desktop.words import button_words

COLUMNS = 3
STATE_FIELDS = frozenset({"issuing_state", "nationality", "residence_country"})
PARTIAL_DATES = frozenset({"birth_date", "expiry_date"})
TOPICS = {"kind": "backfill.kind", "written_by": "backfill.written_by", "protection_claim": "backfill.protection"}


class PaperField(TextField):
    """One field of the paper."""

    def __init__(self, field: FormField, place: int, today: Callable[[], date], parent: QWidget | None = None) -> None:
        self.form_field, self._place, self._today = field, place, today
        super().__init__(field.name, _widget_for(field), TOPICS.get(field.name, "backfill.field"), parent)
        if isinstance(self.field, CountryField):
            self.field.changed.connect(self._put_list_away)
        self.retranslate()

    def clear(self) -> None:
        """Empty the field."""
        if isinstance(self.field, ChoiceBox):
            self.field.setCurrentIndex(0)
        elif isinstance(self.field, CountryField):
            self.field.set_code("")
        elif isinstance(self.field, DateField):
            self.field.set_value(None)
        elif isinstance(self.field, QLineEdit):
            self.field.clear()
        self.mark("")

    def retranslate(self) -> None:
        """Word the label and the choices; numbers are those of the paper."""
        required = " *" if self.form_field.required else ""
        self.say(f"{self._place}  {self.form_field.label.in_language(current_language())}{required}")
        if isinstance(self.field, ChoiceBox):
            self._fill(self.field)

    def _fill(self, combo: ChoiceBox) -> None:
        combo.fill(_choices(self.form_field, self._today()))

    def _put_list_away(self, code: str) -> None:
        """Three letters are a State: its list of proposals goes, so that Enter goes on."""
        completer = self.field.completer() if isinstance(self.field, CountryField) else None
        popup = completer.popup() if completer is not None else None
        if code and popup is not None:
            QTimer.singleShot(0, popup, popup.hide)


class PaperFields(SpokenFrame):
    """Every field under its section's heading, numbered as on the paper."""

    typed = Signal(str, str)

    def __init__(self, layout: FormLayout, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = layout
        self.fields: dict[str, PaperField] = {}
        self._headings: list[PlainLabel] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        row, place = 0, 0
        for section in layout.sections:
            heading = PlainLabel(kind="heading")
            self._headings.append(heading)
            grid.addWidget(heading, row, 0, 1, COLUMNS)
            row += 1
            for at, field in enumerate(section.fields):
                place += 1
                shown = PaperField(field, place, today)
                shown.typed.connect(self.typed)
                self.fields[field.name] = shown
                grid.addWidget(shown, row + at // COLUMNS, at % COLUMNS, Qt.AlignmentFlag.AlignBottom)
            row += -(-len(section.fields) // COLUMNS)
        grid.setRowStretch(row, 1)
        self.retranslate()

    def order(self) -> list[QWidget]:
        """Return the fields in the order of the paper."""
        return [self.fields[field.name].field for field in self._layout.fields]

    def show_values(self, values: Mapping[str, str]) -> None:
        """Show texts as the fields gave them."""
        for name, text in values.items():
            self.fields[name].show_value(text)

    def clear(self) -> None:
        """Empty every field."""
        for shown in self.fields.values():
            shown.clear()

    def retranslate(self) -> None:
        """Word the headings and fields."""
        for heading, section in zip(self._headings, self._layout.sections, strict=True):
            heading.setText(section.label.in_language(current_language()))
        for shown in self.fields.values():
            shown.retranslate()


def _widget_for(field: FormField) -> QWidget:
    if field.kind in ("choice", "yes_no") or field.name in ("kind", "purpose"):
        return ChoiceBox()
    if field.kind == "date":
        return DateField(partial=field.name in PARTIAL_DATES)
    if field.name in STATE_FIELDS:
        return CountryField(_states)
    line = QLineEdit()
    line.setMaxLength(300 if field.kind == "text" else 120)
    if field.kind == "time":
        line.setMaxLength(5)
        line.setPlaceholderText(_("hhmm"))
    if field.kind == "number":
        line.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]{0,4}"), line))
    return line


def _choices(field: FormField, today: date) -> Sequence[tuple[str, str]]:
    language = current_language()
    if field.name == "kind":
        return [(kind.code, kind.name(language)) for kind in document_kinds(today)]
    if field.name == "purpose":
        return [(one.code, one.label(language)) for one in purposes(today).codes]
    if field.kind == "yes_no":
        words = button_words()
        return [("yes", words["yes"]), ("no", words["no"])]
    return [(choice.code, choice.label.in_language(language)) for choice in field.choices]


def _states() -> Sequence[State]:
    language = current_language()
    return [State(one.code, one.name(language)) for one in states().values()]
