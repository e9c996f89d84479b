"""On which days of the tally a record counts: what comes late reopens them."""

from collections.abc import Sequence
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy import Connection, Table, and_, column, or_, select, table
from sqlalchemy.orm import aliased

from poe_health.screening.record import EventKind, Kind, Screening, ScreeningEvent, ScreeningView, State
from poe_health.screening.records.tables import ScreeningRow
from poe_health.screening.view import fold

DIED = "DIED"
_SCREENING = cast(Table, ScreeningRow.__table__)
_DAY, _ID = ScreeningRow.day.type, ScreeningRow.id.type
# The rooms of these two stand on this one, so their tables are named here and not imported.
_CHECK = table("certificate_check", column("day", _DAY), column("screening_id", _ID))
_EVENT = table("post_event", column("id", _ID), column("what"), column("day", _DAY))
_STEP = table("post_event_step", column("record_id", _ID), column("payload"))


def counted_on(connection: Connection, record: Screening) -> date:
    """Return the day on which a record that stands is counted: a case counts on the day of its primary screening."""
    if record.kind is Kind.SECONDARY and record.primary_id is not None:
        asked = select(ScreeningRow.day).where(ScreeningRow.id == record.primary_id, ScreeningRow.state == "standing")
        of_primary: date | None = connection.execute(asked).scalar()
        return of_primary or record.day
    return record.day


def days_late(connection: Connection, record: Screening) -> frozenset[date]:
    """Return the days whose numbers a record that is kept now has changed: its own, and that of a death it tells of."""
    days = {counted_on(connection, record)}
    return frozenset(days | _deaths(connection, record) if record.facts.disposition == DIED else days)


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
    if event.kind in (EventKind.ERASED, EventKind.RELEASED):
        return frozenset()
    before = fold(view.record, _before(view.events, event))
    stood = before.state is State.STANDING
    if (before.state, before.facts) == (view.state, view.facts) or not stood:
        return frozenset()
    days = {counted_on(connection, view.record)}
    if event.kind is EventKind.VOIDED:  # its cases count by themselves from here on
        asked = select(_SCREENING.c.day).where(ScreeningRow.primary_id == view.id, ScreeningRow.state == "standing")
        days |= set(connection.execute(asked).scalars())
        checked = select(_CHECK.c.day).where(_CHECK.c.screening_id == view.id)  # they count alone from here on
        days |= set(connection.execute(checked).scalars())
    if DIED in (before.facts.disposition, view.facts.disposition):
        days |= _deaths(connection, view.record)
    return frozenset(days)


def _deaths(connection: Connection, record: Screening) -> set[date]:
    """Return the days of the deaths at the post that name the traveller of the record: each is counted once."""
    traveller = record.primary_id or record.id
    asked = select(_SCREENING.c.id).where(or_(ScreeningRow.id == traveller, ScreeningRow.primary_id == traveller))
    named = or_(*(_STEP.c.payload.contains(str(one)) for one in connection.execute(asked).scalars()))
    days = select(_EVENT.c.day).join(_STEP, _STEP.c.record_id == _EVENT.c.id)
    return set(connection.execute(days.where(_EVENT.c.what == "DEATH_AT_POST", named)).scalars())


def _before(events: Sequence[ScreeningEvent], event: ScreeningEvent) -> list[ScreeningEvent]:
    return [one for one in events if one.id != event.id]
