"""People whose papers tell of protection: one category, larger numbers only, and to the public never."""

from collections import Counter
from datetime import date

import pytest

from bmis.flows.cell import Cube
from bmis.flows.counts import CountsView
from bmis.flows.fmr import guarded_limit, limit_for
from bmis.flows.origin import NO_NATIONALITY, protected_codes
from bmis.flows.package.splits import SPLITS, safe_splits
from bmis.reports.places import country_name

GROUP = ("2026-11-20", "MZ05", "entry")
STATES = next(split for split in SPLITS if split.name == "fmr_nationality")
JOURNEYS = next(split for split in SPLITS if split.name == "fmr_origin_destination")


class Cells:
    """Cells of one day, as the store gives them."""

    def sums(self, asked: Cube, first, last, by, where=None):
        assert asked.name == "nationality"
        every = {("XXA", "road"): 2, ("XXB", "road"): 3, ("XXC", "foot"): 1, ("XXX", "road"): 4, ("ZWE", "road"): 30}
        found = Counter()
        for keys, n in every.items():
            named = dict(zip(("nationality", "travel_mode"), keys, strict=True))
            found[tuple(named[name] for name in by)] += n
        return dict(found)


def shown(parts, audience):
    counted = {"fmr_nationality": Counter({(state,): n for state, n in parts.items()})}
    safe = safe_splits(counted, limit_for(audience), "administrative", GROUP, {}, guarded_limit(audience))
    return {state for state, n in safe["fmr_nationality"].parts.items() if n is not None}


def test_every_reader_of_the_cells_sees_one_category_of_people_without_a_nationality():
    view, day = CountsView(Cells()), date(2026, 11, 20)
    assert view.sums("nationality", day, day, ("nationality",)) == {(NO_NATIONALITY,): 10, ("ZWE",): 30}
    assert view.sums("nationality", day, day, ("travel_mode", "nationality")) == {
        ("road", NO_NATIONALITY): 9,
        ("foot", NO_NATIONALITY): 1,
        ("road", "ZWE"): 30,
    }
    assert view.sums("nationality", day, day, ("travel_mode",)) == {("road",): 39, ("foot",): 1}
    assert {"XXA", "XXB", "XXC"} < protected_codes()
    assert country_name(NO_NATIONALITY, "en") not in {country_name(code, "en") for code in ("XXA", "XXB", "XXC")}


def test_fewer_than_ten_are_not_shown_to_the_government_and_nobody_can_subtract_them():
    assert shown({"XXX": 9, "ZWE": 30, "ZAF": 40}, "government") == {"ZAF"}, "another part is hidden with them"
    assert shown({"ZMB": 9, "ZWE": 30, "ZAF": 40}, "government") == {"ZMB", "ZWE", "ZAF"}, "as any State from five"
    assert shown({"XXX": 10, "ZWE": 30, "ZAF": 40}, "government") == {"XXX", "ZWE", "ZAF"}


@pytest.mark.parametrize("n", [1, 9, 10, 5000])
def test_the_public_is_never_shown_them_apart(n):
    found = shown({"XXX": n, "ZWE": 30, "ZAF": 40}, "public")
    assert "XXX" not in found
    assert len(found) <= 1


@pytest.mark.parametrize("parts", [{"XXX": n, "ZWE": m, "ZAF": 11} for n in (1, 4, 7, 9, 10, 12) for m in (1, 5, 20)])
def test_what_the_government_is_not_shown_the_public_is_not_shown_either(parts):
    assert shown(parts, "public") <= shown(parts, "government")


def test_no_journey_begins_or_ends_in_a_status():
    assert JOURNEYS.part(("XXB", "MOZ")) == (None, None, "MOZ", None)
    assert STATES.part(("ZWE",)) == ("ZWE",)
