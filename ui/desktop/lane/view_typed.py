"""A document without a usable machine-readable zone: its kind, the fields that the kind has, why one is not known."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from bmis.documents.document_kinds import (
    DocumentKind,
    HasMrz,
    Need,
    document_kind,
    document_kinds,
    missing_reasons,
)
from bmis.documents.errors import FieldMissingError
from bmis.documents.states import states
from bmis.documents.travel_document import SEXES
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.desktop.lane.draft import DATE_FIELDS, TYPED_FIELDS, TypedDocument
from ui.desktop.lane.view_choosing import TakenBox
from ui.desktop.lane.view_model import LaneModel
from ui.desktop.lane.wording import DASH
from ui.desktop.widgets.fields import CountryField, DateField, PartialDate, State, TextField, parse_date
from ui.desktop.widgets.flow import Step
from ui.desktop.widgets.plain import Card, LabelledField, PlainLabel, SpokenFrame
from ui.words.labels import field_word, sex_word

_PLACES = {
    "number": (1, 0, 2),
    "issuing_state": (1, 2, 2),
    "surname": (2, 0, 2),
    "given_names": (2, 2, 2),
    "nationality": (3, 0, 2),
    "birth_date": (3, 2, 2),
    "sex": (4, 0, 2),
    "expiry_date": (4, 2, 2),
}


def state_names() -> tuple[State, ...]:
    """Return every code that a document may print, in the language in force."""
    language = current_language()
    return tuple(State(one.code, one.name(language)) for one in states().values() if not one.legacy)


class TypedField(QWidget):
    """A field and, beside it, the reasons why it may not be known."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.reason = name, ""
        self._because: tuple[str, ...] = ()
        self.field = self._make()
        self.field.setObjectName(f"lane.document.{name}")
        self.labelled = LabelledField(self.field)
        self.unknown = QToolButton()
        self.unknown.setText("?")
        self.unknown.setStyleSheet("min-height: 32px; padding: 0;")  # as high as the field that it stands beside
        self.unknown.setFixedSize(44, 40)
        self.unknown.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.unknown.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.unknown.setObjectName(f"lane.unknown.{name}")
        self.menu = QMenu(self)
        self.unknown.setMenu(self.menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.labelled, 1)
        row.addWidget(self.unknown, 0, Qt.AlignmentFlag.AlignBottom)
        self.setFocusProxy(self.field)

    def say(self, because: tuple[str, ...]) -> None:
        """Word the field; ``because`` are the reasons that the kind allows."""
        label = field_word(self.name)
        self.labelled.say(label)
        self.unknown.setAccessibleName(_("{field}: not known because").format(field=label))
        self._because = because
        self.unknown.setVisible(bool(because))
        self.menu.clear()
        known = QAction(_("It is known"), self.menu)
        known.triggered.connect(lambda: self.set_reason(""))
        self.menu.addAction(known)
        names = missing_reasons()
        for code in because:
            action = QAction(names[code].name(current_language()), self.menu)
            action.triggered.connect(self._choose(code))
            self.menu.addAction(action)
        self._show_reason()

    def set_reason(self, code: str) -> None:
        """Say why the field is not known, "" when it is."""
        self.reason = code
        self._show_reason()
        self.changed.emit()
        if not code:
            self.field.setFocus()

    def value(self) -> str:
        """Return what is typed: text, a code, or a date as YYYY-MM-DD with unknown parts left out."""
        if isinstance(self.field, DateField):
            day = self.field.value()
            return str(day) if day else ""
        if isinstance(self.field, CountryField):
            return self.field.code()
        if isinstance(self.field, QComboBox):
            return str(self.field.currentData() or "")
        return self.field.text().strip() if isinstance(self.field, QLineEdit) else ""

    def set_value(self, text: str, reason: str) -> None:
        """Show a value or a reason that was kept."""
        if isinstance(self.field, DateField):
            self.field.set_value(_shown_date(text))
        elif isinstance(self.field, CountryField):
            self.field.set_code(text)
        elif isinstance(self.field, QComboBox):
            self.field.setCurrentIndex(max(0, self.field.findData(text)))
        elif isinstance(self.field, QLineEdit):
            self.field.setText(text)
        self.reason = reason
        self._show_reason()

    def filled(self) -> bool:
        """Return whether it needs no more."""
        return bool(self.value() or self.reason)

    def _make(self) -> QWidget:
        if self.name in DATE_FIELDS:
            day = DateField(partial=True)
            day.changed.connect(lambda _day: self.changed.emit())
            return day
        if self.name in ("issuing_state", "nationality"):
            country = CountryField(state_names)
            country.changed.connect(lambda _code: self.changed.emit())
            return country
        if self.name == "sex":
            sex = QComboBox()
            sex.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            sex.activated.connect(lambda _at: self.changed.emit())
            return sex
        line = TextField()
        line.setMaxLength(23 if self.name == "number" else 120)
        line.textEdited.connect(lambda _text: self.changed.emit())
        return line

    def _choose(self, code: str) -> Callable[[], None]:
        return lambda: self.set_reason(code)

    def _show_reason(self) -> None:
        names = missing_reasons()
        words = names[self.reason].name(current_language()) if self.reason in names else ""
        if isinstance(self.field, QLineEdit):
            self.field.setReadOnly(bool(self.reason))
            if self.reason:
                self.field.setText("")
                self.field.setPlaceholderText(words)
            elif isinstance(self.field, DateField | CountryField):
                self.field.retranslate()
            else:
                self.field.setPlaceholderText("")
        elif isinstance(self.field, QComboBox):
            at = self.field.currentData()
            self.field.clear()
            self.field.addItem(words or DASH, "")
            for code in () if self.reason else SEXES:
                self.field.addItem(f"{code} · {sex_word(code)}", code)
            self.field.setCurrentIndex(max(0, self.field.findData(at)))


class TypedForm(SpokenFrame):
    """The kind and its fields. ``kind_taken``: another kind was chosen, its first field comes next."""

    kind_taken = Signal()

    def __init__(self, model: LaneModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._taken: TypedDocument | None = None
        self.title = PlainLabel(kind="heading", wrap=True)
        self.kind = TakenBox()
        self.kind.setObjectName("lane.document.kind")
        self.why = TextField()
        self.why.setObjectName("lane.document.manual_reason")
        self.why.setMaxLength(300)
        self._kind_field, self._why_field = LabelledField(self.kind), LabelledField(self.why)
        self.fields = {name: TypedField(name) for name in TYPED_FIELDS}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.addWidget(self._kind_field, 0, 0, 1, 2)
        self._grid.addWidget(self._why_field, 0, 2, 1, 2)
        for name, place in _PLACES.items():
            self._grid.addWidget(self.fields[name], place[0], place[1], 1, place[2])
        for at in range(4):
            self._grid.setColumnStretch(at, 1)
        card = Card(margin=12, spacing=8)
        card.column.addWidget(self.title)
        card.column.addLayout(self._grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.kind.taken.connect(self._on_kind)
        self.why.textEdited.connect(lambda _text: self._give())
        for field in self.fields.values():
            field.changed.connect(self._give)
        self.retranslate()

    def retranslate(self) -> None:
        """Word the form."""
        self._word_title()
        self._kind_field.say(_("Kind of document"))
        self._why_field.say(_("Why it is typed"))
        self.why.setPlaceholderText(_("damaged, no reader, …"))
        at = self.kind.currentData()
        self.kind.clear()
        for kind in document_kinds(self._model.today):
            self.kind.addItem(kind.name(current_language()), kind.code)
        self.kind.setCurrentIndex(self.kind.findData(at))
        self._word_fields()

    def steps(self) -> list[Step]:
        """Return the fields as steps of Enter."""
        found = [Step(self.why, lambda: bool(self.why.text().strip()), lambda: self._why_is_needed())]
        found += [Step(one.field, one.filled, self._is_required(name)) for name, one in self.fields.items()]
        return found

    def refresh(self) -> None:
        """Show the draft's fields, where they are not what stands there already."""
        draft = self._model.draft
        typed = draft.typed if draft else None
        if typed is None:
            self._taken = None
            return
        self._word_title()
        if self._taken is None or typed.kind != self._taken.kind or typed != self._given():
            self.kind.setCurrentIndex(self.kind.findData(typed.kind))
            self.why.setText(typed.reason)
            for name, field in self.fields.items():
                field.set_value(typed.values.get(name, ""), typed.missing.get(name, ""))
            self._taken = typed
            self._word_fields()
        self._mark()

    def _word_title(self) -> None:
        draft = self._model.draft
        sealed = draft is not None and self._model.passing.fills(draft)
        self.title.setText(_("Document as its seal says it") if sealed else _("Document typed by hand"))

    def clear(self) -> None:
        """Show nothing of the traveller."""
        self._taken = None
        for field in self.fields.values():
            field.set_value("", "")

    def _on_kind(self, code: str) -> None:
        self._model.begin_typed(code)
        self.kind_taken.emit()

    def _rules(self) -> DocumentKind | None:
        code = self.kind.currentData()
        return document_kind(code) if code else None

    def _why_is_needed(self) -> bool:
        kind = self._rules()
        return kind is not None and kind.has_mrz is not HasMrz.NEVER

    def _is_required(self, name: str) -> Callable[[], bool]:
        def required() -> bool:
            kind = self._rules()
            return kind is not None and kind.fields[name].need is Need.REQUIRED

        return required

    def _word_fields(self) -> None:
        kind = self._rules()
        for name, field in self.fields.items():
            rule = kind.fields[name] if kind else None
            field.say(rule.unknown_because if rule else ())
            field.setVisible(rule is None or rule.need is not Need.ABSENT)
        asked = self._why_is_needed()
        self._why_field.setVisible(asked)
        self._grid.removeWidget(self._kind_field)
        self._grid.addWidget(self._kind_field, 0, 0, 1, 2 if asked else 4)  # names of kinds are long

    def _given(self) -> TypedDocument:
        values = {name: text for name, field in self.fields.items() if (text := field.value())}
        missing = {name: field.reason for name, field in self.fields.items() if field.reason}
        return TypedDocument(str(self.kind.currentData() or ""), values, missing, self.why.text().strip())

    def _give(self) -> None:
        given = self._given()
        self._taken = given
        self._model.type_document(given.values, given.missing, given.reason)

    def _mark(self) -> None:
        error = self._model.document_error
        wrong = "" if isinstance(error, FieldMissingError) else str((error.facts if error else {}).get("field") or "")
        for name, field in self.fields.items():
            bad = name == wrong and not field.field.hasFocus()
            field.labelled.mark(_("This does not fit the document") if bad else "", wrong=bad)


def _shown_date(iso: str) -> PartialDate | None:
    if not iso:
        return None
    parts = [int(part) for part in iso.split("-")]
    year, month, day = (*parts, None, None)[:3]
    text = f"{day or 0:02d}{month or 0:02d}{year:04d}"
    return parse_date(text, partial=True)
