"""A reader that lacks a part: the officer is told to install what is missing, and nothing else."""

import pytest

from bmis.capture.errors import RecogniserAbsentError
from bmis.kernel.i18n import speaking
from ui.words.errors import describe


@pytest.mark.parametrize("language", ["pt", "en"])
@pytest.mark.parametrize("part", ["zone.onnx", "comb.onnx", "cell.onnx", "mrz.traineddata"])
def test_a_part_of_the_program_is_not_asked_of_tesseract(language, part):
    with speaking(language):
        notice = describe(RecogniserAbsentError(missing=part))
    assert part in notice.do
    assert "tesseract" not in notice.line.lower()
    assert "program" in notice.do  # programa


@pytest.mark.parametrize("language", ["pt", "en"])
def test_tesseract_is_to_be_installed_where_it_is_missing(language):
    with speaking(language):
        notice = describe(RecogniserAbsentError(missing="tesseract"))
    assert "tesseract-ocr" in notice.do
    assert "program" not in notice.do
