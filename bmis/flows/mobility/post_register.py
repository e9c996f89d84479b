"""How a post works and what it has: dated statements, each standing until another is made of the same thing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from bmis.flows.mobility.errors import MobilityFieldError
from bmis.flows.mobility.event import MobilityKind
from bmis.flows.mobility.keeping import Standing, check_days, keep, read_standing
from bmis.flows.mobility.lists import checked, entry
from bmis.flows.mobility.place import LONGEST_NOTE, check_text
from bmis.flows.observed.observe import mapped_places
from bmis.flows.observed.point import point_of
from bmis.flows.observed.slot import FmpHours, hours_in_force
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock, local
from bmis.store.unit import OpenUnit

MOST_PIECES = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PostStatus:
    """How a post or point works from a day to a day; ``until`` None: until something else is said."""

    KIND: ClassVar[MobilityKind] = MobilityKind.POST_STATUS_SET

    post: str
    status: str
    since: date
    until: date | None = None
    restrictions: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()
    health_impact: tuple[str, ...] = ()
    source: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Check the codes. Raises MobilityFieldError."""
        checked("post_status", self.status, "status")
        for of, where, codes in (
            ("restriction", "restrictions", self.restrictions),
            ("affected_population", "populations", self.populations),
            ("health_impact", "health_impact", self.health_impact),
        ):
            for code in codes:
                checked(of, code, where)
            if {"none", "none_known"} & {*codes} and len(codes) > 1:
                raise MobilityFieldError(where=where)
        check_text(self.source, "source", LONGEST_NOTE, needed=False)
        check_text(self.note, "note", LONGEST_NOTE, needed=False)

    @property
    def subject(self) -> str:
        """The post."""
        return self.post

    @property
    def first(self) -> date:
        """The first day."""
        return self.since

    @property
    def last(self) -> date:
        """The last day."""
        return date.max if self.until is None else self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class PostItem:
    """What was seen of a post's power, link, water, rooms or equipment on a day. Not counted is None, not nought."""

    KIND: ClassVar[MobilityKind] = MobilityKind.POST_ITEM_SEEN

    post: str
    item: str
    state: str
    seen_on: date
    quantity: int | None = None
    working: int | None = None
    source: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Check codes and numbers. Raises MobilityFieldError."""
        checked("item", self.item, "item")
        checked("item_state", self.state, "state")
        for where, n in (("quantity", self.quantity), ("working", self.working)):
            if n is not None and not 0 <= n <= MOST_PIECES:
                raise MobilityFieldError(where=where)
        if self.working is not None and (self.quantity is None or self.working > self.quantity):
            raise MobilityFieldError(where="working")
        if (self.state == "absent" and self.quantity) or (self.state != "absent" and self.quantity == 0):
            raise MobilityFieldError(where="quantity")
        check_text(self.source, "source", LONGEST_NOTE, needed=False)
        check_text(self.note, "note", LONGEST_NOTE, needed=False)

    @property
    def subject(self) -> str:
        """The post."""
        return self.post

    @property
    def first(self) -> date:
        """The day."""
        return self.seen_on

    @property
    def last(self) -> date:
        """Until it is seen again."""
        return date.max

    @property
    def area(self) -> str:
        """Power, link, water, rooms or equipment."""
        return str(entry("item", self.item)["area"])


@dataclass(frozen=True, slots=True)
class PostRegister:
    """Every statement that was not taken back, in the order in which it was made."""

    statuses: tuple[Standing[PostStatus], ...]
    items: tuple[Standing[PostItem], ...]
    hours: tuple[Standing[FmpHours], ...] = ()

    def hours_on(self, post: str, day: date) -> FmpHours | None:
        """Return the opening hours of a post in force on that day; None: nobody said any."""
        return hours_in_force((one.noun for one in self.hours), post, day)

    def status_on(self, day: date) -> list[Standing[PostStatus]]:
        """Return how each post works on that day, by post: of two that cover it, the one that began later."""
        newest: dict[str, Standing[PostStatus]] = {}
        for one in self.statuses:
            known = newest.get(one.noun.post)
            if one.noun.first <= day <= one.noun.last and (known is None or known.noun.first <= one.noun.first):
                newest[one.noun.post] = one
        return [newest[post] for post in sorted(newest)]

    def items_on(self, day: date) -> list[Standing[PostItem]]:
        """Return what was last seen of each item of each post up to that day."""
        newest: dict[tuple[str, str], Standing[PostItem]] = {}
        for one in self.items:
            key = one.noun.post, one.noun.item
            known = newest.get(key)
            if one.noun.seen_on <= day and (known is None or known.noun.seen_on <= one.noun.seen_on):
                newest[key] = one
        return [newest[key] for key in sorted(newest)]


@dataclass(frozen=True, slots=True)
class KeepPostRegister:
    """Keeps statements about posts, all of a request or none."""

    open_unit: OpenUnit
    now: Clock
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def statuses(
        self, said: Sequence[tuple[PostStatus, UUID | None]], by: Actor, amends: UUID | None = None
    ) -> list[Standing[PostStatus]]:
        """Return the statuses as kept. A status may be announced for days to come.

        Raises:
            NotAllowedError: the role keeps no register. FmpUnknownError: no such post or mapped place.
            MobilityDayError: it ends before it begins. MobilityConflictError, MobilityUnknownError: as ``keep``.
        """
        require(by, Permission.KEEP_POST_REGISTER)
        for one, _request in said:
            check_days(one.first, one.last, one.first)
        _check_one(said, amends)
        with self.open_unit() as unit:
            places = mapped_places(unit)
            for one, _request in said:
                point_of(one.post, places)
            kept = [keep(unit, one, by, self.now(), request_id=of, amends=amends)[0] for one, of in said]
            unit.commit()
        return kept

    def items(
        self, said: Sequence[tuple[PostItem, UUID | None]], by: Actor, amends: UUID | None = None
    ) -> list[Standing[PostItem]]:
        """Return what was seen, as kept. Raises as ``statuses``; MobilityDayError: the day has not come."""
        require(by, Permission.KEEP_POST_REGISTER)
        today = local(self.now(), self.utc_offset_minutes).date()
        _check_one(said, amends)
        with self.open_unit() as unit:
            places = mapped_places(unit)
            for one, _request in said:
                point_of(one.post, places)
                check_days(one.seen_on, one.last, today)
            kept = [keep(unit, one, by, self.now(), request_id=of, amends=amends)[0] for one, of in said]
            unit.commit()
        return kept


@dataclass(frozen=True, slots=True)
class ReadPostRegister:
    """Looks at the register."""

    open_read: OpenUnit

    def __call__(self, by: Actor, post: str | None = None) -> PostRegister:
        """Return what stands, of one post or of all.

        Raises:
            NotAllowedError: the role neither keeps the register nor observes.
        """
        if not by.may(Permission.KEEP_POST_REGISTER):
            require(by, Permission.OBSERVE_FLOWS)
        with self.open_read() as unit:
            return PostRegister(
                tuple(read_standing(unit, PostStatus, subject=post)),
                tuple(read_standing(unit, PostItem, subject=post)),
                tuple(read_standing(unit, FmpHours, subject=post)),
            )


def _check_one(said: Iterable[object], amends: UUID | None) -> None:
    if amends is not None and len(tuple(said)) != 1:
        raise MobilityFieldError(where="amends")
