"""The table of kept checks of certificates. Nothing is changed; a rule of retention takes parts, by an event."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import String, or_, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from bmis.store.unit import UnitOfWork
from poe_health.certificates.kept import CheckErased, CheckKept, CheckView
from poe_health.keeping.event import KeptEvent
from poe_health.keeping.records import KeptRow, Ledger, RedigestKept
from poe_health.screening.records.counted_days import day_counted
from poe_health.screening.records.tables import ScreeningRow
from poe_health.store.records.parts import PERSON, HealthPartRow, NewPart
from poe_health.surveillance.records import SqlTallyDays


class CertificateCheckRow(KeptRow):
    """A check, or what was taken from it later."""

    __tablename__ = "certificate_check"

    day: Mapped[date | None] = mapped_column(index=True)
    result: Mapped[str | None] = mapped_column(String(20))
    request_id: Mapped[UUID | None] = mapped_column(unique=True)
    screening_id: Mapped[UUID | None] = mapped_column(index=True)


def _columns(one: KeptEvent) -> dict[str, object]:
    if isinstance(one, CheckKept):
        return {
            "day": one.day,
            "result": one.result,
            "request_id": one.request_id,
            "screening_id": one.screening_id,
        }
    return {"day": None, "result": None, "request_id": None, "screening_id": None}


CHECKS: Ledger[KeptEvent] = Ledger(
    CertificateCheckRow, {"certificate.checked": CheckKept, "certificate.erased": CheckErased}, _columns
)


@dataclass(frozen=True, slots=True)
class OldCheck:
    """A check that still has parts."""

    id: UUID
    day: date
    parts: frozenset[str]


class SqlChecks:
    """Checks inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def add(self, check: CheckKept, parts: Sequence[NewPart]) -> None:
        """Keep a check; the day on which it counts is open again if it was submitted."""
        CHECKS.add(self._unit, check, parts)
        if check.counted_as is not None:
            of_screening = (
                None if check.screening_id is None else day_counted(self._unit.connection, check.screening_id)
            )
            day = of_screening or check.day
            SqlTallyDays(self._unit).record_arrived((day,), check.id, check.by, check.recorded_at)

    def counting_on(self, day: date) -> list[CheckKept]:
        """Return the checks of that day and of its screenings, in the order in which they were kept."""
        screening, its_primary = aliased(ScreeningRow), aliased(ScreeningRow)
        asked = (
            select(CertificateCheckRow.kind, CertificateCheckRow.payload)
            .outerjoin(screening, screening.id == CertificateCheckRow.screening_id)
            .outerjoin(its_primary, its_primary.id == screening.primary_id)
            .where(CertificateCheckRow.kind == "certificate.checked")
            .where(or_(CertificateCheckRow.day == day, screening.day == day, its_primary.day == day))
        )
        found = self._unit.connection.execute(asked.order_by(CertificateCheckRow.number))
        nouns = (CHECKS.noun(row.kind, row.payload) for row in found)
        return [noun for noun in nouns if isinstance(noun, CheckKept)]

    def people_of(self, day: date) -> list[tuple[CheckKept, str]]:
        """Return the checks of a day with the part that says who it was, where it is still there, in order."""
        asked = (
            select(CertificateCheckRow.kind, CertificateCheckRow.payload, HealthPartRow.content)
            .join(HealthPartRow, HealthPartRow.owner_id == CertificateCheckRow.id)
            .where(CertificateCheckRow.day == day, HealthPartRow.part == PERSON)
            .order_by(CertificateCheckRow.number)
        )
        rows = self._unit.connection.execute(asked)
        found = ((CHECKS.noun(row.kind, row.payload), row.content) for row in rows)
        return [(noun, content) for noun, content in found if isinstance(noun, CheckKept)]

    def by_request(self, request_id: UUID) -> CheckView | None:
        """Return what was kept for the request."""
        asked = select(CertificateCheckRow.id).where(CertificateCheckRow.request_id == request_id)
        found = self._unit.connection.execute(asked).scalar()
        return None if found is None else self.find(found)

    def find(self, check_id: UUID) -> CheckView | None:
        """Return the check as it stands."""
        events = CHECKS.events(self._unit, CertificateCheckRow.record_id == check_id)
        check = next((one for one in events if isinstance(one, CheckKept)), None)
        return None if check is None else CheckView(check, _erased(events).get(check.id, frozenset()))

    def between(self, first: date, last: date, limit: int) -> list[CheckView]:
        """Return the checks of those days, the newest first."""
        asked = select(CertificateCheckRow.id).where(CertificateCheckRow.day.between(first, last))
        found = self._unit.connection.execute(asked.order_by(CertificateCheckRow.number.desc()).limit(limit))
        return self._views(found.scalars().all())

    def of_screening(self, screening_id: UUID) -> list[CheckView]:
        """Return the checks of a screening, the oldest first."""
        asked = select(CertificateCheckRow.id).where(CertificateCheckRow.screening_id == screening_id)
        return self._views(self._unit.connection.execute(asked.order_by(CertificateCheckRow.number)).scalars().all())

    def older_than(self, day: date) -> list[OldCheck]:
        """Return the checks before that day of which a part is still kept, the oldest first."""
        asked = (
            select(CertificateCheckRow.id, CertificateCheckRow.day, HealthPartRow.part)
            .join(HealthPartRow, HealthPartRow.record_id == CertificateCheckRow.id)
            .where(CertificateCheckRow.day < day)
            .order_by(CertificateCheckRow.number)
        )
        found: dict[UUID, OldCheck] = {}
        for row in self._unit.connection.execute(asked):
            before = found[row.id].parts if row.id in found else frozenset()
            found[row.id] = OldCheck(row.id, row.day, before | {row.part})
        return list(found.values())

    def say_erased(self, event: CheckErased) -> None:
        """Keep that parts were taken away."""
        CHECKS.add(self._unit, event)

    def _views(self, identifiers: Iterable[UUID]) -> list[CheckView]:
        views = (self.find(one) for one in identifiers)
        return [view for view in views if view is not None]


def _erased(events: Iterable[KeptEvent]) -> Mapping[UUID, frozenset[str]]:
    found: dict[UUID, frozenset[str]] = {}
    for one in events:
        if isinstance(one, CheckErased):
            found[one.record_id] = found.get(one.record_id, frozenset()) | set(one.parts)
    return found


def redigest_checks() -> RedigestKept[KeptEvent]:
    """Return what makes the digests of these rows again."""
    return RedigestKept(CHECKS, erased=_erased)
