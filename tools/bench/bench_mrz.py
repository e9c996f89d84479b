"""Our MRZ reader and PassportEye, with and without the ``mrz`` model, in one run: what they read and what it costs.

Each reader works in a fresh process of its own. CPU is that of all its processes, without the start of the
interpreter and the loading of models, with the decoding of the file. PassportEye takes about a second a picture, so
the peers read a named part of each set; ours reads the whole set, and its own numbers on that part stand beside theirs.
"""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from bmis.kernel.resources import resource
from tools.bench import mrz_bounds as bounds
from tools.bench.mrz_child import OWN, PLAIN, WITH_MODEL
from tools.bench.mrz_process import ReaderAbsentError, ReaderProcess
from tools.bench.mrz_score import Answered, tally
from tools.bench.mrz_sets import LabelledSet, Picture, SetRefusedError, held_out, labelled_set

PICTURES = 500
FILMS = 6
STARTS = 3
LARGE_PIXELS = 40_000_000

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Measured:
    """One reader on one set: the row that is shown, and each answer."""

    row: Row
    answers: tuple[Answered, ...] = ()


@dataclass(frozen=True, slots=True)
class _Asked:
    """A set (or why there is none) and what our reader must reach on it."""

    pictures: LabelledSet | str
    exact: float
    false_accepts: int | None = None


def measure(*, runs: int, folder: Path | None = None, peer_count: int = 60) -> dict[str, Any]:
    """Return every number and every bound.

    Args:
        runs: pictures of each held-out set; 0 for 500.
        folder: a set of labelled pictures to measure on as well.
        peer_count: pictures of each set that the peers read.

    Raises:
        SetRefusedError: ``folder`` is no set.
    """
    count = runs or PICTURES
    given = labelled_set("given", folder) if folder is not None else None  # first: it may be refused
    asked = [_Asked(_held_out("pictures", count), bounds.HELD_OUT_EXACT)]
    if given is not None:
        asked.append(_Asked(given, bounds.GIVEN_EXACT, bounds.GIVEN_FALSE_ACCEPTS))
    rows: list[Row] = []
    kept: list[dict[str, Any]] = []
    compared: tuple[Row, Row | None] | None = None
    for one in asked:
        if isinstance(one.pictures, str):
            rows.append(_absent(OWN, "held-out pictures", one.pictures))
            kept += bounds.of_set("held-out pictures", rows[-1], exact=one.exact, false_accepts=None)
            continue
        whole, ours, peers = _compare(one.pictures, peer_count)
        best = bounds.best_peer(peers)
        rows += [whole, ours, *peers]
        kept += bounds.of_set(one.pictures.name, whole, exact=one.exact, false_accepts=one.false_accepts)
        kept += bounds.against_peer(one.pictures.name, ours, best)
        compared = compared or (ours, best)
    wrong = _wrong_digits(count)
    rows.append(wrong)
    kept += [
        bounds.bound(wrong["set"], "as_printed", wrong.get("exact_rate"), least=bounds.WRONG_DIGIT_AS_PRINTED),
        bounds.bound(wrong["set"], "became_valid", wrong.get("valid"), most=0),
    ]
    sample = _sample(asked)
    first = _first_read_ms(sample)
    kept.append(bounds.bound("start", "first_read_cpu_ms", first, most=bounds.FIRST_READ_MS))
    films = _films(min(FILMS, count))
    large = _large(sample)
    return _result(rows, kept, compared, {"films": films, "large": large}, count, peer_count)


def _result(
    rows: list[Row],
    kept: list[dict[str, Any]],
    compared: tuple[Row, Row | None] | None,
    more: dict[str, Any],
    count: int,
    peer_count: int,
) -> dict[str, Any]:
    ours, best = compared or ({}, None)
    return {
        "name": "mrz",
        "peer": best["reader"] if best else None,
        "ratio": bounds.ratio(ours, best, "cpu_ms_median"),
        "bound": 1.0,
        "ok": all(one["ok"] for one in kept),
        "unit": "ms CPU a picture (median)",
        "ours": ours.get("cpu_ms_median"),
        "theirs": best["cpu_ms_median"] if best else None,
        "settings": {
            "threads": 1,
            "held_out": count,
            "peers_on": peer_count,
            "memory": "sum over the process tree, sampled every 20 ms; rss counts shared pages twice, pss once",
        },
        "readers": rows,
        "bounds": kept,
        **more,
    }


def _held_out(kind: str, count: int) -> LabelledSet | str:
    """Return the set, or why there is none."""
    try:
        return held_out(kind, count)
    except SetRefusedError as problem:
        return str(problem)


def _compare(pictures: LabelledSet, peer_count: int) -> tuple[Row, Row, list[Row]]:
    """Return ours on the whole set, ours on the peers' part of it, and the peers."""
    part = pictures.few(peer_count)
    ours = _run(OWN, pictures)
    files = {one.file for one in part.pictures}
    few = [one for one in ours.answers if one.picture.file in files]
    return (
        ours.row,
        {**ours.row, **(tally(few) if few else {}), "part": "peers'"},
        [{**_run(which, part).row, "part": "peers'"} for which in (WITH_MODEL, PLAIN)],
    )


def _wrong_digits(count: int) -> Row:
    pictures = _held_out("wrong_digit", count)
    if isinstance(pictures, str):
        return _absent(OWN, "held-out wrong_digit", pictures)
    return _run(OWN, pictures).row


def _run(which: str, pictures: LabelledSet) -> _Measured:
    try:
        with ReaderProcess(which) as reader:
            reader.ask("read", pictures.pictures[0].file)  # loads models and starts workers: not counted
            answers = tuple(_answered(one, reader.ask("read", one.file)) for one in pictures.pictures)
            hello = reader.hello
    except ReaderAbsentError as problem:
        return _Measured(_absent(which, pictures.name, str(problem)))
    row = {
        "reader": hello["name"],
        "set": pictures.name,
        "part": "whole",
        "state": "measured",
        "why": None,
        "settings": hello["settings"],
        **tally(answers),
        "rss_mb": reader.rss_mb,
        "pss_mb": reader.pss_mb,
    }
    return _Measured(row, answers)


def _answered(picture: Picture, said: Row) -> Answered:
    return Answered(
        picture, tuple(said["lines"]), bool(said["valid"]), said["error"], float(said["cpu_ms"]), float(said["wall_ms"])
    )


def _absent(which: str, on: str, why: str) -> Row:
    return {"reader": which, "set": on, "part": "whole", "state": "absent", "why": why, "settings": {}}


def _sample(asked: Sequence[_Asked]) -> Path | None:
    """Return a picture with a zone to start with and to enlarge."""
    labelled = [one.pictures for one in asked if not isinstance(one.pictures, str)]
    return next((one.file for pictures in labelled for one in pictures.pictures if one.lines), None)


def _first_read_ms(sample: Path | None) -> float | None:
    """Return the median CPU of the first read of a process, after its imports: onnxruntime and the nets loaded."""
    if sample is None:
        return None
    costs = []
    for _ in range(STARTS):
        try:
            with ReaderProcess(OWN) as reader:
                costs.append(float(reader.ask("frame", sample)["cpu_ms"]))
        except ReaderAbsentError:
            return None
    return round(statistics.median(costs), 1)


def _films(count: int) -> Row:
    """Return frames a second of CPU on films of 1280x720, every frame read and voted on, and what was voted for."""
    films = _held_out("video", count)
    if isinstance(films, str):
        return {"state": "absent", "why": films}
    frames, cpu_ms, wall_ms, voted = 0, 0.0, 0.0, 0
    try:
        with ReaderProcess(OWN) as reader:
            reader.ask("film", films.pictures[0].file)  # loads models: not counted
            for film in films.pictures:
                said = reader.ask("film", film.file)
                frames += said["frames"]
                cpu_ms += said["cpu_ms"]
                wall_ms += said["wall_ms"]
                voted += tuple(said["lines"]) == film.lines
    except ReaderAbsentError as problem:
        return {"state": "absent", "why": str(problem)}
    return {
        "state": "measured",
        "films": len(films.pictures),
        "frames": frames,
        "exact": voted,
        "frames_per_cpu_s": round(frames / cpu_ms * 1000, 1) if cpu_ms else None,
        "frames_per_s": round(frames / wall_ms * 1000, 1) if wall_ms else None,
        "rss_mb": reader.rss_mb,
        "pss_mb": reader.pss_mb,
    }


def _large(sample: Path | None) -> Row:
    """Return what happens with a picture of 40 megapixels: the sample, enlarged."""
    if sample is None:
        return {"state": "absent", "why": "no picture to enlarge"}
    file, size = _enlarged(sample)
    try:
        with ReaderProcess(OWN) as reader:
            reader.ask("read", sample)
            said = reader.ask("read", file)
    except ReaderAbsentError as problem:
        return {"state": "absent", "why": str(problem)}
    return {
        "state": "measured",
        "size": f"{size[0]}x{size[1]}",
        "lines": len(said["lines"]),
        "valid": said["valid"],
        "error": said["error"],
        "cpu_ms": said["cpu_ms"],
        "wall_ms": said["wall_ms"],
        "rss_mb": reader.rss_mb,
        "pss_mb": reader.pss_mb,
    }


def _enlarged(sample: Path) -> tuple[Path, tuple[int, int]]:
    folder = resource().parent / "build" / "bench-mrz"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "40-megapixels.jpg"
    with Image.open(sample) as picture:
        times = (LARGE_PIXELS / (picture.width * picture.height)) ** 0.5
        size = (int(picture.width * times), int(picture.height * times))
        picture.convert("RGB").resize(size, Image.Resampling.BICUBIC).save(file, "JPEG", quality=90)
    return file, size
