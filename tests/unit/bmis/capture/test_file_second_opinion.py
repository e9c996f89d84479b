"""A second reader looks at the same zone: the officer learns where the two do not see the same."""

import numpy as np
import pytest

from bmis.capture.errors import RecogniserAbsentError, RecogniserCrashedError, RecogniserTimeoutError
from bmis.capture.frame import Frame
from bmis.capture.mrz_reader import MrzReading
from bmis.capture.second_opinion import OpinionState, compare, second_opinion

LINES = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
OTHER = ("P<UTOMACHAVA<SPECIMEN<<ANABELA<JOANA<<<<<<<<", "AB12345671UTO8804123F3209158110100456789B<52")


def reading(lines, reader="second 1.0"):
    return MrzReading(tuple(lines), tuple((0.9,) * len(line) for line in lines), (), None, reader, 1, 1)


class Scripted:
    name = "second 1.0"

    def __init__(self, answer):
        self.answer = answer

    def read(self, frame):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def close(self):
        """Nothing to close."""


def asked(answer, first=None):
    return second_opinion(Scripted(answer), Frame.of_pixels(np.zeros((20, 20, 3), np.uint8), None, "test"), first)


def test_two_readers_that_see_the_same_agree():
    opinion = compare(reading(LINES, "first"), [reading(LINES)])

    assert (opinion.state, opinion.reader, opinion.differs_at) == (OpinionState.AGREES, "second 1.0", ())


def test_the_officer_is_shown_each_cell_in_which_they_differ():
    misread = (LINES[0], "L898902C36UTO7408122F12O4159ZE184226B<<<<<18")

    opinion = compare(reading(LINES, "first"), [reading(misread)])

    assert opinion.state is OpinionState.DIFFERS
    assert opinion.differs_at == ((1, 23), (1, 43))
    assert opinion.lines == misread


def test_a_shorter_line_differs_where_it_ends():
    assert compare(reading(LINES), [reading((LINES[0], LINES[1][:42]))]).differs_at == ((1, 42), (1, 43))


def test_of_two_documents_in_view_the_same_one_is_compared():
    assert compare(reading(LINES), [reading(OTHER), reading(LINES)]).state is OpinionState.AGREES


def test_a_zone_that_only_the_second_reader_found_is_a_difference():
    opinion = compare(None, [reading(LINES)])

    assert (opinion.state, opinion.lines, opinion.differs_at) == (OpinionState.DIFFERS, LINES, ())


def test_a_second_reader_that_finds_nothing_contradicts_nobody():
    assert asked([], reading(LINES)).state is OpinionState.NOTHING
    assert asked([]).state is OpinionState.NOTHING


@pytest.mark.parametrize(
    ("trouble", "state"),
    [
        (RecogniserAbsentError(missing="tesseract"), OpinionState.ABSENT),
        (RecogniserTimeoutError(seconds=25), OpinionState.FAILED),
        (RecogniserCrashedError(), OpinionState.FAILED),
    ],
)
def test_a_second_reader_that_cannot_read_is_a_state_and_no_failure(trouble, state):
    opinion = asked(trouble, reading(LINES))

    assert opinion.to_json() == {"reader": "second 1.0", "state": state.value, "lines": [], "differs_at": []}
