"""Clocks that run through the night and the weekend, and 7-1-7."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poe_health.codes import notify_levels
from poe_health.events.clocks import ClockState, EventTimes, Target, clock, clocks, timeliness
from poe_health.events.errors import EventOrderError
from poe_health.events.settings import clock_rules

FRIDAY = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
RULES = clock_rules(FRIDAY.date())


def test_a_clock_started_on_friday_afternoon_is_due_on_saturday_afternoon():
    found = clock(RULES["CASE_REPORT_NATIONAL"], {"detected": FRIDAY}, FRIDAY + timedelta(hours=20))

    assert found.due_at == datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
    assert (found.state, found.left) == (ClockState.RUNNING, timedelta(hours=4))


@pytest.mark.parametrize(
    ("code", "hours"),
    [
        ("CASE_REPORT_NATIONAL", 24),
        ("CASE_REPORT_PROVINCE", 24),
        ("NATIONAL_ASSESSMENT", 48),
        ("NOTIFY_WHO", 24),
        ("IMPORTED_EXPORTED", 24),
        ("REPLY_TO_WHO", 24),
        ("ADDITIONAL_MEASURE", 48),
    ],
)
def test_the_hours_of_each_provision(code, hours):
    rule = RULES[code]
    start = {rule.starts: FRIDAY}
    due = FRIDAY + timedelta(hours=hours)

    assert clock(rule, start, due).state is ClockState.RUNNING
    assert clock(rule, start, due + timedelta(seconds=1)).state is ClockState.OVERDUE
    assert clock(rule, start | {rule.ends: due}, due).state is ClockState.IN_TIME
    late = due + timedelta(minutes=1)
    assert clock(rule, start | {rule.ends: late}, late).state is ClockState.LATE
    assert rule.source


def test_a_post_s_clocks_are_those_of_the_notification_levels():
    assert RULES["CASE_REPORT_NATIONAL"].hours == notify_levels()["IMMEDIATE_NATIONAL"].max_hours
    assert RULES["CASE_REPORT_PROVINCE"].hours == notify_levels()["WITHIN_24H_PROVINCE"].max_hours
    assert {one.level for one in RULES.values() if one.ends == "told_who"} == {"national"}


def test_a_clock_that_nothing_started_is_neither_late_nor_in_time():
    found = clock(RULES["NOTIFY_WHO"], {"told_who": FRIDAY}, FRIDAY)

    assert (found.state, found.left) == (ClockState.NOT_STARTED, None)


def test_times_that_cannot_be_are_refused():
    rule = RULES["NOTIFY_WHO"]
    with pytest.raises(EventOrderError):
        clock(rule, {"assessed": FRIDAY, "told_who": FRIDAY - timedelta(hours=1)}, FRIDAY)
    with pytest.raises(EventOrderError):
        clock(rule, {"assessed": FRIDAY + timedelta(hours=1)}, FRIDAY)


def test_the_soonest_due_stands_first_and_only_those_asked_for():
    moments = {"detected": FRIDAY, "told_national": FRIDAY - timedelta(hours=40)}
    found = clocks(moments, FRIDAY, {"NATIONAL_ASSESSMENT", "CASE_REPORT_PROVINCE", "NOTIFY_WHO"})

    assert [one.rule.code for one in found] == ["NATIONAL_ASSESSMENT", "CASE_REPORT_PROVINCE", "NOTIFY_WHO"]


TIMES = EventTimes(
    detected_at=FRIDAY,
    emerged_on=date(2026, 11, 13),
    notified_at=FRIDAY + timedelta(hours=24),
    responded_at=FRIDAY + timedelta(hours=24, days=7),
)
LATER = FRIDAY + timedelta(days=30)


def test_seven_one_seven_met_to_the_last_hour():
    found = timeliness(TIMES, LATER)

    assert (found.detect, found.notify, found.respond) == (Target.MET, Target.MET, Target.MET)
    assert (found.detect_days, found.notify_hours, found.respond_hours) == (7, 24.0, 168.0)
    assert found.all_met is True


def test_each_target_is_missed_by_itself():
    minute = timedelta(minutes=1)
    late_detect = timeliness(replace(TIMES, emerged_on=date(2026, 11, 12)), LATER)
    late_notify = timeliness(replace(TIMES, notified_at=TIMES.notified_at + minute), LATER)
    late_respond = timeliness(replace(TIMES, responded_at=TIMES.responded_at + minute), LATER)

    assert late_detect.detect is Target.MISSED
    assert late_notify.notify is Target.MISSED
    assert late_respond.respond is Target.MISSED
    assert [one.all_met for one in (late_detect, late_notify, late_respond)] == [False, False, False]


def test_a_beginning_nobody_knows_is_not_a_missed_target():
    found = timeliness(replace(TIMES, emerged_on=None), LATER)

    assert found.detect is Target.UNKNOWN
    assert found.all_met is None


def test_what_is_not_done_runs_until_its_time_is_over():
    running = timeliness(EventTimes(FRIDAY), FRIDAY + timedelta(hours=24))
    over = timeliness(EventTimes(FRIDAY), FRIDAY + timedelta(hours=24, minutes=1))

    assert (running.notify, running.respond) == (Target.RUNNING, Target.UNKNOWN)
    assert over.notify is Target.MISSED


def test_the_day_of_detection_is_that_of_the_post_not_of_greenwich():
    late_evening = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)  # already the 21st in Maputo

    assert timeliness(EventTimes(late_evening, date(2026, 11, 21)), LATER).detect_days == 0


@given(st.integers(1, 500))
def test_no_step_may_lie_before_the_one_it_follows(minutes):
    earlier = FRIDAY - timedelta(minutes=minutes)
    for wrong in (
        EventTimes(FRIDAY, notified_at=earlier),
        EventTimes(FRIDAY, notified_at=FRIDAY, responded_at=earlier),
        EventTimes(LATER + timedelta(minutes=minutes)),
    ):
        with pytest.raises(EventOrderError):
            timeliness(wrong, LATER)
    with pytest.raises(EventOrderError):
        timeliness(EventTimes(FRIDAY, emerged_on=date(2026, 11, 21)), LATER)
