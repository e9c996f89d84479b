"""The health token of the traveller at a desk: shown once, held in memory alone, forgotten with the traveller.

QtCore only. The lane and the truck have it: each tells it through ``AtDesk`` who stands there.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from bmis.crossings.finding import Finding
from bmis.kernel.clearance_token import ClearanceRefusedError, TokenFault
from bmis.kernel.clock import Clock
from ui.desktop.health_shown import DeskHealth, HealthView, Stand, TokenAlreadyShownError
from ui.desktop.workers.runner import Runner
from ui.desktop.workers.token_gate import TokenMark

if TYPE_CHECKING:
    from bmis.crossings.health_lane import Shown

CHECK = "health_step"


class AtDesk(Protocol):
    """The desk at which tokens are shown."""

    @property
    def traveller(self) -> UUID | None:
        """The request of whoever stands there, None where nobody does or the decision is stored already."""

    @property
    def is_deciding(self) -> bool:
        """Whether a decision is being stored."""

    @property
    def health_findings(self) -> Sequence[Finding] | None:
        """What the health step says of the traveller; None: it is not among the checks."""

    def begin(self) -> UUID | None:
        """Return the request of whoever stands there, begun where nobody does; None: the desk has said why not."""

    def examine_again(self) -> None:
        """Check the traveller anew, if there is anything to check."""


class ClearingModel(QObject):
    """Signals: ``changed`` what is shown, ``failed`` an error. Its desk calls ``follow`` when the traveller may have
    gone, and ``busy`` when a decision begins or ends to be stored."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, at: AtDesk, health: DeskHealth, runner: Runner, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._at, self._health, self._runner, self._clock = at, health, runner, clock
        self._mark_of = TokenMark()
        self._mark = b""
        self._whose: UUID | None = None  # the request of whoever showed something
        self._shown: Shown | None = None
        self._reading = False
        self._late = ""  # shown while the decision before it was being stored

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
        findings = self._at.health_findings
        if findings is None:
            return HealthView(Stand.UNUSED)
        later = any(finding.evidence == "after_lane" for finding in findings)
        return HealthView(Stand.LATER if later else Stand.NONE)

    @property
    def has_shown(self) -> bool:
        """Whether the traveller showed anything."""
        return self._shown is not None

    def take(self, untrusted_text: str) -> None:
        """A token was scanned: it is this traveller's, or begins the next one."""
        if self._at.is_deciding:
            self._late = untrusted_text
            return
        mark = self._mark_of(untrusted_text)
        if mark == self._mark and self._at.traveller is not None:
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
        self._at.examine_again()
        self.changed.emit()

    def follow(self) -> None:
        """Forget as soon as the traveller is decided, put aside, or another."""
        if self._whose is not None and self._at.traveller != self._whose:
            self.forget()

    def busy(self, busy: bool) -> None:
        """A decision begins or ends to be stored; what was shown meanwhile is the next traveller's."""
        late, self._late = self._late, "" if not busy else self._late
        if late and not busy:
            self.take(late)

    def _ready(self) -> UUID | None:
        """Return the request of the traveller at the desk, begun where there is none; None where that may not be."""
        if self._shown is not None and self._shown.clearance is not None:  # one that counts
            self.failed.emit(TokenAlreadyShownError())
            return None
        return self._at.begin()

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
            self._at.examine_again()
            self.changed.emit()

        def on_failed(error: Exception) -> None:
            if self._is_at_desk(request_id):
                self._reading, self._mark = False, b""
            failed(error)
            self.changed.emit()

        self._runner.run(job, on_shown, on_failed)

    def _is_at_desk(self, request_id: UUID) -> bool:
        return request_id == self._whose and request_id == self._at.traveller
