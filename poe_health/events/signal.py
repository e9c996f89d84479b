"""A signal: something heard or seen that may be an event. Its triage is a chain of events, told to nobody by itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bmis.kernel.clock import local
from poe_health.events.annex2 import Advised, Annex2Sheet, FocalPointChoice, FocalPointDecision
from poe_health.events.clusters import Cluster
from poe_health.events.errors import (
    EventOrderError,
    SignalFieldError,
    SignalHistoryError,
    SignalReasonError,
    SignalStepError,
)
from poe_health.events.settings import signal_sources, signal_types

SHORTEST_REASON = 10  # characters


@dataclass(frozen=True, slots=True)
class Signal:
    """``where`` is a place, never a person; ``ill`` and ``dead`` None: not known. ``evidence`` are ids of records."""

    kind: str
    source: str
    detected_at: datetime
    where: str
    emerged_on: date | None = None
    ill: int | None = None
    dead: int | None = None
    evidence: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse codes of no list, a place that is not said, counts below zero, and a beginning after the noticing.

        Raises:
            SignalFieldError, EventOrderError.
        """
        if self.kind not in signal_types():
            raise SignalFieldError("signal_type", self.kind)
        if self.source not in signal_sources():
            raise SignalFieldError("source", self.source)
        if not self.where.strip():
            raise SignalFieldError("where")
        for name, count in (("ill", self.ill), ("dead", self.dead)):
            if count is not None and count < 0:
                raise SignalFieldError(name)
        if self.emerged_on is not None and self.emerged_on > local(self.detected_at).date():
            raise EventOrderError("detected_at")


@dataclass(frozen=True, slots=True)
class CommunityReport:
    """What somebody of the community told: what and where. Who told it is not kept."""

    kind: str
    heard_at: datetime
    where: str
    since: date | None = None
    ill: int | None = None
    dead: int | None = None


def signal_of_report(report: CommunityReport) -> Signal:
    """Return the signal of a community report; it is triaged as any other. Raises as ``Signal``."""
    return Signal(report.kind, "COMMUNITY", report.heard_at, report.where, report.since, report.ill, report.dead)


def signal_of_cluster(cluster: Cluster, where: str) -> Signal:
    """Return the signal of a cluster that the counts showed."""
    return Signal(
        cluster.kind,
        "ALGORITHM",
        cluster.last_at,
        where,
        emerged_on=local(cluster.first_at).date(),
        ill=len(cluster.refs),
        evidence=cluster.refs,
    )


class SignalState(StrEnum):
    """Where a signal stands."""

    NEW = "new"
    TO_VERIFY = "to_verify"
    EVENT = "event"
    DISCARDED = "discarded"
    CLOSED = "closed"


class Triage(StrEnum):
    """What a person makes of it."""

    DISCARD = "DISCARD"
    VERIFY = "VERIFY"
    EVENT = "EVENT"


@dataclass(frozen=True, slots=True)
class Triaged:
    """A person judged it; DISCARD with a reason."""

    at: datetime
    by: str
    triage: Triage
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Assessed:
    """The instrument of Annex 2 was gone through. ``sheet``: every answer that was given."""

    at: datetime
    by: str
    advised: Advised
    sheet: Annex2Sheet | None = None


@dataclass(frozen=True, slots=True)
class ToldFocalPoint:
    """The national focal point was told."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ToldProvince:
    """District and province were told."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class FocalPointDecided:
    """The national focal point's decision came back."""

    at: datetime
    by: str
    decision: FocalPointDecision


@dataclass(frozen=True, slots=True)
class ToldWho:
    """The national level notified WHO, as the post was told by ``told_by``; the post itself never does."""

    at: datetime
    by: str
    told_by: str


@dataclass(frozen=True, slots=True)
class ImportEvidence:
    """There is evidence of an imported or exported case, vector or contaminated goods (IHR art. 9(2))."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class WhoAsked:
    """WHO asked the national level about it (IHR art. 10)."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class RepliedWho:
    """The national level gave WHO its first reply, as the post was told by ``told_by``."""

    at: datetime
    by: str
    told_by: str


@dataclass(frozen=True, slots=True)
class MeasureBegan:
    """An additional measure that interferes with traffic began (IHR art. 43(5))."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Responded:
    """The early response is complete."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The event is over, with a reason."""

    at: datetime
    by: str
    reason: str


SignalFact = ImportEvidence | WhoAsked | RepliedWho | MeasureBegan
"""What starts or ends a clock of the national level by itself, whatever the post has judged."""
SignalEvent = (
    Triaged | Assessed | ToldFocalPoint | ToldProvince | FocalPointDecided | ToldWho | Responded | Closed | SignalFact
)


@dataclass(frozen=True, slots=True)
class SignalView:
    """The signal with its events folded. ``verified_at`` is when a doubtful one was settled.

    ``told_who``: every time that WHO was told, for each clock ends with the first after its start.
    """

    signal: Signal
    state: SignalState
    advised: Advised | None = None
    verified_at: datetime | None = None
    told_at: datetime | None = None
    decision: FocalPointDecision | None = None
    responded_at: datetime | None = None
    told_province_at: datetime | None = None
    told_who_at: datetime | None = None
    over_at: datetime | None = None  # discarded or closed
    told_who: tuple[datetime, ...] = ()
    import_evidence_at: datetime | None = None
    who_asked_at: datetime | None = None
    replied_who_at: datetime | None = None
    measure_began_at: datetime | None = None


def view_of(signal: Signal, events: Sequence[SignalEvent]) -> SignalView:
    """Return where the signal stands.

    Raises:
        SignalHistoryError: the events do not follow each other.
    """
    view = SignalView(signal, SignalState.NEW)
    for place, event in enumerate(events):
        try:
            view = after(view, event)
        except (SignalStepError, SignalReasonError) as error:
            raise SignalHistoryError(place) from error
    return view


def after(view: SignalView, event: SignalEvent) -> SignalView:
    """Return the signal after one more event; a use case asks this before it keeps the event.

    Raises:
        SignalStepError: the event does not follow the state. SignalReasonError: a reason is missing.
    """
    if isinstance(event, Triaged):
        return _triaged(view, event)
    if isinstance(event, Closed):
        _reason(event.reason)
    allowed = {SignalState.EVENT}
    if isinstance(event, ToldFocalPoint | ToldProvince | SignalFact):  # before it has judged: nobody waits for a form
        allowed |= {SignalState.NEW, SignalState.TO_VERIFY}
    not_told = isinstance(event, FocalPointDecided) and view.told_at is None
    not_decided = isinstance(event, ToldWho) and not must_tell_who(view)
    not_asked = isinstance(event, RepliedWho) and view.who_asked_at is None
    if view.state not in allowed or not_told or not_decided or not_asked:
        raise SignalStepError(state=view.state.value)
    return _moved(view, event)


def must_tell_who(view: SignalView) -> bool:
    """Return whether WHO is to be told: so decided, or something crossed a border, or a measure interferes."""
    decided = view.decision is not None and view.decision.choice is FocalPointChoice.NOTIFY_WHO
    return decided or view.import_evidence_at is not None or view.measure_began_at is not None


def _triaged(view: SignalView, event: Triaged) -> SignalView:
    if view.state not in {SignalState.NEW, SignalState.TO_VERIFY}:
        raise SignalStepError(state=view.state.value)
    if event.triage is Triage.DISCARD:
        _reason(event.reason)
    state = {
        Triage.DISCARD: SignalState.DISCARDED,
        Triage.VERIFY: SignalState.TO_VERIFY,
        Triage.EVENT: SignalState.EVENT,
    }[event.triage]
    settled = view.state is SignalState.TO_VERIFY and state is not SignalState.TO_VERIFY
    over_at = event.at if state is SignalState.DISCARDED else None
    return replace(view, state=state, verified_at=event.at if settled else view.verified_at, over_at=over_at)


def _moved(view: SignalView, event: SignalEvent) -> SignalView:
    if isinstance(event, Assessed):
        return replace(view, advised=event.advised)
    if isinstance(event, ToldFocalPoint):
        return replace(view, told_at=view.told_at or event.at)  # the first time counts for the clock
    if isinstance(event, ToldProvince):
        return replace(view, told_province_at=view.told_province_at or event.at)
    if isinstance(event, FocalPointDecided):
        return replace(view, decision=event.decision)
    if isinstance(event, ToldWho):
        return replace(
            view, told_who_at=view.told_who_at or event.at, told_who=tuple(sorted((*view.told_who, event.at)))
        )
    if isinstance(event, ImportEvidence):
        return replace(view, import_evidence_at=view.import_evidence_at or event.at)
    if isinstance(event, WhoAsked):
        if view.who_asked_at is not None and view.replied_who_at is None:
            return view  # asked again before the reply: the first time counts
        return replace(view, who_asked_at=event.at, replied_who_at=None)
    if isinstance(event, RepliedWho):
        return replace(view, replied_who_at=view.replied_who_at or event.at)
    if isinstance(event, MeasureBegan):
        return replace(view, measure_began_at=view.measure_began_at or event.at)
    if isinstance(event, Responded):
        return replace(view, responded_at=event.at)
    return replace(view, state=SignalState.CLOSED, over_at=event.at)


def _reason(reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise SignalReasonError(SHORTEST_REASON)
