"""What happened to a form or a draft: events, never changed, linked in the audit chain like every other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class PaperworkKind(StrEnum):
    """Kinds of event, as the audit chain and the outbox name them."""

    DRAFT_DISCARDED = "draft.discarded"
    FORMS_ALLOCATED = "forms.allocated"
    FORM_USED = "form.used"
    FORM_SPOILED = "form.spoiled"
    FORM_MISSING = "form.missing"


@dataclass(frozen=True, slots=True)
class PaperworkEvent:
    """``subject`` is the form's number, the batch or the draft's ``request_id``; ``facts`` are plain values."""

    id: UUID
    kind: PaperworkKind
    by: str
    subject: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def payload(self) -> dict[str, object]:
        """Return plain values."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "by": self.by,
            "subject": self.subject,
            "facts": dict(self.facts),
        }
