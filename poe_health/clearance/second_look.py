"""Who waits by lot: some of those who may go on wait too, so that to wait says nothing of anybody's health."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from bmis.kernel.clock import Clock
from bmis.store.unit import UnitOfWork
from poe_health.clearance.errors import ClearanceRuleError
from poe_health.lists import bundled
from poe_health.store.records.secret_keys import SqlSecrets

OF = 1000
LOT = "second_look"
_DRAWN_BYTES = 8  # of the digest: what is left over of 2**64 by 1000 favours nobody


@dataclass(frozen=True, slots=True)
class Share:
    """So many of a thousand are drawn from that day on."""

    valid_from: date
    per_mille: int


@cache
def shares() -> tuple[Share, ...]:
    """Return the rows of resources/health/second_look.toml, the oldest first.

    Raises:
        ClearanceRuleError: they cannot be used. HealthListError: the file is missing or damaged.
    """
    try:
        rows = [(row["valid_from"], row["per_mille"]) for row in bundled("health", LOT).said["share"]]
    except (KeyError, TypeError) as error:
        raise ClearanceRuleError from error
    if any(type(day) is not date or type(many) is not int or not 0 <= many <= OF for day, many in rows):
        raise ClearanceRuleError
    return tuple(Share(day, many) for day, many in sorted(rows))


def share_on(day: date) -> int | None:
    """Return how many of a thousand are drawn on the day; None: no rule has begun."""
    begun = [one.per_mille for one in shares() if one.valid_from <= day]
    return begun[-1] if begun else None


@dataclass(frozen=True, slots=True)
class SecondLookLot:
    """Draws by HMAC-SHA-256 of the request under a random key that only health's own file holds.

    Nobody without the key foresees or chooses who is drawn, and a request that comes again draws the same.
    """

    now: Clock

    def __call__(self, unit: UnitOfWork, request_id: UUID, day: date, by: str) -> bool | None:
        """Return whether the traveller is drawn; None: no rule has begun, so no lot was drawn.

        Raises:
            ClearanceRuleError, HealthListError: as ``shares``.
        """
        share = share_on(day)
        if share is None:
            return None
        kept = SqlSecrets(unit)
        newest = next(iter(kept.every(LOT)), None)
        key = newest[1] if newest else kept.make(LOT, self.now(), by)
        drawn = hmac.new(key, request_id.bytes, hashlib.sha256).digest()[:_DRAWN_BYTES]
        return int.from_bytes(drawn) % OF < share
