"""Where the data that ships with the product lies."""

import os
import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """Return the path of a file under ``resources/`` (checkout, package or bundle; $BMIS_RESOURCES overrides)."""
    override = os.environ.get("BMIS_RESOURCES")
    if override:
        root = Path(override)
    elif bundle := getattr(sys, "_MEIPASS", None):
        root = Path(bundle) / "resources"
    else:
        root = Path(__file__).resolve().parents[2] / "resources"
    return root.joinpath(*parts)
