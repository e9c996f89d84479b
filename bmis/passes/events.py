"""What happened to applications, passes and serials: events, never changed. Codes and digests, no person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from bmis.kernel.identifiers import made_at
from bmis.passes.lifecycle import PassKind


@dataclass(frozen=True, slots=True)
class PassEvent:
    """``subject`` is the application, the pass or the range; ``facts`` are plain values.

    Of a person they hold what is counted (sex, age band, purpose, district) and the salted digests of what can be
    erased, never a name, a number, a date of birth or a picture.
    """

    id: UUID
    kind: PassKind
    by: str
    subject: UUID
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def recorded_at(self) -> datetime:
        """When it happened, UTC."""
        return made_at(self.id)

    def payload(self) -> dict[str, object]:
        """Return plain values."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "by": self.by,
            "subject": self.subject,
            "facts": dict(self.facts),
        }
