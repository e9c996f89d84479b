"""What the desk of registers needs of the rooms. Every call runs on the store thread and may raise BmisError."""

from datetime import date, datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from bmis.flows.affected import AffectedArea
from bmis.flows.mobility.map_mobility import MobilityMap
from bmis.flows.mobility.place import MappedPlace, MappedRoute, MappingExercise
from bmis.flows.mobility.post_register import PostItem, PostRegister, PostStatus
from bmis.flows.observed.slot import FmpHours
from bmis.kernel.actor import Permission
from bmis.reports.returns.keep_returns import Expectation


class RegisterParts(Protocol):
    """``amend``: what stands under the same code is corrected. ``amends``: the record that is corrected."""

    def may(self, permission: Permission) -> bool:
        """Return whether the role may. The use case asks again."""

    def home_post(self) -> str:
        """Return the code of the post."""

    def local_day(self) -> date:
        """Return the day at the post."""

    def local_time(self, at: datetime) -> datetime:
        """Return a moment as the post's clock shows it."""

    def mapped(self) -> MobilityMap:
        """Return exercises, places and routes that stand."""

    def keep(self, noun: MappingExercise | MappedPlace | MappedRoute, amend: bool) -> None:
        """Keep one."""

    def read_areas(self, path: Path) -> tuple[AffectedArea, ...]:
        """Return the affected areas of a file (resources/schemas/flows-affected-in.json)."""

    def register(self) -> PostRegister:
        """Return everything that was said of posts and not taken back."""

    def say_status(self, status: PostStatus, amends: UUID | None) -> None:
        """Keep how a post works."""

    def set_hours(self, hours: FmpHours) -> None:
        """Keep when a post is open."""

    def say_item(self, item: PostItem, amends: UUID | None) -> None:
        """Keep what was seen of a post."""

    def withdraw(self, record: UUID, reason: str) -> None:
        """Take a record back; it stays with its reason, and counts no more."""

    def expected(self) -> tuple[Expectation, ...]:
        """Return who owes which returns, the newest word last."""

    def expect(self, post: str, kinds: tuple[str, ...], first: date, last: date | None, reason: str) -> None:
        """Say which returns a post owes."""
