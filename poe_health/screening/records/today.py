"""Counting a day for the desk: how many were screened with which result. Numbers only."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select

from bmis.store.unit import UnitOfWork
from poe_health.screening.record import Kind
from poe_health.screening.records.tables import ScreeningRow


def results_of(unit: UnitOfWork, day: date) -> Mapping[str, int]:
    """Return how many persons of the day have each result of primary screening, crowds included, voided ones not."""
    asked = (
        select(ScreeningRow.result, func.sum(ScreeningRow.persons))
        .where(
            ScreeningRow.day == day,
            ScreeningRow.state == "standing",
            ScreeningRow.kind != Kind.SECONDARY.value,
            ScreeningRow.result.is_not(None),
        )
        .group_by(ScreeningRow.result)
    )
    return {str(result): int(persons) for result, persons in unit.connection.execute(asked)}
