"""Choosing a file in our own words: Qt ships no European Portuguese for its file dialog."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.words import button_words

_LEFT_OUT = ("newFolderButton", "detailModeButton", "listModeButton", "sidebar")  # would speak English, or make folders


class _OwnWords(QFileDialog):
    """Qt's dialog, its labels and buttons in our words."""

    def __init__(self, parent: QWidget, title: str, folder: Path, kind: str, accept: str) -> None:
        super().__init__(parent, title, str(folder), kind)
        self.setOption(QFileDialog.Option.DontUseNativeDialog)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setViewMode(QFileDialog.ViewMode.List)
        self.resize(860, 520)
        for label, words in (
            (QFileDialog.DialogLabel.LookIn, _("Folder")),
            (QFileDialog.DialogLabel.FileName, _("File")),
            (QFileDialog.DialogLabel.FileType, _("Kind of file")),
            (QFileDialog.DialogLabel.Accept, accept),
            (QFileDialog.DialogLabel.Reject, button_words()["cancel"]),
        ):
            self.setLabelText(label, words)
        self._name_the_buttons()

    def _name_the_buttons(self) -> None:
        named = {
            "backButton": button_words()["back"],
            "forwardButton": _("Forward"),
            "toParentButton": _("Folder above"),
        }
        for button in self.findChildren(QAbstractButton):
            if words := named.get(button.objectName()):
                button.setToolTip(words)
                button.setAccessibleName(words)
        for name in _LEFT_OUT:
            for widget in self.findChildren(QWidget, name):
                widget.hide()


class FileChooser(_OwnWords):
    """Asks for one file that is there; ``chosen`` takes its path."""

    def __init__(self, parent: QWidget, title: str, kind: str, patterns: str, chosen: Callable[[Path], None]) -> None:
        super().__init__(parent, title, Path.home(), f"{kind} ({patterns})", _("Open"))
        self.setFileMode(QFileDialog.FileMode.ExistingFile)
        self.setOption(QFileDialog.Option.HideNameFilterDetails)  # fifteen patterns would not fit, and say little
        self.setFilter(QDir.Filter.AllDirs | QDir.Filter.Files | QDir.Filter.NoDotAndDotDot)
        self.fileSelected.connect(lambda name: chosen(Path(name)))


class FolderChooser(_OwnWords):
    """Asks for one folder that is there; ``chosen`` takes its path."""

    def __init__(self, parent: QWidget, title: str, folder: Path, chosen: Callable[[Path], None]) -> None:
        super().__init__(parent, title, folder, "", _("Choose"))
        self.setFileMode(QFileDialog.FileMode.Directory)
        self.setOption(QFileDialog.Option.ShowDirsOnly)
        self.setFilter(QDir.Filter.AllDirs | QDir.Filter.NoDotAndDotDot)
        self.setLabelText(QFileDialog.DialogLabel.FileName, _("Folder"))
        self.fileSelected.connect(lambda name: chosen(Path(name)))
