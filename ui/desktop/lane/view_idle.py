"""Between travellers: which way the lane goes, how to begin, what this shift has done, who waits."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from bmis.crossings.decision import Direction
from bmis.crossings.view import CrossingSummary
from bmis.documents.document_kinds import document_kinds
from bmis.kernel.clock import local
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from ui.desktop.lane.view_choosing import TakenBox
from ui.desktop.lane.view_model import LaneModel
from ui.desktop.lane.wording import DASH, summary_line
from ui.desktop.widgets.plain import Button, Card, LabelledField, PlainLabel, SpokenFrame
from ui.words.labels import direction_word


class IdlePanel(SpokenFrame):
    """``zone_asked``, ``image_asked`` and ``kind_chosen`` say how to begin; ``draft_chosen`` carries a kept draft."""

    zone_asked = Signal()
    image_asked = Signal()
    kind_chosen = Signal(str)

    def __init__(self, model: LaneModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.title = PlainLabel(kind="title", wrap=True)
        self.words = PlainLabel(kind="muted", wrap=True)
        self._way = PlainLabel(kind="field-label")
        self.ways = {direction: Button() for direction in Direction}
        group = QButtonGroup(self)
        ways = QHBoxLayout()
        ways.setSpacing(8)
        for direction, button in self.ways.items():
            button.setCheckable(True)
            button.setMinimumHeight(60)
            button.setObjectName("lane.direction")
            group.addButton(button)
            button.clicked.connect(lambda _checked=False, way=direction: model.choose_direction(way))
            ways.addWidget(button, 1)
        self.zone, self.image = Button(), Button()
        self.zone.setObjectName("lane.type_zone")
        self.image.setObjectName("lane.open_image")
        self.zone.clicked.connect(self.zone_asked)
        self.image.clicked.connect(self.image_asked)
        self.kind = TakenBox()
        self.kind.setObjectName("lane.document.kind")
        self._kind_field = LabelledField(self.kind)
        self.kind.taken.connect(self.kind_chosen)
        self.drafts = QListWidget()
        self.drafts.setObjectName("lane.drafts")
        self.drafts.itemActivated.connect(lambda item: model.resume(item.data(Qt.ItemDataRole.UserRole)))
        self._drafts_title = PlainLabel(kind="field-label")
        beginnings = QHBoxLayout()
        beginnings.setSpacing(16)
        beginnings.addWidget(self.zone, 1)
        beginnings.addWidget(self.image, 1)
        card = Card(margin=24, spacing=16)
        card.column.addWidget(self.title)
        card.column.addWidget(self.words)
        card.column.addWidget(self._way)
        card.column.addLayout(ways)
        card.column.addSpacing(8)
        card.column.addLayout(beginnings)
        card.column.addWidget(self._kind_field)
        card.column.addWidget(self._drafts_title)
        card.column.addWidget(self.drafts, 1)
        card.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.retranslate()

    def retranslate(self) -> None:
        """Word the page."""
        self._way.setText(_("This lane lets people"))
        for direction, button in self.ways.items():
            button.say(direction_word(direction.value))
        self.zone.say(_("Type the machine-readable zone"))
        self.image.say(_("Open a picture"))
        self._kind_field.say(_("Document without a machine-readable zone"))
        self.kind.clear()
        self.kind.addItem(DASH, "")
        for kind in document_kinds(self._model.today):
            self.kind.addItem(kind.name(current_language()), kind.code)
        self.refresh()

    def refresh(self) -> None:
        """Show how to go on."""
        model = self._model
        if model.direction is None:
            self.title.setText(_("Which way does this lane go?"))
            self.words.setText(_("Nothing is read before the direction is chosen."))
        else:
            self.title.setText(_("Next traveller"))
            self.words.setText(
                _("Lay the document under the camera, swipe it, or begin below. F3 finds an earlier crossing.")
            )
        for direction, button in self.ways.items():
            button.setChecked(direction is model.direction)
        if not self.kind.hasFocus():
            self.kind.setCurrentIndex(0)
        drafts = model.opening.drafts if model.opening else ()
        self._drafts_title.setVisible(bool(drafts))
        self.drafts.setVisible(bool(drafts))
        self._drafts_title.setText(
            _n("{count} open draft: Enter takes it up", "{count} open drafts: Enter takes one up", len(drafts)).format(
                count=len(drafts)
            )
        )
        self.drafts.setAccessibleName(self._drafts_title.text())
        self.drafts.clear()
        for draft in drafts:
            at = local(draft.updated_at).strftime("%H:%M")
            item = QListWidgetItem(_("Draft of {at}: {document}").format(at=at, document=draft.document_mark or DASH))
            item.setData(Qt.ItemDataRole.UserRole, draft)
            self.drafts.addItem(item)


class ShiftPanel(SpokenFrame):
    """This shift's crossings and who waits in secondary. ``shown`` carries the crossing that was chosen."""

    chosen = Signal(object)

    def __init__(self, model: LaneModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.pending_title, self.title = PlainLabel(kind="heading", wrap=True), PlainLabel(kind="heading", wrap=True)
        self.pending, self.crossings = QListWidget(), QListWidget()
        self.pending.setObjectName("lane.pending")
        self.crossings.setObjectName("lane.history")
        self.empty = PlainLabel(kind="muted", wrap=True)
        for widget in (self.pending, self.crossings):
            widget.setTextElideMode(Qt.TextElideMode.ElideRight)
            widget.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            widget.itemActivated.connect(lambda item: self.chosen.emit(item.data(Qt.ItemDataRole.UserRole)))
        self.pending.setMaximumHeight(150)
        card = Card(margin=16, spacing=8)
        for part in (self.pending_title, self.pending, self.title, self.empty):
            card.column.addWidget(part)
        card.column.addWidget(self.crossings, 1)
        card.column.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.retranslate()

    def retranslate(self) -> None:
        """Word the lists."""
        self.empty.setText(_("Nobody has crossed at this desk in this shift."))
        self.refresh()

    def refresh(self) -> None:
        """Show the lists."""
        shift = self._model.shift
        waiting = len(shift.pending)
        self.pending_title.setText(
            _n("{count} person in secondary", "{count} people in secondary", waiting).format(count=waiting)
        )
        count = len(shift.crossings)
        self.title.setText(
            _n("This shift: {count} crossing", "This shift: {count} crossings", count).format(count=count)
        )
        self.pending.setAccessibleName(self.pending_title.text())
        self.crossings.setAccessibleName(self.title.text())
        self.pending.setVisible(bool(shift.pending))
        self.crossings.setVisible(bool(shift.crossings))
        self.empty.setVisible(not shift.crossings)
        _fill(self.pending, shift.pending)
        _fill(self.crossings, shift.crossings)

    def clear(self) -> None:
        """Show nobody's name."""
        self.pending.clear()
        self.crossings.clear()


def _fill(into: QListWidget, crossings: Sequence[CrossingSummary]) -> None:
    at = into.currentRow()
    into.clear()
    for one in crossings:
        item = QListWidgetItem(summary_line(one))
        item.setData(Qt.ItemDataRole.UserRole, one)
        item.setToolTip(summary_line(one))
        into.addItem(item)
    into.setCurrentRow(min(at, into.count() - 1))
