"""Taking a decision: the second person where one is needed, the store, the papers, and taking it back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from bmis.crossings.crossing import Crossing, CrossingRequest, Refusal, Verdict
from bmis.crossings.deciding import needs_second_person
from bmis.crossings.decision import STOPS, Decision
from bmis.crossings.errors import FindingsChangedError, NotAcknowledgedError, SecondPersonNeededError
from bmis.crossings.finding import Finding
from bmis.crossings.paperwork.drafts import DraftEntry
from bmis.crossings.paperwork.record_print import Printed
from bmis.crossings.record_crossing import LET_THROUGH
from bmis.kernel.clock import Clock
from ui.desktop.lane.errors import NothingToPrintError, NothingToUndoError, PrinterAbsentError
from ui.desktop.lane.parts import LaneParts, Picture, SavedCrossing
from ui.desktop.papers import save_paper
from ui.desktop.refusing import RefusalAnswers
from ui.desktop.workers.runner import Runner

_NO_ANSWERS = RefusalAnswers()


@dataclass(frozen=True, slots=True)
class Intent:
    """A decision about to be stored, with all that was shown when it was taken."""

    draft: DraftEntry
    request: CrossingRequest
    decision: Decision
    findings: tuple[Finding, ...]
    acknowledged: frozenset[str]
    pictures: tuple[Picture, ...] = ()
    answers: RefusalAnswers = _NO_ANSWERS
    same_as: UUID | None = None

    @property
    def verdict(self) -> Verdict:
        """Return it as the rooms take it."""
        stops = self.decision in STOPS
        said = self.answers
        return Verdict(
            decision=self.decision,
            reasons=said.reasons if stops else (),
            reason_text=(said.text or None) if stops else None,
            acknowledged=self.acknowledged,
            refusal=Refusal(
                protection_claim=said.protection_claim,
                consulate_informed=said.consulate_informed,
                carrier_informed=said.carrier_informed,
            ),
            shown=self.findings,
        )


class DecidingModel(QObject):
    """Signals: ``saved`` a SavedCrossing, ``returned`` findings that changed and the error, ``second_needed`` an
    Intent, ``undone`` a Crossing, ``printed`` where a paper went, ``file_wanted`` a
    Printed that no printer takes, ``busy`` a bool, ``failed`` an error."""

    saved = Signal(object)
    returned = Signal(object, object)
    second_needed = Signal(object)
    undone = Signal(object)
    printed = Signal(str)
    file_wanted = Signal(object)
    busy = Signal(bool)
    failed = Signal(object)

    def __init__(self, parts: LaneParts, runner: Runner, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts, self._runner, self._clock = parts, runner, clock
        self._undo_within = timedelta(0)
        self._saved: SavedCrossing | None = None
        self._busy = False

    @property
    def is_busy(self) -> bool:
        """Whether a decision is on its way to the store."""
        return self._busy

    def may_undo(self) -> Crossing | None:
        """Return the decision that can still be taken back: the last one, not for long."""
        saved = self._saved
        if saved is None or self._clock() > saved.undo_until:
            return None
        return saved.crossing

    def undo_until(self) -> datetime | None:
        """Return until when the last decision can be taken back."""
        return self._saved.undo_until if self._saved else None

    def set_undo_window(self, within: timedelta) -> None:
        """Take the window of the post's dated rules."""
        self._undo_within = within

    def decide(self, intent: Intent) -> None:
        """Store the decision; a second person is asked for first where the findings need one."""
        if self._busy:
            return
        if needs_second_person(intent.decision, intent.findings, intent.request.evidence.photo_answer):
            self.second_needed.emit(intent)
            return
        self._store(intent)

    def sign(self, intent: Intent, name: str, password: str) -> None:
        """Store the decision with the signature of the second person."""
        self._store(intent, lambda: self._parts.approve(LET_THROUGH, intent.request.request_id, name, password))

    def defer(self, intent: Intent) -> None:
        """Store the decision with a signature that is owed (a post with a single officer)."""
        self._store(intent, lambda: self._parts.defer(LET_THROUGH, intent.request.request_id))

    def undo(self) -> None:
        """Take the last decision back."""
        crossing = self.may_undo()
        if crossing is None:
            self.failed.emit(NothingToUndoError())
            return
        self._runner.run(
            lambda: self._parts.undo(crossing.id), lambda _none: self._on_undone(crossing), self.failed.emit
        )

    def print_slip(self) -> None:
        """Print the slip of the last decision; after the first it says that it is a copy."""
        self._print(Printed.SLIP)

    def print_notice(self) -> None:
        """Print the notice of a refusal."""
        self._print(Printed.NOTICE)

    def save_paper(self, what: Printed, path: Path) -> None:
        """Write the paper to the file that the officer named."""
        crossing = self._printable(what)
        if crossing is None:
            return

        def work() -> str:
            saved = save_paper(path, self._parts.paper(crossing, what))
            self._parts.printed(crossing, what)
            return str(saved)

        self._runner.run(work, self.printed.emit, self.failed.emit)

    def _print(self, what: Printed) -> None:
        crossing = self._printable(what)
        if crossing is None:
            return

        def on_failed(error: Exception) -> None:
            self.failed.emit(error)
            if isinstance(error, PrinterAbsentError):
                self.file_wanted.emit(what)

        self._runner.run(lambda: self._parts.print_paper(crossing, what), self.printed.emit, on_failed)

    def _printable(self, what: Printed) -> Crossing | None:
        crossing = self._saved.crossing if self._saved else None
        if crossing is None or (what is Printed.NOTICE and crossing.decision not in STOPS):
            self.failed.emit(NothingToPrintError())
            return None
        return crossing

    def leave(self) -> None:
        """The next traveller comes: the draft of the last one is no longer needed. Taking back stays possible."""
        if self._saved is not None:
            request_id = self._saved.crossing.request.request_id
            self._runner.run(lambda: self._parts.close_draft(request_id), lambda _closed: None, self.failed.emit)

    def _store(self, intent: Intent, approve: "object | None" = None) -> None:
        self._busy = True
        self.busy.emit(True)

        def work() -> Crossing:
            approval = approve() if callable(approve) else None
            return self._parts.decide(intent.draft, intent.request, intent.verdict, intent.pictures, approval)

        self._runner.run(work, lambda crossing: self._on_stored(intent, crossing), self._on_failed)

    def _on_stored(self, intent: Intent, crossing: Crossing) -> None:
        self._busy = False
        self._saved = SavedCrossing(crossing, crossing.recorded_at + self._undo_within)
        self.busy.emit(False)
        other = intent.same_as
        if other is not None and other != crossing.traveller_id:
            self._runner.run(
                lambda: self._parts.link(crossing, other, "accepted at the lane"), lambda _none: None, self.failed.emit
            )
        self.saved.emit(self._saved)
        if crossing.decision in STOPS:
            self.print_notice()

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        self.busy.emit(False)
        if isinstance(error, FindingsChangedError | NotAcknowledgedError | SecondPersonNeededError):
            self.returned.emit(error.findings, error)
        self.failed.emit(error)

    def _on_undone(self, crossing: Crossing) -> None:
        self._saved = None
        self.undone.emit(crossing)
