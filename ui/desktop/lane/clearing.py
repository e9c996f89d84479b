"""The health token of the traveller at the desk: shown once, held in memory alone, forgotten with the traveller."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from bmis.kernel.clearance import ClearanceOutcome
from bmis.kernel.clearance_token import ClearanceRefusedError, TokenFault
from bmis.kernel.clock import Clock
from ui.desktop.lane.drafting import Phase
from ui.desktop.lane.errors import TokenAlreadyShownError
from ui.desktop.lane.parts import LaneHealth
from ui.desktop.workers.runner import Runner
from ui.desktop.workers.token_gate import TokenMark

if TYPE_CHECKING:
    from bmis.crossings.health_lane import Shown
    from ui.desktop.lane.view_model import LaneModel

CHECK = "health_step"


class Stand(StrEnum):
    """How the health step of the traveller at the desk stands."""

    UNUSED = "unused"  # port health does not work here, and nothing was shown
    READING = "reading"
    SHOWN = "shown"
    REFUSED = "refused"  # what was shown does not count
    NONE = "none"  # "sem senha"
    LATER = "later"  # at this post health comes after the lane


@dataclass(frozen=True, slots=True)
class HealthView:
    """What the officer is shown; never kept, never sent. ``repr`` does not tell the code."""

    stand: Stand
    outcome: ClearanceOutcome | None = field(default=None, repr=False)
    fault: TokenFault | None = field(default=None, repr=False)


class ClearingModel(QObject):
    """Signals: ``changed`` what is shown, ``failed`` an error. The lane's ``changed`` tells when the traveller goes."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, lane: "LaneModel", health: LaneHealth, runner: Runner, clock: Clock) -> None:
        super().__init__(lane)
        self._lane, self._health, self._runner, self._clock = lane, health, runner, clock
        self._mark_of = TokenMark()
        self._mark = b""
        self._whose: UUID | None = None  # the request of whoever showed something
        self._shown: Shown | None = None
        self._reading = False
        self._late = ""  # shown while the decision before it was being stored
        self.changed.connect(lane.changed)
        self.failed.connect(lane.noticed)
        lane.changed.connect(self._follow)
        lane.deciding.busy.connect(self._on_busy)
        lane.reading.token_seen.connect(self.take)

    @property
    def view(self) -> HealthView:
        """How the health step stands now."""
        if self._reading:
            return HealthView(Stand.READING)
        if self._shown is not None:
            clearance = self._shown.clearance
            if clearance is not None and self._clock() >= clearance.valid_until:
                return HealthView(Stand.REFUSED, fault=TokenFault.EXPIRED)
            stand = Stand.SHOWN if clearance is not None else Stand.REFUSED
            return HealthView(stand, self._shown.outcome, self._shown.fault)
        line = next((one for one in self._lane.checking.lines if one.name == CHECK), None)
        if line is None:
            return HealthView(Stand.UNUSED)
        later = any(finding.evidence == "after_lane" for finding in line.findings or ())
        return HealthView(Stand.LATER if later else Stand.NONE)

    @property
    def has_shown(self) -> bool:
        """Whether the traveller showed anything."""
        return self._shown is not None

    def take(self, untrusted_text: str) -> None:
        """A token was scanned: it is this traveller's, or begins the next one."""
        if self._lane.deciding.is_busy:
            self._late = untrusted_text
            return
        mark = self._mark_of(untrusted_text)
        if mark == self._mark and self._lane.phase is Phase.WORK:
            return  # the same again
        request_id = self._ready()
        if request_id is not None:
            self._ask(request_id, mark, lambda: self._health.present(request_id, untrusted_text), self.failed.emit)

    def take_card(self, untrusted_text: str, done: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        """Number and letters of a card were typed. ``done`` or ``failed`` is told whether it was taken."""
        request_id = self._ready()
        if request_id is None:
            done()  # the desk said why
            return
        self._ask(request_id, b"", lambda: self._health.present_card(request_id, untrusted_text), failed, done)

    def forget(self) -> None:
        """Forget what was shown; the checks no longer know it."""
        whose, self._whose = self._whose, None
        self._shown, self._mark, self._reading = None, b"", False
        if whose is not None:
            self._health.forget(whose)

    def forget_and_check(self) -> None:
        """The token was another person's: forget it, and check the traveller without it."""
        self.forget()
        self._lane.examine_again()
        self.changed.emit()

    def _ready(self) -> UUID | None:
        """Return the request of the traveller at the desk, begun where there is none; None where that may not be."""
        lane = self._lane
        if self._counts:
            self.failed.emit(TokenAlreadyShownError())
            return None
        if lane.phase is Phase.SAVED:
            lane.next_traveller()
        if lane.draft is None:
            lane.begin()
        return lane.draft.request_id if lane.draft is not None else None

    @property
    def _counts(self) -> bool:
        return self._shown is not None and self._shown.clearance is not None

    def _ask(
        self,
        request_id: UUID,
        mark: bytes,
        job: "Callable[[], Shown]",
        failed: Callable[[Exception], None],
        done: Callable[[], None] = lambda: None,
    ) -> None:
        self._reading, self._whose, self._mark = True, request_id, mark
        self.changed.emit()

        def on_shown(shown: "Shown") -> None:
            if not self._is_at_desk(request_id):  # the traveller left meanwhile: nothing of it stays
                self._health.forget(request_id)
                return
            self._reading, self._shown = False, shown
            done()
            if shown.fault is not None:
                self.failed.emit(ClearanceRefusedError(shown.fault))
            self._lane.examine_again()
            self.changed.emit()

        def on_failed(error: Exception) -> None:
            if self._is_at_desk(request_id):
                self._reading, self._mark = False, b""
            failed(error)
            self.changed.emit()

        self._runner.run(job, on_shown, on_failed)

    def _is_at_desk(self, request_id: UUID) -> bool:
        draft = self._lane.draft
        return request_id == self._whose and draft is not None and draft.request_id == request_id

    def _follow(self) -> None:
        """Forget as soon as the traveller is decided, put aside, or another."""
        draft = self._lane.draft
        if self._whose is not None and (draft is None or draft.request_id != self._whose):
            self.forget()

    def _on_busy(self, busy: bool) -> None:
        late, self._late = self._late, "" if not busy else self._late
        if late and not busy:
            self.take(late)
