"""What another reader makes of the same zone: where both say the same, and where a person should look."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bmis.capture.errors import RecogniserAbsentError, RecogniserCrashedError, RecogniserTimeoutError
from bmis.capture.frame import Frame
from bmis.capture.mrz_reader import MrzReader, MrzReading
from bmis.capture.zone_overlay import laid_over


class OpinionState(StrEnum):
    """How the second reading stands to the first."""

    AGREES = "agrees"  # every character the same
    DIFFERS = "differs"  # at least one character, or a zone that only the second reader found
    NOTHING = "nothing"  # the second reader found no zone: it neither supports nor contradicts the first
    ABSENT = "absent"  # the second reader is not installed here
    FAILED = "failed"  # it died or took too long


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """A second reading beside the first. ``differs_at`` are cells of the first reading: line and column from 0."""

    state: OpinionState
    reader: str  # who was asked
    lines: tuple[str, ...] = ()  # as the second reader has them; empty where it has none
    differs_at: tuple[tuple[int, int], ...] = ()  # with the cells that only one of the two has

    def to_json(self) -> dict[str, object]:
        """Return the object ``second_opinion`` of resources/schemas/mrz.json."""
        return {
            "reader": self.reader,
            "state": self.state.value,
            "lines": list(self.lines),
            "differs_at": [list(cell) for cell in self.differs_at],
        }


def compare(reading: MrzReading | None, other: Sequence[MrzReading], reader: str = "") -> SecondOpinion:
    """Return how ``other``, all zones that a second reader found in the frame, stands to ``reading``.

    Of several zones the one most like ``reading`` counts: a frame may hold two documents.

    Args:
        reading: the first reading; None where the first reader found no zone. A zone that the second found then is
            DIFFERS with its lines and without cells, for there is nothing to compare.
        other: in any order. reader: who read ``other``; taken from its readings where they have one.
    """
    if not other:
        return SecondOpinion(OpinionState.NOTHING, reader)
    if reading is None:
        first = other[0]
        return SecondOpinion(OpinionState.DIFFERS, first.reader or reader, first.lines)
    nearest = min(other, key=lambda each: len(cells_that_differ(reading.lines, each.lines)))
    differs_at = cells_that_differ(reading.lines, nearest.lines)
    state = OpinionState.DIFFERS if differs_at else OpinionState.AGREES
    return SecondOpinion(state, nearest.reader or reader, nearest.lines, differs_at)


def second_opinion(reader: MrzReader, frame: Frame, reading: MrzReading | None) -> SecondOpinion:
    """Return what ``reader`` makes of ``frame``; a reader that is absent or fails is a state, never an error."""
    try:
        return compare(reading, reader.read(frame), reader.name)
    except RecogniserAbsentError:
        return SecondOpinion(OpinionState.ABSENT, reader.name)
    except (RecogniserCrashedError, RecogniserTimeoutError):
        return SecondOpinion(OpinionState.FAILED, reader.name)


def cells_that_differ(lines: Sequence[str], others: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return line and column, from 0, of each cell that is not the same in both or that only one has.

    A character that one of the two left out shifts only itself (``zone_overlay``).
    """
    return laid_over(lines, others).differs_at
