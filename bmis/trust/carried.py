"""A desk's log as a signed file: written for other desks, and taken from them, whatever its entries say."""

from collections.abc import Callable
from datetime import datetime

from bmis.store.home import Home
from bmis.store.unit import UnitOfWork
from bmis.trust.bundle import BundleContent
from bmis.trust.desk_file import DeskLog, Entry, log_after, open_log, sign_log
from bmis.trust.errors import SignerMissingError
from bmis.trust.event import TrustEvent, TrustEventKind
from bmis.trust.heard import CarriedLog, fresh_of, note_heard
from bmis.trust.keys import Keys
from bmis.trust.records import SqlTrust
from bmis.trust.trust_set import TrustSet


def write_log(
    unit: UnitOfWork, home: Home, kind: str, whole: tuple[Entry, ...], at: datetime, after: int
) -> CarriedLog:
    """Return the file with the entries after number ``after``. It stores nothing.

    Raises:
        DeskNothingNewError: nothing after that. SignerMissingError: no key of this home may sign.
    """
    keys = Keys(unit, home)
    log = log_after(kind, keys.state, home.desk_id, home.post_code, at, whole, after)
    signer = keys.signer_of_files(at)
    if signer is None:
        raise SignerMissingError
    return CarriedLog(sign_log(log, signer), log, signer.certificate.reference, len(log.entries))


def take_log(
    unit: UnitOfWork,
    home: Home,
    kind: str,
    untrusted: bytes,
    trusted: BundleContent,
    event_of: Callable[[Entry, DeskLog, str], TrustEvent],
    by: str,
    at: datetime,
) -> CarriedLog:
    """Return what was taken, kept with one commit; a file that says nothing new changes nothing.

    Args:
        trusted: whose signers count. event_of: what is kept of an entry of a log that the signer of that reference
            signed; it raises DeskFileFormError for one that is none.

    Raises:
        As ``bmis.trust.desk_file.open_log`` and ``bmis.trust.heard.fresh_of``; DeskFileFormError.
    """
    log, signer = open_log(untrusted, kind, TrustSet.of(trusted), at)
    events = tuple(
        event_of(one, log, signer.reference) for one in log.entries
    )  # every entry is judged before any is kept
    fresh = fresh_of(unit, log, signer, home.desk_id, Keys(unit, home).state)
    new = events[len(events) - len(fresh) :]
    if new:
        SqlTrust(unit).add_many(new)
        note_heard(unit, log, signer, untrusted, by, at)
        unit.commit()
    reported = sum(1 for one in new if one.kind is TrustEventKind.SEAL_REPORTED)
    return CarriedLog(untrusted, log, signer.reference, len(new), reported)
