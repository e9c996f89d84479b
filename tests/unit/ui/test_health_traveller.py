"""One traveller at the screening desk, as a value: nothing is assumed, and everything can be taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmis.kernel.plain import plain, value_of
from poe_health.codes import choices
from poe_health.errors import TemperatureOutsideError
from poe_health.rules.answer import Answer
from poe_health.screening.card import Card
from poe_health.screening.deciding import age_band
from ui.desktop.health_primary.letters import (
    CARD_KEY,
    CERTIFICATE_KEY,
    LOOKS_KEY,
    METHOD_KEY,
    NONE_KEY,
    SEX_KEYS,
    VOYAGE_KEY,
    letters_of,
)
from ui.desktop.health_primary.pace import KeyPace
from ui.desktop.health_primary.traveller import CONTACT, Traveller, questions_of, require_temperature
from ui.desktop.health_primary.voyage import CarriedVoyage

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
CARD = Card(("COUGH", "VOMITING", "FEVER_HISTORY_48H"), ("BURIAL",), 21, area=False, contact=True)
CODES = questions_of(CARD)


def somebody():
    return Traveller(uuid4())


def typed(traveller, digits):
    for digit in digits:
        traveller = traveller.typed(digit)
    return traveller


@given(st.lists(st.sampled_from(CODES), max_size=12))
def test_what_was_not_answered_is_unknown_to_the_rules_and_never_no(pressed):
    traveller = somebody()
    for code in pressed:
        traveller = traveller.turned(code)
    form = traveller.form(CARD, CarriedVoyage(), TODAY)
    assert Answer.NO not in form.symptoms.values()
    assert form.any_symptom is not Answer.NO
    assert form.others is Answer.UNKNOWN
    assert form.contact_ill is traveller.answers.get(CONTACT, Answer.UNKNOWN)


@pytest.mark.parametrize("band", list(choices("age_band")))
def test_the_band_of_age_that_was_seen_is_what_the_rules_know_of_the_age(band):
    age = replace(somebody(), age_band=band).form(CARD, CarriedVoyage(), TODAY).age

    assert (age_band(age), age.least in {0, 5, 15, 25, 60}) == (band, True)
    assert somebody().form(CARD, CarriedVoyage(), TODAY).age is None


@given(st.lists(st.sampled_from(CODES), max_size=12))
def test_asked_none_twice_leaves_what_was_answered_one_by_one(pressed):
    before = somebody()
    for code in pressed:
        before = before.turned(code)
    after = before.asked_none(CODES)
    assert set(after.answers) == set(CODES)
    assert {code: after.answers[code] for code in before.answers} == dict(before.answers)
    if set(before.answers) != set(CODES):
        assert after.asked_none(CODES) == before


@given(st.text("0123456789", max_size=9))
def test_no_digits_become_a_temperature_that_no_person_has(digits):
    traveller = typed(somebody(), digits)
    if traveller.celsius is None:
        return
    try:
        require_temperature(traveller)
    except TemperatureOutsideError:
        assert not 30 <= traveller.celsius <= 45
    else:
        assert traveller.form(CARD, CarriedVoyage(), TODAY).temperature.celsius == traveller.celsius


def test_every_reading_is_kept_in_order_and_the_last_one_is_the_forms():
    traveller = typed(typed(somebody(), "385").taken_again(AT), "369")
    request = traveller.request(CARD, CarriedVoyage(), TODAY, "MZ.L.RSG", AT, named=False)
    assert [one.celsius for one in request.temperatures] == [38.5, 36.9]
    assert request.form.temperature.celsius == 36.9


def test_where_the_second_reading_was_not_taken_the_first_one_holds():
    traveller = typed(somebody(), "385").taken_again(AT)
    request = traveller.request(CARD, CarriedVoyage(), TODAY, "MZ.L.RSG", AT, named=False)
    assert [one.celsius for one in request.temperatures] == [38.5]
    assert request.form.temperature.celsius == 38.5


def test_an_impossible_reading_is_not_kept_as_one():
    with pytest.raises(TemperatureOutsideError):
        typed(somebody(), "985").taken_again(AT)


def test_nobody_is_named_with_a_result_that_lets_go_on():
    traveller = Traveller(uuid4(), person={"surname": "UTOPIANO", "birth_date": "1990"})
    assert traveller.request(CARD, CarriedVoyage(), TODAY, "MZ.L.RSG", AT, named=False).person is None
    named = traveller.request(CARD, CarriedVoyage(), TODAY, "MZ.L.RSG", AT, named=True)
    assert (named.person.surname, str(named.person.birth_date)) == ("UTOPIANO", "1990")


def test_a_traveller_comes_back_from_a_draft_as_he_was():
    traveller = typed(somebody().turned("COUGH").asked_none(CODES).taken_again(AT), "386")
    assert value_of(Traveller, plain(traveller)) == traveller
    assert traveller.is_begun
    assert not Traveller(uuid4(), method="EAR").is_begun  # the way to measure stays from the one before


def test_every_question_has_a_key_of_its_own_that_means_nothing_else():
    letters = letters_of([f"Q{number}" for number in range(40)])
    assert len(set(letters.values())) == len(letters) == 34
    reserved = {NONE_KEY, CERTIFICATE_KEY, VOYAGE_KEY, LOOKS_KEY, CARD_KEY, METHOD_KEY, *SEX_KEYS}
    assert not reserved & {key for key in letters.values() if len(key) == 1}


def test_a_reader_is_told_from_a_hand_by_its_pace():
    now = [0.0]
    pace = KeyPace(lambda: now[0])
    for step, text in ((200, "n"), (200, "3"), (34, "6")):
        now[0] += step
        pace.key(text, f"before {text}")
    assert not pace.in_burst
    now[0] += 500
    for number, text in enumerate("BH1:V50N+CS8"):
        pace.key(text, f"state {number}")
        now[0] += 5
    assert pace.in_burst
    assert pace.before == "state 0"
    assert pace.ended() == "BH1:V50N+CS8"
    assert pace.ended() == ""
