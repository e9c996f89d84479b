"""What was seen at gates, as tables of their own (record_kind observed): never in one number with recorded crossings.

Rows are of one point: the same people pass several points of a route, so points are not added up (flows.md 6).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from bmis.flows.fmr import about_package
from bmis.flows.observed.coverage import ObservedPeriod
from bmis.flows.observed.group import OBSERVED, SEX_AGE_UNKNOWN, VULNERABILITIES, ObservedGroup
from bmis.flows.observed.point import MonitoringPoint
from bmis.flows.observed.slot import ObservedSlot
from bmis.flows.package.resource import Cut, CutPlace, Extra, Level, Place, Resource, Value
from bmis.flows.package.splits import (
    GROUP_FIELDS,
    SEX_AGE,
    SHOWN,
    SPLITS,
    Group,
    Parts,
    cut_of,
    head,
    rows_of,
    safe_splits,
)
from bmis.kernel.small_cells import SafeTable

_KindGroup = tuple[str, Group]
_YES, _NO, _NOT_ASKED = "yes", "no", "not_asked"
_ASKED = {
    f"asked_{name[2:]}": Extra(
        f"asked_{name[2:]}",
        "integer",
        f"Pessoas dos grupos em que {name} foi perguntado ou visto (vazio: não se mostra)",
        f"People of groups where {name} was asked or seen (empty: not shown)",
    )
    for name in VULNERABILITIES
}
_MINUTES = Extra(
    "minutes_observed", "integer", "Minutos observados neste sentido", "Minutes observed in this direction"
)
_COVERAGE = {
    one.name: one
    for one in (
        Extra(
            "status",
            "string",
            "Estado do dia: observado, fechado, não observado, não registado",
            "The day: observed, closed, not observed, not recorded",
            ("observed", "closed", "not_observed", "not_recorded"),
            required=True,
        ),
        Extra("minutes_open", "integer", "Minutos de abertura (vazio: não se sabe)", "Minutes open (empty: not known)"),
        Extra("minutes_observed", "integer", "Minutos observados", "Minutes observed"),
        Extra(
            "coverage", "number", "Parte da abertura que foi observada (0 a 1)", "Part of the opening observed (0-1)"
        ),
    )
}


def observed_resources(
    period: ObservedPeriod, limit: int, level: Level, version: str, before: Cut
) -> tuple[list[Resource], dict[CutPlace, frozenset[str]]]:
    """Return the tables: by sex and age with vulnerabilities, each other split, coverage; and what they hide.

    No table where nothing is known.

    The places of points are told at the level of posts only, and of unofficial crossings never.
    """
    coverage = period.coverage()
    cut: dict[CutPlace, frozenset[str]] = {}
    if not coverage:
        return [], cut
    parts, minutes = _counted(period)
    rows: dict[str, list[tuple[Value, ...]]] = defaultdict(list)
    for group in sorted(parts):
        kind, of = group
        place = _place(period.point(of[1]), level)
        safe = safe_splits(parts[group], limit, kind, of, before)
        cut |= cut_of(safe, kind, of)
        wide, name = safe["fmr"], "observed_fmr"
        seen: list[Value] = [safe[one].parts.get(_YES) for one in VULNERABILITIES]
        asked: list[Value] = [_asked(wide.total, safe[one].parts.get(_NOT_ASKED, 0)) for one in VULNERABILITIES]
        numbers = (wide.total, *_sex_age(wide, parts[group]["fmr"]), *seen, *asked, minutes.get(group))
        rows[name].append((*head(name, kind, of, place), *numbers, version))
        for split in SPLITS:
            if wide.total is not None:
                name = _name(split.name)
                counted = parts[group][split.name]
                rows[name] += rows_of(name, kind, split, of, counted, safe[split.name], place, version)
    note = about_package("caveat_observed_pt"), about_package("caveat_observed_en")
    found = [
        Resource(
            "observed_fmr",
            "Observado: pessoas por sexo e idade",
            "Observed: people by sex and age",
            (*GROUP_FIELDS, "total", *SEX_AGE, *VULNERABILITIES, *_ASKED, "minutes_observed", "pcode_version"),
            tuple(rows["observed_fmr"]),
            {**_ASKED, "minutes_observed": _MINUTES},
            *note,
        )
    ]
    found += [
        Resource(
            _name(split.name),
            split.title_pt.replace("Movimentos", "Observado: pessoas"),
            split.title_en.replace("Movements", "Observed: people"),
            (*GROUP_FIELDS, *split.fields, "shown", "total", "pcode_version"),
            tuple(rows[_name(split.name)]),
            {"shown": SHOWN},
            *note,
        )
        for split in SPLITS
    ]
    days = tuple(
        (
            f"observed_coverage-{one.day}-{one.fmp}",
            one.day.isoformat(),
            one.fmp,
            period.point(one.fmp).name,
            one.status,
            one.minutes_open,
            one.minutes_watched,
            None if one.share is None else round(one.share, 3),
            version,
        )
        for one in coverage
    )
    fields = ("record_id", "date", "fmp_id", "fmp_name", *_COVERAGE, "pcode_version")
    title = "Observado: dias e tempo de observação", "Observed: days and time of observation"
    return [*found, Resource("observed_coverage", *title, fields, days, _COVERAGE, *note)], cut


def _counted(period: ObservedPeriod) -> tuple[dict[_KindGroup, dict[str, Parts]], dict[_KindGroup, int]]:
    """Return parts by kind of record and group, and for how long was watched. What was estimated is apart."""
    parts: dict[_KindGroup, dict[str, Parts]] = {}
    minutes: Counter[_KindGroup] = Counter()

    def here(slot: ObservedSlot, way: str, kind: str) -> dict[str, Parts]:
        group = kind, (slot.day.isoformat(), slot.fmp, way)
        return parts.setdefault(group, {name: Counter() for name in _names()})

    for slot in (one.noun for one in period.slots):
        for way, total in slot.totals.items():
            counted = here(slot, way, OBSERVED)
            minutes[OBSERVED, (slot.day.isoformat(), slot.fmp, way)] += slot.end - slot.start
            if slot.is_counter:
                _add(counted, ObservedGroup(direction=way, total=total))
        for one in slot.groups:
            _add(here(slot, one.direction, one.record_kind or OBSERVED), one)
    return parts, dict(minutes)


def _names() -> Iterator[str]:
    yield "fmr"
    yield from (split.name for split in SPLITS)
    yield from VULNERABILITIES


def _add(parts: dict[str, Parts], group: ObservedGroup) -> None:
    for field, n in group.by_sex_age.items():
        parts["fmr"][(field,)] += n
    said: dict[str, tuple[Value, ...]] = {
        "fmr_nationality": (group.nationality,),
        "fmr_origin_destination": (group.origin_country, group.origin_adm1, group.dest_country, group.dest_adm1),
        "fmr_transport": (group.transport_mode,),
        "fmr_reason": (group.reason,),
        "fmr_duration": (group.duration,),
    }
    for name, part in said.items():
        parts[name][part] += group.total
    for name in VULNERABILITIES:
        found = group.vulnerabilities.get(name)
        if found is None:
            parts[name][(_NOT_ASKED,)] += group.total
        else:
            parts[name][(_YES,)] += found
            parts[name][(_NO,)] += group.total - found


def _sex_age(table: SafeTable, counted: Parts) -> list[Value]:
    """Return the numbers of sex and age; what no group was told of is nought only where all people were told of."""
    everybody = table.total is not None and not counted[(SEX_AGE_UNKNOWN,)]
    return [table.parts.get(field, 0 if everybody else None) for field in SEX_AGE]


def _asked(total: int | None, not_asked: int | None) -> int | None:
    return None if total is None or not_asked is None else total - not_asked


def _name(split: str) -> str:
    return split.replace("fmr_", "observed_", 1)


def _place(point: MonitoringPoint, level: Level) -> Place:
    told = level is Level.POST and not point.is_unofficial
    return Place(
        point.code,
        point.name,
        point.adm1_pcode,
        point.kind,
        point.latitude if told else None,
        point.longitude if told else None,
        point.adm2_pcode if told else "",
    )
