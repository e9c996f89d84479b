"""The first MRZ reader: PassportEye finds, Tesseract with the ``mrz`` model reads, in a process of their own.

The process starts once, stays warm, and is killed and started anew when it takes too long or dies.
"""

import contextlib
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bmis.capture.boxes import Quad
from bmis.capture.errors import RecogniserAbsentError, RecogniserCrashedError, RecogniserTimeoutError
from bmis.capture.frame import Frame
from bmis.capture.mrz_reader import MrzReading
from bmis.capture.passporteye_worker import ARGUMENT
from bmis.capture.tesseract import MODEL, tesseract_path
from bmis.capture.worker_pipe import BrokenPipeTalkError, receive, send
from bmis.kernel.resources import resource

NAME = "passporteye 2.2.2 + tesseract mrz"
BUDGET_S = 4.0  # after it no further attempt is begun
TIMEOUT_S = 25.0  # after it the worker is killed; the call in flight may take its full time on a slow machine
START_TIMEOUT_S = 90.0  # its imports cost 6 s of CPU, more on a cold disk
_PREFIX = "bmis-read-"


def worker_command(models: Path) -> list[str]:
    """Return how the worker is started: this Python, or the bundled program under another argument."""
    if getattr(sys, "frozen", False):
        return [sys.executable, ARGUMENT, str(models)]
    return [sys.executable, "-m", "bmis.capture.passporteye_worker", str(models)]


class PassportEyeReader:
    """Reads frames in a worker process. Any thread may call it; one picture at a time is read."""

    name = NAME

    def __init__(
        self,
        models: Path | None = None,
        *,
        budget_s: float = BUDGET_S,
        timeout_s: float = TIMEOUT_S,
        start_timeout_s: float = START_TIMEOUT_S,
        command: Sequence[str] | None = None,
    ) -> None:
        self._models = models or resource("models", "tesseract")
        self._budget_s = budget_s
        self._timeout_s = timeout_s
        self._start_timeout_s = start_timeout_s
        self._command = list(command) if command is not None else worker_command(self._models)
        self._worker: _Worker | None = None
        self._turn = threading.Lock()
        self.worker_cpu_ms = 0  # of every answer of its processes, with a zone or without

    def warm_up(self) -> None:
        """Start the worker before the first picture needs it. Raises as ``read``."""
        with self._turn:
            self._ready_worker()

    def read(self, frame: Frame) -> Sequence[MrzReading]:
        """Return one reading for each zone in view; empty where there is none.

        Raises:
            RecogniserAbsentError: Tesseract or the model is not installed.
            RecogniserTimeoutError: it took too long and was killed.
            RecogniserCrashedError: it died. After either the next call starts a new one.
        """
        begun = time.monotonic()
        with self._turn:
            worker = self._ready_worker()
            grey = frame.grey()
            request = {"width": frame.width, "height": frame.height, "budget_s": self._budget_s}
            answer = self._ask(worker, request, grey.tobytes())
        if "zones" not in answer:
            raise RecogniserCrashedError(reason=str(answer.get("error", ""))[:40])
        ms = round((time.monotonic() - begun) * 1000)
        self.worker_cpu_ms += int(answer["cpu_ms"])
        return tuple(_reading(zone, ms, int(answer["cpu_ms"])) for zone in answer["zones"])

    def close(self) -> None:
        """End the worker and remove its private folder."""
        with self._turn:
            self._drop()

    def _ask(self, worker: "_Worker", request: dict[str, Any], pixels: bytes) -> dict[str, Any]:
        try:
            return worker.ask(request, pixels, self._timeout_s)
        except queue.Empty:
            self._drop()
            raise RecogniserTimeoutError(seconds=int(self._timeout_s)) from None
        except (BrokenPipeTalkError, OSError) as problem:
            self._drop()
            raise RecogniserCrashedError from problem

    def _ready_worker(self) -> "_Worker":
        if self._worker is not None and self._worker.alive:
            return self._worker
        self._drop()
        if tesseract_path() is None:
            raise RecogniserAbsentError(missing="tesseract")
        if not (self._models / f"{MODEL}.traineddata").is_file():
            raise RecogniserAbsentError(missing=f"{MODEL}.traineddata")
        worker = _Worker.start(self._command)
        self._worker = worker
        try:
            hello = worker.answer(self._start_timeout_s)
        except queue.Empty:
            self._drop()
            raise RecogniserTimeoutError(seconds=int(self._start_timeout_s)) from None
        except BrokenPipeTalkError as problem:
            self._drop()
            raise RecogniserCrashedError from problem
        if not hello.get("ready"):
            self._drop()
            raise RecogniserAbsentError(missing=str(hello.get("absent", "")))
        return worker

    def _drop(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.kill()


@dataclass
class _Worker:
    """The process, its private folder, and a thread that waits for its answers so that a wait can end."""

    process: subprocess.Popen[bytes]
    folder: Path
    answers: "queue.SimpleQueue[dict[str, Any] | None]" = field(default_factory=queue.SimpleQueue)

    @classmethod
    def start(cls, command: Sequence[str]) -> "_Worker":
        sweep_left_folders()
        folder = private_folder()
        root = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH", "")) if part)
        single = dict.fromkeys(("OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
        environment = {**os.environ, **single, "TMPDIR": str(folder), "TEMP": str(folder), "MPLCONFIGDIR": str(folder)}
        environment |= {"PYTHONPATH": path, "MPLBACKEND": "Agg"}
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=folder,
            start_new_session=True,  # so that Tesseract dies with it
        )
        worker = cls(process, folder)
        threading.Thread(target=worker._listen, name="mrz-answers", daemon=True).start()
        return worker

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def ask(self, request: dict[str, Any], body: bytes, timeout_s: float) -> dict[str, Any]:
        if self.process.stdin is None:
            raise BrokenPipeTalkError
        late = threading.Event()

        def too_late() -> None:  # ends a write to a worker that no longer reads, too
            late.set()
            self.process.kill()

        watch = threading.Timer(timeout_s, too_late)
        watch.daemon = True
        watch.start()
        try:
            send(self.process.stdin, request, body)
            return self.answer(timeout_s + 5)
        except (BrokenPipeTalkError, OSError):
            if late.is_set():
                raise queue.Empty from None
            raise
        finally:
            watch.cancel()

    def answer(self, timeout_s: float) -> dict[str, Any]:
        answer = self.answers.get(timeout=timeout_s)
        if answer is None:
            raise BrokenPipeTalkError
        return answer

    def kill(self) -> None:
        with contextlib.suppress(OSError):
            if os.name == "posix":
                os.killpg(self.process.pid, signal.SIGKILL)
            else:
                self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _listen(self) -> None:
        if self.process.stdout is None:
            return
        try:
            while True:
                self.answers.put(receive(self.process.stdout)[0])
        except (BrokenPipeTalkError, OSError, ValueError):  # ended, killed, or closed by kill()
            self.answers.put(None)


def private_folder() -> Path:
    """Return a new folder that only this account can enter, in memory where the system offers that."""
    memory = Path("/dev/shm")  # noqa: S108 - mkdtemp makes it private (0700) with a name nobody can foresee
    place = memory if memory.is_dir() and os.access(memory, os.W_OK) else Path(tempfile.gettempdir())
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=place))


def sweep_left_folders() -> None:
    """Remove private folders of programs that were killed before they could."""
    for place in {Path("/dev/shm"), Path(tempfile.gettempdir())}:  # noqa: S108 - only folders of our own name
        for folder in place.glob(f"{_PREFIX}*"):
            owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
            if owner.isdigit() and not _runs(int(owner)):
                shutil.rmtree(folder, ignore_errors=True)


def _runs(process_id: int) -> bool:
    if os.name != "posix":
        return True
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _reading(zone: dict[str, Any], ms: int, cpu_ms: int) -> MrzReading:
    corners = [(float(x), float(y)) for x, y in zone["corners"]]
    return MrzReading(
        lines=tuple(str(line) for line in zone["lines"]),
        confidence=tuple(tuple(float(value) for value in line) for line in zone["confidence"]),
        unsure=tuple((int(row), int(at)) for row, at in zone["unsure"]),
        box=Quad(*corners),
        reader=NAME,
        ms=ms,
        cpu_ms=cpu_ms,
    )
