"""The suspected travellers of some days, for clusters and for counts that wait for no submission. Nobody is named."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from bmis.store.unit import UnitOfWork
from poe_health.events.clusters import Illness
from poe_health.screening.records.tables import ScreeningRow


def illnesses(unit: UnitOfWork, first: date, last: date) -> Iterator[tuple[date, Illness]]:
    """Yield each suspected traveller once, by the newest record, with the day on which the tally counts them."""
    follower, primary = aliased(ScreeningRow), aliased(ScreeningRow)
    followed = select(follower.id).where(follower.primary_id == ScreeningRow.id, follower.state == "standing").exists()
    day: Any = func.coalesce(primary.day, ScreeningRow.day)
    asked = (
        select(
            ScreeningRow.id,
            ScreeningRow.screened_at,
            ScreeningRow.suspected,
            func.coalesce(ScreeningRow.voyage_key, primary.voyage_key).label("voyage"),
            func.coalesce(ScreeningRow.origin_country, primary.origin_country).label("origin"),
            day.label("counted_on"),
        )
        .outerjoin(primary, (primary.id == ScreeningRow.primary_id) & (primary.state == "standing"))
        .where(ScreeningRow.state == "standing", ScreeningRow.suspected != "", ~followed)
        .where(day.between(first, last))
        .order_by(ScreeningRow.screened_at)
    )
    for row in unit.connection.execute(asked):
        alike = frozenset(row.suspected.split())
        yield row.counted_on, Illness(str(row.id), row.screened_at, alike, row.voyage, row.origin)


def journeys_of(unit: UnitOfWork, records: Iterable[UUID]) -> Iterator[tuple[str | None, str | None]]:
    """Yield the voyage and the country of origin of each standing record, or of the primary that it follows."""
    primary = aliased(ScreeningRow)
    asked = (
        select(
            func.coalesce(ScreeningRow.voyage_key, primary.voyage_key),
            func.coalesce(ScreeningRow.origin_country, primary.origin_country),
        )
        .outerjoin(primary, primary.id == ScreeningRow.primary_id)
        .where(ScreeningRow.state == "standing", ScreeningRow.id.in_(list(records)))
    )
    yield from ((row[0], row[1]) for row in unit.connection.execute(asked))
