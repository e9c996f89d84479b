"""The primary screening desk's use cases joined for one session of port health."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bmis.crossings.paperwork.drafts import Draft, DraftEntry, DraftState
from bmis.kernel.clearance_token import MARK, ClearanceRefusedError, read_token
from bmis.kernel.clock import local
from bmis.kernel.i18n import speaking
from bmis.kernel.i18n import translate as _
from bmis.paper.page import HEALTH_SERVICE, Imprint
from bmis.paper.token_slip import TokenSlip, token_slip
from bmis.posts.errors import UnknownPostError
from bmis.posts.point_of_entry import point_of_entry
from bmis.staff.session import SignedIn
from bmis.store.clearance_keys import clearance_keys
from poe_health.drafts.draft import HealthDraft
from poe_health.exchange.export_event import Handed
from poe_health.outbreaks.cholera import CholeraAnswers
from poe_health.outbreaks.record_cholera import KeptCholera
from poe_health.rules.definitions import rule_set
from poe_health.screening.card import card_of
from poe_health.screening.form import ScreeningForm
from poe_health.screening.outcome import Outcome
from poe_health.screening.policy import screening_policy
from poe_health.screening.record import CrowdCount, ScreeningRequest, ScreeningView, Travel
from poe_health.screening.record_screening import Kept
from ui import compose_devices, compose_health
from ui.desktop.health_primary.errors import CardTypedError
from ui.desktop.health_primary.parts import DeskDay
from ui.health_desk import HealthDesk

DESK = "health_primary"
NEWEST = 12
HIGHEST_CARD = 10**9
_SHOWN_OF_DIGEST = 8  # characters that two people can compare

SendPdf = Callable[[bytes, str], str]


@dataclass(frozen=True, slots=True)
class JoinedHealthPrimary:
    """Every call asks the use case, which asks what the role allows."""

    session: SignedIn
    desk: HealthDesk
    send: SendPdf

    @classmethod
    def of(cls, session: SignedIn) -> "JoinedHealthPrimary":
        """Return the parts of a session of port health."""
        return cls(session, compose_health.health_desk(session), compose_devices.printer())

    def desk_day(self) -> DeskDay:
        """Return what holds now."""
        by, day = self.session.actor, self.local_day()
        state = self.desk.outbreaks(day)
        context = state.context(day)
        rules = rule_set(day)
        policy = screening_policy().temperature
        return DeskDay(
            day=day,
            card=card_of(rules, context, day),
            outbreaks=state,
            active=tuple(code for code in rules.diseases if code in context.active_outbreaks),
            lists_missing=context.lists_missing,
            threshold_c=policy.outbreak_threshold_c if context.outbreak_mode else policy.threshold_c,
            counts=self.desk.count_today(day, by),
            newest=self.desk.screenings.of_day(day, by, limit=NEWEST),
            second_looks=self.desk.screenings.for_second_look(self.session.now(), by),
            cholera=self.desk.cholera.of_day(day, by),
            rules=rules.digest[:_SHOWN_OF_DIGEST],
        )

    def evaluate(self, form: ScreeningForm, travel: Travel) -> Outcome:
        """Return what the rules say of the form."""
        return self.desk.evaluate(form, self.desk.outbreaks.context(form.today, travel))

    def keep(self, request: ScreeningRequest) -> Kept:
        """Return the kept screening."""
        return self.desk.record(request, self.session.actor)

    def count(self, crowds: tuple[CrowdCount, ...]) -> int:
        """Return how many persons were counted."""
        return sum(self.desk.record.count(one, self.session.actor).view.facts.persons for one in crowds)

    def void(self, screening_id: UUID, reason: str) -> ScreeningView:
        """Return the record, voided."""
        return self.desk.void(screening_id, reason, self.session.actor)

    def where_sent(self, screening_id: UUID) -> tuple[Handed, ...]:
        """Return who has the record from us."""
        return self.desk.where_sent(screening_id, self.session.actor)

    def end_second_look(self, screening_id: UUID, card: int | None) -> Kept:
        """Return the record of who may go on now."""
        return self.desk.second_look(screening_id, self.session.actor, card)

    def keep_cholera(self, request_id: UUID, answers: CholeraAnswers) -> KeptCholera:
        """Return the express record."""
        return self.desk.cholera(request_id, answers, self.session.actor)

    def card_number(self, untrusted_text: str) -> int:
        """Return the number of the card; a scanned one must be signed by port health of this post and count now."""
        text = untrusted_text.strip()
        if text.isascii() and text.isdigit() and 0 < int(text) < HIGHEST_CARD:
            return int(text)
        if not text.startswith(MARK):
            raise CardTypedError
        home = self.session.home
        try:
            clearance = read_token(text, clearance_keys(home), home.post_code, self.session.now())
        except ClearanceRefusedError as error:
            raise CardTypedError from error
        if clearance.card is None:
            raise CardTypedError
        return clearance.card

    def slip_pdf(self, token: str, number: str) -> bytes:
        """Return the slip of a token."""
        home = self.session.home
        try:
            name = f"{point_of_entry(home.post_code).name} ({home.post_code})"
        except UnknownPostError:
            name = home.post_code
        imprint = Imprint(
            name, self.local_time(self.session.now()), self.session.actor.name, home.training, HEALTH_SERVICE
        )
        return token_slip(TokenSlip(imprint, token, number))

    def print_slip(self, token: str, number: str) -> str:
        """Return where the slip was printed."""
        with speaking("pt"):
            title = _("Health step")
        return self.send(self.slip_pdf(token, number), title)

    def kept_drafts(self) -> tuple[Draft, ...]:
        """Return what was left half done here; what was kept meanwhile is none of it."""
        return tuple(_draft(one) for one in self.desk.drafts.unfinished(DESK, self.session.actor))

    def save_draft(self, entry: DraftEntry) -> Draft:
        """Keep what is half done."""
        return _draft(self.desk.drafts.save(DESK, entry.request_id, entry.content, self.session.actor))

    def forget_draft(self, request_id: UUID) -> None:
        """Forget it."""
        self.desk.drafts.forget(request_id, self.session.actor)

    def post_code(self) -> str:
        """Return the post of this desk."""
        return self.session.home.post_code

    def local_day(self) -> date:
        """Return the day at the post."""
        return self.local_time(self.session.now()).date()

    def local_time(self, at: datetime) -> datetime:
        """Return a moment as the post's clock shows it."""
        return local(at, self.desk.place.utc_offset_minutes)


def _draft(kept: HealthDraft) -> Draft:
    return Draft(kept.request_id, kept.by, kept.started_at, kept.updated_at, DraftState.EDITING, kept.content)
