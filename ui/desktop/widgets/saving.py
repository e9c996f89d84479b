"""Asking where a file goes: a path that can be typed, or looked for with the mouse."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from bmis.kernel.errors import OfficerError
from bmis.kernel.i18n import translate as _
from ui.desktop.papers import suggested_path, typed_path
from ui.desktop.parts import Describe
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog
from ui.desktop.widgets.plain import Button
from ui.desktop.words import button_words

TakePath = Callable[[AskingDialog, Path], None]
"""Gets the form and the path; it closes the form with ``accept`` or goes on with ``stay``."""


def ask_path(
    parent: QWidget, title: str, text: str, file_name: str, describe: Describe, take: TakePath
) -> AskingDialog:
    """Return the form, already open; the ending of ``file_name`` is that of the file."""
    suffix = Path(file_name).suffix

    def give(dialog: AskingDialog, answers: Answers) -> None:
        try:
            path = typed_path(answers["path"], suffix)
        except OfficerError as error:
            dialog.stay(describe(error), "path")
            return
        take(dialog, path)

    asked = Asked("path", _("File"), value=suggested_path(file_name), topic="desk.file")
    dialog = AskingDialog(parent, title, text, [asked], button_words()["save"], give)
    field = dialog.fields["path"]
    if isinstance(field, QLineEdit):
        _add_browse(dialog, field, suffix)
    dialog.open()
    return dialog


def _add_browse(dialog: AskingDialog, field: QLineEdit, suffix: str) -> None:
    browse = Button()
    browse.setAutoDefault(False)
    browse.say(_("Look for a folder…"))

    def look() -> None:
        folder = QFileDialog.getExistingDirectory(dialog, _("Folder"), str(Path(field.text()).parent))
        if folder:
            field.setText(str(Path(folder) / Path(field.text()).name))

    browse.clicked.connect(look)
    row = QHBoxLayout()
    row.addWidget(browse)
    row.addStretch(1)
    dialog.add_row(row)
