"""The portrait is cut by the layout of each kind, in any turn and perspective, and refused where there is none."""

import cv2
import numpy as np
import pytest

from bmis.capture.boxes import Quad
from bmis.capture.frame import Frame
from bmis.capture.mrz_reader import MrzReading
from bmis.capture.photos import document_photo, photo_place
from tools.specimens import compose_mrz, pages, people

PX = pages.PX_PER_MM
ASCENT_MM = 2.9  # of OCR-B capitals over their base line
# kind: page, lines, where the page has the portrait (mm: left, top, width, height), last base line above the edge
DRAWN = {
    "TD3": (pages.passport(people.MACHAVA, compose_mrz.td3(people.MACHAVA)), compose_mrz.td3(people.MACHAVA),
            (5, 12, 35, 45), 8.5),
    "TD2": (pages.small_document(people.MUCAVELE, compose_mrz.td2(people.MUCAVELE), "UTOPIA", "green"),
            compose_mrz.td2(people.MUCAVELE), (5, 11, 29, 38), 7),
    "MRVA": (pages.visa(people.CHISSICO, compose_mrz.mrv_a(people.CHISSICO)), compose_mrz.mrv_a(people.CHISSICO),
             (5, 12, 29, 36), 8),
    "MRVB": (pages.small_document(people.GOVE, compose_mrz.mrv_b(people.GOVE), "UTOPIA", "rose"),
             compose_mrz.mrv_b(people.GOVE), (5, 11, 29, 38), 7),
    "FRID": (pages.small_document(people.BERTIN, compose_mrz.frid(people.BERTIN), "UTOPIA", "blue"),
             compose_mrz.frid(people.BERTIN), (5, 11, 29, 38), 7),
}  # fmt: skip


def zone_on(page, lines, bottom_mm):
    left = (page.width - len(lines[0]) * pages.PITCH_MM * PX) / 2
    low = page.height - bottom_mm * PX
    high = low - ((len(lines) - 1) * pages.LINE_MM + ASCENT_MM) * PX
    return np.array([(left, high), (page.width - left, high), (page.width - left, low), (left, low)], np.float32)


def rect(left, top, width, height):
    box = np.array([(left, top), (left + width, top), (left + width, top + height), (left, top + height)], np.float32)
    return box * PX


def ways(page):
    """Return each way a page may lie under the camera: turned all round, and leaning up to 20 degrees to every side."""
    for degrees in (0, 7, 30, 90, 143, 180, 270, 338):
        yield f"turned {degrees}", seen(page, degrees, 0, 0)
    for around_x, around_y in ((20, 0), (-20, 0), (0, 20), (0, -20), (14, -14), (-14, 14)):
        yield f"leaning {around_x} {around_y}", seen(page, 12, around_x, around_y)


def seen(page, around_z, around_x, around_y):
    """Return the page's corners as a camera over it sees them from 1.4 of its width."""
    x, y, z = (np.radians(angle) for angle in (around_x, around_y, around_z))
    turn = (
        np.array([(np.cos(z), -np.sin(z), 0), (np.sin(z), np.cos(z), 0), (0, 0, 1)])
        @ np.array([(1, 0, 0), (0, np.cos(x), -np.sin(x)), (0, np.sin(x), np.cos(x))])
        @ np.array([(np.cos(y), 0, np.sin(y)), (0, 1, 0), (-np.sin(y), 0, np.cos(y))])
    )
    wide, high, far = page.width / 2, page.height / 2, 1.4 * page.width
    there = np.array([(-wide, -high, 0), (wide, -high, 0), (wide, high, 0), (-wide, high, 0)]) @ turn.T
    return (there[:, :2] * far / (far + there[:, 2:]) + (900, 850)).astype(np.float32)


def moved(points, way):
    return cv2.perspectiveTransform(np.asarray(points, np.float32)[None], way)[0]


def way_to(page, to):
    corners = np.array([(0, 0), (page.width, 0), (page.width, page.height), (0, page.height)], np.float32)
    return cv2.getPerspectiveTransform(corners, to)


def laid(page, to):
    way = way_to(page, to)
    return cv2.warpPerspective(np.asarray(page)[..., ::-1].copy(), way, (1800, 1700), borderValue=(66, 72, 78)), way


def quad_of(points):
    return Quad(*((float(x), float(y)) for x, y in points))


def reading(lines, zone):
    return MrzReading(lines, tuple((1.0,) * len(line) for line in lines), (), quad_of(zone), "test", 1, 1)


def shades(frame):
    return np.frombuffer(frame.signature(), np.uint8).astype(int)


def overlap(one, other, size=(1700, 1800)):
    masks = []
    for points in (one, other):
        mask = np.zeros(size, np.uint8)
        cv2.fillConvexPoly(mask, np.round(points).astype(np.int32), 1)
        masks.append(mask.astype(bool))
    both = (masks[0] & masks[1]).sum()
    return both / (masks[0] | masks[1]).sum(), both / masks[1].sum()


@pytest.mark.parametrize("kind", DRAWN)
def test_the_area_holds_the_portrait_however_the_document_lies(kind):
    page, lines, photo_mm, bottom = DRAWN[kind]
    measured = {}
    for name, to in ways(page):
        way = way_to(page, to)
        place = photo_place(quad_of(moved(zone_on(page, lines, bottom), way)), kind, len(lines[0]))
        measured[name] = overlap(np.array(place.corners), moved(rect(*photo_mm), way))
    assert min(held for _iou, held in measured.values()) > 0.97
    assert min(iou for iou, _held in measured.values()) > 0.5


@pytest.mark.parametrize("kind", DRAWN)
def test_it_comes_upright_and_alike_from_every_side(kind, clock):
    page, lines, _photo_mm, bottom = DRAWN[kind]
    cuts = {}
    for name, to in list(ways(page))[::3]:
        picture, way = laid(page, to)
        frame = Frame.of_pixels(picture, clock(), "test")
        cuts[name] = document_photo(frame, reading(lines, moved(zone_on(page, lines, bottom), way)))
    straight = cuts["turned 0"]
    for name, cut in cuts.items():
        assert cut is not None, name
        assert cut.height > cut.width
        alike = np.corrcoef(shades(cut), shades(straight))[0, 1]
        assert alike > 0.6, name
        assert alike > np.corrcoef(shades(cut)[::-1], shades(straight))[0, 1] + 0.1, name


def test_a_zone_that_is_off_by_a_pixel_or_cut_with_room_around_it_still_leads_to_the_portrait():
    page, lines, photo_mm, bottom = DRAWN["TD3"]
    rng = np.random.default_rng(7)
    zone = zone_on(page, lines, bottom)
    room = zone + np.array([(-6, -10), (6, -10), (6, 10), (-6, 10)])
    for shaken in [room, *(zone + rng.normal(0, 1.0, (4, 2)) for _time in range(30))]:
        place = photo_place(quad_of(shaken), "TD3", 44)
        _iou, held = overlap(np.array(place.corners) + 300, rect(*photo_mm) + 300)
        assert held > 0.93


def test_a_portrait_outside_the_picture_is_refused(clock):
    page, lines, _photo_mm, bottom = DRAWN["TD3"]
    whole = np.asarray(page)[..., ::-1]
    zone = zone_on(page, lines, bottom)
    cut_off = Frame.of_pixels(np.ascontiguousarray(whole[320:]), clock(), "test")
    assert document_photo(cut_off, reading(lines, zone - (0, 320))) is None
    assert (
        document_photo(Frame.of_pixels(np.ascontiguousarray(whole), clock(), "test"), reading(lines, zone)) is not None
    )


@pytest.mark.parametrize("light", [0, 128, 255])
def test_an_even_surface_is_no_portrait(light, clock):
    page, lines, _photo_mm, bottom = DRAWN["TD3"]
    blank = np.full((page.height, page.width, 3), light, np.uint8)
    blank[-180:] = np.asarray(page)[-180:]
    assert document_photo(Frame.of_pixels(blank, clock(), "test"), reading(lines, zone_on(page, lines, bottom))) is None


def test_a_card_has_its_portrait_on_the_other_side(clock):
    lines = compose_mrz.td1(people.NHANTUMBO)
    page = pages.card_back(lines)
    frame = Frame.of_pixels(np.ascontiguousarray(np.asarray(page)[..., ::-1]), clock(), "test")
    assert document_photo(frame, reading(lines, zone_on(page, lines, 5))) is None


@pytest.mark.parametrize("points", [
    [(5, 5)] * 4, [(0, 0), (900, 0), (900, 1), (0, 1)], [(0, 0), (10, 0), (20, 0), (30, 0)],
    [(float("nan"), 0), (9, 0), (9, 9), (0, 9)], [(0, 0), (900, 70), (900, 0), (0, 70)],
    [(1e8, 0), (0, 1e8), (3, 3), (1, 5)],
])  # fmt: skip
def test_corners_that_make_no_zone_lead_nowhere_and_hurt_nothing(points, clock):
    page, lines, _photo_mm, _bottom = DRAWN["TD3"]
    frame = Frame.of_pixels(np.ascontiguousarray(np.asarray(page)[..., ::-1]), clock(), "test")
    assert document_photo(frame, reading(lines, points)) is None
