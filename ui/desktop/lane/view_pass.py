"""The border pass at the lane: how it stands, whose it is, where its photograph is, what its load is worth."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.lane.view_model import LaneModel
from ui.desktop.widgets.plain import Button, PlainLabel, SpokenFrame
from ui.desktop.widgets.status import StatusChip
from ui.words.shown_pass import STANDS, gravest, load_words, pass_lines, why_lines


class PassPanel(SpokenFrame):
    """One chip and a few lines; hidden where no pass was shown. ``goods_asked``: the trader has something to declare.

    Every answer that is not in order stands among the checks; here stand the gravest, and what the officer compares.
    """

    goods_asked = Signal()

    def __init__(self, model: LaneModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setObjectName("lane.pass")
        self.chip, self.words = StatusChip(), PlainLabel(kind="small", wrap=True)
        self.chip.setObjectName("lane.pass")
        self.why, self.load = PlainLabel(kind="field-label", wrap=True), PlainLabel(kind="field-label", wrap=True)
        self.goods = Button("quiet")
        self.goods.setObjectName("lane.pass.goods")
        self.goods.clicked.connect(self.goods_asked)
        row = QHBoxLayout()
        row.addWidget(self.chip)
        row.addStretch(1)
        row.addWidget(self.goods)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        for label in (self.why, self.words, self.load):
            column.addWidget(label)
        self.retranslate()

    def retranslate(self) -> None:
        """Word the panel."""
        self.goods.say(_("Goods"))
        self.refresh()

    def text(self) -> str:
        """Return all words shown."""
        return " · ".join(filter(None, (self.chip.text(), *(one.text() for one in self._said)))) if self._shows else ""

    @property
    def _said(self) -> tuple[PlainLabel, ...]:
        return self.why, self.words, self.load

    @property
    def _shows(self) -> bool:
        return not self.isHidden()

    def refresh(self) -> None:
        """Show how the pass stands."""
        passing = self._model.passing
        shown = passing.shown
        self.setVisible(shown is not None or passing.is_reading)
        if shown is None:
            self.chip.show_status("grey", words=_("Pass: reading…"))
            for label in self._said:
                label.setText("")
            self.goods.hide()
        else:
            light = gravest(shown)
            self.chip.show_status(light.value, words=STANDS[light]())
            self.why.setText("\n".join(why_lines(shown)))
            self.words.setText("\n".join(pass_lines(shown)))
            self.load.setText(load_words(shown.seen.load))
            self.goods.setVisible(shown.seen.scheme.goods is not None)
        for label in self._said:
            label.setVisible(bool(label.text()))
        self.setAccessibleName(self.text())

    def clear(self) -> None:
        """Show nothing of the traveller (the screen locks)."""
        for label in self._said:
            label.setText("")
        self.hide()
        self.setAccessibleName("")
