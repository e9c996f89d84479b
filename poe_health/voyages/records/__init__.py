"""Tables and queries of voyages."""

from poe_health.voyages.records.voyages import SqlVoyages

__all__ = ["SqlVoyages"]
