"""Entries whose stay has ended and after which nobody has recorded the person again."""

from dataclasses import fields
from datetime import date
from typing import Any, cast

from sqlalchemy import Select, Table, and_, func, or_, select, text

from bmis.crossings.decision import LETS_THROUGH
from bmis.crossings.records.searches import summary_of
from bmis.crossings.records.tables import OPEN_STAY, CrossingRow, TravellerLinkRow
from bmis.crossings.view import CrossingSummary, RecordState
from bmis.store.unit import UnitOfWork

_TABLE = cast(Table, CrossingRow.__table__)
_OTHER = _TABLE.alias("later")
_C, _LATER = _TABLE.c, _OTHER.c
_LINKS = cast(Table, TravellerLinkRow.__table__)
_BACK = _LINKS.alias("back")
_COLUMNS = [_C[field.name] for field in fields(CrossingSummary)]


def _went_on(traveller: Any) -> Any:
    """Whether that traveller went on through a post after the entry: out, or in again."""
    return (
        select(_LATER.id)
        .where(
            _LATER.traveller_id == traveller,
            _LATER.crossed_at > _C.crossed_at,
            _LATER.state == RecordState.STANDING.value,
            _LATER.decision.in_([one.value for one in LETS_THROUGH]),
        )
        .correlate_except(_OTHER)  # inside a question about links too: it is this entry that is meant
        .exists()
    )


def _linked_went_on() -> Any:
    """The same of whoever is said to be that person under another document, and is not taken back."""
    taken_back = select(_BACK.c.event_id).where(_BACK.c.link_id == _LINKS.c.event_id, _BACK.c.kind == "unlinked")
    one_way = and_(_LINKS.c.traveller_id == _C.traveller_id, _went_on(_LINKS.c.other_id))
    other_way = and_(_LINKS.c.other_id == _C.traveller_id, _went_on(_LINKS.c.traveller_id))
    return (
        select(_LINKS.c.event_id)
        .where(_LINKS.c.kind == "linked", ~taken_back.exists(), or_(one_way, other_way))
        .exists()
    )


def _overstays(since: date, today: date, *columns: Any) -> Select[Any]:
    return select(*columns).where(
        text(OPEN_STAY),  # as text: a partial index is not seen behind bound values
        _C.stay_until >= since,
        _C.stay_until < today,
        ~_went_on(_C.traveller_id),
        ~_linked_went_on(),
    )


def overstays(unit: UnitOfWork, since: date, today: date, most: int) -> tuple[CrossingSummary, ...]:
    """Return at most ``most`` such entries, the stay that ended last first."""
    asked = _overstays(since, today, *_COLUMNS).order_by(_C.stay_until.desc(), _C.crossed_at.desc()).limit(most)
    return tuple(summary_of(row) for row in unit.connection.execute(asked))


def count_overstays(unit: UnitOfWork, since: date, today: date) -> int:
    """Return how many there are."""
    return int(unit.connection.execute(_overstays(since, today, func.count())).scalar_one())
