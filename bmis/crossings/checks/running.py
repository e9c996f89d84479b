"""Running checks so that none is lost: one that fails or is late is a grey finding, and says so."""

import threading
import time
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue

from bmis.crossings.case import Case, Check
from bmis.crossings.checks.check_digits import CheckDigits
from bmis.crossings.checks.document_dates import DocumentDates
from bmis.crossings.checks.open_crossing import OpenCrossing
from bmis.crossings.checks.other_identity import OtherIdentity
from bmis.crossings.checks.repeated import Repeated
from bmis.crossings.checks.state_code import StateCode
from bmis.crossings.finding import Finding, Status
from bmis.kernel.errors import BmisError

DID_NOT_RUN = "did_not_run"
Landed = Callable[[tuple[Finding, ...]], None]


def core_checks() -> tuple[Check, ...]:
    """Return the checks of this room, in the order in which they are shown; the joining module may add others."""
    return CheckDigits(), DocumentDates(), StateCode(), OtherIdentity(), OpenCrossing(), Repeated()


def run_checks(checks: Sequence[Check], case: Case, landed: Landed | None = None) -> tuple[Finding, ...]:
    """Return every finding, in the order of the checks, at least one of each.

    Those that may hang run side by side, each on a thread of its own that is left behind when it is late.

    Args:
        checks: in the order of policy.
        case: what is checked.
        landed: told the findings of each check as soon as they are there, on the calling thread.
    """
    found: dict[int, tuple[Finding, ...]] = {}
    arrivals: SimpleQueue[tuple[int, tuple[Finding, ...]]] = SimpleQueue()
    late = {at: check for at, check in enumerate(checks) if check.timeout_s is not None}
    for at, check in late.items():
        threading.Thread(target=_deliver, args=(arrivals, at, check, case), name=check.name, daemon=True).start()

    def land(at: int, findings: tuple[Finding, ...]) -> None:
        found[at] = findings
        if landed is not None:
            landed(findings)

    for at, check in enumerate(checks):
        if check.timeout_s is None:
            land(at, _answer(check, case))
    _collect(late, arrivals, land)
    return tuple(finding for at in range(len(checks)) for finding in found[at])


def _collect(
    late: dict[int, Check],
    arrivals: "SimpleQueue[tuple[int, tuple[Finding, ...]]]",
    land: Callable[[int, tuple[Finding, ...]], None],
) -> None:
    """Land what arrives; what has not come when its time is over did not run."""
    started = time.monotonic()
    while late:
        waited = time.monotonic() - started
        soonest = min(check.timeout_s or 0.0 for check in late.values())
        try:
            at, findings = arrivals.get(timeout=max(soonest - waited, 0.001))
        except Empty:
            for at in [at for at, check in late.items() if (check.timeout_s or 0.0) <= time.monotonic() - started]:
                land(at, (_did_not_run(late.pop(at), "late"),))
        else:
            if late.pop(at, None) is not None:
                land(at, findings)


def _deliver(arrivals: "SimpleQueue[tuple[int, tuple[Finding, ...]]]", at: int, check: Check, case: Case) -> None:
    arrivals.put((at, _answer(check, case)))


def _answer(check: Check, case: Case) -> tuple[Finding, ...]:
    try:
        findings = tuple(check(case))
    except Exception as error:
        return (_did_not_run(check, error.code if isinstance(error, BmisError) else type(error).__name__),)
    return findings or (_did_not_run(check, "no_answer"),)


def _did_not_run(check: Check, why: str) -> Finding:
    return Finding(check.name, Status.GREY, DID_NOT_RUN, check.rule, {"why": why}, check.mandatory)
