"""Small numbers in public files: hidden, and so that nobody can subtract them back.

Every table is a list of parts with their total. A part or a total under the threshold (and over zero) is hidden.
Where the hidden parts of a table add up to too little, or one stands alone, the next smallest part is hidden too.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

THRESHOLD = 5  # the least count that may be shown; zero may be shown: it is nobody
_FEWEST_HIDDEN = 2


@dataclass(frozen=True, slots=True)
class SafeTable:
    """A table as it may be shown: None is hidden."""

    parts: Mapping[str, int | None]
    total: int | None

    @property
    def hidden(self) -> int:
        """Return how many numbers are hidden."""
        return sum(one is None for one in (*self.parts.values(), self.total))


def is_small(count: int, threshold: int = THRESHOLD) -> bool:
    """Return whether a count shows too few people to be shown."""
    return 0 < count < threshold


def safe_tables(
    tables: Mapping[str, Mapping[str, int]],
    threshold: int = THRESHOLD,
    hidden_before: Mapping[str, Collection[str]] | None = None,
    *,
    whole_hidden: bool = False,
) -> dict[str, SafeTable]:
    """Return the tables of one number as they may be shown together.

    All are splits of the same people, so they have one total: it is shown in all of them or in none.

    Args:
        tables: the parts of each, by code.
        threshold: the least count that may be shown.
        hidden_before: parts of each table that an earlier release of the same people hid: they stay hidden.
        whole_hidden: whether an earlier release hid the total.

    Raises:
        ValueError: the tables do not have the same total, or a count is below zero.
    """
    totals = {sum(parts.values()) for parts in tables.values()}
    if len(totals) > 1 or any(count < 0 for parts in tables.values() for count in parts.values()):
        raise ValueError("tables of the same people have the same total, of counts")
    total = totals.pop() if totals else 0
    small = is_small(total, threshold) or whole_hidden
    shown = {}
    for name, parts in tables.items():
        before = (hidden_before or {}).get(name, ())
        every = dict.fromkeys(before, 0) | dict(parts)
        hide = {code for code, count in every.items() if count or code in before} if small else set()
        hide = hide or _hidden(every, threshold, before)
        safe = {code: None if code in hide else count for code, count in every.items()}
        shown[name] = SafeTable(safe, None if small else total)
    return shown


def _hidden(parts: Mapping[str, int], threshold: int, before: Collection[str]) -> set[str]:
    """Return which parts to hide; their total is shown.

    What is hidden without ``before`` are the smallest parts, so that of two thresholds the larger hides what the
    smaller does: who holds both releases has no more than one of them.
    """
    hide = _completed(parts, {code for code, count in parts.items() if is_small(count, threshold)}, threshold)
    return _completed(parts, hide | set(before), threshold)


def _completed(parts: Mapping[str, int], hide: set[str], threshold: int) -> set[str]:
    """Return the parts with the next smallest beside them, until what is hidden is enough."""
    rest = sorted((count, code) for code, count in parts.items() if count and code not in hide)
    while hide and rest and _too_few(parts, hide, threshold):
        hide = hide | {rest.pop(0)[1]}
    return hide


def _too_few(parts: Mapping[str, int], hide: Collection[str], threshold: int) -> bool:
    """Whether the total, less what is shown, would tell one part, or too few people."""
    people = [parts[code] for code in hide if parts[code]]
    return len(people) < _FEWEST_HIDDEN or sum(people) < threshold
