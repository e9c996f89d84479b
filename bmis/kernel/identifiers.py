"""UUIDv7 identifiers (RFC 9562): time-ordered, so they index well and carry the moment they were made."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import uuid_utils

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def new_id(at: datetime | None = None) -> UUID:
    """Return a new UUIDv7; ``at`` sets its embedded time (training homes with a set clock)."""
    if at is None:
        return UUID(bytes=uuid_utils.uuid7().bytes)
    nanoseconds = (at - _EPOCH) // timedelta(microseconds=1) * 1000
    return UUID(bytes=uuid_utils.uuid7(nanoseconds=nanoseconds).bytes)


def made_at(identifier: UUID) -> datetime:
    """Return the UTC moment inside a UUIDv7, to the millisecond.

    Raises:
        ValueError: the identifier is not a UUIDv7.
    """
    if identifier.version != 7:
        raise ValueError("not a UUIDv7")
    return datetime.fromtimestamp((identifier.int >> 80) / 1000, UTC)
