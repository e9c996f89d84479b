"""What the officer is told about a poor picture of a document: every defect by its name, nothing about a good one."""

import numpy as np
import pytest

from bmis.capture.boxes import Quad
from bmis.capture.frame import Frame
from bmis.capture.images import load_image
from bmis.capture.quality import HintCode, hints
from bmis.kernel.i18n import speaking
from ui.words.hints import hint_words

ZONE = Quad((56, 564), (945, 564), (945, 636), (56, 636))  # of the drawn passport


@pytest.fixture
def passport(specimens, clock):
    return load_image(specimens["td3-passport.png"].path, clock)


def codes(frame, zone=None):
    return [hint.code for hint in hints(frame, zone)]


def changed(frame, change):
    pixels = change(np.asarray(frame.bgr(), dtype=np.float32)).clip(0, 255).astype(np.uint8)
    return Frame.of_pixels(np.ascontiguousarray(pixels), frame.taken_at, frame.source)


def lamp(pixels):
    lit = pixels.copy()
    lit[480:700, 300:520] = 255
    return lit


@pytest.mark.parametrize("zone", [None, ZONE])
def test_a_good_picture_needs_no_hint(passport, zone):
    assert codes(passport, zone) == []


def test_an_empty_desk_and_an_empty_page_are_not_commented(specimens, clock):
    for name in ("empty-desk.jpg", "empty-page.jpg"):
        assert codes(load_image(specimens[name].path, clock)) == []


@pytest.mark.parametrize("zone", [None, ZONE])
def test_too_little_and_too_much_light_are_told_apart(passport, zone):
    assert codes(changed(passport, lambda light: light * 0.2), zone) == [HintCode.TOO_DARK]
    assert codes(changed(passport, lambda light: light * 0.3 + 215), zone)[0] is HintCode.TOO_BRIGHT


@pytest.mark.parametrize("zone", [None, ZONE])
def test_a_lamp_on_the_print_is_glare(passport, zone):
    assert codes(changed(passport, lamp), zone) == [HintCode.GLARE]


def test_the_blurred_specimen_is_called_blurred(specimens, clock):
    assert codes(load_image(specimens["td3-blurred.jpg"].path, clock)) == [HintCode.BLURRED]


def test_a_zone_tells_what_is_far_cut_off_or_askew(passport):
    far = Quad((56, 564), (356, 564), (356, 588), (56, 588))
    cut = Quad((2, 564), (891, 564), (891, 636), (2, 636))
    leaning = Quad((200, 200), (800, 600), (770, 645), (170, 245))
    receding = Quad((56, 564), (945, 575), (945, 625), (56, 636))
    assert HintCode.TOO_FAR in codes(passport, far)
    assert HintCode.CROPPED in codes(passport, cut)
    assert HintCode.TILTED in codes(passport, leaning)
    assert HintCode.TILTED in codes(passport, receding)


def test_the_most_important_comes_first_with_its_measurement(passport):
    told = hints(changed(passport, lambda light: light * 0.2), Quad((2, 564), (302, 564), (302, 588), (2, 588)))
    assert [hint.code for hint in told][:2] == [HintCode.TOO_DARK, HintCode.CROPPED]
    assert told[0].measured < told[0].limit


@pytest.mark.parametrize(
    "zone",
    [
        Quad((5, 5), (5, 5), (5, 5), (5, 5)),
        Quad((float("nan"), 0), (9, 0), (9, 9), (0, 9)),
        Quad((-900, -900), (-100, -900), (-100, -840), (-900, -840)),
        Quad((1e7, 0), (0, 1e7), (3, 3), (-1e7, 5)),
    ],
)
def test_a_zone_that_makes_no_sense_hurts_nothing(passport, zone):
    assert all(isinstance(code, HintCode) for code in codes(passport, zone))


def test_the_smallest_picture_is_judged_without_a_fault(clock):
    tiny = Frame.of_pixels(np.zeros((1, 1, 3), np.uint8), clock(), "test")
    assert codes(tiny) == []
    assert all(isinstance(code, HintCode) for code in codes(tiny, ZONE))


def test_every_hint_has_words_in_both_languages():
    for code in HintCode:
        with speaking("en"):
            english = hint_words(code)
        with speaking("pt"):
            assert hint_words(code) != english
