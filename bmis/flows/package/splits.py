"""Splitting the people of a day, place and direction, one way at a time, and making rows of it that name nobody.

Recorded crossings (administrative) and what was seen at a gate (observed) are made into rows alike, each on its own:
a row has one kind of record, and no number is the sum of both.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bmis.flows.age_bands import age_bands
from bmis.flows.cell import UNKNOWN
from bmis.flows.fmr import fmr_code
from bmis.flows.observed.group import ESTIMATED, SEX_AGE_UNKNOWN
from bmis.flows.observed.group import SEX_AGE as ASKED_SEX_AGE
from bmis.flows.origin import NO_NATIONALITY, protected_codes
from bmis.flows.package.resource import WHOLE, Cut, CutPlace, Extra, Place, Value
from bmis.kernel.small_cells import SafeTable, safe_tables
from bmis.posts.admin_area import admin_area
from bmis.posts.errors import UnknownAreaError

Group = tuple[str, str, str]
"""Day (ISO), code of the place, direction."""
Parts = Counter[tuple[Value, ...]]
ADMINISTRATIVE, NATIONALITY = "administrative", "fmr_nationality"

GROUP_FIELDS = (
    "record_id",
    "record_kind",
    "date",
    "fmp_id",
    "fmp_name",
    "fmp_country",
    "fmp_adm1_pcode",
    "fmp_adm2_pcode",
    "fmp_lat",
    "fmp_lon",
    "fmp_type",
    "direction",
    "flow_type",
    "unit",
)
SEX_AGE = (*ASKED_SEX_AGE, SEX_AGE_UNKNOWN)
SHOWN = Extra(
    "shown",
    "string",
    "O que a linha é: uma parte, o que não foi registado, ou a soma das partes pequenas",
    "What the row is: a part, what was not recorded, or the sum of the small parts",
    ("part", "unknown", "merged"),
    "#meta+shown",
    required=True,
)


@dataclass(frozen=True, slots=True)
class Split:
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
    if code in protected_codes():
        return None, None
    if _iso3(code):
        return code, None
    try:
        return "MOZ", admin_area(code).pcode[:4]
    except UnknownAreaError:
        return None, None


SPLITS = (
    Split(
        NATIONALITY,
        "Movimentos por nacionalidade",
        "Movements by nationality",
        "nationality",
        ("nationality",),
        ("nationality",),
        lambda keys: (_iso3(keys[0]),),
    ),
    Split(
        "fmr_origin_destination",
        "Movimentos por partida e destino",
        "Movements by departure and destination",
        "origin_destination",
        ("coming_from", "going_to"),
        ("origin_country", "origin_adm1", "dest_country", "dest_adm1"),
        lambda keys: (*_end(keys[0]), *_end(keys[1])),
    ),
    Split(
        "fmr_transport",
        "Movimentos por meio de transporte",
        "Movements by mode of transport",
        "travel_mode",
        ("travel_mode",),
        ("transport_mode",),
        lambda keys: (fmr_code("transport_mode", keys[0]) or None,),
    ),
    Split(
        "fmr_reason",
        "Movimentos por motivo",
        "Movements by reason",
        "purpose",
        ("purpose",),
        ("reason",),
        lambda keys: (fmr_code("reason", keys[0]) or None,),
    ),
    Split(
        "fmr_duration",
        "Movimentos por duração prevista",
        "Movements by intended stay",
        "duration",
        ("duration",),
        ("duration",),
        lambda keys: (keys[0] or None,),
    ),
)


def sex_age_field(sex: str, age: str) -> str:
    """Return the field of a sex and an age; what is not known, X among it, has no field of the registry."""
    if sex not in ("F", "M") or age == UNKNOWN:
        return "sex_age_unknown"
    low, _dash, high = age.partition("-")
    for start, end in age_bands("export"):
        if int(low) >= start and (end is None or int(high or low) <= end):
            return f"{sex.lower()}_{start}_plus" if end is None else f"{sex.lower()}_{start}_{end}"
    return "sex_age_unknown"


def safe_splits(
    splits: Mapping[str, Parts], limit: int, kind: str, group: Group, before: Cut, guarded: int | None = None
) -> dict[str, SafeTable]:
    """Return the splits of the same people as they may be shown together, by name; parts by ``part_key``.

    What ``before`` says that an earlier release hid stays hidden. ``guarded``: the least count of people without a
    nationality that is shown; None: they are never shown apart.
    """
    hidden = {name: before.get((kind, *group, name), frozenset()) for name in splits}
    stateless = splits.get(NATIONALITY, Counter())[NO_NATIONALITY,]
    if stateless and (guarded is None or stateless < guarded):
        hidden[NATIONALITY] |= {NO_NATIONALITY}
    return safe_tables(
        {name: {part_key(part): n for part, n in counted.items()} for name, counted in splits.items()},
        limit,
        hidden,
        whole_hidden=(kind, *group, WHOLE) in before,
    )


def cut_of(safe: Mapping[str, SafeTable], kind: str, group: Group) -> dict[CutPlace, frozenset[str]]:
    """Return what is hidden of a group."""
    found = {
        (kind, *group, name): frozenset(code for code, n in table.parts.items() if n is None)
        for name, table in safe.items()
    }
    if any(table.total is None for table in safe.values()):
        found[kind, *group, WHOLE] = frozenset({WHOLE})
    return {place: codes for place, codes in found.items() if codes}


def sex_age_cells(table: SafeTable) -> list[Value]:
    """Return the numbers of the sex and age fields, in order."""
    return [table.parts.get(field, None if table.total is None else 0) for field in SEX_AGE]


def rows_of(
    name: str, kind: str, split: Split, group: Group, counted: Parts, table: SafeTable, place: Place, version: str
) -> Iterator[tuple[Value, ...]]:
    """Yield the rows of a split whose total may be shown: known parts, what nobody recorded, the small ones merged."""
    merged = 0
    for part, n in sorted(counted.items(), key=lambda pair: part_key(pair[0])):
        shown = table.parts[part_key(part)]
        if shown is None:
            merged += n
            continue
        known = "unknown" if all(value is None for value in part) else "part"
        yield (*head(name, kind, group, place, part_key(part)), *part, known, shown, version)
    if merged:
        nothing: tuple[Value, ...] = (None,) * len(split.fields)
        yield (*head(name, kind, group, place, "~"), *nothing, "merged", merged, version)


def part_key(part: tuple[Value, ...]) -> str:
    """Return the key of a part among its split's."""
    return "/".join("" if value is None else str(value) for value in part)


def head(name: str, kind: str, group: Group, place: Place, part: str = "") -> tuple[Value, ...]:
    """Return the fields that every row begins with; ``kind`` is administrative, observed or estimated."""
    day, code, direction = group
    identifier = "-".join(filter(None, (name, kind if kind == ESTIMATED else "", day, code, direction, part)))
    return (
        identifier,
        kind,
        day,
        code,
        place.name,
        "MOZ",
        place.adm1_pcode or None,
        place.adm2_pcode or None,
        place.latitude,
        place.longitude,
        place.kind or None,
        direction,
        "internal" if direction == "internal" else "cross_border",
        "individual",
    )
