"""Keeping returns of posts, saying who owes them, and finding who is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bmis.flows.errors import PeriodError
from bmis.flows.period import MOST_DAYS
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock, local
from bmis.kernel.identifiers import made_at, new_id
from bmis.posts.errors import UnknownPostError
from bmis.posts.point_of_entry import point_of_entry
from bmis.reports.errors import (
    ReturnAmendsError,
    ReturnDayError,
    ReturnExistsError,
    ReturnFigureError,
)
from bmis.reports.event import ReportEvent, ReportEventKind
from bmis.reports.records import SqlReportEvents
from bmis.reports.returns.kinds import due_by_default, return_kind, return_kinds
from bmis.reports.returns.post_return import PostReturn, revised
from bmis.store.unit import OpenUnit, UnitOfWork

_KIND = ReportEventKind.RETURN_RECEIVED
_NONE = "—"


@dataclass(frozen=True, slots=True)
class KeptReturn:
    """A return with when it was received here, by whose hand, and whether it was kept before."""

    given: PostReturn
    received_at: datetime
    by: str
    known: bool = False


@dataclass(frozen=True, slots=True)
class Expectation:
    """Which returns a post owes from a day to a day (None: until told otherwise). ``by`` None: the dated list says so,
    because nobody has."""

    post: str
    kinds: tuple[str, ...]
    first: date
    last: date | None
    by: str | None = None
    said_at: datetime | None = None
    reason: str = ""

    def on(self, day: date) -> bool:
        """Return whether it is about that day."""
        return self.first <= day <= (self.last or date.max)


Owed = tuple[str, str, date]
"""A post, a kind, a day."""


@dataclass(frozen=True, slots=True)
class ReturnsOfDays:
    """Returns of some days as they stand (corrections folded in), and what is owed of those days."""

    returns: Mapping[Owed, PostReturn]
    owed: frozenset[Owed]

    def of_kind(self, kind: str) -> list[PostReturn]:
        """Return the returns of one kind, by post and day."""
        return [one for place, one in sorted(self.returns.items(), key=lambda pair: pair[0]) if place[1] == kind]

    def missing(self, kind: str | None = None) -> list[Owed]:
        """Return what is owed and has not come."""
        return sorted(one for one in self.owed - set(self.returns) if kind in (None, one[1]))

    def owed_of(self, kind: str) -> int:
        """Return how many of a kind are owed or have come."""
        return sum(place[1] == kind for place in self.owed | set(self.returns))


@dataclass(frozen=True, slots=True)
class ReturnsBook:
    """Reads returns; its post owes those of ``due_by_default`` where nobody has said otherwise."""

    open_read: OpenUnit
    post_code: str

    def __call__(self, first: date, last: date) -> ReturnsOfDays:
        """Return the returns of these days, both included."""
        with self.open_read() as unit:
            events = SqlReportEvents(unit)
            received = events.between(_KIND, first, last)
            said = events.between(ReportEventKind.RETURNS_EXPECTED, first, last)
        found = {(one.post_code, one.kind, one.day): one for one in map(return_of, received)}
        return ReturnsOfDays(found, frozenset(self._owed(first, last, said)))

    def history(self, first: date, last: date) -> list[KeptReturn]:
        """Return every return of these days, corrected ones too, in the order received."""
        with self.open_read() as unit:
            return [_kept(event) for event in SqlReportEvents(unit).between(_KIND, first, last)]

    def expected(self) -> list[Expectation]:
        """Return what the dated list says of the own post, then what people said, the newest word last: it counts."""
        with self.open_read() as unit:
            said = SqlReportEvents(unit).every(ReportEventKind.RETURNS_EXPECTED)
        found = [Expectation(self.post_code, due_by_default(), date.min, None)]
        for one in said:
            last = None if one.last == date.max else one.last
            kinds, reason = tuple(_texts(one.facts["kinds"])), str(one.facts["reason"])
            found.append(Expectation(one.subject, kinds, one.first, last, one.by, made_at(one.id), reason))
        return found

    def _owed(self, first: date, last: date, said: Iterable[ReportEvent]) -> Iterable[Owed]:
        expectations = list(said)
        for at in range((last - first).days + 1):
            day = first + timedelta(days=at)
            posts = {self.post_code: due_by_default()}
            for event in expectations:  # the last word counts
                if event.first <= day <= event.last:
                    posts[event.subject] = tuple(_texts(event.facts["kinds"]))
            in_force = {one.code for one in return_kinds(day)}
            yield from ((post, kind, day) for post, kinds in posts.items() for kind in kinds if kind in in_force)


@dataclass(frozen=True, slots=True)
class TakeReturns:
    """Keeps returns that came in, all of them or none."""

    open_unit: OpenUnit
    now: Clock
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def __call__(
        self, given: Iterable[PostReturn], by: Actor, amends: Mapping[str, str] | None = None
    ) -> list[KeptReturn]:
        """Return them as kept. The same return again is known, and kept once.

        Args:
            given: the returns; their revision says whether they amend.
            by: who types or receives them.
            amends: kind to the reference that a correction names, where it came by reference and not by revision.

        Raises:
            NotAllowedError: the role takes no returns.
            ReturnDayError: the day has not come, or the return is older than its day.
            ReturnExistsError: other figures are there, and this is no correction of them.
            ReturnAmendsError: a correction of what is not the latest.
        """
        require(by, Permission.READ_REPORTS)
        today = local(self.now(), self.utc_offset_minutes).date()
        with self.open_unit() as unit:
            kept = [self._take(unit, one, by, today, (amends or {}).get(one.kind)) for one in given]
            unit.commit()
        return kept

    def _take(self, unit: UnitOfWork, one: PostReturn, by: Actor, today: date, amends: str | None) -> KeptReturn:
        if one.day > today or local(one.sent_at, self.utc_offset_minutes).date() < one.day:
            raise ReturnDayError
        events = SqlReportEvents(unit)
        before = [_kept(event) for event in events.between(_KIND, one.day, one.day, one.subject)]
        latest = before[-1].given if before else None
        if amends is not None:
            if latest is None or latest.reference != amends:
                raise ReturnAmendsError(reference=_NONE if latest is None else latest.reference)
            one = revised(one, latest.revision + 1)
        for earlier in before:
            if (earlier.given.revision, earlier.given.figures) == (one.revision, one.figures):
                return KeptReturn(earlier.given, earlier.received_at, earlier.by, known=True)
        expected = 1 if latest is None else latest.revision + 1
        if one.revision != expected:
            reference = _NONE if latest is None else latest.reference
            raise (
                ReturnExistsError(reference=reference) if one.revision == 1 else ReturnAmendsError(reference=reference)
            )
        event = ReportEvent(
            new_id(self.now()),
            _KIND,
            one.subject,
            one.day,
            one.day,
            by.name,
            one.facts() | {"amends": None if latest is None else latest.reference},
        )
        events.add(event)
        return KeptReturn(one, made_at(event.id), by.name)


@dataclass(frozen=True, slots=True)
class ExpectReturns:
    """Says which returns a post owes from a day on; no kind: none."""

    open_unit: OpenUnit
    now: Clock

    def __call__(
        self,
        untrusted_post: str,
        untrusted_kinds: Iterable[str],
        first: date,
        by: Actor,
        *,
        last: date | None = None,
        reason: str,
    ) -> tuple[str, tuple[str, ...]]:
        """Return the post and the kinds.

        Raises:
            NotAllowedError: the role does not manage posts. ReturnFigureError: no such post, or no reason.
            ReturnKindError: no such kind. PeriodError: the days are the wrong way round.
        """
        require(by, Permission.MANAGE_POST)
        try:
            post = point_of_entry(untrusted_post).code
        except UnknownPostError as error:
            raise ReturnFigureError(item="post") from error
        if not 3 <= len(reason.strip()) <= 300:
            raise ReturnFigureError(item="reason")
        kinds = tuple(dict.fromkeys(return_kind(code, first).code for code in untrusted_kinds))
        until = last or date.max
        if until < first:
            raise PeriodError(why="order", most=MOST_DAYS)
        facts = {"kinds": list(kinds), "reason": reason.strip()}
        event = ReportEvent(new_id(self.now()), ReportEventKind.RETURNS_EXPECTED, post, first, until, by.name, facts)
        with self.open_unit() as unit:
            SqlReportEvents(unit).add(event)
            unit.commit()
        return post, kinds


def return_of(event: ReportEvent) -> PostReturn:
    """Return the return that an event keeps."""
    facts: Any = event.facts
    return PostReturn(
        facts["post"],
        event.first,
        facts["kind"],
        facts["figures"],
        facts["sender"],
        datetime.fromisoformat(facts["sent_at"]),
        facts["revision"],
    )


def _kept(event: ReportEvent) -> KeptReturn:
    return KeptReturn(return_of(event), made_at(event.id), event.by)


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
