"""One zone out of the readings of many frames: each character by the weight of the frames that read it.

Pure: readings come in, frame by frame. What is printed wrong is voted as printed; check digits only decide whether
one frame alone is enough. Frames of one document err alike, so a doubt that is repeated is still a doubt.
"""

import math
from collections import defaultdict, deque
from collections.abc import Sequence

from bmis.capture.mrz_reader import MrzReading
from bmis.capture.mrz_shape import proved

_SURE = math.log(0.85 / 0.15)  # the least weight of a character that its reader was sure of
_STRONGEST = 3.0  # the most weight that one frame gives a character: below _ACCEPT, so that it takes two
_ACCEPT = 2 * _SURE - 0.05  # the margin of two frames that were just sure
_DOUBT = 1.7  # the most weight of all frames that doubted one and the same character: below _SURE
_FAINT = 0.05  # the least weight of a character that was read at all
_CONTRADICTIONS = 2  # in so many sure characters two frames of one document may differ
_DIFFERING = 0.25  # and in this part of all characters, sure or not
_MIXED = 0.8  # at most this confidence for a character that no one frame read together with the others
_FRAMES = 30  # of a track; older ones are forgotten

_Cell = tuple[int, int]


def alike(one: MrzReading, other: MrzReading) -> bool:
    """Return whether two readings can be of one document: what either doubts may differ, what both are sure of hardly.

    Two zones whose check digits all hold may differ in nothing that both are sure of.
    """
    if [len(line) for line in one.lines] != [len(line) for line in other.lines]:
        return False
    if one.lines == other.lines:
        return True
    if len(_differing(one.lines, other.lines)) > _DIFFERING * sum(map(len, one.lines)):
        return False
    allowed = 0 if proved(one.lines) and proved(other.lines) else _CONTRADICTIONS
    return _contradictions(one, other) <= allowed


class ZoneVote:
    """Votes over frames. One thread uses it; ``reset`` begins anew.

    A zone is followed by its shape, its place and its likeness. Another document in view begins the vote anew, so
    that two documents that take turns are never mixed.
    """

    def __init__(self) -> None:
        self._tracks: list[_Track] = []
        self._left: _Track | None = None

    def reset(self) -> None:
        """Forget every frame."""
        self._tracks, self._left = [], None

    def add(self, readings: Sequence[MrzReading]) -> MrzReading | None:
        """Return the zone that is sure with this frame, None while none is.

        One frame is enough where every character is sure and every check digit holds; else two frames or more must
        agree with a margin at every character. A frame without a zone changes nothing.
        """
        if not readings:
            return None
        before, followed, accepted = list(self._tracks), [], []
        for reading in readings:
            track = min((one for one in before if one.is_of(reading)), key=lambda one: one.away(reading), default=None)
            if track is None:
                track = _Track()
            else:
                before.remove(track)
            at_once = not reading.unsure and proved(reading.lines) and not track.contradicts(reading)
            track.add(reading)
            followed.append(track)
            if at_once:
                accepted.append(reading)
            elif track.is_agreed:
                accepted.append(track.reading)
        lost = [track for track in before if track.frames > 1]
        self._tracks, self._left = followed, max(lost, key=_frames, default=None)
        return max(accepted, key=_rank, default=None)

    def best(self) -> MrzReading | None:
        """Return the zone that most frames speak for, None where none was read; what is doubtful is in ``unsure``.

        One frame that shows something else does not outweigh the frames before it.
        """
        newest = max(self._tracks, key=lambda track: (track.frames, _rank(track.reading)), default=None)
        if newest is not None and newest.frames == 1 and self._left is not None and not proved(newest.reading.lines):
            return self._left.reading
        return newest.reading if newest is not None else None


class _Track:
    """The frames of one zone."""

    def __init__(self) -> None:
        self._readings: deque[MrzReading] = deque(maxlen=_FRAMES)
        self._counted: tuple[MrzReading, bool] | None = None

    @property
    def frames(self) -> int:
        """Return how many frames are counted."""
        return len(self._readings)

    @property
    def reading(self) -> MrzReading:
        """Return what the frames say together."""
        return self._count()[0]

    @property
    def is_agreed(self) -> bool:
        """Return whether two frames or more agree at every character with the margin."""
        return self._count()[1]

    def add(self, reading: MrzReading) -> None:
        """Count one more frame."""
        self._readings.append(reading)
        self._counted = None

    def contradicts(self, reading: MrzReading) -> bool:
        """Return whether the track and ``reading`` are both sure of something else anywhere."""
        return bool(self._readings) and _contradictions(self.reading, reading) > 0

    def is_of(self, reading: MrzReading) -> bool:
        """Return whether ``reading`` can be of the same zone of the same document."""
        return self.away(reading) <= 1 and alike(self.reading, reading)

    def away(self, reading: MrzReading) -> float:
        """Return how far the zone has moved, in its own widths; 0 where either place is not known."""
        here, there = self._readings[-1].box, reading.box
        if here is None or there is None:
            return 0.0
        (x, y), (other_x, other_y) = here.at(0.5, 0), there.at(0.5, 0)
        return math.hypot(other_x - x, other_y - y) / max(here.width, 1.0)

    def _count(self) -> tuple[MrzReading, bool]:
        if self._counted is None:
            self._counted = _count(self._readings)
        return self._counted


def _frames(track: _Track) -> int:
    return track.frames


def _rank(reading: MrzReading) -> tuple[bool, int, tuple[str, ...]]:
    return proved(reading.lines), -len(reading.unsure), reading.lines


def _contradictions(one: MrzReading, other: MrzReading) -> int:
    """Return at how many characters both are sure of something else."""
    doubtful = {*one.unsure, *other.unsure}
    return sum(cell not in doubtful for cell in _differing(one.lines, other.lines))


def _differing(one: Sequence[str], other: Sequence[str]) -> list[_Cell]:
    return [
        (row, at)
        for row, (mine, theirs) in enumerate(zip(one, other, strict=True))
        for at, (char, its) in enumerate(zip(mine, theirs, strict=True))
        if char != its
    ]


def _count(readings: Sequence[MrzReading]) -> tuple[MrzReading, bool]:
    """Return what the frames say together, and whether they agree with a margin at every character."""
    newest = readings[-1]
    if len(readings) == 1:
        return newest, False
    doubts = [frozenset(reading.unsure) for reading in readings]
    chars: list[list[str]] = []
    margins: list[list[float]] = []
    for row, line in enumerate(newest.lines):
        polled = [_poll(readings, doubts, row, at) for at in range(len(line))]
        chars.append([char for char, _ in polled])
        margins.append([margin for _, margin in polled])
    lines = tuple("".join(line) for line in chars)
    mixed = _mixed(lines, readings, doubts)
    sure = [[_confidence(margin, (row, at) in mixed) for at, margin in enumerate(r)] for row, r in enumerate(margins)]
    cells = [(row, at) for row, line in enumerate(lines) for at in range(len(line))]
    together = MrzReading(
        lines=lines,
        confidence=tuple(tuple(line) for line in sure),
        unsure=tuple(cell for cell in cells if cell in mixed or margins[cell[0]][cell[1]] < _SURE),
        box=newest.box,
        reader=newest.reader,
        ms=newest.ms,
        cpu_ms=sum(reading.cpu_ms for reading in readings),
    )
    return together, not mixed and all(margin >= _ACCEPT for line in margins for margin in line)


def _poll(readings: Sequence[MrzReading], doubts: Sequence[frozenset[_Cell]], row: int, at: int) -> tuple[str, float]:
    """Return the character that the frames read there, and by how much weight it leads."""
    sure: dict[str, float] = defaultdict(float)
    doubted: dict[str, float] = defaultdict(float)
    for reading, doubt in zip(readings, doubts, strict=True):
        char, weight = reading.lines[row][at], _log_odds(reading.confidence[row][at])
        if (row, at) in doubt:
            doubted[char] += max(_FAINT, weight)
        else:
            sure[char] += min(max(_SURE, weight), _STRONGEST)
    weights = {char: sure[char] + min(doubted[char], _DOUBT) for char in {*sure, *doubted}}
    first, *others = sorted(weights, key=lambda char: (-weights[char], char))
    return first, weights[first] - (weights[others[0]] if others else 0.0)


def _mixed(
    lines: Sequence[str], readings: Sequence[MrzReading], doubts: Sequence[frozenset[_Cell]]
) -> frozenset[_Cell]:
    """Return the characters that no one frame has surely read together with each of the others.

    They may come from two documents: two characters that belong to one document were once seen side by side.
    """
    cells = frozenset((row, at) for row, line in enumerate(lines) for at in range(len(line)))
    read = [
        cells - doubt - frozenset(_differing(lines, reading.lines))
        for reading, doubt in zip(readings, doubts, strict=True)
    ]
    weak = frozenset().union(*read) - frozenset.intersection(*read)  # what no frame read surely is in doubt anyway
    return frozenset(cell for cell in weak if not weak <= frozenset().union(*(one for one in read if cell in one)))


def _log_odds(confidence: float) -> float:
    held = min(max(confidence, 0.001), 0.999)
    return math.log(held / (1 - held))


def _confidence(margin: float, mixed: bool) -> float:
    value = min(1 / (1 + math.exp(-margin)), 0.999)
    return min(value, _MIXED) if mixed else value
