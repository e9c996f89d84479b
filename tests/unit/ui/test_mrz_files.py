"""Pictures and films to objects: the best zone wins, a film stops at the first good one, a bad file has its code."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
from PIL import Image

from bmis.capture.errors import RecogniserAbsentError, RecogniserTimeoutError
from bmis.capture.file_reading import read_file
from bmis.capture.mrz_reader import MrzReading
from bmis.capture.opencv import write_film
from bmis.kernel.clock import fixed_clock
from bmis.kernel.resources import resource
from ui.cli.schemas import first_fault
from ui.mrz_files import ReadMrzFile

NOW = fixed_clock(datetime(2026, 11, 22, 6, 0, tzinfo=UTC))
GOOD = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
POOR = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<18")
PRINT = ("NOT A ZONE AT ALL", "NEITHER")
PICTURE = resource("training", "specimens", "td3-passport.png")


class Reader:
    """Answers the readings given to it, one list a frame, and counts."""

    name = "scripted"

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), 0

    def read(self, frame):
        self.asked += 1
        answer = self.answers.pop(0) if self.answers else []
        if isinstance(answer, Exception):
            raise answer
        return [
            MrzReading(lines, tuple((0.9,) * len(line) for line in lines), (), None, self.name, 5, 7)
            for lines in answer
        ]

    def close(self):
        """Nothing to close."""


class Here:
    """Reads files in this process, without a worker."""

    def __init__(self, reader, second=None):
        self.reader, self.second = reader, second

    def read(self, path, today, *, second_opinion=False):
        return read_file(path, self.reader, today, NOW, second=self.second if second_opinion else None)


def read(reader, file, second=None):
    files = Here(reader, second)
    result = ReadMrzFile(files, date(2026, 11, 22), second_opinion=second is not None)(file)
    assert first_fault(result, "mrz") is None, result
    return result


@pytest.fixture
def film(tmp_path):
    path = tmp_path / "film.avi"
    assert write_film(str(path), [np.full((480, 640, 3), 200, np.uint8)] * 20, 30.0)
    return path


def test_of_two_zones_the_one_whose_digits_prove_is_given():
    result = read(Reader([PRINT, POOR, GOOD]), PICTURE)

    assert tuple(result["lines"]) == GOOD
    assert result["cpu_ms"] > 0
    assert (result["page"], result["frame"], result["facts"]["format"]) == (None, None, "PNG")


def test_a_picture_without_a_zone_is_no_error():
    result = read(Reader([PRINT]), PICTURE)

    assert (result["found"], result["error"]) == (False, None)
    assert result["cpu_ms"] > 0


def test_a_film_is_left_at_the_first_zone_that_proves(film):
    reader = Reader([], [PRINT], [GOOD], [GOOD])

    result = read(reader, film)

    assert tuple(result["lines"]) == GOOD
    assert reader.asked == 3
    assert (result["page"], result["frame"]) == (None, 11)  # every fifth frame is looked at


def test_where_a_frame_contradicts_another_a_third_one_decides(film):
    reader = Reader([POOR], [GOOD], [GOOD], [GOOD])

    assert tuple(read(reader, film)["lines"]) == GOOD
    assert reader.asked >= 3


def test_of_a_film_without_a_good_zone_the_best_is_given(film):
    reader = Reader([POOR], [])

    assert tuple(read(reader, film)["lines"]) == POOR
    assert reader.asked == 4


def test_what_stops_one_file_is_told_with_it(tmp_path):
    assert read(Reader([]), tmp_path / "none.png")["error"]["code"] == "BMIS-150"
    assert read(Reader([]), tmp_path / "none.mp4")["error"]["code"] == "BMIS-150"
    assert read(Reader([]), tmp_path)["error"]["code"] == "BMIS-163"
    assert read(Reader(RecogniserTimeoutError(seconds=25)), PICTURE)["error"]["code"] == "BMIS-161"


def test_of_a_scan_the_page_with_the_zone_is_named(tmp_path):
    blank = Image.new("L", (60, 40), "white")
    blank.save(tmp_path / "scan.tiff", save_all=True, append_images=[blank, blank, blank])
    reader = Reader([], [POOR], [GOOD])

    result = read(reader, tmp_path / "scan.tiff")

    assert (tuple(result["lines"]), result["page"], reader.asked) == (GOOD, 3, 3)


def test_a_second_opinion_is_told_beside_the_first():
    opinion = read(Reader([GOOD]), PICTURE, second=Reader([POOR]))["second_opinion"]

    assert opinion == {"reader": "scripted", "state": "differs", "lines": list(POOR), "differs_at": [[1, 43]]}


def test_a_second_reader_that_is_not_installed_is_no_failure():
    result = read(Reader([GOOD]), PICTURE, second=Reader(RecogniserAbsentError(missing="tesseract")))

    assert (result["found"], result["error"], result["second_opinion"]["state"]) == (True, None, "absent")
