"""Hand-held videos of one document: Motion-JPEG, with truth for every frame."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from tools.heldout_mrz import faults
from tools.heldout_mrz.lists import BACKGROUNDS
from tools.heldout_mrz.sheets import LAYOUTS, PITCH, layout_for, sheet
from tools.heldout_mrz.texts import zone
from tools.heldout_mrz.truth import label, rng_of
from tools.heldout_mrz.views import Camera, Pose, ground, zone_outline

SIZE = (1280, 720)
FRAMES, RATE = 12, 10.0


def video(out: Path, kind: str, numbered: tuple[int, int]) -> dict[str, Any]:
    """Return the label of one video that was written to ``out``: an unsteady hand, one to three lost frames."""
    cv2.setNumThreads(1)
    number, seed = numbered
    rng = rng_of(kind, seed)
    printed = zone(rng)
    name = layout_for(rng, printed.kind)
    size = LAYOUTS[name].size
    scale = min(1100 / size[0], 640 / size[1]) * rng.uniform(0.8, 0.97)
    drawn = sheet(rng, name, printed, scale * 1.2)
    below = ground(rng, str(rng.choice(BACKGROUNDS)), SIZE)
    lost = set(rng.choice(FRAMES, int(rng.integers(1, 4)), replace=False).tolist())
    pose = Pose(rng.uniform(-6, 6), rng.uniform(-9, 9), rng.uniform(-9, 9), focal=1500)
    lamp_seed = int(rng.integers(1 << 30))
    file = out / f"{kind}_{number:05}.avi"
    writer = cv2.VideoWriter(str(file), cv2.CAP_OPENCV_MJPEG, cv2.VideoWriter.fourcc(*"MJPG"), RATE, SIZE)
    if not writer.isOpened():
        raise OSError(f"{file.name} cannot be written")
    drift = rng.normal(0, 6, 2)
    pitch = scale * PITCH
    for at in range(FRAMES):
        moved = replace(
            pose,
            roll=pose.roll + rng.normal(0, 1.2),
            pitch=pose.pitch + rng.normal(0, 1.5),
            yaw=pose.yaw + rng.normal(0, 1.5),
        )
        camera = Camera(moved, size, scale * rng.uniform(0.97, 1.02))
        camera.offset = np.array(SIZE) / 2 + drift * (at - FRAMES / 2) / 3 + rng.normal(0, 4, 2)
        frame = camera.photograph(drawn, np.roll(below, tuple(rng.integers(-6, 7, 2).tolist()), (0, 1)))
        light = np.random.default_rng((lamp_seed, at // 3))  # the glare jumps as the hand turns the page
        frame = faults.lamp(light, frame, zone_outline(camera, drawn.zone) if drawn.zone else None, 160.0, 25.0)
        smear = pitch * (rng.uniform(1.6, 2.4) if at in lost else rng.uniform(0.02, 0.16))
        frame = faults.shake(rng, frame, max(smear, 0.3))
        writer.write(faults.shot_noise(rng, frame, float(rng.uniform(2, 6))))
    writer.release()
    more = {
        "layout": name,
        "pitch": round(pitch, 1),
        "seed": seed,
        "frames": [{"at": at, "readable": at not in lost} for at in range(FRAMES)],
    }
    return label(file, printed, SIZE, (), more)
