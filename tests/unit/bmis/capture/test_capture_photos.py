"""The portrait on the document and the traveller at the desk, with what is wrong with a picture."""

import io

import pytest
from PIL import Image, ImageFilter

from bmis.capture.boxes import Box, Quad
from bmis.capture.frame import Frame, pixels_of
from bmis.capture.images import load_image
from bmis.capture.mrz_reader import MrzReading
from bmis.capture.photos import (
    PHOTO_BYTES,
    Flaw,
    document_photo,
    photo_jpeg,
    portrait_quality,
    traveller_photo,
)

FACE_CORNER = (222, 228, 230)  # the backdrop that every drawn portrait has
ZONE = Quad((56, 564), (945, 564), (945, 636), (56, 636))  # of the drawn passport


def reading(lines, box=ZONE):
    return MrzReading(lines, tuple((0.9,) * len(line) for line in lines), (), box, "fake", 1, 1)


def flaws(measured):
    return {quality.flaw for quality in measured if not quality.good}


def turned(frame, way):
    return Frame.of_pixels(pixels_of(frame._picture().transpose(way)), frame.taken_at, frame.source)


@pytest.fixture
def passport(specimens, clock):
    return load_image(specimens["td3-passport.png"].path, clock)


def holds_the_portrait(photo):
    picture = photo._picture()
    colours = picture.quantize(32).convert("RGB").getcolors(1_000_000) or []
    near = sum(n for n, colour in colours if sum(abs(a - b) for a, b in zip(colour, FACE_CORNER, strict=True)) < 16)
    return near / (picture.width * picture.height) > 0.12


def test_the_portrait_is_cut_from_a_passport_by_where_its_zone_stands(passport, specimens):
    photo = document_photo(passport, reading(specimens["td3-passport.png"].lines))
    assert photo is not None
    assert photo.height > photo.width
    assert holds_the_portrait(photo)


def test_it_comes_upright_from_a_passport_that_lies_upside_down(passport, specimens):
    upside_down = turned(passport, Image.Transpose.ROTATE_180)
    zone = Quad(*((1000 - x, 704 - y) for x, y in ZONE.corners))
    upright = document_photo(passport, reading(specimens["td3-passport.png"].lines))
    again = document_photo(upside_down, reading(specimens["td3-passport.png"].lines, zone))
    assert upright is not None
    assert again is not None
    assert sum(abs(a - b) for a, b in zip(upright.signature(), again.signature(), strict=True)) / 256 < 3


def test_no_portrait_is_made_up_where_the_kind_has_none_or_the_place_is_unknown(passport, specimens):
    assert document_photo(passport, reading(specimens["td1-back.jpg"].lines)) is None
    assert document_photo(passport, reading(specimens["td3-passport.png"].lines, box=None)) is None
    high = Quad((56, 4), (945, 4), (945, 76), (56, 76))  # the page above it is outside the frame
    assert document_photo(passport, reading(specimens["td3-passport.png"].lines, high)) is None


def test_the_travellers_photograph_is_small_portrait_and_without_metadata(specimens, clock):
    frame = load_image(specimens["live-machava.jpg"].path, clock)
    kept = traveller_photo(frame)
    picture = Image.open(io.BytesIO(kept))
    assert len(kept) <= PHOTO_BYTES
    assert picture.format == "JPEG"
    assert max(picture.size) <= 480
    assert picture.size[0] * 5 == pytest.approx(picture.size[1] * 4, rel=0.02)
    assert not picture.getexif()
    assert Image.open(io.BytesIO(traveller_photo(frame, Box(0, 0, 100, 120)))).size == (100, 120)
    assert photo_jpeg(frame)[:2] == b"\xff\xd8"


def test_a_good_portrait_has_no_flaw(specimens, clock):
    assert flaws(portrait_quality(load_image(specimens["live-sitoe.jpg"].path, clock))) == set()


def test_a_blurred_a_dark_and_a_lit_portrait_are_named_with_their_measurement(specimens, clock):
    face = load_image(specimens["live-sitoe.jpg"].path, clock)

    def changed(picture):
        return portrait_quality(Frame.of_pixels(pixels_of(picture), face.taken_at, "test"))

    assert Flaw.BLURRED in flaws(changed(face._picture().filter(ImageFilter.GaussianBlur(6))))
    assert Flaw.TOO_DARK in flaws(changed(face._picture().point(lambda light: light // 5)))
    lit = face._picture()
    lit.paste((255, 255, 255), (100, 100, 400, 400))
    told = next(quality for quality in changed(lit) if quality.flaw is Flaw.GLARE)
    assert told.measured > told.limit


def test_a_face_too_far_away_is_told(specimens, clock):
    face = load_image(specimens["live-sitoe.jpg"].path, clock).crop(Box(0, 0, 200, 230))
    assert face is not None
    assert Flaw.TOO_FAR in flaws(portrait_quality(face))
