"""The held-out sets are drawn the same for the same seed, and their labels are true."""

import hashlib
import json

import cv2
import numpy as np
import pytest

from bmis.capture.mrz_shape import proved, shape_of
from tools.heldout_mrz import faults, lists, sets, truth
from tools.heldout_mrz.__main__ import main
from tools.heldout_mrz.score import score
from tools.heldout_mrz.texts import KINDS, failing_checks, with_wrong_character, zone

drawn = pytest.mark.skipif(
    not all(file.is_file() for file in lists.FONT_FILES), reason="needs Debian's fonts-ocr-b and fonts-dejavu"
)


def numbers(seed):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("kind", KINDS)
def test_a_zone_of_each_kind_proves_itself(kind):
    for seed in range(40):
        made = zone(numbers(seed), kind)
        assert proved(made.lines)
        assert shape_of(made.lines).kind == kind


def test_a_small_zone_has_no_letter_o_in_its_number():
    small = [zone(numbers(seed), "TD3", small=True).lines[1][:9] for seed in range(120)]
    usual = [zone(numbers(seed), "TD3").lines[1][:9] for seed in range(120)]
    assert "O" not in "".join(small)
    assert "O" in "".join(usual)


def test_a_number_too_long_for_its_field_is_met():
    assert any(zone(numbers(seed), "TD1").lines[0][14] == "<" for seed in range(40))


@pytest.mark.parametrize("kind", KINDS)
def test_one_altered_character_is_told_by_a_check_digit(kind):
    for seed in range(40):
        right = zone(numbers(seed), kind)
        wrong = with_wrong_character(numbers(seed), right)
        different = [a + b for a, b in zip("".join(right.lines), "".join(wrong.lines), strict=True) if a != b]
        assert len(different) == 1
        assert (int(different[0][0], 36) - int(different[0][1], 36)) % 10
        assert wrong.failing == failing_checks(kind, wrong.lines) != ()
        assert not proved(wrong.lines)


@drawn
def test_the_same_seed_draws_the_same_files_in_one_process_or_two(tmp_path):
    once = sets.make(tmp_path / "once", "pictures", 3, 9_000_000)
    again = sets.make(tmp_path / "again", "pictures", 3, 9_000_000, jobs=2)
    other = sets.make(tmp_path / "other", "pictures", 3, 9_000_003)
    assert once == again
    assert {one["sha256"] for one in once}.isdisjoint(one["sha256"] for one in other)


@drawn
def test_the_command_writes_files_that_are_what_their_labels_say(tmp_path):
    words = ["make", "--out", str(tmp_path), "--kind", "wrong_digit", "--count", "3", "--seed", "3"]
    assert main(words) == 0
    labels = json.loads((tmp_path / "labels.json").read_text(encoding="utf-8"))
    assert len(labels) == 3
    for label in labels:
        file = tmp_path / label["file"]
        picture = cv2.imread(str(file))
        assert [picture.shape[1], picture.shape[0]] == label["size"]
        assert hashlib.sha256(file.read_bytes()).hexdigest() == label["sha256"]
        assert label["conform"] is False
        assert label["failing_checks"] == list(failing_checks(label["kind"], tuple(label["lines"])))
        assert label["seed"] in lists.SEEDS


@drawn
def test_the_corners_of_a_label_are_round_the_print(tmp_path):
    for label in sets.make(tmp_path, "pictures", 6, 9_400_000):
        if label["kind"] == "NONE":
            assert (label["lines"], label["conform"], label["tags"]) == ([], None, [])
            continue
        corners = np.float32(label["corners"])
        wide, high = 20 * len(label["lines"][0]), 50 * len(label["lines"])
        flat = cv2.getPerspectiveTransform(corners, np.float32([[0, 0], [wide, 0], [wide, high], [0, high]]))
        crop = cv2.warpPerspective(cv2.imread(str(tmp_path / label["file"]), cv2.IMREAD_GRAYSCALE), flat, (wide, high))
        ink = (crop < np.median(crop) * 0.8).mean()
        assert 0.03 < ink < 0.5, label


@drawn
def test_a_video_has_its_frames_and_says_which_cannot_be_read(tmp_path):
    (label,) = sets.make(tmp_path, "video", 1, 9_200_000)
    film = cv2.VideoCapture(str(tmp_path / label["file"]))
    frames = []
    while (seen := film.read())[0]:
        frames.append(seen[1])
    assert len(frames) == len(label["frames"]) == 12
    assert frames[0].shape == (720, 1280, 3)
    sharp = [cv2.Laplacian(frame, cv2.CV_32F).std() for frame in frames]
    lost = [one["at"] for one in label["frames"] if not one["readable"]]
    assert 1 <= len(lost) <= 3
    assert max(sharp[at] for at in lost) < min(sharp[at] for at in range(12) if at not in lost)


def test_seeds_of_training_are_refused(tmp_path, capsys):
    assert truth.first_seed(3) == lists.SEEDS.start + 30_000
    assert main(["make", "--out", str(tmp_path), "--kind", "pictures", "--count", "1", "--seed", "5000"]) == 2
    assert "9000000" in capsys.readouterr().err


def test_light_is_kept_off_the_zone():
    dark = np.full((600, 800, 3), 40, np.uint8)
    corners = np.array([[200, 250], [600, 250], [600, 350], [200, 350]], float)
    for seed in range(20):
        lit = faults.lamp(numbers(seed), dark, corners, peak=200.0, on_zone=18.0)
        assert lit[250:350, 200:600].max() <= 40 + 19


def test_each_fault_changes_a_picture_and_keeps_its_shape():
    page = np.full((240, 320, 3), 200, np.uint8)
    cv2.putText(page, "P<UTO", (30, 120), cv2.FONT_HERSHEY_SIMPLEX, 2, (40, 30, 90), 3)
    changed = {
        "hand-shake random walk": faults.shake(numbers(1), page, 5.0),
        "depth of field": faults.depth_of_field(numbers(1), page, 4.0),
        "elliptical lamp glare": faults.lamp(numbers(1), page, None, 200.0, 0.0),
        "penumbra of a hand": faults.hand(numbers(1), page, 0.6),
        "crease with shading": faults.crease(numbers(1), page, 3.0, 0.2),
        "rotated pixel-lattice moire": faults.moire(numbers(1), page, 0.05),
        "poisson shot noise": faults.shot_noise(numbers(1), page, 6.0),
        "chroma subsampling and downscale": faults.chroma(page, 4),
        "webp compression": cv2.imdecode(np.frombuffer(faults.webp(page, 60), np.uint8), cv2.IMREAD_COLOR),
    }
    assert set(changed) == set(faults.FAULTS)
    for name, picture in changed.items():
        assert picture.shape == page.shape, name
        assert not np.array_equal(picture, page), name
        assert np.abs(picture.astype(int) - page).mean() < 60, name


def test_a_score_counts_what_misleads():
    first = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
    other = ("P<UTOERIKSSEN<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", first[1])
    labels = [
        {"file": "a", "kind": "TD3", "lines": list(first), "tags": ["small"], "difficulty": "hard"},
        {"file": "b", "kind": "TD3", "lines": list(first), "tags": [], "difficulty": "easy"},
        {"file": "c", "kind": "NONE", "lines": [], "tags": []},
        {"file": "d", "kind": "TD3", "lines": list(first), "tags": []},
    ]
    worth = score({"a": first, "b": other, "c": other}, labels)
    assert (worth.whole.pictures, worth.whole.exact, worth.whole.found) == (3, 1, 2)
    assert worth.whole.exact_rate == pytest.approx(1 / 3)
    assert worth.whole.character_accuracy == pytest.approx((88 + 87) / 264)
    assert (worth.by_tag["small"].exact, worth.by_tag["easy"].exact) == (1, 0)
    assert worth.by_kind["TD3"].found_rate == pytest.approx(2 / 3)
    assert worth.false_accepts == ("b", "c")
    assert worth.without_zone == ("c",)
    assert worth.missed == ("b", "d")
