"""The noun that every store of the post keeps: what happened to one record, by whom; never changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from bmis.kernel.identifiers import made_at

DETAIL = "detail"  # free text of staff about goods and things: kept with its record, never sent
SHORTEST_REASON = 10
LONGEST_TEXT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEvent:
    """``record_id`` names the record; the first event of a record has it as its own ``id``.

    ``digests``: salted digests of the parts that lie beside it, by name. ``request_id``: of what a desk asked.
    """

    id: UUID
    record_id: UUID
    by: str
    digests: Mapping[str, str] = field(default_factory=dict)

    @property
    def recorded_at(self) -> datetime:
        """When it was recorded, UTC."""
        return made_at(self.id)
