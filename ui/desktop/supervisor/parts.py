"""What the supervisor's desk needs of the rooms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from bmis.crossings.paperwork.forms import ContingencyForm
from bmis.crossings.search_crossings import CrossingQuery
from bmis.crossings.view import CrossingSummary, CrossingView
from bmis.posts.post_setting import PostSetting, PostSettings, SettingName, SettingValue
from bmis.staff.approval import Approval, PendingApproval
from bmis.staff.shift import Shift, ShiftCounts, ShiftReport


@dataclass(frozen=True, slots=True)
class Today:
    """The day at this desk, from midnight at the post. ``unsent`` counts messages that the hub has not taken."""

    day: date
    entries: int
    exits: int
    stopped: int
    in_secondary: int
    typed_by_hand: int
    unsent: int
    deferred: int
    overdue: int


@dataclass(frozen=True, slots=True)
class OwedApproval:
    """A signature that is owed, and the crossing that it is for where there is one."""

    pending: PendingApproval
    crossing: CrossingSummary | None


@dataclass(frozen=True, slots=True)
class ShiftState:
    """The shift as it is now; ``counts`` None: none is open. ``missing_forms`` are numbers."""

    shift: Shift | None
    counts: ShiftCounts | None
    deferred: tuple[PendingApproval, ...]
    missing_forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormsNow:
    """The contingency forms of this desk, and how many may be given out at once."""

    forms: tuple[ContingencyForm, ...]
    missing: tuple[ContingencyForm, ...]
    largest_batch: int


@dataclass(frozen=True, slots=True)
class SettingsNow:
    """What holds at the post today, and everything that was ever said, oldest first."""

    today: PostSettings
    said: tuple[PostSetting, ...]


class SupervisorParts(Protocol):
    """Every call runs on the store thread and may raise BmisError."""

    def today(self) -> Today:
        """Return the tiles."""

    def approvals(self) -> tuple[OwedApproval, ...]:
        """Return the signatures owed, the oldest first."""

    def settle(self, approval_id: UUID, approved: bool, reason: str) -> None:
        """Approve or reject."""

    def search(self, query: CrossingQuery) -> tuple[CrossingSummary, ...]:
        """Return the crossings found, the newest first."""

    def show(self, crossing_id: UUID) -> CrossingView:
        """Return a crossing as it stands."""

    def amendable(self) -> tuple[str, ...]:
        """Return the fields that may be corrected today."""

    def amend(self, crossing_id: UUID, changes: Mapping[str, str | int | None], reason: str) -> CrossingView:
        """Return the corrected crossing."""

    def annul(self, crossing_id: UUID, reason: str, approval: Approval | None) -> CrossingView:
        """Return the annulled crossing.

        Raises:
            SecondPersonNeededError: it is one's own record.
        """

    def sign(self, action: str, subject_id: UUID, name: str, password: str) -> Approval:
        """Return a second person's signature."""

    def forms(self) -> FormsNow:
        """Return the contingency forms."""

    def allocate(self, count: int) -> tuple[ContingencyForm, ...]:
        """Return new forms, their numbers kept."""

    def forms_pdf(self, batch: UUID) -> bytes:
        """Return a batch to print."""

    def mark_form(self, number: str, spoiled: bool, reason: str) -> ContingencyForm:
        """Return the form as spoiled or missing."""

    def shift(self) -> ShiftState:
        """Return the shift as it is now."""

    def open_shift(self) -> Shift:
        """Return the shift, open."""

    def close_shift(self) -> ShiftReport:
        """Return what the page to sign says; the shift is closed and the audit chain signed."""

    def shift_pdf(self, report: ShiftReport, missing_forms: tuple[str, ...], language: str) -> bytes:
        """Return the page to sign."""

    def settings(self) -> SettingsNow:
        """Return the post's settings."""

    def set_setting(
        self, name: SettingName, value: SettingValue, valid_from: date, valid_to: date | None, reason: str
    ) -> PostSetting:
        """Return the setting as kept."""

    def local_day(self) -> date:
        """Return the day at the post."""

    def local_time(self, at: datetime) -> datetime:
        """Return a moment as the post's clock shows it."""
