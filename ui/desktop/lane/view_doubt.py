"""What is in doubt in the zone that was read: the print beside the text, and what a second reader says of it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bmis.capture.second_opinion import OpinionState, SecondOpinion
from bmis.documents.travel_document import CaptureMethod
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from ui.desktop.lane.draft import Cells
from ui.desktop.lane.view_model import LaneModel
from ui.desktop.widgets.plain import Card, PlainLabel, SpokenFrame
from ui.desktop.widgets.status import StatusChip
from ui.desktop.widgets.zone_look import ZoneLook
from ui.desktop.workers.pictures import photo_of

_NAMED = 6  # cells that a line of words names; of more it says how many
_STATUS = {
    OpinionState.AGREES: "green",
    OpinionState.DIFFERS: "amber",
    OpinionState.NOTHING: "grey",
    OpinionState.ABSENT: "grey",
    OpinionState.FAILED: "grey",
}


class DoubtPanel(SpokenFrame):
    """``settled``: nothing is in doubt any more, the officer goes on."""

    settled = Signal()

    def __init__(self, model: LaneModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._drawn: tuple[bytes, ...] = ()
        self._images: list[QImage | None] = []
        self.title = PlainLabel(kind="heading", wrap=True)
        self.look = ZoneLook()
        self.look.setObjectName("lane.mrz.doubt")
        self.words, self.keys = PlainLabel(kind="field-label", wrap=True), PlainLabel(kind="small", wrap=True)
        self.opinion, self.differs = StatusChip(), PlainLabel(kind="small", wrap=True)
        self.opinion.setObjectName("lane.second_reader")
        self.corrected = PlainLabel(kind="small", wrap=True)
        chip = QHBoxLayout()
        chip.addWidget(self.opinion)
        chip.addStretch(1)
        card = Card(margin=12, spacing=6)
        card.column.addWidget(self.title)
        card.column.addLayout(chip)
        for widget in (self.look, self.words, self.keys, self.differs, self.corrected):
            card.column.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.look.confirmed.connect(self._on_confirmed)
        self.look.corrected.connect(self._on_corrected)
        self.look.stepped.connect(self._say_cell)
        self.look.finished.connect(self.settled)
        self.retranslate()

    def retranslate(self) -> None:
        """Word the panel."""
        self.keys.setText(_("Enter: right as read. A character: corrects it. ← →: another doubt."))
        self.refresh()

    def needs_a_look(self) -> bool:
        """Return whether a cell waits for the officer's eye."""
        return not self.isHidden() and self.look.cell() is not None

    def refresh(self) -> None:
        """Show the doubts of the draft's zone."""
        model = self._model
        zone = model.draft.zone if model.draft else None
        doubtful, opinion = model.doubtful, model.doubting.opinion(zone)
        asking = model.doubting.is_asking
        had_focus = self.look.hasFocus()
        shown = zone is not None and bool(doubtful or opinion or asking or zone.corrected)
        self.setVisible(shown)
        if zone is None or not shown:
            self.look.show_zone((), (), ())
            if had_focus and zone is not None:
                self.settled.emit()
            return
        if model.doubting.pictures != self._drawn:
            self._drawn = model.doubting.pictures
            self._images = [photo_of(one) for one in self._drawn]
        self.look.show_zone(zone.lines, self._images, doubtful, zone.corrected, opinion.lines if opinion else ())
        for widget in (self.look, self.keys):
            widget.setVisible(bool(doubtful))
        self.title.setText(_doubt_words(len(doubtful)))
        self._say_cell()
        self._say_opinion(opinion, asking)
        by_hand = zone.method is CaptureMethod.TYPED_MRZ and bool(zone.corrected)
        self.corrected.setVisible(by_hand)
        self.corrected.setText(
            _("Corrected by the officer: {cells}").format(cells=_cells_words(zone.corrected)) if by_hand else ""
        )
        if had_focus and not doubtful:
            self.settled.emit()

    def clear(self) -> None:
        """Show nothing of the traveller."""
        self._drawn, self._images = (), []
        self.look.show_zone((), (), ())
        for label in (self.words, self.differs, self.corrected):
            label.setText("")

    def _say_cell(self) -> None:
        self.words.setText(self.look.words())
        self.words.setVisible(self.look.cell() is not None)

    def _say_opinion(self, opinion: SecondOpinion | None, asking: bool) -> None:
        self.opinion.setVisible(asking or opinion is not None)
        self.differs.hide()
        if asking:
            self.opinion.show_status("grey", words=_("A second reader is looking at it…"))
        elif opinion is not None:
            self.opinion.show_status(_STATUS[opinion.state], words=_opinion_words(opinion.state))
            if opinion.differs_at:
                self.differs.setText(_("It differs at {cells}.").format(cells=_cells_words(opinion.differs_at)))
                self.differs.show()

    def _on_confirmed(self, cell: tuple[int, int]) -> None:
        self._model.confirm_cell(cell)

    def _on_corrected(self, cell: tuple[int, int], char: str) -> None:
        self._model.correct_cell(cell, char)


def _doubt_words(count: int) -> str:
    if not count:
        return _("The zone was looked at")
    return _n("{count} character of the zone is in doubt", "{count} characters of the zone are in doubt", count).format(
        count=count
    )


def _opinion_words(state: OpinionState) -> str:
    return {
        OpinionState.AGREES: _("A second reader reads the same"),
        OpinionState.DIFFERS: _("A second reader reads something else"),
        OpinionState.NOTHING: _("A second reader found no zone"),
        OpinionState.ABSENT: _("No second reader: Tesseract is not installed"),
        OpinionState.FAILED: _("The second reader did not answer"),
    }[state]


def _cells_words(cells: Cells) -> str:
    named = ", ".join(
        _("line {line} character {column}").format(line=row + 1, column=at + 1) for row, at in cells[:_NAMED]
    )
    more = len(cells) - _NAMED
    return named if more <= 0 else named + " " + _("and {count} more").format(count=more)
