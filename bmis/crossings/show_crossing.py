"""One crossing, as it stands."""

from dataclasses import dataclass
from uuid import UUID

from bmis.crossings.images import NewImage
from bmis.crossings.keeping import existing
from bmis.crossings.records import SqlCrossings, SqlSearches
from bmis.crossings.view import CrossingView
from bmis.kernel.actor import Actor, Permission, require
from bmis.store.unit import OpenUnit


@dataclass(frozen=True, slots=True)
class ShowCrossing:
    """Reads one crossing with its corrections and, when asked, its pictures."""

    open_read: OpenUnit

    def __call__(self, crossing_id: UUID, by: Actor) -> CrossingView:
        """Return the crossing as it stands; its events say what it was before.

        Raises:
            NotAllowedError: the role does not read crossings.
            CrossingUnknownError: there is none.
        """
        require(by, Permission.READ_CROSSINGS)
        with self.open_read() as unit:
            return existing(SqlCrossings(unit), crossing_id)

    def images(self, crossing_id: UUID, by: Actor) -> tuple[NewImage, ...]:
        """Return the pictures kept with it.

        Raises:
            NotAllowedError: the role does not read crossings.
        """
        require(by, Permission.READ_CROSSINGS)
        with self.open_read() as unit:
            return SqlSearches(unit).images(crossing_id)
