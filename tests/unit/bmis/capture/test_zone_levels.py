"""The picture and its halves: each step of reading gets the smallest that shows as much."""

import numpy as np
import pytest

from bmis.capture.zone_cells import CANVAS, Zone
from bmis.capture.zone_levels import Levels


def picture(width=640, height=400):
    return np.add.outer(np.arange(height), np.arange(width)).astype(np.uint8)


def test_each_level_is_half_of_the_one_before():
    levels = Levels(picture())
    assert [levels[at].shape for at in range(4)] == [(400, 640), (200, 320), (100, 160), (50, 80)]


def test_the_largest_is_the_picture_itself():
    grey = picture()
    assert Levels(grey)[0] is grey


@pytest.mark.parametrize("size", [(1, 1), (3, 1), (1, 900)])
def test_a_side_of_one_pixel_stays_one(size):
    levels = Levels(picture(*size))
    assert min(levels[12].shape) == 1


@pytest.mark.parametrize("step", [0.2, 1, 6, 14, 22, 22.5, 40, 44, 45, 100, 700])
def test_cells_are_at_most_twenty_two_pixels_and_no_smaller_than_need_be(step):
    levels = Levels(picture())
    grey, part = levels.for_step(step)
    assert step * part <= 22
    assert part == 1 or step * part > 11
    assert grey.shape[1] == 640 * part


@pytest.mark.parametrize("length", [50, 600, 720, 1000, 1500, 3000, 12000])
def test_a_zone_is_not_much_larger_than_its_canvas(length):
    zone = Zone(300.0, 200.0, 1.0, 0.0, float(length), length / 11)
    grey, there, part = Levels(picture()).for_zone(zone)
    assert there == zone.scaled(part)
    assert there.length <= CANVAS[0] * 1.5
    assert part == 1 or there.length > CANVAS[0] * 0.7
    assert grey.shape[1] == max(1, 640 * part)


def test_the_middle_stays_the_middle_in_every_level():
    spot = np.full((512, 512), 240, np.uint8)
    spot[248:264, 120:136] = 10  # its middle is at 128, 256
    levels = Levels(spot)
    for number in range(4):
        rows, columns = np.nonzero(levels[number] < 120)
        part = 0.5**number
        assert columns.mean() + 0.5 == pytest.approx(128 * part, abs=0.51)
        assert rows.mean() + 0.5 == pytest.approx(256 * part, abs=0.51)
