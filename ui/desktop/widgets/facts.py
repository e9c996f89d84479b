"""Labels and values, one under the other, and tiles with a figure each."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.desktop.theme import set_kind
from ui.desktop.widgets.plain import PlainLabel
from ui.desktop.widgets.status import StatusIcon

LABEL_WIDTH = 136


class FactList(QScrollArea):
    """Labels and values that scroll by keyboard; values are plain text and wrap."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[tuple[str, str], ...] = ()
        self._grey: frozenset[str] = frozenset()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def facts(self) -> tuple[tuple[str, str], ...]:
        """Return what is shown."""
        return self._shown

    def grey(self) -> frozenset[str]:
        """Return the values that are shown as not run."""
        return self._grey

    def text(self) -> str:
        """Return what is shown, as lines."""
        return "\n".join(f"{label}: {value}" if label else value for label, value in self._shown)

    def show_facts(self, facts: Sequence[tuple[str, str]], grey: Collection[str] = ()) -> None:
        """Show label and value of each; without a label it takes the whole width, without a value it is a heading.

        ``grey``: values of what did not run; they are shown as such.
        """
        self._shown, self._grey = tuple(facts), frozenset(grey)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        for row, (label, value) in enumerate(self._shown):
            if not value:
                grid.addWidget(PlainLabel(label, "heading", wrap=True), row, 0, 1, 2)
            elif not label:
                grid.addWidget(PlainLabel(value, "muted" if value in self._grey else "", wrap=True), row, 0, 1, 2)
            else:
                name = PlainLabel(label, "muted", wrap=True)
                grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(PlainLabel(value, wrap=True), row, 1, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(len(self._shown), 1)
        self.setWidget(inside)
        self.setAccessibleDescription(self.text())

    def minimumSizeHint(self) -> QSize:
        """It scrolls: a few lines are enough."""
        return QSize(200, 96)


class Tile(QFrame):
    """A figure over its words. ``status`` adds an icon; None is shown as a dash and never as 0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.figure, self.words = PlainLabel(kind="figure"), PlainLabel(kind="muted", wrap=True)
        self._icon = StatusIcon(28)
        top = QHBoxLayout()
        top.addWidget(self.figure)
        top.addStretch(1)
        top.addWidget(self._icon)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.words)
        column.addStretch(1)
        self.setMinimumHeight(112)

    def text(self) -> str:
        """Return figure and words."""
        return f"{self.figure.text()} {self.words.text()}"

    def show_figure(self, figure: int | None, words: str, status: str = "") -> None:
        """Show a figure."""
        self.figure.setText("—" if figure is None else str(figure))
        self.words.setText(words)
        self._icon.setVisible(bool(status))
        if status:
            self._icon.show_status(status)
        set_kind(self, f"banner-{status}" if status in ("amber", "red") else "card")
        self.setAccessibleName(self.text())
