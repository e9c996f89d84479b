"""What the back-fill desk needs of the rooms."""

from datetime import date
from typing import Protocol
from uuid import UUID

from bmis.crossings.check_traveller import Examined
from bmis.crossings.crossing import Crossing, CrossingRequest
from bmis.crossings.paperwork.backfill import FilledForm
from bmis.crossings.paperwork.drafts import Draft, DraftEntry
from bmis.crossings.paperwork.forms import ContingencyForm
from bmis.staff.approval import Approval


class BackfillParts(Protocol):
    """Every call but ``utc_offset_minutes`` runs on the store thread and may raise BmisError."""

    @property
    def utc_offset_minutes(self) -> int:
        """The post's wall clock."""

    def local_day(self) -> date:
        """Return the day at the post."""

    def form(self, untrusted_number: str) -> ContingencyForm:
        """Return the form of that number.

        Raises:
            FormNumberError: misread or mistyped. FormUnknownError: never given out here.
        """

    def left(self) -> tuple[ContingencyForm, ...]:
        """Return the forms not yet typed in that should be here: a later one of their batch came back."""

    def check(self, request: CrossingRequest) -> Examined:
        """Return what the checks say."""

    def keep(self, filled: FilledForm, approval: Approval | None) -> Crossing:
        """Return the kept crossing.

        Raises:
            LateBackfillError, SecondPersonNeededError: a second person must agree; nothing was stored.
        """

    def single_officer(self) -> bool:
        """Return whether the second signature may be owed today."""

    def sign(self, request_id: UUID, name: str, password: str) -> Approval:
        """Return a second person's signature."""

    def defer(self, request_id: UUID) -> Approval:
        """Return a signature that is owed."""

    def kept_drafts(self) -> tuple[Draft, ...]:
        """Return what this person left half done here, the newest first."""

    def save_draft(self, entry: DraftEntry) -> Draft:
        """Keep what is half done, encrypted."""

    def forget_draft(self, request_id: UUID) -> None:
        """Forget what was half done, if it was kept."""
