"""Files to MRZ objects: a picture, a PDF or a film in, one object of resources/schemas/mrz.json out."""

import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from bmis.capture.file_reading import FileReading
from bmis.documents.mrz import parse
from bmis.documents.mrz_json import mrz_json, mrz_not_found_json
from bmis.kernel.errors import BmisError
from ui.words.errors import describe


class ReadsFiles(Protocol):
    """Reads a file's best zone (``bmis.capture.file_reader.FileReader``)."""

    def read(self, path: Path, today: date, *, second_opinion: bool = False) -> FileReading:
        """Return what was read. Raises a BmisError for a file that cannot be."""
        ...


@dataclass(frozen=True, slots=True)
class ReadMrzFile:
    """Reads one file after another."""

    files: ReadsFiles
    today: date
    second_opinion: bool = False

    def __call__(self, file: Path) -> dict[str, Any]:
        """Return the file's object: found, without a zone, or with the error that stopped it.

        Beside the fields of ``mrz_json``: ``page`` or ``frame`` from 1 (null where the file has but one), ``facts`` of
        the picture, and ``second_opinion`` where it was asked for.
        """
        wall = time.perf_counter()
        try:
            read = self.files.read(file, self.today, second_opinion=self.second_opinion)
            answer = self._answer(file, read)
        except BmisError as error:
            notice = describe(error)
            said = {"code": notice.code, "what": notice.what, "do": notice.do}
            ms = round((time.perf_counter() - wall) * 1000, 1)
            read = FileReading(None)
            answer = mrz_not_found_json(file=str(file), error=said, ms=ms)
        answer |= {"page": read.page, "frame": read.frame, "facts": dict(read.facts)}
        if self.second_opinion:
            answer["second_opinion"] = read.second.to_json() if read.second is not None else None
        return answer

    def _answer(self, file: Path, read: FileReading) -> dict[str, Any]:
        reading = read.reading
        if reading is None:
            return mrz_not_found_json(file=str(file), ms=read.ms, cpu_ms=read.cpu_ms)
        return mrz_json(
            parse(reading.lines, today=self.today),
            file=str(file),
            unsure=reading.unsure,
            confidence=reading.confidence,
            ms=read.ms,
            cpu_ms=read.cpu_ms,
        )
