"""Counts over the tables of passes."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from bmis.passes.lifecycle import PassKind, PassState, Validity, state_at
from bmis.passes.records.tables import BorderPassRow, PassEventRow
from bmis.store.unit import UnitOfWork

_WITH_NOTICE = (
    PassKind.REJECTED,
    PassKind.SUSPENDED,
    PassKind.REVOKED,
    PassKind.APPEAL_UPHELD,
    PassKind.APPEAL_DISMISSED,
)


def notices_given(unit: UnitOfWork) -> int:
    """Return how many notices this desk has numbered."""
    asked = select(func.count()).select_from(PassEventRow)
    return unit.connection.execute(
        asked.where(PassEventRow.kind.in_([kind.value for kind in _WITH_NOTICE]))
    ).scalar_one()


def handed_over(unit: UnitOfWork, first: datetime, last: datetime) -> Sequence[Any]:
    """Return (scheme, sex, age_band, purpose, post_code) of passes handed over from one moment to before another."""
    asked = select(
        BorderPassRow.scheme,
        BorderPassRow.sex,
        BorderPassRow.age_band,
        BorderPassRow.purpose,
        BorderPassRow.post_code,
    ).where(BorderPassRow.handed_over_at >= first, BorderPassRow.handed_over_at < last)
    return unit.connection.execute(asked).all()


def states_on(unit: UnitOfWork, now: datetime, day: date) -> dict[str, int]:
    """Return how many passes stand where at that moment: those that time ended, or whose suspension is over, too."""
    asked = select(BorderPassRow.state, BorderPassRow.valid_from, BorderPassRow.valid_to, BorderPassRow.suspended_until)
    found: dict[str, int] = {}
    for row in unit.connection.execute(asked):
        validity = Validity(row.valid_from, row.valid_to)
        state = state_at(PassState(row.state), validity, row.suspended_until, now, day).value
        found[state] = found.get(state, 0) + 1
    return found
