"""A pass authority for tests: its keys, its bundle, passes of invented people. Days are those of the posts."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric import ec

from bmis.documents.dates import PartialDate
from bmis.documents.seals.base45 import from_base45, to_base45
from bmis.documents.seals.pass_seal import CATEGORY, FEATURES, STATES, PassSeal
from bmis.documents.seals.vds import VdsHeader, sealed, unsigned_vds
from bmis.kernel.clock import local
from bmis.trust.bundle import BundleContent, sign_bundle
from bmis.trust.certificates import make_authority, make_revocations, make_signer
from bmis.trust.ecdsa import sign
from bmis.trust.policy import trust_rule
from bmis.trust.status_list import StatusList
from bmis.trust.trust_set import TrustSet

NOON = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
ROSA = PassSeal(
    scheme="MZMW1",
    serial=1234567,
    surname="NHAMUAVE",
    given_names="ROSA MARIA",
    sex="F",
    valid_from=TODAY,
    valid_to=TODAY + timedelta(days=364),
    birth=PartialDate(1988, 4, 12),
    zone="TETE1",
    posts=("MZ.L.CHD", "MZ.L.ZOB"),
    purpose="TRADE",
    dependants=2,
    photo=bytes(range(8)),
)


@dataclass
class Signer:
    """A key with its certificate."""

    key: ec.EllipticCurvePrivateKey
    certificate: bytes
    number: int


@dataclass
class Authority:
    """An issuing authority of the test's own."""

    state: str = "UTO"
    at: datetime = NOON
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def __post_init__(self):
        self.rule = trust_rule(self.at.date())
        self.root = make_authority(self.key, STATES[self.state], self.at, self.rule)

    def signer(self, number=0x3F2A1C, at=None):
        key = ec.generate_private_key(ec.SECP256R1())
        first = local(at or self.at).date()
        made = make_signer(key.public_key(), number, self.root, self.key, first, self.rule)
        return Signer(key, made, number)

    def seal(self, signer, seal=ROSA, on=TODAY, **header):
        return to_base45(self.raw(signer, seal, on, **header))

    def raw(self, signer, seal=ROSA, on=TODAY, **header):
        plain = VdsHeader(self.state, STATES[self.state] + "BP", f"{signer.number:X}", on, on, FEATURES, CATEGORY)
        unsigned = unsigned_vds(replace(plain, **header), seal.features())
        return sealed(unsigned, sign(unsigned, signer.key))

    def content(self, *signers, sequence=1, at=None, listed=(), revoked=(), **more):
        at = at or self.at
        until = at + self.rule.fresh_for
        crl = make_revocations([(one.number, at) for one in revoked], self.root, self.key, at, until)
        content = BundleContent(
            state=self.state,
            sequence=sequence,
            issued_at=at,
            fresh_until=until,
            roots=(self.root,),
            signers=tuple(one.certificate for one in signers),
            revocations=(crl,),
            status=StatusList.of(listed, 2_000_000),
        )
        return replace(content, **more)

    def bundle(self, *signers, **more):
        return sign_bundle(self.content(*signers, **more), self.root, self.key)

    def trust(self, *signers, **more):
        return TrustSet.of(self.content(*signers, **more))


def ten_answers(authority):
    """Return, by answer, the text of a seal that has it, the bundle to ask, and how many days later it is asked."""
    signer, stranger = authority.signer(), Authority(authority.state, authority.at)
    today = local(authority.at).date()

    def rosa(serial=ROSA.serial, days=0):
        day = today + timedelta(days=days)
        seal = replace(ROSA, scheme="MZMW", serial=serial, valid_from=day, valid_to=day + timedelta(days=364))
        return authority.seal(signer, seal, on=day)

    good, bundle = rosa(), authority.bundle(signer, listed=[77])
    forged = bytearray(from_base45(good))
    forged[-1] ^= 1
    strange = stranger.signer(9)
    return {
        "not_a_seal": (good[:-9], bundle, 0),
        "signer_unknown": (stranger.seal(strange, replace(ROSA, scheme="MZMW"), on=today), bundle, 0),
        "signature_invalid": (to_base45(bytes(forged)), bundle, 0),
        "signer_revoked": (good, authority.bundle(signer, revoked=[signer]), 0),
        "signer_expired": (rosa(days=100), authority.bundle(signer, at=authority.at + timedelta(days=100)), 100),
        "seal_revoked": (rosa(77), bundle, 0),
        "not_yet_valid": (rosa(days=1), bundle, 0),
        "expired": (good, bundle, 365),
        "trust_stale": (good, bundle, 30),
        "valid": (good, bundle, 0),
    }
