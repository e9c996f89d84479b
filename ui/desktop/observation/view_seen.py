"""What was observed in the last days, who kept it, and taking a slot back."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bmis.flows.mobility.keeping import Standing
from bmis.flows.observed.coverage import ObservedPeriod
from bmis.flows.observed.slot import ObservedSlot, minutes_watched
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from ui.desktop.observation.parts import ObservationParts
from ui.desktop.observation.wording import interval_words, totals_words
from ui.desktop.parts import Describe
from ui.desktop.shell.desk import PaletteAction
from ui.desktop.shell.sections import Section
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, AskingDialog, ask_for, put_away, reason_field
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.widgets.plain import Button, PlainLabel
from ui.desktop.workers.asking import StoreModel
from ui.desktop.workers.runner import Runner
from ui.words.figures import day_words

DAYS = 7


class SeenModel(StoreModel):
    """Signals: ``listed`` the ObservedPeriod, ``gone`` a slot was taken back."""

    listed = Signal(object)
    gone = Signal()

    def __init__(self, parts: ObservationParts, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self.parts = parts

    def refresh(self) -> None:
        """Ask anew."""
        last = self.today()
        self.ask(lambda: self.parts.observed(last - timedelta(days=DAYS - 1), last), self.listed.emit)

    def today(self) -> date:
        """Return the day at the post."""
        return self.parts.local_now().date()

    def withdraw(self, record: UUID, reason: str, failed: Callable[[Exception], None]) -> None:
        """Take a slot back."""
        self.ask(lambda: self.parts.withdraw(record, reason), lambda _none: self._on_gone(), failed)

    def _on_gone(self) -> None:
        self.gone.emit()
        self.refresh()


class SeenSection(Section):
    """The slots that stand, the newest first; T takes one back."""

    def __init__(self, model: SeenModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model, self._describe = model, describe
        self._period: ObservedPeriod | None = None
        self.dialog: AskingDialog | None = None
        self.list = LineList({Qt.Key.Key_T: self.ask_withdraw})
        self.list.view.setObjectName("observation.seen")
        self.told, self.withdraw = PlainLabel(kind="field-label", wrap=True), Button()
        self.withdraw.clicked.connect(self.ask_withdraw)
        self.withdraw.setProperty("tall", True)
        row = QHBoxLayout()
        row.addWidget(self.told, 2)
        row.addWidget(self.withdraw, 1)
        self.column.addWidget(self.list, 1)
        self.column.addLayout(row)
        model.listed.connect(self._on_listed)
        model.gone.connect(lambda: self.remarked.emit(_("Taken back; it counts no more."), ""))
        model.noticed.connect(self.noticed)
        self.retranslate()

    def title(self) -> str:
        """Return its name."""
        return _("Observed")

    def first_field(self) -> QWidget | None:
        """Return the list."""
        return self.list

    def opened(self) -> None:
        """Look again."""
        self.model.refresh()

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """F9 takes back."""
        return {Key.REFUSE: self.ask_withdraw}

    def key_names(self) -> Mapping[Key, str]:
        """Return the words of the keys here."""
        return {Key.REFUSE: _("Take the slot back")}

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Offer to take a slot back."""
        return [PaletteAction(_("Take the slot back"), self.ask_withdraw)]

    def ask_withdraw(self) -> None:
        """Ask why the slot where one is should count no more."""
        key = self.list.key()
        if not isinstance(key, UUID):
            return

        def give(dialog: AskingDialog, answers: Answers) -> None:
            self.model.withdraw(key, answers["reason"], lambda error: dialog.stay(self._describe(error)))

        self.model.gone.connect(self._put_away, Qt.ConnectionType.UniqueConnection)
        self.dialog = ask_for(
            self,
            _("Take the slot back"),
            _("It stays in the store with the reason, and counts no more."),
            [reason_field()],
            ok=_("Take the slot back"),
            give=give,
            grave=True,
        )

    def retranslate(self) -> None:
        """Word the page."""
        self.heading.setText(_("Observed in the last days"))
        self.hint.setText(_("What was seen, by slot. These numbers are not crossings and are never added to them."))
        self.withdraw.say(_("Take the slot back  (T)"))
        headings = [
            Heading(_("Day")),
            Heading(_("Time")),
            Heading(_("Point")),
            Heading(_("How")),
            Heading(_("People"), wide=True),
            Heading(_("Kept by")),
        ]
        self.list.say(self.title(), headings, _("Nothing was observed in these days: that is unknown, not 0."))
        self._show()

    def _put_away(self) -> None:
        put_away(self.dialog)
        self.dialog = None

    def _on_listed(self, period: ObservedPeriod) -> None:
        self._period = period
        self._show()

    def _show(self) -> None:
        slots = self._period.slots if self._period is not None else ()
        newest = sorted(slots, key=lambda one: (one.noun.day, one.noun.start), reverse=True)
        self.list.show_lines([Line(one.id, self._cells(one)) for one in newest])
        self.withdraw.setEnabled(bool(newest))
        today = [one.noun for one in slots if one.noun.day == self.model.today()]
        totals: dict[str, int] = {}
        for slot in today:
            for way, n in slot.totals.items():
                totals[way] = totals.get(way, 0) + n
        told = _("Today: {minutes} min watched, {totals}. All other minutes are unknown.")
        self.told.setText(told.format(minutes=minutes_watched(today), totals=totals_words(totals)) if today else "")

    def _cells(self, one: Standing[ObservedSlot]) -> tuple[str, ...]:
        slot = one.noun
        how = _("counter") if slot.is_counter else _("groups: {count}").format(count=len(slot.groups))
        people = totals_words(slot.totals)
        if slot.estimated:
            people += f" · {_('estimated')}: {totals_words(slot.estimated)}"
        if gone := sum(slot.taken_back.values()):
            people += " · " + _n("{count} taken back", "{count} taken back", gone).format(count=gone)
        return (day_words(slot.day), interval_words(slot.start, slot.end), slot.fmp, how, people, one.by)
