"""Giving the trust bundle to other desks, and taking it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.identifiers import new_id
from bmis.staff.approval import Approval
from bmis.staff.second_pair_of_eyes import record_approval
from bmis.store.errors import ClockSetBackError
from bmis.store.home import Home
from bmis.store.unit import CLOCK_TOLERANCE, OpenUnit, UnitOfWork
from bmis.trust.authority import act_subject
from bmis.trust.bundle import BundleContent, digest_of, open_bundle, sign_bundle
from bmis.trust.certificates import fingerprint
from bmis.trust.errors import (
    AuthorityExistsError,
    BundleOfTrainingError,
    BundleOlderError,
    BundleRootError,
    TrustEmptyError,
)
from bmis.trust.event import TrustEvent, TrustEventKind
from bmis.trust.keys import Keys
from bmis.trust.records import SqlTrust
from bmis.trust.status_list import StatusWord
from bmis.trust.trust_set import TrustSet

TRUST = "trust.root"
"""The action that a second person signs where a root is trusted for the first time, or in place of another."""

ApproveRoot = Callable[[str], Approval | None]
"""Obtains the second person's signature on a root (its fingerprint); None where none is to be had."""


@dataclass(frozen=True, slots=True)
class GivenBundle:
    """A bundle and what is in it."""

    file: bytes
    content: BundleContent
    root: str  # fingerprint of the root that signed it


@dataclass(frozen=True, slots=True)
class ExportTrust:
    """Signs a new bundle at the authority's desk; every other desk passes on the one it has."""

    home: Home
    open_unit: OpenUnit
    now: Clock

    def __call__(self, by: Actor) -> GivenBundle:
        """Return the bundle, as kept.

        Raises:
            NotAllowedError. TrustEmptyError: neither an authority nor a bundle. PartRefusedError: too many parts.
            ClockSetBackError: a bundle made now would be too old at every post that takes it.
        """
        require(by, Permission.EXCHANGE_TRUST)
        at = self.now()
        with self.open_unit() as unit:
            keys = Keys(unit, self.home)
            authority = keys.authority()
            if authority is None and self.home.training and not keys.pins():
                authority = keys.make_authority(by.name, at)
            if authority is None:
                kept = keys.newest_bundle()
                if kept is None:
                    raise TrustEmptyError
                return GivenBundle(*kept, open_bundle(kept[0], None)[1])
            seen = SqlTrust(unit).last_recorded_at()
            if seen is not None and at < seen - CLOCK_TOLERANCE:
                raise ClockSetBackError
            keys.prepare_signer(authority, by.name, at)
            content = keys.content(at)
            if content is None:  # an authority always has something to say
                raise TrustEmptyError
            file = sign_bundle(content, authority.certificate, authority.key)
            _keep(unit, file, content, authority.root, "own", by.name, at)
            unit.commit()
        return GivenBundle(file, content, authority.root)


@dataclass(frozen=True, slots=True)
class ImportTrust:
    """Takes a bundle that a trusted root signed and that is newer than the one in force; else that one stays."""

    home: Home
    open_unit: OpenUnit
    now: Clock

    def __call__(
        self, untrusted: bytes, by: Actor, *, root: str | None = None, approve: ApproveRoot = lambda _: None
    ) -> GivenBundle:
        """Return the bundle in force.

        Args:
            root: fingerprint that was compared with the authority's paper: it is trusted from now on.
            approve: asked where a root becomes trusted that was not before.

        Raises:
            NotAllowedError. BundleFormError, BundleSignatureError, BundleOfTrainingError: the file.
            BundleRootError: its root is not trusted, or nobody else vouches for a root new to a live home.
            AuthorityExistsError: this home has an authority of its own.
            BundleOlderError: not newer than the one in force, or the same number with another content.
        """
        require(by, Permission.EXCHANGE_TRUST)
        at = self.now()
        with self.open_unit() as unit:
            keys = Keys(unit, self.home)
            pins, known = keys.pins(), keys.last_sequence()
            why = "bundle"
            if root is not None and root not in pins:
                if keys.authority() is not None:
                    raise AuthorityExistsError
                pins, known, why = (root,), 0, "chosen"
            elif not pins:
                why = "first"
            content, name = open_bundle(untrusted, pins or None)
            if content.state != keys.state and not self.home.training:
                raise BundleOfTrainingError
            if why != "bundle":
                self._vouched(unit, name, approve, by, at)
            if not self._is_newer(unit, content, untrusted, known):
                return GivenBundle(untrusted, content, name)
            keys.trust_roots(tuple(map(fingerprint, content.roots)), why, by.name, at)
            _keep(unit, untrusted, content, name, "taken", by.name, at)
            unit.commit()
        return GivenBundle(untrusted, content, name)

    def _vouched(self, unit: UnitOfWork, root: str, approve: ApproveRoot, by: Actor, at: datetime) -> None:
        approval = approve(root)
        if approval is not None:
            record_approval(unit, approval.covering(TRUST, act_subject(root), by.name), at)
        elif not self.home.training:  # what is trusted in training proves nothing to anybody
            raise BundleRootError(root=root[:16])

    @staticmethod
    def _is_newer(unit: UnitOfWork, content: BundleContent, file: bytes, known: int) -> bool:
        """Return False for the bundle that is in force already."""
        if content.sequence > known:
            return True
        last = SqlTrust(unit).last(TrustEventKind.BUNDLE_KEPT)
        if last is not None and last.subject == digest_of(file):
            return False
        raise BundleOlderError(given=content.sequence, known=known)


class StoredTrust:
    """What this home trusts, made once and again when it changes."""

    def __init__(self, home: Home, open_to_read: OpenUnit, now: Clock) -> None:
        self._home, self._read, self._now = home, open_to_read, now
        self._made: tuple[tuple[int, date], TrustSet] | None = None

    def __call__(self) -> TrustSet:
        """Return it; empty where there is neither an authority nor a bundle. Raises TrustRecordError."""
        at = self._now()
        with self._read() as unit:
            version = (SqlTrust(unit).version(), local(at).date())  # an authority's own word is never stale
            if self._made is not None and self._made[0] == version:
                return self._made[1]
            keys = Keys(unit, self._home)
            content = keys.content(at, with_status=False)
            in_force = keys.last_sequence()  # at an authority its own word has the number of the next bundle
        trust = TrustSet.of(content) if content is not None else TrustSet()
        trust = replace(trust, sequence=in_force or trust.sequence, listed_here=self._listed)
        self._made = (version, trust)
        return trust

    def _listed(self, serial: int) -> StatusWord | None:
        with self._read() as unit:
            return SqlTrust(unit).word_of(serial)


def _keep(unit: UnitOfWork, file: bytes, content: BundleContent, root: str, origin: str, by: str, at: datetime) -> None:
    facts: dict[str, object] = {
        "sequence": content.sequence,
        "issued_at": content.issued_at.isoformat(),
        "fresh_until": content.fresh_until.isoformat(),
        "root": root,
        "origin": origin,
        "listed": content.status.count,
    }
    SqlTrust(unit).add(TrustEvent(new_id(at), TrustEventKind.BUNDLE_KEPT, digest_of(file), by, facts, file))
