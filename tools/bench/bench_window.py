"""The first window against a bare PySide6 window: CPU of a whole process from start to the window drawn."""

import os
import resource as usage
import statistics
import subprocess
import sys
from typing import Any

from tools.bench.desk import temporary_home

BOUND = 5.0
RUNS = 7

BARE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.show()
QTimer.singleShot(0, app.quit)
app.exec()
"""

OURS = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui.desktop.main import run
run(Path(sys.argv[1]), when_shown=lambda desktop: QTimer.singleShot(0, QApplication.instance().quit))
"""


def measure(*, rows: int, runs: int) -> dict[str, Any]:
    """Return the ratio of the median CPU times (user and system) of whole processes, run in turn, after one warm-up."""
    count = runs or RUNS
    bare: list[float] = []
    ours: list[float] = []
    with temporary_home() as home:
        for number in range(count + 1):
            pair = _cpu_ms(BARE), _cpu_ms(OURS, str(home))
            if number:  # the first pair warms the disk
                bare.append(pair[0])
                ours.append(pair[1])
    median_ours, median_bare = statistics.median(ours), statistics.median(bare)
    ratio = round(median_ours / median_bare, 2)
    return {
        "name": "window",
        "peer": "a bare PySide6 window",
        "ratio": ratio,
        "bound": BOUND,
        "ok": ratio <= BOUND,
        "unit": "ms CPU",
        "ours": round(median_ours),
        "theirs": round(median_bare),
        "settings": {"runs": count, "platform": "offscreen"},
        "also": {},
    }


def _cpu_ms(program: str, *arguments: str) -> float:
    before = usage.getrusage(usage.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-c", program, *arguments],
        check=True,
        timeout=120,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.DEVNULL,
    )
    after = usage.getrusage(usage.RUSAGE_CHILDREN)
    return ((after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)) * 1000
