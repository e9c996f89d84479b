"""What the pass desk needs of the rooms."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from bmis.crossings.paperwork.drafts import Draft, DraftEntry
from bmis.passes.applicant import Applicant, Attestation, Dependant, PassPhoto, PassRequest, Who
from bmis.passes.apply_pass import Applied
from bmis.passes.border_pass import Application, BorderPass, Notice
from bmis.passes.eligibility import Answered
from bmis.passes.hand_over_pass import Consent, HandedOver
from bmis.passes.lifecycle import ApplicationState, PassState
from bmis.passes.matching import Alike
from bmis.passes.print_pass import PassForm
from bmis.passes.read_passes import ShownApplication, ShownPass
from bmis.passes.schemes import Scheme
from bmis.passes.statistics import PassStatistics
from bmis.receipts.money import Currency
from bmis.receipts.rates import Rate
from bmis.receipts.receipt import Receipt
from bmis.receipts.till import ClosedTill, Till
from ui.desktop.passes.appeal_parts import AppealParts
from ui.desktop.passes.carried_parts import CarriedParts
from ui.desktop.passes.number_parts import NumberParts

if TYPE_CHECKING:
    from bmis.capture.boxes import Box
    from bmis.capture.frame import Frame
    from bmis.capture.sources import FrameSource


@dataclass(frozen=True, slots=True)
class Abilities:
    """What the person at work may do: a button that would be refused is not offered."""

    capture: bool
    approve: bool
    issue: bool
    suspend: bool
    take_money: bool
    enter_rate: bool = False
    revoke: bool = False
    allocate: bool = False
    forget: bool = False
    carry: bool = False  # files between posts


@dataclass(frozen=True, slots=True)
class Portrait:
    """A portrait cut from a picture. ``flaws``: codes of what is wrong with it, none where it is good."""

    jpeg: bytes = field(repr=False)
    flaws: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CardPicture:
    """The card as it will be printed: both sides as PNG."""

    front: bytes = field(repr=False)
    back: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Case:
    """An application with its person, the pass where one is made, and what is to be paid."""

    shown: ShownApplication
    rules: Scheme
    made: ShownPass | None
    receipt: Receipt | None
    own: bool  # taken, attested or photographed by whoever is at work: somebody else decides on it

    @property
    def children(self) -> tuple[tuple[Dependant, PassPhoto | None], ...]:
        """The children with their photos, none where the person was forgotten."""
        who = self.shown.who
        return () if who is None else tuple(zip(who.dependants, self.shown.children, strict=True))


@dataclass(frozen=True, slots=True)
class Changed:
    """A pass after a step, with the notice that its holder is given (PDF) where the step goes against them."""

    border_pass: BorderPass
    notice: Notice | None = None
    paper: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Money:
    """The till, the newest receipts, and the rates that count today."""

    till: Till
    receipts: tuple[Receipt, ...]
    rates: tuple[Rate, ...]


class PassParts(Protocol):
    """Every call but the properties runs on the store thread and may raise BmisError."""

    @property
    def can(self) -> Abilities:
        """What the person may do."""

    @property
    def appeals(self) -> AppealParts:
        """What the page of appeals needs."""

    @property
    def numbers(self) -> NumberParts:
        """What serials and exchange rates need."""

    @property
    def carried(self) -> CarriedParts:
        """What the page of files between posts needs."""

    def local_day(self) -> date:
        """Return the day at the post."""

    def local_time(self, at: datetime) -> datetime:
        """Return a moment as the post's clock shows it."""

    def schemes(self) -> tuple[Scheme, ...]:
        """Return the schemes of which passes are given out here today."""

    def districts(self, code: str) -> tuple[tuple[str, str], ...]:
        """Return P-code and name of the districts of the scheme."""

    def judge(self, who: Who, scheme: str, purpose: str, has_photo: bool) -> tuple[Answered, ...]:
        """Return what the scheme's rules say of an application that is not kept yet."""

    def find(self, person: Applicant) -> tuple[Alike, ...]:
        """Return who it may be, the surest first."""

    def apply(self, request: PassRequest) -> Applied:
        """Keep the application. Raises as ``ApplyPass``."""

    def preview(self, who: Who, scheme: str, purpose: str, photo: bytes | None) -> CardPicture:
        """Return the card that the applicant would get today."""

    def card(self, serial: str) -> CardPicture:
        """Return the card of a pass."""

    def applications(self, states: Set[ApplicationState]) -> tuple[Application, ...]:
        """Return those that stand there, the newest first."""

    def case(self, number: str) -> Case:
        """Return one application whole."""

    def attest(self, number: str, attestation: Attestation) -> Applied:
        """Add an attestation."""

    def add_photo(self, number: str, photo: PassPhoto, child: int | None = None) -> Applied:
        """Add the photo that was missing; ``child``: of the child at that place."""

    def forget(self, person: UUID, reason: str, second: tuple[str, str]) -> int:
        """Erase who somebody was; ``second`` is name and password of who signs beside."""

    def approve(self, number: str, accepted: frozenset[str], reason: str) -> Applied:
        """Approve. Raises as ``ApproveApplication``."""

    def reject(self, number: str, ground: str, reason: str) -> bytes:
        """Reject; return the notice as PDF."""

    def registry_slip(self, number: str) -> bytes:
        """Return what an applicant without an identity document takes to civil registration, as PDF."""

    def withdraw(self, number: str, reason: str) -> Application:
        """Note that the applicant takes it back."""

    def charge(self, number: str, paid: str, exemption: str, reason: str) -> Receipt:
        """Take the fee; ``paid`` such as "1351.35 MWK", "" for the tariff."""

    def produce(self, number: str) -> BorderPass:
        """Make the pass: its serial is taken, its seal is made."""

    def hand_over(self, number: str, consent: Consent, receipt: str) -> HandedOver:
        """Give the pass to its holder; ``receipt`` "": the one on file, or "taxa zero"."""

    def spoil(self, serial: str, reason: str) -> None:
        """Note that a pass came out wrong, or a blank that is no pass."""

    def print_pass(self, serial: str, form: PassForm) -> str:
        """Print it to the printer of its role; return where it went."""

    def pass_file(self, serial: str, form: PassForm) -> bytes:
        """Return the paper for a file; that it left is counted."""

    def receipt_pdf(self, number: str, again: bool) -> bytes:
        """Return the receipt; ``again``: as a further copy."""

    def print_paper(self, content: bytes, title: str) -> str:
        """Print a notice or a receipt."""

    def passes(self, state: PassState | None) -> tuple[tuple[BorderPass, PassState], ...]:
        """Return the newest first."""

    def show(self, serial: str) -> ShownPass:
        """Return a pass whole."""

    def change(self, serial: str, act: str, answers: Mapping[str, str]) -> Changed:
        """Suspend, reinstate, revoke, report. Raises SecondSignatureError where a second person must sign."""

    def settle(self) -> int:
        """Write down which passes and suspensions ran out; return how many passes moved."""

    def again(self, serial: str, act: str, reason: str) -> Applied:
        """Take an application to renew or replace."""

    def statistics(self, first: date, last: date, public: bool) -> PassStatistics:
        """Return the counts of those days."""

    def money(self) -> Money:
        """Return till, receipts and rates."""

    def close_till(self, counted: Mapping[Currency, Decimal], explanation: str) -> ClosedTill:
        """Close the till."""

    def cancel_receipt(self, number: str, reason: str, second: tuple[str, str]) -> Receipt:
        """Cancel a receipt with a second person's signature."""

    def make_source(self) -> "Callable[[], FrameSource] | None":
        """Return what makes the camera, None where none is set up. Called on the GUI thread; opens nothing."""

    def load_picture(self, path: Path) -> "Frame":
        """Return the picture of a file, decoded in a process with limits."""

    def portrait(self, frame: "Frame", box: "Box") -> Portrait:
        """Return the portrait in ``box`` and what is wrong with it."""

    def kept_drafts(self) -> tuple[Draft, ...]:
        """Return what this person left half done here, the newest first."""

    def save_draft(self, entry: DraftEntry) -> Draft:
        """Keep what is half done, encrypted."""

    def forget_draft(self, request_id: UUID) -> None:
        """Forget it."""
