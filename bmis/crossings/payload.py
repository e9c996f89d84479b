"""Crossings and their events as plain values and back: what is hashed, kept and sent.

A field that is ``None`` or empty is left out: absent is unknown. A field added later is therefore absent from old
payloads and reads as unknown, so the form is filled, never changed.
"""

import dataclasses
from collections.abc import Mapping
from uuid import UUID

from bmis.crossings.crossing import Crossing, CrossingEvent, EventKind
from bmis.kernel.plain import Plain, moment_of, plain, plain_value, value_at, value_of, with_changes
from bmis.store.canonical import Message

SCHEMA = 1
"""Version of the form below. The hub accepts this one and the one before."""

__all__ = [
    "SCHEMA",
    "crossing_of",
    "crossing_payload",
    "event_of",
    "event_payload",
    "message",
    "plain",
    "plain_value",
    "value_at",
    "with_changes",
]


def crossing_payload(crossing: Crossing) -> dict[str, Plain]:
    """Return the whole crossing in plain values."""
    return {"schema": SCHEMA, **plain(crossing)}


def crossing_of(payload: Mapping[str, Plain]) -> Crossing:
    """Return the crossing that ``payload`` came from.

    Raises:
        ValueError: a value is not what its field holds.
        TypeError: likewise.
    """
    return value_of(Crossing, payload)


def event_payload(event: CrossingEvent) -> dict[str, Plain]:
    """Return the whole event in plain values; the two sides of a change stay, even where one is unknown."""
    found: dict[str, Plain] = {"schema": SCHEMA, **plain(dataclasses.replace(event, changes={}))}
    if event.changes:
        found["changes"] = {
            name: [plain_value(before), plain_value(after)] for name, (before, after) in event.changes.items()
        }
    return found


def event_of(payload: Mapping[str, Plain]) -> CrossingEvent:
    """Return the event that ``payload`` came from; the values of its changes stay plain.

    Raises:
        ValueError: a value is not what its field holds.
    """
    return CrossingEvent(
        id=UUID(payload["id"]),
        kind=EventKind(payload["kind"]),
        crossing_id=UUID(payload["crossing_id"]),
        by=str(payload["by"]),
        recorded_at=moment_of(payload["recorded_at"]),
        reason=str(payload.get("reason", "")),
        changes={name: (pair[0], pair[1]) for name, pair in payload.get("changes", {}).items()},
        second_officer=payload.get("second_officer"),
        other_id=UUID(payload["other_id"]) if payload.get("other_id") else None,
    )


def message(event: Crossing | CrossingEvent) -> Message:
    """Return what the audit chain and the outbox keep of it."""
    content = crossing_payload(event) if isinstance(event, Crossing) else event_payload(event)
    return Message.of(event.id, event.by, content)
