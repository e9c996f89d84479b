"""From recognised lines to a zone: which lines belong together, which of several readings is the better.

Pure: the recogniser's words come in as text with a confidence for each character.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bmis.capture.mrz_shape import formats, mend, plausible, proofs, proved, shape_of

_SLACK = 3  # characters by which a recognised line may be too long or too short and still be fitted
_FITTED = 0.5  # confidence given to a filler that was added to fit a line's length
_MENDED = 0.6  # at most this for a look-alike that grammar put right
_CERTAIN = 0.97  # grammar does not overrule a character read this well
_SURE = 0.85  # below it a character is unsure
_ENOUGH_HELD = 2
_ENOUGH_PLAUSIBLE = 0.9
_MAX_LINES = 12


@dataclass(frozen=True, slots=True)
class OcrLine:
    """One recognised line: its characters, how sure each is (0 to 1), where it lies in the picture that was read."""

    text: str
    confidence: tuple[float, ...]
    box: tuple[int, int, int, int]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class ZoneText:
    """Lines that form a zone, with the proof of it."""

    lines: tuple[str, ...]
    confidence: tuple[tuple[float, ...], ...]
    box: tuple[int, int, int, int]
    fitted: bool = False  # a line was longer or shorter when it was recognised

    @property
    def rank(self) -> tuple[int, float, float]:
        """Return the order of preference: check digits that hold, grammar, confidence."""
        flat = [value for line in self.confidence for value in line]
        return proofs(self.lines)[0], plausible(self.lines), sum(flat) / len(flat)

    @property
    def settled(self) -> bool:
        """Return whether no further attempt is worth its time."""
        return proved(self.lines) and not self.unsure

    @property
    def unsure(self) -> tuple[tuple[int, int], ...]:
        """Return the positions (line, column) that a person should look at."""
        return tuple(
            (row, at) for row, line in enumerate(self.confidence) for at, value in enumerate(line) if value < _SURE
        )

    @property
    def acceptable(self) -> bool:
        """Return whether this is a zone at all and not other print.

        What had to be fitted, or begins with a letter that its kind never has, must be proved by every check digit.
        """
        layout = shape_of(self.lines)
        if layout is None or ((self.fitted or self.lines[0][0] not in layout.first_letters) and not proved(self.lines)):
            return False
        held = proofs(self.lines)[0]
        return held >= _ENOUGH_HELD and plausible(self.lines) >= _ENOUGH_PLAUSIBLE


def zones(recognised: Sequence[OcrLine]) -> list[ZoneText]:
    """Return every acceptable way to see a zone in neighbouring lines, best first, each line used once."""
    shortest = min(length for _, length in formats())
    kept = [line for line in recognised if len(line.text) >= shortest - _SLACK][:_MAX_LINES]
    found: list[tuple[ZoneText, range]] = []
    for count, length in formats():
        for first in range(len(kept) - count + 1):
            run = kept[first : first + count]
            if all(abs(len(line.text) - length) <= _SLACK for line in run):
                best = max(_fitted(run, length), key=lambda zone: zone.rank, default=None)
                if best is not None and best.acceptable:
                    found.append((best, range(first, first + count)))
    found.sort(key=lambda pair: pair[0].rank, reverse=True)
    used: set[int] = set()
    answer = []
    for zone, rows in found:
        if used.isdisjoint(rows):
            used.update(rows)
            answer.append(zone)
    return answer


def voted(readings: Sequence[ZoneText]) -> ZoneText | None:
    """Return the best of several readings of one zone, each character by the weight of those that agree on it.

    The vote stands only where it proves at least as much as the best single reading.
    """
    if not readings:
        return None
    best = max(readings, key=lambda zone: zone.rank)
    layout = [len(line) for line in best.lines]
    peers = [zone for zone in readings if [len(line) for line in zone.lines] == layout]
    if len(peers) == 1:
        return best
    lines, confidence = [], []
    for row, length in enumerate(layout):
        chars, weights = zip(*(_vote(peers, row, at) for at in range(length)), strict=True)
        lines.append("".join(chars))
        confidence.append(tuple(weights))
    vote = ZoneText(tuple(lines), tuple(confidence), best.box, best.fitted)
    return vote if vote.acceptable and vote.rank[:2] >= best.rank[:2] else best


def _vote(peers: Sequence[ZoneText], row: int, at: int) -> tuple[str, float]:
    weight: dict[str, float] = defaultdict(float)
    surest: dict[str, float] = defaultdict(float)
    for zone in peers:
        char, value = zone.lines[row][at], zone.confidence[row][at]
        weight[char] += value
        surest[char] = max(surest[char], value)
    char = max(weight, key=lambda candidate: weight[candidate])
    return char, surest[char] * weight[char] / sum(weight.values())


def _fitted(run: Sequence[OcrLine], length: int) -> Iterator[ZoneText]:
    box = (
        min(line.box[0] for line in run),
        min(line.box[1] for line in run),
        max(line.box[2] for line in run),
        max(line.box[3] for line in run),
    )
    for parts in itertools.product(*(_of_length(line, length) for line in run)):
        text = tuple(part[0] for part in parts)
        if shape_of(text) is None:
            continue
        confidence = [list(part[1]) for part in parts]
        mended, changed = mend(text, confidence, _CERTAIN)
        for row, at in changed:
            confidence[row][at] = min(confidence[row][at], _MENDED)
        fitted = any(len(line.text) != length for line in run)
        yield ZoneText(mended, tuple(tuple(values) for values in confidence), box, fitted)


def _of_length(line: OcrLine, length: int) -> list[tuple[str, tuple[float, ...]]]:
    """Return the ways to see exactly ``length`` characters: strays cut off the ends, a filler run refitted."""
    text, values, over = line.text, line.confidence, len(line.text) - length
    if over == 0:
        return [(text, values)]
    ways = []
    if over > 0:
        ways += [(text[cut : cut + length], values[cut : cut + length]) for cut in range(over + 1)]
    for first, end in _filler_runs(text):
        if over > 0 and end - first > over:
            ways.append((text[:first] + text[first + over :], values[:first] + values[first + over :]))
        elif over < 0:
            ways.append(
                (text[:first] + "<" * -over + text[first:], values[:first] + (_FITTED,) * -over + values[first:])
            )
    return ways


def _filler_runs(text: str) -> list[tuple[int, int]]:
    runs = [match.span() for match in re.finditer("<{2,}", text)]
    return sorted(runs, key=lambda run: run[0] - run[1])[:2]  # the two longest
