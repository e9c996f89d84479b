"""Looking for crossings. Everything that was typed is a bound parameter."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    bindparam,
    literal_column,
    select,
    text,
    tuple_,
)

from bmis.crossings.crossing import ImageKind
from bmis.crossings.decision import Decision, Direction
from bmis.crossings.images import NewImage
from bmis.crossings.records.tables import WAITING, CrossingRow, ImageRow
from bmis.crossings.view import CrossingSummary, RecordState
from bmis.store.unit import UnitOfWork

_TABLE = cast(Table, CrossingRow.__table__)
_C = _TABLE.c
_NAMES = tuple(field.name for field in fields(CrossingSummary))
_COLUMNS = [_C[name] for name in _NAMES]
_IMAGES = select(ImageRow.id, ImageRow.kind, ImageRow.jpeg).where(ImageRow.crossing_id == bindparam("wanted"))


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ended: the next one begins after it. ``row`` tells crossings of one moment apart."""

    crossed_at: datetime
    row: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for; None says nothing. ``name_words`` are in the form of ``name_key``; moments aware UTC."""

    document_number: str | None = None
    issuing_state: str | None = None
    name_words: tuple[str, ...] = ()
    birth_date: str | None = None  # YYYY, YYYY-MM or YYYY-MM-DD: what begins so
    since: datetime | None = None
    before: datetime | None = None
    traveller_ids: frozenset[UUID] = frozenset()
    limit: int = 50
    after: Cursor | None = None


class SqlSearches:
    """Searches inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._connection: Connection = unit.connection

    def find(self, wanted: Wanted) -> tuple[tuple[CrossingSummary, ...], Cursor | None]:
        """Return at most ``limit`` crossings, whatever their state, the newest first, and where they end."""
        rows = self._connection.execute(_question(_shape(wanted)), _values(wanted)).all()
        found = tuple(summary_of(row[1:]) for row in rows)
        return found, Cursor(found[-1].crossed_at, rows[-1][0]) if len(found) == wanted.limit else None

    def of_request(self, request_id: UUID) -> CrossingSummary | None:
        """Return the crossing that was kept for a request."""
        asked = select(*_COLUMNS).where(_C.request_id == bindparam("wanted", type_=_C.request_id.type))
        row = self._connection.execute(asked, {"wanted": request_id}).one_or_none()
        return None if row is None else summary_of(row)

    def waiting(self) -> tuple[CrossingSummary, ...]:
        """Return the people in secondary, the one who has waited longest first."""
        asked = select(*_COLUMNS).where(text(WAITING)).order_by(_C.crossed_at, _C.id)
        return tuple(summary_of(row) for row in self._connection.execute(asked))

    def images(self, crossing_id: UUID) -> tuple[NewImage, ...]:
        """Return the pictures of a crossing."""
        rows = self._connection.execute(_IMAGES, {"wanted": crossing_id})
        return tuple(NewImage(row.id, ImageKind(row.kind), row.jpeg) for row in rows)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is asked for, without what was typed: the question's text depends on nothing else, and is made once."""

    number: bool
    issuer: bool
    words: int
    born: bool
    since: bool
    before: bool
    travellers: bool
    after: bool


def _shape(wanted: Wanted) -> _Shape:
    return _Shape(
        wanted.document_number is not None,
        wanted.issuing_state is not None,
        len(wanted.name_words),
        wanted.birth_date is not None,
        wanted.since is not None,
        wanted.before is not None,
        bool(wanted.traveller_ids),
        wanted.after is not None,
    )


@lru_cache(maxsize=256)
def _question(shape: _Shape) -> Select[Any]:
    """Return the question. By name or birth alone one index answers it whole, and only the page's rows are read."""
    most, row = bindparam("most", type_=BigInteger()), _column("crossing", "rowid")
    asked = select(row, *_COLUMNS)
    if (shape.words or shape.born) and not (shape.number or shape.issuer or shape.travellers):
        index = "ix_crossing_name" if shape.words else "ix_crossing_birth"
        inner: Select[Any] = select(_column("inside", "rowid")).select_from(
            text(f"crossing AS inside INDEXED BY {index}")
        )
        inner = inner.where(*_conditions(shape, "inside")).order_by(*_newest_first("inside")).limit(most)
        return asked.where(row.in_(inner)).order_by(*_newest_first("crossing"))
    return asked.where(*_conditions(shape, "crossing")).order_by(*_newest_first("crossing")).limit(most)


def _column(place: str, name: str) -> ColumnElement[Any]:
    """Return a column of the table, or of the same table under another name (fixed names, never typed text)."""
    return literal_column(f"{place}.{name}", BigInteger() if name == "rowid" else _C[name].type)


def _newest_first(place: str) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    return _column(place, "crossed_at").desc(), _column(place, "rowid").desc()


def _conditions(shape: _Shape, place: str) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    crossed_at, birth, row = _column(place, "crossed_at"), _column(place, "birth_date"), _column(place, "rowid")
    if shape.number:
        found.append(_column(place, "document_number") == bindparam("number"))
    if shape.issuer:
        found.append(_column(place, "issuing_state") == bindparam("issuer"))
    whole: ColumnElement[str] = literal_column(f"' ' || {place}.surname_key || ' ' || {place}.given_names_key")
    found += [whole.like(bindparam(f"word{at}")) for at in range(shape.words)]
    if shape.born:
        found.append(and_(birth >= bindparam("born"), birth < bindparam("born_before")))
    if shape.since:
        found.append(crossed_at >= bindparam("since"))
    if shape.before:
        found.append(crossed_at < bindparam("before"))
    if shape.travellers:
        found.append(_column(place, "traveller_id").in_(bindparam("travellers", expanding=True)))
    if shape.after:
        moment, last = bindparam("after_at", type_=_C.crossed_at.type), bindparam("after_row", type_=BigInteger())
        found.append(tuple_(crossed_at, row) < tuple_(moment, last))
    return found


def _values(wanted: Wanted) -> dict[str, Any]:
    values: dict[str, Any] = {"most": wanted.limit}
    if wanted.document_number is not None:
        values["number"] = wanted.document_number
    if wanted.issuing_state is not None:
        values["issuer"] = wanted.issuing_state
    for at, word in enumerate(wanted.name_words):
        values[f"word{at}"] = f"% {word}%"  # a name_key holds letters and digits only, so no wildcard of its own
    if wanted.birth_date is not None:
        values |= {"born": wanted.birth_date, "born_before": wanted.birth_date + "\x7f"}
    if wanted.since is not None:
        values["since"] = wanted.since
    if wanted.before is not None:
        values["before"] = wanted.before
    if wanted.traveller_ids:
        values["travellers"] = list(wanted.traveller_ids)
    if wanted.after is not None:
        values |= {"after_at": wanted.after.crossed_at, "after_row": wanted.after.row}
    return values


def summary_of(row: Sequence[Any]) -> CrossingSummary:
    """Return the line of a row whose columns are the fields of ``CrossingSummary``, in their order."""
    values = dict(zip(_NAMES, row, strict=True))
    values["direction"] = Direction(values["direction"])
    values["decision"] = Decision(values["decision"])
    values["state"] = RecordState(values["state"])
    return CrossingSummary(**values)
