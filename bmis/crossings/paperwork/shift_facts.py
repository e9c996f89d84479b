"""What the lane did in a shift, for the page that closes it."""

from dataclasses import dataclass
from datetime import datetime

from bmis.crossings.paperwork.records import SqlDrafts, SqlForms, lane_counts
from bmis.staff.shift import ShiftCounts
from bmis.store.home import Home
from bmis.store.unit import UnitOfWork

ENTRIES, EXITS = "entries", "exits"
TYPED_BY_HAND, BACKFILLED = "typed_by_hand", "backfilled"
UNDONE, ANNULLED, MISSING_FORMS = "undone", "annulled", "missing_forms"


@dataclass(frozen=True, slots=True)
class CountShift:
    """Answers ``bmis.staff.shift.ShiftFacts`` for the desk of this home."""

    home: Home

    def __call__(self, unit: UnitOfWork, since: datetime) -> ShiftCounts:
        """Return the counts since then, read inside ``unit``. Drafts, secondary and forms are as they are now."""
        counts = lane_counts(unit, self.home.desk_id, since)
        return ShiftCounts(
            decisions=counts.decisions,
            lanes=(self.home.lane,),
            open_drafts=SqlDrafts(unit).count(),
            in_secondary=counts.in_secondary,
            others={
                ENTRIES: counts.directions.get("ENTRY", 0),
                EXITS: counts.directions.get("EXIT", 0),
                TYPED_BY_HAND: counts.typed_by_hand,
                BACKFILLED: counts.backfilled,
                UNDONE: counts.undone,
                ANNULLED: counts.annulled,
                MISSING_FORMS: len(SqlForms(unit).missing()),
            },
        )


def missing_form_numbers(unit: UnitOfWork) -> tuple[str, ...]:
    """Return the numbers that the shift page lists."""
    return tuple(form.number for form in SqlForms(unit).missing())
