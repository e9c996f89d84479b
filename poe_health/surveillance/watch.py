"""What the counts say of some days: moving baselines over submitted tallies, counts by themselves, clusters.

It computes and keeps nothing; a person makes a signal of it, or does not.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock, local
from bmis.store.unit import OpenUnit
from poe_health.events.clusters import Cluster, Illness, clusters
from poe_health.events.settings import cluster_rule
from poe_health.rules.definitions import rule_set
from poe_health.screening.records import SqlScreeningCounts
from poe_health.screening.records.illnesses import illnesses
from poe_health.surveillance.alarms import (
    AlarmLoad,
    CountAlarm,
    TestResult,
    Verdict,
    alarm_load,
    count_alarms,
    cusum,
    ears,
)
from poe_health.surveillance.baseline import Why
from poe_health.surveillance.errors import WatchPeriodError
from poe_health.surveillance.keep_days import began_on, last_sent
from poe_health.surveillance.series import DayPoint, Series, series_of
from poe_health.surveillance.settings import alarm_settings, count_thresholds
from poe_health.surveillance.tally import DailyTally

MOST_DAYS = 366
CUSUM_DAYS = 56  # before the period: what lies further back has been worn off by k, or was an alarm then


@dataclass(frozen=True, slots=True)
class Raised:
    """An alarm of a moving baseline: the disease and the test's result."""

    disease: str
    result: TestResult


@dataclass(frozen=True, slots=True)
class CountEpisode:
    """Days one after the other on which a count was an alarm by itself; ``alarm`` is that of the last of them.

    Not reached with days missing: what is known is below the limit, and nobody can say more.
    """

    first_day: date
    last_day: date
    alarm: CountAlarm


@dataclass(frozen=True, slots=True)
class NotComputed:
    """How many tests of a day gave no result, and why."""

    day: date
    why: Why
    tests: int


@dataclass(frozen=True, slots=True)
class Watched:
    """What the counts of the period say. ``conditions``: the diseases of which somebody was suspected in it or before.

    ``days_without``: submitted without counts, by reason (closed is not zero); ``days_missing``: not submitted;
    ``days_before``: before the post worked here, neither missing nor zero.
    """

    first: date
    last: date
    conditions: tuple[str, ...]
    raised: tuple[Raised, ...]
    counts: tuple[CountEpisode, ...]
    clusters: tuple[Cluster, ...]
    loads: tuple[AlarmLoad, ...]
    not_computed: tuple[NotComputed, ...]
    days_without: Mapping[date, str]
    days_missing: tuple[date, ...]
    days_before: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class WatchCounts:
    """Computes the alarms of the post."""

    open_read: OpenUnit
    now: Clock
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def __call__(self, first: date, last: date, by: Actor) -> Watched:
        """Return what the counts say of the days, the first and the last included.

        Baselines take what was submitted last of each day. Counts that are alarms by themselves, and clusters, take
        the records where a day is not submitted: one case of cholera waits for no form. A disease of priority 1 takes
        them on submitted days too: a suspicion that was decided against is in no tally, and is told all the same.

        Raises:
            NotAllowedError: the role reads no counts. WatchPeriodError: backwards, or too long.
        """
        require(by, Permission.READ_HEALTH_COUNTS)
        if not 0 <= (last - first).days < MOST_DAYS:
            raise WatchPeriodError(MOST_DAYS)
        thresholds = count_thresholds(last)
        widest = max((one.days for one in thresholds.values()), default=1)
        settings = alarm_settings(last)
        start = first - timedelta(days=max(CUSUM_DAYS + settings.baseline_days + settings.guard_days, widest))
        with self.open_read() as unit:
            sent = last_sent(unit, start, last)
            since = first - timedelta(days=max(widest, cluster_rule(last).days))
            ill = list(illnesses(unit, since, last))
            recorded = SqlScreeningCounts(unit).days_with_records(since, last)
            began = began_on(unit, self.utc_offset_minutes) or start
        tallies = {one.tally.day: one.tally for one in sent}
        conditions = tuple(sorted({disease for one in tallies.values() for disease in one.suspected_by}))
        series = {disease: series_of(disease, tallies.values()) for disease in conditions}
        asked = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        days = [day for day in asked if day >= began]
        results = [(disease, one) for disease in conditions for one in _tests(series[disease], days)]
        return Watched(
            first=first,
            last=last,
            conditions=conditions,
            raised=tuple(Raised(disease, one) for disease, one in results if one.verdict is Verdict.ALARM),
            counts=_episodes(days, _with_records(tallies, ill, recorded, _urgent(last)), began),
            clusters=self._clusters(days, [one for _, one in ill]),
            loads=alarm_load([one for _, one in results]),
            not_computed=_not_computed([one for _, one in results]),
            days_without={
                day: tallies[day].none_screened_reason or "OTHER"
                for day in days
                if day in tallies and not tallies[day].has_data
            },
            days_missing=tuple(day for day in days if day not in tallies),
            days_before=tuple(day for day in asked if day < began),
        )

    def _clusters(self, days: Sequence[date], ill: Sequence[Illness]) -> tuple[Cluster, ...]:
        """Return each cluster once, as it stood on the day on which it was largest."""
        zone = timezone(timedelta(minutes=self.utc_offset_minutes))
        now = self.now()
        found: dict[tuple[str, str, str], Cluster] = {}
        for day in days:
            moment = min(now, datetime.combine(day, time.max, zone))
            for one in clusters(ill, moment, cluster_rule(local(moment, self.utc_offset_minutes).date())):
                known = found.get((one.kind, one.key, one.alike))
                if known is None or len(one.refs) >= len(known.refs):
                    found[(one.kind, one.key, one.alike)] = one
        return tuple(sorted(found.values(), key=lambda one: (-len(one.refs), one.kind, one.key, one.alike)))


def _tests(series: Series, days: Sequence[date]) -> Iterable[TestResult]:
    for day in days:
        yield from ears(series, day)
    if days:
        yield from (one for one in cusum(series, days[0] - timedelta(days=CUSUM_DAYS), days[-1]) if one.day >= days[0])


def _urgent(day: date) -> frozenset[str]:
    return frozenset(code for code, one in rule_set(day).diseases.items() if one.priority == 1)


def _with_records(
    tallies: Mapping[date, DailyTally],
    ill: Sequence[tuple[date, Illness]],
    recorded: Iterable[date],
    urgent: frozenset[str],
) -> dict[str, Series]:
    """Return the cases of each disease by day; a day that has records and no counts of its own takes the records'.

    Of an ``urgent`` disease a submitted day has the larger of both.
    """
    counted = {day for day, one in tallies.items() if one.has_data}
    alive = set(recorded) - counted
    cases: dict[str, dict[date, int]] = {}
    for day, one in tallies.items():
        for disease, count in one.suspected_by.items() if day in counted else ():
            cases.setdefault(disease, {})[day] = count
    seen: dict[tuple[str, date], int] = {}
    for day, illness in ill:
        for disease in illness.alike if day in alive else illness.alike & urgent:
            seen[disease, day] = seen.get((disease, day), 0) + 1
    for (disease, day), count in seen.items():
        of_disease = cases.setdefault(disease, {})
        of_disease[day] = max(of_disease.get(day, 0), count)
    known = counted | alive
    return {disease: {day: DayPoint(by.get(day, 0), 0) for day in known} for disease, by in cases.items()}


def _episodes(days: Sequence[date], cases: Mapping[str, Series], began: date) -> tuple[CountEpisode, ...]:
    """Return the days on which a count says something, those that follow each other as one."""
    found: dict[str, list[CountEpisode]] = {}
    for day in days:
        priorities = {code: one.priority for code, one in rule_set(day).diseases.items() if code in cases}
        thresholds = [one for code, one in count_thresholds(day).items() if code in cases]
        for alarm in count_alarms(cases, day, thresholds, priorities, began):
            if not alarm.reached and not (alarm.cases and alarm.days_missing):
                continue
            own = found.setdefault(alarm.disease, [])
            goes_on = own and own[-1].last_day == day - timedelta(days=1) and own[-1].alarm.reached == alarm.reached
            if goes_on:
                own[-1] = CountEpisode(own[-1].first_day, day, alarm)
            else:
                own.append(CountEpisode(day, day, alarm))
    return tuple(sorted((one for own in found.values() for one in own), key=lambda one: (one.first_day, _of(one))))


def _of(one: CountEpisode) -> str:
    return one.alarm.disease


def _not_computed(results: Sequence[TestResult]) -> tuple[NotComputed, ...]:
    counted: dict[tuple[date, Why], int] = {}
    for one in results:
        if one.verdict is Verdict.UNKNOWN and one.why is not None:
            counted[(one.day, one.why)] = counted.get((one.day, one.why), 0) + 1
    return tuple(NotComputed(day, why, tests) for (day, why), tests in sorted(counted.items()))
