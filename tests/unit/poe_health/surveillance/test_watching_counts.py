"""Alarms over kept days: a closed or missing day is in no baseline, single cases wait for nothing, chance is told."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bmis.kernel.actor import NotAllowedError, Role
from bmis.kernel.clock import fixed_clock
from bmis.kernel.identifiers import made_at, new_id
from poe_health.rules.answer import Answer
from poe_health.screening.form import ExposureAnswer, Temperature
from poe_health.surveillance.alarms import Test, Verdict, count_alarms, ears
from poe_health.surveillance.baseline import Why
from poe_health.surveillance.day import Submitted
from poe_health.surveillance.day_json import KeptDayEvent
from poe_health.surveillance.errors import WatchPeriodError
from poe_health.surveillance.records import SqlTallyDays
from poe_health.surveillance.screened import Cell, ScreenedFact
from poe_health.surveillance.series import DayPoint, series_of
from poe_health.surveillance.settings import count_thresholds
from poe_health.surveillance.tally import DayTold, tally_of
from poe_health.surveillance.watch import WatchCounts
from tests.unit.poe_health.screening.health_shift import DAY, NOW, ebola, well
from ui.compose_health import health_desk

WELL, ILL = ScreenedFact(Cell("ENTRY"), "PASS", 60), ScreenedFact(Cell("ENTRY"), "SECONDARY", suspected=("MALARIA",))
OPEN, CLOSED = DayTold(hours_open=Decimal(12)), DayTold(hours_open=Decimal(0), none_screened_reason="CLOSED")
USUAL = [1, 0, 2, 1, 1, 0, 1, 2, 0, 1]


def tally(day, cases):
    facts = [] if cases is None else [WELL, *[ILL] * cases]
    return tally_of("MZ.L.RSG", day, facts, CLOSED if cases is None else OPEN)


class Post:
    """The kept days of a post, the last of them yesterday; None is a closed day, "" one that nobody submitted."""

    def __init__(self, session, now=NOW):
        self.session, self.by = session, session.actor
        self.watch = WatchCounts(session.store.read, fixed_clock(now))

    def keeps(self, *cases):
        with self.session.store.write() as unit:
            for back, one in enumerate(reversed(cases), 1):
                day = DAY - timedelta(days=back)
                if one != "":
                    identifier = new_id(datetime.combine(day, time(18), UTC))
                    sent = Submitted(made_at(identifier), "x", tally(day, one), 0)
                    SqlTallyDays(unit).keep(KeptDayEvent(identifier, "MZ.L.RSG", day, sent))
            unit.commit()
        return self

    def found(self, first=1, last=1):
        return self.watch(DAY - timedelta(days=first), DAY - timedelta(days=last), self.by)


@pytest.fixture
def post(signed_in):
    return Post(signed_in(Role.EPIDEMIOLOGIST))


def test_a_jump_over_a_quiet_baseline_is_an_alarm_and_a_usual_day_is_none(post):
    post.keeps(*USUAL, 9)

    found = post.found()

    assert {(one.disease, one.result.test) for one in found.raised} == {
        ("MALARIA", test) for test in (Test.C1, Test.C2, Test.C3, Test.CUSUM)
    }
    assert found.conditions == ("MALARIA",)
    assert (found.loads[0].tests, found.loads[0].alarms) == (4, 4)
    assert 0 < found.loads[0].expected_by_chance < 1
    assert post.found(2, 2).raised == ()


def test_closed_and_missing_days_are_in_no_baseline(post):
    post.keeps(*USUAL[:3], None, "", *USUAL[5:], 9)

    found = post.found(8, 1)

    assert (dict(found.days_without), found.days_missing) == (
        {DAY - timedelta(days=8): "CLOSED"},
        (DAY - timedelta(days=7),),
    )
    c1 = next(one.result for one in found.raised if one.result.test is Test.C1)
    assert (c1.day, c1.deviation.points) == (DAY - timedelta(days=1), 5)  # seven days before it, two without counts


def test_too_few_days_with_counts_are_said_and_are_not_quiet(post):
    post.keeps(2, 1, 1, None, None, None, 0, 1, 9)

    found = post.found()

    assert found.raised == ()
    assert [(one.why, one.tests) for one in found.not_computed] == [(Why.BASELINE_SHORT, 4)]
    assert found.loads[0].not_computed == 4


def test_a_closed_day_has_no_result(post):
    post.keeps(*USUAL, None)

    found = post.found()

    assert [(one.why, one.tests) for one in found.not_computed] == [(Why.NO_COUNT, 4)]
    assert found.days_without == {DAY - timedelta(days=1): "CLOSED"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.none() | st.integers(0, 6), min_size=8, max_size=20))
def test_no_test_ever_tells_a_closed_day_from_one_that_was_not_submitted(cases):
    first = date(2026, 3, 1)
    days = {first + timedelta(days=n): one for n, one in enumerate(cases)}
    closed = series_of("MALARIA", [tally(day, one) for day, one in days.items()])
    missing = series_of("MALARIA", [tally(day, one) for day, one in days.items() if one is not None])
    last = max(days)

    assert closed == missing
    assert ears(closed, last) == ears(missing, last)
    if days[last] is None:
        assert {one.verdict for one in ears(closed, last)} == {Verdict.UNKNOWN}


def test_a_disease_of_priority_one_is_an_alarm_with_its_first_case_before_anybody_submits(signed_in):
    clinician = signed_in(Role.CLINICIAN)
    health_desk(clinician).record(ebola(), clinician.actor)
    post = Post(clinician)

    found = post.found(0, 0)

    reached = {one.alarm.disease for one in found.counts if one.alarm.reached}
    assert "EVD" in reached
    assert found.raised == ()
    assert found.days_missing == (DAY,)
    week_before = post.found(7, 1)
    assert [one for one in week_before.counts if one.alarm.reached] == []


def test_a_suspicion_of_priority_one_that_was_decided_against_stays_an_alarm_when_the_day_is_sent(signed_in):
    clinician = signed_in(Role.CLINICIAN)
    desk = health_desk(clinician)
    said = {"temperature": Temperature(38.7, "AXILLA"), "exposures": {"BURIAL": ExposureAnswer(Answer.YES, DAY)}}
    desk.record(well(form=said, result="ADVISE", reason="Seen by the doctor on duty"), clinician.actor)
    sent = tally_of("MZ.L.RSG", DAY, desk.screenings.facts(DAY, clinician.actor), OPEN)
    with clinician.store.write() as unit:
        identifier = new_id(NOW)
        SqlTallyDays(unit).keep(KeptDayEvent(identifier, "MZ.L.RSG", DAY, Submitted(made_at(identifier), "x", sent, 0)))
        unit.commit()

    found = Post(clinician).found(0, 0)

    assert found.days_missing == ()
    assert "EVD" not in sent.suspected_by
    assert ("EVD", 1) in {(one.alarm.disease, one.alarm.cases) for one in found.counts if one.alarm.reached}


def test_a_case_counts_on_the_day_of_its_primary_screening_and_once(signed_in):
    from poe_health.screening.records.illnesses import illnesses
    from tests.unit.poe_health.screening.health_shift import feverish

    clinician = signed_in(Role.CLINICIAN)
    desk = health_desk(clinician)
    primary = desk.record(feverish(), clinician.actor).view.id
    case = desk.record(ebola(primary_id=primary), clinician.actor).view.id

    with clinician.store.read() as unit:
        found = list(illnesses(unit, DAY, DAY))

    assert [(day, one.ref) for day, one in found] == [(DAY, str(case))]
    assert "EVD" in found[0][1].alike


def test_days_before_the_post_worked_here_are_neither_missing_nor_tests_without_a_result(post):
    post.keeps(0, 4, "", 1)  # four days of work; the measles threshold looks at four weeks

    found = post.found(13, 1)

    began = DAY - timedelta(days=4)
    assert found.days_before == tuple(DAY - timedelta(days=back) for back in range(13, 4, -1))
    assert found.days_missing == (DAY - timedelta(days=2),)
    assert {one.day for one in found.not_computed} == {began + timedelta(days=n) for n in range(4)}
    assert sum(one.not_computed for one in found.loads) == 4 * 4  # four tests on each day of the post
    earlier = post.found(40, 20)
    assert (earlier.days_missing, earlier.not_computed, earlier.loads) == ((), (), ())
    assert len(earlier.days_before) == 21


def test_a_count_over_four_weeks_misses_no_day_before_the_post_began():
    thresholds = [count_thresholds(DAY)["MEASLES"]]
    cases = {"MEASLES": {DAY: DayPoint(1, 9)}}

    (young,) = count_alarms(cases, DAY, thresholds, {}, began=DAY - timedelta(days=2))
    (old,) = count_alarms(cases, DAY, thresholds, {})

    assert (young.cases, young.days_missing, young.reached) == (1, 2, False)
    assert old.days_missing == 27


def test_episodes_join_the_days_that_follow_each_other(post):
    post.keeps(*[0] * 11)
    with post.session.store.write() as unit:
        day = DAY - timedelta(days=12)
        cholera = replace(ILL, suspected=("CHOLERA",))
        identifier = new_id(datetime.combine(day, time(18), UTC))
        sent = Submitted(made_at(identifier), "x", tally_of("MZ.L.RSG", day, [WELL, cholera], OPEN), 0)
        SqlTallyDays(unit).keep(KeptDayEvent(identifier, "MZ.L.RSG", day, sent))
        unit.commit()

    (episode,) = [one for one in post.found(20, 1).counts if one.alarm.reached]

    assert (episode.alarm.disease, episode.alarm.limit) == ("CHOLERA", 1)
    assert (episode.first_day, episode.last_day) == (day, day + timedelta(days=6))


def test_a_period_that_cannot_be_and_a_role_that_may_not(post, signed_in):
    with pytest.raises(WatchPeriodError):
        post.found(1, 2)
    with pytest.raises(WatchPeriodError):
        post.found(400, 1)
    with pytest.raises(NotAllowedError):
        Post(signed_in(Role.SCREENER)).found()
