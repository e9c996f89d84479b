"""What is kept of reports: returns of posts, who owes them, past bulletins, published editions. Nothing is changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class ReportEventKind(StrEnum):
    """Kinds of event, as the audit chain and the outbox name them."""

    RETURN_RECEIVED = "report.return_received"
    RETURNS_EXPECTED = "report.returns_expected"
    BASELINE_IMPORTED = "report.baseline_imported"
    EDITION_PUBLISHED = "report.edition_published"


@dataclass(frozen=True, slots=True)
class ReportEvent:
    """One event, over local days ``first`` to ``last``. ``subject``: a post with a kind of return, or a report."""

    id: UUID
    kind: ReportEventKind
    subject: str
    first: date
    last: date
    by: str
    facts: Mapping[str, object]

    def payload(self) -> dict[str, object]:
        """Return plain values."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "subject": self.subject,
            "first": self.first,
            "last": self.last,
            "by": self.by,
            "facts": dict(self.facts),
        }
