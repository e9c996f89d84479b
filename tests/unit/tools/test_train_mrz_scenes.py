"""The pictures that training draws: the same for a seed, of every kind, with cells where their truth says."""

import cv2
import numpy as np
import pytest

from bmis.capture.zone_cells import ALPHABET
from bmis.documents.kinds import layouts
from tests.bundled_fonts import only_bundled_fonts
from tools.train_mrz import degrade, page, scene, texts
from tools.train_mrz.lists import BACKGROUNDS, DEGRADATIONS, LAYOUTS, SECURITY_BACKGROUNDS

SEEDS = range(160)
PLACES = {
    "ink dropout": page,
    "dot printing": page,
    "corner homography": scene,
    "quadratic bow": scene,
    "tilted fold": scene,
    "radial lens distortion": scene,
    "straight crop": scene,
}  # the others are in degrade


@pytest.fixture(scope="module", autouse=True)
def fonts():
    with only_bundled_fonts():
        yield


def watched(name, function, changed):
    """Return ``function`` that also counts how often it changed what it was given."""

    def spy(rng, given, *others):
        before = np.array(getattr(given, "grey", given))
        result = function(rng, given, *others)
        after = given.grey if result is None else result
        changed[name] += after.shape != before.shape or bool((after != before).any())
        return result

    return spy


@pytest.fixture(scope="module")
def drawn(fonts):
    """Return scenes, and how often each degradation changed one."""
    changed = dict.fromkeys(DEGRADATIONS, 0)
    with pytest.MonkeyPatch.context() as patch:
        for name in DEGRADATIONS:
            place, called = PLACES.get(name, degrade), name.replace(" ", "_")
            patch.setattr(place, called, watched(name, getattr(place, called), changed))
        page.forget_words()
        return [scene.make(seed) for seed in SEEDS], changed


@pytest.fixture(scope="module")
def scenes(drawn):
    return drawn[0]


def same(one, other):
    arrays = [(one.picture, other.picture), (one.centres, other.centres), (one.other_text, other.other_text)]
    return all(np.array_equal(*pair) for pair in arrays) and (one.kind, one.lines) == (other.kind, other.lines)


def test_a_seed_draws_the_same_scene_again(scenes):
    page.forget_words()
    assert all(same(scene.make(seed), scenes[seed]) for seed in range(12))


def test_another_seed_draws_another_scene(scenes):
    assert len({one.picture.tobytes() for one in scenes}) == len(scenes)


def test_every_kind_of_document_is_drawn_and_some_without_a_zone(scenes):
    assert {one.kind for one in scenes} == {layout.kind for layout in layouts()} | {"NONE"}
    assert 0.05 < sum(one.kind == "NONE" for one in scenes) / len(scenes) < 0.25


def test_every_layout_of_the_list_is_drawn_and_no_other(scenes):
    assert {one.layout for one in scenes} == set(LAYOUTS)


def test_lines_have_the_shape_and_the_alphabet_of_their_kind(scenes):
    shapes = {layout.kind: layout.shape for layout in layouts()}
    for one in scenes:
        if one.kind == "NONE":
            assert one.lines == []
            assert one.centres.size == 0
            continue
        assert (len(one.lines), len(one.lines[0])) == shapes[one.kind] == one.centres.shape[:2]
        assert all(len(line) == shapes[one.kind][1] and set(line) <= set(ALPHABET) for line in one.lines)


def test_pictures_are_neither_tiny_nor_larger_than_a_sample_needs(scenes):
    assert {one.picture.dtype for one in scenes} == {np.dtype(np.uint8)}
    assert all(min(one.picture.shape) >= 64 and max(one.picture.shape) <= 1500 for one in scenes)
    assert all(4.5 < one.pitch <= 19 for one in scenes)


def tone(picture, centres, steps, along, down, half_width, half_height):
    """Return the mean grey of a box at each cell; everything in steps from one cell to the next."""
    across = np.stack([-steps[:, 1], steps[:, 0]], axis=1)
    seen = []
    for right in np.linspace(along - half_width, along + half_width, 5):
        for below in np.linspace(down - half_height, down + half_height, 7):
            x, y = (centres + right * steps + below * across).astype(np.float32).T
            seen.append(cv2.remap(picture, x[None], y[None], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)[0])
    return float(np.median(np.mean(seen, axis=0)))


def share_with_ink(scenes, moved=0.0, down=0.0):
    """Return the share of scenes whose letters are darker than the gaps beside them and the room between the lines."""
    dark = []
    for one in scenes:
        letters, gaps, between = [], [], []
        for centres, line in zip(one.centres, one.lines, strict=True):
            chosen = np.array([char != "<" for char in line])
            if not chosen.any():
                continue
            steps = np.gradient(centres, axis=0)[chosen]
            at = (one.picture, centres[chosen], steps)
            letters.append(tone(*at, moved, down, 0.3, 0.4))
            gaps.append(tone(*at, moved + 0.5, down, 0.06, 0.4))
            between += [tone(*at, moved, down + off, 0.3, 0.06) for off in (-0.9, 0.9)]
        if letters:
            dark.append(np.mean(letters) < min(np.mean(gaps), np.mean(between)))
    return np.mean(dark)


def test_the_true_places_of_cells_lie_on_ink(scenes):
    assert share_with_ink(scenes[:100]) > 0.95  # overexposed ones have no ink left


def test_places_between_cells_or_between_lines_do_not(scenes):
    assert share_with_ink(scenes[:60], moved=0.5) < 0.1
    assert share_with_ink(scenes[:60], down=1.0) < 0.2


def test_every_degradation_of_the_list_is_used_and_changes_what_it_is_given(drawn):
    assert [name for name, count in drawn[1].items() if count == 0] == []


@pytest.mark.parametrize("name", [name for name in BACKGROUNDS if name != "plain"])
def test_each_background_is_something_to_be_told_from_a_document(name, monkeypatch):
    monkeypatch.setattr(scene, "BACKGROUNDS", (name,))
    assert all(scene.ground(np.random.default_rng(seed), (300, 200)).std() > 0.5 for seed in range(5))


@pytest.mark.parametrize("name", [name for name in SECURITY_BACKGROUNDS if name != "blank"])
def test_each_security_background_is_printed(name, monkeypatch):
    monkeypatch.setattr(page, "SECURITY_BACKGROUNDS", (name,))
    assert all(page.paper_of(np.random.default_rng(seed), 300, 200).std() > 0.5 for seed in range(5))


def test_the_plain_background_and_the_blank_paper_are_plain(monkeypatch):
    monkeypatch.setattr(scene, "BACKGROUNDS", ("plain",))
    monkeypatch.setattr(page, "SECURITY_BACKGROUNDS", ("blank",))
    assert scene.ground(np.random.default_rng(1), (300, 200)).std() == 0
    assert min(np.ptp(page.paper_of(np.random.default_rng(seed), 300, 200)) for seed in range(5)) == 0


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.kind)
def test_half_of_the_zones_hold_anything_anywhere_so_that_no_net_learns_what_ought_to_stand(layout):
    rng = np.random.default_rng(3)
    births = [texts.zone(rng, layout.kind)[1] for _ in range(60)]
    as_usual = sum(
        all(lines[span.line][span.start : span.end].isdigit() for span in (layout.birth_date,) if span)
        for lines in births
    )
    assert 15 < as_usual < 55
