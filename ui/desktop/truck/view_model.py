"""The truck's screen: one traveller, one verdict, one key. QtCore only."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from bmis.crossings.crossing import Crossing
from bmis.crossings.decision import LETS_THROUGH, Decision, Direction
from bmis.crossings.errors import FindingsChangedError, NotAcknowledgedError
from bmis.kernel.clock import Clock
from bmis.kernel.errors import BmisError
from bmis.kernel.identifiers import new_id
from ui.desktop.truck.clearing import clearing_at
from ui.desktop.truck.errors import (
    AnswerFirstError,
    NotHereError,
    NotUnderstoodError,
    TruckDirectionError,
    TruckMovedError,
)
from ui.desktop.truck.keeping import KeepingModel
from ui.desktop.truck.loading import LoadingModel, looked
from ui.desktop.truck.parts import Given, Told, TruckAnswer, TruckOpening, TruckParts, TruckState, TruckVerdict
from ui.desktop.truck.typed import plate_in, serial_in
from ui.desktop.truck.watching import Watching
from ui.desktop.truck.working import Phase, Work
from ui.desktop.workers.frames import FrameWorker
from ui.desktop.workers.runner import Runner

CLEARS_AFTER_MS = 3000  # a saved PASSA; VER and PARAR wait for a key
STATE_EVERY_MS = 15_000


class TruckModel(QObject):
    """Signals: ``changed`` anything that is shown, ``busy`` whether a decision is being stored, ``noticed`` an error,
    ``counted`` the header's figures may have changed, ``directed`` a code, ``cleared`` the screen is free for the
    next."""

    changed = Signal()
    busy = Signal(bool)
    noticed = Signal(object)
    counted = Signal()
    directed = Signal(str)
    cleared = Signal()

    def __init__(
        self,
        parts: TruckParts,
        runner: Runner,
        clock: Clock,
        direction: str | None,
        frames: FrameWorker | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.parts, self._runner, self._clock = parts, runner, clock
        self.watching = Watching(parts.make_source, frames, self)
        self.direction = Direction(direction) if direction else None
        self.phase = Phase.IDLE
        self.answer: TruckAnswer | None = None
        self.kept: Crossing | None = None
        self.plate, self.with_plate = "", 0
        self.opening: TruckOpening | None = None
        self.state: TruckState | None = None
        self.moved = False
        self.traveller: UUID | None = None  # the request of whoever stands there, from the first thing that is shown
        self._given: Given | None = None
        self._again = False  # something changed while the last look was out
        self._free = QTimer(self)
        self._free.setSingleShot(True)
        self._free.setInterval(CLEARS_AFTER_MS)
        self._free.timeout.connect(self.clear)
        self._beat = QTimer(self)
        self._beat.setInterval(STATE_EVERY_MS)
        self._beat.timeout.connect(self.refresh)
        self.clearing = clearing_at(self, parts.health, runner, clock)
        self.loading = LoadingModel(self, parts, runner)
        self.keeping = KeepingModel(self, parts, runner)
        self.keeping.failed.connect(self.noticed)
        self.watching.sealed.connect(self.take_seal)
        self.watching.failed.connect(self.noticed)
        self.watching.running.connect(lambda _on: self.changed.emit())

    # --- opening and closing

    def open(self) -> None:
        """Look up what was left, and begin to look for passes."""
        self._runner.run(self.parts.opening, self._on_opening, self.noticed.emit)
        if self.direction is not None:
            self.directed.emit(self.direction.value)
        self.resume()

    def resume(self) -> None:
        """Look and listen again."""
        self.parts.start()
        self._beat.start()
        self.watching.start()
        self.refresh()

    def rest(self) -> None:
        """Let go of camera and receiver; what stands on the screen stays."""
        self.keeping.now()
        self._beat.stop()
        self.watching.stop()

    def close(self) -> None:
        """End."""
        self.rest()
        self._free.stop()
        self._forget()
        self.parts.close()

    def refresh(self) -> None:
        """Ask for battery, disk, position and the age of the list again."""
        self._runner.run(self.parts.state, self._on_state, self.noticed.emit)

    def choose_direction(self, direction: Direction) -> None:
        """Say which way the travellers go; who stands on the screen is judged anew."""
        if self.direction is direction:
            return
        self.direction = direction
        self.directed.emit(direction.value)
        self.examine_again()
        self.changed.emit()

    def turn(self) -> None:
        """Go the other way."""
        self.choose_direction((self.direction or Direction.EXIT).other)

    # --- what comes to the giant field

    def take_seal(self, untrusted_text: str) -> None:
        """A pass was scanned."""
        self._take(Told.SEAL, (untrusted_text,))

    def take_zone(self, untrusted_lines: object) -> None:
        """A document was swiped."""
        if isinstance(untrusted_lines, tuple):
            self._take(Told.ZONE, untrusted_lines)

    def take_typed(self, untrusted_text: str) -> bool:
        """Somebody typed a serial or a plate. False: it is neither, and stays in the field."""
        if not untrusted_text.strip():
            return True
        if serial := serial_in(untrusted_text):
            self._take(Told.SERIAL, (serial,))
            return True
        if plate := plate_in(untrusted_text):
            self.drive(plate)
            return True
        self.noticed.emit(NotUnderstoodError())
        return False

    def drive(self, plate: str) -> None:
        """The travellers from now on come with this vehicle; "" on foot or not said. Who is on the screen, too."""
        if plate != self.plate:
            self.plate, self.with_plate = plate, 0
            self.examine_again()
            self.keeping.soon()
        self.changed.emit()

    # --- the keys

    @property
    def may_pass(self) -> bool:
        """Whether a key lets the traveller go on: PASSA, or VER after looking."""
        return self.phase is Phase.SHOWN and self.answer is not None and self.answer.lets_through is not None

    @property
    def may_refer(self) -> bool:
        """Whether the traveller can be sent to secondary from here."""
        return self.phase is Phase.SHOWN and self.answer is not None and self.answer.may_refer

    def enter(self) -> None:
        """Enter in the empty field: PASSA alone; VER wants its own key."""
        if self.phase is Phase.SAVED:
            self.clear()
        elif self.answer is not None and self.phase is Phase.SHOWN and self.answer.verdict is TruckVerdict.PASS:
            self.let_pass()

    def let_pass(self) -> None:
        """The officer compared the face, and looked at what VER names: the traveller goes on, recorded."""
        answer = self.answer
        if self.phase is not Phase.SHOWN or answer is None:
            return
        if answer.lets_through is None:
            self.noticed.emit(NotHereError())
            return
        self._keep(answer, answer.lets_through, same_face=True)

    def refer(self) -> None:
        """The traveller goes to secondary, recorded."""
        answer = self.answer
        if self.phase is not Phase.SHOWN or answer is None:
            return
        if not answer.may_refer:
            self.noticed.emit(NotHereError())
            return
        self._keep(answer, Decision.PENDING_SECONDARY, same_face=False if answer.is_of_another else None)

    def other_person(self) -> None:
        """The face is not the holder's: PARAR, whatever else was found."""
        answer = self.answer
        if self.phase is Phase.SHOWN and answer is not None and not answer.is_of_another:
            self.answer = answer.of_another()
            self.changed.emit()

    def clear(self) -> None:
        """Free the screen for the next traveller. Nothing is recorded by it."""
        if self.phase in (Phase.READING, Phase.SAVING):
            return
        self._free.stop()
        self._forget()
        self.keeping.drop()
        self.phase, self.answer, self.kept, self.traveller = Phase.IDLE, None, None, None
        self.keeping.soon()
        self.changed.emit()
        self.cleared.emit()

    def look_again(self) -> None:
        """Read what is in view anew (F2)."""
        if self.phase is Phase.SHOWN:
            self.examine_again()
        else:
            self.watching.look_again()

    # --- who stands there

    @property
    def is_shown(self) -> bool:
        """Whether somebody was judged, and waits."""
        return self.phase is Phase.SHOWN

    @property
    def is_saving(self) -> bool:
        """Whether a decision is being stored."""
        return self.phase is Phase.SAVING

    @property
    def is_open(self) -> bool:
        """Whether what is half done can be kept: nothing of it is being stored, or is stored."""
        return not self.moved and self.phase in (Phase.IDLE, Phase.READING, Phase.SHOWN)

    def work(self, typed: str) -> Work:
        """Return what is half done; ``typed`` stands in the field."""
        request_id = self.traveller or new_id(self._clock())
        goods, plate = self.loading.goods, (self.plate, self.with_plate)
        work = Work(request_id, self.direction, self._given, *plate, goods, typed)
        if not work.is_empty:
            self.traveller = request_id
        return work

    def take_up(self, work: Work) -> None:
        """Go on with what was half done before a power cut."""
        self.plate, self.with_plate = work.plate, work.with_plate
        if self.direction is None and work.way is not None:
            self.choose_direction(work.way)
        self.traveller, self.loading.goods = work.request_id, work.goods
        if work.given is not None and self.direction is not None:
            if self.opening is not None:  # they stand there again: nobody scans anew
                self.opening = replace(self.opening, last_traveller=None)
            self._look(work.given)

    def take_load(self, judged: TruckAnswer) -> None:
        """The load of whoever is on the screen was judged."""
        if self.answer is not None:
            self.answer = replace(self.answer, shown=judged.shown)
            self.keeping.soon()
            self.changed.emit()

    def begin(self) -> UUID:
        """Return the request of whoever stands there, begun where nobody does."""
        if self.phase is Phase.SAVED:
            self.clear()
        if self.traveller is None:
            self.traveller = new_id(self._clock())
        return self.traveller

    def examine_again(self) -> None:
        """Judge whoever is on the screen anew."""
        if self.phase is Phase.SHOWN and self._given is not None:
            self._look(self._given)
        elif self.phase is Phase.READING:
            self._again = True

    # --- redeployment

    def on_moved(self, _at: datetime) -> None:
        """The truck belongs to another post: nobody is recorded in this session any more."""
        self.moved = True
        self.clear()
        self.noticed.emit(TruckMovedError())
        self.changed.emit()

    # --- inside

    def _take(self, told: Told, untrusted: tuple[str, ...]) -> None:
        if self.moved:
            self.noticed.emit(TruckMovedError())
            return
        given, more = self._given, None
        if self.phase in (Phase.SHOWN, Phase.READING, Phase.SAVING):
            if given is not None and given.has(told, untrusted):
                return  # the same card, still held before the reader
            more = given.with_more(told, untrusted) if given is not None and self.phase is Phase.SHOWN else None
            if more is None:
                self.noticed.emit(AnswerFirstError())
                return
        if self.direction is None:
            self.noticed.emit(TruckDirectionError())
            return
        self.begin()
        self._look(more or Given(told, untrusted))

    def _look(self, given: Given) -> None:
        way, plate, parts = self.direction, self.plate, self.parts
        if way is None:
            return
        request_id = self.begin()
        parts.forget(request_id)
        self._given, self.phase, self.answer, self._again = given, Phase.READING, None, False
        self.changed.emit()

        def on_failed(error: Exception) -> None:
            parts.forget(request_id)
            self.phase, self._given = Phase.IDLE, None
            if not self.clearing.has_shown:
                self.traveller = None
            self.noticed.emit(error)
            self.changed.emit()

        goods = self.loading.goods if given.is_pass else ()
        self._runner.run(lambda: looked(parts, request_id, given, way, plate, goods), self._on_looked, on_failed)

    def _on_looked(self, answer: TruckAnswer) -> None:
        self.phase, self.answer = Phase.SHOWN, answer
        self.keeping.soon()
        if self._again and self._given is not None:
            self._look(self._given)
        self.changed.emit()

    def _keep(self, answer: TruckAnswer, decision: Decision, *, same_face: bool | None) -> None:
        self.keeping.now()
        self.phase = Phase.SAVING
        self.busy.emit(True)
        self.changed.emit()
        self._runner.run(
            lambda: self.parts.keep(answer, decision, same_face=same_face), self._on_kept, self._on_not_kept
        )

    def _on_kept(self, kept: Crossing) -> None:
        self.phase, self.kept, self.traveller = Phase.SAVED, kept, None
        self.keeping.closed()
        if kept.request.journey.vehicle and kept.decision in LETS_THROUGH:
            self.with_plate += 1
        if self.opening is not None:  # the last traveller of before the power cut is no longer the last
            self.opening = replace(self.opening, last_traveller=None)
        if kept.decision in LETS_THROUGH:
            self._free.start()
        self.changed.emit()
        self.counted.emit()
        self.busy.emit(False)

    def _on_not_kept(self, error: Exception) -> None:
        self.phase = Phase.SHOWN
        self.noticed.emit(error)
        if isinstance(error, FindingsChangedError | NotAcknowledgedError):
            self.examine_again()
        elif isinstance(error, BmisError):
            self.keeping.soon()
        self.changed.emit()
        self.busy.emit(False)

    def _forget(self) -> None:
        if self.traveller is not None:
            self.parts.forget(self.traveller)
        elif self.answer is not None:
            self.parts.forget(self.answer.request_id)
        self._given, self._again = None, False
        self.loading.forget()

    def _on_opening(self, opening: TruckOpening) -> None:
        self.opening, self.state = opening, opening.state
        if opening.moved_to is not None:
            self.moved = True
            self.noticed.emit(TruckMovedError())
        elif opening.left is not None and self.phase is Phase.IDLE and self.traveller is None:
            self.keeping.resume(opening.left)
        self.changed.emit()

    def _on_state(self, state: TruckState) -> None:
        self.state = state
        self.changed.emit()
