"""How far this home has heard the logs of other desks, by the files that they wrote for it."""

from dataclasses import dataclass
from datetime import datetime

from bmis.kernel.identifiers import made_at, new_id
from bmis.store.unit import UnitOfWork
from bmis.trust.bundle import digest_of
from bmis.trust.certificates import SignerCertificate
from bmis.trust.desk_errors import DeskFileElsewhereError, DeskHistoryError
from bmis.trust.desk_file import DeskLog, Entry, Heard, new_entries
from bmis.trust.event import TrustEvent, TrustEventKind
from bmis.trust.records import SqlTrust
from bmis.trust.signed_file import moment


@dataclass(frozen=True, slots=True)
class CarriedLog:
    """A file of a desk and what is in it. ``fresh``: how many of its entries were not known before.

    ``unconfirmed``: how many of those speak of passes that the desk has no say over.
    """

    file: bytes
    log: DeskLog
    signer: str  # reference
    fresh: int
    unconfirmed: int = 0


@dataclass(frozen=True, slots=True)
class HeardDesk:
    """How far one desk was heard."""

    desk: str
    post: str
    signer: str
    last: int
    head: str  # the seal of that entry
    made_at: datetime  # when the desk wrote the file
    heard_at: datetime


def heard_desks(unit: UnitOfWork, kind: str) -> tuple[HeardDesk, ...]:
    """Return how far each desk was heard, by desk. ``kind``: of the log."""
    newest = {one.subject: one for one in SqlTrust(unit).events(TrustEventKind.DESK_HEARD) if one.facts["kind"] == kind}
    return tuple(
        HeardDesk(
            desk=desk,
            post=str(event.facts["post"]),
            signer=str(event.facts["signer"]),
            last=int(str(event.facts["last"])),
            head=str(event.facts["head"]),
            made_at=moment(str(event.facts["made_at"])),
            heard_at=made_at(event.id),
        )
        for desk, event in sorted(newest.items())
    )


def fresh_of(unit: UnitOfWork, log: DeskLog, signer: SignerCertificate, own: str, state: str) -> tuple[Entry, ...]:
    """Return the entries of a log that were not heard before. ``own``, ``state``: this desk, its issuing state.

    Raises:
        DeskFileElsewhereError: this desk's own, or of training. DeskFileOlderError, DeskFileGapError,
        DeskHistoryError: it does not follow what was heard of that desk.
    """
    if log.state != state or log.desk == own:
        raise DeskFileElsewhereError
    known = heard_desks(unit, log.kind)
    if any(one.signer == signer.reference and one.desk != log.desk for one in known):
        raise DeskHistoryError(desk=log.desk)
    heard = next((Heard(one.last, one.head) for one in known if one.desk == log.desk), None)
    return new_entries(log, heard)


def note_heard(unit: UnitOfWork, log: DeskLog, signer: SignerCertificate, file: bytes, by: str, at: datetime) -> None:
    """Keep how far the desk was heard. Nothing is committed here."""
    facts: dict[str, object] = {
        "kind": log.kind,
        "post": log.post,
        "signer": signer.reference,
        "last": log.last,
        "head": log.head(),
        "made_at": log.made_at.isoformat(),
        "file": digest_of(file),
    }
    SqlTrust(unit).add(TrustEvent(new_id(at), TrustEventKind.DESK_HEARD, log.desk, by, facts))
