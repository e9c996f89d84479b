"""The seam between a picture and the text of its machine-readable zones."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bmis.capture.boxes import Quad
from bmis.capture.frame import Frame


@dataclass(frozen=True, slots=True)
class MrzReading:
    """One zone as it was read, nothing interpreted. All of it is untrusted text of the MRZ alphabet."""

    lines: tuple[str, ...]
    confidence: tuple[tuple[float, ...], ...]  # 0 to 1 for each character
    unsure: tuple[tuple[int, int], ...]  # line and column of characters that a person should look at
    box: Quad | None  # of the zone in the frame; nothing where it came from a swipe or a keyboard
    reader: str  # which reader, with its version
    ms: int  # from the request to the answer, of the whole frame
    cpu_ms: int  # of every process that worked on it


class MrzReader(Protocol):
    """Reads every machine-readable zone of a frame."""

    @property
    def name(self) -> str:
        """Return which reader this is, with its version."""
        ...

    def read(self, frame: Frame) -> Sequence[MrzReading]:
        """Return one reading for each zone in view; empty where there is none.

        Raises:
            RecogniserAbsentError: what it needs is not installed.
            RecogniserTimeoutError: it took too long.
            RecogniserCrashedError: it died; the next call starts it anew.
        """
        ...

    def close(self) -> None:
        """Give back processes and memory; a later ``read`` starts anew."""
        ...
