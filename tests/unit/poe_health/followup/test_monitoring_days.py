"""The days of a monitoring: from the rules, counted from the last exposure; missed is missed, unknown is unknown."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bmis.kernel.errors import BmisError
from poe_health.followup.errors import MonitoringDaysError, MonitoringStepError, NotSeenWellError, VisitAnswerError
from poe_health.followup.escalation import escalations
from poe_health.followup.monitoring import Monitoring, State, monitoring_of
from poe_health.followup.start_monitoring import monitoring_days
from poe_health.followup.steps import (
    Ended,
    HandoverAcknowledged,
    HandoverDeclined,
    HandoverSent,
    Replanned,
    Started,
    Told,
    Visited,
)
from poe_health.followup.visit import DayStatus, status_of
from poe_health.referrals.errors import (
    ReferralCodeError,
    ReferralFieldError,
    ReferralHistoryError,
    ReferralReasonError,
    ReferralTimeError,
)
from poe_health.rules.answer import Answer

DAY0 = date(2026, 11, 1)
BEGAN = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def started(disease="CHOLERA", days=5, at=BEGAN):
    return Started(at, "SG-1", disease, DAY0, "LAST_EXPOSURE", days, UUID(int=9), "seal", "MZ.L.RSG", "r", "0.1")


def begun(*steps, disease="CHOLERA", days=5, now=datetime(2027, 1, 1, tzinfo=UTC)):
    one = Monitoring.begun(UUID(int=1), started(disease, days))
    for step in steps:
        one = one.after(step, now)
    return one


def on(number, hour=9):
    return datetime(2026, 11, 1, hour, 0, tzinfo=UTC) + timedelta(days=number)


def well(number, hour=9, **more):
    return Visited(on(number, hour), "PHONE", "SEEN", asked_none=True, **more)


def tried(number, contact, **more):
    return Visited(on(number), "PHONE", contact, **more)


def statuses(one, today):
    return [day.status.value for day in one.days(DAY0 + timedelta(days=today))]


@pytest.mark.parametrize(
    ("disease", "days"),
    [("CHOLERA", 5), ("EVD", 21), ("MARBURG", 21), ("YELLOW_FEVER", 6), ("MEASLES", 23), ("MPOX", 21), ("PLAGUE", 7)],
)
def test_the_days_come_from_the_rules_of_the_disease(disease, days):
    assert monitoring_days(disease, DAY0) == days


@pytest.mark.parametrize("disease", ["POLIO_AFP", "MALARIA", "TB_PRESUMPTIVE"])
def test_what_the_post_does_not_follow_is_not_begun(disease):
    with pytest.raises(MonitoringDaysError):
        monitoring_days(disease, DAY0)


def test_a_disease_that_is_none():
    with pytest.raises(ReferralCodeError):
        monitoring_days("HICCUPS", DAY0)


def test_day_zero_is_the_last_exposure_and_it_ends_after_the_last_day():
    one = begun()

    assert one.last_day == date(2026, 11, 6)
    assert [day.day for day in one.days(DAY0)] == [DAY0 + timedelta(days=n) for n in range(1, 6)]


def test_a_missed_visit_is_shown_as_missed_and_today_is_due():
    one = begun(well(1), tried(2, "NOT_REACHED"), well(4))

    assert statuses(one, 5) == ["WELL", "NOT_REACHED", "MISSED", "WELL", "DUE"]
    assert statuses(one, 3) == ["WELL", "NOT_REACHED", "DUE", "WELL", "PLANNED"]
    assert one.counts(DAY0 + timedelta(days=5))[DayStatus.MISSED] == 1


def test_days_before_it_began_here_are_not_missed():
    one = Monitoring.begun(UUID(int=1), started(at=on(3)))

    assert statuses(one, 5) == ["BEFORE", "BEFORE", "MISSED", "MISSED", "DUE"]


def test_a_visit_recorded_on_a_later_day_says_so():
    one = Monitoring.begun(UUID(int=1), started()).after(well(1), on(3))

    assert one.days(on(3).date())[0].late


def test_the_strongest_of_a_day_counts():
    assert statuses(begun(tried(1, "NOT_REACHED"), well(1, 10)), 1)[0] == "WELL"
    ill = Visited(on(1, 17), "VISIT", "SEEN", symptoms={"FEVER": Answer.YES})
    assert statuses(begun(well(1), ill), 1)[0] == "ILL"


@pytest.mark.parametrize(
    ("visit", "disease", "status"),
    [
        (well(1), "CHOLERA", "WELL"),
        (Visited(on(1), "PHONE", "SEEN"), "CHOLERA", "UNCLEAR"),
        (Visited(on(1), "PHONE", "SEEN", symptoms={"FEVER": Answer.NO}), "CHOLERA", "UNCLEAR"),
        (well(1, symptoms={"FEVER": Answer.UNKNOWN}), "CHOLERA", "UNCLEAR"),
        (well(1), "EVD", "UNCLEAR"),
        (well(1, temp_am=36.6), "EVD", "WELL"),
        (well(1, temp_pm=37.5), "EVD", "ILL"),
        (well(1, temp_pm=37.5), "CHOLERA", "WELL"),
        (well(1, temp_am=38.0), "CHOLERA", "ILL"),
        (tried(1, "REFUSED"), "CHOLERA", "REFUSED"),
    ],
)
def test_only_what_was_asked_and_measured_makes_a_person_well(visit, disease, status):
    assert status_of(visit, disease) is DayStatus(status)


@given(
    st.dictionaries(st.sampled_from(["FEVER", "COUGH", "HEADACHE"]), st.sampled_from(list(Answer))),
    st.booleans(),
    st.one_of(st.none(), st.floats(30, 45)),
)
def test_an_unknown_answer_never_makes_anybody_well(answers, asked_none, temp):
    visit = Visited(on(1), "PHONE", "SEEN", asked_none, answers, temp)
    for disease in ("CHOLERA", "EVD"):
        if status_of(visit, disease) is DayStatus.WELL:
            assert asked_none
            assert set(answers.values()) <= {Answer.NO}
            for code in answers:
                changed = Visited(on(1), "PHONE", "SEEN", asked_none, {**answers, code: Answer.UNKNOWN}, temp)
                assert status_of(changed, disease) is DayStatus.UNCLEAR


@pytest.mark.parametrize(
    ("visit", "error"),
    [
        (Visited(on(1), "PIGEON", "SEEN"), ReferralCodeError),
        (Visited(on(1), "PHONE", "PERHAPS"), ReferralCodeError),
        (Visited(on(1), "PHONE", "SEEN", symptoms={"HUNGER": Answer.YES}), ReferralCodeError),
        (well(1, temp_am=50.0), ReferralFieldError),
        (tried(1, "NOT_REACHED", temp_am=37.0), VisitAnswerError),
        (tried(1, "REFUSED", asked_none=True), VisitAnswerError),
        (well(1, symptoms={"FEVER": Answer.YES}), VisitAnswerError),
        (well(1, moved_to="ZAF"), VisitAnswerError),
        (tried(1, "MOVED", moved_to="ZZZ"), ReferralCodeError),
        (Visited(on(-2), "PHONE", "NOT_REACHED"), ReferralTimeError),
    ],
)
def test_a_visit_that_cannot_be_is_refused(visit, error):
    with pytest.raises(error):
        begun(visit)


def test_a_visit_of_tomorrow_is_refused():
    with pytest.raises(ReferralTimeError):
        begun(well(3), now=on(2))


def findings(one, at):
    return [each.finding for each in escalations(one, at)]


def test_three_days_unseen_go_to_the_district_and_a_missed_one_to_the_supervisor():
    one = begun(well(1), tried(2, "NOT_REACHED"), tried(3, "NOT_REACHED"), tried(4, "NOT_REACHED"))

    assert findings(begun(well(1), tried(2, "NOT_REACHED")), on(3)) == []
    assert findings(one, on(4)) == ["UNSEEN_RUN"]
    assert findings(begun(well(1)), on(3)) == ["MISSED"]
    assert findings(begun(), on(4)) == ["UNSEEN_RUN", "MISSED"]
    told = Told(on(4), "UNSEEN_RUN", "SDSMAS", "PHONE", "procuram na morada")
    assert findings(one.after(told, on(5)), on(4)) == []


def test_an_ill_person_is_told_by_the_level_of_the_disease_and_stays_until_told():
    ill = Visited(on(2), "VISIT", "SEEN", symptoms={"VOMITING": Answer.YES}, temp_am=37.9)
    one = begun(ill, disease="EVD", days=21)

    first = escalations(one, on(2))[0]

    assert (first.finding, first.notify, first.rule.to) == ("ILL", "IMMEDIATE_NATIONAL", "CLINICIAN")
    assert first.is_overdue(on(3))
    settled = one.after(Told(on(3), "ILL", "clínico", "PHONE", "transferido"), on(3))
    assert "ILL" not in findings(settled, on(3))
    again = settled.after(Visited(on(4), "VISIT", "SEEN", symptoms={"FEVER": Answer.YES}), on(4))
    assert findings(again, on(4))[0] == "ILL"


@pytest.mark.parametrize(
    ("visit", "finding"),
    [
        (tried(1, "REFUSED"), "REFUSED"),
        (tried(1, "MOVED"), "MOVED"),
        (tried(1, "MOVED", moved_to="MWI"), "MOVED_ABROAD"),
        (Visited(on(1), "PHONE", "SEEN"), "UNCLEAR"),
    ],
)
def test_each_other_finding_is_told(visit, finding):
    assert findings(begun(visit), on(1)) == [finding]


def test_nobody_is_completed_who_was_not_seen_well_at_the_end():
    done = Ended(on(6), "DONE", "")
    with pytest.raises(NotSeenWellError):
        begun(well(1), well(4), done)
    with pytest.raises(NotSeenWellError):
        begun(Visited(on(5), "PHONE", "SEEN"), done)
    assert "LAST_DAY_UNSEEN" in findings(begun(well(4)), on(6))
    ill = Visited(on(3), "VISIT", "SEEN", symptoms={"FEVER": Answer.YES})
    with pytest.raises(NotSeenWellError):
        begun(ill, well(5), done)

    one = begun(ill, Told(on(3), "ILL", "clínico", "PHONE", "malária, tratada"), well(5), done)

    assert one.state is State.DONE
    assert statuses(one, 9)[-1] == "WELL"
    assert findings(one, on(30)) == []


def test_other_ends_say_why():
    with pytest.raises(ReferralReasonError):
        begun(Ended(on(3), "LOST", "sumiu"))
    assert begun(Ended(on(3), "LOST", "mudou de número, morada falsa")).state is State.LOST
    with pytest.raises(ReferralCodeError):
        begun(Ended(on(3), "BORED", "mudou de número"))


def sent(number=2, receiver="COUNTRY", place="MWI"):
    return HandoverSent(on(number), receiver, place, "Port Health Mwanza", "+000 1", "PHONE", "segue para casa")


def test_a_handover_counts_only_when_it_was_acknowledged():
    one = begun(well(1), sent())
    assert one.state is State.HANDOVER_SENT
    assert findings(one, on(2, 10)) == []
    assert "HANDOVER_SILENT" in findings(one, on(3, 10))
    assert statuses(one, 3)[2] == "DUE"

    declined = one.after(HandoverDeclined(on(2, 12), "J. Teste", "PHONE", "não é da nossa área"), on(9))
    assert declined.state is State.MONITORED

    taken = one.after(HandoverAcknowledged(on(3), "J. Teste", "PHONE", "MW-17"), on(9))
    assert taken.state is State.HANDED_OVER
    assert statuses(taken, 5) == ["WELL", "MISSED", "AFTER", "AFTER", "AFTER"]
    assert findings(taken, on(9)) == []
    with pytest.raises(MonitoringStepError):
        taken.after(well(4), on(9))


def test_who_falls_ill_or_dies_before_a_handover_is_acknowledged_is_still_ours_to_end():
    one = begun(well(1), sent())

    for ending in ("CASE", "DIED", "LOST"):
        ended = one.after(Ended(on(3), ending, "o posto soube pela família"), on(9))
        assert (ended.state, ended.handover) == (State(ending), one.handover)
    with pytest.raises(NotSeenWellError):
        one.after(Ended(on(3), "DONE", ""), on(9))


def test_a_disease_that_has_left_the_rules_does_not_silence_its_list():
    one = begun(well(1))
    gone = replace(one, started=replace(one.started, disease="GONE"))

    assert {each.notify for each in escalations(gone, on(9))} == {""}


@pytest.mark.parametrize(
    "step",
    [
        sent(place="ZZZ"),
        sent(receiver="POST", place="MZ.NOWHERE"),
        sent(receiver="DISTRICT", place="XX"),
        sent(receiver="MOON"),
    ],
)
def test_a_handover_goes_to_a_place_that_there_is(step):
    with pytest.raises(ReferralCodeError):
        begun(step)


def test_a_handover_to_another_post():
    assert begun(sent(receiver="POST", place="MZ.B.MCP")).state is State.HANDOVER_SENT
    assert begun(sent(receiver="DISTRICT", place="MZ0101")).state is State.HANDOVER_SENT


def test_a_later_exposure_moves_the_days():
    one = begun(Replanned(on(2), date(2026, 11, 2), "LAST_EXPOSURE", "voltou a ver o doente"))
    assert one.last_day == date(2026, 11, 7)
    with pytest.raises(ReferralFieldError):
        begun(Replanned(on(2), date(2026, 11, 9), "LAST_EXPOSURE", "voltou a ver o doente"))


ANY_STEP = st.one_of(
    st.integers(1, 9).map(well),
    st.builds(tried, st.integers(1, 9), st.sampled_from(["NOT_REACHED", "REFUSED", "MOVED"])),
    st.integers(1, 9).map(lambda n: Visited(on(n), "VISIT", "SEEN", symptoms={"FEVER": Answer.YES})),
    st.integers(1, 9).map(lambda n: Told(on(n, 20), "ILL", "clínico", "PHONE", "visto")),
    st.integers(1, 9).map(sent),
    st.integers(1, 9).map(lambda n: HandoverAcknowledged(on(n), "J. Teste", "PHONE")),
    st.builds(Ended, st.integers(1, 9).map(on), st.sampled_from(["DONE", "LOST", "CASE"]), st.just("motivo bastante")),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(ANY_STEP, max_size=12))
def test_no_path_completes_unseen_or_hands_over_unacknowledged(steps):
    now = on(20)
    one = begun()
    kept = [(started(), BEGAN)]
    for step in steps:
        try:
            one = one.after(step, now)
        except BmisError:
            continue
        kept.append((step, now))
    if one.state is State.DONE:
        assert one.seen_well_at_the_end()
        assert one.unsettled_illness() is None
    if one.state is State.HANDED_OVER:
        assert one.handover is not None
        assert one.acknowledged is not None
    visited = {seen.day for seen in one.visits}
    for day in one.days(now.date()):
        assert (day.status is DayStatus.MISSED) <= (day.day not in visited)
    assert monitoring_of(one.id, kept) == one


def test_a_history_out_of_order_is_not_read():
    for history in ([], [(well(1), on(1))], [(started(), BEGAN), (HandoverAcknowledged(on(2), "x", "PHONE"), on(2))]):
        with pytest.raises(ReferralHistoryError):
            monitoring_of(UUID(int=1), history)
