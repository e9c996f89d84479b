"""Pictures that are kept with a crossing."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from bmis.crossings.crossing import ImageKind, KeptImage
from bmis.crossings.errors import ImageRefusedError

LARGEST_BYTES = 4 * 1024 * 1024  # a full page at 300 dots an inch, and a margin


@dataclass(frozen=True, slots=True)
class NewImage:
    """A JPEG to keep.

    Raises:
        ImageRefusedError: it is no JPEG, or too large.
    """

    id: UUID
    kind: ImageKind
    jpeg: bytes

    def __post_init__(self) -> None:
        if len(self.jpeg) > LARGEST_BYTES or not self.jpeg.startswith(b"\xff\xd8\xff"):
            raise ImageRefusedError(bytes=len(self.jpeg))

    def __repr__(self) -> str:
        return f"NewImage({self.id}, {self.kind.value})"  # a face never reaches a log

    @property
    def sha256(self) -> str:
        """Return the hash of the bytes, in hexadecimal."""
        return hashlib.sha256(self.jpeg).hexdigest()

    @property
    def kept(self) -> KeptImage:
        """Return what the crossing says of it."""
        return KeptImage(self.id, self.kind, self.sha256)
