"""Where passes were used, carried between posts on a stick: a copied code shows as one serial at two posts.

Serial, moment, post and direction; nobody's name. What was heard of other desks is looked at, never counted.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from bmis.passes.at_crossing import ENTRY, EXIT, Use
from bmis.passes.events import PassEvent
from bmis.passes.lifecycle import PassKind
from bmis.passes.records.keeping import events_of_kind
from bmis.store.home import Home
from bmis.store.unit import OpenUnit, UnitOfWork
from bmis.trust.carried import take_log, write_log
from bmis.trust.desk_errors import DeskFileFormError, DeskSignerUnknownError
from bmis.trust.desk_file import DeskLog, Entry
from bmis.trust.event import TrustEvent, TrustEventKind
from bmis.trust.heard import CarriedLog, HeardDesk, heard_desks
from bmis.trust.keys import Keys
from bmis.trust.records import SqlTrust
from bmis.trust.signed_file import moment

KIND = "uses"
_FIELDS = frozenset({"use", "scheme", "serial", "post", "direction", "at", "withdrawn"})
_CODE = re.compile(r"[!-~]{1,20}", re.ASCII)
_LONG = re.compile(r"[!-~]{1,40}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ExportUses:
    """Signs where passes were used at this desk, with what was taken back."""

    home: Home
    open_read: OpenUnit
    now: Clock

    def __call__(self, by: Actor, after: int = 0) -> CarriedLog:
        """Return the file. It stores nothing. ``after``: the number up to which the other desk has heard this one.

        Raises:
            NotAllowedError. DeskNothingNewError: nothing after that. SignerMissingError: this desk has no key.
        """
        require(by, Permission.EXCHANGE_TRUST)
        at = self.now()
        with self.open_read() as unit:
            whole = tuple(map(_entry, events_of_kind(unit, PassKind.USED)))
            return write_log(unit, self.home, KIND, whole, at, after)


@dataclass(frozen=True, slots=True)
class ImportUses:
    """Takes another desk's uses, signed by a signer of the bundle in force."""

    home: Home
    open_unit: OpenUnit
    now: Clock

    def __call__(self, untrusted: bytes, by: Actor) -> CarriedLog:
        """Return what was taken; the same file twice is taken once.

        Raises:
            NotAllowedError. As ``bmis.trust.desk_file.open_log`` and ``bmis.trust.heard.fresh_of``.
        """
        require(by, Permission.EXCHANGE_TRUST)
        at = self.now()
        with self.open_unit() as unit:
            content = Keys(unit, self.home).content(at, with_status=False)
            if content is None:
                raise DeskSignerUnknownError
            return take_log(
                unit,
                self.home,
                KIND,
                untrusted,
                content,
                lambda one, log, _: _heard(one, log, by.name, at),
                by.name,
                at,
            )


@dataclass(frozen=True, slots=True)
class ReadCarriedUses:
    """Tells how long this desk's own log of uses is and how far other desks were heard."""

    open_read: OpenUnit

    def __call__(self, by: Actor) -> tuple[int, tuple[HeardDesk, ...]]:
        """Return the number of the newest own entry, and the desks. Raises NotAllowedError."""
        require(by, Permission.EXCHANGE_TRUST)
        with self.open_read() as unit:
            return len(events_of_kind(unit, PassKind.USED)), heard_desks(unit, KIND)


def heard_uses(unit: UnitOfWork, scheme: str, serial: str) -> tuple[Use, ...]:
    """Return where other desks saw the pass, as far as their files say, the newest first."""
    said: dict[tuple[str, str], Mapping[str, Any]] = {}
    for event in SqlTrust(unit).of_subject(TrustEventKind.USE_HEARD, f"{scheme} {serial}"):
        facts: Mapping[str, Any] = event.facts
        said[facts["desk"], facts["use"]] = facts
    found = [
        Use(
            id=UUID(facts["use"]),
            scheme=scheme,
            serial=serial,
            pass_id=None,
            crossing_id=None,
            post_code=facts["post"],
            desk_id=facts["desk"],
            direction=facts["direction"],
            at=moment(facts["at"]),
        )
        for facts in said.values()
        if not facts["withdrawn"]
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.id), reverse=True))


def _entry(event: PassEvent) -> Entry:
    facts = event.facts
    kept = {name: facts[name] for name in _FIELDS - {"withdrawn"}}
    return kept | {"withdrawn": bool(facts.get("withdrawn"))}


def _heard(entry: Entry, log: DeskLog, by: str, at: datetime) -> TrustEvent:
    _check(entry)
    facts: dict[str, object] = {name: entry[name] for name in ("use", "post", "direction", "at", "withdrawn")}
    subject = f"{entry['scheme']} {entry['serial']}"
    return TrustEvent(new_id(at), TrustEventKind.USE_HEARD, subject, by, facts | {"desk": log.desk})


def _check(entry: Entry) -> None:
    """Return only if it is an entry. Raises DeskFileFormError."""
    if set(entry) != _FIELDS or type(entry["withdrawn"]) is not bool or entry["direction"] not in (ENTRY, EXIT):
        raise DeskFileFormError("entry")
    try:
        UUID(entry["use"])
        moment(entry["at"])
        texts = [_CODE.fullmatch(entry["scheme"]), _LONG.fullmatch(entry["serial"]), _LONG.fullmatch(entry["post"])]
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        raise DeskFileFormError("entry") from error
    if not all(texts):
        raise DeskFileFormError("entry")
