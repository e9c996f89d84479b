"""``python -m tools.heldout_mrz make --out DIR --kind pictures|wrong_digit|video --count N --seed S [--jobs 2]``."""

import argparse
import sys
from pathlib import Path

from tools.heldout_mrz.sets import make
from tools.heldout_mrz.truth import SET_KINDS

USUAL = {"pictures": 500, "wrong_digit": 500, "video": 12}


def main(words: list[str] | None = None) -> int:
    """Return 0 when the set was written, 2 when it cannot be."""
    parser = argparse.ArgumentParser(prog="python -m tools.heldout_mrz", description="Make a held-out set with truth.")
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("make", help="write the files and labels.json")
    command.add_argument("--out", type=Path, required=True)
    command.add_argument("--kind", choices=SET_KINDS, required=True)
    command.add_argument("--count", type=int)
    command.add_argument("--seed", type=int, default=3)
    command.add_argument("--jobs", type=int, default=1)
    asked = parser.parse_args(words)
    count = asked.count if asked.count is not None else USUAL[asked.kind]
    try:
        labels = make(asked.out, asked.kind, count, asked.seed, asked.jobs)
    except (OSError, ValueError) as problem:
        print(problem, file=sys.stderr)
        return 2
    print(f"{len(labels)} files in {asked.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
