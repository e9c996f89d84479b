"""``python -m tools.specimens --out DIR``: writes the pictures and ``truth.json`` beside them."""

import argparse
import json
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from PIL import Image

from tools.specimens.catalogue import Specimen, documents, faces, hard_pictures, replay


def write(specimens: Iterable[Specimen], folder: Path) -> int:
    """Write each picture and the truth of all; return how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    truth = []
    for specimen in specimens:
        if specimen.file.endswith(".png"):
            specimen.picture.quantize(128, dither=Image.Dither.NONE).save(folder / specimen.file, optimize=True)
        else:
            specimen.picture.save(folder / specimen.file, quality=82, optimize=True)
        truth.append(
            {
                "file": specimen.file,
                "kind": specimen.kind,
                "second_kind": specimen.second_kind or None,
                "lines": list(specimen.lines),
                "conform": True if specimen.lines else None,
                "size": list(specimen.picture.size),
                "tags": list(specimen.tags),
            }
        )
    (folder / "truth.json").write_text(json.dumps(truth, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return len(truth)


def main() -> None:
    """Write ``DIR/specimens`` and ``DIR/replay``."""
    parser = argparse.ArgumentParser(description="Draw the specimen documents of Utopia.")
    parser.add_argument("--out", type=Path, required=True, help="for the product: resources/training")
    out: Path = parser.parse_args().out
    print(write(chain(documents(), hard_pictures(), faces()), out / "specimens"), "specimens")
    print(write(replay(), out / "replay"), "replay frames")


if __name__ == "__main__":
    main()
