"""Public holidays that move a border post: Mozambique's, and the other side's where we have them."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from bmis.kernel.resources import resource

HOME = "MOZ"
_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday on its day."""

    day: date
    country: str
    pt: str
    en: str

    def name(self, language: str) -> str:
        """Return its name in ``language`` (pt or en)."""
        return self.en if language == "en" else self.pt


def holiday(day: date, countries: Collection[str] = (HOME,)) -> Holiday | None:
    """Return the holiday of a day, Mozambique's before others; None: an ordinary day."""
    ordered = sorted(countries, key=lambda country: (country != HOME, country))
    return next((found for country in ordered if (found := _of_year(country, day.year).get(day))), None)


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (anonymous algorithm, Meeus 1991, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, before = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, before + 1)


@cache
def _said() -> dict[str, Any]:
    return tomllib.loads(resource("flows", "holidays.toml").read_text(encoding="utf-8"))


@cache
def _of_year(country: str, year: int) -> dict[date, Holiday]:
    said = _said().get(country)
    if said is None:
        return {}
    found: dict[date, Holiday] = {}
    for one in said["day"]:
        if "easter" in one:
            day = easter(year) + timedelta(days=int(one["easter"]))
        else:
            day = date(year, *(int(part) for part in one["on"].split("-")))
        found[day] = Holiday(day, country, one["pt"], one["en"])
    if said["sunday_moves_to_monday"]:
        for day, kept in list(found.items()):
            if day.weekday() == _SUNDAY:
                monday = day + timedelta(days=1)
                found.setdefault(monday, Holiday(monday, country, kept.pt, kept.en))
    for one in said.get("once", ()):  # the law of that one day: it stands where it is said
        if one["on"].year == year:
            found[one["on"]] = Holiday(one["on"], country, one["pt"], one["en"])
    return found
