"""A page of the pass desk: a list at the left, what it comes to and what can be done at the right."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.desktop.parts import Describe
from ui.desktop.passes.models import ShownModel
from ui.desktop.shell.sections import Section
from ui.desktop.widgets.asking import AskingDialog, put_away
from ui.desktop.widgets.facts import FactList
from ui.desktop.widgets.lines import LineList

ModelT = TypeVar("ModelT", bound=ShownModel)
ShownT = TypeVar("ShownT")


class ListedSection(Section, Generic[ModelT, ShownT]):
    """``now`` is what was read last, None before the first time."""

    def __init__(self, model: ModelT, describe: Describe, topic: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model, self._describe = model, describe
        self.now: ShownT | None = None
        self.dialog: AskingDialog | None = None
        self.list, self.facts = LineList(), FactList()
        self.list.view.setObjectName(topic)

    def show_now(self) -> None:
        """Show what was read, in the language in force."""
        raise NotImplementedError

    def said_of(self, code: str, result: object) -> str:
        """Return the words for what was done."""
        raise NotImplementedError

    def lay_beside(self, right: QVBoxLayout, shares: tuple[int, int]) -> None:
        """Put the list beside the column, listen to the model, and word the page. ``shares``: of the width."""
        right.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.list, shares[0])
        row.addLayout(right, shares[1])
        self.column.addLayout(row, 1)
        self.model.shown.connect(self._on_shown)
        self.model.done.connect(self._on_done)
        self.model.noticed.connect(self.noticed)
        self.retranslate()

    def first_field(self) -> QWidget | None:
        """Return the list."""
        return self.list

    def opened(self) -> None:
        """Look again."""
        self.model.refresh()

    def stay(self, dialog: AskingDialog, field: str) -> Callable[[Exception], None]:
        """Return what keeps a form open and says at the field what was wrong."""
        return lambda error: dialog.stay(self._describe(error), field)

    def _on_shown(self, now: ShownT) -> None:
        self.now = now
        self.show_now()

    def _on_done(self, code: str, result: object) -> None:
        put_away(self.dialog)
        self.dialog = None
        if words := self.said_of(code, result):
            self.remarked.emit(words, "")
        self.model.refresh()
