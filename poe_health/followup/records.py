"""The tables of monitoring. Rows never leave this module."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, String, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from bmis.store.base import Base
from bmis.store.unit import UnitOfWork
from poe_health.followup.events import MonitoringEvent
from poe_health.followup.monitoring import OPEN, Monitoring, monitoring_of
from poe_health.followup.steps import PersonChanged, PersonForgotten, Started
from poe_health.referrals.errors import ReferralHistoryError, ReferralUnknownError
from poe_health.referrals.people.records import HealthIdentityRow, unlike_sealed
from poe_health.store.records.steps import IndexColumns, LastStep, SqlSteps, StepEventColumns, redigest_steps


class MonitoringRow(IndexColumns, Base):
    """A monitoring as its events leave it."""

    __tablename__ = "monitoring"

    disease: Mapped[str] = mapped_column(String(40), index=True)
    last_day: Mapped[date]


class MonitoringEventRow(StepEventColumns, Base):
    """One step of a monitoring."""

    __tablename__ = "monitoring_event"

    monitoring_id: Mapped[UUID] = mapped_column(index=True)


class SqlMonitoring:
    """The monitoring inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._connection = unit.connection
        self._steps = SqlSteps(unit, MonitoringRow, MonitoringEventRow, MonitoringEvent)

    def next_serial(self) -> int:
        """Return the number of the next monitoring of this desk."""
        return self._steps.next_serial()

    def add(self, event: MonitoringEvent, one: Monitoring, serial: int) -> None:
        """Keep a new monitoring with its first event."""
        values = {"id": one.id, "number": one.number, "serial": serial, "disease": one.disease}
        values |= {"opened_at": one.started.at, "screening_id": one.started.screening_id}
        self._connection.execute(insert(MonitoringRow), values | _moving(one))
        self._steps.keep(event)

    def step(self, event: MonitoringEvent, after: Monitoring) -> None:
        """Keep one more event and where the monitoring stands after it."""
        self._connection.execute(update(MonitoringRow).where(MonitoringRow.id == after.id).values(**_moving(after)))
        self._steps.keep(event)

    def get(self, monitoring_id: UUID) -> Monitoring:
        """Return the monitoring.

        Raises:
            ReferralUnknownError: there is none.
            ReferralHistoryError: its events do not follow one another.
        """
        events = self.events_of(monitoring_id)
        if not events:
            raise ReferralUnknownError
        return monitoring_of(monitoring_id, ((one.step, one.recorded_at) for one in events))

    def exists(self, monitoring_id: UUID) -> bool:
        """Return whether there is such a monitoring."""
        return self._steps.exists(monitoring_id)

    def events_of(self, monitoring_id: UUID) -> tuple[MonitoringEvent, ...]:
        """Return its events, in order. Raises ReferralHistoryError: one is none of ours."""
        try:
            return self._steps.events_of(monitoring_id)
        except ValueError as error:
            raise ReferralHistoryError(0) from error

    def by_number(self, number: str) -> UUID:
        """Return which monitoring has the number.

        Raises:
            ReferralUnknownError: none has.
        """
        found = self._steps.numbered(number)
        if found is None:
            raise ReferralUnknownError
        return found

    def listed(self, *, only_open: bool, disease: str | None, limit: int) -> tuple[Monitoring, ...]:
        """Return the monitoring whose last day comes first, first."""
        asked = select(MonitoringRow.id).order_by(MonitoringRow.last_day, MonitoringRow.serial).limit(limit)
        if only_open:
            asked = asked.where(MonitoringRow.state.in_([state.value for state in OPEN]))
        if disease is not None:
            asked = asked.where(MonitoringRow.disease == disease)
        return tuple(self.get(one) for one in self._connection.execute(asked).scalars().all())

    def last_steps(self, states: Collection[str]) -> list[LastStep]:
        """Return the monitoring in those states of which words or people are still kept, the longest unmoved first."""
        return self._steps.last_steps(states, HealthIdentityRow)


class RedigestMonitoring:
    """Makes the digests of this table's rows again, for the verification of the store."""

    kinds = MonitoringEvent.kinds()

    def __call__(self, connection: Connection) -> Iterator[tuple[UUID, str]]:
        """Yield each row's event and the digest of its content. Raises ReferralHistoryError: one is none of ours."""
        try:
            yield from redigest_steps(connection, MonitoringEventRow, MonitoringEvent, _unlike_people)
        except ValueError as error:
            raise ReferralHistoryError(0) from error


def _unlike_people(connection: Connection, events: Sequence[MonitoringEvent]) -> frozenset[UUID]:
    """The person of a monitoring is the last that was kept; those before were emptied when it was put right."""
    over = {one.subject_id for one in events if isinstance(one.step, PersonForgotten)}
    last: dict[UUID, UUID] = {}
    sealed = []
    for one in events:
        if isinstance(one.step, Started | PersonChanged):
            sealed.append((one.id, one.subject_id, one.step))
            last[one.subject_id] = one.step.identity_id
    forgotten = {
        step.identity_id for _, subject, step in sealed if subject in over or last[subject] != step.identity_id
    }
    people = [(event, step.identity_id, step.identity_seal) for event, _, step in sealed]
    return unlike_sealed(connection, people, forgotten)


def _moving(one: Monitoring) -> dict[str, object]:
    return {"state": one.state.value, "last_day": one.last_day, "identity_id": one.identity_id}
