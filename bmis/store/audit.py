"""The audit chain: each row's hash covers the row before; checkpoints are signed by the officer at work.

Cutting the tail off is invisible inside the file, so a checkpoint is also printed (its ``anchor``) on the shift page.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import Connection, insert, select

from bmis.kernel.identifiers import made_at
from bmis.store.anchors import TypedAnchors, anchor_text
from bmis.store.canonical import Event, digest, text_of
from bmis.store.errors import AuditBrokenError
from bmis.store.records import AuditRow, CheckpointRow

EVERY = 256
GENESIS = "0" * 64
_LINK = json.JSONEncoder(ensure_ascii=False)
_AUDIT = AuditRow.__table__
_CHECKPOINT = CheckpointRow.__table__
_LAST = select(AuditRow.seq, AuditRow.hash).order_by(AuditRow.seq.desc()).limit(1)
_ADD = insert(_AUDIT)  # type: ignore[arg-type]  # a declarative table is a Table
_ADD_CHECKPOINT = insert(_CHECKPOINT)  # type: ignore[arg-type]  # likewise


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A signed place in the chain."""

    seq: int
    hash: str
    signed_at: datetime
    by: str
    public_key: bytes
    signature: bytes

    @property
    def anchor(self) -> str:
        """The text that is printed, and typed back to prove that the log was not rewritten."""
        return anchor_text(self.seq, self.hash)


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a verification saw. ``signers`` are the checkpoints' names and keys, for the staff list to confirm."""

    rows: int
    last_hash: str
    checkpoints: int
    last_checkpoint: Checkpoint | None
    signers: frozenset[tuple[str, bytes]]


def first_recorded(connection: Connection) -> datetime | None:
    """Return the moment of the first link of the chain: when the store was made; None: it holds none."""
    found: datetime | None = connection.execute(select(AuditRow.recorded_at).order_by(AuditRow.seq).limit(1)).scalar()
    return found


class AuditTrail:
    """The chain inside one unit of work; the last link is read inside the same transaction."""

    def __init__(self, connection: Connection, signer: Ed25519PrivateKey | None, by: str) -> None:
        self._connection = connection
        self._signer = signer
        self._signer_name = by
        self._tail: tuple[int, str] | None = None

    def add(self, kind: str, event: Event) -> None:
        """Link the event to the chain."""
        self.add_many(kind, [event])

    def add_many(self, kind: str, events: Iterable[Event]) -> None:
        """Link the events, in order."""
        seq, previous = self._last()
        rows, marks = [], []
        for event in events:
            seq += 1
            row = _row(seq, kind, event, previous)
            previous = str(row["hash"])
            rows.append(row)
            if seq % EVERY == 0 and self._signer is not None:
                marks.append(self._signed(seq, previous, made_at(event.id)))
        if rows:
            self._connection.execute(_ADD, rows)
        if marks:
            self._connection.execute(_ADD_CHECKPOINT, marks)
        self._tail = (seq, previous)

    def checkpoint(self, at: datetime) -> Checkpoint:
        """Return a checkpoint on the last link, signed now by the person at work.

        Raises:
            AuditBrokenError: nobody with a signing key is at work, or the chain is empty.
        """
        seq, last = self._last()
        if seq == 0 or self._signer is None:
            raise AuditBrokenError(seq=seq)
        existing = self._connection.execute(select(_CHECKPOINT).where(CheckpointRow.seq == seq)).one_or_none()
        if existing is None:
            self._connection.execute(_ADD_CHECKPOINT, [self._signed(seq, last, at)])
            existing = self._connection.execute(select(_CHECKPOINT).where(CheckpointRow.seq == seq)).one()
        return _checkpoint(existing)

    def _last(self) -> tuple[int, str]:
        if self._tail is None:
            found = self._connection.execute(_LAST).one_or_none()
            self._tail = (found.seq, found.hash) if found else (0, GENESIS)
        return self._tail

    def _signed(self, seq: int, link: str, at: datetime) -> dict[str, object]:
        if self._signer is None:
            raise AuditBrokenError(seq=seq)
        return {
            "seq": seq,
            "hash": link,
            "signed_at": at,
            "by": self._signer_name,
            "public_key": self._signer.public_key().public_bytes_raw().hex(),
            "signature": self._signer.sign(_statement(seq, link, self._signer_name, at)).hex(),
        }


def verify_chain(connection: Connection, anchors: Sequence[str] = ()) -> ChainReport:
    """Return what the chain holds, after proving every link, checkpoint and anchor.

    Raises:
        AuditBrokenError: the first row that does not prove; anything malformed in the store counts as that.
        AnchorMistypedError: every row proves, and an anchor is none, or differs from the chain's as a hand errs.
    """
    typed = TypedAnchors(anchors)
    walk = _Walk()
    try:
        marks = {row.seq: row for row in connection.execute(select(_CHECKPOINT))}
        rows = connection.execute(select(_AUDIT).order_by(AuditRow.seq), execution_options={"yield_per": 2000})
        for row in rows:
            walk.step(row, marks.pop(row.seq, None))
            typed.saw(walk.seq, walk.link)
    except (AttributeError, TypeError, ValueError, OverflowError) as error:  # a column that is not of its type
        raise AuditBrokenError(seq=walk.seq + 1) from error
    for missing in marks:  # a checkpoint beyond the end: the tail was cut off
        raise AuditBrokenError(seq=missing)
    typed.settle()
    return ChainReport(walk.seq, walk.link, walk.checkpoints, walk.last, frozenset(walk.signers))


class _Walk:
    """How far a verification has come: every row must follow from the one before."""

    def __init__(self) -> None:
        self.seq, self.link = 0, GENESIS
        self.checkpoints = 0
        self.last: Checkpoint | None = None
        self.signers: set[tuple[str, bytes]] = set()

    def step(self, row: Any, mark: Any) -> None:
        """Prove one row, and its checkpoint if it has one."""
        seq = self.seq + 1
        link = _hash(seq, row.event_id, row.kind, row.by, row.recorded_at, row.digest, self.link)
        if row.seq != seq or row.hash != link:
            raise AuditBrokenError(seq=seq)
        if mark is not None:
            self.last = _proved(_checkpoint(mark), link)
            self.signers.add((self.last.by, self.last.public_key))
            self.checkpoints += 1
        self.seq, self.link = seq, link


def last_checkpoint(connection: Connection) -> Checkpoint | None:
    """Return the newest checkpoint."""
    row = connection.execute(select(_CHECKPOINT).order_by(CheckpointRow.seq.desc()).limit(1)).one_or_none()
    return None if row is None else _checkpoint(row)


def checkpoint_after(connection: Connection, event_id: UUID) -> Checkpoint | None:
    """Return the first checkpoint that covers the event."""
    link = select(AuditRow.seq).where(AuditRow.event_id == event_id).limit(1).scalar_subquery()
    asked = select(_CHECKPOINT).where(CheckpointRow.seq >= link).order_by(CheckpointRow.seq).limit(1)
    row = connection.execute(asked).one_or_none()
    return None if row is None else _checkpoint(row)


def _row(seq: int, kind: str, event: Event, previous: str) -> dict[str, object]:
    content, at = digest(text_of(event)), made_at(event.id)
    link = _hash(seq, event.id, kind, event.by, at, content, previous)
    return {
        "seq": seq,
        "event_id": event.id,
        "kind": kind,
        "by": event.by,
        "recorded_at": at,
        "digest": content,
        "hash": link,
    }


def _hash(seq: int, event_id: UUID, kind: str, by: str, at: datetime, content: str, previous: str) -> str:
    body = _LINK.encode([seq, event_id.hex, kind, by, at.isoformat(), content, previous])
    return hashlib.sha256(body.encode()).hexdigest()


def _statement(seq: int, link: str, by: str, at: datetime) -> bytes:
    return f"bmis audit checkpoint|{seq}|{link}|{by}|{at.isoformat()}".encode()


def _checkpoint(row: Any) -> Checkpoint:
    try:
        key, signature = bytes.fromhex(row.public_key), bytes.fromhex(row.signature)
    except ValueError as error:
        raise AuditBrokenError(seq=row.seq) from error
    return Checkpoint(row.seq, row.hash, row.signed_at, row.by, key, signature)


def _proved(mark: Checkpoint, link: str) -> Checkpoint:
    try:
        key = Ed25519PublicKey.from_public_bytes(mark.public_key)
        key.verify(mark.signature, _statement(mark.seq, mark.hash, mark.by, mark.signed_at))
    except (InvalidSignature, ValueError) as error:
        raise AuditBrokenError(seq=mark.seq) from error
    if mark.hash != link:
        raise AuditBrokenError(seq=mark.seq)
    return mark
