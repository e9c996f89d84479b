"""Small numbers stay hidden in later releases, and beside a release with another limit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmis.kernel.small_cells import safe_tables

GOVERNMENT, PUBLIC = 5, 10
codes = st.sampled_from("abcdefg")
parts = st.dictionaries(codes, st.integers(0, 40), min_size=1)
before = st.frozensets(codes, max_size=3)


def hidden(counts, limit, earlier=(), *, whole=False):
    shown = safe_tables({"t": counts}, limit, {"t": earlier}, whole_hidden=whole)["t"]
    return {code for code, n in shown.parts.items() if n is None}, shown.total


@given(parts, before)
def test_what_was_hidden_stays_hidden_and_nothing_can_be_subtracted(counts, earlier):
    found, total = hidden(counts, PUBLIC, earlier)
    people = [counts[code] for code in found if counts.get(code)]

    assert set(earlier) <= found
    if total is not None and any(0 < counts.get(code, 0) < PUBLIC for code in found):
        assert len(people) > 1
        assert sum(people) >= PUBLIC


@given(parts, before, before)
def test_who_has_both_releases_learns_no_number_under_the_smaller_limit(counts, earlier, of_the_public):
    government, total = hidden(counts, GOVERNMENT, earlier)
    public, _total = hidden(counts, PUBLIC, of_the_public)
    left = [counts[code] for code in government & public if counts.get(code)]

    if total is not None and any(n < GOVERNMENT for n in left):
        assert len(left) > 1
        assert sum(left) >= GOVERNMENT


def test_a_part_that_has_nobody_now_stays_hidden():
    found, total = hidden({"MOZ": 50, "ZAF": 30}, PUBLIC, {"MWI"})

    assert found == {"MWI", "ZAF", "MOZ"}, "of one alone the total would say that it is all of what is missing"
    assert total == 80


def test_a_total_that_was_hidden_stays_hidden_with_all_its_parts():
    assert hidden({"MOZ": 50, "ZAF": 30, "MWI": 0}, PUBLIC, whole=True) == ({"MOZ", "ZAF"}, None)


def test_splits_of_other_people_are_no_splits():
    with pytest.raises(ValueError, match="same total"):
        safe_tables({"a": {"x": 3}, "b": {"x": 4}})
