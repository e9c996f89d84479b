"""The log of exports: who gave what to whom, and why. Never what was in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.identifiers import made_at
from bmis.store.unit import OpenUnit
from poe_health.exchange.export_event import Handed
from poe_health.exchange.records import SqlExportLog, standing_of
from poe_health.exchange.source import Standing

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


@dataclass(frozen=True, slots=True)
class Correction:
    """A case that a server has otherwise than it stands here: voided here, or changed after it was sent."""

    case: UUID
    standing: Standing
    handed: Handed


@dataclass(frozen=True, slots=True)
class ReadCorrections:
    """Answers what must be sent again or taken back: nothing that was corrected stays wrong elsewhere unsaid."""

    open_read: OpenUnit

    def __call__(self, by: Actor) -> tuple[Correction, ...]:
        """Return what waits, voided cases first, then by day. It waits until a sending says that it is done.

        Raises:
            NotAllowedError: the role does not read single records.
        """
        require(by, Permission.READ_HEALTH_RECORDS)
        with self.open_read() as unit:
            sent = [one for one in SqlExportLog(unit).handed() if one.target is not None]
            standing = standing_of(unit, {one.case for one in sent})
        found = [
            Correction(one.case, standing[one.case], one)
            for one in sent
            if one.case in standing and (standing[one.case].voided or standing[one.case].changed_at > one.at)
        ]
        return tuple(sorted(found, key=lambda one: (not one.standing.voided, one.standing.day, str(one.case))))


@dataclass(frozen=True, slots=True)
class WhereSent:
    """Answers who has a record from us, for whoever voids or corrects it."""

    open_read: OpenUnit

    def __call__(self, screening_id: UUID, by: Actor) -> tuple[Handed, ...]:
        """Return each place with the moment, oldest first; none: it never left.

        Raises:
            NotAllowedError: the role does not screen.
        """
        require(by, Permission.SCREEN_HEALTH)
        with self.open_read() as unit:
            return tuple(one for one in SqlExportLog(unit).handed() if one.case == screening_id)


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
