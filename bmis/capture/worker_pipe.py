"""What the reader and its worker process say to each other: a length, a line of JSON, then the pixels' bytes."""

import json
import os
import struct
import sys
from typing import IO, Any

_HEAD = struct.Struct(">II")  # bytes of JSON, bytes that follow it
MAX_JSON = 4_000_000
MAX_BODY = 80_000_000  # a picture of 25 megapixels in colour


class BrokenPipeTalkError(Exception):
    """The other side ended, or says what cannot be."""


def own_standard_output() -> IO[bytes]:
    """Return the pipe for answers; what a library prints goes to the error stream instead."""
    kept = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return os.fdopen(kept, "wb")


def send(pipe: IO[bytes], message: dict[str, Any], body: bytes = b"") -> None:
    """Write one message."""
    text = json.dumps(message).encode()
    pipe.write(_HEAD.pack(len(text), len(body)))
    pipe.write(text)
    pipe.write(body)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """Return the next message and its bytes.

    Raises:
        BrokenPipeTalkError: the pipe ended or holds no message.
    """
    text_length, body_length = _HEAD.unpack(_exactly(pipe, _HEAD.size))
    if text_length > MAX_JSON or body_length > MAX_BODY:
        raise BrokenPipeTalkError
    message = json.loads(_exactly(pipe, text_length))
    if not isinstance(message, dict):
        raise BrokenPipeTalkError
    return message, _exactly(pipe, body_length)


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    parts = []
    while length:
        part = pipe.read(length)
        if not part:
            raise BrokenPipeTalkError
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
