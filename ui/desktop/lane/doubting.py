"""What a person should look at before a read zone is believed: its lines as pictures, what a second reader says."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from bmis.capture.mrz_shape import proved
from bmis.capture.second_opinion import OpinionState, SecondOpinion, second_opinion
from bmis.capture.zone_overlay import laid_over
from ui.desktop.lane.draft import Cells, ReadZone
from ui.desktop.lane.parts import LaneCapture
from ui.desktop.workers.aside import AsideRunner
from ui.desktop.workers.runner import Runner

if TYPE_CHECKING:
    from bmis.capture.frame import Frame
    from bmis.capture.mrz_reader import MrzReading


_TOO_MANY = 12  # cells at which a second reader may differ and still have read the same zone


class DoubtingModel(QObject):
    """Signals: ``changed`` a picture or an opinion came, ``failed`` an error.

    ``pictures`` are PNG files, one a line.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self, capture: LaneCapture, runner: Runner, aside: Runner | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._capture, self._runner = capture, runner
        self._own = None if aside is not None else AsideRunner(self)
        self._aside: Runner = aside or self._own or runner
        self._turn = 0
        self.pictures: tuple[bytes, ...] = ()
        self._opinion: SecondOpinion | None = None
        self._asking = False

    @property
    def is_asking(self) -> bool:
        """Whether the second reader is at work on this zone."""
        return self._asking

    def forget(self) -> None:
        """Another traveller: nothing was seen, nobody was asked."""
        self._turn += 1
        self.pictures, self._opinion, self._asking = (), None, False

    def look(self, frame: "Frame", reading: "MrzReading") -> None:
        """Cut the zone out of its frame; ask the second reader where something is in doubt or a check digit fails."""
        self.forget()
        if not reading.unsure and proved(reading.lines):
            return
        turn, capture, second = self._turn, self._capture, self._capture.second_reader

        def drawn(pictures: tuple[bytes, ...]) -> None:
            if turn == self._turn:
                self.pictures = pictures
                self.changed.emit()

        def said(opinion: SecondOpinion) -> None:
            if turn == self._turn:
                self._opinion, self._asking = opinion, False
                self.changed.emit()

        self._runner.run(lambda: capture.zone_pictures(frame, reading), drawn, self.failed.emit)
        if second is None:
            return
        self._asking = True
        self._aside.run(
            lambda: second_opinion(second, frame, reading),
            said,
            lambda _error: said(SecondOpinion(OpinionState.FAILED, second.name)),
        )

    def opinion(self, zone: ReadZone | None) -> SecondOpinion | None:
        """Return what the second reader says of the zone as it stands now, its lines laid over the zone's cells; None
        where nobody was asked."""
        found = self._opinion
        if found is None or zone is None or found.state not in (OpinionState.AGREES, OpinionState.DIFFERS):
            return found
        laid = laid_over(zone.lines, found.lines)
        state = OpinionState.DIFFERS if laid.differs_at else OpinionState.AGREES
        return replace(found, state=state, lines=laid.lines, differs_at=laid.differs_at)

    def doubtful(self, zone: ReadZone | None) -> Cells:
        """Return the cells that the officer should look at, in the order of reading; those looked at are left out."""
        if zone is None:
            return ()
        said = self.opinion(zone)
        differs_at = said.differs_at if said and len(said.differs_at) <= _TOO_MANY else ()  # else it saw another zone
        cells = {*zone.unsure, *differs_at} - {*zone.looked, *zone.corrected}
        return tuple(sorted((row, at) for row, at in cells if row < len(zone.lines) and at < len(zone.lines[row])))

    def stop(self) -> None:
        """Ask nobody any more."""
        self.forget()
        if self._own is not None:
            self._own.stop()
