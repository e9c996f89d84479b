"""The checks of the traveller at the desk: landing one by one, accepted by the officer, keeping the decision shut."""

from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from bmis.crossings.check_traveller import Examined
from bmis.crossings.crossing import CrossingRequest
from bmis.crossings.deciding import Proposal
from bmis.crossings.decision import LETS_THROUGH, STOPS, Decision
from bmis.crossings.finding import Finding, Status, worst
from bmis.kernel.clock import Clock
from ui.desktop.lane.parts import LaneParts, PlannedCheck
from ui.desktop.workers.checks import CheckRunner


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check as it stands. ``findings`` None: it has not landed."""

    name: str
    mandatory: bool
    findings: tuple[Finding, ...] | None = None
    acknowledged: bool = False
    landed_at: datetime | None = None

    @property
    def landed(self) -> bool:
        """Whether it answered, or was given up."""
        return self.findings is not None

    @property
    def status(self) -> Status:
        """The gravest of its findings; grey before it landed."""
        return worst(self.findings or ())


class CheckingModel(QObject):
    """Signals: ``changed`` something landed or was accepted, ``landed_all``, ``failed`` an error."""

    changed = Signal()
    landed_all = Signal()
    failed = Signal(object)

    def __init__(self, parts: LaneParts, runner: CheckRunner, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts, self._runner, self._clock = parts, runner, clock
        self._landed_at: dict[str, datetime] = {}
        self._plan: tuple[PlannedCheck, ...] = ()
        self._found: dict[str, tuple[Finding, ...]] = {}
        self._accepted: dict[str, frozenset[tuple[str, str, str]]] = {}
        self._examined: Examined | None = None
        self._run, self._running = 0, False

    @property
    def examined(self) -> Examined | None:
        """What all checks together say, None while one is still out."""
        return self._examined

    @property
    def proposal(self) -> Proposal | None:
        """What may be put first, None while a check is still out."""
        return self._examined.proposal if self._examined else None

    @property
    def is_running(self) -> bool:
        """Whether a check is out."""
        return self._running

    @property
    def lines(self) -> tuple[CheckLine, ...]:
        """Every check in the order of policy."""
        return tuple(
            CheckLine(
                one.name,
                one.mandatory,
                self._found.get(one.name),
                self._is_accepted(one.name),
                self._landed_at.get(one.name),
            )
            for one in self._plan
        )

    @property
    def acknowledged(self) -> frozenset[str]:
        """The checks that the officer accepted, as they are now."""
        return frozenset(name for name in self._accepted if self._is_accepted(name))

    def forget(self) -> None:
        """Another traveller: nothing was checked, nothing accepted."""
        self._plan, self._found, self._accepted, self._examined = (), {}, {}, None
        self._run += 1
        self._running = False
        self.changed.emit()

    def run(self, request: CrossingRequest, *, accepted: frozenset[str] = frozenset()) -> None:
        """Run the checks; what was accepted stays accepted where the same is found again.

        ``accepted``: names accepted before the program stopped; they hold only for findings that need it still.
        """
        self._plan = self._parts.plan()
        self._found, self._landed_at, self._examined = {}, {}, None
        self._run += 1
        number, self._running = self._run, True
        self.changed.emit()
        self._runner.run(
            lambda landed: self._parts.check(request, landed),
            lambda findings: self._land(number, findings),
            lambda examined: self._finish(number, examined, accepted),
            lambda error: self._fail(number, error),
        )

    def take(self, findings: tuple[Finding, ...], proposal: Proposal | None = None) -> None:
        """Show what the checks said at the commit: nothing was stored, the officer sees what changed."""
        self._found = {}
        for finding in findings:
            self._found[finding.check] = (*self._found.get(finding.check, ()), finding)
        if self._examined is not None:
            self._examined = replace(self._examined, findings=findings, proposal=proposal or self._examined.proposal)
        self.changed.emit()

    def acknowledge(self, check: str, accepted: bool) -> None:
        """Accept what a check found, or take that back; green and what has not landed need none."""
        findings = self._found.get(check)
        if findings is None or worst(findings) is Status.GREEN:
            return
        if accepted:
            self._accepted[check] = frozenset(one.same_as for one in findings)
        else:
            self._accepted.pop(check, None)
        self.changed.emit()

    def not_accepted(self, decision: Decision) -> tuple[str, ...]:
        """Return the checks that must be accepted before this decision."""
        found = []
        for line in self.lines:
            if line.acknowledged or line.status is Status.GREEN:
                continue
            grey = line.status is Status.GREY and line.mandatory
            if decision in LETS_THROUGH or (decision in STOPS and grey):
                found.append(line.name)
        return tuple(found)

    def _is_accepted(self, check: str) -> bool:
        findings = self._found.get(check)
        return findings is not None and self._accepted.get(check) == frozenset(one.same_as for one in findings)

    def _land(self, number: int, findings: tuple[Finding, ...]) -> None:
        if number == self._run and findings:
            self._found[findings[0].check] = findings
            self._landed_at[findings[0].check] = self._clock()
            self.changed.emit()

    def _finish(self, number: int, examined: Examined, accepted: frozenset[str]) -> None:
        if number != self._run:
            return
        self._running = False
        self._found = {}
        for finding in examined.findings:
            self._found[finding.check] = (*self._found.get(finding.check, ()), finding)
        self._examined = examined
        for name in accepted & set(self._found):
            if worst(self._found[name]) is not Status.GREEN:
                self._accepted[name] = frozenset(one.same_as for one in self._found[name])
        self.changed.emit()
        self.landed_all.emit()

    def _fail(self, number: int, error: Exception) -> None:
        if number == self._run:
            self._running = False
            self.changed.emit()
            self.failed.emit(error)
