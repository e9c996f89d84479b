"""The use cases of observation joined for one session."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from bmis.crossings.paperwork.drafts import Draft, DraftEntry
from bmis.flows.mobility.keeping import Standing
from bmis.flows.mobility.survey import Survey
from bmis.flows.mobility.survey_refusal import SurveyRefusal
from bmis.flows.observed.coverage import ObservedPeriod
from bmis.flows.observed.slot import ObservedSlot
from bmis.kernel.clock import local
from bmis.posts.point_of_entry import points_of_entry
from bmis.staff.session import SignedIn
from ui import compose
from ui.border_desk import BorderDesk
from ui.desktop.observation.parts import AskedToday, Points
from ui.mobility_desk import MobilityDesk
from ui.office.desk_drafts import forget, kept_of, save_of

NAME = "observation"


@dataclass(frozen=True, slots=True)
class JoinedObservation:
    """Answers ``ui.desktop.observation.parts.ObservationParts``; each use case asks what the role allows."""

    session: SignedIn
    desk: BorderDesk
    mobility: MobilityDesk

    @classmethod
    def of(cls, session: SignedIn) -> "JoinedObservation":
        """Return the parts of a session."""
        return cls(session, compose.border_desk(session), compose.mobility_desk(session))

    def local_now(self) -> datetime:
        """Return the wall clock of the post."""
        return local(self.session.now())

    def home_point(self) -> str:
        """Return the code of the desk's own post."""
        return self.session.home.post_code

    def points(self) -> Points:
        """Return the desk's own post, mapped places by name, then the other posts by name."""
        home = self.home_point()
        posts = sorted(((one.code, one.name) for one in points_of_entry()), key=lambda one: one[1])
        mapped = self.mobility.mapped(self.session.actor).places
        places = sorted(((one.noun.code, one.noun.name) for one in mapped), key=lambda one: one[1])
        own = tuple(one for one in posts if one[0] == home) or ((home, home),)
        return (*own, *places, *(one for one in posts if one[0] != home))

    def keep_slot(self, slot: ObservedSlot, request_id: UUID) -> Standing[ObservedSlot]:
        """Return the slot as kept."""
        return self.mobility.observe([(slot, request_id)], self.session.actor)[0]

    def observed(self, first: date, last: date) -> ObservedPeriod:
        """Return what stands of these days."""
        return self.mobility.observed(first, last, self.session.actor)

    def withdraw(self, record: UUID, reason: str) -> None:
        """Take a record back."""
        self.mobility.withdraw(record, reason, self.session.actor)

    def take_survey(self, fmp: str, day: date, answers: Mapping[str, str], request_id: UUID) -> Standing[Survey]:
        """Return the survey as kept."""
        return self.mobility.take_survey(fmp, day, answers, self.session.actor, consent=True, request_id=request_id)

    def refuse(self, fmp: str, day: date, why: str, request_id: UUID) -> Standing[SurveyRefusal]:
        """Count one who was not asked."""
        return self.mobility.refuse_survey(fmp, day, why, self.session.actor, request_id=request_id)

    def asked(self, day: date) -> AskedToday:
        """Return the surveys of a day."""
        by = self.session.actor
        refused: Counter[str] = Counter()
        for (_fmp, why), n in self.mobility.refusals(day, day, by).items():
            refused[why] += n
        return AskedToday(len(self.mobility.surveys(day, day, by)), MappingProxyType(dict(refused)))

    def kept_drafts(self) -> tuple[Draft, ...]:
        """Return what was left half done here."""
        return kept_of(self.desk, NAME, self.session.actor)

    def save_draft(self, entry: DraftEntry) -> Draft:
        """Keep what is half done."""
        return save_of(self.desk, NAME, entry, self.session.actor)

    def forget_draft(self, request_id: UUID) -> None:
        """Forget it."""
        forget(self.desk, request_id, self.session.actor)
