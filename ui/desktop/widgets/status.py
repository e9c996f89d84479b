"""The state of a check or of the whole, told by icon, word and colour together."""

from datetime import timedelta

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.desktop.theme import GRID, current_theme, set_kind
from ui.desktop.widgets.icons import STATUS_ICONS, paint_icon
from ui.desktop.widgets.plain import PlainLabel, SpokenFrame
from ui.desktop.words import age_words
from ui.words.labels import status_word

STATUSES = ("green", "amber", "red", "grey")


class StatusIcon(QWidget):
    """The icon of a status."""

    def __init__(self, size: int = 24, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status = "grey"
        self.setFixedSize(size, size)

    def show_status(self, status: str) -> None:
        """Show the status."""
        self._status = status
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon in the colour of the status."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_icon(painter, STATUS_ICONS[self._status], current_theme().colour(self._status), QRectF(self.rect()))
        painter.end()


class StatusChip(QWidget):
    """Icon, word and age on the status's ground; a check that did not run is grey with a dashed edge."""

    def __init__(self, parent: QWidget | None = None, *, height: int = 28) -> None:
        super().__init__(parent)
        self._status, self._high = "grey", height
        self._age: timedelta | None = None
        self._words = ""
        self._font = QFont(self.font())
        self._font.setPixelSize(13)
        self._font.setWeight(QFont.Weight.Bold)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._say()

    @property
    def status(self) -> str:
        """Which status is shown: green, amber, red, grey."""
        return self._status

    def text(self) -> str:
        """Return the words shown."""
        if self._words:
            return self._words
        word = status_word(self._status)
        return word if self._age is None else f"{word} · {age_words(self._age)}"

    def show_status(self, status: str, age: timedelta | None = None, words: str = "") -> None:
        """Show a status and how old it is; ``words`` stand in the place of both, beside the icon.

        Raises:
            ValueError: no such status; an unknown one must not look safe.
        """
        if status not in STATUSES:
            raise ValueError(status)
        self._status, self._age, self._words = status, age, words
        self._say()

    def _say(self) -> None:
        said = self.text()
        self.setAccessibleName(f"{status_word(self._status)} · {said}" if self._words else said)
        self.updateGeometry()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """Return the room for icon and words."""
        return QSize(QFontMetrics(self._font).horizontalAdvance(self.text()) + 48, self._high)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, icon and words."""
        theme = current_theme()
        ink = theme.colour(self._status)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style = Qt.PenStyle.DashLine if self._status == "grey" else Qt.PenStyle.SolidLine
        painter.setPen(QPen(ink, 1.5, style))
        painter.setBrush(theme.colour(f"{self._status}_bg"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        paint_icon(painter, STATUS_ICONS[self._status], ink, QRectF(10, (self.height() - 18) / 2, 18, 18))
        painter.setPen(ink)
        painter.setFont(self._font)
        painter.drawText(self.rect().adjusted(34, 0, -8, 0), int(Qt.AlignmentFlag.AlignVCenter), self.text())
        painter.end()


class Banner(SpokenFrame):
    """The verdict of the whole: one status word, a heading and a line of reason, on the status's ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status, self._heading, self._reason = "grey", "", ""
        self._icon = StatusIcon(36)
        self._word = PlainLabel()
        self._heading_label = PlainLabel(kind="heading", wrap=True)
        self._reason_label = PlainLabel(wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._heading_label)
        words.addWidget(self._reason_label)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        row.setSpacing(2 * GRID)
        row.addWidget(self._icon)
        row.addWidget(self._word)
        row.addLayout(words, 1)
        self.show_verdict("grey", "")

    def text(self) -> str:
        """Return all words shown, for tests and assistive technology."""
        return " · ".join(filter(None, (self._word.text(), self._heading, self._reason)))

    def show_verdict(self, status: str, heading: str, reason: str = "") -> None:
        """Show the verdict; the words come already in the language in force.

        Raises:
            ValueError: no such status.
        """
        if status not in STATUSES:
            raise ValueError(status)
        self._status, self._heading, self._reason = status, heading, reason
        set_kind(self, f"banner-{status}")
        self._word.set_kind(f"banner-word-{status}")
        self._icon.show_status(status)
        self.retranslate()

    def retranslate(self) -> None:
        """Word the status again; heading and reason are the caller's."""
        self._word.setText(status_word(self._status))
        self._heading_label.setText(self._heading)
        self._heading_label.setVisible(bool(self._heading))
        self._reason_label.setText(self._reason)
        self._reason_label.setVisible(bool(self._reason))
        self.setAccessibleName(self.text())
