"""A procedure or plan of the post: one version of an attached file, who approved it, when it is reviewed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from poe_health.keeping.event import KeptEvent

LARGEST = 20_000_000  # bytes


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A file as it was read where it could do no harm: its bytes, what it is, and its words."""

    content: bytes
    media: str
    pages: int
    text: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAdded(KeptEvent):
    """A version of a plan. ``sha256`` of the file, ``text_sha256`` of its words; ``text_length`` in characters.

    ``approved_by`` None: it is a draft, and is shown as one.
    """

    request_id: UUID
    code: str
    kind: str
    title: str
    version: str
    media: str
    pages: int
    size: int
    sha256: str
    text_sha256: str
    text_length: int
    review_on: date
    approved_by: str | None = None
    approved_on: date | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWithdrawn(KeptEvent):
    """A plan is no longer in force; its versions stay."""

    code: str


@dataclass(frozen=True, slots=True)
class PlanView:
    """A version as it stands. ``in_force``: the newest approved version of a plan that was not withdrawn."""

    added: PlanAdded
    in_force: bool
    withdrawn: bool

    def review_overdue(self, today: date) -> bool:
        """Return whether the version in force should have been reviewed."""
        return self.in_force and today > self.added.review_on


@dataclass(frozen=True, slots=True)
class PlanHit:
    """A version that holds the words; ``excerpt`` shows them between « and »."""

    view: PlanView
    excerpt: str
