"""Where lines on a map begin and end: the middle of a province or of a State around, from the bundled outlines."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from bmis.kernel.resources import resource

Degrees = tuple[float, float]
"""Longitude, latitude; WGS 84."""


def centre_of(code: str) -> Degrees | None:
    """Return the middle of a province (P-code) or State (ISO 3166-1 alpha-3), None where its outline is not bundled."""
    return _centres().get(code)


@cache
def _centres() -> Mapping[str, Degrees]:
    found: dict[str, Degrees] = {}
    for feature in outlines("neighbours_adm0"):
        properties = feature["properties"]
        found[properties["iso3"]] = (float(properties["label_lon"]), float(properties["label_lat"]))
    for feature in outlines("moz_adm1"):
        found[feature["properties"]["pcode"]] = _middle(feature["geometry"])
    return found


def outlines(name: str) -> list[dict[str, Any]]:
    """Return the features of a bundled GeoJSON file (moz_adm1, neighbours_adm0)."""
    found: list[dict[str, Any]] = json.loads(resource("geo", f"{name}.geojson").read_text("utf-8"))["features"]
    return found


def rings_of(geometry: Mapping[str, Any]) -> Iterator[list[Degrees]]:
    """Yield the rings of a Polygon or MultiPolygon, holes too."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        for ring in polygon:
            yield [(float(point[0]), float(point[1])) for point in ring]


def _middle(geometry: Mapping[str, Any]) -> Degrees:
    """Return the centroid of the largest ring (the shoelace formula)."""
    best = (0.0, (0.0, 0.0))
    for ring in rings_of(geometry):
        twice = x = y = 0.0
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            cross = x1 * y2 - x2 * y1
            twice += cross
            x += (x1 + x2) * cross
            y += (y1 + y2) * cross
        if abs(twice) > best[0]:
            best = (abs(twice), (round(x / (3 * twice), 4), round(y / (3 * twice), 4)))
    return best[1]
