"""Going on with a monitoring, looking at it, and forgetting whom it was about."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.identifiers import new_id
from bmis.store.unit import OpenUnit, UnitOfWork
from poe_health.followup.escalation import Escalation, escalations
from poe_health.followup.events import MonitoringEvent
from poe_health.followup.handover import Handover, handover_of
from poe_health.followup.monitoring import MonitoredDay, Monitoring
from poe_health.followup.records import SqlMonitoring
from poe_health.followup.settings import escalation_rules
from poe_health.followup.steps import PersonChanged, PersonForgotten, Started, Step, Visited
from poe_health.followup.visit import status_of
from poe_health.referrals.errors import ReferralFieldError, ReferralUnknownError
from poe_health.referrals.people.identity import PatientIdentity, SealedIdentity
from poe_health.referrals.people.records import SqlIdentities
from poe_health.store.records.access import log_named
from poe_health.store.records.parts import CLINICAL, PERSON, SqlParts
from poe_health.written import require_written

LISTED = 500
_OWN_WAY = Started | PersonChanged | PersonForgotten


@dataclass(frozen=True, slots=True)
class Followed:
    """A monitoring as it stands today: no name."""

    monitoring: Monitoring
    days: tuple[MonitoredDay, ...]
    escalations: tuple[Escalation, ...]


@dataclass(frozen=True, slots=True)
class FollowedPerson:
    """A monitoring with whom it is about (None: forgotten) and everything that happened."""

    followed: Followed
    who: PatientIdentity | None
    events: tuple[MonitoringEvent, ...]


@dataclass(frozen=True, slots=True)
class TakeMonitoringStep:
    """Keeps the next step: a visit, who was told, a handover and its answer, a new day 0, the end."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, monitoring_id: UUID, step: Step, by: Actor) -> Followed:
        """Return the monitoring after the step.

        Raises:
            NotAllowedError: the role does not follow people.
            ReferralUnknownError: there is no such monitoring.
            MonitoringStepError, NotSeenWellError: the step does not follow.
            VisitDayError, VisitAnswerError, ReferralFieldError, ReferralCodeError, ReferralReasonError,
            ReferralTimeError: what is wrong with it.
        """
        require(by, Permission.FOLLOW_CONTACTS)
        if isinstance(step, _OWN_WAY):
            raise ReferralFieldError("step")
        with self.open_unit() as unit:
            after = _keep(unit, monitoring_id, step, by, self.now())
            unit.commit()
        return _followed(after, self.now())


@dataclass(frozen=True, slots=True)
class CorrectPerson:
    """Puts a telephone, an address or a name right; the earlier one is emptied."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, monitoring_id: UUID, who: PatientIdentity, by: Actor) -> Followed:
        """Return the monitoring. Raises as ``TakeMonitoringStep`` and ``require_written``."""
        require(by, Permission.FOLLOW_CONTACTS)
        require_written(who)
        with self.open_unit() as unit:
            now = self.now()
            identities = SqlIdentities(unit)
            before = SqlMonitoring(unit).get(monitoring_id)
            sealed = SealedIdentity.new(new_id(now), who)
            identities.add(sealed, now)
            after = _keep(unit, monitoring_id, PersonChanged(now, sealed.id, sealed.seal), by, now)
            identities.forget(before.identity_id, now)
            unit.commit()
        return _followed(after, now)


@dataclass(frozen=True, slots=True)
class ForgetFollowed:
    """Empties whom a finished monitoring was about and what was answered: codes and days stay."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, monitoring_id: UUID, by: Actor) -> Followed:
        """Return the monitoring without its person.

        Raises:
            NotAllowedError: the role does not apply the rules of retention.
            MonitoringStepError: it is not over, or was forgotten before.
        """
        require(by, Permission.APPLY_RETENTION)
        with self.open_unit() as unit:
            now = self.now()
            after = forget_followed(unit, monitoring_id, by, now)
            unit.commit()
        return _followed(after, now)


@dataclass(frozen=True, slots=True)
class ShowMonitoring:
    """Answers everything of one monitoring. Whoever opens a name is on record."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, monitoring_id: UUID | str, by: Actor) -> FollowedPerson:
        """Return the monitoring of that identifier or number.

        Raises:
            NotAllowedError: the role does not follow people.
            ReferralUnknownError: there is none.
            ReferralHistoryError: what is kept does not prove.
        """
        require(by, Permission.FOLLOW_CONTACTS)
        with self.open_unit() as unit:
            kept = SqlMonitoring(unit)
            found_id = kept.by_number(monitoring_id) if isinstance(monitoring_id, str) else monitoring_id
            one = kept.get(found_id)
            who = SqlIdentities(unit).find(one.identity_id, one.identity_seal)
            shown = FollowedPerson(_followed(one, self.now()), who, kept.events_of(found_id))
            if who is not None:
                log_named(unit, one.id, by, self.now())
            unit.commit()
        return shown

    def handover(self, monitoring_id: UUID | str, by: Actor) -> Handover:
        """Return what the receiving authority is told.

        Raises:
            ReferralUnknownError: there is no such monitoring, or its person was forgotten.
        """
        shown = self(monitoring_id, by)
        if shown.who is None:
            raise ReferralUnknownError
        return handover_of(shown.followed.monitoring, shown.who, self.now())


@dataclass(frozen=True, slots=True)
class ListMonitoring:
    """Answers the lists by disease without names, those that need somebody first."""

    open_read: OpenUnit
    now: Clock

    def __call__(
        self, by: Actor, *, disease: str | None = None, only_open: bool = True, limit: int = LISTED
    ) -> tuple[Followed, ...]:
        """Return at most ``limit``: with something to tell first (the most urgent), then by their last day.

        Raises:
            NotAllowedError: the role does not follow people.
        """
        require(by, Permission.FOLLOW_CONTACTS)
        now = self.now()
        with self.open_read() as unit:
            found = [
                _followed(one, now)
                for one in SqlMonitoring(unit).listed(only_open=only_open, disease=disease, limit=limit)
            ]
        return tuple(sorted(found, key=_urgency))


def forget_followed(unit: UnitOfWork, monitoring_id: UUID, by: Actor, now: datetime, rule: str = "") -> Monitoring:
    """Return the finished monitoring without its person, answers and words, which the unit takes away.

    Raises:
        MonitoringStepError: it is not over, or was forgotten before.
    """
    after = _keep(unit, monitoring_id, PersonForgotten(now, rule, (CLINICAL, PERSON)), by, now)
    SqlIdentities(unit).forget(after.identity_id, now)
    SqlParts(unit).erase(monitoring_id, (CLINICAL,))
    return after


def by_disease(followed: Iterable[Followed]) -> dict[str, tuple[Followed, ...]]:
    """Return the lists by disease, in the order in which they came."""
    found: dict[str, tuple[Followed, ...]] = {}
    for one in followed:
        found[one.monitoring.disease] = (*found.get(one.monitoring.disease, ()), one)
    return found


def _urgency(one: Followed) -> tuple[int, date]:
    order = list(escalation_rules())
    first = min((order.index(each.finding) for each in one.escalations), default=len(order))
    return first, one.monitoring.last_day


def _keep(unit: UnitOfWork, monitoring_id: UUID, step: Step, by: Actor, now: datetime) -> Monitoring:
    kept = SqlMonitoring(unit)
    before = kept.get(monitoring_id)
    if isinstance(step, Visited):
        step = replace(step, found="")
        before.after(step, now)  # refused first, judged afterwards
        step = replace(step, found=status_of(step, before.disease).value)
    after = before.after(step, now)
    kept.step(MonitoringEvent(new_id(now), monitoring_id, step, by.name), after)
    return after


def _followed(one: Monitoring, now: datetime) -> Followed:
    return Followed(one, one.days(local(now).date()), escalations(one, now))
