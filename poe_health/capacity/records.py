"""The table of kept assessments and of what became of their gaps."""

from datetime import date
from uuid import UUID

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from bmis.store.unit import UnitOfWork
from poe_health.capacity.kept import AssessmentKept, GapStepped
from poe_health.keeping.event import KeptEvent
from poe_health.keeping.records import KeptRow, Ledger, RedigestKept
from poe_health.store.records.parts import NewPart


class CapacityEventRow(KeptRow):
    """An assessment, or a step of one of its gaps."""

    __tablename__ = "capacity_event"

    content: Mapped[str | None] = mapped_column(String(64), unique=True)
    poe: Mapped[str | None] = mapped_column(String(200))
    poe_type: Mapped[str | None] = mapped_column(String(20))
    assessed_on: Mapped[date | None] = mapped_column(index=True)


def _columns(one: KeptEvent) -> dict[str, object]:
    if isinstance(one, AssessmentKept):
        return {"content": one.content, "poe": one.poe, "poe_type": one.poe_type, "assessed_on": one.assessed_on}
    return {"content": None, "poe": None, "poe_type": None, "assessed_on": None}


CAPACITY: Ledger[KeptEvent] = Ledger(
    CapacityEventRow, {"capacity.assessed": AssessmentKept, "capacity.gap": GapStepped}, _columns
)


class SqlAssessments:
    """Assessments inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def add(self, event: KeptEvent, parts: tuple[NewPart, ...] = ()) -> None:
        """Keep an assessment, or a step."""
        CAPACITY.add(self._unit, event, parts)

    def by_content(self, content: str) -> AssessmentKept | None:
        """Return the assessment with that document."""
        found = CAPACITY.events(self._unit, CapacityEventRow.content == content)
        return next((one for one in found if isinstance(one, AssessmentKept)), None)

    def find(self, assessment_id: UUID) -> tuple[AssessmentKept | None, list[GapStepped]]:
        """Return the assessment and the steps of its gaps, in order."""
        events = CAPACITY.events(self._unit, CapacityEventRow.record_id == assessment_id)
        kept = next((one for one in events if isinstance(one, AssessmentKept)), None)
        return kept, [one for one in events if isinstance(one, GapStepped)]

    def newest(self, limit: int) -> list[AssessmentKept]:
        """Return the assessments, the newest day first."""
        asked = select(CapacityEventRow.id).where(CapacityEventRow.assessed_on.is_not(None))
        ordered = asked.order_by(CapacityEventRow.assessed_on.desc(), CapacityEventRow.number.desc()).limit(limit)
        found = (self.find(one)[0] for one in self._unit.connection.execute(ordered).scalars().all())
        return [one for one in found if one is not None]

    def before(self, poe: str, poe_type: str, day: date) -> AssessmentKept | None:
        """Return the newest assessment of the same post before that day."""
        asked = (
            select(CapacityEventRow.id)
            .where(CapacityEventRow.poe == poe, CapacityEventRow.poe_type == poe_type)
            .where(CapacityEventRow.assessed_on < day)
            .order_by(CapacityEventRow.assessed_on.desc(), CapacityEventRow.number.desc())
            .limit(1)
        )
        found = self._unit.connection.execute(asked).scalar()
        return None if found is None else self.find(found)[0]


def redigest_assessments() -> RedigestKept[KeptEvent]:
    """Return what makes the digests of these rows again."""
    return RedigestKept(CAPACITY)
