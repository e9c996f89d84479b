"""From cells to tables that name nobody: each day, area and direction split in one way at a time, small parts hidden.

All splits of one day, area and direction are of the same people. Where a part has fewer than the limit it is hidden,
and others with it until nothing can be subtracted back (``bmis.kernel.small_cells``); where all of them are fewer, no
split is shown and the total is empty. Splits are never crossed (flows.md 6).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bmis.flows.age_bands import age_bands
from bmis.flows.cell import UNKNOWN
from bmis.flows.counts import CountsView
from bmis.flows.fmr import fmr_code, limit_for
from bmis.flows.package.areas import place_of
from bmis.flows.package.resource import Audience, Extra, FlowPackage, Level, Place, Resource, Value
from bmis.kernel.small_cells import SafeTable, safe_tables
from bmis.posts.admin_area import admin_area, areas_version
from bmis.posts.errors import UnknownAreaError

Group = tuple[str, str, str]
"""Day (ISO), code of the place, direction."""

_GROUP_FIELDS = (
    "record_id",
    "record_kind",
    "date",
    "fmp_id",
    "fmp_name",
    "fmp_country",
    "fmp_adm1_pcode",
    "fmp_lat",
    "fmp_lon",
    "fmp_type",
    "direction",
    "flow_type",
    "unit",
)
_SEX_AGE = ("f_0_4", "f_5_17", "f_18_59", "f_60_plus", "m_0_4", "m_5_17", "m_18_59", "m_60_plus", "sex_age_unknown")
_DIRECTIONS = {"ENTRY": "entry", "EXIT": "exit"}
_SHOWN = Extra(
    "shown",
    "string",
    "O que a linha é: uma parte, o que não foi registado, ou a soma das partes pequenas",
    "What the row is: a part, what was not recorded, or the sum of the small parts",
    ("part", "unknown", "merged"),
    "#meta+shown",
    required=True,
)
_COVERAGE = {
    one.name: one
    for one in (
        Extra("hours_with_records", "integer", "Horas do dia com registo", "Hours of the day with a record"),
        Extra("hours_open", "integer", "Horas de abertura (vazio: não registado)", "Hours open (empty: not recorded)"),
    )
}


@dataclass(frozen=True, slots=True)
class _Split:
    """One way to split: cells to parts, and a part to its fields."""

    name: str
    title_pt: str
    title_en: str
    cube: str
    dimensions: tuple[str, ...]
    fields: tuple[str, ...]
    part: Callable[[tuple[str, ...]], tuple[Value, ...]]


def _iso3(code: str) -> Value:
    return code if len(code) == 3 and code.isalpha() else None


def _end(code: str) -> tuple[Value, Value]:
    """Return country and province of where a journey begins or ends; what is neither is unknown."""
    if _iso3(code):
        return code, None
    try:
        return "MOZ", admin_area(code).pcode[:4]
    except UnknownAreaError:
        return None, None


_SPLITS = (
    _Split(
        "fmr_nationality",
        "Movimentos por nacionalidade",
        "Movements by nationality",
        "nationality",
        ("nationality",),
        ("nationality",),
        lambda keys: (_iso3(keys[0]),),
    ),
    _Split(
        "fmr_origin_destination",
        "Movimentos por partida e destino",
        "Movements by departure and destination",
        "origin_destination",
        ("coming_from", "going_to"),
        ("origin_country", "origin_adm1", "dest_country", "dest_adm1"),
        lambda keys: (*_end(keys[0]), *_end(keys[1])),
    ),
    _Split(
        "fmr_transport",
        "Movimentos por meio de transporte",
        "Movements by mode of transport",
        "travel_mode",
        ("travel_mode",),
        ("transport_mode",),
        lambda keys: (fmr_code("transport_mode", keys[0]) or None,),
    ),
    _Split(
        "fmr_reason",
        "Movimentos por motivo",
        "Movements by reason",
        "purpose",
        ("purpose",),
        ("reason",),
        lambda keys: (fmr_code("reason", keys[0]) or None,),
    ),
    _Split(
        "fmr_duration",
        "Movimentos por duração prevista",
        "Movements by intended stay",
        "duration",
        ("duration",),
        ("duration",),
        lambda keys: (keys[0] or None,),
    ),
)


def build(
    counts: CountsView,
    first: date,
    last: date,
    audience: Audience,
    level: Level,
    language: str,
    made_at: datetime,
    *,
    training: bool,
    cancelled: Callable[[], bool] = lambda: False,
) -> FlowPackage | None:
    """Return the package of these local days, both included; None when it was cancelled."""
    limit = limit_for(audience.value)
    parts: dict[Group, dict[str, Counter[tuple[Value, ...]]]] = defaultdict(lambda: defaultdict(Counter))
    places: dict[str, Place] = {}
    for split in _SPLITS:
        if cancelled():
            return None
        for group, keys, n in _cells(counts, split.cube, split.dimensions, first, last, level, places):
            parts[group][split.name][split.part(keys)] += n
    for group, keys, n in _cells(counts, "sex_age", ("sex", "age"), first, last, level, places):
        parts[group]["fmr"][(_sex_age(*keys),)] += n
    if cancelled():
        return None
    version = areas_version().version
    rows: dict[str, list[tuple[Value, ...]]] = defaultdict(list)
    for group in sorted(parts):
        _add_group(rows, group, parts[group], places[group[1]], limit, version)
    resources = [
        Resource(
            "fmr",
            "Movimentos por sexo e idade",
            "Movements by sex and age",
            (*_GROUP_FIELDS, "total", *_SEX_AGE, "pcode_version"),
            tuple(rows["fmr"]),
            {},
        )
    ]
    resources += [
        Resource(
            split.name,
            split.title_pt,
            split.title_en,
            (*_GROUP_FIELDS, *split.fields, "shown", "total", "pcode_version"),
            tuple(rows[split.name]),
            {"shown": _SHOWN},
        )
        for split in _SPLITS
    ]
    resources.append(_coverage(counts, first, last, level, places, version))
    return FlowPackage(
        first=first,
        last=last,
        made_at=made_at,
        audience=audience,
        level=level,
        limit=limit,
        training=training,
        language=language,
        pcode_version=version,
        resources=tuple(resources),
        places=tuple(places[code] for code in sorted(places)),
    )


def _cells(
    counts: CountsView,
    cube: str,
    dimensions: tuple[str, ...],
    first: date,
    last: date,
    level: Level,
    places: dict[str, Place],
) -> Iterator[tuple[Group, tuple[str, ...], int]]:
    sums = counts.sums(cube, first, last, ("day", "post_code", "direction", *dimensions))
    for (day, post, direction, *keys), n in sums.items():
        place = place_of(post, level)
        places[place.code] = place
        yield (day, place.code, _DIRECTIONS[direction]), tuple(keys), n


def _sex_age(sex: str, age: str) -> str:
    """Return the field of a sex and an age; what is not known, X among it, has no field of the registry."""
    if sex not in ("F", "M") or age == UNKNOWN:
        return "sex_age_unknown"
    low, _dash, high = age.partition("-")
    for start, end in age_bands("export"):
        if int(low) >= start and (end is None or int(high or low) <= end):
            return f"{sex.lower()}_{start}_plus" if end is None else f"{sex.lower()}_{start}_{end}"
    return "sex_age_unknown"


def _add_group(
    rows: dict[str, list[tuple[Value, ...]]],
    group: Group,
    splits: Mapping[str, Counter[tuple[Value, ...]]],
    place: Place,
    limit: int,
    version: str,
) -> None:
    named = {name: {_key(part): n for part, n in counted.items()} for name, counted in splits.items()}
    safe = safe_tables(named, limit)
    wide = safe["fmr"]
    cells = [wide.parts.get(_key((field,)), None if wide.total is None else 0) for field in _SEX_AGE]
    rows["fmr"].append((*_head("fmr", group, place, ""), wide.total, *cells, version))
    for split in _SPLITS:
        table = safe[split.name]
        if table.total is not None:
            rows[split.name] += _rows_of(split, group, splits[split.name], table, place, version)


def _rows_of(
    split: _Split,
    group: Group,
    counted: Counter[tuple[Value, ...]],
    table: SafeTable,
    place: Place,
    version: str,
) -> Iterator[tuple[Value, ...]]:
    merged = 0
    for part, n in sorted(counted.items(), key=lambda pair: _key(pair[0])):
        shown = table.parts[_key(part)]
        if shown is None:
            merged += n
            continue
        known = "unknown" if all(value is None for value in part) else "part"
        yield (*_head(split.name, group, place, _key(part)), *part, known, shown, version)
    if merged:
        nothing: tuple[Value, ...] = (None,) * len(split.fields)
        yield (*_head(split.name, group, place, "~"), *nothing, "merged", merged, version)


def _key(part: tuple[Value, ...]) -> str:
    return "/".join("" if value is None else str(value) for value in part)


def _head(name: str, group: Group, place: Place, part: str) -> tuple[Value, ...]:
    day, code, direction = group
    identifier = "-".join(filter(None, (name, day, code, direction, part)))
    return (
        identifier,
        "administrative",
        day,
        code,
        place.name,
        "MOZ",
        place.adm1_pcode or None,
        place.latitude,
        place.longitude,
        place.kind or None,
        direction,
        "cross_border",
        "individual",
    )


def _coverage(
    counts: CountsView, first: date, last: date, level: Level, places: dict[str, Place], version: str
) -> Resource:
    """Return which days and hours the records are of: a day without a record is not in it, and is not nought."""
    hours: dict[tuple[str, str], set[str]] = defaultdict(set)
    for day, post, hour in counts.sums("decisions", first, last, ("day", "post_code", "hour")):
        place = place_of(post, level)
        places[place.code] = place
        hours[day, place.code].add(hour)
    rows = tuple(
        (f"coverage-{day}-{code}", day, code, places[code].name, len(seen), None, version)
        for (day, code), seen in sorted(hours.items())
    )
    fields = ("record_id", "date", "fmp_id", "fmp_name", "hours_with_records", "hours_open", "pcode_version")
    return Resource("coverage", "Dias e horas com registo", "Days and hours with records", fields, rows, _COVERAGE)
