"""The log of exports: what left, for whom and why. Every line is in the audit chain of the health store."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol
from uuid import UUID

from poe_health.exchange.identifiers import ExchangeKeys


class ExportKind(StrEnum):
    """What happened."""

    WRITTEN = "health.exported"  # kept before the files are put in place: no file without its line
    NOT_WRITTEN = "health.export_failed"
    SENT = "health.sent"


@dataclass(frozen=True, slots=True)
class ExportEvent:
    """One export. ``files`` are the digests by the part of the name; ``fields`` the names of what was in them.

    ``digests`` (of sent records the receiver has now) are keyed: nothing can be guessed from them.
    """

    id: UUID
    kind: ExportKind
    by: str
    role: str
    receiver: str
    level: str
    first: date
    last: date
    reason: str
    recipient: str
    records: int
    people: int
    fields: tuple[str, ...]
    files: Mapping[str, str]
    mapping: str
    template: str | None = None  # SHA-256
    target: str | None = None
    outcomes: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    digests: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def payload(self) -> Mapping[str, object]:
        """Return the content that the audit chain covers."""
        return {
            "id": str(self.id),
            "kind": self.kind.value,
            "by": self.by,
            "role": self.role,
            "receiver": self.receiver,
            "level": self.level,
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "reason": self.reason,
            "recipient": self.recipient,
            "records": self.records,
            "people": self.people,
            "fields": list(self.fields),
            "files": dict(self.files),
            "mapping": self.mapping,
            "template": self.template,
            "target": self.target,
            "outcomes": dict(self.outcomes),
            "digests": dict(self.digests),
        }


class ExchangeLog(Protocol):
    """What an export needs of the health store: its keys, its log, what receivers have already."""

    def keys(self) -> ExchangeKeys:
        """Return the secrets, made at the first export."""
        ...

    def keep(self, event: ExportEvent, opened: Sequence[UUID] = ()) -> None:
        """Keep the line in the audit, with one for each record of which single facts were opened."""
        ...

    def released(self) -> Collection[tuple[date, date]]:
        """Return the first and the last day of every public file that was given."""
        ...

    def known(self, target: str) -> Mapping[str, str]:
        """Return the digests of the records that the receiver has."""
        ...
