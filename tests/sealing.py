"""A pass authority for tests: its keys, its bundle, passes of invented people. Days are those of the posts."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric import ec

from bmis.documents.dates import PartialDate
from bmis.documents.seals.base45 import to_base45
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
