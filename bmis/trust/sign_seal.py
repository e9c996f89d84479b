"""Sealing a pass, inside the unit of work in which it is issued."""

from dataclasses import dataclass
from datetime import date, datetime

from bmis.documents.seals.base45 import to_base45
from bmis.documents.seals.pass_seal import CATEGORY, FEATURES, PassSeal
from bmis.documents.seals.vds import VdsHeader, sealed, unsigned_vds
from bmis.kernel.clock import local
from bmis.store.errors import ClockSetBackError
from bmis.store.home import Home
from bmis.store.unit import CLOCK_TOLERANCE, UnitOfWork
from bmis.trust.ecdsa import sign
from bmis.trust.errors import SignerMissingError
from bmis.trust.keys import Keys, OwnSigner
from bmis.trust.records import SqlTrust


@dataclass(frozen=True, slots=True)
class SignedSeal:
    """A sealed pass. ``text`` goes into a QR code of alphanumeric mode, error correction M (Q at 30 mm and more)."""

    text: str
    raw: bytes
    signer: str  # reference of the signer's certificate
    signed_on: date


@dataclass(frozen=True, slots=True)
class SealPass:
    """Seals passes with the key of this home; at the authority's own desk an old key is replaced by itself."""

    home: Home

    def __call__(self, unit: UnitOfWork, seal: PassSeal, by: str, at: datetime) -> SignedSeal:
        """Return the sealed pass. Nothing is committed here.

        Raises:
            ClockSetBackError: the clock is behind what the store has seen: the date of signing would be false.
            SignerMissingError: no key of this home may sign today.
        """
        seen = SqlTrust(unit).last_recorded_at()
        if seen is not None and at < seen - CLOCK_TOLERANCE:
            raise ClockSetBackError
        keys = Keys(unit, self.home)
        signer = keys.signer_today(at) or self._new_signer(keys, by, at)
        today, reference = local(at).date(), signer.certificate.reference
        header = VdsHeader(
            issuing_state=keys.state,
            signer=signer.certificate.signer,
            certificate=reference,
            issued_on=today,
            signed_on=today,
            feature_reference=FEATURES,
            category=CATEGORY,
        )
        unsigned = unsigned_vds(header, seal.features())
        raw = sealed(unsigned, sign(unsigned, signer.key))
        return SignedSeal(to_base45(raw), raw, reference, today)

    def _new_signer(self, keys: Keys, by: str, at: datetime) -> OwnSigner:
        authority = keys.authority()
        if authority is None and self.home.training and not keys.pins():
            authority = keys.make_authority(by, at)
        if authority is None:
            raise SignerMissingError
        keys.certify(authority, keys.make_key(by, at).public_key(), by, at)
        signer = keys.signer_today(at)
        if signer is None:
            raise SignerMissingError
        return signer
