"""The tally equals the records, its numbers add up or it is not submitted, and closed is not zero."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poe_health.codes import choices
from poe_health.errors import HealthCodeError
from poe_health.surveillance.arithmetic import Fault, faults_of
from poe_health.surveillance.day import DayState, day_of, record_arrived, reopen, submit
from poe_health.surveillance.errors import (
    AlreadySubmittedError,
    CountRefusedError,
    DayHistoryError,
    DayNotComeError,
    NothingSubmittedError,
    ReopeningReasonError,
    TallyArithmeticError,
)
from poe_health.surveillance.screened import Cell, ScreenedFact, post_day
from poe_health.surveillance.tally import Counts, DailyTally, DayTold, TallySource, coverage, tally_of, tally_of_groups

DAY = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
WOMAN = Cell("ENTRY", "BUS", "F", "A25_59", "MWI")
MAN = Cell("EXIT", "FOOT", "M", "A15_24", "MOZ")
OPEN = DayTold(hours_open=Decimal(12), conveyances_inspected=0)


def faults(tally):
    return {one.fault for one in faults_of(tally)}


def test_a_day_is_counted_from_its_screenings():
    tally = tally_of(
        "MZ.L.MEL",
        DAY,
        [
            ScreenedFact(WOMAN, "PASS"),
            ScreenedFact(
                WOMAN,
                "SECONDARY",
                disposition="REFERRED",
                threshold_reached=True,
                alert=True,
                suspected=("CHOLERA", "AWD_OTHER"),
                samples=2,
            ),
            ScreenedFact(MAN, "ISOLATE_NOW", suspected=("EVD",)),
            ScreenedFact(MAN, "REFUSED"),
            ScreenedFact(Cell(direction="ENTRY"), "PASS", persons=40),
            ScreenedFact(WOMAN, "PASS", certificate="ABSENT", vaccinated=True),
            ScreenedFact(WOMAN, "PASS", certificate="NOT_REQUIRED"),
            ScreenedFact(MAN, "SECONDARY", disposition="FOLLOW_UP", follow_up=True, certificate="VALID"),
        ],
        OPEN,
    )
    counts = tally.counts

    assert counts.screened == 46
    assert (counts.secondary, counts.suspected, counts.referred, counts.isolated) == (3, 2, 1, 1)
    assert (counts.refused_screening, counts.temp_ge_threshold, counts.alerts) == (1, 1, 1)
    assert (counts.yf_checked, counts.yf_not_valid, counts.yf_vaccinated) == (2, 1, 1)
    assert (counts.samples, counts.followup_opened) == (2, 1)
    assert tally.suspected_by == {"AWD_OTHER": 1, "CHOLERA": 1, "EVD": 1}
    assert tally.screened_by["sex"] == {"": 40, "F": 4, "M": 2}
    assert tally.cells[WOMAN].screened == 4
    assert faults_of(tally) == ()


def test_a_person_who_was_isolated_and_then_referred_counts_once():
    tally = tally_of("X", DAY, [ScreenedFact(MAN, "ISOLATE_NOW", disposition="REFERRED")], OPEN)

    assert (tally.counts.isolated, tally.counts.referred) == (0, 1)


CELLS = st.builds(
    Cell,
    st.sampled_from([None, *choices("direction")]),
    st.sampled_from([None, "BUS", "FOOT"]),
    st.sampled_from([None, *choices("sex")]),
    st.sampled_from([None, *choices("age_band")]),
    st.sampled_from([None, "MWI", "ZAF"]),
)


@st.composite
def screenings(draw):
    result = draw(st.sampled_from(list(choices("primary_result"))))
    sent = result in {"SECONDARY", "ISOLATE_NOW"}
    end = draw(st.sampled_from([None, *choices("disposition")])) if sent else None
    ill = draw(st.lists(st.sampled_from(["CHOLERA", "MPOX", "EVD"]), unique=True))  # passed on with a reason too
    return ScreenedFact(
        draw(CELLS),
        result,
        disposition=end,
        suspected=tuple(ill),
        threshold_reached=draw(st.none() | st.booleans()),
        certificate=draw(st.sampled_from([None, *choices("certificate_status")])),
    )


def test_a_suspicion_of_the_rules_that_nobody_examined_is_an_alert_and_stops_no_submission():
    overridden = ScreenedFact(WOMAN, "ADVISE", suspected=("COVID19",))

    tally = tally_of("MZ.L.MEL", DAY, [overridden, ScreenedFact(MAN, "PASS")], OPEN)

    assert (tally.counts.screened, tally.counts.alerts, tally.counts.suspected) == (2, 1, 0)
    assert dict(tally.suspected_by) == {}
    assert faults_of(tally) == ()


@given(st.lists(screenings(), min_size=1, max_size=40))
def test_whatever_the_records_say_their_tally_adds_up(records):
    told = OPEN if any(one.result != "REFUSED" for one in records) else replace(OPEN, none_screened_reason="OTHER")

    tally = tally_of("X", DAY, records, told)

    assert faults_of(tally) == ()
    assert tally.counts.screened == sum(one.result != "REFUSED" for one in records)
    assert sum(cell.screened for cell in tally.cells.values()) == tally.counts.screened


def typed(**numbers):
    split = numbers.pop("sex", None)
    more = {name: numbers.pop(name) for name in list(numbers) if name not in Counts.__dataclass_fields__}
    counts = Counts(**({"screened": 10} | numbers))
    return DailyTally(
        "X",
        DAY,
        TallySource.HAND,
        counts,
        screened_by={"sex": split or {"F": counts.screened, "M": 0}},
        hours_open=more.pop("hours_open", Decimal(8)),
        **more,
    )


@pytest.mark.parametrize(
    ("tally", "fault"),
    [
        (typed(sex={"F": 4, "M": 5}), Fault.SPLIT_NOT_SUM),
        (typed(secondary=11), Fault.SECONDARY_OVER_SCREENED),
        (typed(temp_ge_threshold=11), Fault.THRESHOLD_OVER_SCREENED),
        (typed(secondary=1, suspected=2, suspected_by={"EVD": 2}), Fault.SUSPECTED_OVER_SECONDARY),
        (typed(secondary=2, suspected=1, suspected_by={"EVD": 2}), Fault.DISEASE_OVER_SUSPECTED),
        (typed(secondary=2, suspected=2, suspected_by={"EVD": 1}), Fault.SUSPECTED_WITHOUT_DISEASE),
        (typed(secondary=2, referred=2, isolated=1), Fault.ENDED_OVER_SECONDARY),
        (typed(yf_not_valid=1), Fault.NOT_VALID_OVER_CHECKED),
        (typed(crossed={"ENTRY": 5, "EXIT": 4}), Fault.CROSSED_FEWER),
        (typed(screened=0), Fault.NONE_SCREENED_WITHOUT_REASON),
        (typed(none_screened_reason="NO_STAFF"), Fault.REASON_THOUGH_SCREENED),
        (typed(screened=0, none_screened_reason="TIRED"), Fault.REASON_UNKNOWN),
        (typed(screened=0, none_screened_reason="NO_TRAVELLERS", crossed={"ENTRY": 3}), Fault.CAME_BUT_NOBODY),
        (typed(hours_open=Decimal(25)), Fault.HOURS_OUTSIDE),
        (typed(hours_open=Decimal(0)), Fault.SCREENED_WHILE_CLOSED),
        (replace(typed(), screened_by={}), Fault.SEX_NOT_SPLIT),
    ],
)
def test_numbers_that_contradict_each_other_are_not_submitted(tally, fault):
    assert faults(tally) == {fault}
    with pytest.raises(TallyArithmeticError) as refused:
        submit((), tally, today=DAY, at=AT, by="triagem")
    assert refused.value.faults == (fault.value,)


@pytest.mark.parametrize(
    "tally",
    [
        typed(),
        typed(secondary=2, referred=2, isolated=1, deaths=1),
        typed(crossed={"ENTRY": 5}, fewer_crossed_reason="contagem da migração só até às 12"),
        typed(screened=0, none_screened_reason="CLOSED", hours_open=Decimal(0)),
    ],
)
def test_numbers_that_add_up_are_submitted(tally):
    assert submit((), tally, today=DAY, at=AT, by="triagem").revision == 0


def test_hours_that_nobody_told_are_asked_for_and_stop_nothing():
    (fault,) = faults_of(typed(hours_open=None))

    assert (fault.fault, fault.blocks) == (Fault.HOURS_UNKNOWN, False)
    assert submit((), typed(hours_open=None), today=DAY, at=AT, by="triagem").tally.hours_open is None


@given(st.lists(st.tuples(screenings(), st.integers(1, 5)), max_size=20))
def test_counting_in_groups_is_counting_one_by_one(groups):
    one_by_one = [fact for fact, alike in groups for _ in range(alike)]

    assert tally_of_groups("X", DAY, groups, OPEN) == tally_of("X", DAY, one_by_one, OPEN)


def test_closed_is_not_zero_and_nobody_came_is():
    assert not typed(screened=0, none_screened_reason="CLOSED").has_data
    assert not typed(screened=0, none_screened_reason="NO_STAFF").has_data
    assert not typed(screened=0).has_data
    assert typed(screened=0, none_screened_reason="NO_TRAVELLERS").has_data
    assert typed().has_data


def test_a_late_record_reopens_the_day_and_what_follows_is_marked_revised():
    first = submit((), typed(), today=DAY, at=AT, by="ana")
    late = record_arrived((first,), "rec-7", at=AT, by="rui")

    assert day_of((first, late)).state is DayState.REOPENED
    assert record_arrived((first, late), "rec-8", at=AT, by="rui") is None

    second = submit((first, late), typed(screened=11), today=DAY, at=AT, by="ana")
    day = day_of((first, late, second))
    assert (day.state, day.is_revised, day.sent.revision) == (DayState.SUBMITTED, True, 1)
    assert day.sent.tally.counts.screened == 11


def test_a_day_is_not_submitted_twice_nor_before_it_begins():
    first = submit((), typed(), today=DAY, at=AT, by="ana")

    with pytest.raises(AlreadySubmittedError):
        submit((first,), typed(), today=DAY, at=AT, by="ana")
    with pytest.raises(DayNotComeError):
        submit((), typed(), today=date(2026, 11, 20), at=AT, by="ana")


def test_reopening_by_hand_needs_a_reason_and_a_submitted_day():
    first = submit((), typed(), today=DAY, at=AT, by="ana")

    with pytest.raises(ReopeningReasonError):
        reopen((first,), "erro     ", at=AT, by="ana")
    with pytest.raises(NothingSubmittedError):
        reopen((), "contagem da tarde em falta", at=AT, by="ana")
    again = reopen((first,), "contagem da tarde em falta", at=AT, by="ana")
    assert day_of((first, again)).state is DayState.REOPENED


def test_a_history_that_does_not_follow_is_seen():
    first = submit((), typed(), today=DAY, at=AT, by="ana")
    late = record_arrived((first,), "rec-7", at=AT, by="rui")

    for broken in ((late,), (first, first), (first, late, replace(first, revision=3))):
        with pytest.raises(DayHistoryError):
            day_of(broken)


def test_coverage_is_of_the_hours_that_both_counted():
    found = coverage({8: 10, 9: 20, 10: 5}, {9: 25, 10: 15, 11: 40})

    assert (found.screened, found.crossed, found.hours, found.share) == (25, 40, 2, Fraction(5, 8))
    assert coverage({8: 10}, {9: 25}) is None
    assert coverage({8: 0}, {8: 0}).share is None


def test_a_screening_just_before_midnight_utc_counts_for_the_next_day_here():
    assert post_day(datetime(2026, 11, 21, 22, 30, tzinfo=UTC)) == date(2026, 11, 22)
    assert post_day(datetime(2026, 11, 21, 21, 59, tzinfo=UTC)) == date(2026, 11, 21)
    with pytest.raises(ValueError):
        post_day(datetime(2026, 11, 21, 22, 30))


def test_codes_of_no_list_and_counts_below_zero_are_refused():
    with pytest.raises(HealthCodeError):
        ScreenedFact(WOMAN, "FINE")
    with pytest.raises(HealthCodeError):
        ScreenedFact(Cell(sex="W"), "PASS")
    with pytest.raises(CountRefusedError):
        ScreenedFact(WOMAN, "PASS", persons=0)
    with pytest.raises(CountRefusedError):
        ScreenedFact(WOMAN, "SECONDARY", persons=3, suspected=("EVD",))
    with pytest.raises(CountRefusedError):
        Counts(deaths=-1)
    with pytest.raises(CountRefusedError):
        typed(crossed={"ENTRY": -1})
    for hours in ("NaN", "Infinity"):
        with pytest.raises(CountRefusedError):
            typed(hours_open=Decimal(hours))
