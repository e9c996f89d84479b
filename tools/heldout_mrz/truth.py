"""What every file of a set comes with: its seed, and a label in the shape of the labels of real pictures."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tools.heldout_mrz.lists import SEEDS
from tools.heldout_mrz.texts import Zone

SET_KINDS = ("pictures", "wrong_digit", "video")
_SMALL_SEEDS = 100  # a seed below it stands for a run of its own of 10 000


def first_seed(seed: int) -> int:
    """Return the seed of a set's first picture; a small number names one of the runs of 10 000.

    Raises:
        ValueError: it is not of the held-out range.
    """
    first = SEEDS.start + seed * 10_000 if 0 <= seed < _SMALL_SEEDS else seed
    if first not in SEEDS:
        raise ValueError(f"seeds are 0 to {_SMALL_SEEDS - 1} or {SEEDS.start} to {SEEDS.stop - 1}")
    return first


def rng_of(kind: str, seed: int) -> np.random.Generator:
    """Return the numbers of one file: other ones for each kind of set."""
    return np.random.default_rng((seed, SET_KINDS.index(kind)))


def label(
    file: Path, printed: Zone | None, size: Sequence[int], tags: Sequence[str], more: dict[str, Any]
) -> dict[str, Any]:
    """Return the truth about ``file`` in the shape of the labels of real pictures."""
    return {
        "file": file.name,
        "kind": printed.kind if printed else "NONE",
        "lines": list(printed.lines) if printed else [],
        "conform": not printed.failing if printed else None,
        "failing_checks": list(printed.failing) if printed else [],
        "size": list(size),
        "tags": list(tags),
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        **more,
    }
