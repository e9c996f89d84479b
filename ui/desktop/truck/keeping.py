"""What is half done at the truck is kept shortly after each change, and taken up after a power cut. QtCore only."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from bmis.crossings.paperwork.drafts import Draft, DraftEntry
from bmis.kernel.errors import BmisError
from ui.desktop.truck.parts import TruckParts
from ui.desktop.truck.working import Work, content_of, work_of
from ui.desktop.workers.autosave import AutoSave
from ui.desktop.workers.runner import Runner

if TYPE_CHECKING:
    from uuid import UUID

    from ui.desktop.truck.view_model import TruckModel


class KeepingModel(QObject):
    """Signals: ``failed`` an error, ``resumed`` the text that stood in the field before a power cut."""

    failed = Signal(object)
    resumed = Signal(str)

    def __init__(self, truck: "TruckModel", parts: TruckParts, runner: Runner) -> None:
        super().__init__(truck)
        self._truck, self._parts, self._runner = truck, parts, runner
        self.typed = ""  # what stands in the field, neither taken nor cleared
        self._kept: UUID | None = None  # whose draft there is
        self._autosave = AutoSave(parts, runner, self)
        self._autosave.failed.connect(self.failed)

    def type(self, text: str) -> None:
        """Something was typed into the field."""
        self.typed = text
        self.soon()

    def soon(self) -> None:
        """Keep what is half done, shortly."""
        if self._truck.is_open:
            self._autosave.soon(self._entry)

    def now(self) -> None:
        """Keep what waits to be kept."""
        self._autosave.now()

    def closed(self) -> None:
        """The crossing was kept, and its draft is gone."""
        self._kept = None

    def drop(self) -> None:
        """Whoever stood there has gone, unrecorded: forget it."""
        self._autosave.drop()
        left, self._kept = self._kept, None
        if left is not None and not self._truck.moved:
            self._runner.run(lambda: self._parts.drop_draft(left), lambda _none: None, self.failed.emit)

    def resume(self, left: Draft) -> None:
        """Take up what was half done; whoever stood there is judged anew. What cannot be read is dropped."""
        self._kept = left.request_id
        try:
            work = work_of(left.request_id, left.content)
        except (ValueError, TypeError, ArithmeticError, BmisError):
            self.drop()
            return
        self.typed = work.typed
        self._truck.take_up(work)
        self.resumed.emit(work.typed)

    def _entry(self) -> DraftEntry | None:
        if not self._truck.is_open:
            return None
        work: Work = self._truck.work(self.typed)
        if work.is_empty:
            self.drop()
            return None
        self._kept = work.request_id
        return DraftEntry(work.request_id, content_of(work))
