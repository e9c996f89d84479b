"""Small numbers in public tables: hidden, and nobody can subtract them back."""

from hypothesis import given
from hypothesis import strategies as st

from bmis.passes.statistics import LEAST_SHOWN, Table, safe_table


@given(st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 12), max_size=8))
def test_no_small_number_is_shown_or_follows_from_what_is(parts):
    table = safe_table(Table("x", parts, sum(parts.values())))

    shown = {code: count for code, count in table.parts.items() if count is not None}
    hidden = [code for code, count in table.parts.items() if count is None]
    assert all(count == parts[code] for code, count in shown.items())
    assert not any(0 < count < LEAST_SHOWN for count in shown.values())
    if table.total is not None and hidden:
        assert table.total - sum(shown.values()) >= LEAST_SHOWN
        assert len(hidden) > 1
    if table.total is None:
        assert 0 < sum(parts.values()) < LEAST_SHOWN
        assert set(shown.values()) <= {0}
    assert {code for code, count in parts.items() if count == 0} <= set(shown)
