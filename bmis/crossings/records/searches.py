"""Looking for crossings. Everything that was typed is a bound parameter."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, bindparam, literal_column, select, text, tuple_
from sqlalchemy.engine import Row

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
_ORDER = (_C.crossed_at.desc(), _C.id.desc())
_ROWID: ColumnElement[Any] = literal_column("crossing.rowid")
_NAME_INDEX = text("crossing INDEXED BY ix_crossing_name")
_IMAGES = select(ImageRow.id, ImageRow.kind, ImageRow.jpeg).where(ImageRow.crossing_id == bindparam("wanted"))


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ended: the next one begins after it."""

    crossed_at: datetime
    id: UUID


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

    def find(self, wanted: Wanted) -> tuple[CrossingSummary, ...]:
        """Return at most ``limit`` crossings, whatever their state, the newest first."""
        asked = select(*_COLUMNS).where(*_conditions(wanted)).order_by(*_ORDER).limit(bindparam("most"))
        return self._summaries(self._connection.execute(asked, _values(wanted)).all())

    def of_request(self, request_id: UUID) -> CrossingSummary | None:
        """Return the crossing that was kept for a request."""
        asked = select(*_COLUMNS).where(_C.request_id == bindparam("wanted", type_=_C.request_id.type))
        row = self._connection.execute(asked, {"wanted": request_id}).one_or_none()
        return None if row is None else _summary(row)

    def waiting(self) -> tuple[CrossingSummary, ...]:
        """Return the people in secondary, the one who has waited longest first."""
        asked = select(*_COLUMNS).where(text(WAITING)).order_by(_C.crossed_at, _C.id)
        return self._summaries(self._connection.execute(asked).all())

    def images(self, crossing_id: UUID) -> tuple[NewImage, ...]:
        """Return the pictures of a crossing."""
        rows = self._connection.execute(_IMAGES, {"wanted": crossing_id})
        return tuple(NewImage(row.id, ImageKind(row.kind), row.jpeg) for row in rows)

    @staticmethod
    def _summaries(rows: Sequence[Row[Any]]) -> tuple[CrossingSummary, ...]:
        return tuple(_summary(row) for row in rows)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return conditions whose text depends only on what is asked, never on what was typed, so it is compiled once."""
    found: list[ColumnElement[bool]] = []
    if wanted.document_number is not None:
        found.append(_C.document_number == bindparam("number"))
    if wanted.issuing_state is not None:
        found.append(_C.issuing_state == bindparam("issuer"))
    if wanted.name_words:
        # an inner query that one index answers: without it the rows, payload and all, would be read to compare names
        whole: ColumnElement[str] = literal_column("' ' || surname_key || ' ' || given_names_key")
        words = [whole.like(bindparam(f"word{at}")) for at in range(len(wanted.name_words))]
        inner: Select[Any] = select(literal_column("rowid")).select_from(_NAME_INDEX).where(and_(*words))
        found.append(_ROWID.in_(inner))
    if wanted.birth_date is not None:
        found.append(and_(_C.birth_date >= bindparam("born"), _C.birth_date < bindparam("born_before")))
    if wanted.since is not None:
        found.append(_C.crossed_at >= bindparam("since", type_=_C.crossed_at.type))
    if wanted.before is not None:
        found.append(_C.crossed_at < bindparam("before", type_=_C.crossed_at.type))
    if wanted.traveller_ids:
        found.append(_C.traveller_id.in_(bindparam("travellers", expanding=True, type_=_C.traveller_id.type)))
    if wanted.after is not None:
        moment, last = bindparam("after_at", type_=_C.crossed_at.type), bindparam("after_id", type_=_C.id.type)
        found.append(tuple_(_C.crossed_at, _C.id) < tuple_(moment, last))
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
        values |= {"after_at": wanted.after.crossed_at, "after_id": wanted.after.id}
    return values


def _summary(row: Row[Any]) -> CrossingSummary:
    values = dict(zip(_NAMES, row, strict=True))
    values["direction"] = Direction(values["direction"])
    values["decision"] = Decision(values["decision"])
    values["state"] = RecordState(values["state"])
    return CrossingSummary(**values)
