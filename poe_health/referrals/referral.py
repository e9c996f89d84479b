"""A transfer as its steps made it. Nobody leaves without an acceptance, except in an emergency that says why.

``Referral.after(step, now)`` is the only way forward; reading the history goes the same way again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, local
from poe_health.referrals.errors import (
    AcceptanceOutgrownError,
    NotAcceptedError,
    ReferralHistoryError,
    ReferralStepError,
    ReferralTimeError,
)
from poe_health.referrals.note import ReferralNote
from poe_health.referrals.settings import ReferralRule, referral_rule
from poe_health.referrals.step_checks import REFUSED, check_step
from poe_health.referrals.steps import (
    Amended,
    Answered,
    Arrived,
    Cancelled,
    Closed,
    DiedOnWay,
    IdentityForgotten,
    Left,
    LeftInEmergency,
    NotArrived,
    Opened,
    Printed,
    ReturnSlip,
    Step,
)

ACCEPTED = "ACCEPTED"
_ACCEPTED_FOR = ("urgency", "protection", "suspected")  # what a unit says yes to
_ROUNDED = timedelta(milliseconds=1)  # what the moment inside an event's id leaves off


class State(StrEnum):
    """Where a transfer stands."""

    DRAFTED = "DRAFTED"
    ACCEPTED = "ACCEPTED"
    LEFT = "LEFT"
    NOT_ARRIVED = "NOT_ARRIVED"
    ARRIVED = "ARRIVED"
    OUTCOME_RECEIVED = "OUTCOME_RECEIVED"
    DIED_ON_WAY = "DIED_ON_WAY"
    CANCELLED = "CANCELLED"
    CLOSED = "CLOSED"


OVER = frozenset({State.OUTCOME_RECEIVED, State.DIED_ON_WAY, State.CANCELLED, State.CLOSED})
"""Nothing more is expected of these."""

_BEFORE = frozenset({Amended, Answered, Cancelled, Printed})
_ALLOWED: Mapping[State, frozenset[type[Step]]] = MappingProxyType(
    {
        State.DRAFTED: _BEFORE | {LeftInEmergency},
        State.ACCEPTED: _BEFORE | {Left, LeftInEmergency},
        State.LEFT: frozenset({Answered, Arrived, DiedOnWay, NotArrived, Printed}),
        State.NOT_ARRIVED: frozenset({Answered, Arrived, DiedOnWay, NotArrived, Printed, Closed}),
        State.ARRIVED: frozenset({ReturnSlip, Closed, Printed}),
        State.OUTCOME_RECEIVED: frozenset({ReturnSlip, Printed, IdentityForgotten}),
        State.DIED_ON_WAY: frozenset({Printed, IdentityForgotten}),
        State.CANCELLED: frozenset({IdentityForgotten}),
        State.CLOSED: frozenset({Printed, IdentityForgotten}),
    }
)


class AlertCode(StrEnum):
    """What somebody must look at, the most urgent first."""

    NOBODY_EXPECTS = "NOBODY_EXPECTS"  # on the way to a unit that has not accepted
    ASK_AGAIN = "ASK_AGAIN"  # the guia changed after the unit accepted it
    LATE = "LATE"
    NOT_ARRIVED = "NOT_ARRIVED"
    SLIP_MISSING = "SLIP_MISSING"


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert and since when it stands."""

    code: AlertCode
    since: datetime


@dataclass(frozen=True, slots=True)
class Referral:
    """A transfer. ``acceptance`` is that of the unit where the patient goes, None when it did not accept (any more).

    ``outgrown``: since it accepted, the guia says another urgency, protection or suspicion, so it did not accept this.
    ``amended_at``: when it last changed. ``printed``: the copies of what it says now.
    ``departure`` tells by its kind whether there was an emergency. ``due_at``: when the arrival is expected by.
    """

    id: UUID
    number: str
    state: State
    note: ReferralNote
    opened_at: datetime
    identity_id: UUID
    identity_seal: str
    answers: tuple[Answered, ...] = ()
    acceptance: Answered | None = None
    outgrown: bool = False
    amended_at: datetime | None = None
    departure: Left | LeftInEmergency | None = None
    due_at: datetime | None = None
    arrival: Arrived | DiedOnWay | None = None
    not_arrived: NotArrived | None = None
    slips: tuple[ReturnSlip, ...] = ()
    end: Cancelled | Closed | None = None
    printed: tuple[str, ...] = ()
    forgotten: bool = False
    rules_digest: str = ""

    @classmethod
    def opened(cls, identifier: UUID, step: Opened, now: datetime) -> "Referral":
        """Return a new transfer.

        Raises:
            ReferralCodeError, ReferralFieldError, ReferralTimeError: what is wrong with its note.
        """
        if step.at > now:
            raise ReferralTimeError("at")
        check_step(step, step.note.urgency, _rule_on(step.at), now)
        return cls.begun(identifier, step)

    @classmethod
    def begun(cls, identifier: UUID, step: Opened) -> "Referral":
        """Return the transfer of a step that was kept before."""
        return cls(
            identifier,
            step.number,
            State.DRAFTED,
            step.note,
            step.at,
            step.identity_id,
            step.identity_seal,
            rules_digest=step.rules_digest,
        )

    @property
    def is_over(self) -> bool:
        """Whether nothing more is expected."""
        return self.state in OVER

    def follows(self, kind: type[Step]) -> bool:
        """Return whether a step of this kind may follow where the transfer stands."""
        return kind in _ALLOWED[self.state]

    @property
    def in_emergency(self) -> bool:
        """Whether the patient left before any unit had accepted."""
        return isinstance(self.departure, LeftInEmergency)

    @property
    def facility(self) -> str | None:
        """The code of the unit where the patient goes; None while none is chosen."""
        if self.acceptance is not None:
            return self.acceptance.facility
        return self.departure.facility if isinstance(self.departure, LeftInEmergency) else None

    @property
    def facility_name(self) -> str | None:
        """Its name, as the directory had it then."""
        if self.acceptance is not None:
            return self.acceptance.facility_name
        return self.departure.facility_name if isinstance(self.departure, LeftInEmergency) else None

    @property
    def named_instead(self) -> tuple[str, ...]:
        """Units that were named by those that refused and have not answered yet, in order."""
        asked = {one.facility for one in self.answers}
        named = (one.next_facility for one in self.answers if one.next_facility)
        return tuple(dict.fromkeys(code for code in named if code not in asked))

    def after(self, step: Step, now: datetime, rule: ReferralRule | None = None) -> "Referral":
        """Return the transfer after the step. ``rule`` None: that in force on the day of the step.

        Raises:
            ReferralStepError: it does not follow. NotAcceptedError: no unit accepted, or too long ago.
            AcceptanceOutgrownError: what the unit accepted is no longer what the guia says.
            ReferralReasonError, ReferralFieldError, ReferralCodeError, ReferralTimeError: what is wrong with it.
        """
        rule = rule or _rule_on(step.at)
        if isinstance(step, Left) and self.outgrown:  # of new steps only: history was kept before this was asked
            raise AcceptanceOutgrownError
        self._refuse_out_of_order(step, rule)
        check_step(step, self.note.urgency, rule, now)
        return self._moved(step, now, rule)

    def replayed(self, step: Step, recorded_at: datetime) -> "Referral":
        """Return the transfer after a step that was kept before.

        Raises:
            ReferralStepError, NotAcceptedError, ReferralTimeError: it does not follow.
        """
        rule = _rule_on(step.at)
        self._refuse_out_of_order(step, rule)
        return self._moved(step, recorded_at + _ROUNDED, rule)

    def _refuse_out_of_order(self, step: Step, rule: ReferralRule) -> None:
        if type(step) not in _ALLOWED[self.state] or self.forgotten:  # nothing is added to what nobody can read again
            if isinstance(step, Left) and self.state is State.DRAFTED:
                raise NotAcceptedError(rule.acceptance_hours)
            raise ReferralStepError(state=self.state.value)
        if isinstance(step, LeftInEmergency) and self.state is State.ACCEPTED and self._holds(step.at, rule):
            raise ReferralStepError(state=self.state.value)  # a unit expects this patient: that one is told

    def _holds(self, at: datetime, rule: ReferralRule) -> bool:
        """Return whether a unit accepted what the guia says, and not too long before ``at``."""
        accepted = self.acceptance
        return accepted is not None and not self.outgrown and at - accepted.at <= timedelta(hours=rule.acceptance_hours)

    def _moved(self, step: Step, now: datetime, rule: ReferralRule) -> "Referral":
        if step.at > now or step.at < self._not_before(step):
            raise ReferralTimeError("at")
        if isinstance(step, Left):
            accepted = self.acceptance
            if accepted is None or step.at - accepted.at > timedelta(hours=rule.acceptance_hours):
                raise NotAcceptedError(rule.acceptance_hours)
        return self._with(step, rule)

    def _not_before(self, step: Step) -> datetime:
        """A departure follows its acceptance, an arrival its departure, a slip its arrival; calls may be typed late."""
        if isinstance(step, Left) and self.acceptance is not None:
            return self.acceptance.at
        if isinstance(step, Arrived | DiedOnWay | NotArrived) and self.departure is not None:
            return self.departure.at
        if isinstance(step, ReturnSlip | Closed) and self.arrival is not None:
            return self.arrival.at
        if isinstance(step, Answered):  # the unit was called before anybody had time to type
            return self.opened_at - timedelta(hours=_rule_on(step.at).acceptance_hours)
        return self.opened_at

    def alerts(self, now: datetime) -> tuple[Alert, ...]:
        """Return what somebody must look at now."""
        found = []
        departure = self.departure
        if departure is not None and self.state in {State.LEFT, State.NOT_ARRIVED} and self.acceptance is None:
            found.append(Alert(AlertCode.NOBODY_EXPECTS, departure.at))
        if self.state is State.ACCEPTED and self.outgrown and self.amended_at is not None:
            found.append(Alert(AlertCode.ASK_AGAIN, self.amended_at))
        if self.state is State.LEFT and self.due_at is not None and now > self.due_at:
            found.append(Alert(AlertCode.LATE, self.due_at))
        if self.state is State.NOT_ARRIVED and self.not_arrived is not None:
            found.append(Alert(AlertCode.NOT_ARRIVED, self.not_arrived.at))
        if self.state is State.ARRIVED and self.arrival is not None:
            slip_by = self.arrival.at + _rule_on(self.arrival.at).slip
            if now > slip_by:
                found.append(Alert(AlertCode.SLIP_MISSING, slip_by))
        return tuple(found)

    def _with(self, step: Step, rule: ReferralRule) -> "Referral":
        if isinstance(step, Amended):
            other = not set(_ACCEPTED_FOR).isdisjoint(self.note.unlike(step.note))
            outgrown = self.outgrown or (other and self.acceptance is not None)
            found = replace(self, note=step.note, outgrown=outgrown, amended_at=step.at, printed=())
            if step.identity_id is None:
                return found
            return replace(found, identity_id=step.identity_id, identity_seal=step.identity_seal)
        if isinstance(step, Answered):
            return self._answered(step)
        if isinstance(step, Left | LeftInEmergency):
            accepted = None if isinstance(step, LeftInEmergency) else self.acceptance
            return replace(self, state=State.LEFT, departure=step, due_at=step.at + rule.arrival, acceptance=accepted)
        if isinstance(step, Printed):
            return replace(self, printed=(*self.printed, step.copy))
        if isinstance(step, IdentityForgotten):
            return replace(self, forgotten=True)
        return self._ending(step)

    def _ending(self, step: Step) -> "Referral":
        if isinstance(step, ReturnSlip):
            return replace(self, state=State.OUTCOME_RECEIVED, slips=(*self.slips, step))
        if isinstance(step, NotArrived):
            return replace(self, state=State.NOT_ARRIVED, not_arrived=step)
        if isinstance(step, Arrived | DiedOnWay):
            state = State.ARRIVED if isinstance(step, Arrived) else State.DIED_ON_WAY
            return replace(self, state=state, arrival=step)
        if isinstance(step, Cancelled | Closed):
            state = State.CANCELLED if isinstance(step, Cancelled) else State.CLOSED
            return replace(self, state=state, end=step)
        raise ReferralStepError(state=self.state.value)

    def _answered(self, step: Answered) -> "Referral":
        answers = (*self.answers, step)
        if step.answer == ACCEPTED:
            state = State.ACCEPTED if self.departure is None else self.state
            return replace(self, state=state, answers=answers, acceptance=step, outgrown=False)
        if step.answer == REFUSED and self.acceptance is not None and self.acceptance.facility == step.facility:
            state = State.DRAFTED if self.departure is None else self.state
            return replace(self, state=state, answers=answers, acceptance=None, outgrown=False)
        return replace(self, answers=answers)


def referral_of(identifier: UUID, history: Iterable[tuple[Step, datetime]]) -> Referral:
    """Return the transfer that its recorded steps make, each with the moment it was recorded.

    Raises:
        ReferralHistoryError: they do not follow one another.
    """
    found: Referral | None = None
    for at, (step, recorded_at) in enumerate(history, start=1):
        try:
            if found is None:
                if not isinstance(step, Opened):
                    raise ReferralHistoryError(at)
                found = Referral.begun(identifier, step)
            else:
                found = found.replayed(step, recorded_at)
        except (ReferralStepError, NotAcceptedError, ReferralTimeError) as error:
            raise ReferralHistoryError(at) from error
    if found is None:
        raise ReferralHistoryError(0)
    return found


def _rule_on(at: datetime) -> ReferralRule:
    return referral_rule(local(at, MAPUTO_OFFSET_MINUTES).date())
