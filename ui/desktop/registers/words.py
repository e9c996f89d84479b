"""Codes of mobility in words, choices for forms, and what people type into them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from bmis.documents.states import state
from bmis.flows.map_paper import area_words
from bmis.flows.mobility.errors import MobilityFieldError
from bmis.flows.mobility.keeping import Standing
from bmis.flows.mobility.lists import codes, label
from bmis.flows.mobility.place import MappedPlace
from bmis.flows.observed.slot import minutes_of
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.posts.admin_area import DISTRICT, admin_areas
from bmis.posts.point_of_entry import points_of_entry
from bmis.reports.places import post_name
from ui.desktop.registers.errors import RegisterFieldError
from ui.desktop.registers.parts import RegisterParts
from ui.desktop.words import moment_words
from ui.words.figures import day_words

Choices = tuple[tuple[str, str], ...]


def word(of: str, code: str | None) -> str:
    """Return the words of a code of a dated list; what nobody recorded is not known."""
    return _("not known") if code is None else label(of, code, current_language())


def words_of(of: str, chosen: Iterable[str]) -> str:
    """Return the words of codes, by commas; a dash where there is none."""
    return ", ".join(word(of, code) for code in chosen) or "—"


def choices(of: str) -> Choices:
    """Return a dated list for a form."""
    return tuple((code, word(of, code)) for code in codes(of))


def days_words(first: date, last: date | None) -> str:
    """Return both days, or one where they are the same."""
    if last is None or last == date.max:
        return _("from {day}").format(day=day_words(first))
    return day_words(first) if first == last else f"{day_words(first)} – {day_words(last)}"


def kept_words(parts: RegisterParts, one: Standing[Any]) -> str:
    """Return who said it last, and when."""
    return f"{one.by}, {moment_words(parts.local_time(one.recorded_at))}"


def end_words(code: str, places: Iterable[MappedPlace]) -> str:
    """Return the name of an end of a route: a mapped place, a post, an area or a State."""
    found = next((one.name for one in places if one.code == code), None)
    if found is not None:
        return found
    return post_name(code) if "." in code else area_words(code, current_language())


def post_choices(home: str, places: Iterable[MappedPlace] = ()) -> Choices:
    """Return every post, that of the home first; then mapped places."""
    posts = sorted(points_of_entry(), key=lambda one: (one.code != home, one.name))
    named = sorted(places, key=lambda one: one.name)
    return tuple((one.code, one.name) for one in posts) + tuple((one.code, f"{one.name} ({one.code})") for one in named)


def district_choices() -> Choices:
    """Return the districts that somebody may be from, each with its province."""
    found = [one for one in admin_areas(DISTRICT) if one.selectable]
    return tuple((one.pcode, f"{one.name} ({one.province})") for one in sorted(found, key=lambda one: one.name))


def area_choices() -> Choices:
    """Return provinces, then districts, then the neighbouring States."""
    language = current_language()
    provinces = tuple((one.pcode, one.name) for one in admin_areas(1) if one.selectable)
    abroad = sorted({one.neighbour_country for one in points_of_entry() if one.neighbour_country})
    named = [(code, state(code)) for code in abroad]
    return (*provinces, *district_choices(), *(
        (code, code if known is None else known.name_en if language == "en" else known.name_pt) for code, known in named
    ))  # fmt: skip


def count_of(typed: str, where: str) -> int | None:
    """Return a count; None for an empty field: not counted. Raises RegisterFieldError."""
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 6):
        raise RegisterFieldError(where)
    return int(typed)


def degrees_of(typed: str, where: str) -> float | None:
    """Return degrees with a comma or a point; None for an empty field. Raises RegisterFieldError."""
    try:
        return float(typed.replace(",", ".")) if typed else None
    except ValueError as error:
        raise RegisterFieldError(where) from error


def hour_of(typed: str, where: str) -> int:
    """Return the minutes since midnight of ``06:30``, ``0630`` or ``6:30``. Raises RegisterFieldError."""
    digits = typed.replace(":", "").replace("h", "")
    if not 3 <= len(digits) <= 4:
        raise RegisterFieldError(where)
    text = digits.rjust(4, "0")
    try:
        return minutes_of(f"{text[:2]}:{text[2:]}", where)
    except MobilityFieldError as error:
        raise RegisterFieldError(where) from error


def hour_words(minutes: int) -> str:
    """Return minutes since midnight as ``06:30``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def several_of(answer: str) -> tuple[str, ...]:
    """Return the codes of a field of several."""
    return tuple(code for code in answer.split(",") if code)
