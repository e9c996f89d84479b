"""What the nets learn from: the strips, combs and masks that are cut from a scene say what the scene holds."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from bmis.capture.zone_cells import ALPHABET, CELL, REJECT, STRIP_HEIGHT
from bmis.capture.zone_finder import STRIDE
from tests.bundled_fonts import only_bundled_fonts
from tools.train_mrz import glyphs, page, samples, scene

PRINTED = ["P<UTOMACHAVA<<SPECIMEN<ANA<Q<W<X<Y<Z<H<J<K<<", "U0123456789UTO8804125F3209155FGBDRLJ<<<<<<06"]
PITCH = 16.0


@pytest.fixture(scope="module", autouse=True)
def fonts():
    with only_bundled_fonts():
        yield


@pytest.fixture(scope="module")
def clean(fonts):
    """Return two lines on white paper, printed well and seen straight."""
    rng = np.random.default_rng(5)
    font = page.OCR_B_FILES[0]
    ink, centres = glyphs.block(PRINTED, font, PITCH, PITCH * 2.5, (1.0, 1.0), 0.0, rng)
    ink = np.pad(ink, ((120, 40), (60, 60)))
    places = centres + np.array([60, 120], np.float32)
    picture = (255 * (1 - np.clip(ink, 0, 1))).astype(np.uint8)
    return scene.Scene(picture, "TD3", PRINTED, places, np.zeros((0, 4, 2), np.float32), PITCH, "book page")


def templates(tall):
    """Return the glyphs as a strip shows them."""
    sheet = glyphs.sheet(page.OCR_B_FILES[0])
    size = (CELL, round(glyphs.HEIGHT * CELL / glyphs.PITCH / tall))
    return [1 - cv2.resize(glyph, size, interpolation=cv2.INTER_AREA) for glyph in sheet]


def read(strip):
    """Return what stands in each cell by correlation with the glyphs, REJECT where the paper is blank."""
    known = [(at, one) for tall in (0.72, 0.8, 0.9, 1.0, 1.1, 1.25) for at, one in enumerate(templates(tall))]
    padded = cv2.copyMakeBorder(strip, 6, 6, 3, 3, cv2.BORDER_REPLICATE).astype(np.float32) / 255
    seen = []
    for left in range(0, strip.shape[1], CELL):
        window = padded[:, left : left + CELL + 6]
        if window[6:-6, 4:-4].min() > 0.75:
            seen.append(REJECT)
            continue
        fits = [
            (float(cv2.matchTemplate(window, one.astype(np.float32), cv2.TM_CCOEFF_NORMED).max()), at)
            for at, one in known
            if one.shape[0] <= window.shape[0]
        ]
        seen.append(max(fits)[1])
    return np.array(seen)


def test_strips_read_as_their_labels_say(clean):
    sample = samples.of(clean, np.random.default_rng(1))
    assert sample.strips.shape[1:] == (STRIP_HEIGHT, samples.STRIP_CELLS * CELL)
    assert len(sample.strips) == len(sample.labels) >= 4
    right = np.concatenate([read(strip) == row for strip, row in zip(sample.strips, sample.labels, strict=True)])
    assert right.mean() > 0.95


def test_labels_hold_each_line_whole_and_nothing_beside_it(clean):
    sample = samples.of(clean, np.random.default_rng(1))
    texts = ["".join(ALPHABET[at] for at in row if at != REJECT) for row in sample.labels]
    assert {text for text in texts if text} == set(PRINTED)


def test_strips_and_combs_are_the_same_for_the_same_seed(clean):
    one, other = (samples.of(clean, np.random.default_rng(4)) for _ in range(2))
    for name in ("view", "mask", "canvas", "heat", "strips", "labels"):
        assert np.array_equal(getattr(one, name), getattr(other, name))


def test_the_mask_covers_every_cell_and_little_else(clean):
    sample = samples.of(clean, np.random.default_rng(1))
    scale = samples.VIEW / max(clean.picture.shape) / STRIDE
    x, y = (clean.centres.reshape(-1, 2) * scale).astype(int).T
    assert (sample.mask[y, x] == 255).all()
    step = PITCH * scale
    assert (sample.mask > 127).sum() < 44 * step * 5 * step


@pytest.mark.parametrize("turned", [False, True])
def test_the_comb_marks_each_cell_once_on_ink_in_the_map_of_its_direction(clean, turned):
    whole = clean
    if turned:
        height, width = clean.picture.shape
        whole = replace(clean, picture=np.ascontiguousarray(clean.picture[::-1, ::-1]))
        whole.centres = np.array([width - 1, height - 1], np.float32) - clean.centres
    counted = []
    for seed in range(12):
        sample = samples.of(whole, np.random.default_rng(seed))
        upright, inverted = (int(part.max()) for part in sample.heat)
        assert min(upright, inverted) == 0  # a zone is read one way
        heat = sample.heat.max(axis=0)
        peaks = ((heat == cv2.dilate(heat, np.ones((3, 3), np.uint8))) & (heat > 150)).astype(np.uint8)
        counted.append(cv2.connectedComponents(peaks)[0] - 1)  # two equal neighbours are one cell between them
        rows, columns = np.nonzero(peaks)
        around = cv2.blur(sample.canvas, (13, 17))[rows * 4 + 2, columns * 4 + 2]
        assert np.median(around) < np.median(sample.canvas) - 20
    assert np.median(counted) == 88


def test_a_scene_without_a_zone_teaches_that_there_is_none(clean):
    paper = np.full((200, 300), 230, np.uint8)
    none = scene.Scene(paper, "NONE", [], np.zeros((0, 0, 2), np.float32), clean.other_text, 0.0, "dense page")
    sample = samples.of(none, np.random.default_rng(2))
    assert sample.mask.max() == sample.heat.max() == 0
    assert (sample.labels == REJECT).all()
    assert len(sample.labels) >= 1
