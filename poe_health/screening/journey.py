"""Where a traveller was and when, held against the dated list of affected areas."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bmis.posts.admin_area import PROVINCE, admin_areas
from poe_health.errors import FutureDateError, PeriodOrderError
from poe_health.rules.answer import Answer, both, either

HOME = "MOZ"
ASKED_DAYS = 21
"""The days that the question about the journey covers on the forms: a stay without dates lies within them."""

_CODED = re.compile(r"[A-Z]{2}-?[A-Z0-9]{1,6}", re.ASCII)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay in a country (ISO 3166-1 alpha-3) and its first-level area, first and last day; None is not known."""

    country: str
    admin1: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class AffectedArea:
    """An area affected by a disease. ``admin1`` None: the whole country; ``since``, ``until`` None: open."""

    disease: str
    country: str
    admin1: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days, the first and the last included."""

    first: date
    last: date

    def common(self, other: "Days") -> "Days | None":
        """Return the days of both; None when there are none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Days(first, last) if first <= last else None


def look_back(today: date, days: int) -> Days:
    """Return the last ``days`` before today, and today: day 0 is the day of the screening."""
    return Days(today - timedelta(days=days), today)


def whole_journey(stays: Iterable[Stay], today: date) -> tuple[Stay, ...]:
    """Return the stays, their order checked; a last one without an end lasts until today.

    Raises:
        FutureDateError: a day after today. PeriodOrderError: a stay that ends before it begins.
    """
    given = list(stays)
    for place, stay in enumerate(given):
        for name, day in (("from", stay.since), ("to", stay.until)):
            if day is not None and day > today:
                raise FutureDateError(f"itinerary[{place}].{name}")
        if stay.since is not None and stay.until is not None and stay.until < stay.since:
            raise PeriodOrderError(f"itinerary[{place}]")
    begun = [stay.since for stay in given if stay.since is not None]
    return tuple(
        Stay(stay.country, stay.admin1, stay.since, today)
        if stay.until is None and stay.since is not None and stay.since == max(begun)
        else stay
        for stay in given
    )


def touched(stays: Sequence[Stay] | None, areas: Iterable[AffectedArea], today: date, lookback_days: int) -> Answer:
    """Return whether the journey touched one of the areas in the last days.

    Yes at once for a stay that certainly did. No when no area was affected in those days, or when the stays cover
    every one of them and none can have touched an area. Else unknown: a gap, a missing date, a missing province.
    """
    window = look_back(today, lookback_days)
    near = [(area, days) for area in areas if (days := _affected(area).common(window))]
    if not near:
        return Answer.NO
    if stays is None:
        return Answer.UNKNOWN
    hit = either(_hit(stay, area, days, today) for stay in stays for area, days in near)
    if hit is not Answer.NO:
        return hit
    return Answer.NO if covered(stays, window) else Answer.UNKNOWN


def covered(stays: Iterable[Stay], window: Days) -> bool:
    """Return whether the stays certainly account for every day of the window."""
    sure = sorted((days for stay in stays if (days := _certain(stay))), key=lambda days: days.first)
    need = window.first
    for days in sure:
        if days.first > need:
            return False
        need = max(need, days.last + _ONE_DAY)
    return need > window.last


def place_code(country: str, untrusted_admin1: str | None) -> str | None:
    """Return the area as it is compared: for Mozambique the P-code of the province, else the code or folded name."""
    text = (untrusted_admin1 or "").strip()
    if not text:
        return None
    folded = _folded(text)
    if country == HOME:
        for area in admin_areas(PROVINCE):
            if folded in {_folded(area.pcode), _folded(area.name), _folded(area.iso_3166_2)}:
                return area.pcode
    return text.upper() if _CODED.fullmatch(text.upper()) and not text.isalpha() else folded


def _hit(stay: Stay, area: AffectedArea, days: Days, today: date) -> Answer:
    """Return whether the stay was in the area on one of the days on which it was affected."""
    return both((_same_place(stay, area), _on_one_of(stay, days, today)))


def _same_place(stay: Stay, area: AffectedArea) -> Answer:
    if stay.country != area.country:
        return Answer.NO
    if area.admin1 is None or stay.admin1 == area.admin1:
        return Answer.YES
    if stay.admin1 is None:
        return Answer.UNKNOWN
    # names of one place are written in many ways: only two codes of one kind can prove that places differ
    return Answer.NO if _kind(stay.admin1) == _kind(area.admin1) != "name" else Answer.UNKNOWN


def _on_one_of(stay: Stay, days: Days, today: date) -> Answer:
    if stay.since is None and stay.until is None:  # within the days that were asked about, on an unknown one
        asked = look_back(today, ASKED_DAYS)
        common = days.common(asked)
        return Answer.YES if common == asked else Answer.UNKNOWN if common else Answer.NO
    sure = _certain(stay)
    if sure is not None and sure.common(days):
        return Answer.YES
    possible = Days(stay.since or date.min, stay.until or today)
    return Answer.UNKNOWN if possible.common(days) and (stay.since is None or stay.until is None) else Answer.NO


def _certain(stay: Stay) -> Days | None:
    """The days on which the traveller certainly was there."""
    first, last = stay.since or stay.until, stay.until or stay.since
    return Days(first, last) if first and last else None


def _affected(area: AffectedArea) -> Days:
    return Days(area.since or date.min, area.until or date.max)


def _kind(admin1: str) -> str:
    if not _CODED.fullmatch(admin1):
        return "name"
    return "iso" if "-" in admin1 else "pcode"


def _folded(text: str) -> str:
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w]+", " ", bare).casefold().split())
