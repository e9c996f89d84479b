"""Dates with unknown parts: ICAO Doc 9303-3 (8th ed.) 4.8."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmis.documents.dates import PartialDate, Precision
from bmis.documents.errors import DateTextError


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("12081974", "1974-08-12"),
        ("12/08/1974", "1974-08-12"),
        ("1.8.1974", "1974-08-01"),
        ("00001974", "1974"),
        ("xx/08/1974", "1974-08"),
        ("??/??/1974", "1974"),
        ("08/1974", "1974-08"),
        ("1974", "1974"),
        (" 1974-08-12 ", "1974-08-12"),
        ("29022024", "2024-02-29"),
    ],
)
def test_an_officer_types_a_date_with_or_without_its_day_and_month(typed, iso):
    assert str(PartialDate.typed(typed)) == iso


@pytest.mark.parametrize("typed", ["", "31022020", "29022023", "12/13/1974", "12/08/74", "12/00/1974", "1/2", "ontem"])
def test_a_date_that_does_not_exist_or_has_no_century_is_refused(typed):
    with pytest.raises(DateTextError):
        PartialDate.typed(typed)


def test_a_birth_of_which_only_the_year_is_known_has_two_possible_ages():
    born = PartialDate(2008)
    assert born.age_on(date(2026, 6, 30)) == (17, 18)
    assert born.precision is Precision.YEAR
    assert born.shown() == "2008"
    assert PartialDate(2008, 7, 1).age_on(date(2026, 6, 30)) == (17, 17)


def test_what_is_not_known_to_the_day_is_before_nothing_that_it_might_follow():
    may = PartialDate(2026, 5)
    assert not may.surely_before(date(2026, 5, 31))
    assert may.surely_before(date(2026, 6, 1))
    assert not may.surely_after(date(2026, 5, 1))
    assert may.surely_after(date(2026, 4, 30))
    assert may.may_be(PartialDate(2026))
    assert not may.may_be(PartialDate(2026, 6, 1))
    assert may.as_date() is None
    assert PartialDate(2026, 5, 2).as_date() == date(2026, 5, 2)


@given(st.dates(), st.sampled_from(Precision))
def test_a_date_comes_back_from_its_text_and_lies_between_its_bounds(day, precision):
    known = PartialDate(
        day.year,
        None if precision is Precision.YEAR else day.month,
        day.day if precision is Precision.DAY else None,
    )
    assert PartialDate.parse(str(known)) == known
    assert PartialDate.typed(known.shown()) == known
    assert known.earliest() <= day <= known.latest()
    assert known.precision is precision


@given(st.text(max_size=12) | st.text("0123456789/-x?", max_size=12))
def test_untrusted_text_is_a_date_or_a_typed_error(text):
    with suppress(DateTextError):
        assert PartialDate.typed(text).earliest() <= PartialDate.typed(text).latest()
