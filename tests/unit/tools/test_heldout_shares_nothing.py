"""What the reader of zones is measured on shares nothing with what it learned from."""

import ast
import hashlib
from pathlib import Path

import pytest

from tools.heldout_mrz import lists as held_out
from tools.train_mrz import lists as training

TOOLS = Path(training.__file__).parents[1]


def meant(names):
    """Return names as far as they say the same: no capitals, no spaces, no order of words."""
    return {frozenset(name.lower().replace("-", " ").replace(",", " ").split()) for name in names}


@pytest.mark.parametrize("of", ["BACKGROUNDS", "SECURITY_BACKGROUNDS", "LAYOUTS", "DEGRADATIONS"])
def test_no_background_layout_or_degradation_is_drawn_for_both(of):
    learned, measured = getattr(training, of), getattr(held_out, of)
    assert learned
    assert measured
    assert meant(learned).isdisjoint(meant(measured))


def test_papers_and_grounds_are_not_swapped_either():
    learned = meant((*training.BACKGROUNDS, *training.SECURITY_BACKGROUNDS))
    assert learned.isdisjoint(meant((*held_out.BACKGROUNDS, *held_out.SECURITY_BACKGROUNDS)))


def test_no_font_file_is_drawn_with_for_both():
    assert {file.name for file in training.FONT_FILES}.isdisjoint(file.name for file in held_out.FONT_FILES)


def test_no_font_is_the_same_one_under_another_name():
    def digests(files):
        return {hashlib.sha256(file.read_bytes()).hexdigest() for file in files if file.is_file()}

    measured = digests(held_out.FONT_FILES)
    assert len(measured) == len(held_out.FONT_FILES)  # set-up installs them all
    assert measured.isdisjoint(digests(training.FONT_FILES))


def test_no_seed_is_drawn_from_for_both():
    for learned in (training.SEEDS, training.SAMPLE_SEEDS):
        assert learned.stop <= held_out.SEEDS.start or held_out.SEEDS.stop <= learned.start


@pytest.mark.parametrize(("package", "other"), [("train_mrz", "heldout_mrz"), ("heldout_mrz", "train_mrz")])
def test_neither_draws_with_the_code_of_the_other(package, other):
    imported = set()
    for file in (TOOLS / package).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported |= {f"{node.module}.{alias.name}" for alias in node.names}
    assert imported
    assert [name for name in imported if name.startswith(f"tools.{other}")] == []
