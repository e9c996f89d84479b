"""The border pass of the traveller at the desk: scanned, or typed as the document; held in memory alone."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from ui.desktop.lane.draft import LaneDraft
from ui.desktop.lane.drafting import Phase
from ui.desktop.lane.pass_errors import PassAlreadyShownError
from ui.desktop.lane.pass_parts import LanePasses
from ui.desktop.pass_shown import NoPassShownError, ShownPass
from ui.desktop.workers.runner import Runner
from ui.desktop.workers.token_gate import TokenMark

if TYPE_CHECKING:
    from bmis.passes.goods import CommonList, GoodsLine
    from ui.desktop.lane.view_model import LaneModel

CHECK = "border_pass"
KINDS = frozenset({"border_pass", "neighbour_border_pass", "border_facility_card"})


class PassingModel(QObject):
    """Signals: ``changed`` what is shown, ``failed`` an error. The lane's ``changed`` tells when the traveller goes."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, lane: "LaneModel", passes: LanePasses, runner: Runner) -> None:
        super().__init__(lane)
        self._lane, self._passes, self._runner = lane, passes, runner
        self._mark_of = TokenMark()
        self._mark = b""  # of the seal that was scanned
        self._whose: UUID | None = None  # the request of whoever showed a pass
        self._typed: tuple[str, ...] = ()  # kind, issuer, number and direction of a pass that was typed
        self._way = ""
        self._late = ""  # scanned while the decision before it was being stored
        self.shown: ShownPass | None = None
        self.goods: tuple[GoodsLine, ...] = ()
        self.is_reading = False
        self.changed.connect(lane.changed)
        self.failed.connect(lane.noticed)
        lane.changed.connect(self._follow)
        lane.deciding.busy.connect(self._on_busy)
        lane.reading.seal_seen.connect(self.take)

    @property
    def products(self) -> "CommonList | None":
        """The products of the simplified regime; None: no pass was shown, or its scheme has none."""
        return None if self.shown is None else self._passes.common_list(self.shown)

    def fills(self, draft: LaneDraft) -> bool:
        """Return whether the draft's document stands as the seal says it."""
        return self.shown is not None and draft.typed is not None and draft.typed.values == self.shown.fields

    def take(self, untrusted_text: str) -> None:
        """A seal was scanned: it is this traveller's, or begins the next one."""
        lane = self._lane
        if lane.deciding.is_busy:
            self._late = untrusted_text
            return
        mark = self._mark_of(untrusted_text)
        if lane.phase is Phase.WORK and mark == self._mark:
            return  # the same again
        if lane.phase is Phase.SAVED:
            lane.next_traveller()
        if self._mark and self.shown is not None:
            self.failed.emit(PassAlreadyShownError())
            return
        if lane.draft is None:
            lane.begin()
        draft = lane.draft
        if draft is not None:
            self._mark, self._typed = mark, ()
            request_id, way = draft.request_id, draft.direction.value
            self._ask(draft, lambda: self._passes.present(request_id, untrusted_text, way), self._on_scanned)

    def declare(
        self, goods: "tuple[GoodsLine, ...]", done: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        """Take the load of who shows the pass. ``done`` or ``failed`` is told whether it can be."""
        draft = self._lane.draft
        if draft is None or self.shown is None:
            failed(NoPassShownError())
            return
        request_id, way = draft.request_id, draft.direction.value

        def on_judged(shown: ShownPass | None) -> None:
            if shown is not None and self._is_at_desk(request_id):
                self.shown, self.goods = shown, goods
            done()
            self.changed.emit()

        self._runner.run(lambda: self._passes.declare(request_id, goods, way), on_judged, failed)

    def forget(self) -> None:
        """Forget what was shown; the checks no longer know it."""
        whose, self._whose = self._whose, None
        self.shown, self.goods, self._mark, self._typed, self.is_reading = None, (), b"", (), False
        if whose is not None:
            self._passes.forget(whose)

    def forget_and_check(self) -> None:
        """The pass was another person's: forget it, and check the traveller without it."""
        self.forget()
        self._lane.examine_again()
        self.changed.emit()

    # --- inside

    def _ask(self, draft: LaneDraft, job: Callable[[], ShownPass], then: Callable[[ShownPass], None]) -> None:
        self.is_reading, self._whose, self._way = True, draft.request_id, draft.direction.value
        request_id = draft.request_id
        self.changed.emit()

        def on_shown(shown: ShownPass) -> None:
            if not self._is_at_desk(request_id):  # the traveller left meanwhile: nothing of it stays
                self._passes.forget(request_id)
                return
            self.is_reading, self.shown = False, shown
            then(shown)
            self.changed.emit()

        def on_failed(error: Exception) -> None:
            if self._is_at_desk(request_id):
                self.is_reading, self.shown, self._mark = False, None, b""
                self._lane.examine_again()
            self.failed.emit(error)
            self.changed.emit()

        self._runner.run(job, on_shown, on_failed)

    def _on_scanned(self, shown: ShownPass) -> None:
        """The pass is the document where there is none; what follows from its scheme is answered, never overwritten."""
        lane = self._lane
        self._answer(shown)  # before the last crossing is looked up: what the scheme says needs nobody's confirmation
        if lane.draft is not None and lane.draft.is_empty and shown.is_proved:
            self._typed = (shown.kind, shown.fields["issuing_state"], shown.fields["number"], self._way)
            lane.begin_typed(shown.kind)
            lane.type_document(shown.fields, shown.missing, "")
        else:
            lane.examine_again()

    def _on_typed(self, shown: ShownPass) -> None:
        self._answer(shown)
        self._lane.examine_again()

    def _answer(self, shown: ShownPass) -> None:
        for name, text in shown.answers.items():
            draft = self._lane.draft
            if draft is not None and not draft.answers.get(name):
                self._lane.answer(name, text)
            elif draft is not None and draft.answers[name] == text and name in draft.carried - draft.confirmed:
                self._lane.confirm_carried(name)

    def _follow(self) -> None:
        """Forget as soon as the traveller is decided, put aside, or another; look at a pass that is typed."""
        draft = self._lane.draft
        if self._whose is not None and (draft is None or draft.request_id != self._whose):
            self.forget()
        if draft is None or self._lane.phase is not Phase.WORK or self.is_reading:
            return
        if self._mark:
            if self.shown is not None and draft.direction.value != self._way:
                self._turn(draft)
            return
        typed = self._typed_pass(draft)
        if typed and typed != self._typed:
            self._typed = typed
            kind, issuer, number, way = typed
            request_id = draft.request_id
            self._ask(
                draft, lambda: self._passes.present_document(request_id, kind, issuer, number, way), self._on_typed
            )
        elif not typed and self._typed:
            self.forget_and_check()

    def _turn(self, draft: LaneDraft) -> None:
        """The lane goes the other way now: judge the same pass and the same load for that."""
        request_id, way, goods = draft.request_id, draft.direction.value, self.goods
        self._way = way

        def on_judged(shown: ShownPass | None) -> None:
            if shown is not None and self._is_at_desk(request_id):
                self.shown = shown
                self._on_typed(shown)
            self.changed.emit()

        self._runner.run(lambda: self._passes.declare(request_id, goods, way), on_judged, self.failed.emit)

    def _typed_pass(self, draft: LaneDraft) -> tuple[str, ...]:
        """Return what tells the pass that is the draft's document, nothing where the document is none or not whole."""
        document = self._lane.document
        if document is None or document.kind not in KINDS or not document.number:
            return ()
        return (document.kind, document.issuing_state or "", document.number, draft.direction.value)

    def _is_at_desk(self, request_id: UUID) -> bool:
        draft = self._lane.draft
        return request_id == self._whose and draft is not None and draft.request_id == request_id

    def _on_busy(self, busy: bool) -> None:
        late, self._late = self._late, "" if not busy else self._late
        if late and not busy:
            self.take(late)
