"""Travel with its stays, and care with charges and companions."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.codes import Coded, actions
from poe_health.screening.journey import Stay
from poe_health.screening.secondary_rules import charge_kinds, secondary_policy
from ui.desktop.health_secondary.case_sheet import TRAVEL_FIELDS
from ui.desktop.health_secondary.view_fields import FieldGrid
from ui.desktop.health_secondary.view_model import CaseModel
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.widgets.plain import Button, PlainLabel, SpokenFrame
from ui.words.health_secondary import answer_word


class TravelTab(SpokenFrame):
    """``adding`` asks for a stay; Delete takes the one in front away."""

    adding = Signal()

    def __init__(self, model: CaseModel) -> None:
        super().__init__()
        self._model = model
        self.fields = FieldGrid(TRAVEL_FIELDS, 3)
        self.stays = LineList({Qt.Key.Key_Delete: self._remove})
        self.stays.view.setObjectName("health.stays")
        self.remark = PlainLabel(kind="muted", wrap=True)
        self.add, self.nowhere = Button(), Button()
        buttons = QGridLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.add, 0, 0)
        buttons.addWidget(self.nowhere, 0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.fields)
        column.addWidget(self.stays, 1)
        column.addWidget(self.remark)
        column.addLayout(buttons)
        self.fields.typed.connect(model.set_text)
        self.add.clicked.connect(self.adding)
        self.nowhere.clicked.connect(lambda: model.change(stays=()))
        self.retranslate()

    def retranslate(self) -> None:
        """Word the tab."""
        headings = [Heading(_("Country")), Heading(_("Area"), wide=True), Heading(_("From")), Heading(_("To"))]
        self.stays.say(_("Stays of the last weeks"), headings, _("No stay is on record."))
        self.add.say(_("Add a stay…"))
        self.nowhere.say(_("Asked: nowhere else"))
        self.refresh()

    def show_case(self) -> None:
        """Show what stands in every field."""
        self.fields.show_texts(self._model.sheet.texts if self._model.sheet else {})
        self.refresh()

    def refresh(self) -> None:
        """Show the stays."""
        sheet = self._model.sheet
        stays = (sheet.stays or ()) if sheet else ()
        self.stays.show_lines([Line(at, _stay_cells(one)) for at, one in enumerate(stays)])
        asked = sheet is not None and sheet.stays is not None
        self.remark.setText(
            _("Days without a stay count as not known.") if asked else _("Nobody asked for the itinerary yet.")
        )
        for button in (self.add, self.nowhere):
            button.setEnabled(sheet is not None)

    def _remove(self) -> None:
        sheet, at = self._model.sheet, self.stays.key()
        if sheet is not None and isinstance(at, int):
            left = tuple(one for place, one in enumerate(sheet.stays or ()) if place != at)
            self._model.change(stays=left or None)


class _Ticks(LineList):
    """A list of things that were done: Space, Enter or S ticks, the same again takes it back."""

    toggled = Signal(str)

    def __init__(self) -> None:
        super().__init__({Qt.Key.Key_Space: self._toggle, Qt.Key.Key_S: self._toggle, Qt.Key.Key_Y: self._toggle})
        self.opened.connect(lambda _key: self._toggle())

    def show_ticks(self, coded: Sequence[Coded], done: Sequence[str]) -> None:
        """Show every thing, those done with a tick."""
        lines = [Line(one.code, (one.label(current_language()),), "green" if one.code in done else "") for one in coded]
        self.show_lines(lines)

    def _toggle(self) -> None:
        code = self.key()
        if isinstance(code, str):
            self.toggled.emit(code)


class CareTab(SpokenFrame):
    """``charging`` and ``joining`` ask for a charge and a companion; Delete takes one away."""

    charging = Signal()
    joining = Signal()

    def __init__(self, model: CaseModel) -> None:
        super().__init__()
        self._model = model
        self.care, self.done = _Ticks(), _Ticks()
        self.care.view.setObjectName("health.care")
        self.done.view.setObjectName("health.actions")
        self.charges = LineList({Qt.Key.Key_Delete: lambda: self._remove("charges", self.charges)})
        self.companions = LineList({Qt.Key.Key_Delete: lambda: self._remove("companions", self.companions)})
        self.charges.view.setObjectName("health.charges")
        self.companions.view.setObjectName("health.companions")
        self.charge, self.join = Button(), Button()
        self.rule = PlainLabel(kind="small", wrap=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.addWidget(self.care, 0, 0)
        grid.addWidget(self.done, 0, 1)
        grid.addWidget(self.charges, 1, 0)
        grid.addWidget(self.companions, 1, 1)
        grid.addWidget(self.charge, 2, 0)
        grid.addWidget(self.join, 2, 1)
        for place, share in ((0, 3), (1, 2)):
            grid.setRowStretch(place, share)
        for place in (0, 1):
            grid.setColumnStretch(place, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addLayout(grid, 1)
        column.addWidget(self.rule)
        self.care.toggled.connect(lambda code: self._toggle("care", code))
        self.done.toggled.connect(lambda code: self._toggle("actions_done", code))
        self.charge.clicked.connect(self.charging)
        self.join.clicked.connect(self.joining)
        self.retranslate()

    def retranslate(self) -> None:
        """Word the tab."""
        self.care.say(_("Care given (IHR art. 32)"), [Heading(_("Care given (IHR art. 32)"), wide=True)], "")
        self.done.say(_("Measures taken"), [Heading(_("Measures taken"), wide=True)], "")
        self.charges.say(_("Charges"), [Heading(_("Charges"), wide=True), Heading(_("MZN"))], _("Nothing was charged."))
        self.companions.say(
            _("Companions"), [Heading(_("Companions"), wide=True), Heading(_("Ill"))], _("Nobody is named.")
        )
        self.charge.say(_("Charge…"))
        self.join.say(_("Companion…"))
        self.rule.setText(
            _("Examination, isolation, quarantine and certificates of measures are free of charge (IHR art. 40).")
        )
        self.refresh()

    def refresh(self) -> None:
        """Show what stands."""
        sheet = self._model.sheet
        self.care.show_ticks(tuple(secondary_policy().care.values()) if sheet else (), sheet.care if sheet else ())
        self.done.show_ticks(tuple(actions().values()) if sheet else (), sheet.actions_done if sheet else ())
        kinds, language = charge_kinds()[0], current_language()
        self.charges.show_lines(
            [
                Line(at, (kinds[one.kind].label(language), str(one.amount_mzn)))
                for at, one in enumerate(sheet.charges if sheet else ())
            ]
        )
        self.companions.show_lines(
            [Line(at, (one.name, answer_word(one.ill))) for at, one in enumerate(sheet.companions if sheet else ())]
        )
        for button in (self.charge, self.join):
            button.setEnabled(sheet is not None)

    def _toggle(self, of: str, code: str) -> None:
        sheet = self._model.sheet
        if sheet is not None:
            done: tuple[str, ...] = getattr(sheet, of)
            left = tuple(one for one in done if one != code) if code in done else (*done, code)
            self._model.change(**{of: left})

    def _remove(self, of: str, lines: LineList) -> None:
        sheet, at = self._model.sheet, lines.key()
        if sheet is not None and isinstance(at, int):
            rest = tuple(one for place, one in enumerate(getattr(sheet, of)) if place != at)
            self._model.change(**{of: rest})


def _stay_cells(one: Stay) -> tuple[str, ...]:
    days = [day.strftime("%d/%m/%Y") if day else "—" for day in (one.since, one.until)]
    return one.country, one.admin1 or "—", *days
