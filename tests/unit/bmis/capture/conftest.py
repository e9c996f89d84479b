"""The specimens and what is printed on them."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from bmis.kernel.resources import resource


@dataclass(frozen=True)
class Truth:
    path: Path
    kind: str
    lines: tuple[str, ...]
    tags: tuple[str, ...]


@pytest.fixture(scope="session")
def specimens():
    folder = resource("training", "specimens")
    return {
        entry["file"]: Truth(folder / entry["file"], entry["kind"], tuple(entry["lines"]), tuple(entry["tags"]))
        for entry in json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    }
