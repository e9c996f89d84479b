"""Counting screenings: what the tally takes, and what outbreak mode would add. Codes and numbers, nobody's answers."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, and_, case, func, or_, select, text
from sqlalchemy.orm import aliased

from bmis.kernel.clock import local
from bmis.store.unit import UnitOfWork
from poe_health.screening.record import Kind
from poe_health.screening.records.tables import ScreeningRow
from poe_health.surveillance.screened import Cell, ScreenedFact

_SCREENING = cast(Table, ScreeningRow.__table__)


@dataclass(frozen=True, slots=True)
class LoadCounts:
    """Counts over some days, for what outbreak mode would add. Moments are those of the primary screenings."""

    days_with_records: int
    screened: int
    secondary: int
    more_by_threshold: int
    more_by_area: int
    busiest_hour: int  # screened


class SqlScreeningCounts:
    """Counts inside one unit of work that looks."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._connection = unit.connection

    def facts_of(self, first: date, last: date) -> Iterator[tuple[date, ScreenedFact]]:
        """Yield what the tally counts of each day: one fact a traveller, with the outcome of its secondary case."""
        asked = self._facts(first, last, lambda row, second: [_SCREENING, *_columns(second, _SECOND)])
        for row in self._connection.execution_options(yield_per=1000).execute(asked):
            yield row.day, _fact(row)

    def grouped(
        self, first: date, last: date, apart: Collection[UUID] = ()
    ) -> Iterator[tuple[date, ScreenedFact, int]]:
        """Yield the same as (day, fact, how many are alike): a busy day has few kinds of facts.

        The travellers in ``apart`` (``travellers``) are left out: ``facts_apart`` has them.
        """
        inner = self._facts(
            first,
            last,
            lambda row, second: [*(row.c[name] for name in _GROUPED), *_columns(second, _SECOND)],
            ScreeningRow.id.not_in(apart),
        ).subquery()
        columns = list(inner.c)
        asked = select(*columns, func.count().label("alike")).group_by(*columns)
        for row in self._connection.execute(asked):
            yield row.day, _fact(row), row.alike

    def facts_apart(self, day: date, apart: Collection[UUID]) -> Iterator[tuple[UUID, ScreenedFact]]:
        """Yield those of ``apart`` who are counted on that day, with what is counted of each."""
        asked = self._facts(day, day, lambda row, second: [row, *_columns(second, _SECOND)], ScreeningRow.id.in_(apart))
        for row in self._connection.execute(asked):
            yield row.id, _fact(row)

    def travellers(self, screenings: Collection[UUID]) -> Mapping[UUID, UUID]:
        """Return for each record that stands the one under which its traveller is counted: his primary screening."""
        primary = aliased(ScreeningRow)
        standing = and_(primary.id == ScreeningRow.primary_id, primary.state == "standing")
        asked = (
            select(ScreeningRow.id, func.coalesce(primary.id, ScreeningRow.id).label("counted"))
            .outerjoin(primary, standing)
            .where(ScreeningRow.id.in_(screenings), ScreeningRow.state == "standing")
        )
        return {row.id: row.counted for row in self._connection.execute(asked)}

    def died(self, travellers: Collection[UUID]) -> frozenset[UUID]:
        """Return those of the travellers (``travellers``) whose own record says that they died."""
        which = func.coalesce(ScreeningRow.primary_id, ScreeningRow.id)
        also = or_(ScreeningRow.id.in_(travellers), which.in_(travellers))
        asked = select(ScreeningRow.id, which.label("traveller")).where(
            also, ScreeningRow.state == "standing", ScreeningRow.disposition == DIED
        )
        found = {one for row in self._connection.execute(asked) for one in (row.id, row.traveller)}
        return frozenset(found & set(travellers))

    def by_hour(self, day: date, utc_offset_minutes: int) -> Mapping[int, int]:
        """Return how many were screened in each hour of the day on the post's clock, crowds too; none is left out."""
        alone = or_(ScreeningRow.kind != Kind.SECONDARY.value, ScreeningRow.primary_id.is_(None))
        asked = select(ScreeningRow.screened_at, ScreeningRow.persons).where(
            ScreeningRow.day == day,
            ScreeningRow.state == "standing",
            alone,
            func.coalesce(ScreeningRow.result, "") != "REFUSED",
        )
        found: dict[int, int] = {}
        for row in self._connection.execute(asked):
            hour = local(row.screened_at, utc_offset_minutes).hour
            found[hour] = found.get(hour, 0) + row.persons
        return found

    def first_day(self) -> date | None:
        """Return the earliest day of a record, a voided one too."""
        return self._connection.execute(select(func.min(ScreeningRow.day))).scalar()

    def days_with_records(self, first: date, last: date) -> frozenset[date]:
        """Return the days of which a standing record is kept."""
        those = and_(ScreeningRow.day.between(first, last), ScreeningRow.state == "standing")
        return frozenset(self._connection.execute(select(ScreeningRow.day).where(those).distinct()).scalars())

    @staticmethod
    def _facts(
        first: date,
        last: date,
        chosen: Callable[[Table, Any], Sequence[Any]],
        *those: ColumnElement[bool],
    ) -> Select[Any]:
        later = aliased(ScreeningRow)
        newest = (
            select(later.id)
            .where(later.primary_id == ScreeningRow.id, later.state == "standing")
            .order_by(later.screened_at.desc())
            .limit(1)
            .correlate(ScreeningRow)
            .scalar_subquery()
        )
        second = aliased(ScreeningRow)
        its_primary = aliased(ScreeningRow)
        has_primary = (
            select(its_primary.id)
            .where(its_primary.id == ScreeningRow.primary_id, its_primary.state == "standing")
            .exists()
        )
        return (
            select(*chosen(_SCREENING, second))
            .select_from(_SCREENING)
            .outerjoin(second, second.id == newest)
            .where(ScreeningRow.day.between(first, last), ScreeningRow.state == "standing")
            .where(or_(ScreeningRow.kind != Kind.SECONDARY.value, ~has_primary), *those)
        )

    def load(self, first: date, last: date) -> LoadCounts:
        """Return the counts of those days, for the load that outbreak mode would bring."""
        sent = ScreeningRow.result.in_(("SECONDARY", "ISOLATE_NOW", "REFUSED"))
        also = and_(~sent, ScreeningRow.outbreak_threshold_reached.is_(True))
        area = and_(~sent, ScreeningRow.outbreak_threshold_reached.is_not(True), ScreeningRow.area.is_(True))

        def counted(condition: Any) -> Any:
            return func.coalesce(func.sum(case((condition, ScreeningRow.persons), else_=0)), 0)

        those = and_(
            ScreeningRow.day.between(first, last),
            ScreeningRow.state == "standing",
            ScreeningRow.kind.in_((Kind.PRIMARY.value, Kind.COUNT.value)),
        )
        numbers = self._connection.execute(
            select(
                func.count(ScreeningRow.day.distinct()),
                func.coalesce(func.sum(ScreeningRow.persons), 0),
                counted(sent),
                counted(also),
                counted(area),
            ).where(those)
        ).one()
        hour = (ScreeningRow.screened_at / text("3600000000")).label("hour")
        by_hour = select(func.sum(ScreeningRow.persons).label("persons")).where(those).group_by(hour).subquery()
        busiest = self._connection.execute(select(func.max(by_hour.c.persons))).scalar() or 0
        days, screened, secondary, more, area_only = (int(number) for number in numbers)
        return LoadCounts(days, screened, secondary, more, area_only, int(busiest))


DIED = "DIED"
_SECOND = ("disposition", "suspected", "alert", "samples", "follow_up", "certificate")
_GROUPED = (
    "day",
    "kind",
    "direction",
    "conveyance",
    "sex",
    "age_band",
    "origin_country",
    "result",
    "persons",
    "disposition",
    "threshold_reached",
    "alert",
    "suspected",
    "samples",
    "certificate",
    "follow_up",
)


def _columns(second: Any, names: Sequence[str]) -> list[Any]:
    return [getattr(second, name).label(f"second_{name}") for name in names]


def _fact(row: Any) -> ScreenedFact:
    secondary = row.kind == Kind.SECONDARY.value
    suspected = row.second_suspected if row.second_suspected is not None else row.suspected
    return ScreenedFact(
        cell=Cell(row.direction, row.conveyance, row.sex, row.age_band, row.origin_country),
        result=row.result or ("SECONDARY" if secondary else "PASS"),
        persons=row.persons,
        disposition=row.disposition if secondary else row.second_disposition,
        threshold_reached=row.threshold_reached,
        alert=row.alert or bool(row.second_alert),
        suspected=tuple(suspected.split()),
        samples=row.samples + (row.second_samples or 0),
        certificate=row.second_certificate or row.certificate,
        follow_up=row.follow_up or bool(row.second_follow_up),
    )
