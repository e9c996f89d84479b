"""Files to MRZ objects: a picture or a film in, one object of resources/schemas/mrz.json out, whatever the file is."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bmis.capture.errors import FramesEndedError
from bmis.capture.frame import Frame
from bmis.capture.images import load_image
from bmis.capture.mrz_reader import MrzReader, MrzReading
from bmis.capture.sources import VideoFile, opened
from bmis.documents.mrz import ParsedMrz, parse
from bmis.documents.mrz_checks import CheckResult
from bmis.documents.mrz_json import mrz_json, mrz_not_found_json
from bmis.kernel.clock import Clock
from bmis.kernel.errors import BmisError
from ui.words.errors import describe

FILM_SUFFIXES = (".mp4", ".avi", ".mkv", ".mov", ".webm", ".m4v", ".mpg", ".mpeg")
FRAME_STEP = 5  # a document lies still for seconds; at 30 frames a second this looks six times a second
MOST_FRAMES = 60  # looked at in one film

Understood = tuple[MrzReading, ParsedMrz]


@dataclass(frozen=True, slots=True)
class ReadMrzFile:
    """Reads one file after another with one reader."""

    reader: MrzReader
    today: date
    now: Clock

    def __call__(self, file: Path) -> dict[str, Any]:
        """Return the file's object: found, without a zone, or with the error that stopped it."""
        wall, cpu = time.perf_counter(), time.process_time()
        try:
            found, worker_cpu_ms = self._best(file)
        except BmisError as error:
            notice = describe(error)
            said = {"code": notice.code, "what": notice.what, "do": notice.do}
            return mrz_not_found_json(file=str(file), error=said, ms=_ms_since(wall))
        ms, cpu_ms = _ms_since(wall), round((time.process_time() - cpu) * 1000 + worker_cpu_ms, 1)
        if found is None:
            return mrz_not_found_json(file=str(file), ms=ms)
        reading, parsed = found
        return mrz_json(
            parsed, file=str(file), unsure=reading.unsure, confidence=reading.confidence, ms=ms, cpu_ms=cpu_ms
        )

    def _best(self, file: Path) -> tuple[Understood | None, float]:
        best: Understood | None = None
        worker_cpu_ms = 0.0
        for frame in self._frames(file):
            readings = self.reader.read(frame)
            worker_cpu_ms += max((reading.cpu_ms for reading in readings), default=0)
            for understood in self._understood(readings):
                if best is None or _rank(understood) > _rank(best):
                    best = understood
            if best is not None and best[1].all_checks_ok:
                break
        return best, worker_cpu_ms

    def _frames(self, file: Path) -> Iterator[Frame]:
        if file.suffix.lower() not in FILM_SUFFIXES:
            yield load_image(file, self.now)
            return
        with opened(VideoFile(file, self.now)) as film:
            for number in range(FRAME_STEP * MOST_FRAMES):
                try:
                    frame = film.read()
                except FramesEndedError:
                    return
                if number % FRAME_STEP == 0:
                    yield frame

    def _understood(self, readings: Sequence[MrzReading]) -> Iterator[Understood]:
        for reading in readings:
            try:
                yield reading, parse(reading.lines, today=self.today)
            except BmisError:
                continue  # print of the right shape that is no zone


def _rank(understood: Understood) -> tuple[int, int, float]:
    reading, parsed = understood
    results = list(parsed.checks.values())
    cells = [cell for line in reading.confidence for cell in line]
    return (
        results.count(CheckResult.OK),
        -results.count(CheckResult.FAIL),
        sum(cells) / len(cells) if cells else 0.0,
    )


def _ms_since(start: float) -> float:
    return round((time.perf_counter() - start) * 1000, 1)
