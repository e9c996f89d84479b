"""A zone read with doubt: the officer looks at each character beside its print, and nothing changes silently."""

import threading
from datetime import timedelta

import numpy as np
import pytest
from clipping import clipped, settle
from lane_robot import START, Officer, zone
from PySide6.QtCore import Qt

from bmis.capture.boxes import Quad
from bmis.capture.frame import Frame
from bmis.capture.images import load_image
from bmis.capture.mrz_reader import MrzReading
from bmis.capture.quality import Hint, HintCode
from bmis.capture.zone_pictures import line_pictures
from bmis.documents.travel_document import CaptureMethod
from bmis.kernel.resources import resource
from ui.desktop.lane.draft import ReadZone, draft_of, entry_of
from ui.desktop.lane.hinting import HintHold
from ui.desktop.lane.reading import ReadingModel
from ui.desktop.workers.runner import InlineRunner
from ui.office.lane import DeskCapture

LINES = zone()
BOX = Quad((8.0, 70.0), (152.0, 70.0), (152.0, 100.0), (8.0, 100.0))


def doubtful(*cells, lines=LINES, box=BOX):
    values = [[0.97] * len(line) for line in lines]
    for row, at in cells:
        values[row][at] = 0.6
    return MrzReading(lines, tuple(map(tuple, values)), tuple(sorted(cells)), box, "words", 1, 1)


def misread(cell, char):
    row, at = cell
    lines = list(LINES)
    lines[row] = lines[row][:at] + char + lines[row][at + 1 :]
    return doubtful(cell, lines=tuple(lines))


@pytest.fixture
def at_work(qtbot, training_home):
    shifts = []

    def begin(**how):
        shifts.append(Officer(qtbot, training_home, **how))
        return shifts[-1]

    yield begin
    for shift in shifts:
        shift.ends()


def holds(officer, *readings, frames=15):
    """Hold a document under the camera for so many frames."""
    officer.camera.view = readings
    for _frame in range(frames):
        officer.camera.look()
    officer.settle()
    return officer


def test_a_zone_in_doubt_is_not_shown_before_a_second_of_frames_has_passed(at_work):
    officer = holds(at_work(), doubtful((0, 6)), frames=3)
    assert officer.model.draft is None
    holds(officer, doubtful((0, 6)), frames=12)
    assert officer.model.draft.zone.unsure == ((0, 6),)


def test_the_officer_steps_through_the_doubts_and_finds_them_right(at_work):
    officer = holds(at_work(), doubtful((0, 6), (1, 2)))
    look = officer.lane.doubt.look
    assert officer.focus() == "lane.mrz.doubt"
    assert look.cell() == (0, 6)
    officer.presses(Qt.Key.Key_Right)
    assert look.cell() == (1, 2)
    officer.presses(Qt.Key.Key_Left).presses(Qt.Key.Key_Return)
    assert look.cell() == (1, 2)
    assert "2" in officer.lane.doubt.words.text()
    officer.presses(Qt.Key.Key_Return)
    assert officer.model.doubtful == ()
    assert officer.focus() == "lane.coming_from"
    assert officer.model.document.capture_method is CaptureMethod.CAMERA


def test_a_corrected_character_makes_the_zone_a_typed_one_and_says_so(at_work):
    officer = holds(at_work(), misread((0, 6), "Z"))
    assert officer.model.document.surname == "SZTOE SPECIMEN"
    officer.types("i")
    draft, document = officer.model.draft, officer.model.document
    assert document.surname == "SITOE SPECIMEN"
    assert document.capture_method is CaptureMethod.TYPED_MRZ
    assert draft.zone.corrected == ((0, 6),)
    assert "linha 1 carácter 7" in officer.lane.doubt.corrected.text()
    assert officer.lane.doubt.corrected.isVisible()
    assert officer.lane.document.live.words() == "Corrigido à mão"


def test_the_same_character_typed_again_is_no_correction(at_work):
    officer = holds(at_work(), doubtful((0, 6)))
    officer.types(LINES[0][6].lower())
    assert officer.model.draft.zone.method is CaptureMethod.CAMERA
    assert officer.model.draft.zone.corrected == ()
    assert officer.model.doubtful == ()


def test_the_corrected_document_is_kept_as_typed(at_work):
    officer = holds(at_work(), misread((0, 6), "Z"))
    officer.types("i").enters("zaf").picks("tourism").enters("10").enters("Hotel Specimen").accepts_all().decides()
    assert officer.stored().document.capture_method is CaptureMethod.TYPED_MRZ
    assert officer.stored().document.surname == "SITOE SPECIMEN"


def test_a_surer_frame_clears_the_doubts_that_nobody_has_touched(at_work):
    officer = holds(at_work(), doubtful((0, 6), (1, 2)))
    holds(officer, doubtful(), frames=1)
    assert officer.model.draft.zone.unsure == ()
    assert not officer.lane.doubt.isVisible()
    assert officer.lane.document.live.words() == "Lido"


def test_a_surer_frame_changes_nothing_that_the_officer_corrected(at_work):
    officer = holds(at_work(), misread((0, 6), "Z"))
    officer.types("k")
    holds(officer, doubtful(), frames=3)
    assert officer.model.document.surname == "SKTOE SPECIMEN"
    assert officer.dialog is None


def test_the_print_of_each_line_stands_above_its_characters(at_work):
    officer = holds(at_work(), doubtful((1, 2)))
    assert len(officer.model.doubting.pictures) == 2
    settle(officer.window)
    assert officer.lane.doubt.look.height() > 100


def test_a_zone_whose_place_is_not_known_has_no_picture():
    frame = Frame.of_pixels(np.full((120, 160, 3), 90, np.uint8), START, "words")
    assert line_pictures(frame, doubtful((0, 1), box=None)) == ()
    pictures = line_pictures(frame, doubtful((0, 1)))
    assert [one[:4] for one in pictures] == [b"\x89PNG"] * 2


@pytest.mark.parametrize("language", ["pt", "en"])
def test_nothing_is_cut_while_characters_are_in_doubt(at_work, language):
    officer = holds(at_work(language=language), doubtful(*[(0, at) for at in range(5, 17)], (1, 2)))
    settle(officer.window)
    assert clipped(officer.window) == []


def test_the_doubts_of_a_kept_draft_are_still_there(at_work):
    officer = holds(at_work(), doubtful((0, 6), (1, 2)))
    officer.presses(Qt.Key.Key_Return)
    entry = entry_of(officer.model.draft, None)
    kept = draft_of(entry.request_id, entry.content)
    assert (kept.zone.unsure, kept.zone.looked) == (((0, 6), (1, 2)), ((0, 6),))
    del entry.content["zone_seen"]  # a draft written by an earlier version
    assert draft_of(entry.request_id, entry.content).zone.looked == ()


def test_a_zone_typed_throughout_is_not_called_corrected():
    read = ReadZone(LINES, CaptureMethod.CAMERA, ((0, 6),))
    other = zone(surname="NHACA<SPECIMEN", given="PEDRO", number="ZZ9999999", born="600101", until="290101")
    assert read.retyped(other) == ReadZone(other, CaptureMethod.TYPED_MRZ)
    assert read.retyped(LINES[:1]) == ReadZone(LINES[:1], CaptureMethod.TYPED_MRZ)
    put_right = read.retyped((LINES[0].replace("SITOE", "SITOI"), LINES[1]))
    assert (put_right.corrected, put_right.unsure) == (((0, 9),), ((0, 6),))


# --- a film of a hand that holds a passport, through both threads


class Film:
    """A second and a half of a page that trembles under a passing lamp, ten frames a second."""

    frames = 15

    def __init__(self):
        page = load_image(resource("training", "specimens", "td3-passport.png"), lambda: START).bgr()
        self._page, self._at = page, 0

    def open(self):
        pass

    def read(self):
        shift = (0, 3, -2, 5, -4)[self._at % 5]
        pixels = np.roll(self._page, (shift, -shift), axis=(0, 1)).astype(np.int16)
        threading.Event().wait(0.04)  # a camera gives its frames in their time, here twice as fast
        lamp = self._at * pixels.shape[1] // self.frames
        pixels[:, lamp : lamp + 80] += 120
        taken_at = START + timedelta(milliseconds=100 * self._at)
        self._at += 1
        return Frame.of_pixels(np.clip(pixels, 0, 255).astype(np.uint8), taken_at, "film", self._at)

    def close(self):
        pass


class Glared:
    """Stands for the reader: the lamp hides two characters, and they move from frame to frame."""

    name = "glared"

    def __init__(self, lines, always=()):
        self._lines, self._always, self.last = lines, always, 0

    def read(self, frame):
        self.last = frame.sequence
        at = (frame.sequence * 3) % 40
        hidden = {(row, at): "X" for row in (0, 1)} | dict.fromkeys(self._always, "Z")
        chars = [list(line) for line in self._lines]
        for (row, column), char in hidden.items():
            chars[row][column] = char
        return [doubtful(*hidden, lines=tuple("".join(line) for line in chars))]

    def close(self):
        pass


@pytest.mark.parametrize(("always", "earliest"), [((), 2), (((0, 6),), 10)])
def test_a_film_ends_at_the_print_as_soon_as_the_frames_agree(qtbot, always, earliest):
    reader = Glared(LINES, always)
    capture = DeskCapture(reader, Film, lambda _path: None)
    model, seen = ReadingModel(capture, InlineRunner()), []
    model.seen.connect(seen.append)
    model.start()
    try:
        qtbot.waitUntil(lambda: bool(seen), timeout=20_000)
    finally:
        model.stop()
    assert seen[0].zone.unsure == always
    wrong = [at for at, (one, other) in enumerate(zip(seen[0].zone.lines[0], LINES[0], strict=True)) if one != other]
    assert wrong == [at for _row, at in always]
    assert seen[0].zone.lines[1] == LINES[1]
    assert seen[0].frame.sequence >= earliest  # the newest wins: some frames are never read


# --- what the camera says of the picture


def test_one_hint_stands_at_a_time_and_for_a_second():
    hold, at = HintHold(), START
    said = []
    for code in ["blurred", "blurred", "glare", "glare", "glare", "", "glare", *["glare"] * 8]:
        hold.offer(code, at)
        said.append(hold.code)
        at += timedelta(milliseconds=100)
    assert said == [""] + ["blurred"] * 10 + ["glare"] * 4


def test_a_single_bad_frame_says_nothing():
    hold = HintHold()
    assert not hold.offer("glare", START)
    assert not hold.offer("", START)
    assert hold.code == ""


def test_the_officer_is_told_what_is_wrong_with_the_picture(at_work):
    officer = at_work()
    officer.camera.hints = (Hint(HintCode.BLURRED, 0.4, 0.6),)
    holds(officer, frames=2)
    assert officer.lane.document.live.words() == "Mantenha o documento parado e plano."
    holds(officer, doubtful((0, 6)))
    assert officer.lane.document.live.words() == "Mantenha o documento parado e plano."


def test_no_hint_is_given_where_the_document_was_read_surely(at_work):
    officer = at_work()
    officer.camera.hints = (Hint(HintCode.TOO_FAR, 6.0, 8.0),)
    officer.shows(LINES)
    assert officer.lane.document.live.words() == "Lido"


# --- small faults


def test_a_typed_document_is_not_said_to_be_read_by_the_camera(at_work):
    officer = at_work()
    officer.lane.type_zone()
    officer.types("".join(LINES))
    assert officer.model.document is not None
    assert officer.lane.document.live.words() == "Escrito à mão"


def test_a_swiped_document_is_not_said_to_be_read_by_the_camera(at_work):
    officer = at_work().swipes(LINES)
    assert "não lido pela câmara" in officer.lane.document.live.words()


@pytest.mark.parametrize("language", ["pt", "en"])
def test_a_long_kind_of_document_is_whole_on_the_saved_screen(at_work, language):
    officer = at_work(language=language).shows(LINES)
    officer.enters("zaf").picks("tourism").enters("10").enters("Hotel Specimen").accepts_all().decides()
    officer.lane.saved.kind.setText("Certidão de reconhecimento provisório de apátrida " * 3)
    settle(officer.window)
    assert clipped(officer.window) == []


def test_two_fields_of_the_lane_do_not_share_a_name(at_work):
    officer = at_work()
    names = [
        widget.objectName()
        for part in (officer.lane.traveller, officer.lane.questions)
        for widget in part.findChildren(object)
        if hasattr(widget, "objectName") and widget.objectName().startswith("lane.")
    ]
    assert len(names) == len(set(names))
