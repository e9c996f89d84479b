"""The fields of the applicant, two abreast; what others declare and the children stand below."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from bmis.documents.states import states
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.desktop.passes.filling import REQUIRED, TypedApplication
from ui.desktop.passes.view_children import child_line
from ui.desktop.widgets.fields import ChoiceBox, CountryField, DateField, State, TextField, iso_date
from ui.desktop.widgets.flow import EnterFlow, Step
from ui.desktop.widgets.plain import Button, LabelledField, PlainLabel, SpokenFrame
from ui.words.labels import sex_word
from ui.words.pass_desk import ATTESTERS

ORDER = (
    "surname",
    "given_names",
    "birth_date",
    "sex",
    "village",
    "district",
    "id_number",
    "id_state",
    "nationality",
    "resident_since",
)
LONGEST = 80


class PersonFields(SpokenFrame):
    """``typed`` carries a field's name and text, ``left`` the name of one that was left, ``finished`` that Enter was
    pressed and nothing is missing."""

    typed = Signal(str, str)
    left = Signal(str)
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, LabelledField] = {name: LabelledField(self._field(name)) for name in ORDER}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for at, name in enumerate(ORDER):
            self.fields[name].field.setObjectName(f"passes.{name}")
            grid.addWidget(self.fields[name], at // 2, at % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.attested, self.children_said = PlainLabel(kind="small", wrap=True), PlainLabel(kind="small", wrap=True)
        self.attest, self.child = Button(), Button()
        self.unattest, self.unchild, self.child_photo = Button("quiet"), Button("quiet"), Button("quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        column.addLayout(grid)
        for add, drop, said in (
            (self.attest, self.unattest, self.attested),
            (self.child, self.unchild, self.children_said),
        ):
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(add)
            row.addWidget(said, 1)
            if add is self.child:
                row.addWidget(self.child_photo)
            row.addWidget(drop)
            column.addLayout(row)
        column.addStretch(1)
        self._flow = EnterFlow([self._step(name) for name in ORDER], self)
        self._flow.finished.connect(self.finished)
        self.retranslate()

    def _field(self, name: str) -> QWidget:
        if name in ("birth_date", "resident_since"):
            dated = DateField(partial=True)
            dated.changed.connect(lambda value, name=name: self.typed.emit(name, str(value) if value else ""))
            dated.installEventFilter(self)
            return dated
        if name in ("sex", "district"):
            combo = ChoiceBox()
            combo.currentIndexChanged.connect(
                lambda _at, name=name, combo=combo: self.typed.emit(name, str(combo.currentData() or ""))
            )
            combo.installEventFilter(self)
            return combo
        if name in ("id_state", "nationality"):
            country = CountryField(_states)
            country.changed.connect(lambda code, name=name: self.typed.emit(name, code))
            return country
        line = TextField()
        line.setMaxLength(30 if name == "id_number" else LONGEST)
        line.textEdited.connect(lambda text, name=name: self.typed.emit(name, text))
        line.installEventFilter(self)
        return line

    def _step(self, name: str) -> Step:
        return Step(self.fields[name].field, lambda: bool(self.value(name)), lambda: name in REQUIRED)

    def value(self, name: str) -> str:
        """Return what a field holds, "" for nothing; dates as YYYY-MM-DD."""
        field = self.fields[name].field
        if isinstance(field, DateField):
            found = field.value()
            return str(found) if found else ""
        if isinstance(field, QComboBox):
            return str(field.currentData() or "")
        if isinstance(field, CountryField):
            return field.code()
        return str(field.property("text")).strip()

    def show_typed(self, typed: TypedApplication) -> None:
        """Show what stands on the page, without saying that it changed."""
        for name, labelled in self.fields.items():
            field, text = labelled.field, typed.text(name)
            field.blockSignals(True)
            if isinstance(field, DateField):
                field.set_value(iso_date(text))
            elif isinstance(field, QComboBox):
                field.setCurrentIndex(max(0, field.findData(text)))
            elif isinstance(field, CountryField):
                field.set_code(text)
            else:
                field.setProperty("text", text)
            field.blockSignals(False)
            labelled.mark("")
        self.show_also(typed)

    def show_also(self, typed: TypedApplication) -> None:
        """Show what others declare, and the children."""
        said = [
            f"{one.attester} ({ATTESTERS[one.role]() if one.role in ATTESTERS else one.role})"
            for one in typed.attestations
        ]
        self.attested.setText("; ".join(said) or _("nobody has attested yet"))
        children = [child_line(*pair) for pair in zip(typed.children, typed.child_photos, strict=True)]
        self.children_said.setText("; ".join(children) or _("no children on the pass"))
        self.unattest.setVisible(bool(said))
        self.unchild.setVisible(bool(children))
        self.child_photo.setVisible(bool(children))

    def show_districts(self, districts: tuple[tuple[str, str], ...]) -> None:
        """Offer the districts of the scheme, and none of them."""
        combo = self.fields["district"].field
        assert isinstance(combo, ChoiceBox)
        combo.fill(districts)

    def retranslate(self) -> None:
        """Word every field."""
        labels: dict[str, Callable[[], str]] = {
            "surname": lambda: _("Surname"),
            "given_names": lambda: _("Given names"),
            "birth_date": lambda: _("Date of birth"),
            "sex": lambda: _("Sex"),
            "village": lambda: _("Village"),
            "district": lambda: _("District"),
            "id_number": lambda: _("Identity document (if any)"),
            "id_state": lambda: _("Issued by"),
            "nationality": lambda: _("Nationality"),
            "resident_since": lambda: _("Lives there since"),
        }
        for name, labelled in self.fields.items():
            labelled.say(labels[name]())
        sex = self.fields["sex"].field
        assert isinstance(sex, ChoiceBox)
        sex.fill([(code, f"{code} · {sex_word(code)}") for code in ("F", "M", "X")])
        self.attest.say(_("Attestation…"))
        self.child.say(_("Child…"))
        self.child_photo.say(_("Photograph…"))
        self.child_photo.setAccessibleName(_("Photograph of the child"))
        self.unattest.say(_("Remove last"))
        self.unchild.say(_("Remove last"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say which field was left."""
        if event.type() == QEvent.Type.FocusOut and isinstance(watched, QWidget):
            name = watched.objectName().removeprefix("passes.")
            if name in ORDER:
                self.left.emit(name)
        return False


def _states() -> list[State]:
    language = current_language()
    found = [one for one in states().values() if not one.legacy]
    return [State(one.code, one.name(language)) for one in found]
