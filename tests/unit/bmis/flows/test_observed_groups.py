"""What was seen and what was recorded never meet in one number; what nobody asked is never nought."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmis.flows.mobility.errors import MobilityFieldError, ObservedSumError
from bmis.flows.mobility.keeping import Standing
from bmis.flows.observed.coverage import ObservedPeriod
from bmis.flows.observed.group import SEX_AGE, VULNERABILITIES, group_of
from bmis.flows.observed.slot import FmpHours, ObservedSlot, minutes_watched
from bmis.flows.package.build import build
from bmis.flows.package.resource import Audience, Level
from bmis.kernel.plain import plain, value_of

DAY, POST = date(2026, 11, 20), "MZ.L.RSG"
AT = datetime(2026, 11, 22, 6, tzinfo=UTC)


class Crossings:
    """Cells of crossings that were recorded."""

    def __init__(self, n):
        self._n = n

    def sums(self, name, first, last, by=(), where=None):
        if not self._n:
            return {}
        known = {"day": DAY.isoformat(), "post_code": POST, "direction": "ENTRY", "hour": "08"}
        return {tuple(known.get(one, "") for one in by): self._n}


groups = st.builds(
    lambda way, total, sexed, vulnerable: (
        {"direction": way, "total": total}
        | ({"f_18_59": total // 2, "m_18_59": total - total // 2} if sexed else {})
        | {name: min(n, total) for name, n in vulnerable.items()}
    ),
    st.sampled_from(("entry", "exit")),
    st.integers(1, 40),
    st.booleans(),
    st.dictionaries(st.sampled_from(VULNERABILITIES), st.integers(0, 40)),
)


def period(*slots):
    kept = tuple(Standing(uuid4(), uuid4(), "officer", AT, one) for one in slots)
    return ObservedPeriod(DAY, DAY, kept, (), (), ())


def slot(rows, start=360, end=480):
    found = tuple(group_of(row, at, ("entry", "exit")) for at, row in enumerate(rows, 1))
    return ObservedSlot(fmp=POST, day=DAY, start=start, end=end, directions=("entry", "exit"), groups=found)


def tables(crossings, observed):
    made = build(
        Crossings(crossings), DAY, DAY, Audience.GOVERNMENT, Level.POST, "pt", AT, training=True, observed=observed
    )
    return {one.name: one for one in made.resources}


@given(st.lists(groups, max_size=8), st.integers(0, 500))
def test_observed_and_administrative_are_never_summed(rows, crossings):
    both, seen, recorded = (
        tables(crossings, period(slot(rows))),
        tables(0, period(slot(rows))),
        tables(crossings, None),
    )
    assert set(both) == set(seen)
    for name, table in both.items():
        assert table.rows == (seen if name.startswith("observed") else recorded)[name].rows
        if "record_kind" in table.fields:
            kinds = {row[table.fields.index("record_kind")] for row in table.rows}
            assert kinds <= {"observed" if name.startswith("observed") else "administrative"}


@given(st.lists(groups, max_size=8))
def test_what_nobody_asked_is_empty_and_what_was_asked_adds_up(rows):
    table = tables(0, period(slot(rows)))["observed_fmr"]
    at = {name: place for place, name in enumerate(table.fields)}
    assert len(table.rows) == 2, "both directions were watched: nobody is nought"
    for row in table.rows:
        here = [one for one in rows if one["direction"] == row[at["direction"]]]
        total = sum(one["total"] for one in here)
        assert row[at["total"]] == (None if 0 < total < 5 else total)
        for name in VULNERABILITIES:
            asked = [one for one in here if name in one]
            shown = row[at[name]]
            if not asked:
                assert shown is None
            assert shown in (None, sum(one[name] for one in asked))
            assert shown is None or shown == 0 or shown >= 5
        if any(len(one) and "f_18_59" not in one for one in here):
            assert row[at["f_0_4"]] is None


@given(groups)
def test_a_group_reads_back_as_it_was_kept(row):
    kept = slot([row])
    again = value_of(ObservedSlot, plain(kept))
    assert again == kept
    assert ("v_uasc" in again.groups[0].vulnerabilities) == ("v_uasc" in row)


@pytest.mark.parametrize("name", [*SEX_AGE, "total", *VULNERABILITIES])
def test_a_number_that_is_none_is_refused(name):
    for wrong in (-1, 1.5, True, "3", 6000):
        with pytest.raises((MobilityFieldError, ObservedSumError)):
            group_of({"direction": "entry", "total": 4} | {name: wrong}, 1, ("entry",))


def test_violence_is_no_field_of_a_gate():
    for name in ("v_gbv", "gbv", "violence"):
        with pytest.raises(MobilityFieldError):
            group_of({"direction": "entry", "total": 4, name: 1}, 1, ("entry",))


def test_a_district_lies_in_its_province_and_in_mozambique():
    fine = {"direction": "entry", "total": 4, "dest_adm1": "MZ05", "dest_adm2": "MZ0502"}
    assert group_of(fine, 1, ("entry",)).dest_adm2 == "MZ0502"
    for wrong in ({"dest_adm1": "MZ01"}, {"dest_country": "ZAF"}, {"dest_adm2": "MZ05"}, {"dest_adm1": "mz05"}):
        with pytest.raises(MobilityFieldError):
            group_of(fine | wrong, 1, ("entry",))


def test_minutes_that_two_people_watched_count_once():
    hours = FmpHours(fmp=POST, valid_from=DAY, opens=360, closes=1080)
    slots = [slot([], 300, 420), slot([], 400, 480), slot([], 1000, 1200)]
    assert minutes_watched(slots) == 380
    assert minutes_watched(slots, hours) == 200
