"""The table of tokens that were issued, for health only: which record each belongs to. Append-only."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Index, String, Text, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from bmis.kernel.clearance import Clearance, ClearanceOutcome
from bmis.store.base import Base
from bmis.store.canonical import Message, digest
from bmis.store.unit import UnitOfWork


class IssueKind(StrEnum):
    """What happened to a token."""

    TOKEN = "clearance.token"  # noqa: S105 - an event, not a password
    CARD_SIGNED = "clearance.card_signed"  # it waits in the drawer
    CARD_GIVEN = "clearance.card_given"
    CARD_SPOILED = "clearance.card_spoiled"


@dataclass(frozen=True, slots=True)
class Issued:
    """A token as it was signed, handed out or spoiled. ``text`` is what the lane scans; ``record_id`` whose it is;
    ``why`` a code, of a spoiled card."""

    id: UUID
    kind: IssueKind
    clearance: Clearance
    text: str
    record_id: UUID | None
    by: str
    why: str | None = None

    @property
    def payload(self) -> dict[str, object]:
        """Return what the audit and the hub get: no reference, so that nobody there can follow a token."""
        said: dict[str, object] = {
            "id": str(self.id),
            "kind": self.kind.value,
            "record_id": None if self.record_id is None else str(self.record_id),
            "outcome": self.clearance.outcome.value,
            "card": self.clearance.card,
            "by": self.by,
        }
        return said if self.why is None else said | {"why": self.why}


class ClearanceIssueRow(Base):
    """One of these events."""

    __tablename__ = "clearance_issue"
    __table_args__ = (Index("ix_clearance_issue_card", "card", "valid_until"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    ref: Mapped[str] = mapped_column(String(20), index=True)
    record_id: Mapped[UUID | None] = mapped_column(index=True)
    outcome: Mapped[str] = mapped_column(String(20))
    card: Mapped[int | None]
    issued_at: Mapped[datetime]
    valid_until: Mapped[datetime]
    token: Mapped[str] = mapped_column(Text)
    payload: Mapped[str] = mapped_column(Text)


class SqlClearances:
    """Tokens inside one unit of work. An addition is linked to the audit."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def add(self, issued: Sequence[Issued]) -> None:
        """Keep what was signed or handed out."""
        messages = [Message.of(one.id, one.by, one.payload) for one in issued]
        rows = [
            {
                "id": one.id,
                "kind": one.kind.value,
                "ref": one.clearance.ref,
                "record_id": one.record_id,
                "outcome": one.clearance.outcome.value,
                "card": one.clearance.card,
                "issued_at": one.clearance.issued_at,
                "valid_until": one.clearance.valid_until,
                "token": one.text,
                "payload": kept.text,
            }
            for one, kept in zip(issued, messages, strict=True)
        ]
        self._unit.connection.execute(insert(ClearanceIssueRow), rows)
        for one, kept in zip(issued, messages, strict=True):
            self._unit.audit.add(one.kind.value, kept)

    def of_record(self, record_id: UUID) -> str | None:
        """Return the text of the record's newest token."""
        asked = select(ClearanceIssueRow.token).where(ClearanceIssueRow.record_id == record_id)
        found: str | None = self._unit.connection.execute(
            asked.order_by(ClearanceIssueRow.number.desc()).limit(1)
        ).scalar()
        return found

    def card(self, number: int, post_code: str) -> tuple[Clearance, str, bool] | None:
        """Return the newest card of that number, its text, and whether it was handed out."""
        asked = select(ClearanceIssueRow.__table__).where(
            ClearanceIssueRow.card == number, ClearanceIssueRow.kind == IssueKind.CARD_SIGNED.value
        )
        row = self._unit.connection.execute(asked.order_by(ClearanceIssueRow.number.desc()).limit(1)).one_or_none()
        if row is None:
            return None
        return _clearance(row, post_code), row.token, self.happened(row.ref, IssueKind.CARD_GIVEN)

    def signed_since(self, since: datetime, post_code: str) -> tuple[Issued, ...]:
        """Return the cards that were signed since then, by their numbers."""
        asked = select(ClearanceIssueRow.__table__).where(
            ClearanceIssueRow.kind == IssueKind.CARD_SIGNED.value, ClearanceIssueRow.issued_at >= since
        )
        return tuple(
            Issued(
                row.id,
                IssueKind.CARD_SIGNED,
                _clearance(row, post_code),
                row.token,
                None,
                str(json.loads(row.payload)["by"]),
            )
            for row in self._unit.connection.execute(asked.order_by(ClearanceIssueRow.card))
        )

    def refs_of(self, kind: IssueKind, since: datetime) -> frozenset[str]:
        """Return the references of the cards signed since then to which this happened."""
        asked = select(ClearanceIssueRow.ref).where(
            ClearanceIssueRow.kind == kind.value, ClearanceIssueRow.issued_at >= since
        )
        return frozenset(self._unit.connection.execute(asked).scalars())

    def happened(self, ref: str, kind: IssueKind) -> bool:
        """Return whether this happened to the card."""
        asked = select(ClearanceIssueRow.id).where(ClearanceIssueRow.ref == ref, ClearanceIssueRow.kind == kind.value)
        return self._unit.connection.execute(asked).first() is not None

    def last_card(self) -> int:
        """Return the highest number of a card so far."""
        return self._unit.connection.execute(select(func.max(ClearanceIssueRow.card))).scalar() or 0


def _clearance(row: Any, post_code: str) -> Clearance:
    return Clearance(
        1,
        row.ref,
        ClearanceOutcome(row.outcome),
        row.issued_at,
        row.valid_until,
        post_code,
        row.card,
    )


class RedigestClearances:
    """Makes the digests of the tokens again. A token's reference is in no digest: nobody can follow it in the chain."""

    kinds = frozenset(kind.value for kind in IssueKind)

    def __call__(self, connection: Connection) -> Iterator[tuple[UUID, str]]:
        """Yield each token or card and the digest of its content; a column that says something else does not prove."""
        for row in connection.execution_options(yield_per=1000).execute(select(ClearanceIssueRow.__table__)):
            record_id = None if row.record_id is None else str(row.record_id)
            columns = {"id": str(row.id), "kind": row.kind, "record_id": record_id}
            columns |= {"outcome": row.outcome, "card": row.card}
            try:
                said = json.loads(row.payload)
                agrees = all(name in said and said[name] == value for name, value in columns.items())
            except (ValueError, TypeError):
                agrees = False
            yield row.id, digest(row.payload if agrees else "not what the columns say")
