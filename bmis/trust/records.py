"""The table of trust: events, what belongs to them, and secrets that leave this home nowhere. Append-only."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Index, LargeBinary, String, Text, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from bmis.kernel.identifiers import made_at
from bmis.store.base import Base
from bmis.store.canonical import canonical, digest
from bmis.store.records import AuditRow
from bmis.store.unit import UnitOfWork
from bmis.trust.event import KEPT_HERE, TrustEvent, TrustEventKind
from bmis.trust.status_list import StatusWord

_STATUS = (TrustEventKind.SEAL_LISTED.value, TrustEventKind.SEAL_CLEARED.value)
_WEIGHTLESS = tuple(kind.value for kind in TrustEventKind if kind.value not in _STATUS)


class TrustEventRow(Base):
    """One event. ``secret`` is a private key; neither audit nor hub has it."""

    __tablename__ = "trust_event"
    __table_args__ = (Index("ix_trust_event_kind_subject", "kind", "subject"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(80))
    by: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime]
    facts: Mapped[str] = mapped_column(Text)
    blob: Mapped[bytes | None] = mapped_column(LargeBinary)
    secret: Mapped[bytes | None] = mapped_column(LargeBinary)


class SqlTrust:
    """Keys, certificates, bundles and status inside one unit of work. An addition is linked to the audit."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def add(self, event: TrustEvent, secret: bytes | None = None) -> None:
        """Keep what happened and tell the hub, but for what concerns this home alone."""
        self.add_many([event], secret)

    def add_many(self, events: Iterable[TrustEvent], secret: bytes | None = None) -> None:
        """Keep events, in order."""
        rows = []
        for event in events:
            rows.append(
                {
                    "id": event.id,
                    "kind": event.kind.value,
                    "subject": event.subject,
                    "by": event.by,
                    "recorded_at": made_at(event.id),
                    "facts": canonical(event.facts),
                    "blob": event.blob,
                    "secret": secret,
                }
            )
            self._unit.audit.add(event.kind.value, event)
            if event.kind not in KEPT_HERE:
                self._unit.outbox.add(event.kind.value, event)
        if rows:
            self._unit.connection.execute(insert(TrustEventRow), rows)

    def events(self, kind: TrustEventKind) -> tuple[TrustEvent, ...]:
        """Return the events of the kind, the oldest first."""
        asked = select(TrustEventRow.__table__).where(TrustEventRow.kind == kind.value)
        return tuple(map(_event, self._unit.connection.execute(asked.order_by(TrustEventRow.number))))

    def of_subject(self, kind: TrustEventKind, subject: str) -> tuple[TrustEvent, ...]:
        """Return the events of the kind on one subject, the oldest first."""
        asked = select(TrustEventRow.__table__).where(
            TrustEventRow.kind == kind.value, TrustEventRow.subject == subject
        )
        return tuple(map(_event, self._unit.connection.execute(asked.order_by(TrustEventRow.number))))

    def last(self, kind: TrustEventKind) -> TrustEvent | None:
        """Return the newest event of the kind."""
        asked = select(TrustEventRow.__table__).where(TrustEventRow.kind == kind.value)
        row = self._unit.connection.execute(asked.order_by(TrustEventRow.number.desc()).limit(1)).one_or_none()
        return None if row is None else _event(row)

    def secrets(self) -> dict[str, bytes]:
        """Return the private keys of this home (DER) by the SHA-256 of their public half."""
        asked = select(TrustEventRow.subject, TrustEventRow.secret).where(
            TrustEventRow.kind == TrustEventKind.KEY_MADE.value
        )
        return {row.subject: row.secret for row in self._unit.connection.execute(asked) if row.secret is not None}

    def word_of(self, serial: int) -> StatusWord | None:
        """Return what this home knows of the pass; None: nothing. A desk takes back only what it said itself."""
        asked = (
            select(TrustEventRow.kind, TrustEventRow.facts, TrustEventRow.recorded_at)
            .where(TrustEventRow.kind.in_(_STATUS), TrustEventRow.subject == str(serial))
            .order_by(TrustEventRow.number)
        )
        said = {_desk(row.facts): _word(row) for row in self._unit.connection.execute(asked)}
        return max(said.values(), key=lambda one: (one.is_listed, one.at), default=None)

    def confirmed_of(self, serial: int) -> str | None:
        """Return the desk on whose word this home lists the pass; None: its last own word is no confirmation."""
        asked = (
            select(TrustEventRow.facts)
            .where(TrustEventRow.kind.in_(_STATUS), TrustEventRow.subject == str(serial))
            .order_by(TrustEventRow.number)
        )
        own = [json.loads(facts) for facts in self._unit.connection.scalars(asked) if _desk(facts) is None]
        desk: str | None = own[-1].get("reported_by") if own else None
        return desk

    def status(self) -> dict[int, bool]:
        """Return every serial of which this home knows something, with whether it is listed."""
        asked = select(TrustEventRow.kind, TrustEventRow.subject, TrustEventRow.facts).where(
            TrustEventRow.kind.in_(_STATUS)
        )
        rows = self._unit.connection.execute(asked.order_by(TrustEventRow.number))
        said = {(int(row.subject), _desk(row.facts)): row.kind == TrustEventKind.SEAL_LISTED.value for row in rows}
        found: dict[int, bool] = {}
        for (serial, _), is_listed in said.items():
            found[serial] = found.get(serial, False) or is_listed
        return found

    def own_words(self) -> Iterator[tuple[int, bool, str, datetime]]:
        """Yield what this home itself has said of passes, in order: serial, whether listed, why, since when."""
        asked = select(TrustEventRow.__table__).where(TrustEventRow.kind.in_(_STATUS)).order_by(TrustEventRow.number)
        for row in self._unit.connection.execute(asked):
            facts = json.loads(row.facts)
            if "desk" not in facts:
                is_listed = row.kind == TrustEventKind.SEAL_LISTED.value
                yield int(row.subject), is_listed, str(facts["why"]), row.recorded_at

    def version(self) -> int:
        """Return a number that rises whenever keys, certificates, roots, parts or bundles change."""
        asked = select(func.max(TrustEventRow.number)).where(TrustEventRow.kind.in_(_WEIGHTLESS))
        return self._unit.connection.execute(asked).scalar() or 0

    def last_recorded_at(self) -> datetime | None:
        """Return the latest moment that the store has seen: a clock behind it was set back."""
        return self._unit.connection.execute(select(func.max(AuditRow.recorded_at))).scalar()


class RedigestTrust:
    """Makes the digests of this table's rows again, for the verification of the store."""

    kinds = frozenset(kind.value for kind in TrustEventKind)

    def __call__(self, connection: Connection) -> Iterator[tuple[UUID, str]]:
        """Yield each row's event and the digest of its content, its blob hashed anew."""
        for row in connection.execute(select(TrustEventRow.__table__).order_by(TrustEventRow.number)):
            event = _event(row)
            yield event.id, digest(canonical(event.payload()))


def _desk(facts: str) -> str | None:
    """Return the other desk whose word it is, None where it is this home's."""
    desk: str | None = json.loads(facts).get("desk")
    return desk


def _word(row: Any) -> StatusWord:
    return StatusWord(row.kind == TrustEventKind.SEAL_LISTED.value, row.recorded_at)


def _event(row: object) -> TrustEvent:
    return TrustEvent(
        row.id,  # type: ignore[attr-defined]  # a SQLAlchemy row of the event table
        TrustEventKind(row.kind),  # type: ignore[attr-defined]
        row.subject,  # type: ignore[attr-defined]
        row.by,  # type: ignore[attr-defined]
        json.loads(row.facts),  # type: ignore[attr-defined]
        row.blob,  # type: ignore[attr-defined]
    )
