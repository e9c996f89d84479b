"""What the lane needs from the rooms, as protocols and frozen values. ui/compose.py gives them; tests fake them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from bmis.crossings.check_traveller import Examined
from bmis.crossings.crossing import Crossing, CrossingRequest, ImageKind, Verdict
from bmis.crossings.decision import Direction
from bmis.crossings.finding import Finding
from bmis.crossings.paperwork.drafts import Draft, DraftEntry, LastTraveller
from bmis.crossings.paperwork.record_print import Printed
from bmis.crossings.view import CrossingSummary, CrossingView
from ui.desktop.health_shown import DeskHealth
from ui.desktop.lane.pass_parts import LanePasses

if TYPE_CHECKING:
    from bmis.capture.frame import Frame
    from bmis.capture.mrz_reader import MrzReader, MrzReading
    from bmis.capture.sources import FrameSource

Landed = Callable[[tuple[Finding, ...]], None]


@dataclass(frozen=True, slots=True)
class PlannedCheck:
    """A check that will run: shown grey before it answers."""

    name: str
    mandatory: bool


@dataclass(frozen=True, slots=True)
class KnownTraveller:
    """Somebody met before: by this very document, or only proposed by name and birth date.

    ``carries`` holds the answers of the last crossing that may be taken over (request field -> text); a proposal
    carries none.
    """

    traveller_id: UUID
    by_document: bool
    surname: str | None
    given_names: str | None
    direction: Direction  # of the last crossing
    last_seen_at: datetime
    crossings: int
    carries: Mapping[str, str] = field(default_factory=dict)
    first_of_january: bool = False  # many are written down as born on that day: alike is less than it seems


@dataclass(frozen=True, slots=True)
class Opening:
    """What the desk finds when it opens."""

    last_traveller: LastTraveller | None
    drafts: tuple[Draft, ...]
    travel_mode: str | None  # the usual one at this kind of post
    single_officer: bool
    undo_within: timedelta


@dataclass(frozen=True, slots=True)
class ShiftList:
    """The crossings of this shift at this desk, newest first, and those that wait for the second line."""

    crossings: tuple[CrossingSummary, ...]
    pending: tuple[CrossingSummary, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG to keep with the crossing. Its bytes are not shown by ``repr``."""

    id: UUID
    kind: ImageKind
    jpeg: bytes = field(repr=False)


class LaneCapture(Protocol):
    """Camera, recogniser and pictures of this desk."""

    @property
    def reader(self) -> "MrzReader | None":
        """What reads a frame; None: this machine cannot read pictures."""

    @property
    def second_reader(self) -> "MrzReader | None":
        """What is asked beside it where a reading is in doubt; None: nothing else reads here."""

    @property
    def make_source(self) -> Callable[[], "FrameSource"] | None:
        """Makes the frame source, in the capture thread; None: no camera was chosen."""

    @property
    def is_training(self) -> bool:
        """Whether replayed documents stand for a camera."""

    def hold(self, *, held: bool) -> None:
        """Say whether a traveller is at work: replayed documents then lie still."""

    def load_image(self, path: Path) -> "Frame":
        """Return the picture in a file.

        Raises:
            BmisError: no image, too large, damaged.
        """

    def document_photo(self, frame: "Frame", reading: "MrzReading") -> bytes | None:
        """Return the portrait on the document as a JPEG, None where it cannot be found."""

    def zone_pictures(self, frame: "Frame", reading: "MrzReading") -> tuple[bytes, ...]:
        """Return each line of the zone as a PNG, empty where its place is not known."""

    def page_image(self, frame: "Frame") -> bytes:
        """Return the document as a JPEG."""

    def traveller_photo(self, frame: "Frame") -> bytes:
        """Return a portrait of the traveller as a JPEG."""

    def close(self) -> None:
        """Give back the recogniser's process."""


class LaneParts(Protocol):
    """The use cases of one officer. Every call but ``plan`` runs away from the GUI thread; all may raise BmisError."""

    @property
    def capture(self) -> LaneCapture:
        """Camera and recogniser."""

    @property
    def health(self) -> DeskHealth:
        """The health step of this lane."""

    @property
    def passes(self) -> LanePasses:
        """The border passes of this lane."""

    def opening(self) -> Opening:
        """Return what was left open, and what became of the last traveller."""

    def shift(self) -> ShiftList:
        """Return what was done in this shift and who waits."""

    def save_draft(self, entry: DraftEntry) -> Draft:
        """Keep the draft, encrypted."""

    def close_draft(self, request_id: UUID) -> bool:
        """Forget the draft of a crossing that was kept."""

    def discard_draft(self, request_id: UUID, reason: str) -> None:
        """Forget a draft without a crossing."""

    def known(self, request: CrossingRequest) -> tuple[KnownTraveller, ...]:
        """Return who this may be: by the document first, then proposals."""

    def plan(self) -> tuple[PlannedCheck, ...]:
        """Return the checks in the order of policy."""

    def check(self, request: CrossingRequest, landed: Landed) -> Examined:
        """Return what the checks say; ``landed`` is told the findings of each as they come, in the caller's thread."""

    def decide(
        self,
        draft: DraftEntry,
        request: CrossingRequest,
        verdict: Verdict,
        pictures: tuple[Picture, ...],
        approval: object | None,
    ) -> Crossing:
        """Note that the draft is being decided, then keep the crossing. Return what is stored.

        Raises:
            FindingsChangedError, NotAcknowledgedError, SecondPersonNeededError: nothing was stored.
        """

    def approve(self, action: str, subject_id: UUID, name: str, password: str) -> object:
        """Return a second person's approval."""

    def defer(self, action: str, subject_id: UUID) -> object:
        """Return an approval that is owed, where a single officer works."""

    def undo(self, crossing_id: UUID) -> None:
        """Take the decision back by an event."""

    def link(self, crossing: Crossing, traveller_id: UUID, reason: str) -> None:
        """Say that the crossing's traveller is the one known under ``traveller_id``; an event that can be undone."""

    def take_link_back(self, link_id: UUID, reason: str) -> None:
        """Take a link back by an event."""

    def search(self, untrusted_text: str) -> tuple[CrossingSummary, ...]:
        """Return the crossings that a number, a name or a date finds."""

    def show(self, crossing_id: UUID) -> CrossingView:
        """Return a crossing as it stands."""

    def amend(self, crossing_id: UUID, changes: Mapping[str, str | int | None], reason: str) -> None:
        """Correct named fields by an event with its reason."""

    def paper(self, crossing: Crossing, what: Printed) -> bytes:
        """Return the PDF of a slip or a notice, in the language in force."""

    def print_paper(self, crossing: Crossing, what: Printed) -> str:
        """Print it, keep that it was printed, and return where it went, in words fit to show.

        Raises:
            PrinterAbsentError: there is no printer; it may be saved as a file.
        """

    def printed(self, crossing: Crossing, what: Printed) -> None:
        """Keep that the paper left by another way."""


@dataclass(frozen=True, slots=True)
class SavedCrossing:
    """What the confirmation shows: the stored crossing, its draft's content and where papers went."""

    crossing: Crossing
    undo_until: datetime
