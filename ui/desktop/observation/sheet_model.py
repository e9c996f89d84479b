"""Groups written down at a point: each is checked when it is finished, the sheet is kept whole."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from bmis.crossings.paperwork.drafts import Draft, DraftEntry
from bmis.flows.mobility.keeping import Standing
from bmis.flows.observed.slot import ObservedSlot
from bmis.kernel.clock import Clock
from bmis.kernel.errors import BmisError
from bmis.kernel.identifiers import new_id
from ui.desktop.observation.half_done import entry_of, newest_of
from ui.desktop.observation.parts import ObservationParts
from ui.desktop.observation.sheet import Sheet
from ui.desktop.workers.asking import StoreModel
from ui.desktop.workers.autosave import AutoSave
from ui.desktop.workers.runner import Runner


class SheetModel(StoreModel):
    """Signals: ``changed`` all fields, ``told`` the sums only, ``wrong`` an error of a field, ``kept`` the slot."""

    changed, told, restored = Signal(), Signal(), Signal()
    wrong, kept = Signal(object), Signal(object)

    def __init__(self, parts: ObservationParts, runner: Runner, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self.parts, self._clock = parts, clock
        self.sheet = Sheet.blank(new_id(clock()), parts.home_point(), parts.local_now())
        self.autosave = AutoSave(parts, runner, self)
        self.autosave.failed.connect(self.noticed)

    def take_up(self, drafts: Sequence[Draft]) -> None:
        """Go on with the sheet that was left."""
        left = newest_of(tuple(drafts), Sheet)
        if left is None or self.sheet.is_begun:
            return
        self.sheet = left
        self.changed.emit()
        self.restored.emit()

    def close(self) -> None:
        """Keep what is half typed; deliver nothing any more."""
        self.autosave.now()
        self.stop()

    def set_text(self, name: str, text: str) -> None:
        """Take a field."""
        self._take(self.sheet.with_text(name, text))
        self.told.emit()

    def next_group(self) -> bool:
        """Finish the group that is typed and begin the next; return whether it could be."""
        if self.is_busy:
            return False
        try:
            self._take(self.sheet.next_group())
        except BmisError as error:
            self.wrong.emit(error)
            return False
        self.autosave.now()
        self.changed.emit()
        return True

    def reopen(self) -> None:
        """Open the last group again."""
        if not self.is_busy:
            self._take(self.sheet.reopened())
            self.changed.emit()

    def clear(self) -> None:
        """Begin another sheet; nothing of this one is kept."""
        gone = self.sheet.request_id
        self._begin(Sheet.blank(new_id(self._clock()), self.sheet.head["fmp"], self.parts.local_now()))
        self.ask(lambda: self.parts.forget_draft(gone), lambda _none: None)

    def keep(self) -> None:
        """Keep the sheet as a slot, the group that is typed with it; what cannot be kept stays."""
        if self.is_busy or (self.sheet.typed and not self.next_group()):
            return
        sheet = self.sheet
        try:
            slot, following = sheet.slot(), sheet.following(new_id(self._clock()))
        except BmisError as error:
            self.wrong.emit(error)
            return
        self.autosave.now()

        def work() -> Standing[ObservedSlot]:
            kept = self.parts.keep_slot(slot, sheet.request_id)
            self.parts.forget_draft(sheet.request_id)
            return kept

        def done(kept: Standing[ObservedSlot]) -> None:
            self._begin(following)
            self.kept.emit(kept.noun)

        self.ask(work, done, self.wrong.emit)

    def _begin(self, sheet: Sheet) -> None:
        self.autosave.drop()
        self.sheet = sheet
        self.changed.emit()

    def _take(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.autosave.soon(self._entry)

    def _entry(self) -> DraftEntry | None:
        return entry_of(self.sheet.request_id, self.sheet) if self.sheet.is_begun else None
