"""Taking the portrait: from the camera or a file, cut with guidance, words for what is wrong with it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.parts import Describe
from ui.desktop.passes.errors import PortraitPoorError
from ui.desktop.passes.models import PassModel
from ui.desktop.passes.parts import Portrait
from ui.desktop.passes.view_crop import CropView
from ui.desktop.widgets.choosing_file import FileChooser
from ui.desktop.widgets.plain import Button, PlainLabel
from ui.desktop.widgets.status import StatusChip
from ui.desktop.words import button_words
from ui.desktop.workers.frames import FrameWorker
from ui.words.pass_desk import flaw_words

if TYPE_CHECKING:
    from bmis.capture.frame import Frame

PATTERNS = "*.jpg *.jpeg *.png *.heic *.heif *.webp *.tif *.tiff *.bmp"
MEASURE_MS = 150
UNUSABLE = frozenset({"too_far"})  # the others may be used when the person says so: dark is better than no pass


class PhotoDialog(QDialog):
    """Space takes the picture of the camera, O opens a file, Enter uses the portrait, Esc leaves. ``take`` gets it."""

    def __init__(
        self, parent: QWidget, model: PassModel, describe: Describe, take: Callable[[bytes], None], whose: str = ""
    ) -> None:
        super().__init__(parent)
        self._model, self._describe, self._take = model, describe, take
        self.frame: Frame | None = None
        self.portrait: Portrait | None = None
        self._warned = False
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(whose or _("Photograph"))
        self.setAccessibleName(whose or _("Photograph"))
        self._whose = whose
        self.setFixedSize(860, 640)
        self.crop = CropView()
        self.crop.setAccessibleName(_("Picture: arrows move the frame, + and - resize it"))
        self.words = PlainLabel(kind="field-label", wrap=True)
        self.chip = StatusChip()
        self.chip.hide()
        self.shoot, self.open_file, self.use, self.cancel = Button(), Button(), Button("primary"), Button()
        for button, words in (
            (self.shoot, _("Take the picture  (Space)")),
            (self.open_file, _("From a file…  (O)")),
            (self.use, _("Use it  (Enter)")),
            (self.cancel, button_words()["cancel"]),
        ):
            button.setAutoDefault(False)
            button.setMinimumHeight(52)
            button.setObjectName("passes.photo")
            button.say(words)
        self._lay_out()
        self.worker = FrameWorker(self)
        self.worker.shown.connect(self._on_live)
        self.worker.failed.connect(self._on_camera_failed)
        self._measure = QTimer(self)
        self._measure.setSingleShot(True)
        self._measure.setInterval(MEASURE_MS)
        self._measure.timeout.connect(self._measure_now)
        self.crop.moved.connect(lambda _box: self._on_moved())
        self.shoot.clicked.connect(self.take_picture)
        self.open_file.clicked.connect(self.choose_file)
        self.use.clicked.connect(self.use_portrait)
        self.cancel.clicked.connect(self.reject)
        self.finished.connect(lambda _result: self.worker.stop())
        self._begin()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.shoot, self.open_file, self.use, self.cancel):
            row.addWidget(button, 1)
        said = QHBoxLayout()
        said.addWidget(self.chip)
        said.addWidget(self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        if self._whose:
            column.addWidget(PlainLabel(self._whose, "heading", wrap=True))
        column.addWidget(
            PlainLabel(_("The face in the oval, eyes open, no hat, plain ground. With consent."), wrap=True)
        )
        column.addWidget(self.crop, 1)
        column.addLayout(said)
        column.addLayout(row)

    def _begin(self) -> None:
        source = self._model.parts.make_source()
        self.portrait = None
        self.use.setEnabled(False)
        if source is None:
            self.shoot.setEnabled(False)
            self._say(_("No camera is set up here: take the picture from a file."), "grey")
            self.open_file.setFocus()
            return
        self.worker.start(source, None)
        self._say(_("Press Space when the face fills the oval."), "grey")
        self.crop.setFocus()

    def take_picture(self) -> None:
        """Keep the newest frame; once more begins again."""
        if self.frame is not None:
            self.frame = None
            self._begin()
            return
        newest = self.worker.newest()
        if newest is not None:
            self.worker.stop()
            self.take_frame(newest)

    def choose_file(self) -> None:
        """Ask for a picture."""
        FileChooser(self, _("Photograph"), _("Pictures"), PATTERNS, self.load).open()

    def load(self, path: Path) -> None:
        """Take the picture of a file, decoded in a process with limits."""
        self.worker.stop()
        self._model.ask(lambda: self._model.parts.load_picture(path), self.take_frame, self._on_trouble)

    def take_frame(self, frame: "Frame") -> None:
        """Show a picture to be cut."""
        self.frame, self._warned = frame, False
        small = frame.to_rgb_bytes(960, 720)
        image = QImage(small.pixels, small.width, small.height, small.stride, QImage.Format.Format_RGB888).copy()
        self.crop.show_picture(image, frame.width, frame.height)
        self.shoot.setEnabled(self._model.parts.make_source() is not None)
        self.shoot.say(_("Again  (Space)"))
        self.crop.setFocus()
        self._measure_now()

    def use_portrait(self) -> None:
        """Use what is in the frame; what is wrong with it is said first, and one that is too small is never used."""
        if self.frame is None or self.portrait is None:
            return
        flaws = self.portrait.flaws
        if UNUSABLE.intersection(flaws):
            self._on_trouble(PortraitPoorError())
            return
        if flaws and not self._warned:
            self._warned = True
            self.use.say(_("Use it all the same  (Enter)"))
            self._say(flaw_words(flaws), "amber")
            return
        jpeg = self.portrait.jpeg
        self.accept()
        self._take(jpeg)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space, O and Enter act once each."""
        if event.isAutoRepeat():
            return
        if event.key() == Qt.Key.Key_Space and self.shoot.isEnabled():
            self.take_picture()
        elif event.key() == Qt.Key.Key_O:
            self.choose_file()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.use_portrait()
        else:
            super().keyPressEvent(event)

    def _on_live(self, image: QImage) -> None:
        if self.frame is None:
            self.crop.show_live(image)

    def _on_moved(self) -> None:
        if self.frame is not None:
            self._warned = False
            self._measure.start()

    def _measure_now(self) -> None:
        self._measure.stop()
        frame, box = self.frame, self.crop.box()
        if frame is not None:
            self._model.ask(lambda: self._model.parts.portrait(frame, box), self._on_portrait, self._on_trouble)

    def _on_portrait(self, portrait: Portrait) -> None:
        self.portrait = portrait
        self.use.setEnabled(True)
        self.use.say(_("Use it  (Enter)"))
        if portrait.flaws:
            self._say(flaw_words(portrait.flaws), "red" if UNUSABLE.intersection(portrait.flaws) else "amber")
        else:
            self._say(_("Good. Arrows move the frame, + and - resize it."), "green")

    def _on_camera_failed(self, error: Exception) -> None:
        self.shoot.setEnabled(False)
        self._on_trouble(error)

    def _on_trouble(self, error: Exception) -> None:
        notice = self._describe(error)
        self._say(f"{notice.code}  {notice.what}. {notice.do}", "red")

    def _say(self, words: str, status: str) -> None:
        self.chip.show_status(status)
        self.chip.show()
        self.words.setText(words)
