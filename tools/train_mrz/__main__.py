"""``make train``: scenes, three nets, ONNX files and what made them. Less than an hour on two idle cores."""

import argparse
import hashlib
import json
import platform
import time
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from pathlib import Path

from bmis.capture.zone_cells import CANVAS, CELL, STRIP_HEIGHT
from bmis.capture.zone_finder import SIDE
from tools.train_mrz.export import export
from tools.train_mrz.generate import forget, generate
from tools.train_mrz.lists import FONT_FILES
from tools.train_mrz.train import PLANS, train

ROOT = Path(__file__).resolve().parents[2]
SCENES = 24_000
SEED = 7
_EXAMPLES = {"zone": (1, SIDE, SIDE), "comb": (1, CANVAS[1], CANVAS[0]), "cell": (2, STRIP_HEIGHT, 48 * CELL)}


def main() -> int:
    """Train what is asked for and write it where the product looks for it."""
    options = argparse.ArgumentParser(prog="python -m tools.train_mrz", description=__doc__)
    options.add_argument("--scenes", type=int, default=SCENES, help="documents that are drawn")
    options.add_argument("--seed", type=int, default=SEED)
    options.add_argument("--nets", default="cell,zone,comb", help="which, by commas")
    options.add_argument("--work", type=Path, default=ROOT / "build" / "train_mrz", help="where samples are kept")
    options.add_argument("--out", type=Path, default=ROOT / "resources" / "models" / "mrz")
    options.add_argument("--keep", action="store_true", help="use the samples that are there")
    asked = options.parse_args()
    missing = [str(path) for path in FONT_FILES if not path.is_file()]
    if missing:
        print("Missing fonts (tools/train_mrz/apt.txt):", *missing, sep="\n  ")
        return 3
    names = asked.nets.split(",")
    if unknown := set(names) - set(PLANS):
        options.error(f"no net is called {', '.join(sorted(unknown))}: {', '.join(PLANS)}")
    begun = time.monotonic()
    if not asked.keep:
        forget(asked.work)
    generate(asked.work, asked.scenes)
    took = {"scenes": round(time.monotonic() - begun)}
    asked.out.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(2) as pool:  # a thread each: two threads of one net would wait for each other
        ended = [pool.submit(_train, name, asked.work, asked.seed, asked.out) for name in names]
        took |= dict(one.result() for one in ended)
    _write_facts(asked.out, asked.scenes, asked.seed, took)
    print(f"took {time.monotonic() - begun:.0f} s")
    return 0


def _train(name: str, work: Path, seed: int, out: Path) -> tuple[str, int]:
    started = time.monotonic()
    export(train(name, work, seed), out / f"{name}.onnx", _EXAMPLES[name])
    return name, round(time.monotonic() - started)


def _write_facts(out: Path, scenes: int, seed: int, took: dict[str, int]) -> None:
    """Write what these files are and what made them; the metrics are measured by ``bmis bench mrz``."""
    facts = {
        "files": {
            path.name: {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "bytes": path.stat().st_size}
            for path in sorted(out.glob("*.onnx"))
        },
        "scenes": scenes,
        "seed": seed,
        "passes": {name: plan.passes for name, plan in PLANS.items()},
        "seconds": took,
        "versions": {"python": platform.python_version()}
        | {name: version(name) for name in ("torch", "numpy", "opencv-python", "pillow")},
    }
    (out / "training.json").write_text(json.dumps(facts, indent=1) + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
