"""The log of exports: what left, for whom and why. Every line is in the audit chain of the health store."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Protocol
from uuid import UUID

from bmis.kernel.identifiers import made_at
from poe_health.exchange.identifiers import ExchangeKeys
from poe_health.exchange.package import PERSONAL


class ExportKind(StrEnum):
    """What happened."""

    WRITTEN = "health.exported"  # kept before the files are put in place: no file without its line
    NOT_WRITTEN = "health.export_failed"
    SENT = "health.sent"


@dataclass(frozen=True, slots=True)
class ExportEvent:
    """One export. ``files`` are the digests by the part of the name; ``fields`` the names of what was in them.

    ``digests`` (of sent records the receiver has now) are keyed: nothing can be guessed from them. ``things``: our
    identifiers of what left, by case, also where the receiver's answer was lost. ``withdrawn``: cases taken back there.
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
    things: Mapping[str, Sequence[str]] = field(default_factory=lambda: MappingProxyType({}))
    withdrawn: Sequence[str] = ()

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
            "things": {case: list(those) for case, those in self.things.items()},
            "withdrawn": list(self.withdrawn),
        }


@dataclass(frozen=True, slots=True)
class Handed:
    """A single case that somebody else has from us. ``target`` None: in a file, of which nobody knows where it lies."""

    case: UUID
    receiver: str
    target: str | None
    level: str
    recipient: str
    at: datetime
    things: tuple[str, ...]

    @property
    def host(self) -> str | None:
        """Return the server that has it."""
        return None if self.target is None else self.target.rpartition(" ")[2]


def handed_in(lines: Iterable[Mapping[str, Any]]) -> tuple[Handed, ...]:
    """Return what of single cases others have after these lines of the log, oldest first: the newest of each place."""
    found: dict[tuple[str, str], Handed] = {}
    for said in lines:
        if said["level"] not in PERSONAL or said["kind"] == ExportKind.NOT_WRITTEN.value:
            continue
        place = said["target"] or f"{said['receiver']} {said['recipient']} {said['level']}"
        things = dict.fromkeys(said["digests"], ()) | said.get("things", {})  # earlier lines say only what arrived
        for case, those in things.items():
            before = found.pop((place, case), None)
            every = dict.fromkeys((*(before.things if before else ()), *those))
            found[place, case] = Handed(
                UUID(case),
                said["receiver"],
                said["target"],
                said["level"],
                said["recipient"],
                made_at(UUID(said["id"])),
                tuple(every),
            )
        for case in said.get("withdrawn", ()):
            found.pop((place, case), None)
    return tuple(found.values())


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

    def handed(self) -> Sequence[Handed]:
        """Return what of single cases others have from us."""
        ...

    def known(self, target: str) -> Mapping[str, str]:
        """Return the digests of the records that the receiver has."""
        ...
