"""The draft of a health desk: working state that a power cut must not take. No event, no record; it is forgotten."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

LASTS = timedelta(hours=48)
"""What nobody took up for so long is forgotten: the traveller is gone, and answers are kept no longer than needed."""


@dataclass(frozen=True, slots=True)
class HealthDraft:
    """One person's unfinished work at one desk. ``content`` is plain values only, and not shown by ``repr``."""

    request_id: UUID
    desk: str
    by: str
    started_at: datetime
    updated_at: datetime
    content: Mapping[str, object] = field(repr=False)
