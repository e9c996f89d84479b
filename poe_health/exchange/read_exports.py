"""The log of exports: who gave what to whom, and why. Never what was in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.identifiers import made_at
from bmis.store.unit import OpenUnit
from poe_health.exchange.records import SqlExportLog

LISTED = 200


@dataclass(frozen=True, slots=True)
class LoggedExport:
    """One line. ``kind``: written, not written, sent; ``outcomes``: what became of the records that were sent."""

    id: UUID
    kind: str
    by: str
    receiver: str
    level: str
    first: date
    last: date
    reason: str
    recipient: str
    records: int
    people: int
    target: str | None
    outcomes: Mapping[str, int]

    @property
    def at(self) -> datetime:
        """Return when it happened, UTC."""
        return made_at(self.id)


@dataclass(frozen=True, slots=True)
class ReadExports:
    """Answers the log, for whoever watches over it."""

    open_read: OpenUnit

    def __call__(self, by: Actor, *, limit: int = LISTED) -> tuple[LoggedExport, ...]:
        """Return the newest lines first.

        Raises:
            NotAllowedError: the role does not read the audit.
        """
        require(by, Permission.READ_AUDIT)
        with self.open_read() as unit:
            return tuple(_line(said) for said in SqlExportLog(unit).newest(limit))


def _line(said: Mapping[str, Any]) -> LoggedExport:
    return LoggedExport(
        id=UUID(said["id"]),
        kind=said["kind"],
        by=said["by"],
        receiver=said["receiver"],
        level=said["level"],
        first=date.fromisoformat(said["first"]),
        last=date.fromisoformat(said["last"]),
        reason=said["reason"],
        recipient=said["recipient"],
        records=said["records"],
        people=said["people"],
        target=said["target"],
        outcomes=said["outcomes"],
    )
