"""Taking back one's own last decision, by an event: nothing is deleted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bmis.crossings.crossing import Crossing, EventKind
from bmis.crossings.errors import UndoRefusedError
from bmis.crossings.keeping import existing, keep_event, new_event
from bmis.crossings.records import SqlCrossings
from bmis.crossings.rules import windows
from bmis.crossings.view import CrossingView, RecordState
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.store.unit import OpenUnit, UnitOfWork


@dataclass(frozen=True, slots=True)
class UndoCrossing:
    """Until the desk's next decision, and only for the dated number of seconds.

    ``also`` is done in the same unit: what the crossing had used up counts again.
    """

    open_unit: OpenUnit
    now: Clock
    desk_id: str
    also: Callable[[UnitOfWork, Crossing], None] | None = None

    def __call__(self, crossing_id: UUID, by: Actor) -> CrossingView:
        """Return the crossing as it now stands: undone. A case that it had decided waits again.

        Raises:
            NotAllowedError: the role does not record crossings.
            CrossingUnknownError: there is none.
            UndoRefusedError: ``why`` is other_officer, not_last, not_standing or too_late.
        """
        require(by, Permission.UNDO_CROSSING)
        now = self.now()
        with self.open_unit() as unit:
            store = SqlCrossings(unit)
            view = existing(store, crossing_id)
            if why := self._objection(store, view, by):
                raise UndoRefusedError(why=why)
            keep_event(unit, new_event(EventKind.UNDONE, crossing_id, by.name, now))
            if view.crossing.closes is not None:
                keep_event(
                    unit, new_event(EventKind.REOPENED, view.crossing.closes, by.name, now, other_id=crossing_id)
                )
            if self.also is not None:
                self.also(unit, view.crossing)
            undone = existing(store, crossing_id)
            unit.commit()
        return undone

    def seconds_left(self, view: CrossingView) -> int:
        """Return how many seconds remain to undo it; 0 when it is too late. Says nothing of who and which."""
        limit = windows(local(view.crossing.recorded_at).date()).undo
        passed = self.now() - view.crossing.recorded_at
        if passed < timedelta(seconds=-1):
            return 0  # the clock was set back since: nobody knows how long ago it was
        return max(0, (limit - passed) // timedelta(seconds=1))

    def _objection(self, store: SqlCrossings, view: CrossingView, by: Actor) -> str | None:
        if view.crossing.by != by.name:
            return "other_officer"
        if store.last_id_of(self.desk_id) != view.crossing.id:
            return "not_last"
        if view.state is not RecordState.STANDING:
            return "not_standing"
        return None if self.seconds_left(view) else "too_late"
