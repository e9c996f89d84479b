"""One application of the rules of retention."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class RetentionRun:
    """What was taken: code of the rule to how many records. ``rules`` is the version that was applied.

    ``swept``: the pages of the file hold nothing of it any more; None: not told again, the store does not keep it.
    """

    id: UUID
    by: str
    recorded_at: datetime
    day: date
    rules: str
    taken: Mapping[str, int]
    swept: bool | None = field(default=None, compare=False)
