"""The lane: one traveller at a time, from the document to the stored decision. QtCore only."""

from dataclasses import replace
from types import MappingProxyType

from PySide6.QtCore import QObject, Signal

from bmis.crossings.crossing import ImageKind
from bmis.crossings.decision import LETS_THROUGH, STOPS, Decision, Direction
from bmis.crossings.paperwork.drafts import Draft
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from bmis.store.errors import ClockSetBackError
from ui.desktop.lane.clearing import clearing_at
from ui.desktop.lane.deciding import DecidingModel, Intent
from ui.desktop.lane.draft import LaneDraft, ReadZone, TypedDocument, draft_of
from ui.desktop.lane.drafting import DraftingModel, Phase
from ui.desktop.lane.errors import (
    DecisionShutError,
    DirectionNotChosenError,
    DraftUnreadableError,
    NothingProposedError,
)
from ui.desktop.lane.parts import LaneParts, Opening, SavedCrossing, ShiftList
from ui.desktop.lane.passing import PassingModel
from ui.desktop.lane.reading import SeenDocument
from ui.desktop.lane.shutting import WhyShut, shut_by
from ui.desktop.refusing import RefusalAnswers
from ui.desktop.workers.checks import CheckRunner
from ui.desktop.workers.frames import FrameWorker
from ui.desktop.workers.runner import Runner


class LaneModel(DraftingModel):
    """Signals beside those of the draft: ``other_seen`` a SeenDocument that is not the draft's; ``two_seen`` a tuple
    of them; ``refusing`` a Decision whose questions are to be asked; ``saved`` a SavedCrossing; ``directed`` a code;
    ``counted`` the header's figures may have changed."""

    other_seen = Signal(object)
    two_seen = Signal(object)
    refusing = Signal(object)
    saved = Signal(object)
    directed = Signal(str)
    counted = Signal()

    def __init__(
        self,
        parts: LaneParts,
        runner: Runner,
        checks: CheckRunner,
        clock: Clock,
        direction: str | None,
        frames: FrameWorker | None = None,
        parent: QObject | None = None,
        *,
        aside: Runner | None = None,
    ) -> None:
        super().__init__(parts, runner, checks, clock, frames, parent, aside=aside)
        self._checks = checks
        self.deciding = DecidingModel(parts, runner, clock, self)
        self.clearing = clearing_at(self, parts.health, runner, clock)
        self.passing = PassingModel(self, parts.passes, runner)
        self.direction = Direction(direction) if direction else None
        self.opening: Opening | None = None
        self.shift = ShiftList((), ())
        self.last_saved: SavedCrossing | None = None
        self._waiting: SeenDocument | None = None  # laid under the camera before the open draft was decided
        self._undone_draft: LaneDraft | None = None
        self._clock_was_told = False
        self.checking.landed_all.connect(self._tell_of_the_clock)
        self.reading.seen.connect(self.take)
        self.reading.two_seen.connect(self._on_two)
        self.reading.left.connect(self.changed)
        self.deciding.failed.connect(self.noticed)
        self.deciding.saved.connect(self._on_saved)
        self.deciding.returned.connect(self._on_returned)
        self.deciding.undone.connect(self._on_undone)
        self.deciding.busy.connect(lambda _busy: self.changed.emit())

    @property
    def rooms(self) -> LaneParts:
        """The use cases, for the dialogs that look things up."""
        return self._parts

    # --- opening and closing

    def open(self) -> None:
        """Look up what was left open, and begin to look for documents."""
        self._runner.run(self._parts.opening, self._on_opening, self.noticed.emit)
        self.refresh()
        if self.direction is not None:
            self.directed.emit(self.direction.value)
        self.reading.start()

    def refresh(self) -> None:
        """Ask for the list of this shift again."""
        self._runner.run(self._parts.shift, self._on_shift, self.noticed.emit)
        self.counted.emit()

    def close(self) -> None:
        """Stop the camera; keep the draft."""
        self.reading.stop()
        self.doubting.stop()
        self.autosave.now()
        if self.phase is Phase.SAVED:
            self.deciding.leave()
        self.clearing.forget()
        self.passing.forget()
        self._checks.stop()
        self._parts.capture.close()

    def choose_direction(self, direction: Direction) -> None:
        """Say which way this lane goes; an open draft goes that way from now on and is checked again."""
        self.direction = direction
        self.directed.emit(direction.value)
        if self.draft is not None and self.phase is Phase.WORK and self.draft.direction is not direction:
            self._put(replace(self.draft, direction=direction))
            self._examine()
        self.changed.emit()

    # --- the document

    def take(self, seen: object) -> None:
        """A document was read: it begins a draft, fills an empty one, or asks whether it is another traveller."""
        if not isinstance(seen, SeenDocument):
            return
        if self.phase is Phase.SAVED:
            self.next_traveller()
        if self.draft is None:
            if not self.begin():
                return
        elif not self.draft.is_empty:
            if not self._is_same(seen):
                self.other_seen.emit(seen)
            elif not seen.zone.unsure:
                self._on_read_better(seen)
            return
        self._take(seen)

    def scan_again(self) -> None:
        """Read the document again (F2); checks that did not run are tried again."""
        if self.document is not None and self.checking.examined is None and not self.checking.is_running:
            self._examine()
        elif self.reading.has_camera or self.draft is None:
            self.reading.scan_again()
        else:
            self._examine()

    def begin(self) -> bool:
        """Begin an empty draft. False: nobody has said which way the lane goes."""
        if self.direction is None:
            self.noticed.emit(DirectionNotChosenError())
            return False
        self.deciding.leave()
        mode = self.opening.travel_mode if self.opening else None
        answers = {"journey.travel_mode": mode} if mode else {}
        self.draft = LaneDraft(new_id(self._clock()), self.direction, answers=MappingProxyType(answers))
        self.phase = Phase.WORK
        self._forget_document()
        self.changed.emit()
        return True

    def begin_typed(self, kind: str) -> None:
        """Begin a document without a machine-readable zone, of this kind."""
        if self.phase is Phase.SAVED:
            self.next_traveller()
        if self.draft is None and not self.begin():
            return
        if self.draft is not None:
            self._by_hand = True
            typed = (self.draft.typed or TypedDocument(kind)).as_kind(kind)
            self._put(replace(self.draft, zone=None, typed=typed))
            self._read_draft()

    def type_zone(self, zone: ReadZone) -> None:
        """Take a machine-readable zone typed or corrected by hand: the same traveller as before."""
        if self.draft is None and not self.begin():
            return
        if self.draft is not None and (self.draft.zone is None or self.draft.zone.lines != zone.lines):
            self._by_hand = True
            before = self.draft.zone
            self._put(replace(self.draft, zone=before.retyped(zone.lines) if before else zone, typed=None))
            self._read_draft()

    # --- another traveller

    def keep_draft(self) -> None:
        """Go on with the open draft; the other document is not taken."""
        self._waiting = None

    def finish_first(self, seen: SeenDocument) -> None:
        """Go on with the open draft; the other document comes next."""
        self._waiting = seen

    def start_other(self, seen: SeenDocument) -> None:
        """Put the open draft aside, kept, and begin with the other document."""
        self.put_aside()
        if self.begin():
            self._take(seen)

    def take_beside(self, seen: SeenDocument) -> None:
        """The document is of whoever shows the pass: it is recorded, and compared with the pass."""
        self._take(seen)
        self._by_hand = True  # another document than the draft's so far, and the same traveller

    def put_aside(self) -> None:
        """Leave the traveller at the desk; the draft is kept and can be taken up again."""
        if self.phase is Phase.WORK and self.draft is not None and not self.draft.is_empty:
            self.autosave.soon(self._entry)
            self.autosave.now()
        self._to_idle()
        self._runner.run(self._parts.opening, self._on_drafts, self.noticed.emit)

    def discard(self, reason: str) -> None:
        """Forget the draft, with a reason when it holds a document."""
        draft = self.draft
        self.autosave.drop()
        self._to_idle()
        if draft is None:
            return
        if draft.is_empty:
            return
        request_id = draft.request_id
        self._runner.run(lambda: self._parts.discard_draft(request_id, reason), lambda _none: None, self.noticed.emit)

    def resume(self, kept: Draft) -> None:
        """Take up a draft that was kept."""
        try:
            draft = draft_of(kept.request_id, kept.content)
        except (ValueError, KeyError, TypeError, IndexError):
            self.noticed.emit(DraftUnreadableError())
            return
        self.draft, self.phase = draft, Phase.WORK
        if self.direction is None:
            self.direction = draft.direction
            self.directed.emit(draft.direction.value)
        self._forget_document()
        self._read_draft(accepted=draft.acknowledged)

    # --- the decision

    def why_shut(self, decision: Decision) -> tuple[WhyShut, ...]:
        """Return what keeps a decision shut; empty: it is open."""
        return shut_by(self, decision, is_busy=self.deciding.is_busy)

    @property
    def offered(self) -> tuple[Decision, ...]:
        """The decisions that fit this traveller."""
        proposal = self.checking.proposal
        return proposal.offered if proposal else ()

    @property
    def stop(self) -> Decision | None:
        """The decision that F9 means here: refusing entry, preventing exit; None where it is not offered."""
        return next((decision for decision in self.offered if decision in STOPS), None)

    def decide_proposed(self) -> None:
        """Take the decision that is proposed (F12)."""
        proposal = self.checking.proposal
        if self.phase is Phase.WORK and proposal is not None and proposal.decision is None:
            self.noticed.emit(NothingProposedError())
        elif self.phase is Phase.WORK and proposal is not None and proposal.decision is not None:
            self.decide(proposal.decision)
        elif self.phase is Phase.WORK:
            self.noticed.emit(DecisionShutError())

    def decide(self, decision: Decision) -> None:
        """Take this decision; one that stops the traveller asks its questions first."""
        if self.phase is not Phase.WORK:
            return
        if self.why_shut(decision) or decision not in self.offered:
            self.noticed.emit(DecisionShutError())
        elif decision in STOPS:
            self.refusing.emit(decision)
        else:
            self._decide(decision, RefusalAnswers())

    def _tell_of_the_clock(self) -> None:
        """Say once a session that the machine's clock was set back: the record is marked, the traveller goes on."""
        examined = self.checking.examined
        if examined is not None and examined.clock_set_back and not self._clock_was_told:
            self._clock_was_told = True
            self.noticed.emit(ClockSetBackError())

    def refuse(self, decision: Decision, answers: RefusalAnswers) -> None:
        """Stop the traveller, or refer who fears to return or asks for protection: that ends every refusal."""
        self._decide(Decision.REFERRED if answers.protection_claim else decision, answers)

    def next_traveller(self) -> None:
        """Leave the confirmation; a document that waited comes now."""
        self._to_idle()
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.take(waiting)

    # --- answers of the rooms

    def _on_opening(self, opening: Opening) -> None:
        self.opening = opening
        self.deciding.set_undo_window(opening.undo_within)
        if opening.drafts and self.draft is None:
            self.resume(opening.drafts[0])
        self.changed.emit()

    def _on_drafts(self, opening: Opening) -> None:
        if self.opening is not None:
            self.opening = replace(self.opening, drafts=opening.drafts)
        self.changed.emit()

    def _on_shift(self, shift: ShiftList) -> None:
        self.shift = shift
        self.changed.emit()

    def _on_two(self, seen: object) -> None:
        if self.phase is Phase.SAVED:
            self.next_traveller()
        self.two_seen.emit(seen)

    def _on_saved(self, saved: SavedCrossing) -> None:
        self.last_saved, self._undone_draft = saved, self.draft
        lines = self.draft.zone.lines if self.draft and self.draft.zone else ()
        self.phase, self.draft = Phase.SAVED, None
        if self.opening is not None:  # the last traveller of before the power cut is no longer the last
            self.opening = replace(self.opening, last_traveller=None)
        self.reading.decided(lines)
        self.checking.forget()
        self.saved.emit(saved)
        self.changed.emit()
        self.refresh()

    def _on_returned(self, findings: object, _error: object) -> None:
        if isinstance(findings, tuple) and findings:
            self.checking.take(findings)
            self._examine()
        self.autosave.soon(self._entry)

    def _on_undone(self, _crossing: object) -> None:
        """What was decided is open again, as a new traveller: the old request is closed for good."""
        draft, self._undone_draft = self._undone_draft, None
        self.last_saved = None
        self._to_idle()
        self.refresh()
        if draft is not None:
            pictures = tuple(replace(one, id=new_id(self._clock())) for one in draft.pictures)
            self.draft = replace(draft, request_id=new_id(self._clock()), pictures=pictures)
            self.phase = Phase.WORK
            self._read_draft()

    # --- inside

    def _take(self, seen: SeenDocument) -> None:
        if self.draft is None:
            return
        self._by_hand = False
        self._put(replace(self.draft, zone=seen.zone, typed=None))
        self._look(seen)
        self._read_draft()
        capture, frame, reading = self._parts.capture, seen.frame, seen.reading
        if frame is None or reading is None:
            return
        self._runner.run(
            lambda: capture.document_photo(frame, reading), self._on_photo(ImageKind.DOCUMENT_PHOTO), self.noticed.emit
        )
        self._runner.run(lambda: capture.page_image(frame), self._on_photo(ImageKind.PAGE), self.noticed.emit)

    def _decide(self, decision: Decision, answers: RefusalAnswers) -> None:
        if decision not in LETS_THROUGH and self.draft is not None and self.unconfirmed:
            self._put(self.draft.without(self.unconfirmed))  # who stays here is not asked to confirm where from
        request, entry, examined = self.request, self._entry(), self.checking.examined
        if self.draft is None or request is None or entry is None or examined is None:
            return
        self.autosave.drop()
        self.deciding.decide(
            Intent(
                entry,
                request,
                decision,
                examined.findings,
                self.checking.acknowledged,
                self.draft.pictures,
                answers,
                self.draft.same_as,
            )
        )

    def _to_idle(self) -> None:
        if self.phase is Phase.SAVED:
            self.deciding.leave()
        self.phase, self.draft = Phase.IDLE, None
        self._forget_document()
        self.changed.emit()
