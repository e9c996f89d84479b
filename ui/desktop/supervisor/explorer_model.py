"""The movement explorer: what it asks, what it hears."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from bmis.crossings.explore_crossings import Exploration, ExploredPage
from bmis.crossings.records.exploring import PageKey
from bmis.reports.export_crossings import CrossingsWritten, ExportRequest
from ui.desktop.supervisor.numbers_parts import NumbersParts
from ui.desktop.workers.aside_model import AsideModel
from ui.desktop.workers.asking import Failed


class CountModel(AsideModel):
    """``counted`` carries how many are found: a page need not wait for it."""

    counted = Signal(int)

    def __init__(self, parts: NumbersParts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts

    def count(self, wanted: Exploration) -> None:
        """Count what is found."""
        self.ask(lambda _task: self._parts.count_found(wanted), self.counted.emit)


class ExplorerModel(AsideModel):
    """``found`` carries an ExploredPage, ``listed`` SavedFilters, ``exported`` a CrossingsWritten.

    Pages are kept by where they begin, so that one goes back without counting rows.
    """

    found = Signal(object)
    listed = Signal(object)
    exported = Signal(object)

    def __init__(self, parts: NumbersParts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.parts = parts
        self.counts = CountModel(parts, parent)
        self.wanted: Exploration | None = None
        self._starts: list[PageKey | None] = [None]
        self._next: PageKey | None = None

    @property
    def page(self) -> int:
        """Which page is shown, from 1."""
        return len(self._starts)

    @property
    def has_next(self) -> bool:
        """Whether rows follow."""
        return self._next is not None

    def look(self, wanted: Exploration) -> None:
        """Find the first page of what is wanted, and count it."""
        self.wanted = wanted
        self._starts, self._next = [None], None
        self._ask_page()
        self.counts.count(wanted)

    def go(self, step: int) -> None:
        """Go to the page after or before this one; where there is none nothing happens."""
        if step > 0 and self._next is not None:
            self._starts.append(self._next)
        elif step < 0 and len(self._starts) > 1:
            self._starts.pop()
        else:
            return
        self._ask_page()

    def list_filters(self) -> None:
        """Ask for the person's filters."""
        self.ask(lambda _task: self.parts.filters(), self.listed.emit)

    def keep_filter(self, name: str, wanted: Exploration, failed: Failed) -> None:
        """Keep a filter, then list them again."""
        self.ask(lambda _task: self.parts.keep_filter(name, wanted), self.listed.emit, failed)

    def forget_filter(self, name: str) -> None:
        """Remove a filter, then list them again."""
        self.ask(lambda _task: self.parts.forget_filter(name), self.listed.emit)

    def export(self, request: ExportRequest, path: Path, failed: Failed) -> None:
        """Write the rows found."""

        def done(written: CrossingsWritten | None) -> None:
            if written is not None:
                self.exported.emit(written)

        self.ask(lambda task: self.parts.export_crossings(request, path, task.wrote, task.cancelled), done, failed)

    def _ask_page(self) -> None:
        wanted, after = self.wanted, self._starts[-1]
        if wanted is None:
            return

        def done(page: ExploredPage) -> None:
            self._next = page.next
            self.found.emit(page)

        self.ask(lambda _task: self.parts.explore(wanted, after), done)
