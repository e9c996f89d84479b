"""Tables and queries of screenings."""

from poe_health.screening.records.counting import SqlScreeningCounts
from poe_health.screening.records.writing import SqlScreenings

__all__ = ["SqlScreeningCounts", "SqlScreenings"]
