"""The worker process around PassportEye: heavy to import, once stuck on odd pictures, so it lives and dies apart.

``python -m bmis.capture.passporteye_worker MODELS`` reads requests from its standard input until that ends.
"""

import os
import sys
import time
import warnings
from pathlib import Path
from typing import Any

from bmis.capture.worker_pipe import BrokenPipeTalkError, own_standard_output, receive, send

MEMORY_LIMIT = 3_000_000_000  # bytes of address space; a 25-megapixel picture peaks at about 1.4 GB
ARGUMENT = "--passporteye-worker"  # how a bundled program is told to become the worker


def main(arguments: list[str]) -> int:
    """Serve until the other side closes; return the exit code."""
    answers = own_standard_output()
    _limit_memory()
    warnings.simplefilter("ignore")  # PassportEye 2.2.2 uses names that scikit-image 0.26 calls deprecated
    from bmis.capture.passporteye_zones import ZoneReader
    from bmis.capture.tesseract import tesseract_path

    program = tesseract_path()
    if program is None:
        send(answers, {"ready": False, "absent": "tesseract"})
        return 3
    reader = ZoneReader(program, Path(arguments[0]))
    send(answers, {"ready": True})
    while True:
        try:
            request, pixels = receive(sys.stdin.buffer)
        except BrokenPipeTalkError:
            return 0
        send(answers, _answer(reader, request, pixels))


def _answer(reader: Any, request: dict[str, Any], pixels: bytes) -> dict[str, Any]:
    import numpy as np

    before = cpu_seconds()
    try:
        grey = np.frombuffer(pixels, dtype=np.uint8).reshape(int(request["height"]), int(request["width"]))
        found = reader(grey, float(request["budget_s"]))
    except MemoryError:
        return {"error": "memory"}
    except Exception as problem:  # one odd picture must not cost the next one its reader; the kind of error is told
        return {"error": type(problem).__name__}
    zones = [
        {
            "lines": zone.text.lines,
            "confidence": zone.text.confidence,
            "unsure": zone.text.unsure,
            "corners": zone.corners,
        }
        for zone in found
    ]
    return {"zones": zones, "cpu_ms": round((cpu_seconds() - before) * 1000)}


def cpu_seconds() -> float:
    """Return the processor time of this process and of the children that ended."""
    if os.name != "posix":
        return time.process_time()
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold a traveller's picture


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
