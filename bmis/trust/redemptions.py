"""Where a seal was shown: a copied code is seen when one serial turns up at two posts too soon."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Redemption:
    """One showing of a pass at a lane."""

    serial: int
    post_code: str
    at: datetime
    direction: str  # ENTRY, EXIT


class RedemptionLog(Protocol):
    """What verifying needs of the records of passes; the room of passes keeps them."""

    def of_serial(self, serial: int) -> Sequence[Redemption]:
        """Return where the pass was shown lately, the newest first; it changes nothing."""
        ...


def elsewhere(redemptions: Iterable[Redemption], within: timedelta) -> frozenset[Redemption]:
    """Return those that another post's showing contradicts: nearer than ``within``, too near for one card at both."""
    ordered = sorted(redemptions, key=lambda one: one.at)
    found: set[Redemption] = set()
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 :]:
            if other.at - one.at > within:
                break
            if other.post_code != one.post_code:
                found |= {one, other}
    return frozenset(found)
