"""The page of the transfers: the open ones with their alerts, one in front, and what may follow."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from poe_health.referrals.referral import Referral, State
from poe_health.referrals.settings import referral_choices
from poe_health.referrals.show_referral import ListedReferral, ShownReferral
from poe_health.referrals.steps import (
    Amended,
    Answered,
    Arrived,
    Cancelled,
    Closed,
    DiedOnWay,
    Left,
    LeftInEmergency,
    NotArrived,
    Printed,
    ReturnSlip,
    Step,
)
from ui.desktop.health_secondary.referral_model import ReferralModel
from ui.desktop.health_secondary.view_referral_forms import ReferralForms
from ui.desktop.parts import Describe
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.facts import FactList
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.widgets.plain import Button, Card, PlainLabel, SpokenFrame
from ui.desktop.widgets.status import Banner
from ui.desktop.words import moment_words
from ui.words.health import disease_word
from ui.words.health_secondary import worded
from ui.words.referrals import alert_word, changed_words, state_word

PRINT_A, PRINT_B = "print_a", "print_b"
COLUMNS = 3
_NEXT = {
    State.DRAFTED: "answer",
    State.ACCEPTED: "departure",
    State.LEFT: "arrival",
    State.NOT_ARRIVED: "arrival",
    State.ARRIVED: "slip",
}


class ReferralsPage(SpokenFrame):
    """``noticed`` and ``remarked`` as of a desk."""

    noticed = Signal(object)
    remarked = Signal(str, str)

    def __init__(self, model: ReferralModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.forms = ReferralForms(self, model, describe)
        self.heading, self.list = PlainLabel(kind="heading"), LineList()
        self.list.view.setObjectName("health.referrals")
        self.banner, self.facts = Banner(), FactList()
        self.buttons: dict[str, Button] = {name: Button() for name in self._steps()}
        self._lay_out()
        self.list.opened.connect(self._open)
        model.listed.connect(self._on_listed)
        model.shown.connect(self._on_shown)
        model.opened.connect(self._on_opened)
        model.moved.connect(self._on_moved)
        model.noticed.connect(self.noticed)
        for name, button in self.buttons.items():
            button.setObjectName("health.referral_step")
            button.clicked.connect(lambda _checked=False, name=name: self._steps()[name][1]())
        self.retranslate()

    def _steps(self) -> dict[str, tuple[type[Step], Callable[[], None]]]:
        forms = self.forms
        return {
            "answer": (Answered, forms.ask_answer),
            "departure": (Left, forms.ask_departure),
            "amend": (Amended, lambda: forms.ask_amendment(self._today())),
            "emergency": (LeftInEmergency, forms.ask_emergency),
            "arrival": (Arrived, forms.ask_arrival),
            "not_arrived": (NotArrived, forms.ask_not_arrived),
            "death": (DiedOnWay, forms.ask_death),
            "slip": (ReturnSlip, lambda: forms.ask_slip(self._today())),
            PRINT_A: (Printed, lambda: self.model.print_guia("A")),
            PRINT_B: (Printed, lambda: self.model.print_guia("B")),
            "cancel": (Cancelled, lambda: forms.ask_end(cancels=True)),
            "close": (Closed, lambda: forms.ask_end(cancels=False)),
        }

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.heading)
        left.addWidget(self.list, 1)
        card = Card(margin=16, spacing=12)
        card.column.addWidget(self.banner)
        card.column.addWidget(self.facts, 1)
        grid = QGridLayout()
        grid.setSpacing(8)
        for at, button in enumerate(self.buttons.values()):
            grid.addWidget(button, at // COLUMNS, at % COLUMNS)
        card.column.addLayout(grid)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, 5)
        row.addWidget(card, 6)

    def first_field(self) -> QWidget:
        """Return the list."""
        return self.list

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """F2 looks again, F5 prints the copy that is still to be made, F12 goes on with what comes next."""
        return {
            Key.RESCAN: self.model.refresh,
            Key.PRINT: self._print,
            Key.DECIDE: self._go_on,
            Key.BACK: self.list.setFocus,
        }

    def hide_people(self) -> None:
        """Show nobody."""
        self.model.put_away()

    def retranslate(self) -> None:
        """Word the page."""
        self.heading.setText(_("Open transfers"))
        headings = [Heading(_("Transfer")), Heading(_("Stands"), wide=True), Heading(_("Unit"), wide=True)]
        self.list.say(_("Open transfers"), headings, _("No transfer is open."))
        words = {
            "answer": _("Answer of a unit…"),
            "departure": _("Departure…"),
            "amend": _("Change the guia…"),
            "emergency": _("Emergency…"),
            "arrival": _("Arrived…"),
            "not_arrived": _("Not arrived…"),
            "death": _("Died on the way…"),
            "slip": _("Return slip…"),
            PRINT_A: _("Print copy A"),
            PRINT_B: _("Print copy B"),
            "cancel": _("Cancel…"),
            "close": _("Close…"),
        }
        for name, button in self.buttons.items():
            button.say(words[name])
        self._on_listed(self.model.every)
        self._on_shown(self.model.in_front)

    # --- inside

    def _today(self) -> date:
        return self.model.parts.local_time(self.model.clock()).date()

    def _open(self, key: object) -> None:
        self.model.choose(key)

    def _print(self) -> None:
        shown = self.model.in_front
        if shown is not None:
            self.model.print_guia("B" if shown.referral.printed[-1:] == ("A",) else "A")

    def _go_on(self) -> None:
        """Ask for the step that comes next in the usual way."""
        shown = self.model.in_front
        if shown is None:
            return
        name = "answer" if _asks_again(shown.referral) else _NEXT.get(shown.referral.state)
        if name is not None:
            self.buttons[name].click()

    def _on_listed(self, found: tuple[ListedReferral, ...]) -> None:
        lines = []
        for one in found:
            words = alert_word(one.alerts[0].code.value) if one.alerts else state_word(one.referral.state.value)
            lines.append(
                Line(
                    one.referral.id,
                    (one.referral.number, words, one.referral.facility_name or "—"),
                    "red" if one.alerts else "",
                )
            )
        shown = self.model.in_front
        self.list.show_lines(lines, shown.referral.id if shown else None)

    def _on_shown(self, shown: ShownReferral | None) -> None:
        for name, button in self.buttons.items():
            kind = self._steps()[name][0]
            button.setEnabled(shown is not None and shown.referral.follows(kind))
        if shown is not None and _asks_again(shown.referral):
            self.buttons["departure"].setEnabled(False)
        if shown is None:
            self.banner.show_verdict("grey", _("No transfer is in front"), _("Enter on a line opens it."))
            self.facts.show_facts(())
            return
        referral = shown.referral
        state = state_word(referral.state.value)
        if shown.alerts:
            heading = "; ".join(alert_word(one.code.value) for one in shown.alerts)
            self.banner.show_verdict("red", heading, f"{referral.number} · {state}")
        else:
            status = "amber" if referral.acceptance is None and not referral.is_over else "green"
            self.banner.show_verdict(status, state, referral.number)
        self.facts.show_facts(self._facts(shown))

    def _facts(self, shown: ShownReferral) -> list[tuple[str, str]]:
        referral, note, day = shown.referral, shown.referral.note, self._today()
        who = shown.who
        words = {
            name: dict(worded(referral_choices(name))) for name in ("urgency", "protection", "transport", "answer")
        }
        facts = [
            (_("Patient"), (who.full_name or "—") if who else _("forgotten")),
            (_("Telephone"), (who.phone if who else None) or "—"),
            (_("Urgency"), words["urgency"][note.urgency]),
            (_("Suspected"), "; ".join(disease_word(code, day) for code in note.suspected) or "—"),
            (_("Reason"), note.reason),
            (_("Protection"), words["protection"][note.protection_on(day)]),
            (_("Transport"), words["transport"][note.transport]),
            (_("Unit"), referral.facility_name or _("no unit has accepted yet")),
        ]
        if referral.due_at is not None:
            facts.append((_("Expected by"), self._moment(referral.due_at)))
        facts += [
            (
                self._moment(one.at),
                " · ".join(filter(None, (one.facility_name, words["answer"][one.answer], one.person))),
            )
            for one in referral.answers
        ]
        facts += [
            (
                _("Changed {at}").format(at=self._moment(one.at)),
                " · ".join(filter(None, (changed_words(one.changed), one.reason, one.by))),
            )
            for one in shown.amendments
        ]
        if referral.printed:
            facts.append((_("Copies made"), ", ".join(referral.printed)))
        return facts

    def _moment(self, at: datetime) -> str:
        return moment_words(self.model.parts.local_time(at))

    def _on_opened(self, referral: Referral) -> None:
        self.forms.done()
        self.remarked.emit(_("Transfer {number}: kept.").format(number=referral.number), "")

    def _on_moved(self, referral: Referral) -> None:
        self.forms.done()
        words = _("Transfer {number}: {state}.")
        self.remarked.emit(words.format(number=referral.number, state=state_word(referral.state.value)), "")


def _asks_again(referral: Referral) -> bool:
    """Return whether the unit accepted something else than what the guia says now: it is asked before departure."""
    return referral.state is State.ACCEPTED and referral.outgrown
