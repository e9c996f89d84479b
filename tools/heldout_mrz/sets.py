"""Whole sets: which picture is of what kind and how hard, and the files with the truth about them."""

import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from tools.heldout_mrz import faults
from tools.heldout_mrz.lists import BACKGROUNDS
from tools.heldout_mrz.sheets import LAYOUTS, PITCH, Pixels, layout_for, sheet
from tools.heldout_mrz.texts import Zone, with_wrong_character, zone
from tools.heldout_mrz.truth import SET_KINDS, first_seed, label, rng_of
from tools.heldout_mrz.videos import video
from tools.heldout_mrz.views import Camera, Pose, ground, zone_outline

DIFFICULTIES = {"easy": 0.5, "medium": 0.3, "hard": 0.2}
WITHOUT_ZONE = 0.08
SMALL = 9.0  # pixels a character: below it little blur is laid on what is small


@dataclass(frozen=True, slots=True)
class Plan:
    """What is drawn, before it is drawn. Widths of blur are in characters."""

    difficulty: str
    scan: bool
    pitch: float  # pixels a character
    pose: Pose
    causes: tuple[str, ...]  # what makes it hard
    shake: float
    focus: float
    glare: float  # of 255, on the zone


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture before the last faults, and where its zone is in it."""

    pixels: Pixels
    zone: Any  # points, or None
    layout: str
    pitch: float


def make(out: Path, kind: str, count: int, seed: int, jobs: int = 1) -> list[dict[str, Any]]:
    """Return the labels of ``count`` files of ``kind`` that were written to ``out``; the same for the same seed.

    Raises:
        ValueError: no such kind, or the seed is not of the held-out range.
    """
    if kind not in SET_KINDS:
        raise ValueError(f"kind is one of {', '.join(SET_KINDS)}")
    out.mkdir(parents=True, exist_ok=True)
    one = partial(video if kind == "video" else _file, out, kind)
    numbered = [(at, first_seed(seed) + at) for at in range(count)]
    if jobs > 1:
        with ProcessPoolExecutor(jobs) as pool:
            labels = list(pool.map(one, numbered, chunksize=4))
    else:
        labels = [one(each) for each in numbered]
    (out / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")
    return labels


def _file(out: Path, kind: str, numbered: tuple[int, int]) -> dict[str, Any]:
    cv2.setNumThreads(1)
    number, seed = numbered
    rng = rng_of(kind, seed)
    wrong = kind == "wrong_digit"
    shares = {"easy": 0.6, "medium": 0.4} if wrong else DIFFICULTIES
    difficulty = str(rng.choice(list(shares), p=list(shares.values())))
    plan = plan_of(rng, difficulty)
    printed = zone(rng, small=plan.pitch < SMALL)
    shown: Zone | None = printed
    if wrong:
        shown = with_wrong_character(rng, printed)
    elif rng.random() < WITHOUT_ZONE:
        shown = None
    place = scene(rng, plan, printed.kind, shown)
    picture = spoil(rng, plan, place)
    content, ending = _encoded(rng, plan, picture)
    file = out / f"{kind}_{number:05}.{ending}"
    file.write_bytes(content)
    more = {"difficulty": difficulty, "layout": place.layout, "pitch": round(place.pitch, 1), "seed": seed}
    if place.zone is not None:
        more["corners"] = place.zone[::12].round(1).tolist()  # of the zone, from its upper left, clockwise
    return label(file, shown, (picture.shape[1], picture.shape[0]), plan.causes if shown else (), more)


def plan_of(rng: np.random.Generator, difficulty: str) -> Plan:
    """Return how a picture of ``difficulty`` is taken."""
    scan = bool(rng.random() < 0.45)
    hard = difficulty == "hard"
    turned = rng.random()
    roll = rng.normal(0, 1.2) if scan else np.clip(rng.normal(0, 6), -15, 15)
    if turned > 0.94 and not scan:
        roll = rng.uniform(-180, 180)
    elif turned > 0.82:
        roll += rng.choice([90, 180, 270])
    causes = [str(one) for one in rng.choice(["small", "blur", "glare", "curl", "tilt"], 2, replace=False)]
    if scan:
        causes = ["small", *(one for one in causes if one in ("blur", "curl"))][:2]
    causes = causes if hard else []
    least, most = {"easy": (12, 30), "medium": (9.5, 22), "hard": (8.5, 17)}[difficulty]
    pitch = rng.uniform(6, 8.5) if "small" in causes else rng.uniform(least, most)
    lean = 2 if scan else {"easy": 9, "medium": 16, "hard": 17}[difficulty] + (7 if "tilt" in causes else 0)
    bend = rng.uniform(0.35, 0.75) if "curl" in causes else 0.0
    if difficulty == "medium" and rng.random() < 0.4:
        bend = rng.uniform(0.1, 0.4)
    tiny = pitch < SMALL
    blur = {"easy": 0.05, "medium": 0.12, "hard": 0.14}[difficulty]
    if "blur" in causes:
        blur = 0.09 if tiny else 0.22
    elif tiny:
        blur = 0.05
    pitch_angle, yaw = (float(each) for each in rng.uniform(-lean, lean, 2))
    return Plan(
        difficulty,
        scan,
        float(pitch),
        Pose(float(roll), pitch_angle, yaw, bend * float(rng.choice([-1, 1]))),
        tuple(causes),
        shake=float(rng.uniform(0.4, 1) * blur),
        focus=float(rng.uniform(0.4, 1) * blur),
        glare=60.0 if "glare" in causes else 18.0,
    )


def scene(rng: np.random.Generator, plan: Plan, kind: str, shown: Zone | None) -> Scene:
    """Return the document in its place; ``kind`` is its kind also where it shows no zone."""
    name = layout_for(rng, kind)
    scale = plan.pitch / PITCH
    longest = 880 if plan.scan else 1900
    size = LAYOUTS[name].size
    camera = Camera(replace(plan.pose, focal=1.25 * longest), size, scale)
    reach = np.ptp(camera.outline(), axis=0).max()
    if reach > longest:
        scale *= longest / reach
        camera = Camera(replace(plan.pose, focal=1.25 * longest), size, scale)
    drawn = sheet(rng, name, shown, scale * 1.2)
    if plan.difficulty != "easy" and rng.random() < 0.3:
        page = faults.crease(rng, drawn.pixels, drawn.per_mm, float(rng.uniform(0.05, 0.2)))
        drawn = replace(drawn, pixels=page)
    frame = _frame(rng, plan, camera)
    below = ground(rng, str(rng.choice(BACKGROUNDS)), frame)
    seen = camera.photograph(drawn, below)
    return Scene(seen, zone_outline(camera, drawn.zone) if drawn.zone else None, name, scale * PITCH)


def spoil(rng: np.random.Generator, plan: Plan, place: Scene) -> Pixels:
    """Return the scene with its faults, in the order in which light, lens, sensor and file bring them."""
    picture = place.pixels
    usual = {"easy": 0.15, "medium": 0.35, "hard": 0.45}[plan.difficulty]
    if not plan.scan and rng.random() < usual:
        picture = faults.hand(rng, picture, float(rng.uniform(0.6, 0.9)))
    if "glare" in plan.causes or (not plan.scan and rng.random() < usual):
        picture = faults.lamp(rng, picture, place.zone, float(rng.uniform(80, 230)), plan.glare)
    if plan.focus * place.pitch > 0.4 and rng.random() < 0.6:
        picture = faults.depth_of_field(rng, picture, 1 + plan.focus * place.pitch)
    if plan.shake * place.pitch > 0.4:
        picture = faults.shake(rng, picture, plan.shake * place.pitch)
    if plan.pitch > 9 and rng.random() < 0.12:
        picture = faults.moire(rng, picture, float(rng.uniform(0.01, 0.05)))
    if not plan.scan or rng.random() < 0.5:
        picture = faults.shot_noise(
            rng, picture, float(rng.uniform(1, {"easy": 4, "medium": 8, "hard": 8}[plan.difficulty]))
        )
    if rng.random() < 0.4:
        picture = faults.chroma(picture, int(rng.integers(2, 5)))
    return picture


def _frame(rng: np.random.Generator, plan: Plan, camera: Camera) -> tuple[int, int]:
    """Place the sheet in a frame, near the middle, and return the frame's width and height."""
    edge = camera.outline()
    low, spread = edge.min(0), np.ptp(edge, axis=0)
    if plan.scan:
        room = spread * rng.uniform(1.0, 1.08)
        smallest = 500 / max(room)
        size = room if smallest < 1 else np.maximum(room, [500, 500] if rng.random() < 0.2 else [500, 360])
    else:
        wide = np.array([4, 3]) if spread[0] >= spread[1] else np.array([3, 4])
        least = max(float((spread * 1.04 / wide).max()) * 4, 1000.0)
        most = max(least, min(2000.0, least * 1.35))
        size = wide / 4 * rng.uniform(least, most)
    slack = np.maximum(size - spread, 0)
    camera.offset += slack * rng.uniform(0.1, 0.9, 2) - low
    return int(size[0]), int(size[1])


def _encoded(rng: np.random.Generator, plan: Plan, picture: Pixels) -> tuple[bytes, str]:
    """Return the file: lossy WebP, or PNG and a nearly lossless JPEG, which take nothing from it."""
    if plan.scan and rng.random() < 0.3:
        return _bytes(".png", picture, [cv2.IMWRITE_PNG_COMPRESSION, 1]), "png"
    if rng.random() < 0.3:
        return _bytes(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 96]), "jpg"
    least = {"easy": 70, "medium": 55, "hard": 60}[plan.difficulty]
    return faults.webp(picture, int(rng.integers(least, 92))), "webp"


def _bytes(ending: str, picture: Pixels, how: list[int]) -> bytes:
    return bytes(cv2.imencode(ending, picture, how)[1])
