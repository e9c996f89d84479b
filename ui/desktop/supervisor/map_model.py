"""The page of the flow map: what it asks, what it hears."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from bmis.flows.tell_journeys import HandingOver
from ui.desktop.papers import SendToPrinter
from ui.desktop.supervisor.map_parts import MapAsked, MapParts, ShownMap
from ui.desktop.workers.aside_model import AsideModel
from ui.desktop.workers.asking import Failed


class MapModel(AsideModel):
    """``days`` carries (first, last), ``areas`` AffectedAreas, ``drawn`` a ShownMap, ``saved`` a path, ``printed``
    where it went."""

    days = Signal(object)
    areas = Signal(object)
    drawn = Signal(object)
    saved = Signal(object)
    printed = Signal(str)

    def __init__(self, parts: MapParts, printer: SendToPrinter | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts, self.printer = parts, printer

    def look(self) -> None:
        """Ask which days have records."""
        self.ask(lambda _task: self._parts.whole(), self.days.emit)

    def read_areas(self, path: Path, failed: Failed) -> None:
        """Read a file of affected areas."""
        self.ask(lambda _task: self._parts.read_areas(path), self.areas.emit, failed)

    def draw(self, asked: MapAsked) -> None:
        """Draw the map; counting can be called off."""

        def done(shown: ShownMap | None) -> None:
            if shown is not None:
                self.drawn.emit(shown)

        self.ask(lambda task: self._parts.draw(asked, task.progress, task.cancelled), done)

    def save(self, shown: ShownMap, path: Path, handing: HandingOver, failed: Failed) -> None:
        """Write the map or its matrix to a new file."""
        self.ask(lambda _task: self._parts.save(shown, path, handing), self.saved.emit, failed)

    def print_paper(self, shown: ShownMap, handing: HandingOver, failed: Failed) -> None:
        """Send the map to the printer of this role."""
        printer = self.printer
        if printer is not None:
            title = shown.drawn.sheet.title
            self.ask(lambda _task: printer(self._parts.paper(shown, handing), title), self.printed.emit, failed)
