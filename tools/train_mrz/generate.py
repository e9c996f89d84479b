"""Scenes to sample files: one folder, memory-mapped arrays, made by as many processes as there are cores."""

import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import cv2
import numpy as np

from tools.train_mrz import page, samples, scene
from tools.train_mrz.lists import SAMPLE_SEEDS, SEEDS

ARRAYS = ("view", "mask", "canvas", "heat", "strips", "labels")
SCENES_A_FILE = 250


def generate(folder: Path, scenes: int, first_seed: int = 0) -> None:
    """Write the samples of ``scenes`` scenes (rounded up to whole files) into ``folder``, beside files that are there.

    Raises:
        ValueError: no scenes, or seeds that are not training's.
    """
    starts = range(first_seed, first_seed + scenes, SCENES_A_FILE)
    if not starts or starts[0] not in SEEDS or starts[-1] + SCENES_A_FILE - 1 not in SEEDS:
        raise ValueError("no scenes, or seeds that are held out")
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for start in pool.map(_chunk, starts, [folder] * len(starts)):
            if (start // SCENES_A_FILE) % 8 == 7:
                print(f"scenes {start + SCENES_A_FILE - first_seed}/{scenes}", flush=True)


def forget(folder: Path) -> None:
    """Remove the sample files of an earlier run from ``folder``, and nothing else."""
    for array in ARRAYS:
        for file in folder.glob(f"*.{array}.npy"):
            file.unlink()


def _chunk(start: int, folder: Path) -> int:
    cv2.setNumThreads(1)
    done = folder / f"{start:07d}.labels.npy"
    if done.exists():
        return start
    page.forget_words()  # what an earlier file drew must not show in this one
    seeds = range(start, start + SCENES_A_FILE)
    made = [samples.of(scene.make(seed), np.random.default_rng(SAMPLE_SEEDS.start + seed)) for seed in seeds]
    for name in ("view", "mask", "canvas", "heat"):
        np.save(folder / f"{start:07d}.{name}.npy", np.stack([getattr(sample, name) for sample in made]))
    for name in ("strips", "labels"):
        np.save(folder / f"{start:07d}.{name}.npy", np.concatenate([getattr(sample, name) for sample in made]))
    return start
