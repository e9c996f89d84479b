"""The side that the traveller sees: one neutral sentence, in no colour that speaks; on a second screen if there is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.truck.view_model import TruckModel
from ui.desktop.truck.wording import side_words
from ui.desktop.widgets.plain import Card, PlainLabel, SpokenFrame


class TravellerStrip(SpokenFrame):
    """The sentence at the foot of the officer's screen, for a machine with one screen that both can see."""

    def __init__(self, model: TruckModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setObjectName("truck.side")
        self.caption, self.words = PlainLabel(kind="small"), PlainLabel(kind="truck-side")
        card = Card(kind="card-plain", margin=12, spacing=0)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.caption)
        row.addWidget(self.words, 1)
        card.column.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        model.changed.connect(self.refresh)
        self.retranslate()

    def retranslate(self) -> None:
        """Word it."""
        self.caption.setText(_("To the traveller:"))
        self.refresh()

    def refresh(self) -> None:
        """Say what the traveller may read now."""
        self.words.setText(side_words(self._model))
        self.setAccessibleName(f"{self.caption.text()} {self.words.text()}")


class TravellerWindow(SpokenFrame):
    """The same sentence alone, as large as the second screen."""

    def __init__(self, model: TruckModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setWindowFlag(Qt.WindowType.Window)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setProperty("kind", "page")
        self.words = PlainLabel(kind="truck-side-alone", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.addWidget(self.words)
        model.changed.connect(self.refresh)
        self.refresh()

    def retranslate(self) -> None:
        """Word it."""
        self.refresh()

    def refresh(self) -> None:
        """Say what the traveller may read now."""
        self.words.setText(side_words(self._model))

    def show_beside(self) -> bool:
        """Show it on a screen other than the officer's; False where there is none."""
        officer = self.parentWidget()
        own = officer.screen() if officer is not None else QGuiApplication.primaryScreen()
        other = next((screen for screen in QGuiApplication.screens() if screen is not own), None)
        if other is None:
            return False
        self.setGeometry(other.geometry())
        self.show()
        return True
