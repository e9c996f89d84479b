"""The form of the voyage: asked once for a bus, carried over to everybody on it."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from bmis.documents.states import states
from bmis.kernel.errors import BmisError
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.codes import choices
from poe_health.errors import FutureDateError, PeriodOrderError
from poe_health.screening.journey import Stay, place_code, whole_journey
from ui.desktop.health_primary.errors import JourneyRowError
from ui.desktop.health_primary.voyage import CarriedVoyage
from ui.desktop.health_primary.wording import choice_word
from ui.desktop.parts import Describe
from ui.desktop.shell.help import help_for
from ui.desktop.widgets.fields import CountryField, DateField, State, iso_date
from ui.desktop.widgets.plain import Button, LabelledField, PlainLabel
from ui.desktop.words import button_words

STAYS = 4
TOPIC = "health.voyage"


class VoyageDialog(QDialog):
    """Enter goes on, the last Enter takes it over. ``take`` is called with the CarriedVoyage."""

    def __init__(
        self,
        parent: QWidget,
        voyage: CarriedVoyage,
        today: date,
        days: int,
        describe: Describe,
        take: Callable[[CarriedVoyage], None],
    ) -> None:
        super().__init__(parent)
        self._voyage, self._today, self._describe, self._take = voyage, today, describe, take
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Voyage"))
        self.setObjectName(TOPIC)
        self.setFixedWidth(900)
        self.direction = _box("direction", voyage.direction)
        self.conveyance = _box("conveyance", voyage.conveyance)
        self.number, self.place = QLineEdit(voyage.conveyance_id or ""), QLineEdit(voyage.from_place)
        self.origin = CountryField(_states)
        self.origin.set_code(voyage.origin_country or "")
        self.rows = [_Row(voyage.stays[at] if at < len(voyage.stays) else None) for at in range(STAYS)]
        self.trouble, self.help = PlainLabel(kind="field-label", wrap=True), PlainLabel(kind="muted", wrap=True)
        self.trouble.hide()
        self.help.hide()
        self.ok, self.cancel = Button("primary"), Button()
        self._lay_out(days)
        self._order: list[QWidget] = [self.direction, self.conveyance, self.number, self.place, self.origin]
        self._order += [field for row in self.rows for field in row.fields]
        for field in self._order:
            if not field.objectName():
                field.setObjectName(TOPIC)
        self.direction.setFocus()

    def wanted(self) -> CarriedVoyage:
        """Return the voyage as it stands in the fields.

        Raises:
            JourneyRowError: a line of the journey cannot be read.
        """
        found = []
        for at, row in enumerate(self.rows, 1):
            stay = row.stay(at)
            if stay is None:
                continue
            try:
                whole_journey([stay], self._today)  # its days, one by one, so that the line can be named
            except (FutureDateError, PeriodOrderError) as error:
                raise JourneyRowError(row=at) from error
            found.append(stay)
        return CarriedVoyage(
            direction=self.direction.currentData() or None,
            conveyance=self.conveyance.currentData() or None,
            conveyance_id=self.number.text().strip() or None,
            origin_country=self.origin.code() or None,
            from_place=self.place.text().strip(),
            stays=whole_journey(found, self._today),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 helps; Enter goes to the next field and, on the last, or on F12, takes the voyage over."""
        if event.key() == Qt.Key.Key_F1:
            title, text = help_for(TOPIC)
            self.help.setText(f"{title}\n{text}")
            self.help.setVisible(self.help.isHidden())
            self.adjustSize()
        elif event.key() == Qt.Key.Key_F12:
            self._try()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._on_enter()
        else:
            super().keyPressEvent(event)

    def _on_enter(self) -> None:
        if self.cancel.hasFocus():
            self.reject()
            return
        at = next((place for place, field in enumerate(self._order) if field.hasFocus()), len(self._order))
        if at + 1 < len(self._order):
            self._order[at + 1].setFocus()
        else:
            self._try()

    def _try(self) -> None:
        try:
            voyage = self.wanted()
        except BmisError as error:
            notice = self._describe(error)
            self.trouble.setText(f"{notice.code}  {notice.what}. {notice.do}")
            self.trouble.show()
            if isinstance(error, JourneyRowError):
                self.rows[int(str(error.facts["row"])) - 1].fields[0].setFocus()
            return
        self.accept()
        self._take(voyage)

    def _lay_out(self, days: int) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        for field, words, wide in (
            (self.direction, _("Direction"), 2),
            (self.conveyance, _("Conveyance"), 3),
            (self.number, _("Plate, flight or name"), 3),
            (self.place, _("Place of departure"), 3),
            (self.origin, _("Country of departure"), 3),
        ):
            labelled = LabelledField(field)
            labelled.say(words)
            top.addWidget(labelled, wide)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        heads = (_("Country"), _("Province or region"), _("First day"), _("Last day"))
        for column, words in enumerate(heads):
            grid.addWidget(PlainLabel(words, "field-label"), 0, column)
            grid.setColumnStretch(column, 3 if column < 2 else 2)
        for at, row in enumerate(self.rows, 1):
            for column, one in enumerate(row.fields):
                one.setAccessibleName(f"{heads[column]} {at}")
                grid.addWidget(one, at, column)
        self.ok.say(_("Take over"))
        self.cancel.say(button_words()["cancel"])
        self.ok.clicked.connect(self._try)
        self.cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        for button in (self.ok, self.cancel):
            button.setAutoDefault(False)
            button.setMinimumHeight(60)
            buttons.addWidget(button, 1)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(24, 16, 24, 16)
        column_.setSpacing(10)
        column_.addWidget(PlainLabel(_("Voyage"), "heading"))
        column_.addLayout(top)
        words = _(
            "Where the travellers were in the last {days} days, this country too; a day that is not told is unknown."
        )
        column_.addWidget(PlainLabel(words.format(days=days), "muted", wrap=True))
        column_.addLayout(grid)
        column_.addWidget(self.trouble)
        column_.addWidget(self.help)
        column_.addLayout(buttons)


class _Row:
    """One stay."""

    def __init__(self, stay: Stay | None) -> None:
        self.country, self.area = CountryField(_states), QLineEdit(stay.admin1 or "" if stay else "")
        self.since, self.until = DateField(), DateField()
        if stay is not None:
            self.country.set_code(stay.country)
            for field, day in ((self.since, stay.since), (self.until, stay.until)):
                field.set_value(iso_date(day.isoformat()) if day else None)
        self.fields: tuple[QLineEdit, ...] = (self.country, self.area, self.since, self.until)

    def stay(self, number: int) -> Stay | None:
        """Return the stay; None: the line is empty.

        Raises:
            JourneyRowError: no such country, or a day that is none.
        """
        if not any(field.text().strip() for field in self.fields):
            return None
        country = self.country.code()
        if not country or any(field.text().strip() and field.value() is None for field in (self.since, self.until)):
            raise JourneyRowError(row=number)
        return Stay(country, place_code(country, self.area.text()), _day(self.since), _day(self.until))


def _day(field: DateField) -> date | None:
    value = field.value()
    return None if value is None else date.fromisoformat(str(value))


def _box(choice: str, chosen: str | None) -> QComboBox:
    box = QComboBox()
    box.addItem("—", "")
    for code in choices(choice):
        box.addItem(choice_word(choice, code), code)
    box.setCurrentIndex(max(0, box.findData(chosen or "")))
    return box


def _states() -> Sequence[State]:
    language = current_language()
    return [State(one.code, one.name(language)) for one in states().values()]
