"""The pages of an encrypted database and of its log, decrypted one by one: free pages and slack too, as on the disk."""

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, INITIAL, SALT = 4096, 80, 16, 16  # SQLCipher 4: AES-256-CBC, HMAC-SHA512
LOG_HEADER, FRAME_HEADER = 32, 24


def decrypted(database: Path, key: bytes) -> bytes:
    """Return every page of the file and every frame of its log, decrypted under the raw key."""
    return b"".join(_plain(page, first, key) for page, first in _pages(database))


def _pages(database: Path) -> Iterator[tuple[bytes, bool]]:
    raw = database.read_bytes()
    for number in range(len(raw) // PAGE):
        yield raw[number * PAGE : (number + 1) * PAGE], number == 0
    log = database.with_name(database.name + "-wal")
    frames = log.read_bytes()[LOG_HEADER:] if log.exists() else b""
    size = FRAME_HEADER + PAGE
    for number in range(len(frames) // size):
        frame = frames[number * size : (number + 1) * size]
        yield frame[FRAME_HEADER:], int.from_bytes(frame[:4], "big") == 1


def _plain(page: bytes, first: bool, key: bytes) -> bytes:
    vector = page[PAGE - RESERVED : PAGE - RESERVED + INITIAL]
    cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return cipher.update(page[SALT if first else 0 : PAGE - RESERVED]) + cipher.finalize()
