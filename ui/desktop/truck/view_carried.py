"""What the traveller at the truck carries beside the pass: health token and goods, each with a button for gloves."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.shell.desk import DeskContext
from ui.desktop.truck.view_model import TruckModel
from ui.desktop.widgets.asking import AskingDialog
from ui.desktop.widgets.goods import GoodsAsking
from ui.desktop.widgets.health_step import HealthPanel, ask_health_card
from ui.desktop.widgets.plain import Button, PlainLabel, SpokenFrame
from ui.words.shown_pass import load_words


class CarriedPanel(SpokenFrame):
    """The load, under the three lines; the desk puts ``health`` beside its word, ``card`` and ``goods`` by its field.

    ``asking`` holds the form of the goods, ``dialog`` the last one of the health card.
    """

    def __init__(self, over: QWidget, model: TruckModel, context: DeskContext) -> None:
        super().__init__(over)
        self._over, self._model, self._context = over, model, context
        self.health = HealthPanel(model.clearing, "truck.health", for_afar=True)
        self.load = PlainLabel(kind="truck-line", wrap=True)
        self.card, self.goods = Button("truck"), Button("truck")
        for button, name in ((self.card, "truck.health"), (self.goods, "truck.goods")):
            button.setObjectName(name)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a touch leaves Enter to the field
        self.asking = GoodsAsking(over, model.loading, context.describe, "truck.goods", gloves=True)
        self.dialog: AskingDialog | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.load)
        self.asking.failed.connect(model.noticed)
        self.card.clicked.connect(self.ask_card)
        self.goods.clicked.connect(self.asking.ask)

    def ask_card(self) -> None:
        """Ask for a health card by its number and letters."""
        describe = self._context.describe
        self.dialog = ask_health_card(self._over, self._model.clearing, describe, "truck.health", gloves=True)

    def refresh(self) -> None:
        """Show how both stand."""
        shown = self._model.loading.shown
        self.health.refresh()
        self.load.setText(load_words(shown.seen.load) if shown is not None else "")
        self.load.setVisible(bool(self.load.text()))
        self.card.say(_("Health card (F11)"))
        self.goods.say(_("Goods (F8)"))
        self.card.setVisible(not self.health.isHidden())
        self.goods.setVisible(self._model.loading.products is not None)

    def clear(self) -> None:
        """Show nothing of the traveller (the screen locks)."""
        self.load.setText("")
        self.health.clear()
