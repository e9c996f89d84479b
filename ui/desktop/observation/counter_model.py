"""Counting at the gate: one key a person. Each press is kept before the next is waited for."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from bmis.crossings.paperwork.drafts import Draft
from bmis.flows.mobility.keeping import Standing
from bmis.flows.observed.coverage import ObservedPeriod
from bmis.flows.observed.slot import ObservedSlot
from bmis.flows.observed.tally import Tally, counter_directions, counter_keys
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from ui.desktop.observation.errors import TallyShortError, TallyStoppedError, TallyWayError
from ui.desktop.observation.half_done import entry_of, newest_of
from ui.desktop.observation.parts import ObservationParts
from ui.desktop.workers.asking import StoreModel
from ui.desktop.workers.runner import Runner


class CounterModel(StoreModel):
    """Signals: ``changed`` what is shown, ``taken`` a key did what it says, ``kept`` the slot, ``restored`` an interval
    that was left running."""

    changed, taken, restored = Signal(), Signal(), Signal()
    kept = Signal(object)

    def __init__(self, parts: ObservationParts, runner: Runner, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self.parts, self._clock = parts, clock
        self.tally: Tally | None = None
        self.fmp = parts.home_point()
        self.directions: tuple[str, ...] = counter_directions()
        self.is_safe = True  # what was pressed is on the disk, or on its way there
        self.kept_today: tuple[ObservedSlot, ...] | None = None  # at this point; None: not looked up yet
        self._saved: Tally | None = None
        self._saving = False
        self._keeping = False

    @property
    def runs(self) -> bool:
        """Whether somebody is being counted."""
        return self.tally is not None and self.tally.runs

    def take_up(self, drafts: Sequence[Draft]) -> None:
        """Go on with an interval that was left: where nobody was there for more than a minute it ended then."""
        left = newest_of(tuple(drafts), Tally)
        if left is None or self.tally is not None:
            return
        self.fmp, self.directions = left.fmp, left.directions
        self._saved = left
        self._take(left.alive(self.parts.local_now()))
        self.restored.emit()

    def look(self) -> None:
        """Ask what was kept today."""
        day = self.parts.local_now().date()
        self.ask(lambda: self.parts.observed(day, day), self._on_observed)

    def choose(self, fmp: str) -> None:
        """Count at another point; not while an interval is open."""
        if self.tally is None and fmp:
            self.fmp = fmp
            self.look()

    def turn(self) -> None:
        """Watch another set of directions: all, then each alone; not while an interval is open."""
        if self.tally is not None:
            return
        every = counter_directions()
        order = [every, *((one,) for one in every)]
        self.directions = order[(order.index(self.directions) + 1) % len(order)]
        self.changed.emit()

    def begin(self) -> None:
        """Open an interval now."""
        if self.tally is None:
            at = self.parts.local_now()
            self.taken.emit()
            self._take(Tally.begun(new_id(self._clock()), self.fmp, at, self.directions))

    def press(self, code: str) -> None:
        """Count one person; where nothing runs, say that nobody was counted."""
        key = next(one for one in counter_keys() if one.code == code)
        self.beat()
        tally = self.tally
        if tally is None or not tally.runs or self._keeping:
            self.noticed.emit(TallyStoppedError())
        elif not tally.watches(key):
            self.noticed.emit(TallyWayError())
        else:
            self.taken.emit()
            self._take(tally.press(code))

    def take_back(self) -> None:
        """Correct the last press that stands; it stays, with the mark that takes it back."""
        if self.tally is not None and not self._keeping:
            self.taken.emit()
            self._take(self.tally.take_back())

    def beat(self) -> None:
        """Say that somebody is at the counter now; a longer gap before ends the interval where the gap began."""
        if self.tally is not None and not self._keeping:
            found = self.tally.alive(self.parts.local_now())
            if found != self.tally:
                self._take(found)

    def keep(self) -> None:
        """Close the interval and keep it; what cannot be kept stays as it is."""
        if self.tally is None or self._keeping:
            return
        closed = self.tally.closed(self.parts.local_now())
        if closed.end is not None and closed.end <= closed.start:
            self.noticed.emit(TallyShortError())
            return
        self._take(closed)
        self._keeping = True
        slot, request = closed.slot(), closed.request_id

        def work() -> Standing[ObservedSlot]:
            kept = self.parts.keep_slot(slot, request)
            self.parts.forget_draft(request)
            return kept

        self.ask(work, self._on_kept, self._on_not_kept)

    def leave(self) -> None:
        """Give the interval up: nothing of it is kept."""
        if self.tally is None or self._keeping:
            return
        gone = self.tally.request_id
        self._clear()
        self.ask(lambda: self.parts.forget_draft(gone), lambda _none: None)

    def close(self) -> None:
        """Deliver nothing any more: every press is kept or on its way."""
        self._saving = False  # who waits for the answer of the last one waits in vain now
        self._save()
        self.stop()

    def _take(self, tally: Tally) -> None:
        self.tally = tally
        self._save()
        self.changed.emit()

    def _save(self) -> None:
        """Keep the newest; while one is being kept the next waits, and takes everything that came since."""
        tally = self.tally
        if self._saving or tally is None or tally == self._saved or self._keeping:
            return
        self._saving = True
        entry = entry_of(tally.request_id, tally)

        def done(_draft: object) -> None:
            self._saving, self._saved, self.is_safe = False, tally, True
            if self.tally is not tally:
                self._save()
            self.changed.emit()

        def failed(error: Exception) -> None:
            self._saving, self.is_safe = False, False
            self.noticed.emit(error)
            self.changed.emit()

        # not by ``ask``: after ``stop`` the last press must still reach the disk
        self._runner.run(lambda: self.parts.save_draft(entry), done, failed)

    def _on_kept(self, kept: Standing[ObservedSlot]) -> None:
        self._clear()
        self.kept.emit(kept.noun)
        self.look()

    def _on_observed(self, period: ObservedPeriod) -> None:
        self.kept_today = tuple(one.noun for one in period.slots if one.noun.fmp == self.fmp and one.noun.is_counter)
        self.changed.emit()

    def _on_not_kept(self, error: Exception) -> None:
        self._keeping = False
        self._save()
        self.noticed.emit(error)
        self.changed.emit()

    def _clear(self) -> None:
        self.tally, self._saved, self._keeping = None, None, False
        self.changed.emit()
