"""What the secondary desk needs of the rooms."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import UUID

from bmis.crossings.check_traveller import Examined
from bmis.crossings.crossing import Crossing, CrossingRequest, ImageKind, Verdict
from bmis.crossings.paperwork.drafts import Draft, DraftEntry
from bmis.crossings.view import CrossingSummary, CrossingView
from bmis.staff.approval import Approval


@dataclass(frozen=True, slots=True)
class WaitingCase:
    """Somebody in secondary, and since how long."""

    view: CrossingView
    waited: timedelta

    @property
    def id(self) -> UUID:
        """The pending crossing."""
        return self.view.crossing.id


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """A JPEG kept with the pending crossing. Its bytes are not shown by ``repr``."""

    kind: ImageKind
    jpeg: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What is known around a case: earlier crossings on the document, and those of people of the same name and birth
    date on other documents, who may be others; and the pictures."""

    history: tuple[CrossingSummary, ...]
    namesakes: tuple[CrossingSummary, ...]
    pictures: tuple[KeptPicture, ...]


class SecondaryParts(Protocol):
    """Every call runs on the store thread and may raise BmisError; the local times may be asked from anywhere."""

    def waiting(self) -> tuple[WaitingCase, ...]:
        """Return who waits, the longest first."""

    def file(self, case: WaitingCase) -> CaseFile:
        """Return what is known around a case."""

    def check(self, request: CrossingRequest, closes: UUID) -> Examined:
        """Return what the checks say now."""

    def decide(self, request: CrossingRequest, verdict: Verdict, closes: UUID, approval: Approval | None) -> Crossing:
        """Return the crossing that decides the pending one.

        Raises:
            FindingsChangedError, NotAcknowledgedError, SecondPersonNeededError: nothing was stored.
        """

    def single_officer(self) -> bool:
        """Return whether the second signature may be owed today."""

    def sign(self, request_id: UUID, name: str, password: str) -> Approval:
        """Return a second person's signature for letting somebody go on against a red check."""

    def defer(self, request_id: UUID) -> Approval:
        """Return a signature that is owed."""

    def kept_drafts(self) -> tuple[Draft, ...]:
        """Return what this person left half done here, the newest first."""

    def save_draft(self, entry: DraftEntry) -> Draft:
        """Keep what is half done, encrypted."""

    def forget_draft(self, request_id: UUID) -> None:
        """Forget what was half done, if it was kept."""

    def notice_pdf(self, crossing: Crossing) -> bytes:
        """Return the notice of a refusal or of a prevented exit."""

    def notice_printed(self, crossing_id: UUID) -> None:
        """Keep that the notice was given out."""

    def local_day(self) -> date:
        """Return the day at the post."""

    def local_time(self, at: datetime) -> datetime:
        """Return a moment as the post's clock shows it."""
