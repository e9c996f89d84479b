"""What happens to keys, certificates, bundles and the status of seals. Append-only; what holds is folded from it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class TrustEventKind(StrEnum):
    """What happened. ``subject`` in words, ``blob`` after the colon."""

    KEY_MADE = "trust.key_made"  # SHA-256 of the public key
    CERTIFIED = "trust.certified"  # fingerprint of the certificate: the certificate
    SIGNER_PLACED = "trust.signer_placed"  # reference of a signer that was given its place, or another, afterwards
    ROOT_BEGUN = "trust.root_begun"  # fingerprint of the root that signs from now on
    ROOT_RETIRED = "trust.root_retired"  # fingerprint of the root that counts no more
    SIGNER_REVOKED = "trust.signer_revoked"  # fingerprint of the signer's certificate
    FOREIGN_ACCEPTED = "trust.foreign_accepted"  # fingerprint: the certificate
    ROOTS_TRUSTED = "trust.roots_trusted"  # fingerprint of the root that vouched
    BUNDLE_KEPT = "trust.bundle_kept"  # SHA-256 of the bundle: the bundle
    PART_PUBLISHED = "trust.part_published"  # name of the part: its content
    DESK_HEARD = "trust.desk_heard"  # another desk, whose file was taken
    USE_HEARD = "trust.use_heard"  # scheme and serial of a pass that another desk saw
    SEAL_REPORTED = "trust.seal_reported"  # serial that a desk listed which does not speak for it: it lists nothing
    SEAL_LISTED = "trust.seal_listed"  # serial
    SEAL_CLEARED = "trust.seal_cleared"  # serial


KEPT_HERE = frozenset({TrustEventKind.KEY_MADE})
"""Kinds that the hub does not hear of."""


@dataclass(frozen=True, slots=True)
class TrustEvent:
    """One event. Its facts hold codes, numbers and days: no secret, nobody's data."""

    id: UUID
    kind: TrustEventKind
    subject: str
    by: str
    facts: Mapping[str, object] = field(default_factory=dict)
    blob: bytes | None = None

    def payload(self) -> Mapping[str, object]:
        """Return what the audit and the hub get: of the blob its digest."""
        return {
            "id": str(self.id),
            "kind": self.kind.value,
            "subject": self.subject,
            "by": self.by,
            "facts": dict(self.facts),
            "sha256": None if self.blob is None else hashlib.sha256(self.blob).hexdigest(),
        }
