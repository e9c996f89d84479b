"""Making tables of sums: tops with the rest, months across, growth."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from bmis.flows.cell import Keys
from bmis.kernel.i18n import translate as _
from bmis.reports.report import Column, Kind, Missing, Table, Value, share

TOP = 20


def tops(counts: Mapping[str, int], most: int = TOP) -> tuple[list[tuple[str, int]], int]:
    """Return the largest, largest first (equal ones by key), and the sum of the others."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ordered[:most], sum(n for _key, n in ordered[most:])


def by_first(sums: Mapping[Keys, int]) -> dict[str, int]:
    """Return sums by their first key alone."""
    found: Counter[str] = Counter()
    for keys, n in sums.items():
        found[keys[0]] += n
    return dict(found)


def of(sums: Mapping[Keys, int], *keys: str) -> int:
    """Return one sum; none is nought, for a key that nobody had counts nobody."""
    return sums.get(keys, 0)


def entry_exit_table(
    code: str, title: str, head: str, sums: Mapping[Keys, int], name: Callable[[str], str], note: str = ""
) -> Table:
    """Return a table of entries, exits, total and share by a key; ``sums`` are by (key, direction)."""
    totals: Counter[str] = Counter()
    for keys, n in sums.items():
        totals[keys[0]] += n
    shown, others = tops(totals)
    rows: list[tuple[Value, ...]] = []
    whole = sum(totals.values())
    for key, total in shown:
        rows.append((name(key), of(sums, key, "ENTRY"), of(sums, key, "EXIT"), total, share(total, whole)))
    if others:
        rest = {
            direction: sum(n for (key, way), n in sums.items() if way == direction) for direction in ("ENTRY", "EXIT")
        }
        told = {way: sum(of(sums, key, way) for key, _n in shown) for way in rest}
        rows.append(
            (_("Others"), rest["ENTRY"] - told["ENTRY"], rest["EXIT"] - told["EXIT"], others, share(others, whole))
        )
    entries = sum(n for (_key, way), n in sums.items() if way == "ENTRY")
    return Table(
        code,
        title,
        (
            Column(code, head),
            Column("entries", _("Entries"), Kind.COUNT),
            Column("exits", _("Exits"), Kind.COUNT),
            Column("total", _("Total"), Kind.COUNT),
            Column("share", _("Share"), Kind.SHARE),
        ),
        tuple(rows),
        (_("Total"), entries, whole - entries, whole, share(whole, whole)) if rows else None,
        note,
    )


def months_between(first: date, last: date) -> list[str]:
    """Return the months that the period touches, as YYYY-MM."""
    found, year, month = [], first.year, first.month
    while (year, month) <= (last.year, last.month):
        found.append(f"{year:04d}-{month:02d}")
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


def band_of(age: str, bands: Iterable[tuple[int, int | None]]) -> str | None:
    """Return the band ("18-59", "60+") that an age of the cells lies in, None where it is unknown or may lie in two."""
    if not age:
        return None
    low, _dash, high = age.partition("-")
    for start, end in bands:
        if int(low) >= start and (end is None or int(high or low) <= end):
            return band_name(start, end)
    return None


def band_name(start: int, end: int | None) -> str:
    """Return how a band is written."""
    return f"{start}+" if end is None else f"{start}-{end}"


def missing_if_unknown(value: int | None) -> int | Missing:
    """Return the number, or that it was not recorded."""
    return Missing.NOT_RECORDED if value is None else value
