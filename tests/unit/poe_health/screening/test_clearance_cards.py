"""Cards that were signed beforehand are handed out in a crowd; keys that served their time go on proving."""

from datetime import timedelta
from uuid import uuid4

import pytest
from health_shift import NOW, feverish, well

from bmis.kernel.actor import NotAllowedError, Role
from bmis.kernel.clearance import ClearanceOutcome
from bmis.kernel.clearance_card import card_mark
from bmis.kernel.clearance_token import TokenFault, read_token
from bmis.staff.create_home import TRAINING_WORD
from bmis.staff.sign_in import SignIn
from bmis.store.border import BORDER
from bmis.store.clearance_cards import FILE, ClearanceCardsError, marks_of, write_off_cards, written_off_cards
from bmis.store.clearance_keys import clearance_keys
from bmis.store.home import Home
from poe_health.clearance.cards import Spoiled
from poe_health.clearance.errors import CardRefusedError
from poe_health.store.health import HEALTH
from ui import compose
from ui.compose_health import health_desk


@pytest.fixture
def cards(at_health):
    desk = at_health(Role.HEALTH_SUPERVISOR)
    return desk.sign_cards(ClearanceOutcome.H_OK, 3, desk.session.actor)


def test_a_card_is_handed_out_by_its_number_and_is_then_the_traveller_s_token(at_health, cards):
    desk = at_health(Role.SCREENER)

    kept = desk.record(well(card=2), desk.session.actor)

    assert [card.clearance.card for card in cards] == [1, 2, 3]
    assert kept.token == cards[1].text
    assert read_token(kept.token, clearance_keys(desk.session.home), "MZ.L.RSG", NOW).card == 2


@pytest.mark.parametrize(("request_", "number", "why"), [(well, 9, "unknown"), (feverish, 1, "outcome")])
def test_a_card_that_does_not_fit_is_refused_and_nothing_is_kept(at_health, cards, request_, number, why):
    desk = at_health(Role.SCREENER)

    with pytest.raises(CardRefusedError) as refused:
        desk.record(request_(card=number), desk.session.actor)

    assert refused.value.facts["why"] == why
    assert desk.screenings.of_day(NOW.date(), desk.session.actor) == ()


def test_no_card_is_handed_out_twice(at_health, cards):
    desk = at_health(Role.SCREENER)
    desk.record(well(card=1), desk.session.actor)

    with pytest.raises(CardRefusedError):
        desk.record(well(card=1), desk.session.actor)


def test_only_the_supervisor_signs_cards_and_not_a_heap_of_them(at_health):
    screener, supervisor = at_health(Role.SCREENER), at_health(Role.HEALTH_SUPERVISOR)

    with pytest.raises(NotAllowedError):
        screener.sign_cards(ClearanceOutcome.H_OK, 1, screener.session.actor)
    for count in (0, 100_000):
        with pytest.raises(CardRefusedError):
            supervisor.sign_cards(ClearanceOutcome.H_OK, count, supervisor.session.actor)


def test_after_a_year_another_key_signs_and_what_the_old_one_signed_still_proves(at_health, training_home):
    desk = at_health(Role.SCREENER)
    old = desk.record(well(), desk.session.actor).token
    year = NOW + timedelta(days=366)

    with SignIn(Home.open(training_home), (BORDER, HEALTH), lambda: year)("screener", TRAINING_WORD) as session:
        later = health_desk(session)
        request = well()
        new = later.record(request, session.actor).token
        keys = clearance_keys(session.home)

    assert len(keys) == 2
    assert read_token(old, keys, "MZ.L.RSG", NOW).outcome is ClearanceOutcome.H_OK
    assert read_token(new, keys[1:], "MZ.L.RSG", year).outcome is ClearanceOutcome.H_OK


def shown_at_the_lane(signed_in, text):
    lane = compose.border_desk(signed_in(Role.OFFICER)).health
    return lane.present(uuid4(), text)


def test_a_card_that_was_written_off_is_refused_by_the_lane_of_the_home_though_its_code_proves(
    at_health, signed_in, cards
):
    desk = at_health(Role.SCREENER)
    desk.record(well(card=1), desk.session.actor)
    assert shown_at_the_lane(signed_in, cards[0].text).outcome is ClearanceOutcome.H_OK

    assert desk.spoil_cards(1, 2, Spoiled.LOST, desk.session.actor) == 2  # one lost by the traveller who had it

    for lost in cards[:2]:
        assert read_token(lost.text, clearance_keys(desk.session.home), "MZ.L.RSG", NOW).card == lost.clearance.card
        assert shown_at_the_lane(signed_in, lost.text).fault is TokenFault.WRITTEN_OFF
    assert shown_at_the_lane(signed_in, cards[2].text).outcome is ClearanceOutcome.H_OK
    (heap,) = desk.list_cards(desk.session.actor)
    assert (heap.given, heap.spoiled, heap.left) == (1, 2, 1)
    supervisor = at_health(Role.HEALTH_SUPERVISOR)
    assert supervisor.sign_cards(ClearanceOutcome.H_OK, 1, supervisor.session.actor)[0].clearance.card == 4
    assert shown_at_the_lane(signed_in, cards[1].text).fault is TokenFault.WRITTEN_OFF  # new cards leave the list


def test_the_file_of_written_off_cards_tells_neither_number_nor_code_and_forgets_after_their_time(at_health, cards):
    desk = at_health(Role.SCREENER)
    home = desk.session.home
    desk.spoil_cards(1, 3, Spoiled.LOST, desk.session.actor)

    marks = written_off_cards(home)
    assert set(marks) == {card_mark(card.clearance) for card in cards}
    text = (home.path / FILE).read_text("utf-8")
    for card in cards:
        assert card.clearance.ref not in text
    assert '"number"' not in text
    assert "H_OK" not in text
    write_off_cards(home, (), {}, NOW + timedelta(hours=19))
    assert written_off_cards(home) == {}


def test_a_card_that_was_handed_out_is_written_off_only_as_lost(at_health, cards):
    desk = at_health(Role.SCREENER)
    desk.record(well(card=1), desk.session.actor)

    with pytest.raises(CardRefusedError):
        desk.spoil_cards(1, 1, Spoiled.LEFT_OVER, desk.session.actor)


@pytest.mark.parametrize(
    "gone",
    ['[{"mark": "x", "until": "2026-03-14T20:00:00+00:00"}]', '[{"mark": 1}]', "[1]", "7", '{"a": 1}'],
)
def test_a_damaged_list_of_written_off_cards_is_said(gone):
    with pytest.raises(ClearanceCardsError):
        marks_of(f'{{"format": 1, "cards": [], "written_off": {gone}}}')
