"""The process that decodes untrusted files and reads them: it has limits, and it may die without harm.

``python -m bmis.capture.file_worker READER SECOND CPU_SECONDS`` (readers as ``module:class``, or ``-``) answers
requests from its standard input until that ends. Pixels stay here, but for the one picture that a desk asks to see;
of a document that is attached the words go back.
"""

import contextlib
import sys
import time
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from bmis.capture.file_limits import FileLimits
from bmis.capture.file_pages import pages_of, prepare
from bmis.capture.file_reading import read_file, to_wire
from bmis.capture.frame import Frame
from bmis.capture.mrz_reader import MrzReader, MrzReading
from bmis.capture.worker_pipe import BrokenPipeTalkError, own_standard_output, receive, send
from bmis.kernel.clock import system_clock
from bmis.kernel.errors import BmisError

ARGUMENT = "--file-worker"  # how a bundled program is told to become the worker
NO_READER = "-"


def main(arguments: Sequence[str]) -> int:
    """Serve until the other side closes; return the exit code."""
    answers = own_standard_output()
    worker = _Worker(arguments[0], arguments[1], int(arguments[2]))
    send(answers, {"ready": True, "limits": worker.limits.names, "start_cpu_ms": round(time.process_time() * 1000)})
    while True:
        try:
            request, _body = receive(sys.stdin.buffer)
        except BrokenPipeTalkError:
            worker.close()
            return 0
        said, pixels = worker.answer(request)
        send(answers, said, pixels)


class _Worker:
    def __init__(self, reader: str, second: str, cpu_s: int) -> None:
        self.limits = FileLimits(cpu_s=cpu_s)
        self._names = (reader, second)
        self._reader: MrzReader | None = None
        self._second: MrzReader | None = None

    def answer(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        cpu = time.process_time()
        said: dict[str, Any]
        try:
            if request["do"] == "picture":
                return self._picture(Path(request["path"]))
            if request["do"] == "text":
                return self._text(Path(request["path"]))
            if request["do"] == "codes":
                return self._codes(Path(request["path"]))
            return {"read": to_wire(self._read(request))}, b""
        except BmisError as error:
            said = {"code": error.code, "facts": error.facts}
        except MemoryError:
            said = {"heavy": True}
        except Exception as fault:  # the kind of fault is told; its words may hold what the file says
            said = {"fault": type(fault).__name__}
        return {**said, "cpu_ms": round((time.process_time() - cpu) * 1000, 1)}, b""

    def close(self) -> None:
        for reader in (self._reader, self._second):
            if reader is not None:
                reader.close()

    def _read(self, request: dict[str, Any]) -> Any:
        if self._reader is None:
            self._reader = self._made(self._names[0])
        if request["second"] and self._second is None:
            self._second = self._made(self._names[1])
        return read_file(
            Path(request["path"]),
            self._reader,
            date.fromisoformat(request["today"]),
            system_clock,
            second=self._second if request["second"] else None,
            strict=self.limits.strict,
        )

    def _made(self, name: str) -> MrzReader:
        module, _colon, made = name.partition(":")
        reader: MrzReader = getattr(import_module(module), made)()
        if hasattr(reader, "worker_cpu_ms"):
            reader = _Elsewhere(reader, self.limits)
        warm_up = getattr(reader, "warm_up", None)
        if warm_up is not None:
            with contextlib.suppress(BmisError):  # the read that follows says it
                warm_up()
        return reader

    def _picture(self, path: Path) -> tuple[dict[str, Any], bytes]:
        kind = prepare(path)
        with self.limits.strict():
            frame = next(pages_of(path, kind, system_clock))
            pixels = frame.to_blue_first_bytes()
        return {"picture": {"width": frame.width, "height": frame.height, "facts": dict(frame.facts)}}, pixels

    def _codes(self, path: Path) -> tuple[dict[str, Any], bytes]:
        from bmis.capture.seal_codes import first_codes

        kind = prepare(path)
        with self.limits.strict():
            found = first_codes(pages_of(path, kind, system_clock))
        return {"codes": [len(code.payload) for code in found]}, b"".join(code.payload for code in found)

    def _text(self, path: Path) -> tuple[dict[str, Any], bytes]:
        from bmis.capture.file_text import text_of

        with self.limits.strict():
            found = text_of(path)
        told = {"media": found.media, "pages": found.pages, "sha256": found.sha256, "too_many": found.too_many}
        return {"text": told}, found.text.encode()


class _Elsewhere:
    """A reader that runs a process of its own, which must not inherit the limits of this one."""

    def __init__(self, reader: Any, limits: FileLimits) -> None:
        self._reader, self._limits = reader, limits
        self.name: str = reader.name

    @property
    def worker_cpu_ms(self) -> int:
        return int(self._reader.worker_cpu_ms)

    def warm_up(self) -> None:
        self._reader.warm_up()

    def read(self, frame: Frame) -> Sequence[MrzReading]:
        with self._limits.lifted():
            readings: Sequence[MrzReading] = self._reader.read(frame)
        return readings

    def close(self) -> None:
        self._reader.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
