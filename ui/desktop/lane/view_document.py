"""The left of the lane: what the camera sees, and the two photographs side by side."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bmis.crossings.crossing import ImageKind, PhotoAnswer
from bmis.documents.travel_document import CaptureMethod
from bmis.kernel.i18n import translate as _
from ui.desktop.lane.draft import LaneDraft
from ui.desktop.lane.drafting import Phase
from ui.desktop.lane.view_model import LaneModel
from ui.desktop.widgets.pictures import LiveView, PhotoPair
from ui.desktop.widgets.plain import Card, PlainLabel, SpokenFrame
from ui.desktop.workers.pictures import photo_of
from ui.words.hints import hint_words

ANSWERS = {
    PhotoAnswer.SAME: "SAME",
    PhotoAnswer.NOT_SAME: "DIFFERENT",
    PhotoAnswer.UNSURE: "UNSURE",
    PhotoAnswer.NOT_COMPARED: "NOT_COMPARED",
}


class DocumentPanel(SpokenFrame):
    """Live view above, photographs below."""

    def __init__(self, model: LaneModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._shown: tuple[object, object, object] = (None, None, None)
        self.live = LiveView((316, 200))
        self.live.setObjectName("lane.live")
        self.pair = PhotoPair()
        self.pair.setObjectName("lane.photos")
        self._title = PlainLabel(kind="field-label")
        card = Card(margin=10, spacing=8)
        card.column.addWidget(self._title)
        card.column.addWidget(self.live, 5)
        card.column.addWidget(self.pair, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        model.reading.pictured.connect(self.live.show_frame)
        model.reading.running.connect(lambda _on: self.refresh())
        model.reading.working.connect(self._show_working)
        model.reading.hinted.connect(lambda _code: self.refresh())
        self.pair.answered.connect(self._on_answered)
        self.retranslate()

    def retranslate(self) -> None:
        """Word the panel."""
        training = self._model.reading.is_training
        self._title.setText(_("Training camera: replayed documents") if training else _("Document under the camera"))
        self.live.setAccessibleName(_("Live view"))
        self.refresh()

    def refresh(self) -> None:
        """Show the photographs of the draft and what the camera waits for."""
        model = self._model
        draft = model.draft
        document = draft.picture(ImageKind.DOCUMENT_PHOTO) if draft else None
        of_pass = model.passing.shown.photo if model.passing.shown is not None else None
        traveller = draft.picture(ImageKind.TRAVELLER) if draft else None
        answer = ANSWERS.get(draft.photo_answer) if draft and draft.photo_answer else None
        if (document, traveller, of_pass) != self._shown or self.pair.answer() != answer:
            self._shown = (document, traveller, of_pass)
            self.pair.show_pictures(
                photo_of(document.jpeg if document else of_pass),  # of a pass: the one on file, which is not copied
                photo_of(traveller.jpeg if traveller else None),
                answer,
            )
        self.pair.setEnabled(draft is not None)
        self.live.show_words(*self._words())

    def clear(self) -> None:
        """Show nothing of the traveller (the screen locks)."""
        self.live.show_frame(None)
        self.pair.show_pictures(None, None)
        self._shown = (None, None, None)

    def _words(self) -> tuple[str, str]:
        model = self._model
        if not model.reading.has_camera:
            return _("No camera: type, swipe or open a picture"), ""
        if not model.reading.frames.is_running:
            return _("The camera has stopped: press F2"), "grey"
        if model.reading.holding:
            return _("Take the decided document away"), "amber"
        hint = model.reading.hint
        if model.phase is Phase.WORK and model.draft is not None and not model.draft.is_empty:
            return self._read_words(model.draft, hint)
        if hint:
            return hint_words(hint), "amber"
        return _("Lay the document down, photo page open"), ""

    def _read_words(self, draft: LaneDraft, hint: str) -> tuple[str, str]:
        method = draft.zone.method if draft.zone else CaptureMethod.MANUAL
        if method is CaptureMethod.SWIPE:
            return _("Swiped, not read by the camera"), ""
        if draft.typed is not None and self._model.passing.fills(draft):
            return _("Read from the seal"), ""
        if method is not CaptureMethod.CAMERA:
            return _("Corrected by hand") if draft.zone and draft.zone.corrected else _("Entered by hand"), ""
        if not self._model.doubtful:
            return _("Read"), "green"
        return hint_words(hint) if hint else _("Read, with doubts"), "amber"

    def _show_working(self, working: bool) -> None:
        if working:
            self.live.show_words(_("Reading the picture…"))
            self.setCursor(Qt.CursorShape.BusyCursor)
        else:
            self.unsetCursor()
            self.refresh()

    def _on_answered(self, code: str) -> None:
        self._model.compare(next(answer for answer, known in ANSWERS.items() if known == code))
