"""One byte form for a payload, so that a hash made today proves in ten years."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

type_error = "a payload holds text, numbers, booleans, null, lists and objects"


class Event(Protocol):
    """What the audit chain and the outbox need of a record."""

    @property
    def id(self) -> UUID:
        """A UUIDv7; the moment inside is when it was recorded."""
        ...

    @property
    def by(self) -> str:
        """The user's name."""
        ...

    def payload(self) -> Mapping[str, object]:
        """The whole content, plain values only."""
        ...


@dataclass(frozen=True, slots=True)
class Message:
    """An event whose payload was made, and written out, once: for a record that also keeps its own text."""

    id: UUID
    by: str
    content: Mapping[str, object]
    text: str

    @classmethod
    def of(cls, identifier: UUID, by: str, content: Mapping[str, object]) -> "Message":
        """Return the message of a payload."""
        return cls(identifier, by, content, canonical(content))

    def payload(self) -> Mapping[str, object]:
        """Return plain values."""
        return self.content


def text_of(event: Event) -> str:
    """Return the event's payload as canonical JSON."""
    return event.text if isinstance(event, Message) else canonical(event.payload())


def canonical(payload: Mapping[str, object]) -> str:
    """Return JSON with sorted keys, no spaces, no NaN; moments and days in ISO form.

    Raises:
        TypeError: a value that is not plain.
        ValueError: NaN or infinity.
    """
    return _ENCODER.encode(payload)


def digest(text: str) -> str:
    """Return the SHA-256 of the text as UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(type_error)


_ENCODER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_plain
)  # one for all: making one costs as much as writing a small payload
