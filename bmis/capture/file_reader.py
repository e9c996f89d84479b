"""Reads files that nobody vouches for, in a process with limits: whatever the file does, this program goes on."""

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from bmis.capture import errors
from bmis.capture.errors import (
    FileCrashedError,
    FileTooHeavyError,
    FileTooSlowError,
    FileWorkerAbsentError,
    ImageMissingError,
)
from bmis.capture.file_limits import CPU_S
from bmis.capture.file_reading import FileReading, of_wire
from bmis.capture.file_text import FileText
from bmis.capture.file_worker import ARGUMENT, NO_READER
from bmis.capture.frame import Frame
from bmis.capture.worker_pipe import BrokenPipeTalkError, receive, send
from bmis.kernel.clock import Clock
from bmis.kernel.errors import BmisError

TIMEOUT_S = 45.0  # wall clock of one file; its limit of CPU ends it before on a machine that is not overloaded
SECOND_TIMEOUT_S = 120.0  # more, where a second reader must first start its process
START_TIMEOUT_S = 60.0
OWN_READER = "bmis.capture.own_reader:OwnReader"
WITH_CODES = "bmis.capture.zones_and_codes:ZonesAndCodes"
PASSPORTEYE = "bmis.capture.passporteye_reader:PassportEyeReader"
_SINGLE = ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_CODED = {
    each.code: each
    for each in vars(errors).values()
    if isinstance(each, type) and issubclass(each, BmisError) and each.__module__ == errors.__name__
}


def worker_command(reader: str, second: str, cpu_s: int) -> list[str]:
    """Return how the worker is started: this Python, or the bundled program under another argument."""
    if getattr(sys, "frozen", False):
        return [sys.executable, ARGUMENT, reader, second, str(cpu_s)]
    return [sys.executable, "-m", "bmis.capture.file_worker", reader, second, str(cpu_s)]


class FileReader:
    """Reads files one after another. Any thread may call it; a worker that was ended is replaced for the next file.

    ``reader`` and ``second`` name classes without arguments as ``module:class``; without ``reader`` it only decodes.
    ``cpu_s`` are processor seconds of one file, ``timeout_s`` seconds on the clock.
    """

    def __init__(
        self,
        reader: str = NO_READER,
        second: str = NO_READER,
        *,
        timeout_s: float = TIMEOUT_S,
        cpu_s: int = CPU_S,
        start_timeout_s: float = START_TIMEOUT_S,
        command: Sequence[str] | None = None,
    ) -> None:
        self._timeout_s, self._start_timeout_s = timeout_s, start_timeout_s
        self._command = list(command) if command is not None else worker_command(reader, second, cpu_s)
        self._process: _Process | None = None
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the worker before the first file needs it. Raises FileWorkerAbsentError."""
        with self._turn:
            self._ready()

    def read(self, path: Path, today: date, *, second_opinion: bool = False) -> FileReading:
        """Return the best reading of the file.

        Raises:
            FileTooSlowError, FileTooHeavyError, FileCrashedError: it broke its limits or its decoder.
            FileWorkerAbsentError: the worker cannot be started. And what ``read_file`` raises, but MemoryError.
        """
        request = {"do": "read", "path": _absolute(path), "today": today.isoformat(), "second": second_opinion}
        with self._turn:
            self._ready()  # its start is not the file's
            cpu = time.thread_time()
            said, _none = self._ask(request, self._timeout_s + (SECOND_TIMEOUT_S if second_opinion else 0))
        try:
            read = of_wire(said["read"])
        except (KeyError, TypeError, ValueError) as problem:
            raise FileCrashedError from problem
        return replace(read, cpu_ms=round(read.cpu_ms + (time.thread_time() - cpu) * 1000, 1))

    def picture(self, path: Path, now: Clock) -> Frame:
        """Return the file's first page or frame, at most 25 megapixels. Raises as ``read``, but no reader's errors."""
        with self._turn:
            self._ready()
            said, pixels = self._ask({"do": "picture", "path": _absolute(path)}, self._timeout_s)
        try:
            told = said["picture"]
            shape = (int(told["height"]), int(told["width"]), 3)
            return Frame.of_pixels(np.frombuffer(pixels, np.uint8).reshape(shape), now(), "file", 0, told["facts"])
        except (KeyError, TypeError, ValueError) as problem:
            raise FileCrashedError from problem

    def text(self, path: Path) -> FileText:
        """Return the words of a PDF or a text file. Raises as ``read`` and ``text_of``."""
        with self._turn:
            self._ready()
            said, words = self._ask({"do": "text", "path": _absolute(path)}, self._timeout_s)
        try:
            return FileText(text=words.decode(), **said["text"])
        except (KeyError, TypeError, ValueError) as problem:
            raise FileCrashedError from problem

    def codes(self, path: Path) -> tuple[bytes, ...]:
        """Return what the codes of the first page or frame that shows any hold, each once. Raises as ``read``."""
        with self._turn:
            self._ready()
            said, body = self._ask({"do": "codes", "path": _absolute(path)}, self._timeout_s)
        try:
            sizes = [int(size) for size in said["codes"]]
        except (KeyError, TypeError, ValueError) as problem:
            raise FileCrashedError from problem
        ends = list(accumulate(sizes))
        return tuple(dict.fromkeys(body[end - size : end] for size, end in zip(sizes, ends, strict=True)))

    def close(self) -> None:
        """End the worker; a later file starts a new one."""
        with self._turn:
            self._drop()

    def _ask(self, request: dict[str, Any], timeout_s: float) -> tuple[dict[str, Any], bytes]:
        process = self._ready()
        try:
            said, pixels = process.ask(request, timeout_s)
        except queue.Empty:
            self._drop()
            raise FileTooSlowError(seconds=int(timeout_s)) from None
        except (BrokenPipeTalkError, OSError) as problem:
            ended = process.ended_by()
            self._drop()
            if ended == -getattr(signal, "SIGXCPU", 0):
                raise FileTooSlowError from problem
            raise FileCrashedError(signal=-ended if ended < 0 else None) from problem
        if said.get("heavy"):
            self._drop()  # what it keeps of the file is not known
            raise FileTooHeavyError
        if "fault" in said:
            self._drop()
            raise FileCrashedError(reason=str(said["fault"])[:40])
        if "code" in said:
            raise _CODED.get(str(said["code"]), FileCrashedError)(**_facts(said.get("facts")))
        return said, pixels

    def _ready(self) -> "_Process":
        if self._process is not None and self._process.alive:
            return self._process
        self._drop()
        try:
            process = _Process.start(self._command)
        except OSError as problem:
            raise FileWorkerAbsentError from problem
        try:
            hello = process.answer(self._start_timeout_s)[0]
        except (queue.Empty, BrokenPipeTalkError) as problem:
            process.kill()
            raise FileWorkerAbsentError from problem
        if not hello.get("ready"):
            process.kill()
            raise FileWorkerAbsentError
        self._process = process
        return process

    def _drop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()


def _absolute(path: Path) -> str:
    """Return the path for another process. Raises ImageMissingError: no file has such a name."""
    name = str(path.absolute())
    if "\0" in name:
        raise ImageMissingError
    return name


def _facts(said: object) -> dict[str, str | int | None]:
    if not isinstance(said, dict):
        return {}
    return {str(name): value for name, value in said.items() if isinstance(value, str | int | None)}


_Answer = tuple[dict[str, Any], bytes]


@dataclass
class _Process:
    """The worker, and a thread that waits for its answers so that a wait can end."""

    process: subprocess.Popen[bytes]
    answers: "queue.SimpleQueue[_Answer | None]" = field(default_factory=queue.SimpleQueue)

    @classmethod
    def start(cls, command: Sequence[str]) -> "_Process":
        root = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH", "")) if part)
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **dict.fromkeys(_SINGLE, "1"), "PYTHONPATH": path},
            start_new_session=True,  # a signal to this program's terminal does not reach it: it ends with its input
        )
        started = cls(process)
        threading.Thread(target=started._listen, name="file-answers", daemon=True).start()
        return started

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def ask(self, request: dict[str, Any], timeout_s: float) -> _Answer:
        if self.process.stdin is None:
            raise BrokenPipeTalkError
        send(self.process.stdin, request)  # smaller than any pipe's buffer: it never waits
        return self.answer(timeout_s)

    def answer(self, timeout_s: float) -> _Answer:
        answer = self.answers.get(timeout=timeout_s)
        if answer is None:
            raise BrokenPipeTalkError
        return answer

    def ended_by(self) -> int:
        """Return the exit code of a process that closed its answers; negative for a signal."""
        try:
            return self.process.wait(timeout=10.0)  # an overloaded machine reports late
        except subprocess.TimeoutExpired:
            return 0

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

    def _listen(self) -> None:
        if self.process.stdout is None:
            return
        try:
            while True:
                self.answers.put(receive(self.process.stdout))
        except (BrokenPipeTalkError, OSError, ValueError, MemoryError):  # ended, killed, closed, or no message
            self.answers.put(None)
