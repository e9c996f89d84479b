"""Counting a crowd: one key a person, nobody known. The counts live in a draft until they are kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from uuid import UUID, uuid5

from PySide6.QtCore import QObject, Signal

from bmis.crossings.paperwork.drafts import Draft, DraftEntry
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from poe_health.screening.record import CrowdCount
from poe_health.surveillance.screened import Cell
from ui.desktop.health_primary.errors import CrowdEmptyError
from ui.desktop.health_primary.half_done import entry_of, newest_of, part_of
from ui.desktop.health_primary.parts import HealthPrimaryParts
from ui.desktop.health_primary.voyage import DIRECTIONS, CarriedVoyage
from ui.desktop.workers.asking import StoreModel
from ui.desktop.workers.autosave import AutoSave
from ui.desktop.workers.runner import Runner

KIND = "crowd"
BANDS = ("A0_4", "A5_14", "A15_24", "A25_59", "A60")
GROUPS: Mapping[str, tuple[str | None, str | None]] = MappingProxyType(
    {
        **{key: ("F", band) for key, band in zip("12345", BANDS, strict=True)},
        **{key: ("M", band) for key, band in zip("67890", BANDS, strict=True)},
        " ": (None, None),
    }
)
"""Key to sex and age band: women and girls 1 to 5, men and boys 6 to 0; the space bar where neither was seen."""


def _nobody() -> Mapping[str, int]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who passed since the count began. ``persons``: direction and key to how many; ``order``: newest last."""

    request_id: UUID
    persons: Mapping[str, int] = field(default_factory=_nobody)
    order: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """Return how many were counted."""
        return sum(self.persons.values())

    def one_more(self, direction: str | None, key: str) -> "Crowd":
        """Return with one person more."""
        cell = f"{direction or ''}|{key}"
        persons = {**self.persons, cell: self.persons.get(cell, 0) + 1}
        return replace(self, persons=MappingProxyType(persons), order=(*self.order, cell))

    def one_less(self) -> "Crowd":
        """Return without the person counted last."""
        if not self.order:
            return self
        cell = self.order[-1]
        persons = {**self.persons, cell: self.persons[cell] - 1}
        left = {name: count for name, count in persons.items() if count}
        return replace(self, persons=MappingProxyType(left), order=self.order[:-1])

    def counts(self, voyage: CarriedVoyage) -> tuple[CrowdCount, ...]:
        """Return one count a group. The last bears the number of the whole: where it was kept, all were."""
        found = []
        cells = sorted(self.persons.items())
        for at, (cell, count) in enumerate(cells, 1):
            direction, _bar, key = cell.partition("|")
            sex, band = GROUPS[key]
            number = self.request_id if at == len(cells) else uuid5(self.request_id, cell)
            group = Cell(direction or None, voyage.conveyance, sex, band, voyage.origin_country)
            found.append(CrowdCount(number, count, group))
        return tuple(found)


class CrowdModel(StoreModel):
    """Signals: ``changed`` the counts, ``stopped`` an error, ``counted`` how many persons were kept, ``restored``."""

    changed, restored = Signal(), Signal()
    stopped = Signal(object)
    counted = Signal(int)

    def __init__(
        self, parts: HealthPrimaryParts, runner: Runner, clock: Clock, direction: str | None, parent: QObject | None
    ) -> None:
        super().__init__(runner, parent)
        self.parts, self._clock = parts, clock
        self.direction = direction
        self.crowd = Crowd(new_id(clock()))
        self.autosave = AutoSave(parts, runner, self)
        self.autosave.failed.connect(self.noticed)

    @property
    def is_begun(self) -> bool:
        """Whether somebody was counted and not kept yet."""
        return self.crowd.total > 0

    def take_up(self, drafts: tuple[Draft, ...]) -> None:
        """Go on counting where it was left."""
        mine = newest_of(drafts, KIND)
        if mine is None or self.is_begun:
            return
        try:
            self.crowd = part_of(mine, "crowd", Crowd)
        except (KeyError, TypeError, ValueError):
            return
        self.changed.emit()
        self.restored.emit()

    def close(self) -> None:
        """Keep the counts; deliver nothing any more."""
        self.autosave.now()
        self.stop()

    def one_more(self, key: str) -> None:
        """Count one person."""
        self._take(self.crowd.one_more(self.direction, key))

    def one_less(self) -> None:
        """Take the last person back."""
        self._take(self.crowd.one_less())

    def face(self, direction: str | None) -> None:
        """Count the way that the voyage goes, where it says one."""
        self.direction = direction or self.direction
        self.changed.emit()

    def turn(self) -> None:
        """Count the other way from here on: what was counted stays."""
        order = (None, *DIRECTIONS)
        self.direction = order[(order.index(self.direction) + 1) % len(order)] or DIRECTIONS[0]
        self.changed.emit()

    def clear(self) -> None:
        """Forget the counts."""
        gone = self.crowd.request_id
        self._begin()
        self.ask(lambda: self.parts.forget_draft(gone), lambda _none: None)

    def save(self, voyage: CarriedVoyage) -> None:
        """Keep the counts."""
        if not self.is_begun:
            self.stopped.emit(CrowdEmptyError())
            return
        if self.is_busy:
            return
        crowd = self.crowd
        counts = crowd.counts(voyage)
        self.autosave.now()

        def work() -> int:
            kept = self.parts.count(counts)
            self.parts.forget_draft(crowd.request_id)
            return kept

        def done(kept: int) -> None:
            self._begin()
            self.counted.emit(kept)

        self.ask(work, done)

    def _begin(self) -> None:
        self.autosave.drop()
        self.crowd = Crowd(new_id(self._clock()))
        self.changed.emit()

    def _take(self, crowd: Crowd) -> None:
        if self.is_busy:
            return  # the counts are on their way: nobody is added to what is being kept
        self.crowd = crowd
        self.autosave.soon(self._entry)
        self.changed.emit()

    def _entry(self) -> DraftEntry:
        return entry_of(self.crowd.request_id, KIND, crowd=self.crowd)
