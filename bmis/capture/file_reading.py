"""One file read: its best zone, where it stands, and what it cost. Decoding and reading happen in this process."""

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from bmis.capture.boxes import Quad
from bmis.capture.file_best import BestReading, best_of_film, best_of_pages
from bmis.capture.file_pages import pages_of, prepare
from bmis.capture.mrz_reader import MrzReader, MrzReading
from bmis.capture.second_opinion import OpinionState, SecondOpinion, second_opinion
from bmis.capture.untrusted_file import FileKind
from bmis.kernel.clock import Clock


@dataclass(frozen=True, slots=True)
class FileReading:
    """What was read in one file; all text is untrusted."""

    reading: MrzReading | None
    page: int | None = None  # from 1, of a file with several pages
    frame: int | None = None  # from 1, of a film or a moving picture
    facts: Mapping[str, str | int] = field(default_factory=dict)  # of the picture with the zone, else of the first
    second: SecondOpinion | None = None
    ms: float = 0.0  # wall
    cpu_ms: float = 0.0  # of all processes; not their start and not the loading of decoders and models


def read_file(
    path: Path,
    reader: MrzReader,
    today: date,
    clock: Clock,
    *,
    second: MrzReader | None = None,
    strict: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> FileReading:
    """Return the best reading of the file.

    Args:
        second: a reader that is asked for its opinion on the picture that was chosen.
        strict: limits that are in force while the file is decoded.

    Raises:
        ImageMissingError, NotAFileError, ImageEmptyError, ImageNotAnImageError, ImageTooLargeError, ImageDamagedError,
        FileLockedError, PdfDamagedError, PdfEmptyError, FilmDamagedError, FilmTooLargeError: the file.
        RecogniserAbsentError, RecogniserTimeoutError, RecogniserCrashedError: the reader.
        MemoryError: the file is too heavy.
    """
    kind = prepare(path)
    wall, cpu = time.perf_counter(), _cpu_ms(reader, second)
    with strict():
        best = _best(kind, path, reader, today, clock)
    opinion = None
    if second is not None and best.frame is not None:
        opinion = second_opinion(second, best.frame, best.reading)
    elif second is not None:
        opinion = SecondOpinion(OpinionState.NOTHING, second.name)
    facts = dict(best.frame.facts) if best.frame is not None else {}
    page, frame = facts.pop("page", None), facts.pop("frame", None)
    return FileReading(
        reading=best.reading,
        page=int(page) if page is not None else None,
        frame=int(frame) if frame is not None else None,
        facts=facts,
        second=opinion,
        ms=round((time.perf_counter() - wall) * 1000, 1),
        cpu_ms=round(_cpu_ms(reader, second) - cpu, 1),
    )


def _best(kind: FileKind, path: Path, reader: MrzReader, today: date, clock: Clock) -> BestReading:
    frames = pages_of(path, kind, clock)
    if kind is FileKind.FILM:
        return best_of_film(frames, reader, today)
    return best_of_pages(frames, reader, today)


def _cpu_ms(*readers: MrzReader | None) -> float:
    """Return the CPU so far of this process and of those that readers run for themselves."""
    elsewhere = sum(
        float(getattr(reader, "worker_cpu_ms", 0)) for reader in {id(each): each for each in readers}.values()
    )
    return time.process_time() * 1000 + elsewhere


def to_wire(read: FileReading) -> dict[str, Any]:
    """Return what the worker says of a file."""
    reading = read.reading
    zone = None
    if reading is not None:
        box = reading.box
        zone = {
            "lines": reading.lines,
            "confidence": reading.confidence,
            "unsure": reading.unsure,
            "box": None if box is None else [box.upper_left, box.upper_right, box.lower_right, box.lower_left],
            "reader": reading.reader,
            "ms": reading.ms,
            "cpu_ms": reading.cpu_ms,
        }
    return {
        "zone": zone,
        "page": read.page,
        "frame": read.frame,
        "facts": dict(read.facts),
        "second": None if read.second is None else read.second.to_json(),
        "ms": read.ms,
        "cpu_ms": read.cpu_ms,
    }


def of_wire(said: Mapping[str, Any]) -> FileReading:
    """Return what the worker said. Raises KeyError, TypeError, ValueError for what it never says."""
    zone, second = said["zone"], said["second"]
    return FileReading(
        reading=None if zone is None else _reading(zone),
        page=said["page"],
        frame=said["frame"],
        facts=dict(said["facts"]),
        second=None if second is None else _opinion(second),
        ms=float(said["ms"]),
        cpu_ms=float(said["cpu_ms"]),
    )


def _reading(zone: Mapping[str, Any]) -> MrzReading:
    corners = None if zone["box"] is None else [(float(x), float(y)) for x, y in zone["box"]]
    return MrzReading(
        lines=tuple(str(line) for line in zone["lines"]),
        confidence=tuple(tuple(float(value) for value in line) for line in zone["confidence"]),
        unsure=tuple((int(row), int(at)) for row, at in zone["unsure"]),
        box=None if corners is None else Quad(*corners),
        reader=str(zone["reader"]),
        ms=int(zone["ms"]),
        cpu_ms=int(zone["cpu_ms"]),
    )


def _opinion(second: Mapping[str, Any]) -> SecondOpinion:
    return SecondOpinion(
        OpinionState(second["state"]),
        str(second["reader"]),
        tuple(str(line) for line in second["lines"]),
        tuple((int(row), int(at)) for row, at in second["differs_at"]),
    )
