"""The mobility map as a PDF, from outlines that come with the program."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from bmis.documents.states import state
from bmis.flows.affected import FROM, NOT_KNOWN, THROUGH, TO, WITHIN, AffectedMovements, disease_words
from bmis.flows.centres import centre_of, outlines, rings_of
from bmis.flows.flow_map import FlowMap
from bmis.flows.fmr import INTERNAL_LIMIT, about_package
from bmis.flows.origin import HOME
from bmis.kernel.i18n import speaking
from bmis.kernel.i18n import translate as _
from bmis.paper.map_page import MapArea, MapArrow, MapPage, MapPoint, map_page
from bmis.paper.page import Imprint
from bmis.posts.admin_area import PROVINCE, admin_area, admin_areas
from bmis.posts.errors import UnknownAreaError

_ALIKE = 0.4
WINDOW = (22.5, -31.0, 43.5, -4.0)
"""West, south, east, north: Mozambique and what lies around it."""


def map_pdf(
    flows: FlowMap,
    imprint: Imprint,
    limit: int,
    language: str = "pt",
    affected: Sequence[AffectedMovements] = (),
) -> bytes:
    """Return the map as PDF, areas that were ``affected`` marked by a pattern and words.

    A map with numbers under a limit of 1 says that it is for internal use. Posts are drawn alike where their numbers
    may not be told.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
    """
    with speaking(language):
        most = max(flows.provinces.values(), default=0) or 1
        largest = max((post.n or 0 for post in flows.posts), default=0) or 1
        marks = _marks(affected, language)
        page = MapPage(
            imprint=imprint,
            title=_("Population mobility map"),
            period=_("{first} to {last}").format(first=f"{flows.first:%d/%m/%Y}", last=f"{flows.last:%d/%m/%Y}"),
            window=WINDOW,
            areas=tuple(
                replace(area, marked=marks.get(code, ""))
                for code, area in (*_neighbours(language), *_provinces(flows, most))
            ),
            arrows=tuple(MapArrow(one.start, one.end, one.n) for one in flows.arrows),
            points=tuple(
                MapPoint(post.at, post.name, _ALIKE if post.n is None else post.n / largest)
                for post in flows.posts
                if post.at is not None
            ),
            notes=(
                about_package(f"caveat_{language}"),
                *_totals(flows, limit),
                _("An arrow ends in the middle of a province or State, not at a place."),
                *(_words(one, language) for one in affected),
                _("Outlines: Natural Earth, public domain; P-codes: OCHA COD-AB."),
            ),
            languages=(language,),
        )
        return map_page(page)


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
        code, disease = one.area.area, disease_words(one.area.disease, language)
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
        area=_name_of(one.area.area, language),
        disease=disease_words(one.area.disease, language),
        first=f"{one.area.first:%d/%m/%Y}",
        last=_("today") if last is None else f"{last:%d/%m/%Y}",
        to=one.ways[TO],
        out=one.ways[FROM],
        through=one.ways[THROUGH],
        within=one.ways[WITHIN],
        lost=one.ways[NOT_KNOWN],
    )


def _name_of(code: str, language: str) -> str:
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


def _provinces(flows: FlowMap, most: int) -> tuple[tuple[str, MapArea], ...]:
    found = []
    for feature in outlines("moz_adm1"):
        pcode = feature["properties"]["pcode"]
        rings = tuple(tuple(ring) for ring in rings_of(feature["geometry"]))
        n = flows.provinces.get(pcode)
        tone = None if n is None else max(0.12, n / most)
        found.append((pcode, MapArea(rings, feature["properties"]["name_pt"], centre_of(pcode), tone)))
    return tuple(found)
