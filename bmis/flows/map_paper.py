"""The mobility map in words and shapes, from outlines that come with the program; and as a PDF."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from bmis.documents.states import state
from bmis.flows.affected import FROM, NOT_KNOWN, THROUGH, TO, WITHIN, AffectedArea, AffectedMovements, disease_words
from bmis.flows.centres import centre_of, outlines, rings_of
from bmis.flows.flow_map import FlowMap
from bmis.flows.fmr import INTERNAL_LIMIT, about_package
from bmis.flows.origin import HOME
from bmis.kernel.i18n import speaking
from bmis.kernel.i18n import translate as _
from bmis.paper.map_sheet import (
    ARROW,
    MARK,
    PLAIN,
    POSTS,
    TONE,
    KeyRow,
    MapArea,
    MapArrow,
    MapPoint,
    MapSheet,
    classes_of,
    grouped,
)
from bmis.paper.page import Imprint
from bmis.posts.admin_area import PROVINCE, admin_area, admin_areas
from bmis.posts.errors import UnknownAreaError

_ALIKE = 0.4
WINDOW = (22.5, -31.0, 43.5, -4.0)
"""West, south, east, north: Mozambique and what lies around it."""


def map_pdf(sheet: MapSheet, imprint: Imprint) -> bytes:
    """Return the map as PDF, one page.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
    """
    from bmis.paper.map_page import MapPage, map_page

    with speaking(sheet.languages[0]):
        return map_page(MapPage(imprint, sheet))


def map_sheet(flows: FlowMap, limit: int, language: str = "pt", affected: Sequence[AffectedMovements] = ()) -> MapSheet:
    """Return the map ready to draw, areas that were ``affected`` marked by a pattern and words.

    A map with numbers under a limit of 1 says that it is for internal use. Posts are drawn alike where their numbers
    may not be told.
    """
    with speaking(language):
        largest = max((post.n or 0 for post in flows.posts), default=0) or 1
        classes = classes_of(flows.provinces.values())
        marks = _marks(affected, language)
        return MapSheet(
            title=_("Population mobility map"),
            period=_("{first} to {last}").format(first=f"{flows.first:%d/%m/%Y}", last=f"{flows.last:%d/%m/%Y}"),
            window=WINDOW,
            areas=tuple(
                replace(area, marked=marks.get(code, ""))
                for code, area in (*_neighbours(language), *_provinces(flows, classes))
            ),
            arrows=tuple(MapArrow(one.start, one.end, one.n) for one in flows.arrows),
            points=tuple(
                MapPoint(post.at, post.name, _ALIKE if post.n is None else post.n / largest)
                for post in flows.posts
                if post.at is not None
            ),
            key=tuple(_key(flows, classes, bool(marks))),
            notes=(
                about_package(f"caveat_{language}"),
                *_totals(flows, limit),
                _("An arrow ends in the middle of a province or State, not at a place."),
                *(_words(one, language) for one in affected),
                _("Outlines: Natural Earth, public domain; P-codes: OCHA COD-AB."),
            ),
            languages=(language,),
        )


def _key(flows: FlowMap, classes: tuple[int, ...], marked: bool) -> Iterator[KeyRow]:
    """Yield the legend: classes of provinces, no number, affected, posts, and how wide an arrow is."""
    bounds = (1, *classes)
    for at, least in enumerate(bounds if flows.provinces else ()):
        above = bounds[at + 1] if at + 1 < len(bounds) else None
        told = (
            _("{least} or more at its posts").format(least=grouped(least))
            if above is None
            else _("{least} to {most} at its posts").format(least=grouped(least), most=grouped(above - 1))
        )
        yield KeyRow(TONE, told, _tone_of(least, classes))
    yield KeyRow(PLAIN, _("No number told"))
    if marked:
        yield KeyRow(MARK, _("Affected area"))
    if any(post.at is not None for post in flows.posts):
        yield KeyRow(POSTS, _("Border post"))
    most = max((one.n for one in flows.arrows), default=0)
    for n in dict.fromkeys((most, round(most / 4), round(most / 20))):
        if n:
            yield KeyRow(ARROW, _("Arrow: {n} movements").format(n=grouped(n)), float(n))


def _tone_of(n: int, classes: tuple[int, ...]) -> float:
    """Return the tone of the class that a number lies in."""
    return (1 + sum(n >= bound for bound in classes)) / (1 + len(classes))


def _totals(flows: FlowMap, limit: int) -> tuple[str, ...]:
    """Return what the numbers hold and what they leave out; nothing here tells more than the numbers drawn."""
    unplaced = _("Not drawn: {unplaced} with an end that is not known or not on the map.").format(
        unplaced=flows.unplaced
    )
    if limit == INTERNAL_LIMIT:
        told = _("Internal use: every movement is counted, small numbers too. Not to be handed over.")
        return told, f"{_('Movements in all: {total}.').format(total=flows.total)} {unplaced}"
    return (
        f"{_('Movements told: {total}.').format(total=flows.total)} {unplaced}",
        _(
            "Counted by day, province and direction. Journeys of fewer than {limit} a day are not drawn"
            " ({hidden} movements, never a single journey); {untold} day totals under {limit} are in no number here."
        ).format(limit=limit, hidden=flows.hidden, untold=flows.untold),
    )


def _marks(affected: Sequence[AffectedMovements], language: str) -> Mapping[str, str]:
    """Return the words of each outline with an affected area. Districts have no outline: their province says so."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for one in affected:
        code, disease = one.area.area, f"{_disease(one.area, language)} {_days(one.area)}"
        outlines_of = [area.pcode for area in admin_areas(PROVINCE)] if code == HOME else [code]
        for outline in outlines_of:
            whole = outline[:4] if len(outline) > 4 else outline
            found[whole][disease if whole == outline else f"{disease} ({outline})"] = None
    return {code: ", ".join(words) for code, words in found.items()}


def _words(one: AffectedMovements, language: str) -> str:
    last = one.area.last
    return _(
        "{area}, {disease}, {first} to {last}: {to} to, {out} from, {through} through, {within} within, {lost} unknown."
    ).format(
        area=area_words(one.area.area, language),
        disease=_disease(one.area, language),
        first=f"{one.area.first:%d/%m/%Y}",
        last=_("today") if last is None else f"{last:%d/%m/%Y}",
        to=one.ways[TO],
        out=one.ways[FROM],
        through=one.ways[THROUGH],
        within=one.ways[WITHIN],
        lost=one.ways[NOT_KNOWN],
    )


def _days(area: AffectedArea) -> str:
    return f"{area.first:%d/%m/%Y}–" if area.last is None else f"{area.first:%d/%m/%Y}–{area.last:%d/%m/%Y}"


def _disease(area: AffectedArea, language: str) -> str:
    told = disease_words(area.disease, language)
    return _("{disease} in a part of it").format(disease=told) if area.part else told


def area_words(code: str, language: str) -> str:
    """Return the name of a province or district with its code, or of a State; the code where neither list has it."""
    try:
        return f"{admin_area(code).name} ({code})"
    except UnknownAreaError:
        known = state(code)
        return code if known is None else known.name_en if language == "en" else known.name_pt


@cache
def _neighbours(language: str) -> tuple[tuple[str, MapArea], ...]:
    found = []
    for feature in outlines("neighbours_adm0"):
        properties = feature["properties"]
        if properties["iso3"] == "MOZ":  # the provinces are drawn instead: their outline is finer
            continue
        rings = tuple(tuple(ring) for ring in rings_of(feature["geometry"]))
        iso3 = properties["iso3"]
        found.append((iso3, MapArea(rings, properties[f"name_{language}"], centre_of(iso3))))
    return tuple(found)


def _provinces(flows: FlowMap, classes: tuple[int, ...]) -> tuple[tuple[str, MapArea], ...]:
    found = []
    for feature in outlines("moz_adm1"):
        pcode, name = feature["properties"]["pcode"], feature["properties"]["name_pt"]
        rings = tuple(tuple(ring) for ring in rings_of(feature["geometry"]))
        n = flows.provinces.get(pcode)
        label = name if n is None else f"{name}: {grouped(n)}"
        tone = None if n is None else _tone_of(n, classes)
        found.append((pcode, MapArea(rings, label, centre_of(pcode), tone)))
    return tuple(found)
