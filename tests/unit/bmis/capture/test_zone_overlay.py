"""A second reading laid over the first: what it left out or has more shifts nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmis.capture.second_opinion import OpinionState, compare
from bmis.capture.zone_overlay import UNSEEN, laid_over
from tests.unit.bmis.capture.test_file_second_opinion import LINES, OTHER, reading

NAME, NUMBERS = LINES
ALPHABET = st.sampled_from("ABCXYZ0189<")
zone_line = st.text(ALPHABET, min_size=44, max_size=44)


def without(line, at):
    return line[:at] + line[at + 1 :]


def test_a_letter_that_the_second_reader_left_out_is_one_cell_and_not_the_rest_of_the_line():
    left_out = without(NAME, 8) + "<"

    laid = laid_over(LINES, (left_out, NUMBERS))
    assert laid.differs_at == ((0, 8),)
    assert laid.lines == (NAME[:8] + UNSEEN + NAME[9:], NUMBERS)


def test_a_line_that_became_shorter_by_it_is_told_the_same_way():
    assert laid_over(LINES, (without(NAME, 8), NUMBERS)).differs_at == ((0, 8),)
    assert laid_over(LINES, (NAME, without(NUMBERS, 13))).differs_at == ((1, 13),)


def test_a_letter_too_many_is_told_where_it_stands():
    more = (NAME[:8] + "X" + NAME[8:])[:44]
    assert laid_over(LINES, (more, NUMBERS)).differs_at == ((0, 8),)


def test_two_letters_that_were_read_as_others_stay_in_their_cells():
    other = NAME[:8] + "YY" + NAME[10:]
    laid = laid_over(LINES, (other, NUMBERS))
    assert laid.differs_at == ((0, 8), (0, 9))
    assert laid.lines[0] == other


@pytest.mark.parametrize("cut", [1, 3, 10])
def test_fillers_that_were_not_read_are_missing(cut):
    assert laid_over(LINES, (NAME[:-cut], NUMBERS)).differs_at == tuple((0, at) for at in range(44 - cut, 44))


def test_a_line_that_only_one_has_differs_whole():
    assert len(laid_over(LINES, (NAME,)).differs_at) == 44
    assert len(laid_over((NAME,), LINES).differs_at) == 44


def test_another_zone_is_not_made_alike():
    assert len(laid_over(LINES, OTHER).differs_at) > 20
    assert compare(reading(LINES), [reading(OTHER)]).state is OpinionState.DIFFERS


@given(zone_line, zone_line)
def test_only_the_same_text_is_called_the_same_and_cells_lie_in_the_zone(line, other):
    laid = laid_over((line,), (other,))
    assert bool(laid.differs_at) is (line != other)
    assert all(0 <= at < 44 for _row, at in laid.differs_at)
    assert len(laid.lines[0]) == 44
    assert len(laid.differs_at) <= sum(a != b for a, b in zip(line, other, strict=True))


@given(zone_line, st.integers(0, 43))
def test_leaving_out_one_character_never_costs_more_than_two_cells(line, at):
    assert len(laid_over((line,), (without(line, at),)).differs_at) <= 2
