"""Check digits: ICAO Doc 9303-3 (8th ed.) 4.9 and its appendix A; 9303-4 appendix B for the passport number."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmis.documents.check_digit import check_digit, invisible_substitutions
from bmis.documents.errors import MrzCharacterError


@pytest.mark.parametrize(
    ("field", "digit"),
    [
        ("520727", 3),  # Doc 9303-3 appendix A, example 1
        ("AB2134<<<", 5),  # Doc 9303-3 appendix A, example 2
        ("HA672242<658022549601086<<<<<<<<<<<<<<0", 8),  # Doc 9303-3 appendix A, example 4
        ("L898902C3", 6),
        ("740812", 2),
        ("<<<<<<<<<<<<<<", 0),
    ],
)
def test_the_worked_examples_of_the_standard_hold(field, digit):
    assert check_digit(field) == digit


@given(st.text("0123456789", min_size=1, max_size=30), st.data())
def test_any_single_misread_digit_is_caught(number, data):
    at = data.draw(st.integers(0, len(number) - 1))
    wrong = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != number[at]))
    assert check_digit(number[:at] + wrong + number[at + 1 :]) != check_digit(number)


@given(st.text())
def test_untrusted_text_gives_a_digit_or_a_typed_error(text):
    with suppress(MrzCharacterError):
        assert check_digit(text) in range(10)


@given(st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"), st.integers(0, 8))
def test_some_misread_letters_no_check_digit_can_see(char, at):
    field = "A12345678"
    printed = field[:at] + char + field[at + 1 :]
    for other in invisible_substitutions(char):
        assert check_digit(field[:at] + other + field[at + 1 :]) == check_digit(printed)
    assert char not in invisible_substitutions(char)


def test_a_wrong_character_says_where_it_is():
    with pytest.raises(MrzCharacterError) as caught:
        check_digit("AB C")
    assert caught.value.position == 2
