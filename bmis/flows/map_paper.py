"""The mobility map as a PDF, from outlines that come with the program."""

from functools import cache

from bmis.flows.centres import centre_of, outlines, rings_of
from bmis.flows.flow_map import FlowMap
from bmis.flows.fmr import about_package
from bmis.kernel.i18n import speaking
from bmis.kernel.i18n import translate as _
from bmis.paper.map_page import MapArea, MapArrow, MapPage, MapPoint, map_page
from bmis.paper.page import Imprint

WINDOW = (22.5, -31.0, 43.5, -4.0)
"""West, south, east, north: Mozambique and what lies around it."""


def map_pdf(flows: FlowMap, imprint: Imprint, limit: int, language: str = "pt") -> bytes:
    """Return the map as PDF.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
    """
    with speaking(language):
        most = max(flows.provinces.values(), default=0) or 1
        largest = max((post.entries + post.exits for post in flows.posts), default=0) or 1
        page = MapPage(
            imprint=imprint,
            title=_("Population mobility map"),
            period=_("{first} to {last}").format(first=f"{flows.first:%d/%m/%Y}", last=f"{flows.last:%d/%m/%Y}"),
            window=WINDOW,
            areas=(*_neighbours(language), *_provinces(flows, most)),
            arrows=tuple(MapArrow(one.start, one.end, one.n) for one in flows.arrows),
            points=tuple(
                MapPoint(post.at, post.name, (post.entries + post.exits) / largest)
                for post in flows.posts
                if post.at is not None
            ),
            notes=(
                about_package(f"caveat_{language}"),
                _(
                    "Movements in all: {total}. Not drawn: {unplaced} with an end that is not known or not on the map."
                ).format(total=flows.total, unplaced=flows.unplaced),
                _("Flows of fewer than {limit} are not drawn ({hidden} movements).").format(
                    limit=limit, hidden=flows.hidden
                ),
                _("An arrow ends in the middle of a province or State, not at a place."),
                _("Outlines: Natural Earth, public domain; P-codes: OCHA COD-AB."),
            ),
            languages=(language,),
        )
        return map_page(page)


@cache
def _neighbours(language: str) -> tuple[MapArea, ...]:
    found = []
    for feature in outlines("neighbours_adm0"):
        properties = feature["properties"]
        if properties["iso3"] == "MOZ":  # the provinces are drawn instead: their outline is finer
            continue
        rings = tuple(tuple(ring) for ring in rings_of(feature["geometry"]))
        found.append(MapArea(rings, properties[f"name_{language}"], centre_of(properties["iso3"])))
    return tuple(found)


def _provinces(flows: FlowMap, most: int) -> tuple[MapArea, ...]:
    found = []
    for feature in outlines("moz_adm1"):
        pcode = feature["properties"]["pcode"]
        rings = tuple(tuple(ring) for ring in rings_of(feature["geometry"]))
        n = flows.provinces.get(pcode)
        tone = None if n is None else max(0.12, n / most)
        found.append(MapArea(rings, feature["properties"]["name_pt"], centre_of(pcode), tone))
    return tuple(found)
