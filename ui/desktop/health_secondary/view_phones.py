"""Whom to call, on one page: ambulance, district, INS … each number with its age. Opened by one key from anywhere."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.referrals.directory import Phone
from ui.desktop.widgets.plain import Button, PlainLabel
from ui.desktop.words import button_words


class PhonePage(QDialog):
    """Large numbers, read from a distance. Esc, Enter and F10 close it; P prints the card."""

    def __init__(self, parent: QWidget, phones: Sequence[Phone], today: date, print_card: Callable[[], None]) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("health.phones")
        self.setWindowTitle(_("Whom to call"))
        self.setFixedWidth(1000)
        self._print_card = print_card
        self.lines: list[tuple[str, str, str]] = [_line(one, today) for one in phones]
        self.print, self.shut = Button(), Button("primary")
        self.print.say(_("Print the card  (P)"))
        self.shut.say(button_words()["close"])
        self.print.clicked.connect(self._on_print)
        self.shut.clicked.connect(self.accept)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(12)
        for row, (name, number, age) in enumerate(self.lines):
            grid.addWidget(PlainLabel(name, "heading", wrap=True), row, 0)
            grid.addWidget(PlainLabel(number, "title"), row, 1)
            grid.addWidget(PlainLabel(age, "muted", wrap=True), row, 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(2, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        buttons.addWidget(self.print, 1)
        buttons.addWidget(self.shut, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(PlainLabel(_("Whom to call"), "title"))
        column.addLayout(grid)
        column.addWidget(
            PlainLabel(
                _("A number that is missing or old is entered by the health supervisor, with the day it was tried."),
                "muted",
                wrap=True,
            )
        )
        column.addLayout(buttons)
        self.setAccessibleName(_("Whom to call"))
        self.setAccessibleDescription(". ".join(": ".join(line) for line in self.lines))
        self.shut.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F10 closes what it opened; P prints."""
        if event.key() == Qt.Key.Key_F10:
            self.accept()
        elif event.key() == Qt.Key.Key_P:
            self._on_print()
        else:
            super().keyPressEvent(event)

    def _on_print(self) -> None:
        self.accept()
        self._print_card()


def _line(one: Phone, today: date) -> tuple[str, str, str]:
    if one.number is None:
        return one.label(current_language()), _("not entered"), ""
    age = one.age_days(today)
    tried = one.checked_on.strftime("%d/%m/%Y") if one.checked_on else "—"
    words = _("tried on {day}").format(day=tried)
    if one.is_old(today):
        words = _("OLD: tried on {day}, {age} days ago").format(day=tried, age=age)
    return one.label(current_language()), one.number, words
