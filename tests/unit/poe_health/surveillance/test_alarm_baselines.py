"""EARS and CUSUM against numbers worked out by hand, and what a closed day never becomes."""

import math
import random
from dataclasses import replace
from datetime import date, timedelta
from statistics import mean, stdev

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from poe_health.codes import Coded
from poe_health.rules.definitions import rule_set
from poe_health.surveillance.alarms import Test, Verdict, alarm_load, count_alarms, cusum, ears
from poe_health.surveillance.baseline import Scale, Why, deviation
from poe_health.surveillance.series import DayPoint, series_of
from poe_health.surveillance.settings import alarm_settings, count_thresholds, reasons_none_screened
from poe_health.surveillance.tally import Counts, DailyTally, TallySource

FIRST = date(2026, 10, 1)
USED = alarm_settings(FIRST)


def series(counts, screened=100):
    return {FIRST + timedelta(days=n): DayPoint(cases, screened) for n, cases in enumerate(counts) if cases is not None}


def on(n):
    return FIRST + timedelta(days=n)


def by_test(results):
    return {one.test: one for one in results}


def test_one_case_after_zeros_is_a_thousand_sigmas_with_a_tiny_floor_and_one_with_the_floor_of_a_case():
    days = series([0] * 7 + [1])

    assert deviation(days, on(7), replace(USED, sigma_floor_cases=0.001), 0).z == pytest.approx(1000)
    assert deviation(days, on(7), USED, 0).z == 1.0
    assert by_test(ears(days, on(7)))[Test.C1].verdict is Verdict.QUIET


def test_two_three_four_after_a_low_baseline_alarms_c3_on_the_second_day_and_c2_on_the_third():
    days = series([0] * 9 + [2, 3, 4])
    first, second, third = (by_test(ears(days, on(n))) for n in (9, 10, 11))

    assert [one[Test.C2].value for one in (first, second, third)] == [2.0, 3.0, 4.0]
    assert [one[Test.C2].verdict for one in (first, second, third)] == [Verdict.QUIET, Verdict.QUIET, Verdict.ALARM]
    assert [one[Test.C3].value for one in (first, second, third)] == [1.0, 3.0, 6.0]
    assert [one[Test.C3].verdict for one in (first, second, third)] == [Verdict.QUIET, Verdict.ALARM, Verdict.ALARM]


def test_a_worked_week():
    # 4 6 5 7 3 5 5: mean 5, squared distances 1+1+0+4+4+0+0 = 10, variance 10/6, sigma 1.29099; (11 - 5) / 1.29099
    days = series([4, 6, 5, 7, 3, 5, 5, 11])
    found = deviation(days, on(7), USED, 0)

    assert (found.mean, found.points) == (5, 7)
    assert found.sigma == pytest.approx(math.sqrt(10 / 6))
    assert found.z == pytest.approx(4.6475800)
    assert by_test(ears(days, on(7)))[Test.C1].verdict is Verdict.ALARM


def test_c1_looks_at_the_seven_days_before_and_c2_leaves_out_the_last_two():
    days = series([1, 2, 3, 4, 5, 6, 7, 80, 90, 5])
    found = by_test(ears(days, on(9)))

    assert found[Test.C1].deviation.mean == pytest.approx(mean([3, 4, 5, 6, 7, 80, 90]))
    assert found[Test.C2].deviation.mean == pytest.approx(4)
    assert found[Test.C2].value == pytest.approx((5 - 4) / stdev([1, 2, 3, 4, 5, 6, 7]))


def test_closed_days_are_missing_and_never_zero():
    with_gaps = series([5, None, 5, 5, None, 5, 5, 8])
    with_zeros = series([5, 0, 5, 5, 0, 5, 5, 8])

    assert deviation(with_gaps, on(7), USED, 0).points == 5
    assert deviation(with_gaps, on(7), USED, 0).z == pytest.approx(3.0)
    assert deviation(with_zeros, on(7), USED, 0).z < 3.0


def test_four_days_of_baseline_are_not_enough_and_a_closed_day_has_no_result():
    days = series([5, None, 5, None, 5, None, 5, 50])

    assert deviation(days, on(7), USED, 0) is Why.BASELINE_SHORT
    assert all(one.verdict is Verdict.UNKNOWN for one in ears(days, on(7)))
    assert deviation(days, on(5), USED, 0) is Why.NO_COUNT


def test_c3_with_a_closed_day_before_is_unknown_unless_the_known_days_are_enough():
    quiet = series([0] * 9 + [None, 1, 2])
    loud = series([0] * 9 + [None, 3, 3])

    assert by_test(ears(quiet, on(11)))[Test.C3].verdict is Verdict.UNKNOWN
    assert by_test(ears(loud, on(11)))[Test.C3].verdict is Verdict.ALARM


def test_too_few_screened_for_a_baseline_is_said():
    assert deviation(series([0] * 7 + [3], screened=4), on(7), USED, 0) is Why.TOO_FEW_SCREENED


def test_a_busy_post_is_judged_per_screened():
    quiet_days = series([4] * 7, screened=400) | {on(7): DayPoint(8, 800)}
    found = deviation(quiet_days, on(7), USED, 0)

    assert found.scale is Scale.PER_SCREENED
    assert found.z == pytest.approx(0)
    crowd = replace(USED, busy_from_screened=10_000)
    assert deviation(quiet_days, on(7), crowd, 0).z == pytest.approx(4)


@given(st.lists(st.integers(0, 40), min_size=8, max_size=8), st.integers(50, 5000))
def test_with_as_many_screened_every_day_both_scales_are_the_same(counts, screened):
    days = series(counts, screened)
    busy = deviation(days, on(7), replace(USED, busy_from_screened=0), 0)
    small = deviation(days, on(7), replace(USED, busy_from_screened=10**9), 0)

    assert busy.z == pytest.approx(small.z, abs=1e-6)


@given(st.lists(st.none() | st.integers(0, 60), min_size=10, max_size=30), st.integers(0, 9))
def test_a_longer_history_before_the_window_changes_nothing(counts, more):
    day = on(len(counts) - 1)
    days = series(counts)
    longer = days | {FIRST - timedelta(days=n + 30): DayPoint(99, 100) for n in range(more)}

    assert ears(days, day) == ears(longer, day)


@given(st.lists(st.integers(0, 60), min_size=10, max_size=10), st.integers(1, 40))
def test_more_cases_today_never_lower_a_result(counts, more):
    day = on(9)
    assume(counts[9] + more <= 200)
    fewer, larger = ears(series(counts), day), ears(series([*counts[:9], counts[9] + more]), day)

    for before, after in zip(fewer, larger, strict=True):
        assert after.value >= before.value


def test_cusum_by_hand_alarms_and_starts_again():
    # baseline of zeros, floor 1: z is the count; S: 1.5, 3.0, 4.5 alarm, then 1.5 again
    counts = [0] * 9 + [2, 2, 2]
    days = series(counts)
    results = cusum(days, on(9), on(11), replace(USED, guard_days=2))

    assert [one.value for one in results][:2] == [1.5, 3.0]
    assert results[2].value == pytest.approx(4.5)
    assert [one.verdict for one in results] == [Verdict.QUIET, Verdict.QUIET, Verdict.ALARM]

    slow = series([0] * 9 + [2, 2, 3, None, 0])
    after = cusum(slow, on(9), on(13))
    assert after[2].verdict is Verdict.ALARM
    assert after[3].verdict is Verdict.UNKNOWN
    assert after[4].value == pytest.approx(0)


def test_a_closed_day_leaves_the_cusum_as_it_was():
    days = series([0] * 9 + [2, None, 1])
    results = cusum(days, on(9), on(11))

    assert results[0].value == 1.5
    assert results[1].value is None
    assert results[2].value == pytest.approx(1.5 + deviation(days, on(11), USED, 2).z - 0.5)


def test_the_share_of_false_alarms_that_is_shown_is_what_quiet_days_give():
    chance = random.Random(7)
    days = {on(n): DayPoint(round(chance.gauss(2000, 450)), 100) for n in range(6000)}
    scaled = replace(USED, sigma_floor_cases=0.001)
    results = [one for n in range(12, 6000) for one in ears(days, on(n), scaled)]
    results += cusum(days, on(12), on(5999), scaled)
    for test in Test:
        own = [one for one in results if one.test is test]
        share = sum(one.verdict is Verdict.ALARM for one in own) / len(own)
        assert share == pytest.approx(USED.false_alarm_share[test], abs=0.012), test

    loads = alarm_load(results)
    assert sum(one.alarms for one in loads) == sum(one.verdict is Verdict.ALARM for one in results)
    whole = [one for one in loads if one.tests == 28]
    assert whole[0].expected_by_chance == pytest.approx(7 * sum(USED.false_alarm_share.values()))


def test_priority_one_never_waits_for_a_baseline():
    priorities = {code: one.priority for code, one in rule_set(FIRST).diseases.items()}
    found = {
        one.disease: one
        for one in count_alarms({"SMALLPOX": series([1])}, FIRST, count_thresholds(FIRST).values(), priorities)
    }

    assert found["SMALLPOX"].reached
    assert {code for code, one in priorities.items() if one == 1} <= set(found)
    assert set(count_thresholds(FIRST)) <= set(priorities)


def test_a_threshold_not_reached_says_how_many_days_are_missing():
    thresholds = [count_thresholds(FIRST)["MEASLES"]]
    days = series([1] * 5 + [None] * 23)
    found = count_alarms({"MEASLES": days}, on(27), thresholds, {})[0]

    assert (found.cases, found.limit, found.days_missing, found.reached) == (5, 6, 23, False)
    more = count_alarms({"MEASLES": days | {on(20): DayPoint(1, 9)}}, on(27), thresholds, {})[0]
    assert more.reached


def test_a_series_leaves_closed_days_out_and_keeps_true_zeros():
    def tally(n, screened, reason=None, suspected=None):
        return DailyTally(
            "X", on(n), TallySource.HAND, Counts(screened=screened), suspected or {}, none_screened_reason=reason
        )

    found = series_of(
        "CHOLERA", [tally(0, 9, suspected={"CHOLERA": 2}), tally(1, 0, "CLOSED"), tally(2, 0, "NO_TRAVELLERS")]
    )

    assert found == {on(0): DayPoint(2, 9), on(2): DayPoint(0, 0)}


def test_settings_say_from_when_and_from_where():
    assert USED.valid_from <= FIRST
    assert "EARS" in USED.source
    assert isinstance(reasons_none_screened()["CLOSED"], Coded)
