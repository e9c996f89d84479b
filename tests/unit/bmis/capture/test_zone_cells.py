"""Cells along lines that bend: the curve through them, and strips that show one every sixteen pixels."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bmis.capture.zone_cells import CANVAS, CANVAS_REACH, CELL, STRIP_HEIGHT, Curve, Zone, canvas_of, strip_of

NUMBERS = np.arange(44.0)
PAPER, INK = 230.0, 20.0


def straight(numbers=NUMBERS, step=14.0, degrees=0.0, start=(60.0, 200.0)):
    ways = np.deg2rad(degrees)
    return np.array(start) + numbers[:, None] * step * np.array([np.cos(ways), np.sin(ways)])


def bent(numbers=NUMBERS, step=14.0, sag=25.0):
    """Return centres on a line that sags in its middle as a page of a bound book does."""
    t = (numbers - 21.5) / 21.5
    return np.stack([60 + numbers * step, 200 + sag * (1 - t**2)], axis=1)


def far_end(numbers=NUMBERS, shrink=0.12):
    """Return centres of a line that goes away from the camera."""
    t = numbers / 43
    return np.stack([60 + 600 * t * (1 + shrink) / (1 + shrink * t), 200 - 40 * t / (1 + shrink * t)], axis=1)


def dotted(centres, size=(420, 760), spread=2.0):
    """Return paper with a dot of ink at each centre."""
    rows, columns = np.mgrid[0 : size[0], 0 : size[1]]
    ink = np.zeros(size)
    for x, y in centres:
        ink = np.maximum(ink, np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * spread**2)))
    return np.round(PAPER + (INK - PAPER) * ink).astype(np.uint8)


def dots_of(strip):
    """Return where the ink of each cell of a strip lies: its middle across and down."""
    found = []
    for at in range(strip.shape[1] // CELL):
        ink = np.clip(PAPER - 30 - strip[:, at * CELL : (at + 1) * CELL].astype(float), 0, None)
        assert ink.sum() > 0, f"no ink in cell {at}"
        rows, columns = np.mgrid[0 : ink.shape[0], 0:CELL]
        found.append(((columns * ink).sum() / ink.sum() + at * CELL, (rows * ink).sum() / ink.sum()))
    return np.array(found)


def middles(cells, first=0):
    return np.stack([(np.arange(cells) + first + 0.5) * CELL - 0.5, np.full(cells, STRIP_HEIGHT / 2 - 0.5)], axis=1)


LINES = {
    "level": straight(),
    "tilted": straight(degrees=7),
    "steep": straight(step=8.5, degrees=38, start=(60, 60)),
    "upside down": straight(degrees=180, start=(700, 200)),
    "upwards": straight(step=8.5, degrees=-90, start=(300, 390)),
    "bent": bent(),
    "bent the other way": bent(sag=-40.0),
    "going away": far_end(),
    "small": straight(step=7.0),
    "large": straight(NUMBERS[:22], step=30.0),
}


@pytest.mark.parametrize("name", LINES)
def test_a_strip_has_a_cell_every_sixteen_pixels_however_the_line_runs(name):
    centres = LINES[name]
    step = np.hypot(*np.diff(centres, axis=0).T).mean()
    picture = dotted(centres, spread=step / 6)
    curve = Curve.through(np.arange(float(len(centres))), centres)
    strip = strip_of(picture, curve, 0.0, len(centres))
    assert strip.shape == (STRIP_HEIGHT, len(centres) * CELL)
    assert np.abs(dots_of(strip) - middles(len(centres))).max() < 1.5


def test_a_strip_may_begin_before_the_first_cell_that_was_seen():
    picture = dotted(straight())
    inner = Curve.through(NUMBERS[5:40], straight()[5:40])
    assert np.abs(dots_of(strip_of(picture, inner, 0.0, 44)) - middles(44)).max() < 1.0


def test_a_strip_of_part_of_a_line_begins_where_it_is_asked_to():
    picture = dotted(straight())
    curve = Curve.through(NUMBERS, straight())
    assert np.abs(dots_of(strip_of(picture, curve, 10.0, 9)) - middles(9)).max() < 1.0
    assert np.abs(dots_of(strip_of(picture, curve, 9.75, 9))[:, 0] - middles(9)[:, 0] - 4).max() < 1.0


def test_a_strip_can_look_lower_and_see_more():
    picture = dotted(straight())
    curve = Curve.through(NUMBERS, straight())
    lower = dots_of(strip_of(picture, curve, 0.0, 44, down=0.25))[:, 1]
    assert np.abs(lower - (STRIP_HEIGHT / 2 - 0.5 - 0.25 * CELL)).max() < 1.0
    below = Curve.through(NUMBERS, straight(start=(60, 200 - 8)))  # the dots lie 8 pixels below this line
    near, far = (dots_of(strip_of(picture, below, 0.0, 44, tall=tall))[:, 1] for tall in (1.0, 2.0))
    assert np.allclose(near - 15.5, 8 / 14 * CELL, atol=0.8)
    assert np.allclose(far - 15.5, 8 / 28 * CELL, atol=0.8)


def test_a_strip_beyond_the_picture_goes_on_with_its_edge():
    picture = np.full((50, 60), 77, np.uint8)
    strip = strip_of(picture, Curve.through(NUMBERS, straight()), 0.0, 44)
    assert (strip == 77).all()


@given(st.floats(-60, 60), st.floats(-25, 25), st.floats(5, 40), st.floats(-180, 180))
@settings(max_examples=60, deadline=None)
def test_the_curve_goes_through_a_line_that_bends_twice(sag, wave, step, degrees):
    t = (NUMBERS - 21.5) / 21.5
    ways = np.deg2rad(degrees)
    flat = np.stack([NUMBERS * step, sag * t**2 + wave * t**3], axis=1)
    centres = flat @ np.array([[np.cos(ways), np.sin(ways)], [-np.sin(ways), np.cos(ways)]])
    curve = Curve.through(NUMBERS[::3], centres[::3])
    found, steps = curve.at(NUMBERS[:43])
    assert np.abs(found - centres[:43]).max() < 1e-6 * (1 + step * 44)
    assert np.abs(steps - (curve.at(NUMBERS[:43] + 1e-4)[0] - found) / 1e-4).max() < 0.05 * step


@pytest.mark.parametrize("name", LINES)
def test_beyond_its_ends_the_line_goes_on_straight(name):
    centres = LINES[name]
    last = float(len(centres) - 1)
    curve = Curve.through(np.arange(last + 1), centres)
    beyond, steps = curve.at(last + np.arange(6.0))
    assert np.abs(np.diff(beyond, n=2, axis=0)).max() < 1e-6
    assert np.allclose(steps, steps[0])
    assert np.allclose(np.diff(beyond, axis=0), steps[0])
    before, steps = curve.at(-np.arange(6.0))
    assert np.abs(np.diff(before, n=2, axis=0)).max() < 1e-6
    assert np.allclose(np.diff(before, axis=0), -steps[0])


def test_two_places_are_enough_for_a_straight_line():
    curve = Curve.through(np.array([0.0, 10.0]), np.array([[5.0, 5.0], [105.0, 25.0]]))
    assert np.allclose(curve.at(np.array([5.0]))[0], [[55.0, 15.0]])


@pytest.mark.parametrize("part", [1.0, 0.5, 0.25, 2.0])
def test_in_a_smaller_picture_the_line_lies_where_the_picture_does(part):
    curve = Curve.through(NUMBERS, bent())
    there = np.linspace(-3, 46, 20)
    for mine, theirs in zip(curve.at(there), curve.scaled(part).at(there), strict=True):
        assert np.allclose(mine * part, theirs)


@pytest.mark.parametrize("name", ["level", "tilted", "upside down", "upwards", "going away", "bent"])
def test_the_line_below_is_as_many_steps_below_seen_from_the_text(name):
    curve = Curve.through(NUMBERS, LINES[name])
    (centres, steps), (below, _) = curve.at(NUMBERS), curve.moved(2.5).at(NUMBERS)
    apart = below - centres
    length = np.hypot(*steps.T)
    across = (apart * np.stack([-steps[:, 1], steps[:, 0]], axis=1)).sum(axis=1) / length**2
    along = (apart * steps).sum(axis=1) / length**2
    assert np.abs(across - 2.5).max() < 0.1
    assert np.abs(along).max() < 0.35


def zone_at(degrees, length=600.0, height=60.0):
    ways = np.deg2rad(degrees)
    return Zone(350.0, 300.0, float(np.cos(ways)), float(np.sin(ways)), length, height)


def spot_of(picture):
    ink = np.clip(PAPER - 20 - picture.astype(float), 0, None)
    rows, columns = np.mgrid[0 : ink.shape[0], 0 : ink.shape[1]]
    return np.array([(columns * ink).sum() / ink.sum(), (rows * ink).sum() / ink.sum()])


@pytest.mark.parametrize("degrees", [0, 7, 45, 90, 180, 270, 313])
def test_on_the_canvas_the_zone_stands_upright_and_its_matrix_leads_back(degrees):
    zone = zone_at(degrees)
    ways = np.deg2rad(degrees)
    along, down = np.array([np.cos(ways), np.sin(ways)]), np.array([-np.sin(ways), np.cos(ways)])
    spot = np.array([zone.x, zone.y]) + 200 * along + 30 * down  # right of the middle and below it
    canvas, matrix = canvas_of(dotted([spot], size=(700, 700), spread=3), zone)
    assert canvas.shape == CANVAS[::-1]
    x, y = spot_of(canvas)
    scale = CANVAS_REACH / zone.length
    assert abs(x - (CANVAS[0] / 2 + 200 * scale)) < 1
    assert abs(y - (CANVAS[1] / 2 + 30 * scale)) < 1
    assert np.hypot(*(matrix[:, :2] @ (x, y) + matrix[:, 2] - spot)) < 1


@pytest.mark.parametrize(("length", "height", "reach"), [(600, 60, CANVAS_REACH), (400, 70, CANVAS_REACH * 2 / 3)])
def test_cells_of_a_card_are_as_large_on_the_canvas_as_those_of_a_passport(length, height, reach):
    zone = zone_at(0, length, height)
    _, matrix = canvas_of(np.full((700, 700), 200, np.uint8), zone)
    assert length / matrix[0, 0] == pytest.approx(reach)


def test_upside_down_the_canvas_is_turned_half_round():
    picture = dotted([(200, 290), (330, 320), (500, 300)], size=(700, 700), spread=3)
    one, other = canvas_of(picture, zone_at(0))[0], canvas_of(picture, zone_at(0).turned)[0]
    assert np.abs(spot_of(one) - (np.array(CANVAS) - spot_of(other))).max() < 1.5


def test_a_zone_in_a_smaller_picture():
    zone = zone_at(30).scaled(0.5)
    assert (zone.x, zone.y, zone.length, zone.height) == (175, 150, 300, 30)
    assert (zone.along_x, zone.along_y) == (zone_at(30).along_x, zone_at(30).along_y)
