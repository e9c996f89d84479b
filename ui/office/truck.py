"""The truck's needs met by the rooms: the lane's checks and its one way of keeping, under three words. No Qt."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from bmis.capture.gps import Position, Receiver, receiver_of
from bmis.capture.machine import ReadMachine
from bmis.crossings.asking import required_fields
from bmis.crossings.crossing import Crossing, CrossingRequest, Evidence, Journey, PhotoAnswer, Place, Verdict
from bmis.crossings.decision import LETS_THROUGH, Decision, Direction
from bmis.crossings.finding import Finding, Status
from bmis.crossings.paperwork.drafts import Draft, DraftEntry, document_mark
from bmis.crossings.paperwork.errors import DraftMissingError
from bmis.crossings.payload import plain, value_at
from bmis.documents.dates import PartialDate
from bmis.documents.mrz import parse
from bmis.documents.travel_document import CaptureMethod, TravelDocument, from_fields, from_mrz
from bmis.kernel.clock import local
from bmis.kernel.errors import BmisError
from bmis.passes.at_crossing import Light
from bmis.passes.goods import CommonList, GoodsLine
from bmis.passes.redeploy import (
    REDEPLOY,
    Assignment,
    PlanRedeployment,
    Readiness,
    RedeployTruck,
    assignments,
    mend_home,
    redeploy_subject,
)
from bmis.posts.errors import UnknownPostError
from bmis.posts.point_of_entry import PointOfEntry, point_of_entry, points_of_entry
from bmis.posts.post_kind import post_kind_rule
from bmis.staff.session import SignedIn
from bmis.store.outbox import waiting
from bmis.trust.exchange import StoredTrust
from bmis.trust.keys import Keys
from ui.border_desk import BorderDesk
from ui.desktop.pass_shown import ShownPass
from ui.desktop.truck.errors import NotHereError, TruckMovedError
from ui.desktop.truck.parts import Given, Reason, Told, TruckAnswer, TruckOpening, TruckState, TruckVerdict
from ui.office.desk_drafts import DESK, kept_of, save_of
from ui.office.lane import DeskCapture, JoinedLane
from ui.office.lane_health import JoinedHealth

if TYPE_CHECKING:
    from bmis.capture.frame import Frame
    from bmis.capture.sources import FrameSource

NAME = "truck"
_STOP_WHYS = frozenset({"red", "minor", "photo"})


@dataclass(frozen=True, slots=True)
class GpsChoice:
    """Which receiver, as the settings name it."""

    place: str = ""
    line: str = "4800 8N1"


class JoinedTruck:
    """Answers ``ui.desktop.truck.parts.TruckParts``."""

    def __init__(
        self,
        session: SignedIn,
        desk: BorderDesk,
        make_source: "Callable[[], FrameSource] | None",
        gps: GpsChoice,
        machine: ReadMachine | None = None,
    ) -> None:
        self._session, self.make_source = session, make_source
        self._position = Position(session.now, chosen=bool(gps.place))
        self._receiver: Receiver | None = receiver_of(gps.place, gps.line, self._position)
        self._machine = machine or ReadMachine(session.home.path)
        self._trust = StoredTrust(session.home, session.store.read, session.now)
        place = desk.place

        def here() -> Place:
            fix = self._position.fix
            return place if fix is None else replace(place, position=(fix.latitude, fix.longitude))

        check = replace(desk.check, place=here)
        placed = replace(desk, check=check, record=replace(desk.record, check=check))
        self.lane = JoinedLane(placed, DeskCapture(None, None, _no_picture), _no_printer)
        self._moved = False
        self._work: DraftEntry | None = None  # the last that was kept

    @classmethod
    def of(cls, session: SignedIn, camera: str, gps: GpsChoice) -> "JoinedTruck":
        """Return the truck's use cases; ``camera`` as in ``ui.compose_devices.desk_capture``."""
        from ui.compose import border_desk
        from ui.compose_devices import frame_source

        return cls(session, border_desk(session), frame_source(camera, session.now), gps)

    # --- state

    def opening(self) -> TruckOpening:
        """Return what became of the last traveller; a home whose move the power cut short is moved now."""
        home, by = self._session.home, self._session.actor
        with self._session.store.read() as unit:
            mended = mend_home(unit, home)
        self._moved = self._moved or mended is not None
        desk = self.lane.desk
        last = desk.last_traveller(by)  # the first: it closes the drafts whose crossing was kept
        left = next((one for one in kept_of(desk, NAME, by) if "given" in one.content), None)
        return TruckOpening(last, self.state(), left, mended.post_code if mended is not None else None)

    def state(self) -> TruckState:
        """Return the state now."""
        session, at = self._session, self._session.now()
        self.lane.health.look()
        trust = self._trust()
        with session.store.read() as unit:
            unsent = waiting(unit.connection)
            since = assignments(unit, session.home)[0].since
            authority = Keys(unit, session.home).authority() is not None
        post = self._post()
        return TruckState(
            machine=self._machine(),
            gps=self._position.stand,
            list_age_days=max((at - trust.issued_at).days, 0) if trust.sequence else None,
            list_is_stale=trust.is_stale(at),
            is_authority=authority,
            unsent=unsent,
            post_code=session.home.post_code,
            post_name=post.name if post is not None else "",
            since=since,
        )

    def start(self) -> None:
        """Let the receiver be heard."""
        if self._receiver is not None:
            self._receiver.start()

    def close(self) -> None:
        """Let go of the receiver."""
        if self._receiver is not None:
            self._receiver.stop()

    # --- one traveller

    @property
    def health(self) -> JoinedHealth:
        """The health step, as at the lane."""
        return self.lane.health

    def look(self, request_id: UUID, given: Given, way: Direction, plate: str) -> TruckAnswer:
        """Return the verdict on what was shown; a document beside the pass is what is recorded, as at the lane."""
        passes = self.lane.passes
        shown, document = None, None
        if given.told is Told.SEAL:
            shown = passes.present(request_id, given.untrusted[0], way.value)
            document = _document_of(shown) if shown.is_proved else None
        elif given.told is Told.SERIAL:
            shown = passes.present_document(request_id, "border_pass", "", given.untrusted[0], way.value)
        if zone := given.beside if given.is_pass else given.untrusted:
            document = from_mrz(parse(zone, today=self._today), capture_method=CaptureMethod.SWIPE)
        if document is None:
            return _unrecorded(request_id, way, shown)
        request = CrossingRequest(request_id, way, document, self._journey(way, plate, shown))
        return self._judged(request, shown)

    def products(self, shown: ShownPass) -> CommonList | None:
        """Return the products of the scheme."""
        return self.lane.passes.common_list(shown)

    def declare(self, answer: TruckAnswer, goods: tuple[GoodsLine, ...]) -> TruckAnswer:
        """Return the verdict with its load judged."""
        shown = self.lane.passes.declare(answer.request_id, goods, answer.way.value)
        return replace(answer, shown=shown) if shown is not None else answer

    def keep(self, answer: TruckAnswer, decision: Decision, *, same_face: bool | None) -> Crossing:
        """Return the kept crossing. Before it the store notes that it is being decided, for after a power cut."""
        if self._moved:
            raise TruckMovedError
        if answer.request is None:
            raise NotHereError
        face = (
            PhotoAnswer.NOT_COMPARED if same_face is None else PhotoAnswer.SAME if same_face else PhotoAnswer.NOT_SAME
        )
        request = replace(answer.request, evidence=Evidence(photo_answer=face))
        seen = frozenset(one.check for one in answer.findings if one.status is not Status.GREEN)
        verdict = Verdict(decision, acknowledged=seen, shown=answer.findings)
        mark = document_mark(request.document.issuing_state, request.document.number)
        work = self._work if self._work is not None and self._work.request_id == answer.request_id else None
        content = {**(work.content if work is not None else {}), DESK: NAME, "direction": request.direction.value}
        entry = DraftEntry(answer.request_id, content, mark)
        self.lane.plan()  # the checks of what is shown now
        try:
            kept = self.lane.decide(entry, request, verdict, (), None)
        except BmisError:
            self.lane.discard_draft(answer.request_id, "not kept at the truck")
            raise
        self.lane.close_draft(answer.request_id)
        return kept

    def forget(self, request_id: UUID) -> None:
        """Forget what was shown."""
        self.lane.passes.forget(request_id)

    def save_draft(self, entry: DraftEntry) -> Draft:
        """Keep what is half done."""
        kept = save_of(self.lane.desk, NAME, entry, self._session.actor)
        self._work = entry
        return kept

    def drop_draft(self, request_id: UUID) -> None:
        """Forget what was half done; of who was being decided when the power went, that they were set aside is kept."""
        self._work = None
        with suppress(DraftMissingError):
            self.lane.discard_draft(request_id, "set aside at the truck")

    # --- redeployment

    def posts(self) -> tuple[tuple[str, str], ...]:
        """Return every post."""
        return tuple((post.code, post.name) for post in points_of_entry())

    def assignments(self) -> tuple[Assignment, ...]:
        """Return where the truck worked and works."""
        with self._session.store.read() as unit:
            return assignments(unit, self._session.home)

    def plan(self, to_post: str) -> Readiness:
        """Return what the truck has for that post."""
        session = self._session
        return PlanRedeployment(session.store.read, session.home, session.now, self._trust)(to_post, session.actor)

    def redeploy(self, to_post: str, reason: str, second: str, password: str) -> datetime:
        """Return when the truck was moved."""
        session = self._session
        subject = redeploy_subject(session.home, to_post, self._today)
        approval = self.lane.desk.second.immediate(REDEPLOY, subject, second, password, session.actor)
        RedeployTruck(session.store.write, session.home, session.now)(to_post, reason, session.actor, approval)
        self._moved = True
        return session.now()

    # --- inside

    @property
    def _today(self) -> date:
        return local(self._session.now(), self.lane.desk.place.utc_offset_minutes).date()

    def _post(self) -> PointOfEntry | None:
        try:
            return point_of_entry(self._session.home.post_code)
        except UnknownPostError:
            return None

    def _journey(self, way: Direction, plate: str, shown: ShownPass | None) -> Journey:
        """Return what is known without asking: the post's usual way of travelling, and the country across."""
        post = self._post()
        mode = post_kind_rule(post.kind, self._today).default_travel_mode if post is not None else None
        entering = way is Direction.ENTRY
        said = shown.answers.get("journey.coming_from" if entering else "journey.going_to") if shown else None
        across = said or (post.neighbour_country if post is not None else None)
        return Journey(
            travel_mode=mode,
            vehicle=plate or None,
            coming_from=across if entering else None,
            going_to=None if entering else across,
        )

    def _judged(self, request: CrossingRequest, shown: ShownPass | None) -> TruckAnswer:
        self.lane.plan()
        examined = self.lane.check(request, lambda _findings: None)
        missing = tuple(
            name for name in required_fields(request, examined.day) if value_at(plain(request), name) in (None, "", ())
        )
        passing = next((one for one in examined.proposal.offered if one in LETS_THROUGH), None)
        reasons = [*_of_findings(examined.findings), *_of_photo(shown), *_missing(missing)]
        verdict = TruckVerdict.LOOK if reasons else TruckVerdict.PASS
        stops = examined.proposal.why in _STOP_WHYS or any(one.grave for one in reasons)
        if stops:
            verdict = TruckVerdict.STOP
        document = request.document
        return TruckAnswer(
            request_id=request.request_id,
            verdict=verdict,
            way=request.direction,
            reasons=tuple(sorted(reasons, key=lambda one: not one.grave)),
            request=request,
            findings=examined.findings,
            lets_through=None if stops or missing else passing,
            may_refer=Decision.PENDING_SECONDARY in examined.proposal.offered,
            shown=shown,
            name=", ".join(filter(None, (document.shown_surname, document.shown_given_names))),
            number=document.number or "",
            photo=shown.photo if shown is not None else None,
        )


def _document_of(shown: ShownPass) -> TravelDocument:
    said = dict(shown.fields)
    return from_fields(
        shown.kind,
        issuing_state=said.get("issuing_state"),
        number=said.get("number"),
        surname=said.get("surname"),
        given_names=said.get("given_names"),
        nationality=said.get("nationality"),
        birth_date=PartialDate.parse(said["birth_date"]) if "birth_date" in said else None,
        sex=said.get("sex"),
        expiry_date=PartialDate.parse(said["expiry_date"]),
        missing=shown.missing,
    )


def _unrecorded(request_id: UUID, way: Direction, shown: ShownPass | None) -> TruckAnswer:
    """A pass whose seal is not proved: what is known of it, and that nobody is recorded here by it."""
    answers = shown.seen.answers if shown is not None else ()
    reasons = [
        Reason("border_pass", one.evidence, one.facts, grave=one.light is Light.RED)
        for one in answers
        if one.light is not Light.GREEN
    ]
    reasons.append(Reason(NAME, "no_document"))
    stops = any(one.grave for one in reasons)
    return TruckAnswer(
        request_id=request_id,
        verdict=TruckVerdict.STOP if stops else TruckVerdict.LOOK,
        way=way,
        reasons=tuple(sorted(reasons, key=lambda one: not one.grave)),
        shown=shown,
        number=shown.seen.presented.serial if shown is not None else "",
        photo=shown.photo if shown is not None else None,
    )


def _of_findings(findings: tuple[Finding, ...]) -> list[Reason]:
    order = {Status.RED: 0, Status.AMBER: 1, Status.GREY: 2}
    left = sorted((one for one in findings if one.status in order), key=lambda one: order[one.status])
    return [Reason(one.check, one.evidence, one.facts, grave=one.status is Status.RED) for one in left]


def _of_photo(shown: ShownPass | None) -> list[Reason]:
    """A face that is not compared with a photograph on file here is always VER."""
    if shown is None:
        return [Reason(NAME, "no_pass")]
    if shown.photo_differs:
        return [Reason(NAME, "photo_differs")]
    return [] if shown.photo is not None else [Reason(NAME, "card_in_hand")]


def _missing(names: tuple[str, ...]) -> list[Reason]:
    return [Reason(NAME, "ask_at_lane", {"fields": ",".join(names)})] if names else []


def _no_picture(_path: Path) -> "Frame":
    raise NotHereError


def _no_printer(_pdf: bytes, _title: str) -> str:
    raise NotHereError
