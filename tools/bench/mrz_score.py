"""What a reader's answers are worth: against the print, and in milliseconds of CPU."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tools.bench.mrz_sets import Picture


@dataclass(frozen=True, slots=True)
class Answered:
    """One picture and what the reader said of it."""

    picture: Picture
    lines: tuple[str, ...]
    valid: bool  # the reader takes its own lines for proved: every check digit holds
    error: str | None
    cpu_ms: float
    wall_ms: float

    @property
    def exact(self) -> bool:
        """Return whether every line is as printed."""
        return bool(self.picture.lines) and self.lines == self.picture.lines


def tally(answers: Sequence[Answered]) -> dict[str, Any]:
    """Return counts, rates and CPU. A false accept is a proved answer that differs from the print."""
    printed = [one for one in answers if one.picture.lines]
    cells = sum(len("".join(one.picture.lines)) for one in printed)
    right = sum(characters_right(one.picture.lines, one.lines) for one in printed)
    exact = sum(one.exact for one in printed)
    cpu = [one.cpu_ms for one in answers]
    return {
        "pictures": len(answers),
        "with_zone": len(printed),
        "exact": exact,
        "exact_rate": _share(exact, len(printed)),
        "hard": sum(one.picture.hard for one in printed),
        "exact_hard": sum(one.exact and one.picture.hard for one in printed),
        "character_accuracy": _share(right, cells),
        "valid": sum(one.valid for one in answers),
        "false_accepts": sum(one.valid and not one.exact for one in answers),
        "read_without_zone": sum(bool(one.lines) for one in answers if not one.picture.lines),
        "errors": sum(one.error is not None for one in answers),
        "cpu_ms_median": round(statistics.median(cpu), 2),
        "cpu_ms_p95": round(p95(cpu), 2),
        "wall_s": round(sum(one.wall_ms for one in answers) / 1000, 2),
    }


def characters_right(printed: Sequence[str], read: Sequence[str]) -> int:
    """Return how many printed characters were read: those there are, less the edits between the two, not below 0."""
    whole = "".join(printed)
    return max(0, len(whole) - edits("\n".join(printed), "\n".join(read)))


def edits(one: str, other: str) -> int:
    """Return the Levenshtein distance: the fewest characters put in, left out or changed."""
    row = list(range(len(other) + 1))
    for at, char in enumerate(one, 1):
        before, row[0] = row[0], at
        for column, against in enumerate(other, 1):
            before, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, before + (char != against))
    return row[-1]


def p95(samples: Sequence[float]) -> float:
    """Return the 95th percentile, between the samples; of one sample that sample."""
    return statistics.quantiles(samples, n=20, method="inclusive")[-1] if len(samples) > 1 else samples[0]


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
