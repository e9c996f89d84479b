"""EARS C1, C2, C3 and CUSUM over closure-aware baselines; counts that are alarms by themselves. They advise."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from poe_health.surveillance.baseline import Deviation, Why, deviation
from poe_health.surveillance.series import Series
from poe_health.surveillance.settings import AlarmSettings, CountThreshold, alarm_settings
from poe_health.surveillance.week import EpiWeek, epi_week

C3_DAYS = 3
C3_ABOVE = 1.0


class Test(StrEnum):
    """Which test."""

    __test__ = False  # not one of pytest's

    C1 = "C1"
    C2 = "C2"
    C3 = "C3"
    CUSUM = "CUSUM"


class Verdict(StrEnum):
    """What a test says of a day. ``UNKNOWN``: it could not be computed, which is not "no alarm"."""

    ALARM = "alarm"
    QUIET = "quiet"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TestResult:
    """One test on one day. ``value`` is held against ``limit``; None where there is no number, and ``why``.

    For C3 with a day missing, ``value`` is the sum of the days that are known: it can only be larger.
    """

    __test__ = False  # not one of pytest's

    test: Test
    day: date
    verdict: Verdict
    value: float | None
    limit: float
    why: Why | None = None
    deviation: Deviation | None = None


def ears(series: Series, day: date, settings: AlarmSettings | None = None) -> tuple[TestResult, ...]:
    """Return C1, C2 and C3 of the day. ``settings`` None: those in force on that day."""
    used = settings or alarm_settings(day)
    return (
        _single(Test.C1, series, day, used, 0),
        _single(Test.C2, series, day, used, used.guard_days),
        _c3(series, day, used),
    )


def cusum(
    series: Series, first_day: date, last_day: date, settings: AlarmSettings | None = None
) -> tuple[TestResult, ...]:
    """Return the CUSUM of every day from ``first_day`` on: S = max(0, S + z - k), back to 0 after an alarm.

    z is held against the baseline of C2. A day without a number leaves S as it was.
    """
    results = []
    total = 0.0
    for n in range((last_day - first_day).days + 1):
        day = first_day + timedelta(days=n)
        used = settings or alarm_settings(day)
        found = deviation(series, day, used, used.guard_days)
        if isinstance(found, Why):
            results.append(TestResult(Test.CUSUM, day, Verdict.UNKNOWN, None, used.cusum_h, found))
            continue
        total = max(0.0, total + found.z - used.cusum_k)
        verdict = Verdict.ALARM if total > used.cusum_h else Verdict.QUIET
        results.append(TestResult(Test.CUSUM, day, verdict, total, used.cusum_h, deviation=found))
        if verdict is Verdict.ALARM:
            total = 0.0
    return tuple(results)


def _single(test: Test, series: Series, day: date, settings: AlarmSettings, guard_days: int) -> TestResult:
    found = deviation(series, day, settings, guard_days)
    if isinstance(found, Why):
        return TestResult(test, day, Verdict.UNKNOWN, None, settings.c1_c2_over, found)
    verdict = Verdict.ALARM if found.z > settings.c1_c2_over else Verdict.QUIET
    return TestResult(test, day, verdict, found.z, settings.c1_c2_over, deviation=found)


def _c3(series: Series, day: date, settings: AlarmSettings) -> TestResult:
    days = [day - timedelta(days=n) for n in range(C3_DAYS)]
    found = [deviation(series, one, settings, settings.guard_days) for one in days]
    if isinstance(found[0], Why):  # a day without a number has no alarm of its own
        return TestResult(Test.C3, day, Verdict.UNKNOWN, None, settings.c3_over, found[0])
    total = sum(max(0.0, one.z - C3_ABOVE) for one in found if isinstance(one, Deviation))
    missing = next((one for one in found if isinstance(one, Why)), None)
    below = Verdict.QUIET if missing is None else Verdict.UNKNOWN
    verdict = Verdict.ALARM if total > settings.c3_over else below
    return TestResult(Test.C3, day, verdict, total, settings.c3_over, missing, found[0])


@dataclass(frozen=True, slots=True)
class CountAlarm:
    """So many cases of a disease in so many days. ``days_missing``: days of them without counts.

    ``reached`` False with missing days means "not reached so far": the missing days may hold more.
    """

    disease: str
    cases: int
    limit: int
    days: int
    days_missing: int
    reached: bool
    source: str


def count_alarms(
    suspected: Mapping[str, Series],
    day: date,
    thresholds: Iterable[CountThreshold],
    priorities: Mapping[str, int],
    began: date | None = None,
) -> tuple[CountAlarm, ...]:
    """Return what the counts up to ``day`` say. A disease of priority 1 is an alarm with its first case.

    ``suspected`` is the series of each disease; ``priorities`` those of the case definitions; ``began`` the first day
    of the post: no day before it is missing.
    """
    limits = {one.disease: (one.cases, one.days, one.source) for one in thresholds}
    for disease, priority in priorities.items():
        if priority == 1 and (disease not in limits or limits[disease][0] > 1):
            limits[disease] = (1, 1, "priority 1")
    found = []
    for disease, (limit, length, source) in sorted(limits.items()):
        series = suspected.get(disease, {})
        days = [day - timedelta(days=n) for n in range(length)]
        known = [series[one].cases for one in days if one in series]
        cases, missing = sum(known), sum(one not in series and (began is None or one >= began) for one in days)
        found.append(CountAlarm(disease, cases, limit, length, missing, cases >= limit, source))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class AlarmLoad:
    """Alarms of a week beside those that quiet weeks would give by chance."""

    week: EpiWeek
    tests: int
    alarms: int
    expected_by_chance: float
    not_computed: int


def alarm_load(results: Sequence[TestResult], settings: AlarmSettings | None = None) -> tuple[AlarmLoad, ...]:
    """Return the load of each week in ``results``, which may be of many conditions and posts."""
    weeks: dict[EpiWeek, list[TestResult]] = {}
    for one in results:
        weeks.setdefault(epi_week(one.day), []).append(one)
    loads = []
    for week, own in sorted(weeks.items()):
        computed = [one for one in own if one.verdict is not Verdict.UNKNOWN]
        expected = sum((settings or alarm_settings(one.day)).false_alarm_share[one.test] for one in computed)
        alarms = sum(one.verdict is Verdict.ALARM for one in computed)
        loads.append(AlarmLoad(week, len(computed), alarms, expected, len(own) - len(computed)))
    return tuple(loads)
