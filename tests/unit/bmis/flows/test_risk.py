"""Rates that say how sure they are, hide what is small, and never know who anybody is."""

from collections import Counter
from dataclasses import fields
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmis.crossings.counted import CountedCrossing
from bmis.crossings.crossing import Refusal
from bmis.crossings.decision import Decision
from bmis.flows.counts import Counts
from bmis.flows.number_rules import number_rules
from bmis.flows.recount import Recount
from bmis.flows.risk import GROUPS, OUTCOMES, nationality_rates, read_rates, shown_rates, wilson
from bmis.flows.roll_up import RollUp

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
RULES = number_rules()


@pytest.mark.parametrize(
    ("cases", "base", "low", "high"),
    [  # Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_are_the_published_ones(cases, base, low, high):
    assert wilson(cases, base) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given(st.integers(1, 10**7), st.data())
def test_an_interval_holds_its_share_and_stays_between_nought_and_one(base, data):
    cases = data.draw(st.integers(0, base))
    low, high = wilson(cases, base)
    assert 0 <= low <= cases / base <= high <= 1
    assert low < high


@pytest.mark.parametrize(("cases", "base"), [(1, 0), (3, 2), (-1, 5)])
def test_cases_that_are_no_part_of_their_base_are_refused(cases, base):
    with pytest.raises(ValueError, match="part of a base"):
        wilson(cases, base)


def test_small_groups_are_hidden_and_one_more_with_them():
    cases, bases = {"a": 40, "b": 20, "c": 2}, {"a": 400, "b": 100, "c": 50}

    rows, whole = shown_rates(cases, bases, RULES)

    assert [(row.key, row.cases) for row in rows] == [("a", 40), ("b", None), ("c", None)]
    assert (whole.cases, whole.base) == (62, 550), "b is hidden too, or c could be found by taking away"


@pytest.mark.parametrize(
    ("cases", "base"),
    [(3, 100), (97, 100), (5, 29), (0, 29)],
    ids=["few cases", "few others", "few travellers", "few travellers without a case"],
)
def test_what_is_too_few_is_not_shown_nor_by_the_whole(cases, base):
    rows, whole = shown_rates({"a": cases}, {"a": base}, RULES)

    assert [row.share for row in rows] == [None]
    assert whole.share is None


def test_no_case_among_many_is_shown_with_its_upper_bound():
    (row,), _whole = shown_rates({"a": 0}, {"a": 300}, RULES)

    assert (row.share, row.low) == (0, 0)
    assert row.high == pytest.approx(0.0126, abs=5e-4)


@given(
    st.dictionaries(
        st.sampled_from("abcdefgh"), st.tuples(st.integers(0, 60), st.integers(0, 400)), min_size=1, max_size=8
    )
)
def test_what_is_hidden_cannot_be_found_from_what_is_shown(groups):
    cases = {key: part for key, (part, _others) in groups.items()}
    bases = {key: part + others for key, (part, others) in groups.items()}

    rows, whole = shown_rates(cases, bases, RULES)

    hidden = {row.key for row in rows if row.share is None}
    assert {row.key for row in rows} == {key for key, base in bases.items() if base}
    for row in rows:
        if row.share is not None:
            assert row.base >= RULES.risk_least_base
            assert not 0 < row.cases < RULES.risk_least_count
            assert not 0 < row.base - row.cases < RULES.risk_least_count
    if hidden and whole.share is not None:
        left = whole.cases - sum(row.cases or 0 for row in rows), whole.base - sum(row.base or 0 for row in rows)
        assert len(hidden) > 1, "one alone would be the difference"
        assert left == (sum(cases[key] for key in hidden), sum(bases[key] for key in hidden))
        assert left[1] >= RULES.risk_least_base
        assert not 0 < left[0] < RULES.risk_least_count
        assert not 0 < left[1] - left[0] < RULES.risk_least_count


def test_a_nationality_that_leaves_too_few_others_is_hidden():
    sums = {("ZAF", "decided"): 500, ("ZAF", "refused"): 40, ("MWI", "decided"): 20, ("MWI", "refused"): 2}
    view = SimpleNamespace(sums=lambda *_asked: sums)

    assert nationality_rates(view, "refused", {"ZAF"}, FIRST, LAST)["ZAF"].share is None
    sums |= {("ZMB", "decided"): 900, ("ZMB", "refused"): 90}
    assert nationality_rates(view, "refused", {"ZAF"}, FIRST, LAST)["ZAF"].share == pytest.approx(0.08)


def test_nothing_counted_knows_religion_or_ethnicity_and_no_group_is_a_nationality():
    known = {field.name for field in fields(CountedCrossing)}
    assert not {name for name in known if "relig" in name or "ethn" in name or "race" in name}
    assert set(GROUPS) == {"post_code", "hour", "travel_mode", "document_kind"}


def test_rates_are_counted_from_decided_crossings(post, passport, monkeypatch):
    monkeypatch.setattr("bmis.flows.risk.number_rules", lambda: _lenient())
    for number in range(4):
        post.passes(passport(number=f"UT000000{number}"))
    answers = Refusal(protection_claim=False)
    refused = post.request(passport(number="UT0000009", nationality="ZAF"))
    post.decides(refused, Decision.REFUSED_ENTRY, reasons=("A1",), refusal=answers)
    counts = Counts(post.store.read, RollUp(post.store.read, post.store.write))

    with counts.view() as view:
        for group in GROUPS:
            rates = read_rates(view, "refused", group, FIRST, LAST)
            assert [(row.cases, row.base) for row in rates.rows if row.cases] == [(1, 5)], group
        manual = read_rates(view, "manual", "post_code", FIRST, LAST)
        nationality = nationality_rates(view, "refused", {"ZAF"}, FIRST, LAST)["ZAF"]
        typed = nationality_rates(view, "manual", {"ZAF", "UTO"}, FIRST, LAST)
        nobody = nationality_rates(view, "secondary", {"MWI"}, FIRST, LAST)["MWI"]
        with pytest.raises(KeyError):
            nationality_rates(view, "religion", {"ZAF"}, FIRST, LAST)
        with pytest.raises(KeyError):
            read_rates(view, "nationality", "post_code", FIRST, LAST)
        with pytest.raises(KeyError):
            read_rates(view, "refused", "nationality", FIRST, LAST)

    kept = Counter(method for (method,) in _methods(post))
    assert manual.whole.cases == kept["manual"] + kept["typed_mrz"]
    assert (nationality.cases, nationality.base) == (1, 1)
    assert (typed["ZAF"].base, typed["UTO"].base) == (1, 4)
    assert typed["ZAF"].cases + typed["UTO"].cases == manual.whole.cases
    assert nobody.share is None, "nobody of that State came: there is no rate, and it is not nought"
    assert Recount(post.store.read)(FIRST, LAST) == []
    assert set(OUTCOMES) == {"refused", "secondary", "override", "manual"}


def _methods(post):
    with post.store.read() as unit:
        return unit.connection.exec_driver_sql(
            "SELECT json_extract(payload, '$.request.document.capture_method') FROM crossing"
        ).all()


def _lenient():
    from dataclasses import replace

    return replace(RULES, risk_least_base=1, risk_least_count=1)
