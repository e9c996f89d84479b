"""The package for maps: GeoJSON (RFC 7946) and GeoPackage (OGC 12-128r19), points of posts and lines between States.

Sums are of the numbers that the tables show, so no map tells what a table hides.
"""

import json
import sqlite3
import struct
from collections import Counter
from contextlib import closing
from datetime import UTC
from typing import Any

from bmis.flows.centres import centre_of
from bmis.flows.fmr import about_package
from bmis.flows.package.resource import FlowPackage, Place
from bmis.flows.package.text import facts_of, words_about
from bmis.kernel.telling import Telling

_GPKG = 0x47504B47  # "GPKG", the application id
_VERSION = 10300
_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],'
    'UNIT["degree",0.0174532925199433]]'
)


def geojson_files(package: FlowPackage, told: Telling) -> dict[str, bytes]:
    """Return points of the places with what was counted there, and lines from departure to destination."""
    features: list[dict[str, Any]] = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(longitude, 5), round(latitude, 5)]},
            "properties": {"code": place.code, "name": place.name, "direction": direction, "n": n},
        }
        for place, longitude, latitude, direction, n in _points(package, told)
    ]
    features += [
        {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": [list(start), list(end)]},
            "properties": {"origin": origin, "destination": destination, "direction": direction, "n": n},
        }
        for origin, destination, direction, start, end, n in _lines(package, told)
    ]
    document = {
        "type": "FeatureCollection",
        "description": about_package(f"caveat_{package.language}"),
        "bmis": facts_of(package),
        "features": features,
    }
    return {"fluxos.geojson": json.dumps(document, ensure_ascii=False).encode()}


def geopackage_files(package: FlowPackage, told: Telling) -> dict[str, bytes]:
    """Return the same as a GeoPackage, with the tables of the package as attributes. It is made in memory."""
    with closing(sqlite3.connect(":memory:")) as database:
        with database:
            _geopackage(database, package, told)
        return {"fluxos.gpkg": database.serialize()}


def _geopackage(database: sqlite3.Connection, package: FlowPackage, told: Telling) -> None:
    quiet = Telling(cancelled=told.cancelled)  # rows that are passed over again are told of once
    database.execute(f"PRAGMA application_id = {_GPKG}")
    database.execute(f"PRAGMA user_version = {_VERSION}")
    database.executescript(
        "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY,"
        " organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL,"
        " description TEXT);"
        "CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,"
        " description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE,"
        " max_y DOUBLE, srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id));"
        "CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,"
        " geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,"
        " PRIMARY KEY (table_name, column_name), UNIQUE (table_name));"
        "CREATE TABLE places (fid INTEGER PRIMARY KEY, geom POINT, code TEXT, name TEXT, direction TEXT, n INTEGER);"
        "CREATE TABLE journeys (fid INTEGER PRIMARY KEY, geom LINESTRING, origin TEXT, destination TEXT,"
        " direction TEXT, n INTEGER);"
    )
    database.executemany(
        "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, NULL)",
        [
            ("WGS 84", 4326, "EPSG", 4326, _WGS84),
            ("Undefined cartesian SRS", -1, "NONE", -1, "undefined"),
            ("Undefined geographic SRS", 0, "NONE", 0, "undefined"),
        ],
    )
    for place, longitude, latitude, direction, n in _points(package, quiet):
        database.execute(
            "INSERT INTO places (geom, code, name, direction, n) VALUES (?, ?, ?, ?, ?)",
            (_point(longitude, latitude), place.code, place.name, direction, n),
        )
    for origin, destination, direction, start, end, n in _lines(package, quiet):
        database.execute(
            "INSERT INTO journeys (geom, origin, destination, direction, n) VALUES (?, ?, ?, ?, ?)",
            (_line(start, end), origin, destination, direction, n),
        )
    moment = package.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    for name, kind in (("places", "POINT"), ("journeys", "LINESTRING")):
        database.execute(
            "INSERT INTO gpkg_contents VALUES (?, 'features', ?, ?, ?, NULL, NULL, NULL, NULL, 4326)",
            (name, name, words_about(package), moment),
        )
        database.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, 4326, 0, 0)", (name, kind))
    for resource in package.resources:
        columns = ", ".join(f'"{name}"' for name in resource.fields)
        marks = ", ".join("?" for _name in resource.fields)
        database.execute(f'CREATE TABLE "{resource.name}" (fid INTEGER PRIMARY KEY, {columns})')
        insert = f'INSERT INTO "{resource.name}" ({columns}) VALUES ({marks})'  # noqa: S608 - names of our own fields
        database.executemany(insert, told.over(resource.rows))
        database.execute(
            "INSERT INTO gpkg_contents VALUES (?, 'attributes', ?, '', ?, NULL, NULL, NULL, NULL, NULL)",
            (resource.name, resource.title(package.language), moment),
        )


def _points(package: FlowPackage, told: Telling) -> list[tuple[Place, float, float, str, int]]:
    counted: Counter[tuple[str, str]] = Counter()
    resource = package.resource("fmr")
    at = {name: number for number, name in enumerate(resource.fields)}
    for row in told.over(resource.rows):
        total = row[at["total"]]
        if isinstance(total, int):
            counted[str(row[at["fmp_id"]]), str(row[at["direction"]])] += total
    places = {place.code: place for place in package.places}
    found = []
    for (code, direction), n in sorted(counted.items()):
        place = places[code]
        centre = centre_of(place.adm1_pcode) if place.latitude is None else (place.longitude, place.latitude)
        if centre is not None and centre[0] is not None and centre[1] is not None:
            found.append((place, centre[0], centre[1], direction, n))
    return found


def _lines(
    package: FlowPackage,
    told: Telling,
) -> list[tuple[str, str, str, tuple[float, float], tuple[float, float], int]]:
    counted: Counter[tuple[str, str, str]] = Counter()
    resource = package.resource("fmr_origin_destination")
    at = {name: number for number, name in enumerate(resource.fields)}
    for row in told.over(resource.rows):
        origin = row[at["origin_adm1"]] or row[at["origin_country"]]
        destination = row[at["dest_adm1"]] or row[at["dest_country"]]
        total = row[at["total"]]
        if origin and destination and origin != destination and isinstance(total, int):
            counted[str(origin), str(destination), str(row[at["direction"]])] += total
    found = []
    for (origin_code, destination_code, direction), n in sorted(counted.items()):
        start, end = centre_of(origin_code), centre_of(destination_code)
        if start is not None and end is not None:
            found.append((origin_code, destination_code, direction, start, end, n))
    return found


def _point(x: float, y: float) -> bytes:
    return _header() + struct.pack("<BIdd", 1, 1, x, y)


def _line(start: tuple[float, float], end: tuple[float, float]) -> bytes:
    return _header() + struct.pack("<BIIdddd", 1, 2, 2, *start, *end)


def _header() -> bytes:
    return b"GP" + struct.pack("<BBi", 0, 1, 4326)  # version 1, little-endian, no envelope
