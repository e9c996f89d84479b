"""Starts a reader's process, asks it, watches its memory, and starts it anew when it hangs or dies."""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bmis.kernel.resources import resource
from tools.bench.mrz_cost import MemoryWatch, begun_at, cpu_of_tree_s, descendants

START_TIMEOUT_S = 300.0
READ_TIMEOUT_S = 180.0
END_TIMEOUT_S = 20.0
_ONE_THREAD = dict.fromkeys(
    ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1"
)

Said = dict[str, Any]


class ReaderAbsentError(Exception):
    """The reader cannot run on this machine."""


@dataclass
class ReaderProcess:
    """One reader, fresh. Within the block it lives; its peak memory is known afterwards."""

    which: str
    hello: Said = field(default_factory=dict)
    rss_mb: float = 0.0
    pss_mb: float = 0.0
    _process: subprocess.Popen[str] | None = None
    _answers: "queue.SimpleQueue[Said | None]" = field(default_factory=queue.SimpleQueue)
    _memory: MemoryWatch | None = None

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    @property
    def process_id(self) -> int | None:
        """Return the number of the process that reads now."""
        return self._process.pid if self._process is not None else None

    def ask(self, do: str, file: Path) -> Said:
        """Return the answer; one that hangs or dies is an error of that file, and the next call has a new process."""
        process = self._process
        if process is None or process.stdin is None:
            raise RuntimeError("no reader runs")
        try:
            process.stdin.write(json.dumps({"do": do, "file": str(file)}) + "\n")
            process.stdin.flush()
            answer = self._answers.get(timeout=READ_TIMEOUT_S)
            trouble = "died"
        except (OSError, queue.Empty) as problem:
            answer, trouble = None, "hung" if isinstance(problem, queue.Empty) else "died"
        if answer is not None:
            return answer
        cpu_ms = cpu_of_tree_s(process.pid) * 1000  # with its start: nothing smaller is known
        self._end(hung=True)
        self._start()
        unanswered = {"lines": [], "valid": False, "error": trouble, "frames": 0}
        return {
            **unanswered,
            "cpu_ms": round(cpu_ms, 3),
            "wall_ms": READ_TIMEOUT_S * 1000 if trouble == "hung" else 0.0,
        }

    def _start(self) -> None:
        checkout = str(resource().parent)
        path = os.pathsep.join(part for part in (checkout, os.environ.get("PYTHONPATH", "")) if part)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tools.bench.mrz_child", self.which],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=checkout,
            env={**os.environ, **_ONE_THREAD, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"},
        )
        self._answers = queue.SimpleQueue()
        threading.Thread(target=_listen, args=(self._process, self._answers), daemon=True).start()
        self._memory = MemoryWatch(self._process.pid)
        self._memory.start()
        try:
            hello = self._answers.get(timeout=START_TIMEOUT_S)
        except queue.Empty:
            hello = None
        if hello is None or "absent" in hello:
            self._end()
            raise ReaderAbsentError("it does not start" if hello is None else hello["absent"])
        self.hello = hello

    def _end(self, *, hung: bool = False) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if self._memory is not None:
            self._memory.stop()
            self.rss_mb = max(self.rss_mb, round(self._memory.rss / 1e6, 1))
            self.pss_mb = max(self.pss_mb, round(self._memory.pss / 1e6, 1))
        tree = {one: begun_at(one) for one in (process.pid, *descendants(process.pid))}
        with contextlib.suppress(OSError):
            if process.stdin is not None:
                process.stdin.close()  # no more requests: it ends its workers and itself
        if not hung:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(END_TIMEOUT_S)
        for one, begun in tree.items():
            if begun is not None and begun_at(one) == begun:
                with contextlib.suppress(OSError):
                    os.kill(one, signal.SIGKILL)
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _listen(process: "subprocess.Popen[str]", answers: "queue.SimpleQueue[Said | None]") -> None:
    if process.stdout is not None:
        with contextlib.suppress(OSError, ValueError):  # closed while it was read
            for line in process.stdout:
                answers.put(json.loads(line))
    answers.put(None)
