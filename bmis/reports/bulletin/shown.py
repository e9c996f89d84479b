"""The numbers of a period as the public may have them: sums of what the daily tables of its package show."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from bmis.flows.cell import Keys
from bmis.flows.counts import days_before, same_days_last_year
from bmis.flows.origin import NATIONAL, NO_NATIONALITY, group_of
from bmis.flows.package.resource import FlowPackage
from bmis.kernel.small_cells import is_small, safe_tables
from bmis.posts.admin_area import PROVINCE, admin_areas
from bmis.reports.asked import Asked
from bmis.reports.bulletin.periods import REFUSED, Compared, Number, PeriodNumbers, period_numbers
from bmis.reports.report import Missing
from bmis.reports.returns.kinds import return_kinds

_KEYED = frozenset({"province", "nationality"})


@dataclass
class ShownNumbers(PeriodNumbers):
    """Numbers of a package of this period. What it shows nobody of may be hidden: that is said, and is not nought."""

    package: FlowPackage = field(kw_only=True)

    def number(self, measure: str, key: str = "") -> Number:
        """Return a number of crossings; where it is nought and some are hidden, that they are."""
        found = self.tables.get(measure, {}).get(key, None if measure in _KEYED else 0)
        way, _underscore, group = measure.partition("_")
        if found == 0 and group in ("nationals", "foreigners") and self.tables[f"{way}_unknown"][""]:
            return Missing.SUPPRESSED
        return Missing.SUPPRESSED if found is None else found

    def reported(self, kind: str, figure: str) -> Number:
        """Return a figure of returns; where any figure of the kind is small none is told, for they add up."""
        every = [super(ShownNumbers, self).reported(kind, one) for one in _figures(kind, self.last)]
        if any(isinstance(n, int) and is_small(n, self.package.limit) for n in every):
            return Missing.SUPPRESSED
        return super().reported(kind, figure)

    @cached_property
    def untold(self) -> int:
        """Return how many totals of a day, province and direction are too small to be in any number."""
        return sum(row["total"] is None for row in _rows(self.package, "fmr"))

    @cached_property
    def tables(self) -> dict[str, dict[str, int]]:
        """Return every number of the period, by measure and key."""
        plain: Counter[str] = Counter()
        provinces: Counter[str] = Counter()
        states: Counter[str] = Counter()
        letters = {area.pcode: area.iso_3166_2.partition("-")[2] for area in admin_areas(PROVINCE)}
        for row in _rows(self.package, "fmr"):
            if row["total"] is not None:
                plain["entries" if row["direction"] == "entry" else "exits"] += row["total"]
                provinces[letters.get(str(row["fmp_adm1_pcode"]), "")] += row["total"]
        for row in _rows(self.package, "fmr_nationality"):
            if row["shown"] == "part":
                way, group = "entries" if row["direction"] == "entry" else "exits", group_of(row["nationality"])
                states[row["nationality"]] += row["total"]
                plain[f"{way}_{'nationals' if group == NATIONAL else 'foreigners'}"] += row["total"]
        plain["total"] = plain["entries"] + plain["exits"]
        for way in ("entries", "exits"):
            plain[f"{way}_unknown"] = plain[way] - plain[f"{way}_nationals"] - plain[f"{way}_foreigners"]
        found = {name: {"": n} for name, n in plain.items()}
        return found | {"province": dict(provinces), "nationality": dict(states)}


def days_shown(numbers: ShownNumbers) -> dict[tuple[date, str], int]:
    """Return movements that are shown by day and direction; of a day whose every total is hidden there is none."""
    found: Counter[tuple[date, str]] = Counter()
    for row in _rows(numbers.package, "fmr"):
        if row["total"] is not None:
            found[date.fromisoformat(str(row["date"])), str(row["direction"])] += row["total"]
    return dict(found)


def refusals_shown(asked: Asked, limit: int) -> dict[str, Mapping[str, int | None]]:
    """Return people refused, by nationality ("" under "all"), and reasons given, as the public may have them."""
    states = _first(asked.counts.sums("refusals", asked.first, asked.last, ("nationality",), REFUSED))
    reasons = _first(asked.counts.sums("refusal_reasons", asked.first, asked.last, ("reason",), REFUSED))
    guarded = {NO_NATIONALITY} & states.keys()  # the public is never told of them apart
    by_state = safe_tables({"": states}, limit, {"": guarded})[""]
    by_reason = safe_tables({"": reasons}, limit)[""]
    return {"all": {"": by_state.total}, "nationality": by_state.parts, "reason": by_reason.parts}


def compared_shown(asked: Asked) -> Compared:
    """Return the period that was asked for with those it is compared with, each from its own package."""
    periods = (
        (asked.first, asked.last),
        days_before(asked.first, asked.last),
        same_days_last_year(asked.first, asked.last),
    )
    now, before, last_year = (_shown(asked, *period) for period in periods)
    return Compared(now, before, last_year, unfinished=not asked.is_over)


def _shown(asked: Asked, first: date, last: date) -> PeriodNumbers:
    """Return the numbers of a period; of one that crossings do not reach, what was published then."""
    raw = period_numbers(asked, first, last)
    if not raw.reached:
        return raw
    package: FlowPackage = asked.more["public_flows"](first, last)
    return ShownNumbers(
        asked.counts, first, last, raw.returns, raw.past, True, raw.posts, raw.recorded, package=package
    )


def _figures(kind: str, on: date) -> list[str]:
    """Return the figures of a kind on a day; a kind that there was not yet has none."""
    return [field.code for one in return_kinds(on) if one.code == kind for field in one.fields if field.split is None]


def _rows(package: FlowPackage, name: str) -> list[dict[str, Any]]:
    table = package.resource(name)
    return [dict(zip(table.fields, row, strict=True)) for row in table.rows]


def _first(sums: Mapping[Keys, int]) -> dict[str, int]:
    return {keys[0]: n for keys, n in sums.items()}
