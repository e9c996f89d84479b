"""Tables of drafts, contingency forms and their events. Rows never leave this module."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Index, String, Text, delete, func, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from bmis.crossings.decision import RecordMode
from bmis.crossings.paperwork.drafts import Draft, DraftState
from bmis.crossings.paperwork.events import PaperworkEvent, PaperworkKind
from bmis.crossings.paperwork.forms import ContingencyForm, FormState
from bmis.crossings.records.tables import WAITING, CrossingRow
from bmis.crossings.view import RecordState
from bmis.documents.travel_document import CaptureMethod
from bmis.kernel.identifiers import made_at
from bmis.store.base import Base
from bmis.store.canonical import canonical, digest
from bmis.store.unit import UnitOfWork


class DraftRow(Base):
    """Working state: the only row of a crossing that is overwritten, and deleted when the crossing is kept."""

    __tablename__ = "draft"

    request_id: Mapped[UUID] = mapped_column(primary_key=True)
    officer: Mapped[str] = mapped_column(String(80), index=True)
    started_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10))
    document_mark: Mapped[str | None] = mapped_column(String(120))
    content: Mapped[str] = mapped_column(Text)


class ContingencyFormRow(Base):
    """A number that was given to a printed form, and what became of it; each change is an event too."""

    __tablename__ = "contingency_form"
    __table_args__ = (Index("ix_contingency_form_batch_serial", "batch", "serial"),)

    number: Mapped[str] = mapped_column(String(40), primary_key=True)
    serial: Mapped[int] = mapped_column(unique=True)
    batch: Mapped[UUID]
    allocated_at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(10), index=True)
    request_id: Mapped[UUID | None]
    crossing_id: Mapped[UUID | None]
    reason: Mapped[str | None] = mapped_column(String(500))
    changed_at: Mapped[datetime | None]
    changed_by: Mapped[str | None] = mapped_column(String(80))


class PaperworkEventRow(Base):
    """One event, never changed."""

    __tablename__ = "paperwork_event"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), index=True)
    subject: Mapped[str] = mapped_column(String(60), index=True)
    by: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime]
    facts: Mapped[str] = mapped_column(Text)


class SqlDrafts:
    """The drafts inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._connection = unit.connection

    def find(self, request_id: UUID) -> Draft | None:
        """Return the draft."""
        row = self._connection.execute(
            select(DraftRow.__table__).where(DraftRow.request_id == request_id)
        ).one_or_none()
        return None if row is None else _draft(row)

    def put(self, draft: Draft) -> None:
        """Keep it as it is now, over what it was."""
        values = {
            "request_id": draft.request_id,
            "officer": draft.officer,
            "started_at": draft.started_at,
            "updated_at": draft.updated_at,
            "state": draft.state.value,
            "document_mark": draft.document_mark,
            "content": canonical(draft.content),
        }
        self._connection.execute(
            upsert(DraftRow).on_conflict_do_update(index_elements=["request_id"], set_=values), values
        )

    def forget(self, request_id: UUID) -> bool:
        """Return whether there was one to forget."""
        return self._connection.execute(delete(DraftRow).where(DraftRow.request_id == request_id)).rowcount > 0

    def of(self, officer: str) -> tuple[Draft, ...]:
        """Return the officer's drafts, the newest first."""
        asked = select(DraftRow.__table__).where(DraftRow.officer == officer).order_by(DraftRow.updated_at.desc())
        return tuple(_draft(row) for row in self._connection.execute(asked))

    def deciding(self) -> tuple[Draft, ...]:
        """Return the drafts of every officer that were being decided, the newest first."""
        asked = (
            select(DraftRow.__table__)
            .where(DraftRow.state == DraftState.DECIDING.value)
            .order_by(DraftRow.updated_at.desc(), DraftRow.request_id.desc())
        )
        return tuple(_draft(row) for row in self._connection.execute(asked))

    def count(self) -> int:
        """Return how many drafts are open at this desk."""
        return self._connection.execute(select(func.count()).select_from(DraftRow)).scalar_one()


class SqlForms:
    """The contingency forms inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._connection = unit.connection

    def last_serial(self) -> int:
        """Return the greatest serial given out (0: none yet)."""
        return self._connection.execute(select(func.max(ContingencyFormRow.serial))).scalar() or 0

    def add(self, forms: Iterable[ContingencyForm]) -> None:
        """Keep new forms."""
        rows = [
            {
                "number": form.number,
                "serial": form.serial,
                "batch": form.batch,
                "allocated_at": form.allocated_at,
                "by": form.by,
                "state": form.state.value,
            }
            for form in forms
        ]
        self._connection.execute(insert(ContingencyFormRow), rows)

    def find(self, number: str) -> ContingencyForm | None:
        """Return the form."""
        asked = select(ContingencyFormRow.__table__).where(ContingencyFormRow.number == number)
        row = self._connection.execute(asked).one_or_none()
        return None if row is None else _form(row)

    def change(self, form: ContingencyForm) -> None:
        """Keep what became of the form."""
        self._connection.execute(
            update(ContingencyFormRow)
            .where(ContingencyFormRow.number == form.number)
            .values(
                state=form.state.value,
                request_id=form.request_id,
                crossing_id=form.crossing_id,
                reason=form.reason,
                changed_at=form.changed_at,
                changed_by=form.changed_by,
            )
        )

    def all(self, batch: UUID | None = None) -> tuple[ContingencyForm, ...]:
        """Return the forms in the order of their numbers."""
        asked = select(ContingencyFormRow.__table__).order_by(ContingencyFormRow.serial)
        if batch is not None:
            asked = asked.where(ContingencyFormRow.batch == batch)
        return tuple(_form(row) for row in self._connection.execute(asked))

    def reserved(self) -> tuple[ContingencyForm, ...]:
        """Return the forms that somebody began to type in and that are not marked used."""
        table = ContingencyFormRow.__table__
        asked = select(table).where(
            ContingencyFormRow.request_id.is_not(None), ContingencyFormRow.state != FormState.USED.value
        )
        return tuple(_form(row) for row in self._connection.execute(asked))

    def missing(self) -> tuple[ContingencyForm, ...]:
        """Return forms marked missing, and those still open although a later one of their batch came back."""
        later = (
            select(ContingencyFormRow.batch, func.max(ContingencyFormRow.serial).label("last"))
            .where(ContingencyFormRow.state.in_([FormState.USED.value, FormState.SPOILED.value]))
            .group_by(ContingencyFormRow.batch)
            .subquery()
        )
        table = ContingencyFormRow.__table__
        asked = (
            select(table)
            .outerjoin(later, later.c.batch == ContingencyFormRow.batch)
            .where(
                (ContingencyFormRow.state == FormState.MISSING.value)
                | ((ContingencyFormRow.state == FormState.ALLOCATED.value) & (ContingencyFormRow.serial < later.c.last))
            )
            .order_by(ContingencyFormRow.serial)
        )
        return tuple(_form(row) for row in self._connection.execute(asked))


@dataclass(frozen=True, slots=True)
class LaneCounts:
    """What a desk kept since a moment: standing crossings by decision and direction, and how some came about."""

    decisions: dict[str, int]
    directions: dict[str, int]
    typed_by_hand: int
    backfilled: int
    undone: int
    annulled: int
    in_secondary: int  # whenever they were sent there


def last_seq(unit: UnitOfWork, desk_id: str) -> int:
    """Return the number of the crossing that the desk kept last (0: none yet)."""
    asked = select(func.max(CrossingRow.seq)).where(CrossingRow.desk_id == desk_id)
    return unit.connection.execute(asked).scalar() or 0


def lane_counts(unit: UnitOfWork, desk_id: str, since: datetime) -> LaneCounts:
    """Return the counts of the desk since then."""
    here = _at_desk(desk_id) & (CrossingRow.recorded_at >= since)
    standing = here & (CrossingRow.state == RecordState.STANDING.value)

    def how_many(*conditions: ColumnElement[bool]) -> int:
        return unit.connection.execute(select(func.count()).select_from(CrossingRow).where(*conditions)).scalar_one()

    def by(column: InstrumentedAttribute[str]) -> dict[str, int]:
        asked = select(column, func.count()).where(standing).group_by(column).order_by(column)
        return {str(code): int(count) for code, count in unit.connection.execute(asked)}

    captured = func.json_extract(CrossingRow.payload, "$.request.document.capture_method")
    return LaneCounts(
        decisions=by(CrossingRow.decision),
        directions=by(CrossingRow.direction),
        typed_by_hand=how_many(standing, captured.in_([CaptureMethod.MANUAL.value, CaptureMethod.TYPED_MRZ.value])),
        backfilled=how_many(standing, CrossingRow.record_mode == RecordMode.PAPER_BACKFILL.value),
        undone=how_many(here, CrossingRow.state == RecordState.UNDONE.value),
        annulled=how_many(here, CrossingRow.state == RecordState.ANNULLED.value),
        in_secondary=in_secondary(unit, desk_id),
    )


def in_secondary(unit: UnitOfWork, desk_id: str) -> int:
    """Return how many the desk has sent to secondary whom nobody has decided."""
    asked = select(func.count()).select_from(CrossingRow).where(text(WAITING), _at_desk(desk_id))
    return unit.connection.execute(asked).scalar_one()


def _at_desk(desk_id: str) -> ColumnElement[bool]:
    """Return the condition, written so that no index answers it: by the desk's one every crossing would be read."""
    return func.coalesce(CrossingRow.desk_id, "") == desk_id


def keep_event(unit: UnitOfWork, event: PaperworkEvent) -> None:
    """Add the event, its audit link and its message to the unit; ``commit`` keeps all three."""
    unit.connection.execute(
        insert(PaperworkEventRow),
        {
            "id": event.id,
            "kind": event.kind.value,
            "subject": event.subject,
            "by": event.by,
            "recorded_at": made_at(event.id),
            "facts": canonical(event.facts),
        },
    )
    unit.audit.add(event.kind.value, event)
    unit.outbox.add(event.kind.value, event)


def events_of(unit: UnitOfWork, subject: str) -> tuple[PaperworkEvent, ...]:
    """Return what happened to the form, batch or draft, in order."""
    asked = (
        select(PaperworkEventRow.__table__)
        .where(PaperworkEventRow.subject == subject)
        .order_by(PaperworkEventRow.recorded_at, PaperworkEventRow.id)
    )
    return tuple(_event(row) for row in unit.connection.execute(asked))


class RedigestPaperwork:
    """Makes the digests of this table's rows again, for the verification of the store."""

    kinds = frozenset(kind.value for kind in PaperworkKind)

    def __call__(self, connection: Connection) -> Iterator[tuple[UUID, str]]:
        """Yield each row's event and the digest of its content."""
        for row in connection.execute(select(PaperworkEventRow.__table__).order_by(PaperworkEventRow.id)):
            event = _event(row)
            yield event.id, digest(canonical(event.payload()))


def _event(row: object) -> PaperworkEvent:
    return PaperworkEvent(
        row.id,  # type: ignore[attr-defined]  # a SQLAlchemy row of the event table
        PaperworkKind(row.kind),  # type: ignore[attr-defined]
        row.by,  # type: ignore[attr-defined]
        row.subject,  # type: ignore[attr-defined]
        json.loads(row.facts),  # type: ignore[attr-defined]
    )


def _draft(row: object) -> Draft:
    return Draft(
        row.request_id,  # type: ignore[attr-defined]  # a SQLAlchemy row of the draft table
        row.officer,  # type: ignore[attr-defined]
        row.started_at,  # type: ignore[attr-defined]
        row.updated_at,  # type: ignore[attr-defined]
        DraftState(row.state),  # type: ignore[attr-defined]
        json.loads(row.content),  # type: ignore[attr-defined]
        row.document_mark,  # type: ignore[attr-defined]
    )


def _form(row: object) -> ContingencyForm:
    return ContingencyForm(
        row.number,  # type: ignore[attr-defined]  # a SQLAlchemy row of the form table
        row.serial,  # type: ignore[attr-defined]
        row.batch,  # type: ignore[attr-defined]
        row.allocated_at,  # type: ignore[attr-defined]
        row.by,  # type: ignore[attr-defined]
        FormState(row.state),  # type: ignore[attr-defined]
        row.request_id,  # type: ignore[attr-defined]
        row.crossing_id,  # type: ignore[attr-defined]
        row.reason,  # type: ignore[attr-defined]
        row.changed_at,  # type: ignore[attr-defined]
        row.changed_by,  # type: ignore[attr-defined]
    )
