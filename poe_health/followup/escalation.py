"""What must be told to whom: computed from the days, never typed. It stands until somebody wrote down who was told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, local
from poe_health.followup.monitoring import MonitoredDay, Monitoring, State
from poe_health.followup.settings import EscalationRule, escalation_rules, monitoring_rule
from poe_health.followup.visit import DayStatus
from poe_health.rules.definitions import rule_set

UNSEEN = frozenset({DayStatus.MISSED, DayStatus.NOT_REACHED})


@dataclass(frozen=True, slots=True)
class Escalation:
    """A finding that stands since ``since`` and is to be told by ``due_at``. ``notify``: the disease's own level."""

    rule: EscalationRule
    since: datetime
    due_at: datetime
    notify: str = ""

    @property
    def finding(self) -> str:
        """Its code."""
        return self.rule.finding

    def is_overdue(self, now: datetime) -> bool:
        """Return whether it should have been told by now."""
        return now > self.due_at


def escalations(one: Monitoring, now: datetime) -> tuple[Escalation, ...]:
    """Return what stands and was not told yet, the most urgent first. Nothing stands once the monitoring is over."""
    if not one.is_open:
        return ()
    rules = escalation_rules()
    found = []
    for finding, since in _standing(one, now):
        if any(told.finding == finding and told.at >= since for told in one.told):
            continue
        rule = rules[finding]
        disease = rule_set(local(now).date()).diseases.get(one.disease)  # one that has left the rules is still followed
        notify = disease.notify if rule.notifies and disease is not None else ""
        found.append(Escalation(rule, since, since + timedelta(hours=rule.hours), notify))
    return tuple(sorted(found, key=lambda each: list(rules).index(each.finding)))


def _standing(one: Monitoring, now: datetime) -> Iterator[tuple[str, datetime]]:
    today = local(now).date()
    rule = monitoring_rule(today)
    ill = one.unsettled_illness()
    if ill is not None:
        yield "ILL", ill.visit.at
    latest = max(one.visits, key=lambda each: each.visit.at, default=None)
    if latest is not None and latest.status is DayStatus.MOVED and one.state is State.MONITORED:
        yield ("MOVED_ABROAD" if latest.visit.moved_to else "MOVED"), latest.visit.at
    if latest is not None and latest.status in {DayStatus.REFUSED, DayStatus.UNCLEAR}:
        yield latest.status.value, latest.visit.at
    run = _unseen_run(one.days(today), today)
    if len(run) >= rule.unseen_days_to_district:
        yield "UNSEEN_RUN", _known_at(run[rule.unseen_days_to_district - 1])
    missed = [day for day in run if day.status is DayStatus.MISSED]
    if len(missed) >= rule.unseen_days_to_supervisor:
        yield "MISSED", _known_at(missed[-1])
    if one.handover is not None and one.state is State.HANDOVER_SENT:
        silent_from = one.handover.at + timedelta(hours=rule.acknowledge_hours)
        if now > silent_from:
            yield "HANDOVER_SILENT", silent_from
    if today > one.last_day and not one.seen_well_at_the_end():
        yield "LAST_DAY_UNSEEN", _start_of(one.last_day + timedelta(days=1))


def _unseen_run(days: tuple[MonitoredDay, ...], today: date) -> list[MonitoredDay]:
    """Return the days in a row, up to now, on which nobody saw the person; today counts once it was tried in vain."""
    run: list[MonitoredDay] = []
    for day in days:
        if day.day > today or day.status in {DayStatus.DUE, DayStatus.BEFORE}:
            continue
        run = [*run, day] if day.status in UNSEEN else []
    return run


def _known_at(day: MonitoredDay) -> datetime:
    """A day without a visit is known when it is over; one tried in vain is known on that day."""
    return _start_of(day.day + timedelta(days=1)) if day.status is DayStatus.MISSED else _start_of(day.day)


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), timezone(timedelta(minutes=MAPUTO_OFFSET_MINUTES)))
