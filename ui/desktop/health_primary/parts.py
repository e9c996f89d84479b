"""What the primary screening desk needs of the rooms."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from bmis.crossings.paperwork.drafts import Draft, DraftEntry
from poe_health.outbreaks.cholera import CholeraAnswers, CholeraRecord
from poe_health.outbreaks.outbreak import OutbreakState
from poe_health.outbreaks.record_cholera import KeptCholera
from poe_health.screening.card import Card
from poe_health.screening.count_today import TodayCounts
from poe_health.screening.form import ScreeningForm
from poe_health.screening.outcome import Outcome
from poe_health.screening.record import CrowdCount, ScreeningRequest, ScreeningView, Travel
from poe_health.screening.record_screening import Kept

if TYPE_CHECKING:
    from poe_health.exchange.export_event import Handed


@dataclass(frozen=True, slots=True)
class DeskDay:
    """What holds at the desk today: the card, the outbreaks, the counts, the newest records. Nobody is named."""

    day: date
    card: Card
    outbreaks: OutbreakState
    active: tuple[str, ...]  # diseases with an outbreak, in the order of risk
    lists_missing: tuple[str, ...]
    threshold_c: float
    counts: TodayCounts
    newest: tuple[ScreeningView, ...]
    second_looks: tuple[ScreeningView, ...]  # who may go on and waits a short while, the oldest first
    cholera: tuple[CholeraRecord, ...]
    rules: str  # the versions of the rules in force, in one line


@dataclass(frozen=True, slots=True)
class LastKept:
    """What was kept last at this desk. ``number`` counts the desk's records; it names nobody."""

    screening_id: UUID
    number: str
    result: str
    clearance: str
    token: str | None
    card: int | None
    waits: bool  # who may go on, for a short second look


class HealthPrimaryParts(Protocol):
    """Every call but the local times runs on the store thread and may raise BmisError."""

    def desk_day(self) -> DeskDay:
        """Return what holds now."""

    def evaluate(self, form: ScreeningForm, travel: Travel) -> Outcome:
        """Return what the rules say of the form under the lists on record; nothing is kept."""

    def keep(self, request: ScreeningRequest) -> Kept:
        """Return the kept screening with its token.

        Raises:
            BmisError: as ``RecordScreening``; nothing was stored.
        """

    def count(self, crowds: tuple[CrowdCount, ...]) -> int:
        """Return how many persons were counted; a count that was kept before is not kept twice."""

    def void(self, screening_id: UUID, reason: str) -> ScreeningView:
        """Return the record, voided; who may is the use case's to say."""

    def where_sent(self, screening_id: UUID) -> "tuple[Handed, ...]":
        """Return who has the record from us."""

    def end_second_look(self, screening_id: UUID, card: int | None) -> Kept:
        """Return the record of who may go on now, with the token that says so."""

    def keep_cholera(self, request_id: UUID, answers: CholeraAnswers) -> KeptCholera:
        """Return the express record with the token."""

    def card_number(self, untrusted_text: str) -> int:
        """Return the number of the card that was scanned, or typed.

        Raises:
            CardTypedError: it is no card that counts here and now.
        """

    def slip_pdf(self, token: str, number: str) -> bytes:
        """Return the 80 mm slip of a token."""

    def print_slip(self, token: str, number: str) -> str:
        """Return where the slip was printed."""

    def kept_drafts(self) -> tuple[Draft, ...]:
        """Return what this person left half done here, the newest first."""

    def save_draft(self, entry: DraftEntry) -> Draft:
        """Keep what is half done, encrypted in the store of health."""

    def forget_draft(self, request_id: UUID) -> None:
        """Forget what was half done, if it was kept."""

    def post_code(self) -> str:
        """Return the post of this desk."""

    def local_day(self) -> date:
        """Return the day at the post."""

    def local_time(self, at: datetime) -> datetime:
        """Return a moment as the post's clock shows it."""
