"""The log of a home: what happened, by codes, ids and counts. Never a name, a number of a document, or an MRZ.

Whatever is passed to the log goes through a list of allowed keys, each with the shape that its value may have; anything
else is dropped, so that a careless line cannot leak a traveller. Several programs may write to one home at a time.
"""

import os
import re
from collections.abc import Callable, MutableMapping
from pathlib import Path
from traceback import walk_tb
from types import TracebackType
from typing import Any, Protocol

from bmis.kernel.clock import Clock

LARGEST_BYTES = 1_000_000
KEPT_FILES = 5
FOLDER = "logs"

_WORD = re.compile(r"[a-z][a-z0-9_.-]{0,60}")
_CLASS = re.compile(r"[A-Z][A-Za-z]{1,60}(Error|Exception|Warning|Interrupt|Iteration|Exit)")
_FRAME = re.compile(r"[a-z0-9_/]{1,100}\.py:[0-9]{1,6}:[A-Za-z_<>][A-Za-z0-9_<>]{0,60}")
_SHAPES: dict[str, re.Pattern[str]] = {
    "event": _WORD,
    "command": re.compile(r"[a-z][a-z -]{0,40}"),
    "level": _WORD,
    "kind": _WORD,
    "check": _WORD,
    "status": _WORD,
    "role": _WORD,
    "code": re.compile(r"BMIS-[0-9]{3}"),
    "id": re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
    "version": re.compile(r"[0-9][0-9A-Za-z.+-]{0,30}"),
    "type": _CLASS,
    "frame": _FRAME,
}
_NUMBERS = frozenset({"seq", "count", "ms", "exit", "bytes", "rows"})


class Log(Protocol):
    """What writes to the log."""

    def info(self, event: str, **facts: object) -> object:
        """Keep a line about something expected."""
        ...

    def error(self, event: str, **facts: object) -> object:
        """Keep a line about something that went wrong."""
        ...


def only_safe(_logger: object, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Return the line with only the keys and the shapes on the list (a structlog processor)."""
    kept: dict[str, Any] = {}
    for key, value in line.items():
        if key in _NUMBERS and isinstance(value, int):
            kept[key] = value
        elif key in _SHAPES and (text := _safe(_SHAPES[key], value)) is not None:
            kept[key] = text
        elif key == "trace" and isinstance(value, list | tuple):
            kept[key] = [frame for frame in value if _safe(_FRAME, frame) is not None]
    return kept


def frames_of(trace: TracebackType | None) -> list[str]:
    """Return ``file:line:function`` of each frame, without source text, values or messages."""
    frames = []
    for frame, line in walk_tb(trace):
        parts = Path(frame.f_code.co_filename).parts[-3:]
        frames.append(f"{'/'.join(part.lower() for part in parts)}:{line}:{frame.f_code.co_name}")
    return frames


def open_log(home: Path, clock: Clock) -> Log:
    """Return the home's log. A disk that cannot be written never stops the work: the line is lost."""
    import structlog  # 0.2 s of CPU: only for commands that keep a log

    def stamped(_logger: object, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        line["at"] = clock().isoformat(timespec="milliseconds")
        return line

    log: Log = structlog.wrap_logger(
        _Sink(_RotatingFile(home / FOLDER / "bmis.log").write),
        processors=[structlog.processors.add_log_level, only_safe, stamped, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.BoundLogger,
    )
    return log


def log_unexpected(log: Log, error: BaseException) -> None:
    """Keep the type and the frames of a fault in the program; its message may hold anything, so it is dropped."""
    log.error("fault", code="BMIS-000", type=type(error).__name__, trace=frames_of(error.__traceback__))


def _safe(shape: re.Pattern[str], value: object) -> str | None:
    text = str(value)
    return text if shape.fullmatch(text) else None


class _Sink:
    """The last step of structlog: a rendered line goes to the file."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write

    def msg(self, line: str) -> None:
        self._write(line)

    info = error = warning = debug = msg


class _RotatingFile:
    """Appends whole lines; renames the file away when it is large. Safe beside other programs on the same home."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, line: str) -> None:
        try:
            self._path.parent.mkdir(mode=0o700, exist_ok=True)
            self._rotate()
            handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                os.write(handle, line.encode() + b"\n")  # one write of one line: the system keeps it whole
            finally:
                os.close(handle)
        except OSError:
            return  # a full or read-only disk is told by the store, to the person; the log is not worth stopping for

    def _rotate(self) -> None:
        if not self._path.exists() or self._path.stat().st_size < LARGEST_BYTES:
            return
        for number in range(KEPT_FILES - 1, 0, -1):
            older = self._path.with_suffix(f".log.{number}")
            if older.exists():
                older.replace(self._path.with_suffix(f".log.{number + 1}"))
        self._path.replace(self._path.with_suffix(".log.1"))
