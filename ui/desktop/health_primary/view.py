"""The primary screening desk: queue, pad and outcome in one page; beside it crowds and cholera express."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from bmis.crossings.paperwork.drafts import Draft
from bmis.kernel.clock import Clock
from bmis.kernel.i18n import translate as _
from poe_health.exchange.export_event import Handed
from poe_health.outbreaks.record_cholera import KeptCholera
from poe_health.screening.record import ScreeningView, State
from ui.desktop.health_primary.crowd import CrowdModel
from ui.desktop.health_primary.express import ExpressModel
from ui.desktop.health_primary.hearing import MakeThermometer
from ui.desktop.health_primary.parts import DeskDay, HealthPrimaryParts, LastKept
from ui.desktop.health_primary.view_asking import ask_note, ask_reason_to_force, ask_reason_to_void
from ui.desktop.health_primary.view_cholera import CholeraPage
from ui.desktop.health_primary.view_crowd import CrowdPage
from ui.desktop.health_primary.view_model import PrimaryModel
from ui.desktop.health_primary.view_outcome import OutcomePanel
from ui.desktop.health_primary.view_pad import Pad
from ui.desktop.health_primary.view_person import PersonPage
from ui.desktop.health_primary.view_queue import QueuePanel
from ui.desktop.health_primary.view_thermometer import PadThermometer
from ui.desktop.health_primary.view_voyage import VoyageDialog
from ui.desktop.health_primary.voyage import CarriedVoyage
from ui.desktop.health_primary.wording import key_names, outbreak_line, tab_words, waits_words
from ui.desktop.parts import Describe
from ui.desktop.shell.desk import Desk, PaletteAction
from ui.desktop.shortcuts import Key
from ui.desktop.theme import set_kind
from ui.desktop.widgets.asking import AskingDialog
from ui.desktop.widgets.plain import Button, PlainLabel
from ui.desktop.widgets.question import ask
from ui.desktop.widgets.status import StatusChip
from ui.desktop.words import button_words
from ui.desktop.workers.runner import Runner
from ui.words.exchange import handed_line

PRIMARY, CROWD, CHOLERA = 0, 1, 2
_SIDE, _OUTCOME = 250, 390


class PrimaryDesk(Desk):
    """Alt and 1 to 3 go to the queue, the count and cholera express; the keys of each stand beside it."""

    def __init__(
        self,
        parts: HealthPrimaryParts,
        runner: Runner,
        describe: Describe,
        clock: Clock,
        direction: str | None = None,
        thermometer: MakeThermometer | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._describe = describe
        self._day: DeskDay | None = None
        self.dialog: AskingDialog | None = None
        self.voyage_form: VoyageDialog | None = None
        self.model = PrimaryModel(parts, runner, clock, direction, self)
        self.crowd = CrowdModel(parts, runner, clock, direction, self)
        self.express = ExpressModel(parts, runner, clock, self)
        self.chip, self.line = StatusChip(), PlainLabel(wrap=True)
        self.tabs = [Button() for _tab in range(3)]
        self.queue, self.pad, self.person = QueuePanel(self.model), Pad(self.model), PersonPage(self.model)
        self.outcome = OutcomePanel(self.model)
        self.thermometer = PadThermometer(thermometer, self.pad, model=self.model, words=self._words, parent=self)
        self.crowd_page, self.cholera_page = CrowdPage(self.crowd), CholeraPage(self.express)
        self.middle, self.pages = QStackedWidget(), QStackedWidget()
        self._lay_out()
        self._watch()
        self.retranslate()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        for at, tab in enumerate(self.tabs):
            tab.setCheckable(True)
            tab.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            tab.clicked.connect(lambda _checked=False, at=at: self.show_page(at))
            shortcut = QShortcut(QKeySequence(f"Alt+{at + 1}"), self)
            shortcut.activated.connect(lambda at=at: self.show_page(at))
            top.addWidget(tab)
        top.addSpacing(8)
        top.addWidget(self.chip)
        top.addWidget(self.line, 1)
        self.middle.addWidget(self.pad)
        self.middle.addWidget(self.person)
        self.queue.setFixedWidth(_SIDE)
        self.outcome.setFixedWidth(_OUTCOME)
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.queue)
        row.addWidget(self.middle, 1)
        row.addWidget(self.outcome)
        for one in (page, self.crowd_page, self.cholera_page):
            self.pages.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.pages, 1)

    def _watch(self) -> None:
        model, pad = self.model, self.pad
        pad.saving.connect(model.save)
        pad.voyage.connect(self.change_voyage)
        pad.voyage_cleared.connect(model.clear_voyage)
        pad.card.connect(self.outcome.focus_card)
        pad.scanned.connect(model.scan)
        self.person.done.connect(lambda: model.save(at_once=True))
        self.queue.voyage.connect(self.change_voyage)
        self.queue.voyage_cleared.connect(model.clear_voyage)
        self.queue.voiding.connect(self.ask_to_void)
        self.outcome.saving.connect(self.keep)
        self.outcome.card_typed.connect(model.scan)
        self.outcome.left.connect(pad.setFocus)
        self.crowd_page.saving.connect(self.keep)
        model.day_known.connect(self._on_day)
        model.stopped.connect(self._on_stopped)
        model.person_needed.connect(self._ask_person)
        model.kept.connect(self._on_kept)
        model.printed.connect(lambda _where: self.remarked.emit(_("Sent to the printer."), ""))
        model.voided.connect(self._on_voided)
        model.sent_before.connect(self._on_sent_before)
        model.let_go.connect(self._on_let_go)
        self.express.printed.connect(lambda _where: self.remarked.emit(_("Sent to the printer."), ""))
        self.express.kept.connect(self._on_patient_kept)
        self.express.stopped.connect(lambda error, _field: self.cholera_page.show_trouble(self._words(error)))
        self.express.changed.connect(lambda: self.cholera_page.show_trouble(""))
        self.crowd.stopped.connect(lambda error: self.crowd_page.show_trouble(self._words(error)))
        self.crowd.counted.connect(self._on_counted)
        for one in (model, self.crowd, self.express):
            one.noticed.connect(self.noticed)
            one.restored.connect(lambda: self.remarked.emit(_("What was typed before is back."), ""))

    # --- what the frame asks

    def title(self) -> str:
        """Return its name."""
        return _("Health screening")

    def first_field(self) -> QWidget | None:
        """Return what hears the keys of the page in front."""
        if self.pages.currentIndex() == CROWD:
            return self.crowd_page
        if self.pages.currentIndex() == CHOLERA:
            return self.cholera_page.levels
        return self.person.first() if self.middle.currentWidget() is self.person else self.pad

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """Return what each key does; ``key_names`` says which mean something of their own here."""
        return {
            Key.RESCAN: lambda: self._of_the_traveller(self.model.take_again),
            Key.PRINT: self.print_slip,
            Key.SECONDARY: self.force_secondary,
            Key.HEALTH: lambda: self._of_the_traveller(self.queue.end_second_look),
            Key.NOTE: self.write_note,
            Key.REFUSE: lambda: self._of_the_traveller(self.model.turn_refused),
            Key.DECIDE: self.keep_at_once,
            Key.UNDO: lambda: self._of_the_traveller(self.void_last),
            Key.TOKEN: lambda: self._of_the_traveller(self.model.turn_desk_full),
            Key.BACK: self.back,
        }

    def key_names(self) -> Mapping[Key, str]:
        """Return the words of this desk's own keys."""
        return key_names()

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Offer the pages and the voyage."""
        names = tab_words()
        return [
            *(PaletteAction(words, lambda at=at: self.show_page(at)) for at, words in enumerate(names)),  # type: ignore[misc]  # mypy infers no type for a lambda's default
            PaletteAction(_("Change the voyage"), self.change_voyage),
            PaletteAction(_("Clear the voyage"), self.model.clear_voyage),
        ]

    def opened(self) -> None:
        """Read the lists of the day, take up what was left, listen to the thermometer."""
        self.model.refresh()
        self.model.ask(self.model.parts.kept_drafts, self._take_up)
        self.thermometer.start()

    def locking(self) -> None:
        """Nobody is shown, nothing is measured; what was typed is kept."""
        for model in (self.model, self.crowd, self.express):
            model.autosave.now()
        self.thermometer.stop()

    def unlocked(self) -> None:
        """The same person is back."""
        self.thermometer.start()
        self.model.refresh()

    def has_draft(self) -> bool:
        """Return whether somebody was begun."""
        return self.model.traveller.is_begun or self.crowd.is_begun or self.express.express.is_begun

    def closing(self) -> None:
        """Keep what is half done; deliver no answer after the session."""
        self.thermometer.stop()
        for model in (self.model, self.crowd, self.express):
            model.close()

    def retranslate(self) -> None:
        """Word the desk; its parts word themselves."""
        for at, (tab, words) in enumerate(zip(self.tabs, tab_words(), strict=True), 1):
            tab.say(words)
            tab.setToolTip(f"Alt+{at}")
            tab.setChecked(self.pages.currentIndex() == at - 1)
        self._show_line()

    # --- acts

    def show_page(self, at: int) -> None:
        """Bring a page to the front."""
        self.pages.setCurrentIndex(at)
        self.retranslate()
        field = self.first_field()
        if field is not None:
            field.setFocus()

    def keep(self) -> None:
        """Keep what the page in front is about."""
        if self.pages.currentIndex() == CROWD:
            self.crowd.save(self.model.voyage)
        elif self.pages.currentIndex() == CHOLERA:
            self.express.save()
        else:
            self.model.save(at_once=self.middle.currentWidget() is self.person)

    def keep_at_once(self) -> None:
        """Keep; of a traveller without asking who it is."""
        if self.pages.currentIndex() == PRIMARY:
            self.model.save(at_once=True)
        else:
            self.keep()

    def back(self) -> None:
        """From the person to the questions; else ask whether what was begun is to be forgotten."""
        page = self.pages.currentIndex()
        if page == PRIMARY and self.middle.currentWidget() is self.person:
            self.middle.setCurrentWidget(self.pad)
            self.pad.setFocus()
            return
        if page == PRIMARY and not self.pad.hasFocus():
            self.pad.setFocus()
            return
        begun = (self.model.traveller.is_begun, self.crowd.is_begun, self.express.express.is_begun)[page]
        if not begun:
            return
        ask(
            self,
            _("Forget what was begun?"),
            _("Nothing of it was kept: it is forgotten whole."),
            yes=_("Forget it"),
            no=button_words()["cancel"],
            answered=lambda yes: self._forget(page) if yes else None,
        )

    def print_slip(self) -> None:
        """Print the token that this page made last."""
        if self.pages.currentIndex() == CHOLERA:
            self.express.print_last()
        else:
            self.model.print_last()

    def change_voyage(self) -> None:
        """Ask for the voyage."""
        day = self._day
        if day is None or self.pages.currentIndex() == CHOLERA:
            return
        self.voyage_form = VoyageDialog(
            self, self.model.voyage, day.day, day.card.days, self._describe, self._take_voyage
        )
        self.voyage_form.open()

    def write_note(self) -> None:
        """Write a note on the traveller in front."""
        if self.pages.currentIndex() == PRIMARY:
            self.dialog = ask_note(self, self.model)

    def force_secondary(self) -> None:
        """Send to secondary against the proposal, with a reason."""
        if self.pages.currentIndex() == PRIMARY and self.model.traveller.is_begun:
            self.dialog = ask_reason_to_force(self, self.model, self._describe)

    def _of_the_traveller(self, act: Callable[[], None]) -> None:
        """Do it where the traveller is in front: nobody changes who is behind another page."""
        if self.pages.currentIndex() == PRIMARY:
            act()

    def void_last(self) -> None:
        """Void what this desk kept last."""
        last = self.model.last
        if last is not None:
            self._ask_to_void(last.screening_id, last.number)

    def ask_to_void(self, view: ScreeningView) -> None:
        """Ask why a record of the list is to be voided."""
        if view.state is State.STANDING:
            self._ask_to_void(view.id, str(view.record.seq))

    def _ask_to_void(self, screening_id: UUID, number: str) -> None:
        self.dialog = ask_reason_to_void(self, self.model, screening_id, number, self._describe)

    def _forget(self, page: int) -> None:
        (self.model.clear, self.crowd.clear, self.express.clear)[page]()
        self._show_pad()
        field = self.first_field()
        if field is not None:
            field.setFocus()

    # --- answers

    def _take_up(self, drafts: tuple[Draft, ...]) -> None:
        for model in (self.model, self.crowd, self.express):
            model.take_up(drafts)

    def _take_voyage(self, voyage: CarriedVoyage) -> None:
        self.model.set_voyage(voyage)
        self.crowd.face(voyage.direction)
        if voyage.direction in ("ENTRY", "EXIT"):
            self.directed.emit(voyage.direction)
        self.pad.setFocus()

    def _on_day(self, day: DeskDay) -> None:
        self._day = day
        self.cholera_page.show_day(day)
        self._show_line()

    def _on_stopped(self, error: Exception, where: str) -> None:
        words = self._words(error)
        if where == "person":
            self.middle.setCurrentWidget(self.person)
            self.person.show_trouble(words)
            self.person.first().setFocus()
            return
        self._show_pad()
        self.pad.show_trouble(words, where)
        self.pad.setFocus()

    def _ask_person(self) -> None:
        self.pad.show_trouble("", "")
        self.person.show_person()
        self.middle.setCurrentWidget(self.person)
        self.person.first().setFocus()

    def _on_kept(self, last: LastKept) -> None:
        self._show_pad()
        self.pad.setFocus()
        if last.waits:
            self.remarked.emit(waits_words(last.number), "")
        else:  # what was kept stands beside the pad: a bar over it would move the questions
            self.cleared.emit()
        self.counted.emit()

    def _on_let_go(self, last: LastKept) -> None:
        self.remarked.emit(_("{number} may go on: hand out the new slip or card.").format(number=last.number), "")
        self.pad.setFocus()

    def _on_patient_kept(self, kept: KeptCholera) -> None:
        self.cholera_page.show_trouble("")
        self.cholera_page.levels.setFocus()
        words = _("Patient {number}: plan {plan}. Kept; F5 prints the token.")
        self.remarked.emit(words.format(number=kept.record.seq, plan=kept.record.plan), "")
        self.counted.emit()
        self.model.refresh()

    def _on_counted(self, persons: int) -> None:
        self.remarked.emit(_("Counted and kept: {count}").format(count=persons), "")
        self.counted.emit()
        self.model.refresh()

    def _on_voided(self, _view: object) -> None:
        self.dialog = None
        self.remarked.emit(_("Voided; it is in no count any more."), "")
        self.counted.emit()
        self.pad.setFocus()

    def _on_sent_before(self, those: tuple[Handed, ...]) -> None:
        if those:  # what left before it was voided is never passed over
            self.remarked.emit(" ".join(handed_line(one) for one in those), "")

    def _show_pad(self) -> None:
        self.middle.setCurrentWidget(self.pad)
        self.pad.show_trouble("", "")

    # --- words

    def _show_line(self) -> None:
        status, words = ("grey", _("Lists are being read")) if self._day is None else outbreak_line(self._day)
        self.chip.show_status(status, words=_("Outbreaks"))
        self.line.setText(words)
        set_kind(self.line, "")

    def _words(self, error: Exception) -> str:
        notice = self._describe(error)
        return f"{notice.code}  {notice.what}. {notice.do}"
