"""From marks of cells to numbered lines: cells that hide, marks that are no cells, tilt, bend and perspective."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bmis.capture.zone_cells import CANVAS, Zone
from bmis.capture.zone_comb import CombFinder, zone_around

STRIDE = 4
ROWS, COLUMNS = CANVAS[1] // STRIDE, CANVAS[0] // STRIDE
WHOLE = Zone(CANVAS[0] / 2, CANVAS[1] / 2, 1.0, 0.0, 616.0, 60.0)  # the canvas shows the picture as it is
PAPER = np.full(CANVAS[::-1], 220, np.uint8)


class Marked:
    """A net that sees the cells it was told of: places on the canvas and how sure it is of each."""

    def __init__(self, places, heats=None, upside_down=False):
        self.heat = np.zeros((1, 2, ROWS, COLUMNS), np.float32)
        places = np.asarray(places, float).reshape(-1, 2)
        if upside_down:
            places = np.array(CANVAS) - places
        rows, columns = np.mgrid[0:ROWS, 0:COLUMNS]
        for (x, y), heat in zip(places, np.ones(len(places)) if heats is None else heats, strict=True):
            off = (columns + 0.5 - x / STRIDE) ** 2 + (rows + 0.5 - y / STRIDE) ** 2
            here = self.heat[0, int(upside_down)]
            np.maximum(here, heat * np.exp(-off / (2 * 0.9**2)), out=here)
        self.heat *= 1 - np.random.default_rng(1).random(self.heat.shape, np.float32) * 1e-3  # no net answers evenly

    def run(self, grey):
        assert grey.shape == (1, *CANVAS[::-1])
        return self.heat


def line(cells=44, y=60.0, step=14.0, left=45.0, tilt=0.0, sag=0.0, away=0.0):
    """Return the true centres: ``tilt`` pixels lower at the end, ``sag`` in the middle, steps growing by ``away``."""
    t = np.linspace(-1, 1, cells)
    along = (np.arange(cells) - (cells - 1) / 2) * step
    x = left + (cells - 1) / 2 * step + along * (1 + away * t / 2)
    return np.stack([x, y + tilt * (t + 1) / 2 + sag * (1 - t**2)], axis=1)


def found(places, heats=None, upside_down=False):
    return CombFinder(Marked(places, heats, upside_down)).lines(PAPER, WHOLE)


def assert_follows(one, truth, first, within=0.2):
    """Check that the line's cells lie on the true ones, its first being the true number ``first``."""
    step = np.hypot(*np.diff(truth, axis=0).T).mean()
    numbers = np.arange(len(truth)) - first
    assert np.hypot(*(one.curve.at(numbers.astype(float))[0] - truth).T).max() < within * step


SHAPES = {
    "level": [line(y=60), line(y=95)],
    "tilted": [line(y=50, tilt=14), line(y=85, tilt=14)],
    "tilted upwards": [line(y=64, tilt=-14), line(y=99, tilt=-14)],
    "sagging": [line(y=50, sag=9), line(y=85, sag=9)],
    "rising in the middle": [line(y=62, sag=-9), line(y=97, sag=-9)],
    "nearer at the right": [line(y=60, away=0.09), line(y=95, away=0.09)],
    "nearer at the left": [line(y=60, away=-0.09), line(y=95, away=-0.09)],
    "larger than guessed": [line(36, y=52, step=18.2, left=25), line(36, y=96, step=18.2, left=25)],
    "smaller than guessed": [line(y=60, step=10.5), line(y=86, step=10.5)],
    "a card": [line(30, y=y, step=14, left=140) for y in (40, 73, 106)],
    "narrow lines of a card": [line(30, y=y, step=14, left=140) for y in (46, 70, 94)],
}


@pytest.mark.parametrize("name", SHAPES)
def test_every_cell_seen_each_line_has_its_number_and_its_place(name):
    truth = SHAPES[name]
    lines = found(np.concatenate(truth))
    assert [one.last + 1 for one in lines] == [len(each) for each in truth]
    for one, each in zip(lines, truth, strict=True):
        assert_follows(one, each, 0)


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("seed", range(4))
def test_cells_that_hide_do_not_shift_the_count(name, seed):
    chance = np.random.default_rng(seed)
    truth = SHAPES[name]
    seen = [np.sort(chance.choice(len(each), round(len(each) * 0.75), replace=False)) for each in truth]
    lines = found(np.concatenate([each[at] for each, at in zip(truth, seen, strict=True)]))
    assert len(lines) == len(truth)
    for one, each, at in zip(lines, truth, seen, strict=True):
        assert one.last == at[-1] - at[0]
        assert_follows(one, each, at[0], within=0.3)


@pytest.mark.parametrize("name", [name for name in SHAPES if name != "larger than guessed"])
@pytest.mark.parametrize("seed", range(4))
def test_marks_between_the_cells_are_not_counted(name, seed):
    chance = np.random.default_rng(100 + seed)
    truth = SHAPES[name]
    false = []
    for each in truth:
        at = chance.choice(len(each) - 2, 3, replace=False)
        false.append((each[at] + each[at + 1]) / 2 + chance.normal(0, 1, (3, 2)))
    places = np.concatenate([*truth, *false])
    heats = np.concatenate([np.ones(sum(map(len, truth))), np.full(3 * len(truth), 0.5)])
    lines = found(places, heats)
    assert [one.last + 1 for one in lines] == [len(each) for each in truth]
    for one, each in zip(lines, truth, strict=True):
        assert_follows(one, each, 0, within=0.3)


def test_a_gap_of_four_cells_is_counted_as_four():
    truth = line(y=70)
    one, other = found(np.concatenate([np.delete(truth, [15, 16, 17, 18], axis=0), line(y=105)]))
    assert one.last == other.last == 43
    assert_follows(one, truth, 0)


def test_fillers_that_the_net_does_not_see_end_the_line_early():
    one, other = found(np.concatenate([line(y=60)[:31], line(y=95)]))
    assert (one.last, other.last) == (30, 43)
    assert_follows(one, line(y=60), 0, within=0.4)


@pytest.mark.parametrize("name", ["level", "a card", "tilted", "nearer at the right"])
def test_an_upside_down_zone_is_read_in_its_own_direction(name):
    truth = SHAPES[name]
    lines = found(np.concatenate(truth), upside_down=True)
    assert [one.last + 1 for one in lines] == [len(each) for each in truth]
    for one, each in zip(lines, truth, strict=True):
        assert_follows(one, np.array(CANVAS) - each, 0)  # its first cell stands at the lower right of the picture


def test_a_zone_that_lies_aslant_in_the_picture_has_its_lines_there():
    ways = np.deg2rad(23)
    turn = np.array([[np.cos(ways), -np.sin(ways)], [np.sin(ways), np.cos(ways)]])
    aslant = Zone(900.0, 700.0, float(np.cos(ways)), float(np.sin(ways)), 1232.0, 120.0)
    truth = [(each - np.array(CANVAS) / 2) * 2 @ turn.T + (900, 700) for each in SHAPES["level"]]
    lines = CombFinder(Marked(np.concatenate(SHAPES["level"]))).lines(np.full((1400, 1800), 200, np.uint8), aslant)
    for one, each in zip(lines, truth, strict=True):
        assert_follows(one, each, 0)
        assert one.step == pytest.approx(28, rel=0.02)


def test_nothing_marked_is_no_line():
    assert found(np.zeros((0, 2))) == []


def test_a_word_of_six_letters_is_no_line():
    assert found(line(6, y=70)) == []


def test_faint_marks_are_no_line():
    assert found(line(y=70), heats=np.full(44, 0.15)) == []


def test_a_word_above_the_zone_is_told_from_its_lines():
    lines = found(np.concatenate([line(6, y=25, left=100), *SHAPES["level"]]))
    assert [one.last for one in lines] == [43, 43]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(0, 400))
def test_marks_anywhere_are_looked_through_in_bounded_time(seed, count):
    chance = np.random.default_rng(seed)
    places = chance.uniform(0, 1, (count, 2)) * CANVAS
    finder = CombFinder(Marked(places, chance.uniform(0.1, 1, count)))
    begun = time.process_time()
    lines = finder.lines(PAPER, WHOLE)
    assert time.process_time() - begun < 1.0
    for one in lines:
        assert one.last >= 1
        assert np.isfinite(one.step)
        assert one.step > 0
        assert np.isfinite(one.curve.at(np.arange(-4.0, 48.0))[0]).all()


def test_an_answer_that_is_hot_everywhere_is_looked_through_too():
    net = Marked(np.zeros((0, 2)))
    net.heat[:] = np.random.default_rng(5).uniform(0.9, 1.0, net.heat.shape)
    begun = time.process_time()
    CombFinder(net).lines(PAPER, WHOLE)
    assert time.process_time() - begun < 3.0


def test_the_better_guess_lies_on_the_lines():
    zone = zone_around(found(np.concatenate(SHAPES["tilted"])))
    middle = np.concatenate(SHAPES["tilted"]).mean(axis=0)
    assert np.hypot(zone.x - middle[0], zone.y - middle[1]) < 5
    assert zone.along_y / zone.along_x == pytest.approx(14 / 602, abs=0.003)
    assert 44 * 14 <= zone.length < 48 * 14
    assert 35 + 14 < zone.height < 8 * 14


def test_the_better_guess_from_a_few_cells_is_long_enough_for_a_card():
    truth = [each[8:16] for each in SHAPES["a card"]]
    zone = zone_around(found(np.concatenate(truth)))
    assert zone.length > 30 * 14
    assert zone.height > 70


def test_a_line_in_the_picture_of_half_the_size():
    (one,) = found(line(y=70))
    half = one.scaled(0.5)
    assert half.step == pytest.approx(one.step / 2)
    assert half.last == one.last


def test_the_line_that_hides_below_stands_below():
    (one,) = found(line(y=70))
    below = one.moved(2.5)
    assert below.heat == 0
    assert below.last == one.last
    assert np.allclose(below.curve.at(np.arange(44.0))[0], line(y=70 + 2.5 * 14), atol=2)
