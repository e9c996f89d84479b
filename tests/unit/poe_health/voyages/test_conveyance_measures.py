"""When the Regulations allow measures on a conveyance, and free pratique, which is never refused."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poe_health.rules.answer import Answer
from poe_health.voyages.conveyance_measures import ConveyanceMeasure, Passage, duties, limits, order
from poe_health.voyages.declarations import Read, Reading
from poe_health.voyages.errors import (
    MeasureNotAllowedError,
    PratiqueStepError,
    RadioPratiqueError,
    VoyageCodeError,
    VoyageFieldError,
)
from poe_health.voyages.free_pratique import PratiqueEvent, PratiqueState, Step, next_event, pratique_of, steps_from

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("passage", "from_affected", "affected", "allowed"),
    [
        (Passage.CALLS, NO, NO, YES),
        (Passage.ROAD_TRANSIT, NO, NO, NO),
        (Passage.ROAD_TRANSIT, YES, NO, YES),
        (Passage.ROAD_TRANSIT, UNKNOWN, NO, UNKNOWN),
        (Passage.ROAD_TRANSIT, NO, YES, YES),
        (Passage.ROAD_TRANSIT, NO, UNKNOWN, UNKNOWN),
        (Passage.CANAL, NO, NO, NO),
        (Passage.CANAL, YES, NO, YES),
        (Passage.NOT_CALLING, YES, NO, NO),
        (Passage.AIR_TRANSIT, YES, NO, NO),
        (Passage.AIR_TRANSIT, UNKNOWN, NO, NO),
        (Passage.AIR_TRANSIT, NO, YES, YES),
    ],
)
def test_transit_limits_measures_and_disease_on_board_lifts_the_limit(passage, from_affected, affected, allowed):
    assert limits(passage, from_affected_area=from_affected, affected=affected).measures_allowed is allowed


def test_an_answer_that_was_unknown_never_turns_a_definite_limit_round():
    for passage, area, ill in product(Passage, Answer, Answer):
        found = limits(passage, from_affected_area=area, affected=ill).measures_allowed
        if found is UNKNOWN:
            continue
        for told in (YES, NO):
            if area is UNKNOWN:
                assert limits(passage, from_affected_area=told, affected=ill).measures_allowed is found
            if ill is UNKNOWN:
                assert limits(passage, from_affected_area=area, affected=told).measures_allowed is found


def test_no_measure_is_ordered_where_the_regulations_allow_none_or_nobody_asked():
    for area in (NO, UNKNOWN):
        limit = limits(Passage.ROAD_TRANSIT, from_affected_area=area, affected=NO)
        with pytest.raises(MeasureNotAllowedError) as refused:
            order(limit, "DISINFECT", "vómitos no chão", at=AT, by="ana")
        assert refused.value.facts["article"] == "26"
    calls = limits(Passage.CALLS, from_affected_area=UNKNOWN, affected=UNKNOWN)
    assert order(calls, "DISINFECT", "vómitos no chão", at=AT, by="ana").done_at is None


def test_an_order_has_a_measure_of_the_list_a_reason_and_an_author():
    with pytest.raises(VoyageCodeError):
        ConveyanceMeasure("BURN", "pulgas", AT, "ana")
    with pytest.raises(VoyageFieldError):
        ConveyanceMeasure("DERAT", " ", AT, "ana")
    with pytest.raises(VoyageFieldError):
        ConveyanceMeasure("DERAT", "ratos", AT, "")
    with pytest.raises(VoyageFieldError):
        ConveyanceMeasure("DERAT", "ratos", AT, "ana", done_at=AT - timedelta(minutes=1))


def test_the_next_post_is_told_when_an_affected_bus_leaves_untreated():
    ordered = ConveyanceMeasure("DISINFECT", "cólera", AT, "ana")
    done = ConveyanceMeasure("DISINFECT", "cólera", AT, "ana", done_at=AT, evidence_given=True)
    owed = ConveyanceMeasure("DISINSECT", "mosquitos", AT, "ana", done_at=AT)

    left = duties(YES, (ordered, owed), leaves=YES, next_told=False)
    assert (left.unfinished, left.evidence_owed, left.tell_next_post) == (("DISINFECT",), ("DISINSECT",), YES)
    assert duties(YES, (), leaves=YES, next_told=False).tell_next_post is YES
    assert duties(YES, (done,), leaves=YES, next_told=False).tell_next_post is NO
    assert duties(YES, (ordered,), leaves=YES, next_told=True).tell_next_post is NO
    assert duties(UNKNOWN, (ordered,), leaves=YES, next_told=False).tell_next_post is UNKNOWN
    assert duties(NO, (ordered,), leaves=YES, next_told=False).tell_next_post is NO


WHOLE = Read(Reading.NOTHING_REPORTED, (), (), ())


def walk(*steps):
    events = []
    for step in steps:
        events.append(next_event(events, step, at=AT, by="ana", papers=WHOLE, reason="pulgas a bordo"))
    return events


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ((), PratiqueState.NOT_ASKED),
        ((Step.ASK,), PratiqueState.ASKED),
        ((Step.ASK, Step.GRANT_BY_RADIO), PratiqueState.GRANTED_BY_RADIO),
        ((Step.ASK, Step.INSPECT, Step.GRANT), PratiqueState.GRANTED),
        ((Step.ASK, Step.INSPECT, Step.ORDER_MEASURES), PratiqueState.WITH_MEASURES),
        ((Step.ASK, Step.ORDER_MEASURES, Step.ORDER_MEASURES, Step.FINISH_MEASURES), PratiqueState.GRANTED),
        ((Step.ASK, Step.GRANT_BY_RADIO, Step.REPORT_ILLNESS), PratiqueState.PENDING_INSPECTION),
    ],
)
def test_the_ways_of_free_pratique(steps, state):
    assert pratique_of(walk(*steps)) is state


def test_there_is_no_refusal_and_every_state_leads_on_to_granted():
    assert not any("REFUS" in one.value.upper() or "DENY" in one.value.upper() for one in [*PratiqueState, *Step])
    granted = {PratiqueState.GRANTED, PratiqueState.GRANTED_BY_RADIO}
    for state in PratiqueState:
        reached, edge = {state}, [state]
        while edge:
            one = edge.pop()
            for step in steps_from(one):
                after = pratique_of_from(one, step)
                if after not in reached:
                    reached.add(after)
                    edge.append(after)
        assert reached & granted, state


def pratique_of_from(state, step):
    ways = {
        PratiqueState.NOT_ASKED: (),
        PratiqueState.ASKED: (Step.ASK,),
        PratiqueState.PENDING_INSPECTION: (Step.ASK, Step.INSPECT),
        PratiqueState.WITH_MEASURES: (Step.ASK, Step.ORDER_MEASURES),
        PratiqueState.GRANTED: (Step.ASK, Step.GRANT),
        PratiqueState.GRANTED_BY_RADIO: (Step.ASK, Step.GRANT_BY_RADIO),
    }
    return pratique_of([PratiqueEvent(one, AT, "ana") for one in (*ways[state], step)])


@pytest.mark.parametrize(
    "papers",
    [
        None,
        Read(Reading.INCOMPLETE, (), ("q1_death",), ()),
        Read(Reading.REPORTED, ("q4_ill_now",), (), ()),
    ],
)
def test_nothing_is_granted_by_radio_unseen_without_whole_papers(papers):
    asked = walk(Step.ASK)
    with pytest.raises(RadioPratiqueError):
        next_event(asked, Step.GRANT_BY_RADIO, at=AT, by="ana", papers=papers)


def test_waiting_and_measures_need_a_reason():
    asked = walk(Step.ASK)
    for step in (Step.INSPECT, Step.ORDER_MEASURES):
        with pytest.raises(VoyageFieldError):
            next_event(asked, step, at=AT, by="ana", reason="  ")


@given(st.lists(st.sampled_from(list(Step)), max_size=6))
def test_a_step_is_refused_or_among_those_that_may_follow(steps):
    events = []
    for step in steps:
        state = pratique_of(events)
        event = PratiqueEvent(step, AT, "ana")
        if step in steps_from(state):
            events.append(event)
            pratique_of(events)
        else:
            with pytest.raises(PratiqueStepError):
                pratique_of([*events, event])
