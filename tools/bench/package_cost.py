"""What handing the flow-monitoring package over costs: rows a second from request to folder, memory at its highest."""

import time
from datetime import date
from pathlib import Path
from typing import Any

from bmis.flows.export_flows import FlowRequest, Format
from bmis.flows.package.resource import Level
from bmis.staff.session import SignedIn
from ui.compose import report_desk

_ME = Path("/proc/self")


def package_cost(session: SignedIn, folder: Path, first: date, last: date) -> dict[str, Any]:
    """Return the cost of the package by post as CSV; the cells are up to date before.

    The memory is the highest that the process had while it exported, in MB, and how much of it was there before: Linux
    forgets the highest mark when it is told to (proc(5), clear_refs); elsewhere it is left out.
    """
    desk = report_desk(session)
    request = FlowRequest(first, last, (Format.CSV,), "benchmark", "benchmark", level=Level.POST)
    before = _forget_highest()
    started = time.perf_counter()
    written = desk.export(request, folder / "package", session.actor)
    took = time.perf_counter() - started
    rows = 0 if written is None else written.package.rows
    told: dict[str, Any] = {
        "package_days": (last - first).days + 1,
        "package_rows": rows,
        "package_rows_per_s": round(rows / took),
    }
    if before is not None:
        told |= {"package_peak_mb": round(_mb("VmHWM") or 0.0, 1), "before_package_mb": round(before, 1)}
    return told


def _forget_highest() -> float | None:
    """Return how many MB the process has, after its highest mark was put back to that; None where there is no way."""
    try:
        (_ME / "clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return None
    return _mb("VmRSS")


def _mb(name: str) -> float | None:
    try:
        lines = (_ME / "status").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith(f"{name}:")), None)
