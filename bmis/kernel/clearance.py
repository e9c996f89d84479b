"""The one message that health gives to the border: anonymous, short-lived, no reason."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ClearanceOutcome(StrEnum):
    """What the lane may know of the health step."""

    H_OK = "H_OK"
    H_WAIT = "H_WAIT"
    H_WITH_HEALTH = "H_WITH_HEALTH"
    H_DECISION = "H_DECISION"


@dataclass(frozen=True, slots=True)
class Clearance:
    """Issued by port health, carried as a signed token; the lane keeps it in memory only.

    ``ref`` is ten random bytes in hexadecimal; ``card`` is the number on a card that was signed beforehand.
    """

    schema: int
    ref: str
    outcome: ClearanceOutcome
    issued_at: datetime
    valid_until: datetime
    post_code: str
    card: int | None = None
