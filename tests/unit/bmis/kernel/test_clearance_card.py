"""Cards of port health by number: sealed in the home, opened by number and letters, and by nothing else."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bmis.kernel.clearance import Clearance, ClearanceOutcome
from bmis.kernel.clearance_card import (
    CardLettersError,
    CardUnknownError,
    card_letters,
    open_card,
    seal_card,
    typed_card,
)
from bmis.kernel.clearance_token import token_text
from bmis.store.clearance_cards import (
    ClearanceCardsError,
    add_clearance_cards,
    cards_of,
    clearance_cards,
    text_of_cards,
)

NOW = datetime(2026, 3, 14, 8, 0, tzinfo=UTC)
POST = "MZ.L.RSG"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def card(number=17, outcome=ClearanceOutcome.H_OK, until=NOW + timedelta(hours=18)):
    clearance = Clearance(1, "0a" * 10, outcome, NOW, until, POST, number)
    text = token_text(clearance, KEY)
    return seal_card(clearance, text), text


@pytest.mark.parametrize("typed", ["17 {}", "17-{}", " 17{} ", "017 / {}", "17·{}"])
def test_number_and_letters_open_the_card(typed):
    sealed, text = card()
    letters = card_letters(text)
    for written in (letters, letters.lower()):
        number, said = typed_card(typed.format(written))
        assert open_card((sealed,), number, said, POST, NOW) == text


def test_letters_that_look_like_digits_are_meant_as_such():
    assert typed_card("3 OIL234") == (3, "011234")


@pytest.mark.parametrize(
    "typed", ["", "17", "K4PM7Q", "17 K4PM7", "17 K4PM7QQ", "17 UUUUUU", "x" * 10_000, "17 K4PM7É"]
)
def test_what_is_not_number_and_letters_is_told(typed):
    with pytest.raises(CardLettersError):
        typed_card(typed)


def test_a_card_opens_by_its_own_letters_at_its_own_post_and_on_its_day():
    (first, text), (second, other) = card(17), card(18)
    cards = (first, second)
    with pytest.raises(CardLettersError):
        open_card(cards, 17, card_letters(other), POST, NOW)
    with pytest.raises(CardLettersError):
        open_card((replace(second, number=17),), 17, card_letters(other), POST, NOW)  # moved to another number
    with pytest.raises(CardUnknownError):
        open_card(cards, 19, card_letters(text), POST, NOW)
    with pytest.raises(CardUnknownError):
        open_card(cards, 17, card_letters(text), "MZ.L.XXX", NOW)
    with pytest.raises(CardUnknownError):
        open_card(cards, 17, card_letters(text), POST, NOW + timedelta(hours=18))


def test_sealed_cards_of_every_code_have_one_length():
    assert len({len(card(outcome=outcome)[0].sealed) for outcome in ClearanceOutcome}) == 1


class Place:
    def __init__(self, path):
        self.path = path


def test_the_home_keeps_the_cards_that_count_and_the_newest_of_a_number(tmp_path):
    home = Place(tmp_path)
    old = replace(card(1)[0], valid_until=NOW)
    first, _ = card(2)
    again, text = card(2)
    add_clearance_cards(home, [old, first], NOW)
    add_clearance_cards(home, [again], NOW)

    assert clearance_cards(home) == (again,)
    assert open_card(clearance_cards(home), 2, card_letters(text), POST, NOW) == text
    assert cards_of(text_of_cards([again])) == (again,)


def file_with(**wrong):
    row = {"number": 1, "post": "A", "until": "2026-03-14T08:00:00+00:00", "salt": "", "sealed": ""}
    return json.dumps({"format": 1, "cards": [row | wrong]})


@pytest.mark.parametrize("text", [
    "", "[]", "{}", '{"format": 2, "cards": []}', '{"format": 1, "cards": [{}]}', "[" * 100_000,
    file_with(number=True), file_with(number=0), file_with(until="2026-03-14T08:00:00"), file_with(salt="é"),
])  # fmt: skip
def test_a_file_that_is_not_ours_is_told(tmp_path, text):
    (tmp_path / "clearance_cards.json").write_text(text, "utf-8")
    with pytest.raises(ClearanceCardsError):
        clearance_cards(Place(tmp_path))


def test_a_card_with_damaged_bytes_opens_nothing():
    sealed, text = card()
    for broken in (b"", sealed.sealed[:20], bytes(len(sealed.sealed))):
        with pytest.raises(CardLettersError):
            open_card((replace(sealed, sealed=broken),), 17, card_letters(text), POST, NOW)
