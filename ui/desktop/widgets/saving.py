"""Asking where a file goes: a path that can be typed, or looked for with the mouse."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from bmis.kernel.errors import OfficerError
from bmis.kernel.i18n import translate as _
from ui.desktop.papers import SendToPrinter, save_paper, suggested_path, typed_path
from ui.desktop.parts import Describe
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog
from ui.desktop.widgets.choosing_file import FolderChooser
from ui.desktop.widgets.plain import Button
from ui.desktop.words import button_words
from ui.desktop.workers.asking import StoreModel
from ui.desktop.workers.runner import Runner

TakePath = Callable[[AskingDialog, Path], None]
"""Gets the form and the path; it closes the form with ``accept`` or goes on with ``stay``."""


def ask_path(
    parent: QWidget,
    title: str,
    text: str,
    file_name: str,
    describe: Describe,
    take: TakePath,
    before: Sequence[Asked] = (),
) -> AskingDialog:
    """Return the form, already open; the ending of ``file_name`` is that of the file. ``before``: asked first."""
    suffix = Path(file_name).suffix

    def give(dialog: AskingDialog, answers: Answers) -> None:
        try:
            path = typed_path(answers["path"], suffix)
        except OfficerError as error:
            dialog.stay(describe(error), "path")
            return
        take(dialog, path)

    asked = Asked("path", _("File"), value=suggested_path(file_name), topic="desk.file")
    dialog = AskingDialog(parent, title, text, [*before, asked], button_words()["save"], give)
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
        def choose(folder: Path) -> None:
            field.setText(str(folder / Path(field.text()).name))

        FolderChooser(dialog, _("Folder"), Path(field.text()).parent, choose).open()

    browse.clicked.connect(look)
    row = QHBoxLayout()
    row.addWidget(browse)
    row.addStretch(1)
    dialog.add_row(row)


class PaperOffer(StoreModel):
    """Offers a finished paper: to the file that the person names or, where there is one, to the printer.

    ``saved`` carries the path, ``printed`` where it went. The paper is nowhere else.
    """

    saved = Signal(object)
    printed = Signal(str)

    def __init__(self, over: QWidget, runner: Runner, describe: Describe, printer: SendToPrinter | None = None) -> None:
        super().__init__(runner, over)
        self._over, self._describe, self._printer = over, describe, printer
        self.dialog: AskingDialog | None = None

    def offer(self, title: str, text: str, file_name: str, content: bytes) -> AskingDialog:
        """Return the form that asks where the paper goes, open."""
        self.dialog = dialog = ask_path(
            self._over, title, text, file_name, self._describe, lambda form, path: self._save(form, path, content)
        )
        printer = self._printer
        if printer is not None:
            to_printer = Button()
            to_printer.setAutoDefault(False)
            to_printer.say(_("Print"))
            to_printer.clicked.connect(lambda: self._print(dialog, printer, content, title))
            row = QHBoxLayout()
            row.addWidget(to_printer)
            row.addStretch(1)
            dialog.add_row(row)
        return dialog

    def _save(self, dialog: AskingDialog, path: Path, content: bytes) -> None:
        def done(where: Path) -> None:
            dialog.accept()
            self.saved.emit(where)

        self.ask(lambda: save_paper(path, content), done, lambda error: dialog.stay(self._describe(error), "path"))

    def _print(self, dialog: AskingDialog, printer: SendToPrinter, content: bytes, title: str) -> None:
        def done(where: str) -> None:
            dialog.accept()
            self.printed.emit(where)

        dialog.set_busy(True)
        self.ask(lambda: printer(content, title), done, lambda error: dialog.stay(self._describe(error)))
