"""What right check digits do not prove: one short line beside the document, none for a zone that was read surely."""

import pytest
from clipping import clipped, settle
from lane_robot import DOCUMENTS, Officer, zone
from PySide6.QtCore import Qt

from bmis.capture.boxes import Quad
from bmis.capture.mrz_reader import MrzReading
from ui.words.mrz_notes import short_note_words

LINES = zone()
BOX = Quad((8.0, 70.0), (152.0, 70.0), (152.0, 100.0), (8.0, 100.0))
VISA = ("V<UTOCHISSICO<SPECIMEN<<LURDES<MARIA<<<<<<<<", "V8801245<7UTO8402091F2709307<<<<<<<<<<<<<<<<")
CARD = ("I<UTOC030059887<<<<<<<<<<<<<<<", "9507236F3302288UTO<<<<<<<<<<<2", "NHANTUMBO<SPECIMEN<<GRACA<<<<<")


def doubtful(*cells, lines=LINES):
    sure = tuple(
        tuple(0.6 if (row, at) in cells else 0.97 for at in range(len(line))) for row, line in enumerate(lines)
    )
    return MrzReading(lines, sure, tuple(sorted(cells)), BOX, "words", 1, 1)


@pytest.fixture
def at_work(qtbot, training_home):
    shifts = []

    def begin(**how):
        shifts.append(Officer(qtbot, training_home, **how))
        return shifts[-1]

    yield begin
    for shift in shifts:
        shift.ends()


def holds(officer, *readings):
    officer.camera.view = readings
    for _frame in range(15):
        officer.camera.look()
    officer.settle()
    return officer


def said(officer):
    notes = officer.lane.traveller.notes
    return notes.words.text() if notes.isVisible() else None


@pytest.mark.parametrize("lines", [LINES, DOCUMENTS["td3"], zone("15AB61116", state="MOZ"), VISA, CARD])
def test_a_document_read_surely_does_not_nag(at_work, lines):
    officer = at_work().shows(lines)
    assert officer.model.document is not None
    assert officer.model.notes == ()
    assert said(officer) is None


def test_a_character_in_doubt_that_no_digit_proves_is_named_by_its_field(at_work):
    officer = holds(at_work(), doubtful((0, 6), (1, 20)))
    assert officer.model.notes == ("name_not_proved", "sex_not_proved")
    assert said(officer) == "Compare com a página: o nome, o sexo."


def test_a_doubt_that_a_check_digit_settles_is_not_named(at_work):
    officer = holds(at_work(), doubtful((1, 3)))
    assert officer.model.doubtful == ((1, 3),)
    assert said(officer) is None


def test_the_line_goes_as_the_officer_looks_at_the_characters(at_work):
    officer = holds(at_work(), doubtful((0, 6), (1, 20)))
    officer.presses(Qt.Key.Key_Return)
    assert said(officer) == "Compare com a página: o sexo."
    officer.presses(Qt.Key.Key_Return)
    assert said(officer) is None


def test_what_is_still_in_doubt_is_named_after_a_correction_too(at_work):
    wrong = (LINES[0].replace("SITOE", "SZTOE"), LINES[1])
    officer = holds(at_work(), doubtful((0, 6), (1, 20), lines=wrong))
    officer.types("i")
    assert said(officer) == "Compare com a página: o sexo."


def test_a_name_that_may_be_cut_is_told_however_the_zone_came_in(at_work):
    long = zone(given="ANABELA<JOANA<ESPERANCA<DA<GLORIA<MADALENA")
    officer = at_work().swipes(long)
    assert officer.model.notes == ("name_may_be_truncated",)
    assert said(officer) == "\n".join(short_note_words(["name_may_be_truncated"]))


@pytest.mark.parametrize("language", ["pt", "en"])
def test_the_longest_line_is_whole_on_a_small_screen(at_work, language):
    long = zone(given="ANABELA<JOANA<ESPERANCA<DA<GLORIA<MADALENA")
    cells = [(0, 1), (0, 6), (1, 1), (1, 2), (1, 14), (1, 15), (1, 20), (1, 29), (1, 30)]
    officer = holds(at_work(language=language), doubtful(*cells, lines=long))
    assert len(officer.model.notes) == 7
    settle(officer.window)
    assert clipped(officer.window) == []
