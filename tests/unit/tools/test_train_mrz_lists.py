"""Training draws from what its lists name, and from no seed that is held out."""

from pathlib import Path

import pytest

from tools.train_mrz import generate as generation
from tools.train_mrz.generate import SCENES_A_FILE, forget, generate
from tools.train_mrz.lists import FONT_FILES, NEAR_FILES, OCR_B_FILES, SEEDS, TEXT_FILES

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = [
    line for line in (ROOT / "tools" / "train_mrz" / "apt.txt").read_text().splitlines() if not line.startswith("#")
]


def test_each_font_is_bundled_or_comes_with_a_package_that_set_up_installs():
    for file in FONT_FILES:
        if file.is_relative_to(ROOT):
            assert file.is_file(), file
            continue
        kind, family = file.parts[-3:-1]
        assert kind in {"opentype", "truetype"}
        assert any(package.removeprefix("fonts-").startswith(family) for package in PACKAGES), file


def test_each_package_of_set_up_brings_a_font_that_is_drawn_with():
    families = {file.parts[-2] for file in FONT_FILES}
    assert [package for package in PACKAGES if not any(package.startswith(f"fonts-{one}") for one in families)] == []


def test_lists_name_font_files_once_each():
    for files in (OCR_B_FILES, NEAR_FILES, TEXT_FILES, FONT_FILES):
        assert len(set(files)) == len(files)
        assert {file.suffix for file in files} <= {".ttf", ".otf"}
    assert set(FONT_FILES) == {*OCR_B_FILES, *NEAR_FILES, *TEXT_FILES}


def test_seeds_of_training_stay_below_a_million():
    assert SEEDS.start == 0
    assert SEEDS.stop <= 1_000_000


@pytest.mark.parametrize(("first", "scenes"), [(-1, 10), (SEEDS.stop, 1), (SEEDS.stop - 10, 11), (0, SEEDS.stop + 1)])
def test_seeds_that_are_held_out_are_refused_before_anything_is_drawn(first, scenes, tmp_path):
    with pytest.raises(ValueError, match="held out"):
        generate(tmp_path / "samples", scenes, first)
    assert not (tmp_path / "samples").exists()


def test_the_last_file_is_drawn_whole_and_so_must_be_trainings(tmp_path):
    with pytest.raises(ValueError, match="held out"):
        generate(tmp_path, 10, SEEDS.stop - SCENES_A_FILE + 1)


def test_forgetting_an_earlier_run_leaves_other_files(tmp_path):
    old = [tmp_path / f"0000000.{array}.npy" for array in generation.ARRAYS]
    mine = tmp_path / "notes.npy"
    for file in (*old, mine):
        file.touch()
    forget(tmp_path)
    assert list(tmp_path.iterdir()) == [mine]
