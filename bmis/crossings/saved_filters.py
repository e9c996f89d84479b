"""A person's own filters. One that ends today moves on with the days."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from bmis.crossings.explore_crossings import Exploration
from bmis.crossings.explore_errors import SavedFilterError
from bmis.crossings.records.exploring import Order
from bmis.crossings.records.filters import SqlFilters
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.store.unit import OpenUnit

MOST = 30
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter under its name, its days as of today."""

    name: str
    wanted: Exploration


@dataclass(frozen=True, slots=True)
class SavedFilters:
    """Keeps and gives the filters of one person."""

    open_read: OpenUnit
    open_unit: OpenUnit
    now: Clock

    def __call__(self, today: date, by: Actor) -> tuple[SavedFilter, ...]:
        """Return the person's filters by name. Raises NotAllowedError: the role does not read crossings."""
        require(by, Permission.READ_CROSSINGS)
        with self.open_read() as unit:
            kept = SqlFilters(unit, by.name).all()
        return tuple(SavedFilter(name, _wanted(content, today)) for name, content in kept)

    def keep(self, name: str, wanted: Exploration, today: date, by: Actor) -> None:
        """Keep a filter in the place of one of that name.

        Raises:
            NotAllowedError: the role does not read crossings.
            SavedFilterError: ``why`` is name or many.
        """
        require(by, Permission.READ_CROSSINGS)
        name = " ".join(name.split())
        if not name or len(name) > LONGEST_NAME:
            raise SavedFilterError(why="name", most=MOST)
        content = wanted.plain()
        if wanted.last == today:
            content |= {"days": (wanted.last - wanted.first).days + 1}
        with self.open_unit() as unit:
            filters = SqlFilters(unit, by.name)
            names = {each for each, _content in filters.all()}
            if name not in names and len(names) >= MOST:
                raise SavedFilterError(why="many", most=MOST)
            filters.put(name, content, self.now())
            unit.commit()

    def forget(self, name: str, by: Actor) -> None:
        """Remove a filter. Raises NotAllowedError: the role does not read crossings."""
        require(by, Permission.READ_CROSSINGS)
        with self.open_unit() as unit:
            SqlFilters(unit, by.name).forget(name)
            unit.commit()


def _wanted(content: dict[str, Any], today: date) -> Exploration:
    first, last = date.fromisoformat(content["first"]), date.fromisoformat(content["last"])
    kept = Exploration(first, last, dict(content["codes"]), Order(content["order"]))
    if (days := content.get("days")) is None:
        return kept
    return replace(kept, first=today - timedelta(days=int(days) - 1), last=today)
