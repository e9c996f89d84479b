"""The tables of plans: events, files, and the full-text index (SQLite FTS5) inside the encrypted file."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import Connection, LargeBinary, String, insert, select, text
from sqlalchemy.orm import Mapped, mapped_column

from bmis.store.base import Base
from bmis.store.unit import UnitOfWork
from poe_health.keeping.errors import KeptDamagedError, SearchWordsError
from poe_health.keeping.event import KeptEvent
from poe_health.keeping.records import KeptRow, Ledger, RedigestKept
from poe_health.plans.plan import PlanAdded, PlanFile, PlanView, PlanWithdrawn

_WORD = re.compile(r"[^\W_]+")
MOST_WORDS = 12
EXCERPT_WORDS = 18
_SEARCH = text(
    "SELECT e.id, snippet(plan_text, 1, '«', '»', '…', :around) AS excerpt FROM plan_text "
    "JOIN plan_event e ON e.number = plan_text.rowid WHERE plan_text MATCH :words "
    "ORDER BY bm25(plan_text, 5.0, 1.0), e.number DESC LIMIT :limit"
)


class PlanEventRow(KeptRow):
    """A version that was added, or a plan that was withdrawn."""

    __tablename__ = "plan_event"

    code: Mapped[str] = mapped_column(String(40), index=True)
    version: Mapped[str | None] = mapped_column(String(20))
    request_id: Mapped[UUID | None] = mapped_column(unique=True)


class PlanFileRow(Base):
    """The bytes of a version, as they were given."""

    __tablename__ = "plan_file"

    plan_id: Mapped[UUID] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


def _columns(one: KeptEvent) -> dict[str, object]:
    if isinstance(one, PlanAdded):
        return {"code": one.code, "version": one.version, "request_id": one.request_id}
    assert isinstance(one, PlanWithdrawn)
    return {"code": one.code, "version": None, "request_id": None}


PLANS: Ledger[KeptEvent] = Ledger(PlanEventRow, {"plan.added": PlanAdded, "plan.withdrawn": PlanWithdrawn}, _columns)


class SqlPlans:
    """Plans inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self._connection = unit.connection

    def add(self, event: PlanAdded, file: PlanFile) -> None:
        """Keep a version with its file and its words."""
        PLANS.add(self._unit, event)
        self._connection.execute(insert(PlanFileRow), {"plan_id": event.id, "content": file.content})
        number = self._connection.execute(select(PlanEventRow.number).where(PlanEventRow.id == event.id)).scalar_one()
        self._connection.execute(
            text("INSERT INTO plan_text (rowid, title, body) VALUES (:number, :title, :body)"),
            {"number": number, "title": event.title, "body": file.text},
        )

    def withdraw(self, event: PlanWithdrawn) -> None:
        """Keep that a plan is no longer in force."""
        PLANS.add(self._unit, event)

    def by_request(self, request_id: UUID) -> PlanAdded | None:
        """Return what was kept for the request."""
        found = PLANS.events(self._unit, PlanEventRow.request_id == request_id)
        return next((one for one in found if isinstance(one, PlanAdded)), None)

    def of_code(self, code: str) -> list[PlanView]:
        """Return the versions of a plan, the oldest first."""
        return _views(PLANS.events(self._unit, PlanEventRow.code == code))

    def everything(self) -> list[PlanView]:
        """Return all versions of all plans, by code, the oldest first."""
        by_code: dict[str, list[KeptEvent]] = {}
        for one in PLANS.events(self._unit):
            assert isinstance(one, PlanAdded | PlanWithdrawn)
            by_code.setdefault(one.code, []).append(one)
        return [view for code in sorted(by_code) for view in _views(by_code[code])]

    def content(self, plan_id: UUID) -> bytes:
        """Return the bytes of a version. Raises KeptDamagedError: they are not there."""
        found = self._connection.execute(select(PlanFileRow.content).where(PlanFileRow.plan_id == plan_id)).scalar()
        if found is None:
            raise KeptDamagedError
        return found

    def search(self, untrusted_words: str, limit: int) -> list[tuple[UUID, str]]:
        """Return versions that hold all the words or what begins with them, best first, each with an excerpt.

        Accents and capitals do not matter. Raises SearchWordsError: there is no word.
        """
        asked = {"words": match_of(untrusted_words), "around": EXCERPT_WORDS, "limit": limit}
        return [(UUID(str(row.id)), row.excerpt) for row in self._connection.execute(_SEARCH, asked)]


def match_of(untrusted_words: str) -> str:
    """Return the words as a query of FTS5, in which nothing of theirs is an operator. Raises SearchWordsError."""
    words = _WORD.findall(untrusted_words)[:MOST_WORDS]
    if not words:
        raise SearchWordsError
    return " ".join(f'"{word}"*' for word in words)


def _views(events: Sequence[KeptEvent]) -> list[PlanView]:
    """Return the versions of one plan. A version added after a withdrawal brings the plan back."""
    added = [one for one in events if isinstance(one, PlanAdded)]
    withdrawn = bool(events) and isinstance(events[-1], PlanWithdrawn)
    newest = next((one for one in reversed(added) if one.approved_by is not None), None)
    return [PlanView(one, not withdrawn and one is newest, withdrawn) for one in added]


def _unlike(connection: Connection, events: Iterable[KeptEvent]) -> frozenset[UUID]:
    """Return the versions whose file or words are not those that were kept."""
    files = {
        row.plan_id: hashlib.sha256(row.content).hexdigest()
        for row in connection.execution_options(yield_per=5).execute(select(PlanFileRow.plan_id, PlanFileRow.content))
    }
    asked = text("SELECT e.id, t.body FROM plan_text t JOIN plan_event e ON e.number = t.rowid")
    words = {UUID(str(row.id)): hashlib.sha256(row.body.encode()).hexdigest() for row in connection.execute(asked)}
    return frozenset(
        one.id
        for one in events
        if isinstance(one, PlanAdded) and (files.get(one.id), words.get(one.id)) != (one.sha256, one.text_sha256)
    )


def redigest_plans() -> RedigestKept[KeptEvent]:
    """Return what makes the digests of these rows again."""
    return RedigestKept(PLANS, also=_unlike)
