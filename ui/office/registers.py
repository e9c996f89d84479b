"""The desk of registers joined for one session."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from bmis.flows.affected import AffectedArea
from bmis.flows.mobility.map_mobility import MobilityMap
from bmis.flows.mobility.place import MappedPlace, MappedRoute, MappingExercise
from bmis.flows.mobility.post_register import PostItem, PostRegister, PostStatus
from bmis.flows.observed.slot import FmpHours
from bmis.kernel.actor import Permission, require
from bmis.kernel.clock import local
from bmis.reports.returns.keep_returns import Expectation
from bmis.staff.session import SignedIn
from ui import compose
from ui.mobility_desk import MobilityDesk
from ui.office.flow_map import read_affected_areas
from ui.report_desk import ReportDesk


@dataclass(frozen=True, slots=True)
class JoinedRegisters:
    """Every call asks the use case, which asks what the role allows."""

    session: SignedIn
    desk: MobilityDesk
    reports: ReportDesk

    @classmethod
    def of(cls, session: SignedIn) -> "JoinedRegisters":
        """Return the parts of a session."""
        return cls(session, compose.mobility_desk(session), compose.report_desk(session))

    def may(self, permission: Permission) -> bool:
        """Return whether the role may."""
        return self.session.actor.may(permission)

    def home_post(self) -> str:
        """Return the code of the post."""
        return self.session.home.post_code

    def local_day(self) -> date:
        """Return the day at the post."""
        return self.local_time(self.session.now()).date()

    def local_time(self, at: datetime) -> datetime:
        """Return a moment as the post's clock shows it."""
        return local(at)

    def mapped(self) -> MobilityMap:
        """Return exercises, places and routes that stand."""
        return self.desk.mapped(self.session.actor)

    def keep(self, noun: MappingExercise | MappedPlace | MappedRoute, amend: bool) -> None:
        """Keep one."""
        by = self.session.actor
        if isinstance(noun, MappingExercise):
            self.desk.keep_exercises([(noun, None)], by, amend=amend)
        elif isinstance(noun, MappedPlace):
            self.desk.keep_places([(noun, None)], by, amend=amend)
        else:
            self.desk.keep_routes([(noun, None)], by, amend=amend)

    def read_areas(self, path: Path) -> tuple[AffectedArea, ...]:
        """Return the affected areas of a file."""
        return read_affected_areas(path)

    def register(self) -> PostRegister:
        """Return everything that was said of posts and not taken back."""
        return self.desk.read_register(self.session.actor)

    def say_status(self, status: PostStatus, amends: UUID | None) -> None:
        """Keep how a post works."""
        self.desk.register.statuses([(status, None)], self.session.actor, amends)

    def set_hours(self, hours: FmpHours) -> None:
        """Keep when a post is open."""
        self.desk.set_hours(hours, self.session.actor)

    def say_item(self, item: PostItem, amends: UUID | None) -> None:
        """Keep what was seen of a post."""
        self.desk.register.items([(item, None)], self.session.actor, amends)

    def withdraw(self, record: UUID, reason: str) -> None:
        """Take a record back."""
        self.desk.withdraw(record, reason, self.session.actor)

    def expected(self) -> tuple[Expectation, ...]:
        """Return who owes which returns."""
        require(self.session.actor, Permission.MANAGE_POST)
        return tuple(self.reports.returns.expected())

    def expect(self, post: str, kinds: tuple[str, ...], first: date, last: date | None, reason: str) -> None:
        """Say which returns a post owes."""
        self.reports.expect(post, kinds, first, self.session.actor, last=last, reason=reason)
