"""Which lines are a zone and where it begins, on prints that a ruler can read: blots whose grey is their letter."""

import numpy as np
import pytest

from bmis.capture.zone_cells import ALPHABET, CELL, REJECT, STRIP_HEIGHT, Curve
from bmis.capture.zone_comb import Line
from bmis.capture.zone_fit import ZoneFitter, completed
from bmis.capture.zone_levels import Levels

PAPER = 250
ZONES = {
    "TD3": ("P<UTOMACHAVA<SPECIMEN<<ANABELA<JOANA<<<<<<<<", "AB12345671UTO8804123F3209158110100456789B<52"),
    "TD2": ("I<UTOMUCAVELE<SPECIMEN<<TOMAS<<<<<<<", "D231458907UTO7011306M3001156<<<<<<<0"),
    "TD1": ("I<UTOC030059887<<<<<<<<<<<<<<<", "9507236F3302288UTO<<<<<<<<<<<2", "NHANTUMBO<SPECIMEN<<GRACA<<<<<"),
}


class Ruler:
    """A net that takes the grey in the middle of a cell for its letter, and what is paler for no letter."""

    def __init__(self, sure=0.99):
        self.sure, self.asked = sure, []

    def run(self, strips):
        self.asked.append(strips.shape)
        cells = strips.reshape(len(strips), STRIP_HEIGHT, -1, CELL)[:, STRIP_HEIGHT // 2 - 2 : STRIP_HEIGHT // 2 + 2]
        grey = cells[..., CELL // 2 - 2 : CELL // 2 + 2].mean(axis=(1, 3))
        letters = np.clip(np.round((grey - 20) / 5), 0, REJECT).astype(int)
        answer = np.full((*letters.shape, REJECT + 1), (1 - self.sure) / REJECT, np.float32)
        np.put_along_axis(answer, letters[..., None], self.sure, axis=2)
        return answer


def printed(lines, step=14.0, degrees=0.0, start=(80.0, 80.0), sag=0.0, space=2.5, size=(500, 900)):
    """Return a picture with a blot for each letter, and the true centres (line, cell, x and y)."""
    ways = np.deg2rad(degrees)
    along, down = np.array([np.cos(ways), np.sin(ways)]), np.array([-np.sin(ways), np.cos(ways)])
    grey = np.full(size, PAPER, np.uint8)
    centres = []
    for row, line in enumerate(lines):
        t = np.linspace(-1, 1, len(line))
        numbers = np.arange(len(line))
        bow = sag * (1 - t**2) + row * space * step
        places = np.array(start) + numbers[:, None] * step * along + bow[:, None] * down
        centres.append(places)
        for char, (x, y) in zip(line, places, strict=True):
            left, top = int(x - step), int(y - step)
            near = grey[top : top + int(2 * step) + 1, left : left + int(2 * step) + 1]
            rows, columns = np.indices(near.shape)
            near[(columns + left - x) ** 2 + (rows + top - y) ** 2 < (0.42 * step) ** 2] = 20 + 5 * ALPHABET.index(char)
    return grey, np.array(centres)


def seen(places, first=0, last=None):
    """Return the line of which the comb saw the cells from ``first`` to ``last``."""
    last = len(places) - 1 if last is None else last
    numbers = np.arange(last - first + 1.0)
    return Line(Curve.through(numbers, places[first : last + 1]), last - first, float(last - first + 1))


def read(grey, lines, net=None):
    """Return the zone's text, and the fit."""
    fitter, levels = ZoneFitter(net or Ruler()), Levels(grey)
    fit = fitter.fit(levels, lines)
    assert fit is not None
    best = fitter.seen(levels, fit)[..., :REJECT].argmax(axis=2)
    return tuple("".join(ALPHABET[at] for at in line) for line in best), fit


VIEWS = {
    "level": {},
    "tilted": {"degrees": 9},
    "upside down": {"degrees": 180, "start": (800, 400)},
    "on its side": {"degrees": 90, "start": (400, 60), "size": (900, 500)},
    "sagging": {"sag": 14},
    "small": {"step": 8.0},
    "large": {"step": 55.0, "size": (600, 2700)},
}


@pytest.mark.parametrize("kind", ZONES)
@pytest.mark.parametrize("view", VIEWS)
def test_lines_that_were_seen_whole_are_read_cell_by_cell(kind, view):
    grey, centres = printed(ZONES[kind], **VIEWS[view])
    text, _ = read(grey, [seen(places) for places in centres])
    assert text == ZONES[kind]


@pytest.mark.parametrize("kind", ZONES)
@pytest.mark.parametrize(("early", "late"), [(0, 4), (4, 0), (2, 2), (3, 1)])
def test_ends_that_the_comb_did_not_see_are_found(kind, early, late):
    grey, centres = printed(ZONES[kind])
    text, fit = read(grey, [seen(places, early, len(places) - 1 - late) for places in centres])
    assert text == ZONES[kind]
    assert fit.first == (-early,) * len(centres)


def test_each_line_may_begin_elsewhere():
    grey, centres = printed(ZONES["TD3"], degrees=3)
    text, fit = read(grey, [seen(centres[0], 3, 40), seen(centres[1], 0, 43)])
    assert text == ZONES["TD3"]
    assert fit.first == (-3, 0)


@pytest.mark.parametrize("kind", ["TD3", "TD2"])
def test_a_line_of_other_print_above_is_left_out(kind):
    lines = ("GIVENNAMESXOFYTHEWBEARER", *ZONES[kind])
    grey, first = printed(lines[:1], start=(150, 40))
    zone_grey, centres = printed(lines[1:], start=(80, 90))
    text, fit = read(np.minimum(grey, zone_grey), [seen(first[0]), *[seen(places) for places in centres]])
    assert text == ZONES[kind]
    assert len(fit.lines) == 2


@pytest.mark.parametrize("kind", ZONES)
def test_the_box_lies_around_the_text_and_follows_its_direction(kind):
    for view in ("level", "tilted", "upside down", "on its side"):
        grey, centres = printed(ZONES[kind], **VIEWS[view])
        _, fit = read(grey, [seen(places) for places in centres])
        along = (centres[0, -1] - centres[0, 0]) / (centres.shape[1] - 1)
        down = np.array([-along[1], along[0]])
        wanted = [
            centres[0, 0] - along / 2 - 0.7 * down,
            centres[0, -1] + along / 2 - 0.7 * down,
            centres[-1, -1] + along / 2 + 0.7 * down,
            centres[-1, 0] - along / 2 + 0.7 * down,
        ]
        assert np.abs(np.array(fit.quad.corners) - wanted).max() < 1.0


def test_one_line_alone_or_none_is_no_zone():
    grey, centres = printed(ZONES["TD3"][:1])
    fitter = ZoneFitter(Ruler())
    assert fitter.fit(Levels(grey), []) is None
    assert fitter.fit(Levels(grey), [seen(centres[0])]) is None


def test_a_hidden_line_is_looked_for_above_and_below():
    for hidden in (0, 1):
        grey, centres = printed(ZONES["TD3"], degrees=5, start=(80, 120))
        shown = seen(centres[1 - hidden])
        places = [
            line.curve.at(np.arange(44.0))[0]
            for more in completed([shown])
            for line in more
            if line is not shown
        ]  # fmt: skip
        assert min(np.hypot(*(place - centres[hidden]).T).max() for place in places) < 0.35 * 14
        texts = {read(grey, more)[0] for more in completed([shown])}
        assert ZONES["TD3"] in texts


@pytest.mark.parametrize("hidden", [0, 2])
@pytest.mark.parametrize("space", [2.0, 2.35, 2.6])
def test_of_a_card_the_third_line_stands_as_far_as_the_second(hidden, space):
    grey, centres = printed(ZONES["TD1"], degrees=-4, start=(80, 150), space=space)
    shown = [seen(places) for row, places in enumerate(centres) if row != hidden]
    assert ZONES["TD1"] in {read(grey, more)[0] for more in completed(shown)}


@pytest.mark.parametrize("count", [0, 3])
def test_whole_zones_and_nothing_are_not_completed(count):
    _, centres = printed(ZONES["TD1"])
    assert list(completed([seen(places) for places in centres[:count]])) == []


def test_sure_cells_are_looked_at_once_and_doubtful_ones_more_often():
    grey, centres = printed(ZONES["TD2"])
    lines = [seen(places) for places in centres]
    sure, doubtful = Ruler(0.99), Ruler(0.9)
    assert read(grey, lines, sure)[0] == read(grey, lines, doubtful)[0] == ZONES["TD2"]
    assert len(doubtful.asked) > len(sure.asked)


def test_what_was_seen_is_a_probability_for_every_cell():
    grey, centres = printed(ZONES["TD1"])
    fitter, levels = ZoneFitter(Ruler(0.8)), Levels(grey)
    fit = fitter.fit(levels, [seen(places) for places in centres])
    answer = fitter.seen(levels, fit)
    assert answer.shape == (3, 30, REJECT + 1)
    assert np.allclose(answer.sum(axis=2), 1)
    assert (answer >= 0).all()
