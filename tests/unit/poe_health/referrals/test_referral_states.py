"""A transfer in every order of its steps: nobody leaves unannounced, but in an emergency that says why."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bmis.kernel.errors import BmisError
from poe_health.referrals.errors import (
    AcceptanceOutgrownError,
    NotAcceptedError,
    ReferralCodeError,
    ReferralFieldError,
    ReferralHistoryError,
    ReferralReasonError,
    ReferralStepError,
    ReferralTimeError,
)
from poe_health.referrals.note import ReferralNote, Vitals
from poe_health.referrals.referral import AlertCode, Referral, State, referral_of
from poe_health.referrals.steps import (
    Amended,
    Answered,
    Arrived,
    Cancelled,
    Closed,
    DiedOnWay,
    Left,
    LeftInEmergency,
    NotArrived,
    Opened,
    Printed,
    ReturnSlip,
)

START = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
WHO = UUID(int=7)
NOTE = ReferralNote(
    urgency="EMERGENCY",
    reason="Diarreia aquosa e desidratação grave",
    protection="STANDARD",
    transport="AMBULANCE",
    belongings="com a irmã",
    suspected=("CHOLERA",),
    vitals=(Vitals(START, temp_c=36.8, pulse=130),),
)


def opened(note=NOTE):
    return Referral.opened(UUID(int=1), Opened(START, "GT-LRSG1-AB12-2026-0001", note, WHO, "seal", "0.1", "r"), START)


def answer(said, at=START, unit="HD-MANICA", **more):
    person = "" if said == "NO_ANSWER" else "Enf.ª Rosa Teste, chefe de turno"
    why = "NO_BED" if said == "REFUSED" else ""
    return Answered(at, unit, unit.title(), "list", said, "PHONE", person, why, **more)


def left(at=START + HOUR):
    return Left(at, "AMBULANCE", "enfermeiro do posto")


def emergency(at=START + HOUR, reason="choque, sem rede de telefone"):
    return LeftInEmergency(at, "AMBULANCE", "clínico", "HP-CHIMOIO", "HP Chimoio", "list", reason)


def walk(*steps, one=None, now=START + timedelta(days=30)):
    one = one or opened()
    for step in steps:
        one = one.after(step, now)
    return one


ANY_STEP = st.one_of(
    st.builds(
        answer,
        st.sampled_from(["ACCEPTED", "REFUSED", "NO_ANSWER"]),
        st.integers(0, 40).map(lambda h: START + h * HOUR),
        st.sampled_from(["HD-MANICA", "HP-CHIMOIO"]),
    ),
    st.integers(0, 40).map(lambda h: left(START + h * HOUR)),
    st.builds(emergency, st.integers(0, 40).map(lambda h: START + h * HOUR), st.sampled_from(["", "curto", "x" * 12])),
    st.integers(0, 60).map(lambda h: Arrived(START + h * HOUR, "Dr. Teste", "PHONE")),
    st.integers(0, 60).map(lambda h: NotArrived(START + h * HOUR, "Dr. Teste", "PHONE", "ligar à ambulância")),
    st.integers(0, 60).map(lambda h: DiedOnWay(START + h * HOUR, "Dr. Teste", "PHONE")),
    st.integers(0, 90).map(lambda h: ReturnSlip(START + h * HOUR, "Dr. Teste", "CONFIRMED", "ADMITTED")),
    st.integers(0, 90).map(lambda h: Cancelled(START + h * HOUR, "recusou a transferência")),
    st.integers(0, 90).map(lambda h: Closed(START + h * HOUR, "nunca veio resposta")),
    st.just(Printed(START + HOUR, "A")),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(ANY_STEP, max_size=12), st.sampled_from(["EMERGENCY", "URGENT"]))
def test_no_path_leaves_without_an_acceptance_but_a_documented_emergency(steps, urgency):
    one = opened(replace(NOTE, urgency=urgency))
    taken = [(Opened(START, one.number, one.note, WHO, "seal", "0.1", "r"), START)]
    now = START + timedelta(days=10)
    for step in steps:
        before = one
        try:
            one = one.after(step, now)
        except BmisError:
            assert one is before
            continue
        taken.append((step, now))
        if isinstance(step, Left):
            assert before.acceptance is not None
            assert before.acceptance.answer == "ACCEPTED"
            assert timedelta(0) <= step.at - before.acceptance.at <= timedelta(hours=12)
        if isinstance(step, LeftInEmergency):
            assert urgency == "EMERGENCY"
            assert len(step.reason) >= 10
    on_the_way = {State.LEFT, State.ARRIVED, State.NOT_ARRIVED, State.OUTCOME_RECEIVED, State.DIED_ON_WAY}
    if one.state in on_the_way:
        accepted_first = any(isinstance(step, Left) for step, _ in taken)
        assert accepted_first or one.in_emergency
    assert referral_of(one.id, taken) == one  # what was kept reads back as the same transfer


def test_a_refusal_sends_the_call_to_the_next_unit_and_both_stay_on_record():
    one = walk(answer("REFUSED", next_facility="HP-CHIMOIO"))
    assert one.state is State.DRAFTED
    assert one.named_instead == ("HP-CHIMOIO",)
    with pytest.raises(NotAcceptedError):
        one.after(left(), START + HOUR)

    one = walk(answer("ACCEPTED", unit="HP-CHIMOIO"), left(), one=one)

    assert one.facility == "HP-CHIMOIO"
    assert [step.answer for step in one.answers] == ["REFUSED", "ACCEPTED"]
    assert one.named_instead == ()


def test_a_unit_that_takes_its_word_back_stops_the_departure():
    one = walk(answer("ACCEPTED"), answer("REFUSED"))

    assert one.state is State.DRAFTED
    with pytest.raises(NotAcceptedError):
        one.after(left(), START + HOUR)


def test_the_refusal_of_another_unit_does_not_touch_the_one_that_accepted():
    assert walk(answer("ACCEPTED"), answer("REFUSED", unit="HP-CHIMOIO")).state is State.ACCEPTED


def test_an_old_acceptance_is_asked_for_again():
    one = walk(answer("ACCEPTED"))

    with pytest.raises(NotAcceptedError):
        one.after(left(START + 13 * HOUR), START + 14 * HOUR)


def test_a_departure_does_not_come_before_the_call():
    with pytest.raises(ReferralTimeError):
        walk(answer("ACCEPTED", START + 2 * HOUR), left(START + HOUR))


def test_an_emergency_leaves_and_alarms_until_the_unit_knows():
    one = walk(emergency(START))
    now = START + HOUR
    assert [alert.code for alert in one.alerts(now)] == [AlertCode.NOBODY_EXPECTS]

    one = one.after(answer("ACCEPTED", now, "HP-CHIMOIO"), now)

    assert one.state is State.LEFT
    assert one.in_emergency
    assert one.alerts(now) == ()


@pytest.mark.parametrize(
    ("urgency", "reason", "error"),
    [("URGENT", "choque, sem rede de telefone", ReferralFieldError), ("EMERGENCY", "pressa", ReferralReasonError)],
)
def test_an_emergency_must_be_one_and_say_why(urgency, reason, error):
    with pytest.raises(error):
        opened(replace(NOTE, urgency=urgency)).after(emergency(START, reason), START + HOUR)


def test_no_arrival_within_the_hours_alarms_and_silence_is_not_not_arrived():
    one = walk(answer("ACCEPTED"), left())
    due = START + HOUR + timedelta(hours=4)

    assert one.alerts(due) == ()
    late = one.alerts(due + timedelta(seconds=1))

    assert [alert.code for alert in late] == [AlertCode.LATE]
    assert one.state is State.LEFT


def test_one_who_was_not_there_may_still_arrive():
    way = START + 2 * HOUR
    one = walk(answer("ACCEPTED"), left(), NotArrived(way, "Dr. Teste", "PHONE", "vai outra ambulância"))
    assert AlertCode.NOT_ARRIVED in {alert.code for alert in one.alerts(way)}

    one = walk(Arrived(way + HOUR, "Dr. Teste", "PHONE"), one=one)

    assert one.state is State.ARRIVED
    assert one.alerts(way + timedelta(days=6)) == ()
    assert [alert.code for alert in one.alerts(way + timedelta(days=8))] == [AlertCode.SLIP_MISSING]


def test_the_return_slip_closes_the_loop_and_a_second_one_is_kept_beside_it():
    arrived = START + 2 * HOUR
    first = ReturnSlip(arrived + HOUR, "Dr. Teste", "PENDING", "ADMITTED")
    second = ReturnSlip(arrived + timedelta(days=2), "Dr. Teste", "CONFIRMED", "DISCHARGED", "cólera", "CHOLERA")

    one = walk(answer("ACCEPTED"), left(), Arrived(arrived, "Dr. Teste", "PHONE"), first, second)

    assert one.state is State.OUTCOME_RECEIVED
    assert one.slips == (first, second)
    assert one.is_over


def test_a_slip_without_an_arrival_and_an_arrival_without_a_departure_are_refused():
    with pytest.raises(ReferralStepError):
        walk(answer("ACCEPTED"), ReturnSlip(START + HOUR, "Dr. Teste", "CONFIRMED", "ADMITTED"))
    with pytest.raises(ReferralStepError):
        walk(Arrived(START, "Dr. Teste", "PHONE"))


@pytest.mark.parametrize(
    ("note", "error"),
    [
        (replace(NOTE, urgency="SOON"), ReferralCodeError),
        (replace(NOTE, suspected=("ZZZ",)), ReferralCodeError),
        (replace(NOTE, reason="  "), ReferralFieldError),
        (replace(NOTE, belongings=""), ReferralFieldError),
        (replace(NOTE, vitals=()), ReferralFieldError),
        (replace(NOTE, vitals=(Vitals(START + HOUR, pulse=80),)), ReferralTimeError),
        (replace(NOTE, reason="x" * 3000), ReferralFieldError),
    ],
)
def test_a_guia_that_cannot_be_is_refused(note, error):
    with pytest.raises(error):
        opened(note)


@pytest.mark.parametrize("wrong", [{"temp_c": 29.9}, {"temp_c": 45.1}, {"pulse": 400}, {"spo2": 101}, {}])
def test_no_living_person_has_such_signs(wrong):
    with pytest.raises(ReferralFieldError):
        Vitals(START, **wrong)


def test_protection_is_never_less_than_the_case_rules_say():
    day = START.date()
    assert NOTE.protection_on(day) == "STANDARD"
    assert replace(NOTE, suspected=("CHOLERA", "EVD")).protection_on(day) == "VHF"
    assert replace(NOTE, protection="AIRBORNE").protection_on(day) == "AIRBORNE"


def test_a_history_out_of_order_is_not_read():
    begin = (Opened(START, "GT", NOTE, WHO, "seal", "0.1", "r"), START)
    for history in ([], [(left(), START + HOUR)], [begin, (left(), START + HOUR)]):
        with pytest.raises(ReferralHistoryError):
            referral_of(UUID(int=1), history)


def changed(at=START + HOUR, **note):
    return Amended(at, replace(NOTE, **note), reason="ficou mais grave")


@pytest.mark.parametrize(
    "change", [{"protection": "VHF"}, {"suspected": ("CHOLERA", "EVD")}, {"suspected": ()}, {"urgency": "URGENT"}]
)
def test_what_a_unit_accepted_before_the_guia_changed_is_asked_again(change):
    one = walk(answer("ACCEPTED"), changed(**change))
    with pytest.raises(AcceptanceOutgrownError):
        walk(left(START + 2 * HOUR), one=one)

    again = walk(answer("ACCEPTED", START + 2 * HOUR), left(START + 3 * HOUR), one=one)
    assert again.state is State.LEFT


def test_a_guia_that_says_more_of_the_same_keeps_its_acceptance():
    one = walk(answer("ACCEPTED"), changed(given_care="SRO", belongings="com o marido"), left(START + 2 * HOUR))

    assert one.state is State.LEFT


def test_who_left_after_such_a_change_before_it_was_asked_is_still_read():
    steps = [(Opened(START, "GT-1", NOTE, WHO, "seal", "0.1", "r"), START)]
    steps += [(one, one.at) for one in (answer("ACCEPTED"), changed(protection="VHF"), left(START + 2 * HOUR))]

    assert referral_of(UUID(int=1), steps).state is State.LEFT


def test_in_an_emergency_nobody_waits_for_a_unit_that_accepted_something_else_or_long_ago():
    for one, at in (
        (walk(answer("ACCEPTED"), changed(protection="VHF")), START + 2 * HOUR),
        (walk(answer("ACCEPTED")), START + 72 * HOUR),
    ):
        gone = walk(emergency(at), one=one)
        assert (gone.state, gone.facility) == (State.LEFT, "HP-CHIMOIO")
        assert AlertCode.NOBODY_EXPECTS in {alert.code for alert in gone.alerts(at)}
    with pytest.raises(ReferralStepError):  # somebody expects this patient
        walk(answer("ACCEPTED"), emergency())
