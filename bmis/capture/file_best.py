"""The best reading of a file's pages or frames: the first that proves, or the one with most digits right."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from bmis.capture.frame import Frame
from bmis.capture.mrz_reader import MrzReader, MrzReading
from bmis.capture.zone_vote import ZoneVote
from bmis.documents.mrz import parse
from bmis.documents.mrz_checks import CheckResult
from bmis.kernel.errors import BmisError

BUDGET_S = 15.0  # after it no further page or frame is read


@dataclass(frozen=True, slots=True)
class BestReading:
    """What was read, and the page or frame that shows it."""

    reading: MrzReading | None
    frame: Frame | None  # where nothing was found, the first one
    looked_at: int = 1


def best_of_pages(
    frames: Iterable[Frame], reader: MrzReader, today: date, *, budget_s: float = BUDGET_S
) -> BestReading:
    """Return the best reading of pages that may show different documents. Raises what frames and reader raise."""
    best = BestReading(None, None, 0)
    best_rank: Rank | None = None
    deadline = time.monotonic() + budget_s
    for looked_at, frame in enumerate(frames, start=1):
        best = BestReading(best.reading, best.frame or frame, looked_at)
        for reading in reader.read(frame):
            rank = rank_of(reading, today)
            if rank is not None and (best_rank is None or rank > best_rank):
                best, best_rank = BestReading(reading, frame, looked_at), rank
        if (best_rank is not None and best_rank.proves) or time.monotonic() > deadline:
            break
    return best


def best_of_film(
    frames: Iterable[Frame],
    reader: MrzReader,
    today: date,
    *,
    budget_s: float = BUDGET_S,
) -> BestReading:
    """Return the reading on which the frames of one film agree. Raises what frames and reader raise."""
    vote = ZoneVote()
    shown: Frame | None = None
    first: Frame | None = None
    deadline = time.monotonic() + budget_s
    looked_at = 0
    for looked_at, frame in enumerate(frames, start=1):
        first = first or frame
        readings = tuple(reading for reading in reader.read(frame) if rank_of(reading, today) is not None)
        shown = frame if readings else shown
        accepted = vote.add(readings)
        if accepted is not None:
            return BestReading(accepted, shown or frame, looked_at)
        if time.monotonic() > deadline:
            break
    best = vote.best()
    if best is None or rank_of(best, today) is None:
        return BestReading(None, first, looked_at)
    return BestReading(best, shown, looked_at)


@dataclass(frozen=True, slots=True, order=True)
class Rank:
    """How well a zone's digits come out; more is better."""

    right: int
    not_wrong: int  # minus the digits that are wrong
    confidence: float
    proves: bool = field(compare=False)


def rank_of(reading: MrzReading, today: date) -> Rank | None:
    """Return the rank of the zone; None where the lines are print of the right shape and no zone."""
    try:
        parsed = parse(reading.lines, today=today)
    except BmisError:
        return None
    results = list(parsed.checks.values())
    cells = [cell for line in reading.confidence for cell in line]
    return Rank(
        results.count(CheckResult.OK),
        -results.count(CheckResult.FAIL),
        sum(cells) / len(cells) if cells else 0.0,
        parsed.all_checks_ok,
    )
