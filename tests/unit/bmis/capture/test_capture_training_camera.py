"""The camera of a training desk without a camera."""

from datetime import UTC, datetime

import numpy as np
import pytest
from PIL import Image

from bmis.capture.errors import FramesEndedError, FrameSourceEmptyError, FrameSourceMissingError
from bmis.capture.sources import opened
from bmis.capture.training_camera import TrainingCamera
from bmis.kernel.clock import fixed_clock

CLOCK = fixed_clock(datetime(2026, 11, 20, 10, 0, tzinfo=UTC))


@pytest.fixture
def folder(tmp_path):
    for shade in (60, 120, 200):
        Image.fromarray(np.full((60, 80, 3), shade, dtype=np.uint8)).save(tmp_path / f"{shade:03d}.png")
    return tmp_path


def shades(camera, count):
    return [round(camera.read().signature()[0], -1) for _frame in range(count)]


def test_each_document_lies_for_a_while_and_the_first_comes_again(folder):
    camera = TrainingCamera(folder, CLOCK, lambda: False, interval_s=0, each_for_frames=2)

    with opened(camera):
        assert shades(camera, 8) == [60, 60, 120, 120, 200, 200, 60, 60]


def test_a_document_lies_still_while_the_officer_is_at_work(folder):
    at_work = [False]
    camera = TrainingCamera(folder, CLOCK, lambda: at_work[0], interval_s=0, each_for_frames=1)

    with opened(camera):
        assert shades(camera, 2) == [60, 120]
        at_work[0] = True
        assert shades(camera, 5) == [120] * 5
        at_work[0] = False
        assert shades(camera, 1) == [200]


def test_a_folder_that_is_missing_or_empty_is_told_and_a_closed_camera_gives_nothing(folder, tmp_path):
    with pytest.raises(FrameSourceMissingError):
        TrainingCamera(folder / "none", CLOCK, lambda: False).open()
    (tmp_path / "empty").mkdir()
    with pytest.raises(FrameSourceEmptyError):
        TrainingCamera(tmp_path / "empty", CLOCK, lambda: False).open()
    with pytest.raises(FramesEndedError):
        TrainingCamera(folder, CLOCK, lambda: False).read()
