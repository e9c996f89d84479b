"""The lane desk: document, person, checks side by side, one decision bar below. Lays out and wires, decides nothing."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from bmis.crossings.decision import Direction
from bmis.crossings.paperwork.drafts import LastTraveller
from bmis.crossings.paperwork.record_print import Printed
from bmis.kernel.clock import local
from bmis.kernel.i18n import translate as _
from ui.desktop.lane.drafting import Phase
from ui.desktop.lane.view_asking import LaneAsking
from ui.desktop.lane.view_bar import decision_buttons
from ui.desktop.lane.view_checks import ChecksPanel
from ui.desktop.lane.view_document import DocumentPanel
from ui.desktop.lane.view_doubt import DoubtPanel
from ui.desktop.lane.view_idle import IdlePanel, ShiftPanel
from ui.desktop.lane.view_model import LaneModel
from ui.desktop.lane.view_questions import QuestionForm
from ui.desktop.lane.view_saved import SavedPanel
from ui.desktop.lane.view_traveller import TravellerCard
from ui.desktop.lane.view_typed import TypedForm
from ui.desktop.lane.wording import act_words
from ui.desktop.shell.desk import Desk, DeskContext, PaletteAction
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.bars import DecisionBar
from ui.desktop.widgets.flow import EnterFlow
from ui.desktop.widgets.goods import GoodsAsking
from ui.desktop.widgets.status import Banner
from ui.desktop.widgets.wedge import WedgeFilter
from ui.desktop.workers.swipes import MakeSerialReader, SerialSwipes
from ui.words.labels import direction_word

AGES_EVERY_MS = 5000
WIDE = 1700  # pixels from which the outer columns grow
WIDTHS = {False: (336, 424), True: (460, 540)}


class LaneDesk(Desk):
    """One traveller at a time. ``asking`` holds its dialogs, ``wedge`` and ``swipes`` its readers by key and line."""

    def __init__(
        self,
        model: LaneModel,
        context: DeskContext,
        now_ms: Callable[[], float] | None = None,
        parent: QWidget | None = None,
        *,
        serial: MakeSerialReader | None = None,
    ) -> None:
        super().__init__(parent)
        self.model, self._context = model, context
        model.setParent(self)
        self._opened = self._in_front = False
        self.banner = Banner()
        self.banner.setObjectName("lane.last")
        self.document, self.traveller, self.typed = DocumentPanel(model), TravellerCard(model), TypedForm(model)
        self.doubt = DoubtPanel(model)
        self.questions, self.checks = QuestionForm(model), ChecksPanel(model, context.clock)
        self.idle, self.saved, self.shift = IdlePanel(model), SavedPanel(model), ShiftPanel(model)
        self.bar = DecisionBar()
        self.bar.setObjectName("lane.decision")
        self.asking = LaneAsking(self, model, context)
        self.goods = GoodsAsking(self, model.passing, context.describe, "lane.pass.goods")
        self.wedge, self.swipes = WedgeFilter(now_ms, self), SerialSwipes(serial, self)
        self._lay_out()
        self.flow = EnterFlow([*self.typed.steps(), *self.questions.steps()], self)
        self.questions.watch_enter()
        self._wire()
        self._ages = QTimer(self)
        self._ages.setInterval(AGES_EVERY_MS)
        self._ages.timeout.connect(self._tick)
        self.refresh()

    # --- what the frame asks

    def title(self) -> str:
        """Return the desk's name."""
        return _("Lane")

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """Return what each key does now."""
        model, asking = self.model, self.asking
        find = {Key.FIND: asking.find, Key.TOKEN: asking.health_card}
        undo = {Key.UNDO: asking.undo} if model.deciding.may_undo() else {}
        if model.phase is Phase.WORK:
            return {
                Key.DECIDE: asking.decide,
                Key.SECONDARY: asking.to_secondary,
                Key.REFUSE: asking.stop,
                Key.RESCAN: model.scan_again,
                Key.PHOTO: model.photograph,
                Key.NOTE: asking.note,
                Key.BACK: asking.back,
                **find,
                **undo,
            }
        saved = {Key.PRINT: model.deciding.print_slip, Key.BACK: model.next_traveller}
        return {**(saved if model.phase is Phase.SAVED else {}), **undo, Key.RESCAN: model.scan_again, **find}

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Return what else can be done now."""
        model, asking = self.model, self.asking
        actions = [
            PaletteAction(_("Direction: {way}").format(way=direction_word(way.value)), self._turn(way))
            for way in Direction
        ]
        actions.append(PaletteAction(_("Type the machine-readable zone"), self.type_zone))
        actions.append(PaletteAction(_("Open a picture"), asking.open_image))
        if model.phase is Phase.WORK:
            actions += [
                PaletteAction(act_words(decision), lambda decision=decision: model.decide(decision))  # type: ignore[misc]  # mypy infers no type for a lambda's default
                for decision in model.offered
            ]
            actions.append(PaletteAction(_("Confirm the answers of the last crossing"), model.confirm_carried))
            actions.append(PaletteAction(_("Discard this draft"), asking.discard))
            if model.clearing.has_shown:
                actions.append(PaletteAction(_("Forget the health token"), model.clearing.forget_and_check))
            if model.passing.shown is not None:
                actions.append(PaletteAction(_("Goods carried"), self.goods.ask))
                actions.append(PaletteAction(_("No goods after all"), self.goods.clear))
                actions.append(PaletteAction(_("Forget the border pass"), model.passing.forget_and_check))
        elif model.phase is Phase.SAVED:
            actions.append(PaletteAction(_("Print the refusal notice"), model.deciding.print_notice))
            actions.append(PaletteAction(_("Save the slip as a file"), lambda: asking.save_paper(Printed.SLIP)))
            actions.append(PaletteAction(_("Save the notice as a file"), lambda: asking.save_paper(Printed.NOTICE)))
        return actions

    def first_field(self) -> QWidget | None:
        """Return what takes the focus."""
        if self.model.phase is Phase.SAVED:
            return self.saved.next
        if self.model.phase is Phase.WORK:
            return self._next_field()
        way = self.model.direction or Direction.ENTRY
        return self.idle.zone if self.model.direction else self.idle.ways[way]

    def retranslate(self) -> None:
        """Word what is not a panel's own; the panels follow by themselves."""
        if self._opened:
            self.refresh()

    def opened(self) -> None:
        """Look up what was left open; keys and swipes are watched from now on."""
        self._in_front = True
        self.wedge.watch()
        self.swipes.start()
        self._ages.start()
        if not self._opened:
            self._opened = True
            self.model.open()
        else:
            self.model.reading.start()

    def locking(self) -> None:
        """Keep the draft, show nobody."""
        self.wedge.leave()
        self.swipes.stop()
        self._ages.stop()
        self.model.autosave.now()
        self.model.reading.stop()
        for panel in (self.document, self.traveller, self.doubt, self.typed, self.questions, self.shift):
            panel.clear()
        self.checks.health.clear()
        self.checks.border_pass.clear()

    def behind(self) -> None:
        """Another desk is in front: camera, keys and swipes are its."""
        self._in_front = False
        self.wedge.leave()
        self.swipes.stop()
        self._ages.stop()
        self.model.autosave.now()
        self.model.reading.stop()

    def unlocked(self) -> None:
        """Show the draft again."""
        if not self._in_front:
            self.refresh()
            return
        self.wedge.watch()
        self.swipes.start()
        self._ages.start()
        self.model.reading.start()
        self.refresh()

    def has_draft(self) -> bool:
        """Return whether a traveller with a document is open."""
        return self.model.has_draft()

    def closing(self) -> None:
        """Stop threads and timers, keep the draft."""
        self.wedge.leave()
        self.swipes.stop()
        self._ages.stop()
        self.model.close()

    # --- beginnings

    def type_zone(self) -> None:
        """Begin, or go on, with a zone typed by hand."""
        if self.model.phase is Phase.SAVED:
            self.model.next_traveller()
        if self.model.draft is None and not self.model.begin():
            return
        if self.model.draft is not None and self.model.draft.is_empty:
            self.traveller.begin_typing()
        else:
            self.traveller.zone.setFocus()

    # --- layout

    def _lay_out(self) -> None:
        work = QWidget()
        inside = QVBoxLayout(work)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        for panel in (self.traveller, self.doubt, self.typed, self.questions):
            inside.addWidget(panel)
        inside.addStretch(1)
        self._room = QScrollArea()
        self._room.setWidgetResizable(True)
        self._room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._room.setWidget(work)
        self.middle, self.right = QStackedWidget(), QStackedWidget()
        for page in (self.idle, self._room, self.saved):
            self.middle.addWidget(page)
        for side in (self.shift, self.checks):
            self.right.addWidget(side)
        columns = QHBoxLayout()
        columns.setSpacing(8)
        columns.addWidget(self.document)
        columns.addWidget(self.middle, 1)
        columns.addWidget(self.right)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        column.addWidget(self.banner)
        column.addLayout(columns, 1)
        column.addWidget(self.bar)

    def _wire(self) -> None:
        model = self.model
        model.changed.connect(self.refresh)
        model.began.connect(self._on_began)
        model.saved.connect(lambda _saved: self.saved.begin())
        model.noticed.connect(self.noticed)
        model.counted.connect(self.counted)
        model.directed.connect(self.directed)
        model.checking.landed_all.connect(self._on_landed)
        for reader in (self.wedge, self.swipes):
            reader.swiped.connect(model.reading.swiped)
            reader.scanned.connect(model.clearing.take)
            reader.sealed.connect(model.passing.take)
        self.wedge.misread.connect(model.noticed)
        self.swipes.failed.connect(model.noticed)
        self.idle.zone_asked.connect(self.type_zone)
        self.idle.image_asked.connect(self.asking.open_image)
        self.idle.kind_chosen.connect(self._begin_typed)
        self.shift.chosen.connect(self.asking.show)
        self.saved.next_asked.connect(model.next_traveller)
        self.saved.undo_asked.connect(self.asking.undo)
        self.typed.kind_taken.connect(self._focus_next)
        self.traveller.zone_typed.connect(self._focus_next)
        self.doubt.settled.connect(self._focus_next)
        self.checks.accepted.connect(self._focus_next)
        self.checks.border_pass.goods_asked.connect(self.goods.ask)
        self.goods.failed.connect(model.noticed)
        self.flow.finished.connect(self._focus_next)
        self.bar.chosen.connect(self.asking.choose_by_bar)
        self.bar.reworded.connect(self._show_bar)

    def refresh(self) -> None:
        """Show the model as it is now."""
        model = self.model
        before = (self.middle.currentIndex(), self.right.currentIndex())
        self.middle.setCurrentIndex([Phase.IDLE, Phase.WORK, Phase.SAVED].index(model.phase))
        self.right.setCurrentIndex(1 if model.phase is Phase.WORK else 0)
        by_hand = model.draft is not None and model.draft.typed is not None
        self.traveller.setVisible(not by_hand)
        self.typed.setVisible(by_hand)
        self.questions.setVisible(model.document is not None)
        self.document.refresh()
        if model.phase is Phase.WORK:
            for panel in (self.typed if by_hand else self.traveller, self.doubt, self.questions, self.checks):
                panel.refresh()
        else:
            (self.idle if model.phase is Phase.IDLE else self.saved).refresh()
            self.shift.refresh()
        self._show_last()
        self._show_bar()
        if (self.middle.currentIndex(), self.right.currentIndex()) != before:
            self.keys_changed.emit()
            if self.isVisible() and model.phase is not Phase.WORK and (field := self.first_field()):
                field.setFocus()

    def _show_bar(self) -> None:
        self.bar.setVisible(self.model.phase is Phase.WORK)
        self.bar.show_decisions(decision_buttons(self.model, self._context.keys()))

    def _show_last(self) -> None:
        opening = self.model.opening
        last: LastTraveller | None = opening.last_traveller if opening else None
        self.banner.setVisible(last is not None)
        if last is None:
            return
        at = local(last.at).strftime("%H:%M")
        if last.saved:
            self.banner.show_verdict(
                "green", _("Last traveller: SAVED at {at}").format(at=at), _("Do not record again.")
            )
        else:
            self.banner.show_verdict(
                "amber",
                _("Last traveller: NOT SAVED"),
                _("The draft of {at} is kept: decide again.").format(at=at),
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the outer columns more on a wide screen."""
        wide = event.size().width() >= WIDE
        self.document.setFixedWidth(WIDTHS[wide][0])
        self.right.setFixedWidth(WIDTHS[wide][1])
        super().resizeEvent(event)

    # --- focus

    def _next_field(self) -> QWidget | None:
        by_hand = self.model.draft is not None and self.model.draft.typed is not None
        if self.doubt.needs_a_look():
            return self.doubt.look
        if self.model.document is None:
            return self.flow.next_empty() if by_hand else self.traveller.zone
        return self.flow.next_empty() or self.checks.findings.first_unaccepted() or self.checks.verdict

    def _focus_next(self) -> None:
        """Go to what the traveller still needs: a question, then a check, then nothing but the decision."""
        if self.model.phase is not Phase.WORK or not self.isVisible():
            return
        look = self.doubt.look if self.doubt.needs_a_look() else None
        field = look or (self.flow.next_empty() if self.model.document is not None else self._next_field())
        if field is not None:
            field.setFocus()
            if look:  # its panel has only just come: it is laid out first
                QTimer.singleShot(0, self, lambda: self._room.ensureWidgetVisible(self.doubt, 0, 0))
            else:
                self._room.ensureWidgetVisible(field, 0, 24)
        elif not self.checks.focus_unaccepted():
            self.setFocus()

    def _on_began(self) -> None:
        """Lead on from a document that was read. Who types one leaves each field by Enter, never in mid-word."""
        if not self.typed.isAncestorOf(self.focusWidget() or self):
            self._focus_next()

    def _on_landed(self) -> None:
        focused = self.focusWidget()
        if focused is None or focused is self or not focused.isVisible():
            self._focus_next()

    def _begin_typed(self, kind: str) -> None:
        self.model.begin_typed(kind)
        self._focus_next()

    def _turn(self, way: Direction) -> Callable[[], None]:
        return lambda: self.model.choose_direction(way)

    def _tick(self) -> None:
        """Ages grow, and the time to take a decision back runs out."""
        if self.model.phase is Phase.WORK:
            self.checks.refresh()
        elif self.model.phase is Phase.SAVED:
            self.saved.refresh()
