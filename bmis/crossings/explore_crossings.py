"""Looking through every crossing by period and by what it is, page after page, however many there are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone

from bmis.crossings.explore_errors import ExploreRefusedError
from bmis.crossings.records.exploring import FILTERS, FoundCrossing, Order, PageKey, Sought, SqlExploring
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES
from bmis.store.unit import OpenUnit

PAGE = 100
_BATCH = 2000
_LONGEST_CODE = 80


@dataclass(frozen=True, slots=True)
class Exploration:
    """What is looked for. Local days, both included; ``codes`` by the names of ``FILTERS``; what is absent is any."""

    first: date
    last: date
    codes: Mapping[str, str] = field(default_factory=dict)
    order: Order = Order.NEWEST

    def plain(self) -> dict[str, object]:
        """Return it in plain values, for the audit and for keeping."""
        return {
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "codes": dict(sorted(self.codes.items())),
            "order": self.order.value,
        }


@dataclass(frozen=True, slots=True)
class ExploredPage:
    """A page of the rows found; ``next`` asks for what follows, None at the end."""

    rows: tuple[FoundCrossing, ...]
    next: PageKey | None


@dataclass(frozen=True, slots=True)
class ExploreCrossings:
    """Finds crossings that stand; undone and annulled ones are found by document or name (``SearchCrossings``)."""

    open_read: OpenUnit
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def __call__(self, wanted: Exploration, by: Actor, after: PageKey | None = None) -> ExploredPage:
        """Return a page.

        Raises:
            NotAllowedError: the role does not read crossings.
            ExploreRefusedError: ``why`` is order or text.
        """
        sought = self._sought(wanted, by, PAGE, after)
        with self.open_read() as unit:
            return ExploredPage(*SqlExploring(unit).page(sought))

    def count(self, wanted: Exploration, by: Actor) -> int:
        """Return how many there are. Raises as the call."""
        sought = self._sought(wanted, by, PAGE, None)
        with self.open_read() as unit:
            return SqlExploring(unit).count(sought)

    def all(self, wanted: Exploration, by: Actor) -> Iterator[FoundCrossing]:
        """Yield every one, as they stood when the first was read. Raises as the call."""
        sought = self._sought(wanted, by, _BATCH, None)
        with self.open_read() as unit:
            yield from SqlExploring(unit).all(sought)

    def _sought(self, wanted: Exploration, by: Actor, limit: int, after: PageKey | None) -> Sought:
        require(by, Permission.READ_CROSSINGS)
        if wanted.last < wanted.first:
            raise ExploreRefusedError(why="order")
        if any(name not in FILTERS or len(value) > _LONGEST_CODE for name, value in wanted.codes.items()):
            raise ExploreRefusedError(why="text")
        return Sought(
            since=self._midnight(wanted.first),
            before=self._midnight(wanted.last + timedelta(days=1)),
            codes=tuple(sorted((name, value) for name, value in wanted.codes.items() if value)),
            order=wanted.order,
            limit=limit,
            after=after,
        )

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), timezone(timedelta(minutes=self.utc_offset_minutes)))
