"""The card as it will be printed, and what is said of an application in one line."""

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.passes.parts import CardPicture
from ui.desktop.widgets.pictures import LiveView
from ui.desktop.widgets.plain import Button, PlainLabel, SpokenFrame
from ui.desktop.widgets.status import StatusChip

COLUMNS = 3


class CardPreview(SpokenFrame):
    """Front beside back, or the front alone; empty until there is a card."""

    def __init__(self, *, both: bool = True, size: tuple[int, int] = (230, 146), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.front, self.back = LiveView(size, "person"), LiveView(size, "post")
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.front, 1)
        row.addWidget(self.back, 1)
        self.back.setVisible(both)
        self.retranslate()

    def show_card(self, card: CardPicture | None) -> None:
        """Show it; None clears."""
        self.front.show_frame(None if card is None else QImage.fromData(card.front))
        self.back.show_frame(None if card is None else QImage.fromData(card.back))

    @property
    def is_empty(self) -> bool:
        """Whether no card is shown."""
        return self.front.image() is None

    def retranslate(self) -> None:
        """Name both sides."""
        self.front.setAccessibleName(_("Front of the card"))
        self.back.setAccessibleName(_("Back of the card"))


class Verdict(QWidget):
    """Icon and words on the ground of a status, the reason beside them in a line that wraps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chip, self.reason = StatusChip(height=36), PlainLabel(kind="small", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.chip)
        row.addWidget(self.reason, 1)

    def show_verdict(self, status: str, heading: str, reason: str = "") -> None:
        """Show it."""
        self.chip.show_status(status, words=heading)
        self.reason.setText(reason)

    def text(self) -> str:
        """Return what is shown."""
        return " · ".join(filter(None, (self.chip.text(), self.reason.text())))


class StepButtons(QWidget):
    """The steps that may be taken now, close together, the next one first."""

    def __init__(self, buttons: dict[str, Button], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons = buttons
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        for button in buttons.values():
            button.setObjectName("passes.step")
            button.setParent(self)
        self.offer(())

    def offer(self, names: tuple[str, ...]) -> None:
        """Show these and no others."""
        for button in self._buttons.values():
            self._grid.removeWidget(button)
            button.hide()
        for at, name in enumerate(names):
            self._grid.addWidget(self._buttons[name], at // COLUMNS, at % COLUMNS)
            self._buttons[name].show()
