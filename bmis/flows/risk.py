"""Rates with their intervals: how often travellers are refused, typed by hand, let through, seen in secondary.

By post, hour, means of travel and kind of document. Nothing here knows ethnicity or religion; a nationality is looked
at only by a selector in force (``risk_selectors``). A rate says what was decided, not what anybody is.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from math import sqrt

from bmis.flows.counts import CountsView
from bmis.flows.number_rules import NumberRules, number_rules
from bmis.flows.outcomes import DECIDED, MANUAL, OVERRIDE, REFUSED, SECONDARY

_OTHERS = "*"
Z_95 = 1.959963984540054  # the 97.5 % point of the normal distribution
OUTCOMES = (REFUSED, SECONDARY, OVERRIDE, MANUAL)
GROUPS: Mapping[str, tuple[str, str]] = {
    "post_code": ("outcome_kind", "post_code"),
    "hour": ("outcome_hour", "hour"),
    "travel_mode": ("outcome_kind", "travel_mode"),
    "document_kind": ("outcome_kind", "document_kind"),
}
"""What rates are told by: the cube and the dimension."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Cases among ``base`` with the 95 % interval; all None: too few to be shown, or hidden beside such."""

    key: str
    base: int | None
    cases: int | None
    low: float | None
    high: float | None

    @property
    def share(self) -> float | None:
        """Return cases as a share of the base."""
        return self.cases / self.base if self.cases is not None and self.base else None


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of the groups, the highest lower bound first, those not shown last; ``whole`` is of everybody."""

    outcome: str
    group: str
    first: date
    last: date
    rows: tuple[Rate, ...]
    whole: Rate


def wilson(cases: int, base: int, z: float = Z_95) -> tuple[float, float]:
    """Return the score interval of a share (Wilson 1927): right for small numbers and near 0, where others are not.

    Raises:
        ValueError: no base, or cases that are not part of it.
    """
    if base <= 0 or not 0 <= cases <= base:
        raise ValueError("cases are part of a base")
    share, square = cases / base, z * z
    middle = (share + square / (2 * base)) / (1 + square / base)
    half = z * sqrt(share * (1 - share) / base + square / (4 * base * base)) / (1 + square / base)
    return (middle - half if cases else 0.0), (middle + half if cases < base else 1.0)


def read_rates(view: CountsView, outcome: str, group: str, first: date, last: date) -> Rates:
    """Return the rates of an outcome by a group, over these days.

    Raises:
        KeyError: no such outcome or group.
    """
    if outcome not in OUTCOMES:
        raise KeyError(outcome)
    cube, dimension = GROUPS[group]
    sums = view.sums(cube, first, last, (dimension, "outcome"), {"outcome": (DECIDED, outcome)})
    bases = {key: n for (key, what), n in sums.items() if what == DECIDED}
    cases = {key: sums.get((key, outcome), 0) for key in bases}
    return Rates(outcome, group, first, last, *shown_rates(cases, bases, number_rules()))


def nationality_rates(
    view: CountsView, outcome: str, nationalities: Collection[str], first: date, last: date
) -> dict[str, Rate]:
    """Return the rate of an outcome of each nationality. Only for those of selectors in force.

    Everybody else is one more group, which is not returned: what the rates of posts show as a whole, less these, must
    not be too few either.

    Raises:
        KeyError: no such outcome.
    """
    if outcome not in OUTCOMES:
        raise KeyError(outcome)
    wanted = {"outcome": (DECIDED, outcome)}
    cases, bases = Counter(dict.fromkeys(nationalities, 0)), Counter(dict.fromkeys(nationalities, 0))
    sums = view.sums("outcome_nationality", first, last, ("nationality", "outcome"), wanted)
    for (country, what), n in sums.items():
        (bases if what == DECIDED else cases)[country if country in nationalities else _OTHERS] += n
    cases.setdefault(_OTHERS, 0)
    rows, _whole = shown_rates(cases, bases, number_rules())
    shown = {row.key: row for row in rows}
    return {one: shown.get(one, Rate(one, None, None, None, None)) for one in nationalities}


def shown_rates(
    cases: Mapping[str, int], bases: Mapping[str, int], rules: NumberRules
) -> tuple[tuple[Rate, ...], Rate]:
    """Return the rates as they may be shown, and that of the whole.

    A group with too small a base, with too few cases or with too few others is hidden; where the hidden ones could be
    found by taking the shown from the whole, the next smallest goes with them.
    """
    whole_cases, whole_base = sum(cases.values()), sum(bases.values())
    hidden = {key for key, base in bases.items() if base and _too_few(cases[key], base, rules)}
    rest = sorted((base, key) for key, base in bases.items() if base and key not in hidden)
    while hidden and rest and _too_few_together(hidden, cases, bases, rules):
        hidden.add(rest.pop(0)[1])
    rows = [_rate(key, cases[key], base) for key, base in bases.items() if base and key not in hidden]
    rows.sort(key=lambda rate: (-(rate.low or 0.0), rate.key))
    rows += [Rate(key, None, None, None, None) for key in sorted(hidden)]
    shown = whole_base and not _too_few(whole_cases, whole_base, rules) and not _all_but_whole(hidden, rest, bases)
    return tuple(rows), _rate("", whole_cases, whole_base) if shown else Rate("", None, None, None, None)


def _all_but_whole(hidden: set[str], rest: list[tuple[int, str]], bases: Mapping[str, int]) -> bool:
    """Whether a single group is everybody and is hidden: the whole would then tell it."""
    return bool(hidden) and not rest and len([key for key, base in bases.items() if base]) == 1


def _too_few(cases: int, base: int, rules: NumberRules) -> bool:
    others = base - cases
    small = any(0 < number < rules.risk_least_count for number in (cases, others))
    return base < rules.risk_least_base or small


def _too_few_together(hidden: set[str], cases: Mapping[str, int], bases: Mapping[str, int], rules: NumberRules) -> bool:
    """Whether what is hidden, which the whole gives away as a sum, is one group or still too few."""
    together = sum(cases[key] for key in hidden), sum(bases[key] for key in hidden)
    return len(hidden) == 1 or _too_few(*together, rules)


def _rate(key: str, cases: int, base: int) -> Rate:
    return Rate(key, base, cases, *wilson(cases, base))
