"""A bare machine without the right to install is told the one line to run, and nothing is half done."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def bare_machine(tmp_path):
    """A checkout and a PATH where dpkg knows no package, nobody is root and there is no sudo."""
    checkout, bin_ = tmp_path / "bmis", tmp_path / "bin"
    shutil.copytree(ROOT / "tools" / "house", checkout / "tools" / "house")
    bin_.mkdir()
    for name, says in (("dpkg-query", "exit 1"), ("id", "echo 1000"), ("python3.11", "exit 1")):
        (bin_ / name).write_text(f"#!/bin/sh\n{says}\n")
        (bin_ / name).chmod(0o755)
    for name in ("sh", "dirname", "grep", "cat", "touch"):
        (bin_ / name).symlink_to(shutil.which(name))
    return checkout, bin_


def test_without_the_right_to_install_the_one_apt_line_is_printed(bare_machine):
    checkout, bin_ = bare_machine

    run = subprocess.run(
        ["/bin/sh", checkout / "tools" / "house" / "setup.sh"],
        env={**os.environ, "PATH": str(bin_), "PYTHON": "python3.11"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 3, run.stderr
    lines = [line for line in run.stderr.splitlines() if line.startswith("apt-get install")]
    assert len(lines) == 1
    wanted = [line for line in (ROOT / "tools/house/apt.txt").read_text().split("\n") if line and line[0] != "#"]
    assert lines[0].split()[4:] == wanted
    assert not (checkout / ".venv").exists()
