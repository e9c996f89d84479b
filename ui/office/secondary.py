"""The use cases of secondary joined for one session."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bmis.crossings.check_traveller import Examined
from bmis.crossings.crossing import Crossing, CrossingRequest, Verdict
from bmis.crossings.paperwork.drafts import Draft, DraftEntry
from bmis.crossings.paperwork.notice import notice_of
from bmis.crossings.paperwork.record_print import Printed
from bmis.crossings.record_crossing import LET_THROUGH
from bmis.crossings.search_crossings import CrossingQuery
from bmis.crossings.view import CrossingSummary
from bmis.documents.travel_document import TravelDocument
from bmis.kernel.clock import local
from bmis.paper.notice import refusal_notice
from bmis.posts.point_of_entry import point_of_entry
from bmis.staff.approval import Approval
from bmis.staff.session import SignedIn
from ui import compose
from ui.border_desk import BorderDesk
from ui.desktop.secondary.parts import CaseFile, KeptPicture, WaitingCase
from ui.office.desk_drafts import forget, kept_of, save_of

LONGEST_HISTORY = 50


@dataclass(frozen=True, slots=True)
class JoinedSecondary:
    """Every call asks the use case, which asks what the role allows."""

    session: SignedIn
    desk: BorderDesk

    @classmethod
    def of(cls, session: SignedIn) -> "JoinedSecondary":
        """Return the parts of a session."""
        return cls(session, compose.border_desk(session))

    def waiting(self) -> tuple[WaitingCase, ...]:
        """Return who waits."""
        by = self.session.actor
        return tuple(WaitingCase(self.desk.show(one.crossing.id, by), one.waited) for one in self.desk.pending(by))

    def file(self, case: WaitingCase) -> CaseFile:
        """Return what is known around a case."""
        by, document = self.session.actor, case.view.crossing.document
        same = self._on_document(document)
        known = {one.id for one in same} | {case.id}
        pictures = tuple(KeptPicture(one.kind, one.jpeg) for one in self.desk.show.images(case.id, by))
        return CaseFile(
            tuple(one for one in same if one.id != case.id),
            tuple(one for one in self._namesakes(document) if one.id not in known),
            pictures,
        )

    def check(self, request: CrossingRequest, closes: UUID) -> Examined:
        """Return what the checks say now."""
        return self.desk.check(request, self.session.actor, closes=closes)

    def decide(self, request: CrossingRequest, verdict: Verdict, closes: UUID, approval: Approval | None) -> Crossing:
        """Return the crossing that decides the pending one."""
        return self.desk.record(request, verdict, self.session.actor, closes=closes, approval=approval)

    def single_officer(self) -> bool:
        """Return whether the second signature may be owed today."""
        return self.desk.post_settings(self.local_day()).single_officer

    def sign(self, request_id: UUID, name: str, password: str) -> Approval:
        """Return a second person's signature."""
        return self.desk.second.immediate(LET_THROUGH, request_id, name, password, self.session.actor)

    def defer(self, request_id: UUID) -> Approval:
        """Return a signature that is owed."""
        return self.desk.second.deferred(LET_THROUGH, request_id, self.session.actor)

    def kept_drafts(self) -> tuple[Draft, ...]:
        """Return what was left half done here."""
        return kept_of(self.desk, "secondary", self.session.actor)

    def save_draft(self, entry: DraftEntry) -> Draft:
        """Keep what is half done."""
        return save_of(self.desk, "secondary", entry, self.session.actor)

    def forget_draft(self, request_id: UUID) -> None:
        """Forget it."""
        forget(self.desk, request_id, self.session.actor)

    def notice_pdf(self, crossing: Crossing) -> bytes:
        """Return the notice."""
        home = self.session.home
        post = point_of_entry(home.post_code)
        return refusal_notice(
            notice_of(
                crossing,
                post_name=f"{post.name} ({home.post_code})",
                officer=crossing.by,
                printed_at=self.session.now(),
                printed_by=self.session.actor.name,
                training=home.training,
            )
        )

    def notice_printed(self, crossing_id: UUID) -> None:
        """Keep that the notice was given out."""
        self.desk.record_print(crossing_id, Printed.NOTICE, self.session.actor)

    def local_day(self) -> date:
        """Return the day at the post."""
        return self.local_time(self.session.now()).date()

    def local_time(self, at: datetime) -> datetime:
        """Return a moment as the post's clock shows it."""
        return local(at, self.desk.place.utc_offset_minutes)

    def _on_document(self, document: TravelDocument) -> tuple[CrossingSummary, ...]:
        if not document.number:
            return ()
        query = CrossingQuery(document=document.number, issuing_state=document.issuing_state, limit=LONGEST_HISTORY)
        return self.desk.search(query, self.session.actor).found

    def _namesakes(self, document: TravelDocument) -> tuple[CrossingSummary, ...]:
        """Only with a birth date: a name alone finds half a village."""
        name = " ".join(filter(None, (document.surname, document.given_names)))
        if not name or document.birth_date is None:
            return ()
        query = CrossingQuery(name=name, birth=str(document.birth_date), limit=LONGEST_HISTORY)
        return self.desk.search(query, self.session.actor).found
