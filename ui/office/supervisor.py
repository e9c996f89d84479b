"""The supervisor's use cases joined for one session."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from uuid import UUID

from bmis.crossings.errors import CrossingUnknownError
from bmis.crossings.paperwork.allocate_forms import forms_pdf
from bmis.crossings.paperwork.forms import ContingencyForm
from bmis.crossings.paperwork.rules import form_rule
from bmis.crossings.paperwork.shift_facts import ENTRIES, EXITS, TYPED_BY_HAND, CountShift
from bmis.crossings.rules import amendable_fields
from bmis.crossings.search_crossings import CrossingQuery
from bmis.crossings.view import CrossingSummary, CrossingView
from bmis.kernel.clock import local
from bmis.kernel.errors import BmisError
from bmis.paper.page import Imprint
from bmis.paper.shift_page import shift_page
from bmis.posts.point_of_entry import point_of_entry
from bmis.posts.post_setting import PostSetting, SettingName, SettingValue
from bmis.staff.approval import Approval, PendingApproval
from bmis.staff.second_pair_of_eyes import pending_approvals
from bmis.staff.session import SignedIn
from bmis.staff.shift import Shift, ShiftReport
from bmis.staff.shifts import current_shift
from bmis.store.outbox import waiting
from ui import compose
from ui.border_desk import BorderDesk
from ui.crossing_hours import hand_over
from ui.desktop.supervisor.parts import FormsNow, OwedApproval, SettingsNow, ShiftState, Today
from ui.office.shift_paper import shift_paper


@dataclass(frozen=True, slots=True)
class JoinedSupervisor:
    """Every call asks the use case, which asks what the role allows."""

    session: SignedIn
    desk: BorderDesk

    @classmethod
    def of(cls, session: SignedIn) -> "JoinedSupervisor":
        """Return the parts of a session."""
        return cls(session, compose.border_desk(session))

    def today(self) -> Today:
        """Return the tiles."""
        now, day = self.session.now(), self.local_day()
        midnight = datetime.combine(day, time(), timezone(timedelta(minutes=self.desk.place.utc_offset_minutes)))
        with self.session.store.read() as unit:
            counts = CountShift(self.session.home)(unit, midnight)
            unsent = waiting(unit.connection)
            owed = pending_approvals(unit, now)
        decided = counts.decisions
        return Today(
            day=day,
            entries=counts.others[ENTRIES],
            exits=counts.others[EXITS],
            stopped=decided.get("REFUSED_ENTRY", 0) + decided.get("EXIT_PREVENTED", 0),
            in_secondary=counts.in_secondary,
            typed_by_hand=counts.others[TYPED_BY_HAND],
            unsent=unsent,
            deferred=len(owed),
            overdue=sum(one.overdue for one in owed),
        )

    def approvals(self) -> tuple[OwedApproval, ...]:
        """Return the signatures owed."""
        with self.session.store.read() as unit:
            owed = pending_approvals(unit, self.session.now())
        return tuple(OwedApproval(one, self._crossing_of(one)) for one in owed)

    def settle(self, approval_id: UUID, approved: bool, reason: str) -> None:
        """Approve or reject."""
        self.desk.settle(approval_id, approved, reason, self.session.actor)

    def search(self, query: CrossingQuery) -> tuple[CrossingSummary, ...]:
        """Return the crossings found."""
        return self.desk.search(query, self.session.actor).found

    def show(self, crossing_id: UUID) -> CrossingView:
        """Return a crossing."""
        return self.desk.show(crossing_id, self.session.actor)

    def amendable(self) -> tuple[str, ...]:
        """Return the fields that may be corrected today."""
        return tuple(sorted(amendable_fields(self.local_day())))

    def amend(self, crossing_id: UUID, changes: Mapping[str, str | int | None], reason: str) -> CrossingView:
        """Return the corrected crossing."""
        return self.desk.amend(crossing_id, changes, reason, self.session.actor)

    def annul(self, crossing_id: UUID, reason: str, approval: Approval | None) -> CrossingView:
        """Return the annulled crossing."""
        return self.desk.annul(crossing_id, reason, self.session.actor, approval)

    def sign(self, action: str, subject_id: UUID, name: str, password: str) -> Approval:
        """Return a second person's signature."""
        return self.desk.second.immediate(action, subject_id, name, password, self.session.actor)

    def forms(self) -> FormsNow:
        """Return the contingency forms."""
        rule = form_rule(self.local_day())
        by = self.session.actor
        return FormsNow(self.desk.forms(by), self.desk.forms.missing_forms(by), rule.largest_batch)

    def allocate(self, count: int) -> tuple[ContingencyForm, ...]:
        """Return new forms."""
        return self.desk.allocate_forms(count, self.session.actor)

    def forms_pdf(self, batch: UUID) -> bytes:
        """Return a batch to print."""
        return forms_pdf(self.desk.forms(self.session.actor, batch), self._imprint())

    def mark_form(self, number: str, spoiled: bool, reason: str) -> ContingencyForm:
        """Return the form as spoiled or missing."""
        mark = self.desk.spoil_form if spoiled else self.desk.miss_form
        return mark(number, reason, self.session.actor)

    def shift(self) -> ShiftState:
        """Return the shift as it is now."""
        now = self.session.now()
        with self.session.store.read() as unit:
            shift = current_shift(unit)
            counts = CountShift(self.session.home)(unit, shift.opened_at) if shift else None
            deferred = tuple(pending_approvals(unit, now))
        missing = tuple(form.number for form in self.desk.forms.missing_forms(self.session.actor))
        return ShiftState(shift, counts, deferred, missing)

    def open_shift(self) -> Shift:
        """Return the shift, open."""
        return self.desk.open_shift(self.session.actor)

    def close_shift(self) -> ShiftReport:
        """Return what the page says."""
        report = self.desk.close_shift(self.session.actor)
        with suppress(BmisError):  # the shift is closed all the same; port health then sees that no counts came
            today = local(self.session.now()).date()
            for day in (today - timedelta(days=1), today):  # a shift goes over midnight
                hand_over(self.session, day)
        return report

    def shift_pdf(self, report: ShiftReport, missing_forms: tuple[str, ...], language: str) -> bytes:
        """Return the page to sign."""
        return shift_page(shift_paper(report, self._imprint(), missing_forms, language))

    def settings(self) -> SettingsNow:
        """Return the post's settings."""
        return SettingsNow(self.desk.post_settings(self.local_day()), self.desk.post_settings.history())

    def set_setting(
        self, name: SettingName, value: SettingValue, valid_from: date, valid_to: date | None, reason: str
    ) -> PostSetting:
        """Return the setting as kept."""
        return self.desk.set_post_setting(
            name, value, valid_from=valid_from, valid_to=valid_to, reason=reason, by=self.session.actor
        )

    def local_day(self) -> date:
        """Return the day at the post."""
        return self.local_time(self.session.now()).date()

    def local_time(self, at: datetime) -> datetime:
        """Return a moment as the post's clock shows it."""
        return local(at, self.desk.place.utc_offset_minutes)

    def _crossing_of(self, owed: PendingApproval) -> CrossingSummary | None:
        """The subject is a request or a crossing; a request that was never kept has neither."""
        by = self.session.actor
        kept = self.desk.was_kept(owed.subject_id, by)
        if kept is not None:
            return kept
        try:
            view = self.desk.show(owed.subject_id, by)
        except CrossingUnknownError:
            return None
        return self.desk.was_kept(view.crossing.request.request_id, by)

    def _imprint(self) -> Imprint:
        home = self.session.home
        post = point_of_entry(home.post_code)
        at = self.local_time(self.session.now())
        return Imprint(f"{post.name} ({home.post_code})", at, self.session.actor.name, home.training)
