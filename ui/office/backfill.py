"""The back-fill desk's use cases joined for one session."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bmis.crossings.check_traveller import Examined
from bmis.crossings.crossing import Crossing, CrossingRequest
from bmis.crossings.paperwork.backfill import FilledForm
from bmis.crossings.paperwork.drafts import Draft, DraftEntry
from bmis.crossings.paperwork.errors import FormUnknownError
from bmis.crossings.paperwork.forms import ContingencyForm, parse_form_number
from bmis.crossings.record_crossing import BACKFILL
from bmis.kernel.clock import local
from bmis.staff.approval import Approval
from bmis.staff.session import SignedIn
from ui import compose
from ui.border_desk import BorderDesk
from ui.office.desk_drafts import forget, kept_of, save_of


@dataclass(frozen=True, slots=True)
class JoinedBackfill:
    """Every call asks the use case, which asks what the role allows."""

    session: SignedIn
    desk: BorderDesk

    @classmethod
    def of(cls, session: SignedIn) -> "JoinedBackfill":
        """Return the parts of a session."""
        return cls(session, compose.border_desk(session))

    @property
    def utc_offset_minutes(self) -> int:
        """The post's wall clock."""
        return self.desk.place.utc_offset_minutes

    def local_day(self) -> date:
        """Return the day at the post."""
        return local(self.session.now(), self.utc_offset_minutes).date()

    def form(self, untrusted_number: str) -> ContingencyForm:
        """Return the form."""
        number = parse_form_number(untrusted_number)
        found = next((form for form in self.desk.forms(self.session.actor) if form.number == number), None)
        if found is None:
            raise FormUnknownError
        return found

    def left(self) -> tuple[ContingencyForm, ...]:
        """Return the forms that should be here."""
        return self.desk.forms.missing_forms(self.session.actor)

    def check(self, request: CrossingRequest) -> Examined:
        """Return what the checks say."""
        return self.desk.check(request, self.session.actor)

    def keep(self, filled: FilledForm, approval: Approval | None) -> Crossing:
        """Return the kept crossing."""
        return self.desk.backfill(filled, self.session.actor, approval=approval)

    def single_officer(self) -> bool:
        """Return whether the second signature may be owed today."""
        return self.desk.post_settings(self.local_day()).single_officer

    def sign(self, request_id: UUID, name: str, password: str) -> Approval:
        """Return a second person's signature."""
        return self.desk.second.immediate(BACKFILL, request_id, name, password, self.session.actor)

    def defer(self, request_id: UUID) -> Approval:
        """Return a signature that is owed."""
        return self.desk.second.deferred(BACKFILL, request_id, self.session.actor)

    def kept_drafts(self) -> tuple[Draft, ...]:
        """Return what was left half done here."""
        return kept_of(self.desk, "backfill", self.session.actor)

    def save_draft(self, entry: DraftEntry) -> Draft:
        """Keep what is half done."""
        return save_of(self.desk, "backfill", entry, self.session.actor)

    def forget_draft(self, request_id: UUID) -> None:
        """Forget it."""
        forget(self.desk, request_id, self.session.actor)
