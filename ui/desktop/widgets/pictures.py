"""Frames of a camera and photographs, painted to fit, with words over them."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.theme import current_theme
from ui.desktop.widgets.icons import STATUS_ICONS, paint_icon
from ui.desktop.widgets.plain import Button, PlainLabel, SpokenFrame


class LiveView(QWidget):
    """The newest frame, whole and undistorted, with one line of words on its lower edge."""

    def __init__(self, size: tuple[int, int] = (480, 320), icon: str = "camera", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._words, self._status, self._icon = "", "", icon
        self._hint = QSize(*size)
        self.setMinimumSize(size[0] // 3, size[1] // 3)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_frame(self, image: QImage | None) -> None:
        """Show a frame; None clears the view."""
        self._image = image
        self.update()

    def image(self) -> QImage | None:
        """Return the frame shown."""
        return self._image

    def words(self) -> str:
        """Return the words shown over the frame."""
        return self._words

    def show_words(self, words: str, status: str = "") -> None:
        """Say something of the frame (glare, too far, hold still); ``status`` adds its icon."""
        if (words, status) == (self._words, self._status):
            return
        self._words, self._status = words, status
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size given."""
        return self._hint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame and its words."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), theme.colour("stage"))
        if self._image is not None and not self._image.isNull():
            painter.drawImage(self._inside(self._image.size()), self._image)
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            side = min(56.0, self.height() / 3)
            middle = QRectF((self.width() - side) / 2, (self.height() - side) / 2 - 12, side, side)
            paint_icon(painter, self._icon, theme.colour("stage_text"), middle)
        if self._words:
            self._paint_words(painter)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(theme.colour("border"))  # black on black would show no place for the picture
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _inside(self, size: QSize) -> QRect:
        fitted = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        corner = QRect(0, 0, fitted.width(), fitted.height())
        corner.moveCenter(self.rect().center())
        return corner

    def _paint_words(self, painter: QPainter) -> None:
        theme = current_theme()
        font = QFont(self.font())
        font.setPixelSize(15)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        room = self.rect().adjusted(12, 0, -12, 0)
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        needed = painter.fontMetrics().boundingRect(room.adjusted(32, 0, 0, 0), flags, self._words)
        band = QRect(0, self.height() - needed.height() - 16, self.width(), needed.height() + 16)
        ground = theme.colour("stage")
        ground.setAlpha(225)
        painter.fillRect(band, ground)
        painter.setPen(theme.colour("stage_text"))
        text = band.adjusted(12, 0, -12, 0)
        if self._status:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            left = max(12, (self.width() - needed.width()) // 2 - 32)
            place = QRectF(left, band.center().y() - 11, 24, 24)
            paint_icon(painter, STATUS_ICONS[self._status], theme.colour("stage_text"), place)
            text = text.adjusted(24, 0, 0, 0)
        painter.drawText(text, flags, self._words)


class PhotoPair(SpokenFrame):
    """The document's photo beside the traveller's, and the officer's answer: SAME, DIFFERENT, UNSURE or
    NOT_COMPARED."""

    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = LiveView((168, 216), "person")
        self.traveller = LiveView((168, 216), "person")
        self._captions = (PlainLabel(kind="field-label"), PlainLabel(kind="field-label"))
        self._answers = {code: Button() for code in ("SAME", "DIFFERENT", "UNSURE", "NOT_COMPARED")}
        group = QButtonGroup(self)
        pictures = QHBoxLayout()
        pictures.setSpacing(16)
        for caption, picture in zip(self._captions, (self.document, self.traveller), strict=True):
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(caption)
            column.addWidget(picture, 1)
            pictures.addLayout(column)
        answers = QGridLayout()
        answers.setSpacing(8)
        for at, (code, button) in enumerate(self._answers.items()):
            button.setCheckable(True)
            group.addButton(button)
            button.clicked.connect(lambda _checked=False, code=code: self.answered.emit(code))
            answers.addWidget(button, at // 2, at % 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(pictures, 1)
        column.addLayout(answers)
        self._group = group
        self.retranslate()

    def answer(self) -> str | None:
        """Return the officer's answer, None while there is none: nothing is the default."""
        return next((code for code, button in self._answers.items() if button.isChecked()), None)

    def show_pictures(self, document: QImage | None, traveller: QImage | None, answer: str | None = None) -> None:
        """Show both pictures and an answer already given."""
        self.document.show_frame(document)
        self.traveller.show_frame(traveller)
        self._group.setExclusive(False)
        for code, button in self._answers.items():
            button.setChecked(code == answer)
        self._group.setExclusive(True)

    def retranslate(self) -> None:
        """Word captions and answers."""
        for label, picture, words in zip(
            self._captions, (self.document, self.traveller), (_("Document"), _("Traveller")), strict=True
        ):
            label.setText(words)
            picture.setAccessibleName(words)
        self._answers["SAME"].say(_("Same person"))
        self._answers["DIFFERENT"].say(_("Another person"))
        self._answers["UNSURE"].say(_("Not sure"))
        self._answers["NOT_COMPARED"].say(_("Not compared"))
