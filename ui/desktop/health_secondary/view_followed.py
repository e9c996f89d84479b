"""The page of the people who are followed: lists by disease, who is to be seen today, one in front."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from poe_health.followup.follow import Followed, FollowedPerson
from poe_health.followup.settings import monitoring_choices
from poe_health.followup.steps import (
    Ended,
    HandoverAcknowledged,
    HandoverDeclined,
    HandoverSent,
    Step,
    Told,
    Visited,
)
from poe_health.followup.visit import DayStatus
from ui.desktop.health_secondary.monitoring_model import MonitoringModel, due_today
from ui.desktop.health_secondary.view_followed_forms import MonitoringForms
from ui.desktop.parts import Describe
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.facts import FactList
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.widgets.plain import Button, Card, LabelledField, PlainLabel, SpokenFrame
from ui.desktop.widgets.status import Banner
from ui.desktop.words import moment_words
from ui.words.health import disease_word
from ui.words.health_secondary import worded
from ui.words.referrals import day_word, state_word

TODAY, EVERYBODY = "today", ""
COLUMNS = 3


class MonitoringPage(SpokenFrame):
    """``referring`` carries a FollowedPerson who became ill; ``noticed`` and ``remarked`` as of a desk."""

    noticed = Signal(object)
    remarked = Signal(str, str)
    referring = Signal(object)

    def __init__(self, model: MonitoringModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.forms = MonitoringForms(self, model, describe)
        self.heading, self.list, self.which = PlainLabel(kind="heading"), LineList(), QComboBox()
        self.which.setObjectName("health.followed_which")
        self.which_field = LabelledField(self.which)
        self.list.view.setObjectName("health.followed")
        self.banner, self.facts = Banner(), FactList()
        self.buttons: dict[str, Button] = {name: Button() for name in self._acts()}
        self._lay_out()
        self.list.opened.connect(model.choose)
        self.which.activated.connect(lambda _at: self._on_listed(model.every))
        model.listed.connect(self._on_listed)
        model.shown.connect(self._on_shown)
        model.moved.connect(self._on_moved)
        model.noticed.connect(self.noticed)
        for name, button in self.buttons.items():
            button.setObjectName("health.monitoring_step")
            button.clicked.connect(lambda _checked=False, name=name: self._acts()[name][1]())
        self.retranslate()

    def _acts(self) -> dict[str, tuple[type[Step] | None, Callable[[], None]]]:
        forms = self.forms
        return {
            "visit": (Visited, forms.ask_visit),
            "told": (Told, forms.ask_told),
            "refer": (None, self._refer),
            "handover": (HandoverSent, forms.ask_handover),
            "acknowledged": (HandoverAcknowledged, forms.ask_acknowledged),
            "declined": (HandoverDeclined, forms.ask_declined),
            "print_handover": (None, self.model.print_handover),
            "print_sheet": (None, self.model.print_sheet),
            "end": (Ended, forms.ask_end),
        }

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.heading)
        left.addWidget(self.which_field)
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
        """F2 looks again, F3 chooses the list, F5 prints the sheet of days, F12 records a visit."""
        return {
            Key.RESCAN: self.model.refresh,
            Key.FIND: self.which.setFocus,
            Key.PRINT: self.model.print_sheet,
            Key.DECIDE: lambda: self.buttons["visit"].click(),
            Key.BACK: self.list.setFocus,
        }

    def hide_people(self) -> None:
        """Show nobody."""
        self.model.put_away()

    def retranslate(self) -> None:
        """Word the page."""
        self.heading.setText(_("People who are followed"))
        self.which_field.say(_("Which list"))
        headings = [
            Heading(_("Monitoring")),
            Heading(_("Disease"), wide=True),
            Heading(_("Day")),
            Heading(_("Today"), wide=True),
        ]
        self.list.say(_("People who are followed"), headings, _("Nobody is followed here."))
        words = {
            "visit": _("Visit…"),
            "told": _("Told…"),
            "refer": _("Transfer…"),
            "handover": _("Hand over…"),
            "acknowledged": _("Confirmed…"),
            "declined": _("Not accepted…"),
            "print_handover": _("Print handover"),
            "print_sheet": _("Print the days"),
            "end": _("End…"),
        }
        for name, button in self.buttons.items():
            button.say(words[name])
        self._on_listed(self.model.every)
        self._on_shown(self.model.in_front)

    # --- inside

    def _refer(self) -> None:
        shown = self.model.in_front
        if shown is not None:
            self.referring.emit(shown)

    def _today(self) -> date:
        return self.model.parts.local_day()

    def _on_listed(self, found: tuple[Followed, ...]) -> None:
        self._offer()
        wanted = self.which.currentData()
        chosen = [
            one
            for one in found
            if wanted == EVERYBODY
            or (wanted == TODAY and (due_today(one) or one.escalations))
            or one.monitoring.disease == wanted
        ]
        shown = self.model.in_front
        self.list.show_lines(
            [self._line(one) for one in chosen], shown.followed.monitoring.id if shown is not None else None
        )

    def _offer(self) -> None:
        day, at = self._today(), self.which.currentData()
        self.which.blockSignals(True)
        self.which.clear()
        self.which.addItem(_("Everybody"), EVERYBODY)
        self.which.addItem(_("To see or to tell today"), TODAY)
        for code in self.model.diseases:
            self.which.addItem(disease_word(code, day), code)
        self.which.setCurrentIndex(max(0, self.which.findData(at)))
        self.which.blockSignals(False)

    def _line(self, one: Followed) -> Line:
        monitoring, day = one.monitoring, self._today()
        number = min(max((day - monitoring.day0).days, 0), monitoring.started.days)
        words, status = self._today_words(one)
        cells = (monitoring.number, disease_word(monitoring.disease, day), f"{number}/{monitoring.started.days}", words)
        return Line(monitoring.id, cells, status)

    def _today_words(self, one: Followed) -> tuple[str, str]:
        if one.escalations:
            return self._finding(one.escalations[0].finding), "red"
        status = next((day.status for day in one.days if day.day == self._today()), None)
        if status is None:
            return state_word(one.monitoring.state.value), ""
        return day_word(status.value), "green" if status is DayStatus.WELL else "amber"

    @staticmethod
    def _finding(code: str) -> str:
        return dict(worded(monitoring_choices("finding")))[code]

    def _on_shown(self, shown: FollowedPerson | None) -> None:
        for name, button in self.buttons.items():
            kind = self._acts()[name][0]
            follows = shown is not None and (kind is None or shown.followed.monitoring.follows(kind))
            button.setEnabled(follows and (name != "told" or bool(shown and shown.followed.escalations)))
        if shown is None:
            self.banner.show_verdict("grey", _("Nobody is in front"), _("Enter on a line opens it."))
            self.facts.show_facts(())
            return
        words, status = self._today_words(shown.followed)
        self.banner.show_verdict(status or "grey", words, shown.followed.monitoring.number)
        self.facts.show_facts(self._facts(shown))

    def _facts(self, shown: FollowedPerson) -> list[tuple[str, str]]:
        followed, monitoring, who = shown.followed, shown.followed.monitoring, shown.who
        actions, people = dict(worded(monitoring_choices("action"))), dict(worded(monitoring_choices("to")))
        facts = [
            (_("Person"), (who.full_name or "—") if who else _("forgotten")),
            (_("Telephone"), " · ".join(filter(None, (who.phone, who.other_contact))) or "—" if who else "—"),
            (_("Address"), (who.address if who else None) or "—"),
            (_("Disease"), disease_word(monitoring.disease, self._today())),
            (_("Last day"), monitoring.last_day.strftime("%d/%m/%Y")),
            (_("Stands"), state_word(monitoring.state.value)),
        ]
        facts += [
            (
                self._finding(one.finding),
                _("{action}: tell the {whom} by {moment}").format(
                    action=actions[one.rule.action], whom=people[one.rule.to], moment=self._moment(one.due_at)
                ),
            )
            for one in followed.escalations
        ]
        facts += [
            (one.day.strftime("%d/%m/%Y"), day_word(one.status.value) + (f" ({_('typed late')})" if one.late else ""))
            for one in followed.days
            if one.status not in (DayStatus.PLANNED, DayStatus.BEFORE, DayStatus.AFTER)
        ]
        return facts

    def _moment(self, at: datetime) -> str:
        return moment_words(self.model.parts.local_time(at))

    def _on_moved(self, followed: Followed) -> None:
        self.forms.done()
        one = followed.monitoring
        words = _("Monitoring {number}: {state}.")
        self.remarked.emit(words.format(number=one.number, state=state_word(one.state.value)), "")
