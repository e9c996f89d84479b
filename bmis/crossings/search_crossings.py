"""Finding crossings by document, name, birth date or day."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from uuid import UUID

from bmis.crossings.errors import SearchRefusedError
from bmis.crossings.identity import name_key
from bmis.crossings.records.searches import Cursor, SqlSearches, Wanted
from bmis.crossings.view import CrossingSummary
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES
from bmis.store.unit import OpenUnit

MOST = 500
_BIRTH = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", re.ASCII)
_LONGEST_TEXT = 120


@dataclass(frozen=True, slots=True)
class CrossingQuery:
    """What somebody typed. Days are those of the post's wall clock, the last one included; None says nothing."""

    document: str | None = None
    issuing_state: str | None = None
    name: str | None = None
    birth: str | None = None  # YYYY, YYYY-MM or YYYY-MM-DD
    from_day: date | None = None
    to_day: date | None = None
    limit: int = 50
    after: Cursor | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the crossings found, the newest first; ``next`` asks for those that follow, None at the end."""

    found: tuple[CrossingSummary, ...]
    next: Cursor | None


@dataclass(frozen=True, slots=True)
class SearchCrossings:
    """Looks among all kept crossings, undone and annulled ones included: they say what they are."""

    open_read: OpenUnit
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def __call__(self, query: CrossingQuery, by: Actor) -> Page:
        """Return one page. Every word of the name must begin a word of the person's names, in any order.

        Raises:
            NotAllowedError: the role does not read crossings.
            SearchRefusedError: ``why`` is limit, text, birth or name.
        """
        require(by, Permission.READ_CROSSINGS)
        wanted = self._wanted(query)
        with self.open_read() as unit:
            return Page(*SqlSearches(unit).find(wanted))

    def _wanted(self, query: CrossingQuery) -> Wanted:
        if not 1 <= query.limit <= MOST:
            raise SearchRefusedError(why="limit", most=MOST)
        if any(len(text or "") > _LONGEST_TEXT for text in (query.document, query.issuing_state, query.name)):
            raise SearchRefusedError(why="text", longest=_LONGEST_TEXT)
        if query.birth is not None and not _BIRTH.fullmatch(query.birth):
            raise SearchRefusedError(why="birth")
        words = tuple(dict.fromkeys(name_key(query.name).split()))
        if query.name and not words:
            raise SearchRefusedError(why="name")
        return Wanted(
            document_number=query.document.strip().upper() if query.document else None,
            issuing_state=query.issuing_state.strip().upper() if query.issuing_state else None,
            name_words=words,
            birth_date=query.birth,
            since=self._midnight(query.from_day) if query.from_day else None,
            before=self._midnight(query.to_day + timedelta(days=1)) if query.to_day else None,
            limit=query.limit,
            after=query.after,
        )

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), timezone(timedelta(minutes=self.utc_offset_minutes)))


@dataclass(frozen=True, slots=True)
class WasKept:
    """Answers after a power cut whether a request was kept: GUARDADO or NÃO GUARDADO."""

    open_read: OpenUnit

    def __call__(self, request_id: UUID, by: Actor) -> CrossingSummary | None:
        """Return the crossing that was kept for the request, None where none was."""
        require(by, Permission.READ_CROSSINGS)
        with self.open_read() as unit:
            return SqlSearches(unit).of_request(request_id)
