"""What the truck's screen needs from the rooms, as a protocol and frozen values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from bmis.crossings.crossing import Crossing, CrossingRequest
from bmis.crossings.decision import Decision, Direction
from bmis.crossings.finding import Finding
from bmis.crossings.paperwork.drafts import Draft, DraftEntry, LastTraveller
from ui.desktop.health_shown import DeskHealth
from ui.desktop.pass_shown import ShownPass

if TYPE_CHECKING:
    from bmis.capture.gps import GpsStand
    from bmis.capture.machine import MachineState
    from bmis.capture.sources import FrameSource
    from bmis.passes.goods import CommonList, GoodsLine
    from bmis.passes.redeploy import Assignment, Readiness

_NO_FACTS: Mapping[str, str | int] = MappingProxyType({})


class Told(StrEnum):
    """How something came to the giant field."""

    SEAL = "seal"
    ZONE = "zone"
    SERIAL = "serial"


@dataclass(frozen=True, slots=True)
class Given:
    """What one traveller has shown: a pass or a document, or the pass with the document that was swiped beside it.

    ``untrusted``: the text of a seal, a serial, or the lines of a zone. ``beside``: the lines of the document's zone.
    """

    told: Told
    untrusted: tuple[str, ...] = field(repr=False)
    beside: tuple[str, ...] = field(default=(), repr=False)

    @property
    def is_pass(self) -> bool:
        """Whether a pass was shown."""
        return self.told is not Told.ZONE

    def with_more(self, told: Told, untrusted: tuple[str, ...]) -> "Given | None":
        """Return what stands there with one thing more of the same traveller; None: it is another's."""
        if told is Told.ZONE and self.is_pass and not self.beside:
            return Given(self.told, self.untrusted, untrusted)
        if told is not Told.ZONE and not self.is_pass:
            return Given(told, untrusted, self.untrusted)
        return None

    def has(self, told: Told, untrusted: tuple[str, ...]) -> bool:
        """Return whether this very thing is among what was shown."""
        return (told, untrusted) in ((self.told, self.untrusted), (Told.ZONE, self.beside))


class TruckVerdict(StrEnum):
    """The three words."""

    PASS = "pass"  # noqa: S105 - "passa", no password
    LOOK = "look"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why it is not PASSA: a check's evidence, or a code of the truck's own (``no_photo``, ``card_in_hand``,
    ``other_person``, ``no_document``, ``ask_at_lane``). ``grave``: it stops."""

    check: str
    evidence: str
    facts: Mapping[str, str | int | None] = field(default_factory=lambda: _NO_FACTS)
    grave: bool = False


OTHER_PERSON = Reason("truck", "other_person", grave=True)


@dataclass(frozen=True, slots=True)
class TruckAnswer:
    """One traveller, judged. ``request`` None: nothing can be recorded of what was shown. ``repr`` names nobody."""

    request_id: UUID
    verdict: TruckVerdict
    way: Direction
    reasons: tuple[Reason, ...] = ()
    request: CrossingRequest | None = field(default=None, repr=False)
    findings: tuple[Finding, ...] = ()
    lets_through: Decision | None = None  # what PASSA records; None: not here
    may_refer: bool = False
    shown: ShownPass | None = None
    name: str = field(default="", repr=False)
    number: str = ""
    photo: bytes | None = field(default=None, repr=False)

    @property
    def is_of_another(self) -> bool:
        """Whether the officer said that the face is not the holder's."""
        return OTHER_PERSON in self.reasons

    def of_another(self) -> "TruckAnswer":
        """Return it where the face is not the holder's: PARAR, whatever else was found."""
        reasons = (OTHER_PERSON, *self.reasons)
        return replace(self, verdict=TruckVerdict.STOP, reasons=reasons, lets_through=None)


@dataclass(frozen=True, slots=True)
class TruckState:
    """What stands at the edge of the screen. ``list_age_days`` None: no bundle is here."""

    machine: "MachineState"
    gps: "GpsStand"
    list_age_days: int | None
    list_is_stale: bool
    is_authority: bool
    unsent: int
    post_code: str
    post_name: str
    since: date | None  # at this post; None: from the beginning


@dataclass(frozen=True, slots=True)
class TruckOpening:
    """What the screen finds when it opens."""

    last_traveller: LastTraveller | None
    state: TruckState
    left: Draft | None = None  # what was half done when the program stopped
    moved_to: str | None = None  # the home was mended: the program must be opened again


class TruckParts(Protocol):
    """The use cases of one officer in the truck. Every call but ``forget`` and ``products`` runs on the store thread;
    all may raise BmisError."""

    @property
    def make_source(self) -> "Callable[[], FrameSource] | None":
        """Makes the camera; None: none was chosen."""

    def opening(self) -> TruckOpening:
        """Return what became of the last traveller, and the state."""

    def state(self) -> TruckState:
        """Return the state now."""

    @property
    def health(self) -> DeskHealth:
        """The health step of this truck."""

    def look(self, request_id: UUID, given: Given, way: Direction, plate: str) -> TruckAnswer:
        """Return the verdict on what was shown. Stores nothing."""

    def products(self, shown: ShownPass) -> "CommonList | None":
        """Return the products of the scheme's simplified regime, None where it has none. Memory and files only."""

    def declare(self, answer: TruckAnswer, goods: "tuple[GoodsLine, ...]") -> TruckAnswer:
        """Return the same verdict with the load judged at the day's rate.

        Raises:
            GoodsLineError: a load that cannot be.
        """

    def keep(self, answer: TruckAnswer, decision: Decision, *, same_face: bool | None) -> Crossing:
        """Return the kept crossing.

        Args:
            answer: what stands on the screen; its findings are those that the officer saw.
            decision: what is kept.
            same_face: whether the officer compared the face and it is the holder's; None: not compared.

        Raises:
            FindingsChangedError: the checks no longer say what the officer saw; nothing was stored.
        """

    def forget(self, request_id: UUID) -> None:
        """Forget what was shown. Memory only."""

    def save_draft(self, entry: DraftEntry) -> Draft:
        """Keep what is half done, encrypted."""

    def drop_draft(self, request_id: UUID) -> None:
        """Forget what was half done, if it was kept."""

    def start(self) -> None:
        """Let the GPS receiver be heard, where one was chosen."""

    def close(self) -> None:
        """Let go of the receiver."""

    # --- redeployment

    def posts(self) -> tuple[tuple[str, str], ...]:
        """Return code and name of every post."""

    def assignments(self) -> "tuple[Assignment, ...]":
        """Return where the truck worked and works, the newest first."""

    def plan(self, to_post: str) -> "Readiness":
        """Return what the truck has for that post."""

    def redeploy(self, to_post: str, reason: str, second: str, password: str) -> datetime:
        """Return when the truck was moved; from now on this session records nothing.

        Raises:
            ShiftOpenAtMoveError, SamePostError, SecondPersonError and others: it stays.
        """
