"""On which days of the tally a record counts: what comes late reopens them."""

from collections.abc import Sequence
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy import Connection, Table, and_, select
from sqlalchemy.orm import aliased

from poe_health.screening.record import EventKind, Kind, Screening, ScreeningEvent, ScreeningView, State
from poe_health.screening.records.tables import ScreeningRow
from poe_health.screening.view import fold

_SCREENING = cast(Table, ScreeningRow.__table__)


def counted_on(connection: Connection, record: Screening) -> date:
    """Return the day on which a record that stands is counted: a case counts on the day of its primary screening."""
    if record.kind is Kind.SECONDARY and record.primary_id is not None:
        asked = select(ScreeningRow.day).where(ScreeningRow.id == record.primary_id, ScreeningRow.state == "standing")
        of_primary: date | None = connection.execute(asked).scalar()
        return of_primary or record.day
    return record.day


def day_counted(connection: Connection, screening_id: UUID) -> date | None:
    """Return the day on which the traveller of a screening is counted; None: the record does not stand."""
    primary = aliased(ScreeningRow)
    asked = (
        select(ScreeningRow.day, primary.day.label("of_primary"))
        .outerjoin(primary, and_(primary.id == ScreeningRow.primary_id, primary.state == State.STANDING.value))
        .where(ScreeningRow.id == screening_id, ScreeningRow.state == State.STANDING.value)
    )
    found = connection.execute(asked).one_or_none()
    if found is None:
        return None
    day: date = found.of_primary or found.day
    return day


def changed_days(connection: Connection, view: ScreeningView, event: ScreeningEvent) -> frozenset[date]:
    """Return the days whose numbers the event, which ``view`` holds already, has changed; none where nothing counts."""
    if event.kind is EventKind.ERASED:
        return frozenset()
    before = fold(view.record, _before(view.events, event))
    stood = before.state is State.STANDING
    if (before.state, before.facts) == (view.state, view.facts) or not stood:
        return frozenset()
    days = {counted_on(connection, view.record)}
    if event.kind is EventKind.VOIDED:  # its cases count by themselves from here on
        asked = select(_SCREENING.c.day).where(ScreeningRow.primary_id == view.id, ScreeningRow.state == "standing")
        days |= set(connection.execute(asked).scalars())
    return frozenset(days)


def _before(events: Sequence[ScreeningEvent], event: ScreeningEvent) -> list[ScreeningEvent]:
    return [one for one in events if one.id != event.id]
