"""The supervisor signs cards and prints them; spoiled ones are written off and handed out to nobody. By keys."""

from datetime import timedelta

import pytest
from clipping import clipped, settle, takes_markup, unnamed
from health_post_robot import F5, F12, NOW, Doctor

from bmis.kernel.clearance import ClearanceOutcome
from bmis.store.clearance_cards import clearance_cards
from poe_health.clearance.errors import CardRefusedError
from ui.compose import verify_store

CARDS = 6  # the page of the stores


@pytest.fixture
def heap(training_home):
    """Three cards were signed."""
    with Doctor(training_home) as doctor:
        return doctor.desk.sign_cards(ClearanceOutcome.H_OK, 3, doctor.by)


def cells(person):
    return [line.cells for line in person.page.list.lines()]


def test_cards_are_signed_printed_and_listed_with_their_numbers(post, training_home, tray):
    person = post().goes("stores", CARDS).presses(F12)
    person.answers(outcome="fei", count="4").prints()

    assert tray.papers[0][1].startswith(b"%PDF")
    assert cells(person) == [("1–4", "feito", "0", "0", "4")]
    with Doctor(training_home) as doctor:
        (heap,) = doctor.desk.list_cards(doctor.by)
    assert (heap.outcome, heap.first, heap.last, heap.left) == (ClearanceOutcome.H_OK, 1, 4, 4)
    person.presses(F5).prints()
    assert len(tray.papers) == 2


def test_no_count_is_guessed_and_nothing_is_signed_for_a_wrong_one(post, training_home):
    person = post().goes("stores", CARDS).presses(F12).answers(outcome="fei", count="muitos")

    assert "BMIS-590" in person.dialog.trouble.text()
    with Doctor(training_home) as doctor:
        assert doctor.desk.list_cards(doctor.by) == ()


def test_spoiled_cards_are_written_off_and_handed_out_to_nobody(post, training_home, heap):
    with Doctor(training_home, "screener") as screener:
        given = give(screener, 1)
    assert given.token == heap[0].text
    person = post("screener", desk="health_post").goes("stores", CARDS)
    assert not person.page.buttons["sign"].isEnabled()
    assert not person.page.buttons["print"].isEnabled()

    person.does("spoil").answers(first="1", last="3", why="dani")
    assert "BMIS-487" in person.dialog.trouble.text()
    person.answers(first="2", last="3", why="dani")

    assert cells(person) == [("1–3", "feito", "1", "2", "0")]
    with Doctor(training_home, "screener") as screener, pytest.raises(CardRefusedError) as refused:
        give(screener, 2)
    assert refused.value.facts["why"] == "spoiled"
    with Doctor(training_home) as doctor:
        assert {card.number for card in clearance_cards(doctor.session.home)} == {1}
        assert verify_store(doctor.session)().records >= 3


def give(doctor, card):
    """Return what was kept of a well traveller who gets the card."""
    from dataclasses import replace
    from uuid import uuid4

    from poe_health.rules.answer import Answer
    from poe_health.screening.form import Age, ScreeningForm, Stage, Temperature
    from poe_health.screening.record import ScreeningRequest

    form = ScreeningForm(Stage.PRIMARY, NOW.date(), temperature=Temperature(36.6, "IR_FOREHEAD"), sex="F",
                         direction="ENTRY", age=Age.of_years(30), appearance="WELL", any_symptom=Answer.NO,
                         affected_area=Answer.NO)  # fmt: skip
    return doctor.desk.record(replace(ScreeningRequest(uuid4(), form), card=card), doctor.by)


def test_what_was_left_yesterday_is_said_until_it_is_written_off(post, training_home):
    with Doctor(training_home, at=NOW - timedelta(days=2)) as doctor:
        doctor.desk.sign_cards(ClearanceOutcome.H_WAIT, 5, doctor.by)
    person = post().goes("stores", CARDS)
    assert "5" in person.page.remark.text()
    assert not person.page.buttons["print"].isEnabled()

    person.does("spoil").answers(first="1", last="5", why="sobr")

    assert person.page.remark.text() == ""


@pytest.mark.parametrize("language", ["pt", "en"])
def test_no_word_of_the_page_is_cut_off(post, heap, language):
    person = post(language=language).goes("stores", CARDS)
    settle(person.window)
    assert clipped(person.window) + unnamed(person.window) + takes_markup(person.window) == []
    for name in ("sign", "spoil"):
        person.does(name)
        settle(person.dialog, person.dialog.size())
        assert clipped(person.dialog) + unnamed(person.dialog) == []
        assert person.dialog.height() <= 768
        person.dialog.close()
