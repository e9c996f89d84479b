"""What becomes of a pass that is held: suspended, reinstated, revoked, lost, given back; each with its reason."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.passes.border_pass import BorderPass, Notice
from bmis.passes.errors import PassReasonError, SuspensionTooLongError
from bmis.passes.lifecycle import HELD, PassKind
from bmis.passes.moving import Step, moved, settled
from bmis.passes.notices import next_notice
from bmis.passes.records.passes import SqlBorderPasses
from bmis.passes.schemes import scheme
from bmis.passes.serials import parse_serial
from bmis.passes.taking import reason_of
from bmis.receipts.errors import SecondSignatureError
from bmis.staff.approval import Approval
from bmis.staff.second_pair_of_eyes import record_approval
from bmis.store.home import Home
from bmis.store.unit import OpenUnit, UnitOfWork

REVOKE, REINSTATE = "pass.revoke", "pass.reinstate"
"""The actions that a second person signs; the subject is the pass."""

OTHER = "OTHER"
_PLAIN = {
    "lost": PassKind.LOST,
    "stolen": PassKind.STOLEN,
    "damaged": PassKind.DAMAGED,
    "surrendered": PassKind.SURRENDERED,
    "deceased": PassKind.DECEASED,
}


@dataclass(frozen=True, slots=True)
class Changed:
    """The pass after the step, and what its holder is told where it goes against them."""

    border_pass: BorderPass
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class SuspendPass:
    """Suspends a pass: one officer for the hours of the scheme, the supervisor for longer."""

    open_unit: OpenUnit
    home: Home
    now: Clock

    def __call__(
        self, untrusted_serial: str, reason: str, by: Actor, *, hours: int | None = None, ground: str = OTHER
    ) -> Changed:
        """Return the suspended pass with its notice. ``hours`` None: as long as one officer may.

        Raises:
            NotAllowedError, PassUnknownError, PassStateError, PassReasonError: what they say.
            SuspensionTooLongError: longer than one officer may.
        """
        require(by, Permission.SUSPEND_PASSES)
        said = reason_of(reason)
        with self.open_unit() as unit:
            at = unit.judged_at(self.now())
            one = _held(unit, untrusted_serial, by, at)
            rules = scheme(one.scheme, local(at).date())
            chosen = rules.suspension_hours if hours is None else hours
            longest = 24 * 366 if by.may(Permission.REVOKE_PASSES) else rules.suspension_hours
            if not 1 <= chosen <= longest:
                raise SuspensionTooLongError(hours=longest)
            notice = next_notice(unit, self.home, at, ground, rules)
            until = at + timedelta(hours=chosen)
            step = Step(PassKind.SUSPENDED, {"notice": notice.facts()}, said, until)
            after = moved(unit, one, step, by.name, at)
            unit.commit()
        return Changed(after, notice)


@dataclass(frozen=True, slots=True)
class ReinstatePass:
    """Ends a suspension before its time: the supervisor, or an officer with a second signature."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, untrusted_serial: str, reason: str, by: Actor, approval: Approval | None = None) -> Changed:
        """Return the active pass.

        Raises:
            NotAllowedError, PassUnknownError, PassStateError, PassReasonError: what they say.
            SecondSignatureError: an officer alone. ApprovalMismatchError: it was signed for something else.
        """
        require(by, Permission.SUSPEND_PASSES)
        said = reason_of(reason)
        with self.open_unit() as unit:
            at = unit.judged_at(self.now())
            one = _held(unit, untrusted_serial, by, at)
            second = _second(unit, REINSTATE, one, by, approval, at)
            step = Step(PassKind.REINSTATED, {"second": second}, said)
            after = moved(unit, one, step, by.name, at)
            unit.commit()
        return Changed(after)


@dataclass(frozen=True, slots=True)
class RevokePass:
    """Takes a pass away for good: the supervisor, or an officer with a second signature. It can be appealed."""

    open_unit: OpenUnit
    home: Home
    now: Clock

    def __call__(
        self, untrusted_serial: str, reason: str, by: Actor, *, ground: str = OTHER, approval: Approval | None = None
    ) -> Changed:
        """Return the revoked pass with its notice. Raises as ``ReinstatePass``."""
        require(by, Permission.SUSPEND_PASSES)
        said = reason_of(reason)
        with self.open_unit() as unit:
            at = unit.judged_at(self.now())
            one = _held(unit, untrusted_serial, by, at)
            second = _second(unit, REVOKE, one, by, approval, at)
            notice = next_notice(unit, self.home, at, ground, scheme(one.scheme, local(at).date()))
            step = Step(PassKind.REVOKED, {"second": second, "notice": notice.facts()}, said)
            after = moved(unit, one, step, by.name, at)
            unit.commit()
        return Changed(after, notice)


@dataclass(frozen=True, slots=True)
class ReportPass:
    """Notes what the holder or the family tells: lost, stolen, damaged, surrendered, deceased."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, untrusted_serial: str, what: str, reason: str, by: Actor) -> Changed:
        """Return the pass; its serial counts no more.

        Raises:
            NotAllowedError, PassUnknownError, PassStateError, PassReasonError: what they say.
        """
        require(by, Permission.SUSPEND_PASSES)
        said = reason_of(reason)
        kind = _PLAIN.get(what)
        if kind is None:
            raise PassReasonError
        with self.open_unit() as unit:
            at = unit.judged_at(self.now())
            one = _held(unit, untrusted_serial, by, at)
            after = moved(unit, one, Step(kind, {}, said), by.name, at)
            unit.commit()
        return Changed(after)


@dataclass(frozen=True, slots=True)
class SettlePasses:
    """Writes down what time did: passes that expired, suspensions that are over."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, by: Actor) -> int:
        """Return how many passes moved.

        Raises:
            NotAllowedError: the role reads no passes.
        """
        require(by, Permission.SUSPEND_PASSES)
        count = 0
        with self.open_unit() as unit:
            at = unit.judged_at(self.now())
            for one in SqlBorderPasses(unit).listed(HELD, 1_000_000):
                count += settled(unit, one, by.name, at) != one
            unit.commit()
        return count


def _held(unit: UnitOfWork, untrusted_serial: str, by: Actor, at: datetime) -> BorderPass:
    """Return the pass after time has done its part."""
    one = SqlBorderPasses(unit).by_serial(parse_serial(untrusted_serial))
    return settled(unit, one, by.name, at)


def _second(
    unit: UnitOfWork, action: str, one: BorderPass, by: Actor, approval: Approval | None, at: datetime
) -> str | None:
    """Return who signed beside the actor; a supervisor needs nobody."""
    if approval is not None and approval.second is not None:
        record_approval(unit, approval.covering(action, one.id, by.name), at)
        return approval.second
    if not by.may(Permission.REVOKE_PASSES):
        raise SecondSignatureError(action, one.id)
    return None
