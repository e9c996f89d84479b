"""A list from which several may be chosen: arrows move, the space bar chooses."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

HEIGHT = 116  # the others scroll; a line that is cut shows that there are more


class SeveralList(QListWidget):
    """Nothing is chosen first unless the caller says so."""

    def __init__(
        self, choices: Sequence[tuple[str, str]], chosen: Collection[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(True)
        for code, words in choices:
            item = QListWidgetItem(words, self)
            item.setData(Qt.ItemDataRole.UserRole, code)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if code in chosen else Qt.CheckState.Unchecked)
        self.setCurrentRow(0)

    def codes(self) -> tuple[str, ...]:
        """Return what is chosen, in the order of the list."""
        items = (self.item(at) for at in range(self.count()))
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() == Qt.CheckState.Checked
        )
