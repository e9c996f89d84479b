"""The import contracts and the placing rules are tried with planted violations: a green check must be able to fail."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent

# contract -> (file to plant, what it says)
PLANTED = {
    "ui over poe_health over bmis": ("bmis/kernel/planted_a.py", "import poe_health\n"),
    "rooms": ("bmis/store/planted_b.py", "import bmis.staff\n"),
    "health sees no border room": ("poe_health/store/planted_c.py", "import bmis.crossings\n"),
    "sqlalchemy only in records, store, sync": ("bmis/crossings/planted_d.py", "import sqlalchemy\n"),
    "pixels only in capture, paper only in paper": ("bmis/crossings/planted_e.py", "import reportlab\n"),
    "no Qt outside ui.desktop (one launcher)": ("bmis/paper/planted_f.py", "import PySide6\n"),
    "documents are pure": ("bmis/documents/planted_g.py", "import bmis.store\n"),
    "desk folders do not know each other": (
        "ui/desktop/lane/planted_h.py",
        "import ui.desktop.supervisor\n",
    ),
}


@pytest.fixture(scope="module")
def planted_house(tmp_path_factory):
    house = tmp_path_factory.mktemp("house")
    for room in ("bmis", "poe_health", "ui"):
        shutil.copytree(ROOT / room, house / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", house)
    for name, text in PLANTED.values():
        (house / name).write_text(f'"""Planted."""\n\n{text}')
    return house


@pytest.fixture(scope="module")
def verdicts(planted_house):
    run = subprocess.run(
        [BIN / "lint-imports", "--no-cache"],
        cwd=planted_house,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(planted_house)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1, run.stdout + run.stderr
    return run.stdout


@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_import_breaks_its_contract(verdicts, contract):
    planted, _ = PLANTED[contract]
    module = planted.removesuffix(".py").replace("/", ".")

    assert f"{contract} BROKEN" in verdicts
    assert module in verdicts


def test_every_contract_has_a_planted_violation():
    import tomllib

    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]

    assert {contract["name"] for contract in contracts} == set(PLANTED)


@pytest.mark.parametrize(
    ("rule", "place", "text"),
    [
        ("TID251", "bmis/crossings/planted.py", "import time\n\nprint(time.time())\n"),
        ("DTZ", "bmis/crossings/planted.py", "import datetime\n\nprint(datetime.datetime.now())\n"),
        ("TID251", "ui/desktop/lane/view_model.py", "from PySide6.QtWidgets import QLabel\n\nprint(QLabel)\n"),
        ("TID251", "bmis/capture/planted.py", "import cv2\n\nprint(cv2)\n"),
        ("T201", "bmis/staff/planted.py", "print(1)\n"),
    ],
)
def test_a_planted_line_breaks_its_rule(rule, place, text):
    run = subprocess.run(
        [BIN / "ruff", "check", "--no-cache", "--stdin-filename", place, "-"],
        input=text,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 1
    assert rule in run.stdout


def test_mypy_is_strict_about_a_planted_function(tmp_path):
    (tmp_path / "planted.py").write_text("def untyped(x):\n    return x\n")

    run = subprocess.run(
        [BIN / "mypy", "--config-file", ROOT / "pyproject.toml", "--cache-dir", tmp_path, tmp_path / "planted.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 1
    assert "no-untyped-def" in run.stdout
