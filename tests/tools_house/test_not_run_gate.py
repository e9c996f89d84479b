"""A skip that nobody accounted for is a failure."""

import subprocess
import sys
from pathlib import Path

from tests.not_run_gate import unlisted

ROOT = Path(__file__).parents[2]
SKIPS = "import pytest\n\ndef test_a_reader_that_is_not_here():\n    pytest.skip('no reader')\n"


def test_a_listed_skip_is_accounted_for_and_another_is_not():
    text = "# head\n\n- tests/contract/test_reader.py: a physical reader\n"

    assert unlisted(["tests/contract/test_reader.py::test_reads", "tests/x.py::test_y"], text) == ["tests/x.py::test_y"]


def test_a_run_with_an_unlisted_skip_fails(tmp_path):
    (tmp_path / "test_absent_reader.py").write_text(SKIPS)

    pytest_of_the_house = [sys.executable, "-m", "pytest", "-p", "tests.not_run_gate"]
    run = subprocess.run(
        [*pytest_of_the_house, "-c", "/dev/null", f"--rootdir={tmp_path}", tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 1
    assert "not in tests/not_run.md" in run.stdout
