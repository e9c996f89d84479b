"""Tables and queries of the cells of days."""

from bmis.flows.records.cells import SqlCells

__all__ = ["SqlCells"]
