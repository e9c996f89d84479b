"""The till of the shift: what was taken, the receipts, and the exchange rates of the day."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bmis.kernel.clock import local
from bmis.kernel.i18n import translate as _
from bmis.receipts.money import Currency
from bmis.receipts.money import Money as Amount
from bmis.receipts.rates import BASE, Rate, longest_age_days
from bmis.receipts.receipt import ReceiptState
from ui.desktop.parts import Describe
from ui.desktop.passes.models import TillModel
from ui.desktop.passes.parts import Money
from ui.desktop.passes.view_listed import ListedSection
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import (
    Answers,
    Asked,
    AskingDialog,
    ask_for,
    reason_field,
    second_person_fields,
)
from ui.desktop.widgets.lines import Heading, Line
from ui.desktop.widgets.plain import Button
from ui.desktop.words import moment_words
from ui.words.figures import day_words, in_figures, money_words


class TillSection(ListedSection[TillModel, Money]):
    """F12 closes the till, F5 prints a further copy of a receipt, F9 cancels it, F8 enters a rate."""

    def __init__(self, model: TillModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(model, describe, "passes.receipts", parent)
        self.list.view.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # the end of a number tells receipts apart
        self.close_till, self.copy, self.cancel, self.rate = Button("primary"), Button(), Button("danger"), Button()
        for button in (self.close_till, self.copy, self.cancel, self.rate):
            button.setObjectName("passes.till")
        self.rate.setVisible(model.parts.can.enter_rate)
        right = QVBoxLayout()
        right.addWidget(self.facts, 1)
        right.addWidget(self.close_till)
        again = QHBoxLayout()
        again.setSpacing(8)
        again.addWidget(self.copy, 1)
        again.addWidget(self.cancel, 1)
        right.addLayout(again)
        right.addWidget(self.rate)
        self.close_till.clicked.connect(self.ask_close)
        self.copy.clicked.connect(self.print_copy)
        self.cancel.clicked.connect(self.ask_cancel)
        self.rate.clicked.connect(self.ask_rate)
        self.lay_beside(right, (8, 5))

    def title(self) -> str:
        """Return its name."""
        return _("Till")

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """Return the keys of the till."""
        keys: dict[Key, Callable[[], None]] = {Key.RESCAN: self.opened, Key.PRINT: self.print_copy}
        if self.model.parts.can.enter_rate:
            keys[Key.NOTE] = self.ask_rate
        return {**keys, Key.REFUSE: self.ask_cancel, Key.DECIDE: self.ask_close}

    def key_names(self) -> Mapping[Key, str]:
        """Return the words of those that mean something of their own."""
        return {
            Key.NOTE: _("Enter an exchange rate"),
            Key.REFUSE: _("Cancel a receipt"),
            Key.DECIDE: _("Close the till"),
        }

    def retranslate(self) -> None:
        """Word the section."""
        self.heading.setText(self.title())
        self.hint.setText(_("Every charge has its receipt, zero too. A receipt is cancelled by two people."))
        self.list.say(
            _("Receipts"),
            [Heading(_("Number")), Heading(_("Given on")), Heading(_("Paid"), wide=True), Heading(_("State"))],
            _("No receipt was given here yet."),
        )
        self.close_till.say(_("Close the till…  (F12)"))
        self.copy.say(_("Further copy  (F5)"))
        self.cancel.say(_("Cancel the receipt…  (F9)"))
        self.rate.say(_("Exchange rate…  (F8)"))
        self.show_now()

    def ask_close(self) -> None:
        """Ask what was counted in each currency that was used; money of another can lie in the till too."""
        used = list(self.now.till.sums) if self.now else []
        needed = used or [BASE]
        fields = [
            Asked(
                each.value,
                _("Counted in {currency}").format(currency=each.value),
                required=each in needed,
                topic="passes.counted",
            )
            for each in (*needed, *(one for one in Currency if one not in needed))
        ]
        fields.append(Asked("explanation", _("Why it differs"), required=False, topic="passes.counted"))
        self.dialog = ask_for(
            self,
            _("Close the till"),
            _("Count first, then look at what the receipts say."),
            fields,
            ok=_("Close"),
            give=self._give_close,
        )

    def ask_cancel(self) -> None:
        """Ask why, and who signs beside."""
        number = self._chosen()
        if number is None:
            return
        self.dialog = ask_for(
            self,
            _("Cancel the receipt"),
            number,
            [reason_field(), *second_person_fields()],
            ok=_("Cancel the receipt"),
            give=lambda dialog, said: self.model.cancel(
                number, said["reason"], (said["second"], said["second_password"]), self.stay(dialog, "reason")
            ),
            grave=True,
        )

    def ask_rate(self) -> None:
        """Ask for the rate of a day, and where it is from."""
        if not self.model.parts.can.enter_rate:
            return
        day = self.model.parts.local_day()
        currencies = tuple((each.value, each.value) for each in Currency if each is not BASE)
        fields = [
            Asked("currency", _("Currency"), "choice", currencies, topic="passes.rate"),
            Asked("metical", _("One unit in meticais"), topic="passes.rate"),
            Asked("source", _("Where the rate is from"), topic="passes.rate"),
            Asked("on", _("Day of the rate"), "date", value=day_words(day), topic="passes.rate"),
        ]
        self.dialog = ask_for(
            self,
            _("Exchange rate"),
            _("It counts for {days} days. A wrong one is put right by entering it again.").format(
                days=longest_age_days(day)
            ),
            fields,
            ok=_("Enter it"),
            give=lambda dialog, said: self.model.enter_rate(
                said["currency"],
                said["metical"],
                said["source"],
                date.fromisoformat(said["on"]),
                self.stay(dialog, "metical"),
            ),
        )

    def print_copy(self) -> None:
        """Print a further copy of the receipt where one is."""
        number = self._chosen()
        if number is not None:
            self.model.copy(number)

    def _chosen(self) -> str | None:
        key = self.list.key()
        return key if isinstance(key, str) else None

    def _give_close(self, dialog: AskingDialog, said: Answers) -> None:
        names = [name for name in said if name != "explanation" and said[name]]

        def counted() -> Mapping[Currency, Decimal]:
            return {Currency(name): Amount.told(said[name], name).amount for name in names}

        self.model.close_till(counted, said["explanation"], self.stay(dialog, names[0]))

    def said_of(self, code: str, result: object) -> str:
        """Return the words for what was done."""
        return {
            "till": _("The till is closed."),
            "cancelled": _("The receipt is cancelled; its number stays."),
            "rate": _("The rate counts from now on, with its day and source."),
            "printed": _("Sent to the printer."),
        }[code]

    def show_now(self) -> None:
        """Show the receipts, the sums and the rates of today."""
        now = self.now
        if now is None:
            return
        lines = []
        for one in now.receipts:
            stands = one.state is ReceiptState.STANDING
            state = _("stands") if stands else _("cancelled")
            paid = _("zero fee") if one.paid.is_zero else money_words(one.paid)
            cells = (one.number, moment_words(local(one.issued_at)), paid, state)
            lines.append(Line(one.number, cells, "green" if stands else "red"))
        self.list.show_lines(lines)
        till = now.till
        facts = [
            (_("Open till"), ""),
            (_("Receipts"), str(till.receipts)),
            (_("Zero fee"), str(till.zero)),
            (_("Exempt"), str(till.exempt)),
            (_("Cancelled"), str(till.cancelled)),
        ]
        facts += [(each.value, in_figures(one.expected, 2)) for each, one in till.sums.items()]
        facts.append((_("Exchange rates today"), ""))
        facts += [(f"1 {one.currency.value}", _rate_words(one)) for one in now.rates]
        missing = [
            each.value for each in Currency if each is not BASE and each not in {one.currency for one in now.rates}
        ]
        if missing:
            facts.append((", ".join(missing), _("no rate counts today: nothing is taken in it")))
        self.facts.show_facts(facts)


def _rate_words(rate: Rate) -> str:
    said = rate.source if rate.confirmed else _("for training only")
    return f"{in_figures(rate.metical)} MZN · {day_words(rate.on)} · {said}"
