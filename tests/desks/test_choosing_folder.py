"""Looking for a folder to save a paper in, in the language of the desk."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit

from bmis.kernel.i18n import DEFAULT_LANGUAGE, set_language
from ui.desktop.widgets.choosing_file import FolderChooser
from ui.desktop.widgets.plain import Card


@pytest.fixture
def parent(qtbot):
    widget = Card()
    qtbot.addWidget(widget)
    yield widget
    set_language(DEFAULT_LANGUAGE)


@pytest.mark.parametrize(("language", "words"), [("pt", {"Escolher", "Cancelar"}), ("en", {"Choose", "Cancel"})])
def test_its_buttons_and_labels_speak_the_language(parent, tmp_path, language, words):
    set_language(language)

    dialog = FolderChooser(parent, "x", tmp_path, lambda folder: None)

    shown = {one.text().replace("&", "") for one in dialog.findChildren(QAbstractButton) if one.text()}
    labels = {one.text() for one in dialog.findChildren(QLabel) if one.text()}
    assert words <= shown
    assert not labels & {"Look in:", "Directory:", "File &name:", "Files of type:"}


def test_the_folder_taken_is_the_one_chosen(parent, qtbot, tmp_path):
    (tmp_path / "turnos").mkdir()
    taken = []
    dialog = FolderChooser(parent, "x", tmp_path, taken.append)
    dialog.open()

    dialog.findChild(QLineEdit, "fileNameEdit").setText("turnos")
    dialog.accept()

    qtbot.waitUntil(lambda: taken == [tmp_path / "turnos"])
