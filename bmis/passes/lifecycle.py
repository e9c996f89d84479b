"""The life of an application and of a pass: which step follows where. Every step is an event, nothing else moves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from bmis.passes.errors import ApplicationStateError, PassHistoryError, PassStateError


class PassKind(StrEnum):
    """Kinds of event, as the audit chain and the outbox name them."""

    APPLIED = "pass.applied"
    ATTESTED = "pass.attested"
    PHOTO_TAKEN = "pass.photo_taken"
    APPROVED = "pass.approved"
    REJECTED = "pass.rejected"
    WITHDRAWN = "pass.withdrawn"
    PRODUCED = "pass.produced"
    SPOILED = "pass.spoiled"
    HANDED_OVER = "pass.handed_over"
    SUSPENDED = "pass.suspended"
    REINSTATED = "pass.reinstated"
    LAPSED = "pass.suspension_lapsed"
    REVOKED = "pass.revoked"
    APPEALED = "pass.appealed"
    APPEAL_UPHELD = "pass.appeal_upheld"
    APPEAL_DISMISSED = "pass.appeal_dismissed"
    LOST = "pass.lost"
    STOLEN = "pass.stolen"
    DAMAGED = "pass.damaged"
    SURRENDERED = "pass.surrendered"
    DECEASED = "pass.holder_deceased"
    REPLACED = "pass.replaced"
    RENEWED = "pass.renewed"
    EXPIRED = "pass.expired"
    USED = "pass.used"
    PRINTED = "pass.printed"
    FORGOTTEN = "pass.holder_forgotten"
    SERIALS_ALLOCATED = "pass.serials_allocated"
    SERIAL_SPOILED = "pass.serial_spoiled"


class ApplicationState(StrEnum):
    """Where an application stands."""

    PENDING_ATTESTATION = "PENDING_ATTESTATION"
    PENDING_APPROVAL = "PENDING_APPROVAL"
    APPROVED = "APPROVED"
    PRODUCED = "PRODUCED"
    ISSUED = "ISSUED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"


class PassState(StrEnum):
    """Where a pass stands."""

    PRODUCED = "PRODUCED"
    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    EXPIRED = "EXPIRED"
    REVOKED = "REVOKED"
    LOST = "LOST"
    STOLEN = "STOLEN"
    DAMAGED = "DAMAGED"
    SURRENDERED = "SURRENDERED"
    DECEASED = "DECEASED"
    REPLACED = "REPLACED"
    RENEWED = "RENEWED"
    SPOILED = "SPOILED"


UNDER_WAY = frozenset(
    {
        ApplicationState.PENDING_ATTESTATION,
        ApplicationState.PENDING_APPROVAL,
        ApplicationState.APPROVED,
        ApplicationState.PRODUCED,
    }
)
HELD = frozenset({PassState.ACTIVE, PassState.SUSPENDED})
"""A person has at most one of these of a scheme; the store sees to it."""

ENDED = frozenset(PassState) - HELD - {PassState.PRODUCED}
NOT_GOOD = frozenset(PassState) - {PassState.ACTIVE, PassState.PRODUCED, PassState.EXPIRED}
"""Their serials stand in the list of revoked seals; an expired one says so itself."""

_A, _P, _K = ApplicationState, PassState, PassKind
_WAITING: Mapping[PassKind, ApplicationState] = {_K.REJECTED: _A.REJECTED, _K.WITHDRAWN: _A.WITHDRAWN}
APPLICATION_STEPS: Mapping[ApplicationState | None, Mapping[PassKind, ApplicationState]] = MappingProxyType(
    {
        None: {_K.APPLIED: _A.PENDING_ATTESTATION},
        _A.PENDING_ATTESTATION: {
            **_WAITING,
            _K.ATTESTED: _A.PENDING_APPROVAL,
            _K.PHOTO_TAKEN: _A.PENDING_ATTESTATION,
        },
        _A.PENDING_APPROVAL: {
            **_WAITING,
            _K.ATTESTED: _A.PENDING_APPROVAL,
            _K.PHOTO_TAKEN: _A.PENDING_APPROVAL,
            _K.APPROVED: _A.APPROVED,
        },
        _A.APPROVED: {**_WAITING, _K.PRODUCED: _A.PRODUCED},
        _A.PRODUCED: {_K.SPOILED: _A.APPROVED, _K.HANDED_OVER: _A.ISSUED},
        _A.ISSUED: {},
        _A.REJECTED: {_K.APPEAL_UPHELD: _A.PENDING_APPROVAL, _K.APPEAL_DISMISSED: _A.REJECTED},
        _A.WITHDRAWN: {},
    }
)
_LOSSES: Mapping[PassKind, PassState] = {_K.LOST: _P.LOST, _K.STOLEN: _P.STOLEN, _K.DAMAGED: _P.DAMAGED}
_ENDS: Mapping[PassKind, PassState] = {
    **_LOSSES,
    _K.REVOKED: _P.REVOKED,
    _K.SURRENDERED: _P.SURRENDERED,
    _K.DECEASED: _P.DECEASED,
    _K.EXPIRED: _P.EXPIRED,
}
_SUCCEEDED: Mapping[PassKind, PassState] = {_K.REPLACED: _P.REPLACED, _K.RENEWED: _P.RENEWED}
PASS_STEPS: Mapping[PassState | None, Mapping[PassKind, PassState]] = MappingProxyType(
    {
        None: {_K.PRODUCED: _P.PRODUCED},
        _P.PRODUCED: {_K.HANDED_OVER: _P.ACTIVE, _K.SPOILED: _P.SPOILED},
        _P.ACTIVE: {**_ENDS, **_SUCCEEDED, _K.SUSPENDED: _P.SUSPENDED},
        _P.SUSPENDED: {
            **_ENDS,
            _K.REINSTATED: _P.ACTIVE,
            _K.LAPSED: _P.ACTIVE,
            _K.SUSPENDED: _P.SUSPENDED,
            _K.APPEAL_UPHELD: _P.ACTIVE,
            _K.APPEAL_DISMISSED: _P.SUSPENDED,
        },
        _P.EXPIRED: {_K.RENEWED: _P.RENEWED},
        _P.REVOKED: {_K.APPEAL_UPHELD: _P.ACTIVE, _K.APPEAL_DISMISSED: _P.REVOKED},
        _P.LOST: {_K.REPLACED: _P.REPLACED},
        _P.STOLEN: {_K.REPLACED: _P.REPLACED},
        _P.DAMAGED: {_K.REPLACED: _P.REPLACED},
        _P.SURRENDERED: {},
        _P.DECEASED: {},
        _P.REPLACED: {},
        _P.RENEWED: {},
        _P.SPOILED: {},
    }
)
ASIDE = frozenset({PassKind.USED, PassKind.PRINTED, PassKind.FORGOTTEN, PassKind.APPEALED})
"""Events that move nothing."""


def application_after(state: ApplicationState | None, kind: PassKind, *, complete: bool = True) -> ApplicationState:
    """Return where an application stands after the step; ``complete``: enough people have attested.

    Raises:
        ApplicationStateError: the step does not follow.
    """
    following = APPLICATION_STEPS[state].get(kind)
    if following is None:
        raise ApplicationStateError(application_state=None if state is None else state.value)
    if kind in (PassKind.APPLIED, PassKind.ATTESTED, PassKind.APPEAL_UPHELD):
        return ApplicationState.PENDING_APPROVAL if complete else ApplicationState.PENDING_ATTESTATION
    return following


def pass_after(state: PassState | None, kind: PassKind) -> PassState:
    """Return where a pass stands after the step.

    Raises:
        PassStateError: the step does not follow.
    """
    following = PASS_STEPS[state].get(kind)
    if following is None:
        raise PassStateError(pass_state=None if state is None else state.value)
    return following


def replayed_application(steps: Iterable[tuple[PassKind, bool]]) -> ApplicationState:
    """Return where the kept events leave an application; with each whether enough had attested.

    Raises:
        PassHistoryError: they do not follow one another.
    """
    state: ApplicationState | None = None
    for kind, complete in steps:
        if kind in ASIDE:
            continue
        try:
            state = application_after(state, kind, complete=complete)
        except ApplicationStateError as error:
            raise PassHistoryError from error
    if state is None:
        raise PassHistoryError
    return state


def replayed_pass(kinds: Iterable[PassKind]) -> PassState:
    """Return where the kept events leave a pass.

    Raises:
        PassHistoryError: they do not follow one another.
    """
    state: PassState | None = None
    for kind in kinds:
        if kind in ASIDE:
            continue
        try:
            state = pass_after(state, kind)
        except PassStateError as error:
            raise PassHistoryError from error
    if state is None:
        raise PassHistoryError
    return state


@dataclass(frozen=True, slots=True)
class Validity:
    """From which day to which a pass counts, the last day included."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Return whether the day lies in it."""
        return self.first <= day <= self.last


def state_at(
    state: PassState, validity: Validity, suspended_until: datetime | None, now: datetime, day: date
) -> PassState:
    """Return where a pass stands at a moment: time ends a pass and a suspension before anybody writes that down."""
    if state in HELD and day > validity.last:
        return PassState.EXPIRED
    if state is PassState.SUSPENDED and suspended_until is not None and now >= suspended_until:
        return PassState.ACTIVE
    return state
