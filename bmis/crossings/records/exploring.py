"""Looking through all crossings by what they are. One index holds every filter, so that only a page's rows are read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Select, Table, bindparam, func, literal_column, select, text, tuple_

from bmis.crossings.records.tables import CrossingRow
from bmis.crossings.view import RecordState
from bmis.store.unit import UnitOfWork

_C = cast(Table, CrossingRow.__table__).c
_ONE_INDEX = text("crossing AS inside INDEXED BY ix_crossing_explore")
FILTERS = ("direction", "decision", "post_code", "nationality", "travel_mode", "purpose", "document_kind", "by")
"""The columns that may be asked for, beside the period."""


class Order(StrEnum):
    """In which order."""

    NEWEST = "newest"
    OLDEST = "oldest"
    NAME = "name"
    NATIONALITY = "nationality"


_KEYS: Mapping[Order, tuple[str, ...]] = {
    Order.NEWEST: ("crossed_at", "rowid"),
    Order.OLDEST: ("crossed_at", "rowid"),
    Order.NAME: ("surname_key", "given_names_key", "crossed_at", "rowid"),
    Order.NATIONALITY: ("nationality", "crossed_at", "rowid"),
}
PageKey = tuple[Any, ...]
"""The values of the order's keys at the end of a page; the next page begins after them."""


@dataclass(frozen=True, slots=True)
class FoundCrossing:
    """One row. Moments aware UTC; None is not known."""

    id: UUID
    crossed_at: datetime
    direction: str
    decision: str
    post_code: str
    nationality: str | None
    travel_mode: str | None
    purpose: str | None
    document_kind: str
    by: str
    surname: str | None
    given_names: str | None
    birth_date: str | None
    sex: str | None
    issuing_state: str | None
    document_number: str | None
    stay_until: date | None
    record_mode: str


_NAMES = tuple(field.name for field in fields(FoundCrossing))
_COLUMNS = [_C[name] for name in _NAMES]


@dataclass(frozen=True, slots=True)
class Sought:
    """What is asked, in the store's terms: aware moments (the end not included), one code a filter."""

    since: datetime
    before: datetime
    codes: tuple[tuple[str, str], ...] = ()
    order: Order = Order.NEWEST
    limit: int = 100
    after: PageKey | None = None


class SqlExploring:
    """Pages and counts inside one unit of work. Only crossings that stand are found."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._connection = unit.connection

    def page(self, sought: Sought) -> tuple[tuple[FoundCrossing, ...], PageKey | None]:
        """Return a page and where it ends, None where nothing can follow."""
        rows = self._connection.execute(_question(sought), _values(sought)).all()
        keys = _KEYS[sought.order]
        found = tuple(FoundCrossing(*row[len(keys) :]) for row in rows)
        return found, tuple(rows[-1][: len(keys)]) if len(rows) == sought.limit else None

    def count(self, sought: Sought) -> int:
        """Return how many there are on all pages."""
        asked = select(func.count()).select_from(_ONE_INDEX).where(*_conditions(sought, paging=False))
        return int(self._connection.execute(asked, _values(sought)).scalar_one())

    def all(self, sought: Sought) -> Iterator[FoundCrossing]:
        """Yield every one, page after page."""
        after: PageKey | None = None
        while True:
            found, after = self.page(
                Sought(sought.since, sought.before, sought.codes, sought.order, sought.limit, after)
            )
            yield from found
            if after is None:
                return


def _column(place: str, name: str) -> ColumnElement[Any]:
    """Return a column under the table's other name (fixed names, never typed text); an unknown value sorts as ""."""
    kind = BigInteger() if name == "rowid" else _C[name].type
    plain: ColumnElement[Any] = (
        literal_column(f'{place}."{name}"', kind) if name == "by" else literal_column(f"{place}.{name}", kind)
    )
    return func.coalesce(plain, "") if name == "nationality" else plain


def _question(sought: Sought) -> Select[Any]:
    keys = _KEYS[sought.order]
    most = bindparam("most", type_=BigInteger())
    inner: Select[Any] = (
        select(literal_column("inside.rowid", BigInteger()))
        .select_from(_ONE_INDEX)
        .where(*_conditions(sought, paging=True))
        .order_by(*_ordered("inside", sought.order))
        .limit(most)
    )
    asked = select(*(_column("crossing", name) for name in keys), *_COLUMNS)
    return asked.where(literal_column("crossing.rowid", BigInteger()).in_(inner)).order_by(
        *_ordered("crossing", sought.order)
    )


def _ordered(place: str, order: Order) -> list[ColumnElement[Any]]:
    columns = [_column(place, name) for name in _KEYS[order]]
    return [column.desc() for column in columns] if order is Order.NEWEST else columns


def _conditions(sought: Sought, *, paging: bool) -> list[ColumnElement[bool]]:
    crossed_at = _column("inside", "crossed_at")
    # The page's own end takes the place of the period's, so that the index is entered there and not at the period's.
    begun = sought.after if paging else None
    since, before = bindparam("since", type_=_C.crossed_at.type), bindparam("before", type_=_C.crossed_at.type)
    at = bindparam("after_0", type_=_C.crossed_at.type)
    found = [
        crossed_at >= (at if begun is not None and sought.order is Order.OLDEST else since),
        crossed_at <= at if begun is not None and sought.order is Order.NEWEST else crossed_at < before,
        literal_column("inside.state", _C.state.type) == RecordState.STANDING.value,
    ]
    for name, _value in sought.codes:
        if name not in FILTERS:
            raise KeyError(name)
        found.append(literal_column(f'inside."{name}"', _C[name].type) == bindparam(f"code_{name}"))
    if paging and sought.after is not None:
        keys = _KEYS[sought.order]
        columns = tuple_(*(_column("inside", name) for name in keys))
        types = [BigInteger() if name == "rowid" else _C[name].type for name in keys]
        ends = tuple_(*(bindparam(f"after_{at}", type_=kind) for at, kind in enumerate(types)))
        found.append(columns < ends if sought.order is Order.NEWEST else columns > ends)
    return found


def _values(sought: Sought) -> dict[str, Any]:
    values: dict[str, Any] = {"since": sought.since, "before": sought.before, "most": sought.limit}
    values |= {f"code_{name}": value for name, value in sought.codes}
    values |= {f"after_{at}": value for at, value in enumerate(sought.after or ())}
    return values
