"""A desk's log on a stick: numbered entries, each sealed onto the one before, signed by the desk's own signer.

Nothing names a person. A file begins at any entry and goes to the newest; what lies before is named by its seal, so
that whoever takes it sees a gap, an older file and another history.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bmis.store.canonical import canonical
from bmis.trust.certificates import SignerCertificate
from bmis.trust.desk_errors import (
    DeskFileChangedError,
    DeskFileFormError,
    DeskFileGapError,
    DeskFileOlderError,
    DeskHistoryError,
    DeskNothingNewError,
    DeskSignerRevokedError,
    DeskSignerUnknownError,
)
from bmis.trust.ecdsa import is_signed, sign
from bmis.trust.keys import OwnSigner
from bmis.trust.signed_file import NotAFileError, joined, moment, once, parted
from bmis.trust.trust_set import TrustSet

MARK = b"BMIS-DESK-1\n"
LARGEST_FILE = 32 * 1024 * 1024  # bytes
MOST_ENTRIES = 200_000
_NAME = re.compile(r"[A-Z]{2}[A-Z0-9]{2} [0-9A-F]{1,20}", re.ASCII)  # of a signer, as the header of a seal writes it
_DESK = re.compile(r"[A-Za-z0-9._-]{1,60}", re.ASCII)
_HEAD = re.compile(r"[0-9a-f]{64}", re.ASCII)
_STATES = frozenset({"MOZ", "UTO"})

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DeskLog:
    """Entries of one desk's log, from number ``first`` on. ``before`` is the seal of the entry before it."""

    kind: str  # withdrawals, uses
    state: str  # issuing state of the passes: MOZ, in training UTO
    desk: str
    post: str
    made_at: datetime
    first: int
    before: str
    entries: tuple[Entry, ...]

    @property
    def last(self) -> int:
        """Return the number of the newest entry; one less than ``first`` where there is none."""
        return self.first + len(self.entries) - 1

    def head(self, number: int | None = None) -> str:
        """Return the seal of the entry of that number, of the newest one for None."""
        wanted = self.last if number is None else number
        return _sealed(self.before, self.entries[: wanted - self.first + 1])


@dataclass(frozen=True, slots=True)
class Heard:
    """How far a desk was heard: the number of the last entry, and its seal."""

    last: int
    head: str


def log_after(
    kind: str, state: str, desk: str, post: str, at: datetime, whole: Sequence[Entry], after: int = 0
) -> DeskLog:
    """Return the log from the entry after number ``after``. ``whole``: all entries of the desk, the oldest first.

    Raises:
        DeskNothingNewError: the log does not go beyond ``after``.
    """
    if not 0 <= after < len(whole):
        raise DeskNothingNewError(known=len(whole))
    # A file that is full ends early: the next one begins after its last entry.
    entries = tuple(whole[after : after + MOST_ENTRIES])
    return DeskLog(kind, state, desk, post, at, after + 1, _sealed(_origin(kind, desk), whole[:after]), entries)


def sign_log(log: DeskLog, signer: OwnSigner) -> bytes:
    """Return the file."""
    said = {
        "format": "bmis-desk/1",
        "kind": log.kind,
        "state": log.state,
        "desk": log.desk,
        "post": log.post,
        "made_at": log.made_at.astimezone(UTC).isoformat(),
        "first": log.first,
        "before": log.before,
        "entries": [dict(one) for one in log.entries],
    }
    body = json.dumps(said, sort_keys=True, separators=(",", ":")).encode("ascii")
    who = f"{signer.certificate.signer} {signer.certificate.reference}".encode("ascii")
    return joined(MARK, who, sign(MARK + body, signer.key), body)


def open_log(untrusted: bytes, kind: str, trust: TrustSet, at: datetime) -> tuple[DeskLog, SignerCertificate]:
    """Return the log and who signed it; the entries are objects and nothing else is proved of them.

    Raises:
        DeskFileFormError: no such file. DeskSignerUnknownError, DeskSignerRevokedError: who signed.
        DeskFileChangedError: changed after it was signed.
    """
    try:
        who, signature, body = parted(untrusted, MARK, LARGEST_FILE)
    except NotAFileError as error:
        raise DeskFileFormError(error.reason) from error
    signer = _signer(who, trust)
    if not is_signed(MARK + body, signature, signer.public):
        raise DeskFileChangedError
    if signer.is_revoked or at > signer.good_until:
        raise DeskSignerRevokedError(reference=signer.reference)
    return _of_json(body, kind), signer


def new_entries(log: DeskLog, heard: Heard | None) -> tuple[Entry, ...]:
    """Return the entries that were not heard before: none where the file says what is known.

    Raises:
        DeskFileOlderError, DeskFileGapError, DeskHistoryError: what they say.
    """
    known = heard or Heard(0, _origin(log.kind, log.desk))
    if log.first > known.last + 1:
        raise DeskFileGapError(given=log.first, known=known.last)
    if log.last < known.last:
        raise DeskFileOlderError(given=log.last, known=known.last)
    if log.head(known.last) != known.head or (log.first == 1 and log.before != _origin(log.kind, log.desk)):
        raise DeskHistoryError(desk=log.desk)
    return log.entries[known.last - log.first + 1 :]


def _origin(kind: str, desk: str) -> str:
    return hashlib.sha256(f"{kind} {desk}".encode()).hexdigest()


def _sealed(before: str, entries: Sequence[Entry]) -> str:
    for one in entries:
        before = hashlib.sha256(f"{before} {canonical(one)}".encode()).hexdigest()
    return before


def _signer(untrusted: bytes, trust: TrustSet) -> SignerCertificate:
    try:
        name = untrusted.decode("ascii")
    except UnicodeDecodeError as error:
        raise DeskFileFormError("signer") from error
    if not _NAME.fullmatch(name):
        raise DeskFileFormError("signer")
    found = [one for one in trust.signers_of(*name.split(" ")) if one.is_ours]
    if not found:
        raise DeskSignerUnknownError
    return found[0]


def _of_json(body: bytes, kind: str) -> DeskLog:
    """The content is signed; it is checked all the same, for a key may be stolen and a maker may err."""
    try:
        said = json.loads(body, object_pairs_hook=once)
        if said["format"] != "bmis-desk/1" or said["state"] not in _STATES:
            raise DeskFileFormError("format")
        if said["kind"] != kind:
            raise DeskFileFormError("kind")
        entries, first = said["entries"], said["first"]
        if not isinstance(entries, list) or not 1 <= len(entries) <= MOST_ENTRIES:
            raise DeskFileFormError("entries")
        if type(first) is not int or not 1 <= first < 2**53 or not all(isinstance(one, dict) for one in entries):
            raise DeskFileFormError("entries")
        if (
            not _DESK.fullmatch(said["desk"])
            or not _DESK.fullmatch(said["post"])
            or not _HEAD.fullmatch(said["before"])
        ):
            raise DeskFileFormError("desk")
        return DeskLog(
            kind=kind,
            state=said["state"],
            desk=said["desk"],
            post=said["post"],
            made_at=moment(said["made_at"]),
            first=first,
            before=said["before"],
            entries=tuple(entries),
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise DeskFileFormError("content") from error
