"""From cells to tables that name nobody: each day, area and direction split in one way at a time, small parts hidden.

All splits of one day, area and direction are of the same people. Where a part has fewer than the limit it is hidden,
and others with it until nothing can be subtracted back (``bmis.kernel.small_cells``); where all of them are fewer, no
split is shown and the total is empty. Splits are never crossed (flows.md 6).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType

from bmis.flows.counts import CountsView
from bmis.flows.fmr import about_package, guarded_limit, limit_for
from bmis.flows.observed.coverage import ObservedPeriod
from bmis.flows.package.areas import place_of
from bmis.flows.package.observed import observed_resources
from bmis.flows.package.resource import Audience, Cut, CutPlace, Extra, FlowPackage, Level, Place, Resource, Value
from bmis.flows.package.splits import (
    ADMINISTRATIVE,
    GROUP_FIELDS,
    NATIONALITY,
    SEX_AGE,
    SHOWN,
    SPLITS,
    Group,
    Parts,
    cut_of,
    head,
    rows_of,
    safe_splits,
    sex_age_cells,
    sex_age_field,
)
from bmis.kernel.telling import Cancelled, never
from bmis.posts.admin_area import areas_version

_DIRECTIONS = {"ENTRY": "entry", "EXIT": "exit"}
_COVERAGE = {
    one.name: one
    for one in (
        Extra("hours_with_records", "integer", "Horas do dia com registo", "Hours of the day with a record"),
        Extra("hours_open", "number", "Horas de abertura (vazio: não se sabe)", "Hours open (empty: not known)"),
        Extra(
            "hours_open_known",
            "string",
            "Como se sabem, ou porque não: registado, não registado, vários postos, dito fechado, horário reduzido",
            "How they are known, or why not: recorded, not recorded, several posts, said closed, reduced hours",
            ("recorded", "not_recorded", "several_posts", "said_closed", "reduced_hours"),
            required=True,
        ),
    )
}


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
    observed: ObservedPeriod | None = None,
    before: Cut = MappingProxyType({}),
    cancelled: Cancelled = never,
) -> FlowPackage | None:
    """Return the package of these local days, both included; None when it was cancelled.

    What was ``observed`` makes tables of its own, where anything was; no table holds both kinds of record. What
    earlier releases hid (``before``) stays hidden.
    """
    cut: dict[CutPlace, frozenset[str]] = {}
    limit, guarded = limit_for(audience.value), guarded_limit(audience.value)
    parts: dict[Group, dict[str, Parts]] = defaultdict(lambda: defaultdict(Counter))
    places: dict[str, Place] = {}
    where = _whereabouts(level, observed, places)
    for split in SPLITS:
        if cancelled():
            return None
        for group, keys, n in _cells(counts, split.cube, split.dimensions, first, last, where):
            parts[group][split.name][split.part(keys)] += n
    for group, keys, n in _cells(counts, "sex_age", ("sex", "age"), first, last, where):
        parts[group]["fmr"][(sex_age_field(*keys),)] += n
    if cancelled():
        return None
    version = areas_version().version
    rows: dict[str, list[tuple[Value, ...]]] = defaultdict(list)
    for group in sorted(parts):
        if cancelled():
            return None
        safe, place = safe_splits(parts[group], limit, ADMINISTRATIVE, group, before, guarded), places[group[1]]
        cut |= cut_of(safe, ADMINISTRATIVE, group)
        wide = (safe["fmr"].total, *sex_age_cells(safe["fmr"]), version)
        rows["fmr"].append((*head("fmr", ADMINISTRATIVE, group, place), *wide))
        for split in SPLITS:
            if safe["fmr"].total is not None:
                counted, table = parts[group][split.name], safe[split.name]
                rows[split.name] += rows_of(split.name, ADMINISTRATIVE, split, group, counted, table, place, version)
    resources = [
        Resource(
            "fmr",
            "Movimentos por sexo e idade",
            "Movements by sex and age",
            (*GROUP_FIELDS, "total", *SEX_AGE, "pcode_version"),
            tuple(rows["fmr"]),
            {},
        )
    ]
    resources += [
        Resource(
            split.name,
            split.title_pt,
            split.title_en,
            (*GROUP_FIELDS, *split.fields, "shown", "total", "pcode_version"),
            tuple(rows[split.name]),
            {"shown": SHOWN},
            *(_about_stateless() if split.name == NATIONALITY else ()),
        )
        for split in SPLITS
    ]
    resources.append(_coverage(counts, first, last, where, observed, version))
    if observed is not None:
        seen, hidden = observed_resources(observed, limit, level, version, before)
        resources += seen
        cut |= hidden
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
        cut=cut,
    )


def _about_stateless() -> tuple[str, str]:
    return about_package("no_nationality_pt"), about_package("no_nationality_en")


def _cells(
    counts: CountsView,
    cube: str,
    dimensions: tuple[str, ...],
    first: date,
    last: date,
    where: Callable[[str], Place],
) -> Iterator[tuple[Group, tuple[str, ...], int]]:
    sums = counts.sums(cube, first, last, ("day", "post_code", "direction", *dimensions))
    for (day, post, direction, *keys), n in sums.items():
        yield (day, where(post).code, _DIRECTIONS[direction]), tuple(keys), n


def _whereabouts(level: Level, observed: ObservedPeriod | None, places: dict[str, Place]) -> Callable[[str], Place]:
    """Return what gives the place of a post and puts it in ``places``; of posts with the district, where it is known.

    Asked for each cell: the answers are kept.
    """
    known: dict[str, Place] = {}

    def where(post: str) -> Place:
        place = known.get(post)
        if place is None:
            place = place_of(post, level)
            if level is Level.POST and observed is not None:
                place = replace(place, adm2_pcode=observed.point(post).adm2_pcode)
            known[post] = places[place.code] = place
        return place

    return where


def _coverage(
    counts: CountsView,
    first: date,
    last: date,
    where: Callable[[str], Place],
    observed: ObservedPeriod | None,
    version: str,
) -> Resource:
    """Return which days and hours the records are of: a day without a record is not in it, and is not nought.

    How long it was open is told where the records of the row are of one post, and its hours are on record.
    """
    hours: dict[tuple[str, str], set[str]] = defaultdict(set)
    posts: dict[tuple[str, str], set[str]] = defaultdict(set)
    for day, post, hour in counts.sums("decisions", first, last, ("day", "post_code", "hour")):
        hours[day, where(post).code].add(hour)
        posts[day, where(post).code].add(post)
    rows = []
    for (day, code), seen in sorted(hours.items()):
        of = posts[day, code]
        name = where(min(of)).name
        rows.append((f"coverage-{day}-{code}", day, code, name, len(seen), *_open(day, of, observed), version))
    fields = ("record_id", "date", "fmp_id", "fmp_name", *_COVERAGE, "pcode_version")
    return Resource(
        "coverage", "Dias e horas com registo", "Days and hours with records", fields, tuple(rows), _COVERAGE
    )


def _open(day: str, posts: Collection[str], observed: ObservedPeriod | None) -> tuple[Value, Value]:
    if len(posts) > 1:
        return None, "several_posts"
    if observed is None:
        return None, "not_recorded"
    (post,) = posts
    opening = observed.opening(post, date.fromisoformat(day))
    return None if opening.minutes is None else round(opening.minutes / 60, 2), opening.why
