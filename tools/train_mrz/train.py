"""Trains one net on the sample files: fixed steps, fixed seed, so that the same versions give the same net."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from bmis.capture.zone_cells import REJECT
from bmis.capture.zone_finder import SIDE, STRIDE
from tools.train_mrz.nets import CellNet, CombNet, ZoneNet, normed

Batch = tuple[Tensor, Tensor]
_CENTRES_WEIGH = 4.0  # a cell's centre against a place that is none


@dataclass(frozen=True)
class Plan:
    """How a net is trained."""

    net: Callable[[], nn.Module]
    arrays: tuple[str, str]
    batch: int
    passes: float  # over all samples
    rate: float
    loss: Callable[[Tensor, Tensor], Tensor]
    prepared: Callable[[NDArray[np.uint8], NDArray[np.uint8], np.random.Generator], Batch]
    half: bool  # bfloat16 where the processor is faster with it


def train(name: str, folder: Path, seed: int = 7) -> nn.Module:
    """Return the net ``name`` trained on the samples in ``folder``."""
    plan = PLANS[name]
    torch.manual_seed(seed)
    torch.set_num_threads(1)  # the other core trains another net
    net = plan.net().to(memory_format=torch.channels_last)
    inputs, answers = (_Kept(folder, array) for array in plan.arrays)
    steps = math.ceil(len(inputs) * plan.passes / plan.batch)
    optimiser = torch.optim.AdamW(net.parameters(), plan.rate, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, plan.rate, steps, pct_start=0.15)
    begun, heard = time.monotonic(), 0.0
    rng = np.random.default_rng(seed)
    for step, rows in enumerate(_rows(len(inputs), plan.batch, steps, rng)):
        grey, truth = plan.prepared(inputs[rows], answers[rows], rng)
        with torch.autocast("cpu", torch.bfloat16, enabled=plan.half):
            seen = net(grey.to(memory_format=torch.channels_last))
        loss = plan.loss(seen.float(), truth)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        schedule.step()
        heard = float(loss.detach()) if step == 0 else heard * 0.98 + 0.02 * float(loss.detach())
        if step % 200 == 199:
            print(f"{name} {step + 1}/{steps} loss {heard:.4f} {time.monotonic() - begun:.0f} s", flush=True)
    return net.eval()


class _Kept:
    """All sample files of one array, read where they lie: together they can be larger than the memory."""

    def __init__(self, folder: Path, array: str) -> None:
        self._files = [np.load(file, mmap_mode="r") for file in sorted(folder.glob(f"*.{array}.npy"))]
        self._starts = np.cumsum([0, *(len(file) for file in self._files)])

    def __len__(self) -> int:
        return int(self._starts[-1])

    def __getitem__(self, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
        files = np.searchsorted(self._starts, rows, side="right") - 1
        return np.stack([self._files[file][row - self._starts[file]] for file, row in zip(files, rows, strict=True)])


def _rows(count: int, batch: int, steps: int, rng: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    order: NDArray[np.int64] = np.zeros(0, np.int64)
    for _ in range(steps):
        while len(order) < batch:
            order = np.concatenate([order, rng.permutation(count)])
        yield np.sort(order[:batch])
        order = order[batch:]


def _views(view: NDArray[np.uint8], mask: NDArray[np.uint8], rng: np.random.Generator) -> Batch:
    """Return views from nearer and farther, mirrored never (glyphs would be), turned by quarters."""
    near = np.full((len(view), SIDE, SIDE), 128, np.uint8)
    marks = np.zeros((len(view), SIDE // STRIDE, SIDE // STRIDE), np.uint8)
    for at in range(len(view)):
        scale = SIDE / view.shape[1] * float(np.exp(rng.uniform(-0.35, 0.45)))
        if rng.random() < 0.5:
            scale = SIDE / view.shape[1]
        spare = SIDE - view.shape[1] * scale
        shift = np.array([rng.uniform(min(spare, 0), max(spare, 0)), rng.uniform(min(spare, 0), max(spare, 0))])
        if spare == 0:
            shift[:] = 0
        look = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]])
        turns = int(rng.integers(0, 4))
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        near[at] = np.rot90(cv2.warpAffine(view[at], look, (SIDE, SIDE), flags=way, borderValue=128), turns)
        look = np.array([[scale, 0, shift[0] / STRIDE], [0, scale, shift[1] / STRIDE]])
        size = (SIDE // STRIDE, SIDE // STRIDE)
        marks[at] = np.rot90(cv2.warpAffine(mask[at], look, size, flags=cv2.INTER_LINEAR), turns)
    return normed(torch.from_numpy(near)), torch.from_numpy(marks).float().unsqueeze(1) / 255


def _combs(canvas: NDArray[np.uint8], heat: NDArray[np.uint8], rng: np.random.Generator) -> Batch:
    return normed(torch.from_numpy(canvas)), torch.from_numpy(heat).float() / 255


def _cells(strips: NDArray[np.uint8], labels: NDArray[np.uint8], rng: np.random.Generator) -> Batch:
    return normed(torch.from_numpy(strips)), torch.from_numpy(labels).long()


def _zone_loss(seen: Tensor, truth: Tensor) -> Tensor:
    cross = nn.functional.binary_cross_entropy_with_logits(seen, truth)
    sure = torch.sigmoid(seen)
    overlap = 1 - (2 * (sure * truth).sum() + 1) / (sure.sum() + truth.sum() + 1)
    return cross + 0.3 * overlap


def _comb_loss(seen: Tensor, truth: Tensor) -> Tensor:
    weight = 1 + _CENTRES_WEIGH * truth
    return nn.functional.binary_cross_entropy_with_logits(seen, truth, weight) * 10


def _cell_loss(seen: Tensor, truth: Tensor) -> Tensor:
    weight = torch.ones(REJECT + 1)
    weight[REJECT] = 0.4
    return nn.functional.cross_entropy(seen.reshape(-1, REJECT + 1), truth.reshape(-1), weight)


PLANS = {
    "cell": Plan(CellNet, ("strips", "labels"), 48, 3.0, 3e-3, _cell_loss, _cells, half=True),
    "comb": Plan(CombNet, ("canvas", "heat"), 16, 4.0, 3e-3, _comb_loss, _combs, half=True),
    "zone": Plan(ZoneNet, ("view", "mask"), 16, 3.0, 3e-3, _zone_loss, _views, half=True),
}
