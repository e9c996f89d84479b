"""The lane's needs met by the rooms: use cases of one officer, camera and recogniser, papers. No Qt."""

import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING
from uuid import UUID

from bmis.capture.codes import without_tokens
from bmis.capture.mrz_reader import MrzReader, MrzReading
from bmis.capture.photos import document_photo, photo_jpeg, traveller_photo
from bmis.capture.zone_pictures import line_pictures
from bmis.crossings.check_traveller import Examined
from bmis.crossings.crossing import Crossing, CrossingRequest, Verdict
from bmis.crossings.images import NewImage
from bmis.crossings.paperwork.drafts import Draft, DraftEntry
from bmis.crossings.paperwork.notice import notice_of
from bmis.crossings.paperwork.record_print import Printed
from bmis.crossings.paperwork.slip import slip_of
from bmis.crossings.payload import plain, value_at
from bmis.crossings.rules import field_rules, windows
from bmis.crossings.search_crossings import CrossingQuery
from bmis.crossings.travellers import KnownTraveller as Acquainted
from bmis.crossings.view import CrossingSummary, CrossingView
from bmis.documents.dates import PartialDate
from bmis.documents.errors import DateTextError
from bmis.kernel.clock import local
from bmis.kernel.i18n import current_language
from bmis.paper.notice import refusal_notice
from bmis.paper.slip import crossing_slip
from bmis.posts.errors import UnknownPostError
from bmis.posts.point_of_entry import PointOfEntry, point_of_entry
from bmis.posts.post_kind import post_kind_rule
from bmis.staff.approval import Approval
from bmis.staff.session import SignedIn
from bmis.staff.shifts import current_shift
from ui.border_desk import BorderDesk
from ui.desktop.lane.errors import PrinterAbsentError, PrinterRefusedError
from ui.desktop.lane.parts import KnownTraveller, Landed, Opening, Picture, PlannedCheck, ShiftList
from ui.office.desk_drafts import of_lane
from ui.office.lane_health import JoinedHealth
from ui.office.lane_passes import JoinedPasses

if TYPE_CHECKING:
    from bmis.capture.frame import Frame
    from bmis.capture.sources import FrameSource

PAGE_SIDE, PAGE_BYTES = 1600, 400_000  # a document page that a person can still read
SHIFT_LINES = 50
PRINT_WAIT_S = 20
_CARRIED = ("travel_mode", "vehicle", "carrier", "coming_from", "going_to")
_CARRIED_PERSON = ("residence_country", "occupation", "contact", "traveller_class")
_TURNED = {"coming_from": "going_to", "going_to": "coming_from"}

SendPdf = Callable[[bytes, str], str]
"""Takes a PDF and its title; answers where it went; raises a BmisError when it went nowhere."""


@dataclass(frozen=True, slots=True)
class DeskCapture:
    """Camera, recogniser and pictures of one desk."""

    reader: MrzReader | None
    make_source: "Callable[[], FrameSource] | None"
    load: "Callable[[Path], Frame]"
    held: Event = field(default_factory=Event)  # a training camera lets nothing move while it is set
    is_training: bool = False  # documents are replayed, none lies on the desk
    second_reader: MrzReader | None = None  # asked where the first is in doubt

    def hold(self, *, held: bool) -> None:
        """Say whether a traveller is at work."""
        self.held.set() if held else self.held.clear()

    def load_image(self, path: Path) -> "Frame":
        """Return the picture in a file."""
        return self.load(path)

    def document_photo(self, frame: "Frame", reading: MrzReading) -> bytes | None:
        """Return the portrait on the document."""
        portrait = document_photo(without_tokens(frame), reading)
        return photo_jpeg(portrait) if portrait is not None else None

    def zone_pictures(self, frame: "Frame", reading: MrzReading) -> tuple[bytes, ...]:
        """Return the lines of the zone."""
        return line_pictures(frame, reading)

    def page_image(self, frame: "Frame") -> bytes:
        """Return the document; no picture that is kept shows a health token that lay beside it."""
        return without_tokens(frame).to_jpeg(85, max_side=PAGE_SIDE, max_bytes=PAGE_BYTES)

    def traveller_photo(self, frame: "Frame") -> bytes:
        """Return the traveller."""
        return traveller_photo(without_tokens(frame))

    def close(self) -> None:
        """End the recognisers' processes. The second one may be in the middle of a picture: nobody waits for it."""
        if self.reader is not None:
            self.reader.close()
        if self.second_reader is not None:
            Thread(target=self.second_reader.close, name="second-reader-ends", daemon=True).start()


@dataclass(frozen=True, slots=True)
class JoinedLane:
    """Answers ``ui.desktop.lane.parts.LaneParts``."""

    desk: BorderDesk
    capture: DeskCapture
    send: SendPdf
    health: JoinedHealth = field(init=False)
    passes: JoinedPasses = field(init=False)

    def __post_init__(self) -> None:
        """Join the health step and the border passes of the same desk."""
        object.__setattr__(self, "health", JoinedHealth(self.desk))
        object.__setattr__(self, "passes", JoinedPasses(self.desk))

    @classmethod
    def of(cls, session: SignedIn, camera: str) -> "JoinedLane":
        """Return the lane's use cases for the person at work; ``camera`` as in ``ui.compose_devices.desk_capture``."""
        from ui.compose import border_desk
        from ui.compose_devices import desk_capture, printer

        capture = desk_capture(camera, session.now, training=session.home.training)
        return cls(border_desk(session), capture, printer())

    @property
    def _today(self) -> date:
        return local(self.desk.session.now(), self.desk.place.utc_offset_minutes).date()

    def opening(self) -> Opening:
        """Return what was left open. The last traveller first: that closes the drafts whose crossing was kept."""
        desk, by, today = self.desk, self.desk.session.actor, self._today
        last = desk.last_traveller(by)
        post = self._post()
        return Opening(
            last_traveller=last,
            drafts=of_lane(desk.drafts(by)),
            travel_mode=post_kind_rule(post.kind, today).default_travel_mode if post else None,
            single_officer=desk.post_settings(today).single_officer,
            undo_within=windows(today).undo,
        )

    def _post(self) -> PointOfEntry | None:
        """The post, None where the list no longer has it: then it is called by its code, and nothing is usual."""
        try:
            return point_of_entry(self.desk.place.post_code)
        except UnknownPostError:
            return None

    def shift(self) -> ShiftList:
        """Return this shift's crossings of this desk; without an open shift, those of today."""
        desk, by = self.desk, self.desk.session.actor
        self.health.look()
        with desk.session.store.read() as unit:
            shift = current_shift(unit)
        page = desk.search(CrossingQuery(from_day=self._today, limit=SHIFT_LINES), by)
        mine = tuple(
            one
            for one in page.found
            if one.desk_id == desk.place.desk_id and (shift is None or one.recorded_at >= shift.opened_at)
        )
        return ShiftList(mine, tuple(waiting.crossing for waiting in desk.pending(by)))

    def save_draft(self, entry: DraftEntry) -> Draft:
        """Keep the draft."""
        return self.desk.save_draft(entry, self.desk.session.actor)

    def close_draft(self, request_id: UUID) -> bool:
        """Forget the draft of a kept crossing."""
        return self.desk.close_draft(request_id, self.desk.session.actor)

    def discard_draft(self, request_id: UUID, reason: str) -> None:
        """Forget a draft."""
        self.desk.discard_draft(request_id, self.desk.session.actor, reason)

    def known(self, request: CrossingRequest) -> tuple[KnownTraveller, ...]:
        """Return who this may be."""
        found = self.desk.travellers(request.document, self.desk.session.actor)
        known = () if found.known is None else (self._met(found.known, request),)
        return known + tuple(
            replace(self._met(one.traveller, None), first_of_january=one.born_on_new_year) for one in found.proposals
        )

    def plan(self) -> tuple[PlannedCheck, ...]:
        """Return the checks in their order."""
        desk = self.passes.planned(self.health.planned())
        return tuple(PlannedCheck(check.name, check.mandatory) for check in desk.checks)

    def check(self, request: CrossingRequest, landed: Landed) -> Examined:
        """Run the checks."""
        return self.passes.desk.check(request, self.desk.session.actor, landed=landed)

    def decide(
        self,
        draft: DraftEntry,
        request: CrossingRequest,
        verdict: Verdict,
        pictures: tuple[Picture, ...],
        approval: object | None,
    ) -> Crossing:
        """Note that it is being decided, then keep it: after a power cut the note says what to look up."""
        by = self.desk.session.actor
        self.desk.mark_deciding(draft, by)
        signed = approval if isinstance(approval, Approval) else None
        images = [NewImage(one.id, one.kind, one.jpeg) for one in pictures]
        return self.passes.desk.record(request, verdict, by, images=images, approval=signed)

    def approve(self, action: str, subject_id: UUID, name: str, password: str) -> object:
        """Return a second person's approval."""
        return self.desk.second.immediate(action, subject_id, name, password, self.desk.session.actor)

    def defer(self, action: str, subject_id: UUID) -> object:
        """Return an approval that is owed."""
        return self.desk.second.deferred(action, subject_id, self.desk.session.actor)

    def undo(self, crossing_id: UUID) -> None:
        """Take a decision back."""
        self.desk.undo(crossing_id, self.desk.session.actor)

    def link(self, crossing: Crossing, traveller_id: UUID, reason: str) -> None:
        """Link travellers."""
        self.desk.link(crossing.id, traveller_id, reason, self.desk.session.actor)

    def take_link_back(self, link_id: UUID, reason: str) -> None:
        """Take a link back."""
        self.desk.link.take_back(link_id, reason, self.desk.session.actor)

    def search(self, untrusted_text: str) -> tuple[CrossingSummary, ...]:
        """Return what a number, a name or a birth date finds."""
        return self.desk.search(_query(untrusted_text), self.desk.session.actor).found

    def show(self, crossing_id: UUID) -> CrossingView:
        """Return a crossing."""
        return self.desk.show(crossing_id, self.desk.session.actor)

    def amend(self, crossing_id: UUID, changes: Mapping[str, str | int | None], reason: str) -> None:
        """Correct fields."""
        self.desk.amend(crossing_id, changes, reason, self.desk.session.actor)

    def paper(self, crossing: Crossing, what: Printed) -> bytes:
        """Return the PDF of a slip or a notice."""
        session, place = self.desk.session, self.desk.place
        known = self._post()
        post = known.name if known else place.post_code
        training = session.home.training
        if what is Printed.NOTICE:
            return refusal_notice(
                notice_of(
                    crossing,
                    post_name=post,
                    officer=crossing.by,
                    printed_at=session.now(),
                    printed_by=session.actor.name,
                    training=training,
                )
            )
        return crossing_slip(
            slip_of(
                crossing,
                language=current_language(),
                post_name=post,
                printed_at=session.now(),
                printed_by=session.actor.name,
                training=training,
                copy_number=self.desk.count_prints(crossing.id, what) + 1,
            )
        )

    def print_paper(self, crossing: Crossing, what: Printed) -> str:
        """Print it and keep that it was printed."""
        where = self.send(self.paper(crossing, what), f"BMIS {what.value} {crossing.seq}")
        self.desk.record_print(crossing.id, what, self.desk.session.actor)
        return where

    def printed(self, crossing: Crossing, what: Printed) -> None:
        """Keep that the paper left by another way."""
        self.desk.record_print(crossing.id, what, self.desk.session.actor)

    def _met(self, one: Acquainted, request: CrossingRequest | None) -> KnownTraveller:
        """``request`` None: a proposal, which carries nothing over."""
        last = self.desk.show(one.last_crossing_id, self.desk.session.actor).crossing
        return KnownTraveller(
            traveller_id=one.traveller_id,
            by_document=request is not None,
            surname=last.document.shown_surname,
            given_names=last.document.shown_given_names,
            direction=last.direction,
            last_seen_at=one.last_seen_at,
            crossings=one.times,
            carries=self._carried(last, request) if request is not None else {},
        )

    def _carried(self, last: Crossing, request: CrossingRequest) -> dict[str, str]:
        """Answers to take over, for the officer to confirm; on the way back, from and to change places."""
        never = field_rules(self._today).never_carried_over
        turned = last.direction is not request.direction
        said = plain(last.request)
        names = {f"journey.{name}": f"journey.{_TURNED.get(name, name) if turned else name}" for name in _CARRIED}
        names |= {f"person.{name}": f"person.{name}" for name in _CARRIED_PERSON}
        found = {name: value_at(said, source) for name, source in names.items() if name not in never}
        return {name: value for name, value in found.items() if isinstance(value, str)}


def _query(untrusted_text: str) -> CrossingQuery:
    text = untrusted_text.strip()
    if text[:1].isdigit():
        try:
            return CrossingQuery(birth=str(PartialDate.typed(text)))
        except DateTextError:
            pass  # no date: a number, then
    if any(char.isdigit() for char in text):
        return CrossingQuery(document=text)
    return CrossingQuery(name=text)


def print_by_lp(program: str | None) -> SendPdf:
    """Return what sends a PDF to the system's printer; the paper goes through a pipe and touches no disk of ours."""

    def send(pdf: bytes, title: str) -> str:
        if program is None:
            raise PrinterAbsentError
        try:
            done = subprocess.run(
                [program, "-t", title, "-"], input=pdf, capture_output=True, timeout=PRINT_WAIT_S, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PrinterRefusedError from error
        if done.returncode != 0:
            raise PrinterRefusedError
        return "lp"

    return send
