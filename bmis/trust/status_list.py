"""Which passes are revoked or suspended: one bit for each serial, exact, looked up in no time."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bmis.documents.seals.pass_seal import MOST_SERIAL
from bmis.trust.errors import BundleFormError, SerialRefusedError

LARGEST_SERIAL = MOST_SERIAL
_MOST_PACKED = 9 * 1024 * 1024  # zlib adds a little to what it cannot press


@dataclass(frozen=True, slots=True)
class StatusWord:
    """What a home itself knows of one pass, and since when."""

    is_listed: bool  # False: it was listed and counts again
    at: datetime


@dataclass(frozen=True, slots=True)
class StatusList:
    """The bits. A serial beyond their end was issued after the list was made: it is not listed."""

    bits: bytes = b""

    @classmethod
    def of(cls, serials: Iterable[int], largest: int = 0) -> "StatusList":
        """Return the list in which these serials are set, made for serials up to ``largest`` at least.

        Raises:
            SerialRefusedError: a serial that no list can hold.
        """
        listed = list(serials)
        largest = max([largest, *listed])
        if largest > LARGEST_SERIAL or min(listed, default=1) < 1:
            raise SerialRefusedError(most=LARGEST_SERIAL)
        bits = bytearray((largest >> 3) + 1)
        for serial in listed:
            bits[serial >> 3] |= 1 << (serial & 7)
        return cls(bytes(bits))

    @classmethod
    def unpacked(cls, untrusted: bytes, size: int) -> "StatusList":
        """Return the list of packed bits that fill ``size`` bytes.

        Raises:
            BundleFormError: damaged, of another size, or a bomb.
        """
        if not 0 <= size <= (LARGEST_SERIAL >> 3) + 1 or len(untrusted) > _MOST_PACKED:
            raise BundleFormError("status")
        unpack = zlib.decompressobj()
        try:
            bits = unpack.decompress(untrusted, size + 1)
        except zlib.error as error:
            raise BundleFormError("status") from error
        if len(bits) != size or not unpack.eof or unpack.unused_data:
            raise BundleFormError("status")
        return cls(bits)

    def packed(self) -> bytes:
        """Return the bits as they travel."""
        return zlib.compress(self.bits, 9)

    def listed(self, serial: int) -> bool:
        """Return whether the pass is revoked or suspended."""
        at = serial >> 3
        return at < len(self.bits) and bool(self.bits[at] >> (serial & 7) & 1)

    @property
    def count(self) -> int:
        """Return how many are."""
        return int.from_bytes(self.bits).bit_count()
