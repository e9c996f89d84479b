"""Directions, decisions, and which decision fits where (border.md 2.1)."""

from enum import StrEnum


class Direction(StrEnum):
    """Which way the traveller goes, as Mozambique sees it."""

    ENTRY = "ENTRY"
    EXIT = "EXIT"

    @property
    def other(self) -> "Direction":
        """Return the opposite direction."""
        return Direction.EXIT if self is Direction.ENTRY else Direction.ENTRY


class Decision(StrEnum):
    """What is stored. Pending stays open until a second event closes it."""

    ADMITTED = "ADMITTED"
    EXITED = "EXITED"
    REFUSED_ENTRY = "REFUSED_ENTRY"
    EXIT_PREVENTED = "EXIT_PREVENTED"
    PENDING_SECONDARY = "PENDING_SECONDARY"
    REFERRED = "REFERRED"
    WITHDRAWN = "WITHDRAWN"
    TRANSIT_ONLY = "TRANSIT_ONLY"


class RecordMode(StrEnum):
    """How the record came about."""

    NORMAL = "NORMAL"
    DEGRADED_OFFLINE = "DEGRADED_OFFLINE"
    PAPER_BACKFILL = "PAPER_BACKFILL"
    MASS_INFLUX = "MASS_INFLUX"
    TRAINING = "TRAINING"


LETS_THROUGH = frozenset({Decision.ADMITTED, Decision.EXITED, Decision.TRANSIT_ONLY})
"""The traveller goes on; a red finding then needs a second person."""

STOPS = frozenset({Decision.REFUSED_ENTRY, Decision.EXIT_PREVENTED})
"""The traveller is stopped; reasons are required."""

FITTING: dict[Direction, frozenset[Decision]] = {
    Direction.ENTRY: frozenset(
        {
            Decision.ADMITTED,
            Decision.REFUSED_ENTRY,
            Decision.PENDING_SECONDARY,
            Decision.REFERRED,
            Decision.WITHDRAWN,
            Decision.TRANSIT_ONLY,
        }
    ),
    Direction.EXIT: frozenset(
        {
            Decision.EXITED,
            Decision.EXIT_PREVENTED,
            Decision.PENDING_SECONDARY,
            Decision.REFERRED,
            Decision.WITHDRAWN,
        }
    ),
}
