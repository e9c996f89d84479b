"""Pictures with the truth about them: the held-out set that is made here, and a folder that somebody names."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bmis.kernel.resources import resource

SEED = 3


class SetRefusedError(ValueError):
    """The folder is no set, or a file of it is not the one that its label was written for."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One file and what is printed on it; no lines where it shows no zone."""

    file: Path
    lines: tuple[str, ...]
    hard: bool  # its label has tags: what makes it hard


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Pictures under one name."""

    name: str
    pictures: tuple[Picture, ...]

    def few(self, count: int) -> "LabelledSet":
        """Return ``count`` of them, the same every time: those whose names have the smallest digests."""
        if count >= len(self.pictures):
            return self
        chosen = sorted(self.pictures, key=lambda one: hashlib.sha256(one.file.name.encode()).hexdigest())[:count]
        return LabelledSet(self.name, tuple(sorted(chosen, key=lambda one: one.file.name)))


def labelled_set(name: str, folder: Path) -> LabelledSet:
    """Return the set in ``folder``: ``labels.json`` beside the files, or beside a folder ``images`` of them.

    Raises:
        SetRefusedError: no labels, a file is missing, or its SHA-256 is not the label's.
    """
    try:
        labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        pictures = tuple(_picture(folder, label) for label in labels)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise SetRefusedError(f"{folder / 'labels.json'}: {problem}") from problem
    if not pictures:
        raise SetRefusedError(f"{folder / 'labels.json'}: no picture")
    return LabelledSet(name, pictures)


def held_out(kind: str, count: int) -> LabelledSet:
    """Return the held-out set of that kind, made now under ``build/`` unless these very programs made it before.

    Raises:
        SetRefusedError: it cannot be made.
    """
    checkout = resource().parent
    folder = checkout / "build" / "heldout" / f"{kind}-{count}-{SEED}-{_programs(checkout)}"
    if not (folder / "labels.json").is_file():
        words = ["make", "--out", folder, "--kind", kind, "--count", count, "--seed", SEED, "--jobs", 2]
        command = [sys.executable, "-m", "tools.heldout_mrz", *map(str, words)]
        made = subprocess.run(command, cwd=checkout, capture_output=True, text=True)
        if made.returncode != 0:
            raise SetRefusedError(f"tools.heldout_mrz: {made.stderr.strip()[-200:]}")
    return labelled_set(f"held-out {kind}", folder)


def _picture(folder: Path, label: dict[str, Any]) -> Picture:
    name = str(label["file"])
    file = next((each for each in (folder / "images" / name, folder / name) if each.is_file()), None)
    if file is None:
        raise SetRefusedError(f"{name} is missing")
    if hashlib.sha256(file.read_bytes()).hexdigest() != label["sha256"]:
        raise SetRefusedError(f"{name} is not the file of its label")
    return Picture(file, tuple(label["lines"] or ()), bool(label.get("tags")))


def _programs(checkout: Path) -> str:
    """Return a mark of everything that draws the set, so that a changed program makes a new one."""
    whole = hashlib.sha256()
    for file in sorted(_sources(checkout)):
        whole.update(file.name.encode() + file.read_bytes())
    return whole.hexdigest()[:10]


def _sources(checkout: Path) -> Sequence[Path]:
    return [*(checkout / "tools" / "heldout_mrz").rglob("*.py"), *(checkout / "tools" / "specimens").rglob("*.py")]
