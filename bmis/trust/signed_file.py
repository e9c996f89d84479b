"""What every signed file has: a mark, who signed, the signature, each on a line; then the content, JSON."""

import base64
import binascii
from datetime import UTC, datetime
from typing import Any

_LONGEST_LINE = 32 * 1024


class NotAFileError(ValueError):
    """The bytes are no such file; ``reason`` says where reading stopped. Whoever reads turns it into an error."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def joined(mark: bytes, who: bytes, signature: bytes, body: bytes) -> bytes:
    """Return the file. ``mark`` ends with its line."""
    return b"\n".join((mark[:-1], base64.b64encode(who), base64.b64encode(signature), body))


def parted(untrusted: bytes, mark: bytes, largest: int) -> tuple[bytes, bytes, bytes]:
    """Return who signed, the signature and the content; nothing is proved and nothing of the content is read.

    Raises:
        NotAFileError: too large, another mark, cut short, no base64.
    """
    if len(untrusted) > largest:
        raise NotAFileError("size")
    if not untrusted.startswith(mark):
        raise NotAFileError("mark")
    first = untrusted.find(b"\n", len(mark), len(mark) + _LONGEST_LINE)
    second = untrusted.find(b"\n", first + 1, first + 1 + _LONGEST_LINE) if first > 0 else -1
    if second < 0:
        raise NotAFileError("short")
    try:
        who = base64.b64decode(untrusted[len(mark) : first], validate=True)
        signature = base64.b64decode(untrusted[first + 1 : second], validate=True)
    except binascii.Error as error:
        raise NotAFileError("base64") from error
    return who, signature, untrusted[second + 1 :]


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object of JSON. Raises ValueError: a key twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def moment(text: str) -> datetime:
    """Return the moment, UTC. Raises ValueError: none, or without a zone."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("a moment without a zone")
    return found.astimezone(UTC)
