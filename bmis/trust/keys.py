"""The keys of a home: its authority if it has one, its signers, and what it trusts. Inside one unit of work."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import cast

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from bmis.documents.seals.pass_seal import STATES
from bmis.kernel.clock import local
from bmis.kernel.identifiers import made_at, new_id
from bmis.store.home import Home
from bmis.store.unit import UnitOfWork
from bmis.trust.bundle import BundleContent, open_bundle
from bmis.trust.certificates import (
    SignerCertificate,
    fingerprint,
    make_authority,
    make_revocations,
    make_signer,
    public_bytes,
)
from bmis.trust.errors import BundleFormError, TrustRecordError
from bmis.trust.event import TrustEvent, TrustEventKind
from bmis.trust.policy import trust_rule
from bmis.trust.records import SqlTrust
from bmis.trust.status_list import StatusList
from bmis.trust.trust_set import TrustSet

ROOT, SIGNER = "root", "signer"
_BITS = 24  # of a signer's number: six characters in every seal


@dataclass(frozen=True, slots=True)
class Authority:
    """The issuing authority of a home, with its key."""

    certificate: bytes
    key: ec.EllipticCurvePrivateKey

    @property
    def root(self) -> str:
        """Return its fingerprint."""
        return fingerprint(self.certificate)


@dataclass(frozen=True, slots=True)
class OwnSigner:
    """A signer whose key is in this home."""

    certificate: SignerCertificate
    key: ec.EllipticCurvePrivateKey


class Keys:
    """Reads and makes the keys of the home in an open unit of work. Nothing is committed here."""

    def __init__(self, unit: UnitOfWork, home: Home) -> None:
        self._records, self._home = SqlTrust(unit), home

    @property
    def state(self) -> str:
        """Return the issuing state of this home's passes: in training nobody's."""
        return "UTO" if self._home.training else "MOZ"

    def authority(self) -> Authority | None:
        """Return the authority of this home: the root that signs. Raises TrustRecordError: its key is not there."""
        standing, begun = self.standing(), self._records.last(TrustEventKind.ROOT_BEGUN)
        signing = [one for one in standing if begun is not None and one.root == begun.subject]
        return next(iter(signing or standing), None)

    def standing(self) -> tuple[Authority, ...]:
        """Return the roots of this home that are not retired, the oldest first. Raises TrustRecordError."""
        retired = {one.subject for one in self._records.events(TrustEventKind.ROOT_RETIRED)}
        return tuple(
            Authority(event.blob, self._key(str(event.facts["public"])))
            for event in self._records.events(TrustEventKind.CERTIFIED)
            if event.facts["role"] == ROOT and event.blob is not None and event.subject not in retired
        )

    def waiting_root(self) -> Authority | None:
        """Return the root that was introduced and has not begun to sign."""
        standing, signing = self.standing(), self.authority()
        newest = standing[-1] if standing else None
        return None if newest is None or signing is None or newest.root == signing.root else newest

    def make_authority(self, by: str, at: datetime) -> Authority:
        """Return the new authority of this home, or its next root, which the home trusts from now on."""
        key = self._make_key(ROOT, by, at)
        made = make_authority(key, STATES[self.state], at, trust_rule(local(at).date()))
        self._keep_certificate(made, ROOT, key.public_key(), by, at, {})
        self.trust_roots(tuple(one.root for one in self.standing()), "own", by, at)
        return Authority(made, key)

    def make_key(self, by: str, at: datetime) -> ec.EllipticCurvePrivateKey:
        """Return a new key that waits for its certificate."""
        return self._make_key(SIGNER, by, at)

    def prepare_signer(self, authority: Authority, by: str, at: datetime) -> None:
        """See to it that the authority's own desk has signers for as long as a bundle of today is fresh.

        The next key is certified before the last one has served its time: the posts know it when it is first used.
        """
        rule, today = trust_rule(local(at).date()), local(at).date()
        last = self._last_day_signed(at)
        if last is None or last < today + rule.fresh_for:
            begins = today if last is None or last < today else last + timedelta(days=1)
            self.certify(authority, self.make_key(by, at).public_key(), by, at, begins)

    def certify(
        self,
        authority: Authority,
        public: ec.EllipticCurvePublicKey,
        by: str,
        at: datetime,
        begins: date | None = None,
        place: str | None = None,
    ) -> int:
        """Return the number of the signer that the authority has certified. Its key signs from today, or later.

        ``place``: the post or desk whose serials its word counts for; None: it seals, and speaks for no serials.
        """
        taken = {event.facts.get("reference") for event in self._records.events(TrustEventKind.CERTIFIED)}
        number = 0
        while number < 1 << (_BITS - 4) or f"{number:X}" in taken:  # six characters in all of them
            number = secrets.randbits(_BITS)
        today = local(at).date()
        made = make_signer(public, number, authority.certificate, authority.key, begins or today, trust_rule(today))
        more: dict[str, object] = {"reference": f"{number:X}", "root": authority.root}
        if place is not None:
            more["place"] = place
        self._keep_certificate(made, SIGNER, public, by, at, more)
        return number

    def place_of(self, reference: str) -> str | None:
        """Return for which post or desk the authority certified a signer, as last said; None where it was not said."""
        said = [
            one for one in self._records.events(TrustEventKind.CERTIFIED) if one.facts.get("reference") == reference
        ]
        said += self._records.of_subject(TrustEventKind.SIGNER_PLACED, reference)
        return next((str(one.facts["place"]) for one in reversed(said) if "place" in one.facts), None)

    def give_place(self, reference: str, place: str, by: str, at: datetime) -> None:
        """From now on the signer's word counts for the serials of that place, and of no other."""
        facts: dict[str, object] = {"place": place}
        self._records.add(TrustEvent(new_id(at), TrustEventKind.SIGNER_PLACED, reference, by, facts))

    def signer_today(self, at: datetime) -> OwnSigner | None:
        """Return the newest signer that may sign on the day and whose key is here."""
        today = local(at).date()
        fitting = [one for one in self._own_signers(at) if one.signs_from <= today <= one.signs_until]
        if not fitting:
            return None
        newest = max(fitting, key=lambda one: (one.signs_from, one.number))
        return OwnSigner(newest, self._key(_name_of(newest.public)))

    def signer_of_files(self, at: datetime) -> OwnSigner | None:
        """Return the newest signer whose key is here; the days on which it seals passes do not bind a desk's files."""
        fitting = [one for one in self._own_signers(at) if at <= one.good_until]
        if not fitting:
            return None
        newest = max(fitting, key=lambda one: (one.signs_from, one.number))
        return OwnSigner(newest, self._key(_name_of(newest.public)))

    def pins(self) -> tuple[str, ...]:
        """Return the fingerprints of the roots that this home trusts; none before the first."""
        last = self._records.last(TrustEventKind.ROOTS_TRUSTED)
        return tuple(str(each) for each in cast(list[object], last.facts["roots"])) if last else ()

    def trust_roots(self, roots: tuple[str, ...], why: str, by: str, at: datetime) -> None:
        """From now on these roots are trusted, and no others. ``why``: own, first, chosen, bundle."""
        if roots != self.pins():
            facts: dict[str, object] = {"roots": list(roots), "why": why}
            self._records.add(TrustEvent(new_id(at), TrustEventKind.ROOTS_TRUSTED, roots[0], by, facts))

    def newest_bundle(self) -> tuple[bytes, BundleContent] | None:
        """Return the bundle in force and what it says. Raises TrustRecordError: it does not open."""
        last = self._records.last(TrustEventKind.BUNDLE_KEPT)
        if last is None or last.blob is None:
            return None
        try:
            return last.blob, open_bundle(last.blob, None)[0]
        except BundleFormError as error:
            raise TrustRecordError from error

    def content(self, at: datetime, *, with_status: bool = True) -> BundleContent | None:
        """Return what holds now: at an authority's desk everything it keeps itself, else the newest bundle.

        Args:
            with_status: False leaves the authority's own status list empty, for who asks it serial by serial.
        """
        authority = self.authority()
        if authority is None:
            kept = self.newest_bundle()
            return kept[1] if kept else None
        rule, standing = trust_rule(local(at).date()), self.standing()
        certified = self._certified(standing)
        revoked = self._revoked()
        numbers = [
            (int(str(one.facts["reference"]), 16), revoked[one.subject]) for one in certified if one.subject in revoked
        ]
        foreign = self._records.events(TrustEventKind.FOREIGN_ACCEPTED)
        status = self._records.status() if with_status else {}
        listed = (serial for serial, is_listed in status.items() if is_listed)
        parts = {one.subject: one.blob for one in self._records.events(TrustEventKind.PART_PUBLISHED)}
        until = at + rule.fresh_for
        return BundleContent(
            state=self.state,
            sequence=self.last_sequence() + 1,
            issued_at=at.astimezone(UTC),
            fresh_until=until.astimezone(UTC),
            roots=tuple(one.certificate for one in standing),
            signers=tuple(one.blob for one in certified if one.blob is not None),
            foreign_roots=tuple(one.blob for one in foreign if one.blob is not None and one.facts["role"] == ROOT),
            foreign_signers=tuple(one.blob for one in foreign if one.blob is not None and one.facts["role"] == SIGNER),
            revocations=tuple(make_revocations(numbers, one.certificate, one.key, at, until) for one in standing),
            status=StatusList.of(listed, rule.largest_serial) if with_status else StatusList(),
            parts={name: blob for name, blob in parts.items() if blob is not None},
        )

    def last_sequence(self) -> int:
        """Return the sequence of the newest bundle that was made or taken here; 0: none."""
        last = self._records.last(TrustEventKind.BUNDLE_KEPT)
        return int(str(last.facts["sequence"])) if last else 0

    def _certified(self, standing: tuple[Authority, ...]) -> list[TrustEvent]:
        """Return the signers under the roots that stand; one without a named root is from before the first rollover."""
        events = self._records.events(TrustEventKind.CERTIFIED)
        first = next((one.subject for one in events if one.facts["role"] == ROOT), "")
        names = {one.root for one in standing}
        return [one for one in events if one.facts["role"] == SIGNER and one.facts.get("root", first) in names]

    def _own_signers(self, at: datetime) -> list[SignerCertificate]:
        """Return the signers whose keys are here and that nobody has revoked."""
        content = self.content(at, with_status=False)
        if content is None:
            return []
        held = self._records.secrets()
        known = (one for same in TrustSet.of(content).signers.values() for one in same)
        return [one for one in known if one.is_ours and not one.is_revoked and _name_of(one.public) in held]

    def _last_day_signed(self, at: datetime) -> date | None:
        return max((one.signs_until for one in self._own_signers(at)), default=None)

    def _revoked(self) -> dict[str, datetime]:
        return {one.subject: made_at(one.id) for one in self._records.events(TrustEventKind.SIGNER_REVOKED)}

    def _make_key(self, role: str, by: str, at: datetime) -> ec.EllipticCurvePrivateKey:
        key = ec.generate_private_key(ec.SECP256R1())
        secret = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())  # the store encrypts it
        event = TrustEvent(new_id(at), TrustEventKind.KEY_MADE, _name_of(key.public_key()), by, {"role": role})
        self._records.add(event, secret)
        return key

    def _keep_certificate(
        self, der: bytes, role: str, public: ec.EllipticCurvePublicKey, by: str, at: datetime, more: dict[str, object]
    ) -> None:
        made = x509.load_der_x509_certificate(der)
        facts: dict[str, object] = {
            "role": role,
            "public": _name_of(public),
            "good_until": made.not_valid_after_utc.isoformat(),
            **more,
        }
        self._records.add(TrustEvent(new_id(at), TrustEventKind.CERTIFIED, fingerprint(der), by, facts, der))

    def _key(self, name: str) -> ec.EllipticCurvePrivateKey:
        secret = self._records.secrets().get(name)
        try:
            key = load_der_private_key(secret or b"", None)
        except ValueError as error:
            raise TrustRecordError from error
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise TrustRecordError
        return key


def _name_of(public: ec.EllipticCurvePublicKey) -> str:
    return hashlib.sha256(public_bytes(public)).hexdigest()
