"""A picture file read as if it lay under the camera: a specimen, a damaged one, an empty page, no picture at all."""

import shutil

import pytest
from clipping import clipped, said, settle
from lane_robot import Officer, Ticking, reading_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from bmis.capture.images import load_image
from bmis.capture.passporteye_reader import PassportEyeReader
from bmis.kernel.resources import resource
from ui.desktop.lane.drafting import Phase

SPECIMEN = (
    "P<UTOMACHAVA<SPECIMEN<<ANABELA<JOANA<<<<<<<<",
    "AB12345671UTO8804123F3209158110100456789B<52",
)


def specimen(name):
    return resource("training", "specimens", name)


class KnowsOnePage:
    """Stands for the recogniser: it knows the specimen when it sees it and finds nothing on other pages."""

    def __init__(self):
        self._known = load_image(specimen("td3-passport.png"), Ticking()).signature()

    def read(self, frame):
        return [reading_of(SPECIMEN)] if frame.signature() == self._known else []

    def close(self):
        pass


@pytest.fixture
def at_work(qtbot, training_home):
    shifts = []

    def begin(reader=None, **how):
        shifts.append(Officer(qtbot, training_home, reader=reader or KnowsOnePage(), **how))
        return shifts[-1]

    yield begin
    for shift in shifts:
        shift.ends()


def opens(officer, path):
    """Choose the file by keyboard: the name of the file has the focus."""
    officer.lane.asking.open_image()
    officer.settle()
    dialog = officer.dialog
    field = dialog.findChild(QLineEdit, "fileNameEdit")
    field.setFocus()
    field.setText(str(path))
    officer.settle()
    officer.presses(Qt.Key.Key_Return)
    assert QApplication.activeModalWidget() is None
    return officer


def test_a_specimen_becomes_the_traveller_at_the_desk(at_work):
    officer = opens(at_work(), specimen("td3-passport.png"))

    assert officer.model.phase is Phase.WORK
    assert officer.model.document.number == "AB1234567"
    assert "MACHAVA" in officer.lane.traveller.name.text()
    assert officer.focus() == "lane.coming_from"
    assert officer.codes() == []


def test_a_damaged_picture_is_told_with_its_code(at_work, tmp_path):
    whole = specimen("td3-second-passport.jpg").read_bytes()
    (tmp_path / "partida.jpg").write_bytes(whole[: len(whole) // 3])

    officer = opens(at_work(), tmp_path / "partida.jpg")
    assert officer.codes() == ["BMIS-153"]
    assert "BMIS-153" in officer.desktop.frame.notice.text()
    assert officer.model.draft is None


def test_a_file_that_only_calls_itself_a_picture_is_told_with_its_code(at_work, tmp_path):
    (tmp_path / "carta.jpg").write_text("isto é uma carta")

    assert opens(at_work(), tmp_path / "carta.jpg").codes() == ["BMIS-151"]


def test_an_empty_page_says_that_nothing_was_found(at_work):
    officer = opens(at_work(), specimen("empty-page.jpg"))

    assert officer.codes() == ["BMIS-304"]
    assert officer.model.draft is None
    assert officer.model.phase is Phase.IDLE


@pytest.mark.parametrize("language", ["pt", "en"])
def test_the_file_dialog_speaks_the_language_of_the_desk(at_work, language):
    officer = at_work(language=language)
    officer.lane.asking.open_image()
    settle(officer.dialog, officer.dialog.size())

    words = {word.strip("&:") for word in said(officer.dialog)}
    wanted = {"Abrir", "Cancelar", "Pasta", "Ficheiro"} if language == "pt" else {"Open", "Cancel", "Folder", "File"}
    assert wanted <= words
    if language == "pt":
        assert not {"Open", "Cancel", "Look in", "File name", "Files of type", "Computer"} & words
    assert clipped(officer.dialog) == []
    officer.dialog.reject()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="the first recogniser needs tesseract")
def test_the_real_recogniser_reads_a_specimen_and_an_empty_page(at_work):
    reader = PassportEyeReader()
    try:
        officer = opens(at_work(reader), specimen("empty-page.jpg"))
        assert officer.codes() == ["BMIS-304"]
        opens(officer, specimen("td3-passport.png"))
        assert officer.model.document.number == "AB1234567"
        assert officer.model.document.surname == "MACHAVA SPECIMEN"
    finally:
        reader.close()
