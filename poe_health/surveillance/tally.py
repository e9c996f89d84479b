"""The daily tally: numbers computed from the screenings of a day, or typed where there is no screening form."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from poe_health.surveillance.errors import CountRefusedError
from poe_health.surveillance.screened import Cell, ScreenedFact
from poe_health.surveillance.settings import reasons_none_screened

DIMENSIONS = tuple(one.name for one in fields(Cell))


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of a day, or of one cell of it. ``samples`` and ``yf_vaccinated`` None: nobody counted.

    ``suspected`` counts persons in secondary screening; one of them may be suspected of two diseases. Somebody whom the
    rules suspected and whom staff let go on, with a reason, is an alert.
    """

    screened: int = 0
    temp_ge_threshold: int = 0
    secondary: int = 0
    alerts: int = 0
    suspected: int = 0
    isolated: int = 0
    referred: int = 0
    refused_screening: int = 0
    travel_deferred: int = 0
    deaths: int = 0
    yf_checked: int = 0
    yf_not_valid: int = 0
    followup_opened: int = 0
    samples: int | None = 0
    yf_vaccinated: int | None = 0

    def __post_init__(self) -> None:
        """Refuse what is not a count.

        Raises:
            CountRefusedError: below zero.
        """
        for one in fields(self):
            count = getattr(self, one.name)
            if count is not None and count < 0:
                raise CountRefusedError(one.name)


class TallySource(StrEnum):
    """Where the numbers come from."""

    RECORDS = "records"
    HAND = "hand"


def _none() -> Mapping[str, int]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class DailyTally:
    """One day of one post.

    ``screened_by`` splits those screened over each dimension, ``None`` keyed as ``""``; a dimension that is not there
    was not counted. ``crossed`` is immigration's count by direction; None: not told. ``hours_open`` None: not told.
    ``none_screened_note`` says in words what the reason's code does not. ``cells`` are the counts by cell, empty for a
    tally typed by hand.
    """

    post_code: str
    day: date
    source: TallySource
    counts: Counts
    suspected_by: Mapping[str, int] = field(default_factory=_none)
    screened_by: Mapping[str, Mapping[str, int]] = field(default_factory=lambda: MappingProxyType({}))
    crossed: Mapping[str, int] | None = None
    hours_open: Decimal | None = None
    conveyances_inspected: int | None = None
    none_screened_reason: str | None = None
    none_screened_note: str | None = None
    fewer_crossed_reason: str | None = None
    cells: Mapping[Cell, Counts] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        """Refuse what is not a count.

        Raises:
            CountRefusedError: below zero, or hours that are no number; ``where`` names it.
        """
        told = {"crossed": self.crossed or {}, "suspected": self.suspected_by, **self.screened_by}
        for where, numbers in told.items():
            if any(count < 0 for count in numbers.values()):
                raise CountRefusedError(where)
        if (self.conveyances_inspected or 0) < 0:
            raise CountRefusedError("conveyances_inspected")
        if self.hours_open is not None and not self.hours_open.is_finite():
            raise CountRefusedError("hours_open")

    @property
    def has_data(self) -> bool:
        """Return whether the zeros of this day are zeros: somebody was screened, or open and nobody came."""
        if self.counts.screened > 0:
            return True
        reason = reasons_none_screened().get(self.none_screened_reason or "")
        return reason is not None and not reason.no_data


@dataclass(frozen=True, slots=True)
class DayTold:
    """What of a day no screening says: hours, what immigration counted, inspections, vaccinations, reasons."""

    hours_open: Decimal | None = None
    crossed: Mapping[str, int] | None = None
    conveyances_inspected: int | None = None
    vaccinated: int | None = None
    none_screened_reason: str | None = None
    none_screened_note: str | None = None
    fewer_crossed_reason: str | None = None


def tally_of(post_code: str, day: date, screenings: Iterable[ScreenedFact], told: DayTold) -> DailyTally:
    """Return the tally of the screenings, in one pass over them."""
    return tally_of_groups(post_code, day, ((fact, 1) for fact in screenings), told)


def tally_of_groups(post_code: str, day: date, groups: Iterable[tuple[ScreenedFact, int]], told: DayTold) -> DailyTally:
    """Return the tally of screenings that come as (fact, how many are alike), in one pass over them."""
    total = _Running()
    cells: dict[Cell, _Running] = {}
    diseases: Counter[str] = Counter()
    for fact, alike in groups:
        running = cells.get(fact.cell)
        if running is None:
            running = cells[fact.cell] = _Running()
        total.add(fact, alike)
        running.add(fact, alike)
        for disease in set(fact.suspected) if fact.to_secondary else ():
            diseases[disease] += alike
    counted = {cell: each.counts() for cell, each in cells.items()}
    split: dict[str, Counter[str]] = {name: Counter() for name in DIMENSIONS}
    for cell, counts in counted.items():
        for name in DIMENSIONS:
            split[name][getattr(cell, name) or ""] += counts.screened
    return DailyTally(
        post_code=post_code,
        day=day,
        source=TallySource.RECORDS,
        counts=total.counts(),
        suspected_by=MappingProxyType(dict(sorted(diseases.items()))),
        screened_by=MappingProxyType({name: MappingProxyType(dict(sorted(by.items()))) for name, by in split.items()}),
        crossed=told.crossed,
        hours_open=told.hours_open,
        conveyances_inspected=told.conveyances_inspected,
        none_screened_reason=told.none_screened_reason,
        none_screened_note=told.none_screened_note,
        fewer_crossed_reason=told.fewer_crossed_reason,
        cells=MappingProxyType(counted),
    )


def with_unplaced(tally: DailyTally, **more: int | None) -> DailyTally:
    """Return the tally with what is counted beside screenings: nobody knows its groups, so its cell is that of none.

    None: nobody counted that number.
    """

    known = {name: number for name, number in more.items() if number is not None}
    unknown = dict.fromkeys(more.keys() - known.keys())
    cells = dict(tally.cells)
    if any(known.values()):
        cells[Cell()] = _plus(cells.get(Cell(), Counts()), known)
    total = _plus(tally.counts, known)
    return replace(tally, counts=Counts(**(_numbers(total) | unknown)), cells=MappingProxyType(cells))


def without(tally: DailyTally, name: str) -> DailyTally:
    """Return the tally as if nobody had counted that number beside the screenings."""
    cells = dict(tally.cells)
    if Cell() in cells:
        cells[Cell()] = Counts(**(_numbers(cells[Cell()]) | {name: 0}))
    if cells.get(Cell()) == Counts():
        del cells[Cell()]
    return replace(tally, counts=Counts(**(_numbers(tally.counts) | {name: None})), cells=MappingProxyType(cells))


def _plus(counts: Counts, more: Mapping[str, int]) -> Counts:
    before = _numbers(counts)
    return Counts(**(before | {name: (before[name] or 0) + number for name, number in more.items()}))


def _numbers(counts: Counts) -> dict[str, Any]:
    return {one.name: getattr(counts, one.name) for one in fields(Counts)}


class _Running:
    """Numbers that grow while the screenings of a day go by."""

    __slots__ = ("_numbers",)

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def add(self, fact: ScreenedFact, alike: int) -> None:
        numbers, persons = self._numbers, fact.persons * alike
        for name in _counted(fact):
            numbers[name] = numbers.get(name, 0) + persons
        if fact.samples:
            numbers["samples"] = numbers.get("samples", 0) + fact.samples * alike

    def counts(self) -> Counts:
        return Counts(**self._numbers)


_ENDS = {
    "ISOLATED": "isolated",
    "REFERRED": "referred",
    "DIED": "deaths",
    "TRAVEL_DEFERRED": "travel_deferred",
}
_NOT_LOOKED_AT = frozenset({None, "NOT_REQUIRED"})
_GOOD_OR_UNKNOWN = frozenset({"VALID", "EXEMPT", "UNKNOWN"})


def looked_at(certificate: str | None) -> bool:
    """Return whether a state of a certificate says that somebody looked at one."""
    return certificate not in _NOT_LOOKED_AT


def not_valid(certificate: str | None) -> bool:
    """Return whether a state says that a certificate that was needed is not valid; unknown does not."""
    return looked_at(certificate) and certificate not in _GOOD_OR_UNKNOWN


def _counted(fact: ScreenedFact) -> list[str]:
    """Return the names of the numbers in which the traveller counts."""
    names = []
    if fact.result == "REFUSED":
        names.append("refused_screening")
    if fact.result != "REFUSED" or fact.disposition is not None:
        names.append("screened")
    if fact.threshold_reached:
        names.append("temp_ge_threshold")
    if fact.to_secondary:
        names.append("secondary")
    if fact.alert or (fact.suspected and not fact.to_secondary):
        names.append("alerts")
    if fact.suspected and fact.to_secondary:
        names.append("suspected")
    if fact.ended in _ENDS:
        names.append(_ENDS[fact.ended])
    if looked_at(fact.certificate) or fact.certificate_unsure:
        names.append("yf_checked")
    if not_valid(fact.certificate):
        names.append("yf_not_valid")
    if fact.vaccinated:
        names.append("yf_vaccinated")
    if fact.follow_up:
        names.append("followup_opened")
    return names


@dataclass(frozen=True, slots=True)
class Coverage:
    """Screened of those who crossed, over the hours that both counted."""

    screened: int
    crossed: int
    hours: int

    @property
    def share(self) -> Fraction | None:
        """Return the share; None when nobody crossed. Above 1 the two counts do not fit."""
        return Fraction(self.screened, self.crossed) if self.crossed else None


def coverage(screened: Mapping[int, int], crossed: Mapping[int, int]) -> Coverage | None:
    """Return the coverage over the hours (0 to 23) that both have; None when they share none."""
    both = screened.keys() & crossed.keys()
    if not both:
        return None
    return Coverage(sum(screened[hour] for hour in both), sum(crossed[hour] for hour in both), len(both))
