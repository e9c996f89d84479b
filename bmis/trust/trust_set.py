"""What a desk trusts, ready to be asked: signers whose chains were proved, revocations, the status list."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType

from cryptography import x509

from bmis.trust.bundle import BundleContent
from bmis.trust.certificates import (
    SignerCertificate,
    fingerprint,
    load_root,
    load_signer,
    revoked_by,
)
from bmis.trust.errors import CertificateRefusedError
from bmis.trust.status_list import StatusList, StatusWord

_NEVER = datetime(1, 1, 1, tzinfo=UTC)
_Roots = tuple[tuple[x509.Certificate, bool], ...]


@dataclass(frozen=True, slots=True)
class TrustSet:
    """Without a bundle it is empty: every signer is unknown."""

    sequence: int = 0  # 0: no bundle
    issued_at: datetime = _NEVER
    fresh_until: datetime = _NEVER
    root_prints: tuple[str, ...] = ()
    signers: Mapping[tuple[str, int], tuple[SignerCertificate, ...]] = field(default_factory=dict)
    roots: _Roots = ()
    revoked: frozenset[tuple[str, int]] = frozenset()  # fingerprint of the root, number of the certificate
    status: StatusList = field(default_factory=StatusList)
    parts: Mapping[str, bytes] = field(default_factory=dict)
    skipped: int = 0  # certificates and lists that do not parse or have no chain
    listed_here: Callable[[int], StatusWord | None] | None = None  # what this home alone knows of a serial

    @classmethod
    def of(cls, content: BundleContent) -> "TrustSet":
        """Return the set of a bundle whose signature was proved. What is damaged in it is counted and left out."""
        skipped = 0
        roots: list[tuple[x509.Certificate, bool]] = []
        for der, is_ours in [
            *((each, True) for each in content.roots),
            *((each, False) for each in content.foreign_roots),
        ]:
            try:
                roots.append((load_root(der), is_ours))
            except CertificateRefusedError:
                skipped += 1
        revoked: frozenset[tuple[str, int]] = frozenset()
        for der in content.revocations:
            try:
                revoked |= revoked_by(der, [root for root, _ in roots])
            except CertificateRefusedError:
                skipped += 1
        proved, left_out = _proved((*content.signers, *content.foreign_signers), tuple(roots))
        signers: defaultdict[tuple[str, int], list[SignerCertificate]] = defaultdict(list)
        for one in proved:
            signers[one.signer, one.number].append(replace(one, is_revoked=(one.root, one.number) in revoked))
        return cls(
            sequence=content.sequence,
            issued_at=content.issued_at,
            fresh_until=content.fresh_until,
            root_prints=tuple(fingerprint(der) for der in content.roots),
            signers=MappingProxyType({key: tuple(each) for key, each in signers.items()}),
            roots=tuple(roots),
            revoked=revoked,
            status=content.status,
            parts=content.parts,
            skipped=skipped + left_out,
        )

    def signers_of(self, signer: str, reference: str) -> tuple[SignerCertificate, ...]:
        """Return the certificates that a seal's header names: none where it names no number."""
        try:
            return self.signers.get((signer, int(reference, 16)), ())
        except ValueError:
            return ()

    def is_listed(self, serial: int) -> bool:
        """Return whether the pass is revoked or suspended: the newer word of this home's and the bundle's.

        A bundle that does not list a pass that this home has listed says nothing: it may not have heard of it yet.
        """
        own = self.listed_here(serial) if self.listed_here is not None else None
        if own is not None and (own.is_listed or own.at >= self.issued_at):
            return own.is_listed
        return self.status.listed(serial)

    def is_stale(self, at: datetime) -> bool:
        """Return whether the bundle is too old, at that moment, for anything to be called valid."""
        return at > self.fresh_until


def _proved(untrusted: Iterable[bytes], roots: _Roots) -> tuple[list[SignerCertificate], int]:
    found, skipped = [], 0
    for der in untrusted:
        try:
            found.append(load_signer(der, roots))
        except CertificateRefusedError:
            skipped += 1
    return found, skipped
