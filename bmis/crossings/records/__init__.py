"""Tables and queries of crossings. Rows never leave: callers get frozen nouns, safe in any thread."""

from bmis.crossings.records.digests import RedigestCrossings, crossing_digests
from bmis.crossings.records.history import SqlHistory
from bmis.crossings.records.searches import SqlSearches
from bmis.crossings.records.writing import SqlCrossings

__all__ = ["RedigestCrossings", "SqlCrossings", "SqlHistory", "SqlSearches", "crossing_digests"]
