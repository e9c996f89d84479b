"""What a post has withdrawn reaches the authority on a stick, and with its next bundle every other post."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import made_at, new_id
from bmis.staff.approval import Approval
from bmis.staff.second_pair_of_eyes import record_approval
from bmis.store.home import Home
from bmis.store.unit import OpenUnit, UnitOfWork
from bmis.trust.authority import act_subject
from bmis.trust.carried import take_log, write_log
from bmis.trust.desk_errors import DeskFileFormError, NothingConfirmedError, NothingReportedError
from bmis.trust.desk_file import DeskLog, Entry
from bmis.trust.errors import AuthorityMissingError
from bmis.trust.event import TrustEvent, TrustEventKind
from bmis.trust.heard import CarriedLog, HeardDesk, heard_desks
from bmis.trust.keys import Keys
from bmis.trust.records import SqlTrust
from bmis.trust.seal_status import SealStatus
from bmis.trust.signed_file import moment
from bmis.trust.status_list import LARGEST_SERIAL

KIND = "withdrawals"
CONFIRM = "trust.confirm"
"""The action that a second person signs where a pass is listed on the word of a desk that does not speak for it."""

LIFT = "trust.lift"
"""The action that a second person signs where such a pass comes off the list again."""

SpeaksFor = Callable[[UnitOfWork, str | None], Callable[[int], bool]]
"""Gives what tells whether a signer certified for that place (None: for none) has a say over a serial."""

LIFTED = "ACTIVE"
"""The code of a state, as a desk writes it of a pass that counts again."""

_WHY = re.compile(r"[A-Za-z_]{1,20}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ExportWithdrawals:
    """Signs what this home has said of passes: listed, and counting again."""

    home: Home
    open_read: OpenUnit
    now: Clock

    def __call__(self, by: Actor, after: int = 0) -> CarriedLog:
        """Return the file. It stores nothing: the log is what is kept anyway.

        Args:
            after: the number up to which the authority has heard this desk.

        Raises:
            NotAllowedError. DeskNothingNewError: nothing after that. SignerMissingError: no key of this home may sign.
        """
        require(by, Permission.EXCHANGE_TRUST)
        at = self.now()
        with self.open_read() as unit:
            whole = tuple(map(_entry, SqlTrust(unit).own_words()))
            return write_log(unit, self.home, KIND, whole, at, after)


@dataclass(frozen=True, slots=True)
class ImportWithdrawals:
    """Takes another desk's file at the authority: the next bundle lists what it says."""

    home: Home
    open_unit: OpenUnit
    now: Clock
    speaks_for: SpeaksFor

    def __call__(self, untrusted: bytes, by: Actor) -> CarriedLog:
        """Return what was taken; the same file twice is taken once.

        A desk has a say over the serials of the place that its signer was certified for. What it says of others is
        kept as reported: it lists nothing until two people here confirm it.

        Raises:
            NotAllowedError. AuthorityMissingError: only an authority makes the list.
            DeskFileFormError, DeskSignerUnknownError, DeskSignerRevokedError, DeskFileChangedError: the file.
            DeskFileElsewhereError: this desk's own, or of training. DeskFileOlderError, DeskFileGapError,
            DeskHistoryError: it does not follow what was heard of that desk.
        """
        require(by, Permission.EXCHANGE_TRUST)
        at = self.now()
        with self.open_unit() as unit:
            keys = Keys(unit, self.home)
            content = keys.content(at, with_status=False) if keys.authority() is not None else None
            if content is None:
                raise AuthorityMissingError
            say = cache(lambda reference: self.speaks_for(unit, keys.place_of(reference)))

            def event(entry: Entry, log: DeskLog, reference: str) -> TrustEvent:
                return _event(entry, log, say(reference), by.name, at)

            return take_log(unit, self.home, KIND, untrusted, content, event, by.name, at)


@dataclass(frozen=True, slots=True)
class ReportedSeal:
    """What a desk says of a pass that it has no say over. It lists nothing."""

    serial: int
    desk: str
    post: str
    why: str  # code of a state
    heard_at: datetime


@dataclass(frozen=True, slots=True)
class ReadWithdrawals:
    """Tells how long this home's own log is and how far other desks were heard."""

    open_read: OpenUnit

    def __call__(self, by: Actor) -> tuple[int, tuple[HeardDesk, ...]]:
        """Return the number of the newest own entry, and the desks. Raises NotAllowedError."""
        require(by, Permission.EXCHANGE_TRUST)
        with self.open_read() as unit:
            return sum(1 for _ in SqlTrust(unit).own_words()), heard_desks(unit, KIND)

    def reported(self, by: Actor) -> tuple[ReportedSeal, ...]:
        """Return what desks say of passes that they have no say over and nobody confirmed. Raises NotAllowedError."""
        require(by, Permission.EXCHANGE_TRUST)
        with self.open_read() as unit:
            return _reported(unit)


@dataclass(frozen=True, slots=True)
class ConfirmReported:
    """Lists a pass on the word of a desk that does not speak for it, by two people of the authority."""

    home: Home
    open_unit: OpenUnit
    now: Clock

    def __call__(self, serial: int, approval: Approval, by: Actor) -> ReportedSeal:
        """Return what was confirmed; from now on it is this home's own word.

        Raises:
            NotAllowedError, ApprovalMismatchError. AuthorityMissingError: only an authority makes the list.
            NothingReportedError: no desk says so of that serial, or it is confirmed.
        """
        require(by, Permission.MANAGE_TRUST)
        at = self.now()
        with self.open_unit() as unit:
            if Keys(unit, self.home).authority() is None:
                raise AuthorityMissingError
            found = next((one for one in _reported(unit) if one.serial == serial), None)
            if found is None:
                raise NothingReportedError
            record_approval(unit, approval.covering(CONFIRM, act_subject(str(serial)), by.name), at)
            SealStatus(unit).list([serial], found.why, by.name, at, reported_by=found.desk)
            unit.commit()
        return found


@dataclass(frozen=True, slots=True)
class LiftConfirmed:
    """Takes a confirmed pass off the list again, by two people: a holder wrongly confirmed must not stay refused."""

    home: Home
    open_unit: OpenUnit
    now: Clock

    def __call__(self, serial: int, approval: Approval, by: Actor) -> str:
        """Return the desk that had reported it; what it says stands as reported again, as long as it says so.

        Raises:
            NotAllowedError, ApprovalMismatchError. AuthorityMissingError: only an authority makes the list.
            NothingConfirmedError: this home's last word on that serial is no confirmation. What a desk with a say
                over the pass listed, that desk takes back; what this home withdrew itself, it reinstates.
        """
        require(by, Permission.MANAGE_TRUST)
        at = self.now()
        with self.open_unit() as unit:
            if Keys(unit, self.home).authority() is None:
                raise AuthorityMissingError
            desk = SqlTrust(unit).confirmed_of(serial)
            if desk is None:
                raise NothingConfirmedError
            record_approval(unit, approval.covering(LIFT, act_subject(str(serial)), by.name), at)
            SealStatus(unit).clear([serial], LIFTED, by.name, at)
            unit.commit()
        return desk


def _reported(unit: UnitOfWork) -> tuple[ReportedSeal, ...]:
    """The last word of each desk on each serial, where it says withdrawn and this home does not list the pass."""
    records = SqlTrust(unit)
    said = {
        (int(event.subject), str(event.facts["desk"])): event for event in records.events(TrustEventKind.SEAL_REPORTED)
    }
    listed = records.status() if said else {}
    return tuple(
        ReportedSeal(serial, desk, str(event.facts["post"]), str(event.facts["why"]), made_at(event.id))
        for (serial, desk), event in sorted(said.items())
        if event.facts["listed"] and not listed.get(serial, False)
    )


def _entry(word: tuple[int, bool, str, datetime]) -> Entry:
    serial, is_listed, why, since = word
    return {"serial": serial, "listed": is_listed, "state": why, "since": since.astimezone(UTC).isoformat()}


def _event(entry: Entry, log: DeskLog, speaks_for: Callable[[int], bool], by: str, at: datetime) -> TrustEvent:
    serial, is_listed, why, since = _checked(entry)
    facts: dict[str, object] = {"why": why, "since": since, "desk": log.desk, "post": log.post}
    kind = TrustEventKind.SEAL_LISTED if is_listed else TrustEventKind.SEAL_CLEARED
    if not speaks_for(serial):
        kind = TrustEventKind.SEAL_REPORTED
        facts["listed"] = is_listed
    return TrustEvent(new_id(at), kind, str(serial), by, facts)


def _checked(entry: Entry) -> tuple[int, bool, str, str]:
    """Return what an entry says. Raises DeskFileFormError: it is none."""
    serial: Any = entry.get("serial")
    is_listed: Any = entry.get("listed")
    why: Any = entry.get("state")
    if set(entry) != {"serial", "listed", "state", "since"} or type(is_listed) is not bool:
        raise DeskFileFormError("entry")
    if type(serial) is not int or not 1 <= serial <= LARGEST_SERIAL:
        raise DeskFileFormError("serial")
    if not isinstance(why, str) or not _WHY.fullmatch(why):
        raise DeskFileFormError("entry")
    try:
        return serial, is_listed, why, moment(entry["since"]).isoformat()
    except (ValueError, TypeError, OverflowError) as error:
        raise DeskFileFormError("moment") from error
