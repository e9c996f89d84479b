"""The lines of a zone cut out of the frame, upright, one picture a line: for eyes that compare print and text."""

from bmis.capture.boxes import Point, Quad
from bmis.capture.frame import Frame
from bmis.capture.mrz_reader import MrzReading

_AIR = 0.12  # of a line's pitch above and below it: an edge that was found a little off cuts no letter
_SIDE = 1400  # pixels of a line at most: more than a screen shows
_LEAST = 8.0  # a zone smaller than this shows nothing


def line_pictures(frame: Frame, reading: MrzReading) -> tuple[bytes, ...]:
    """Return a PNG file of each line of the zone, top first; empty where its place in the frame is not known."""
    box, count = reading.box, len(reading.lines)
    if box is None or count == 0 or min(box.width, box.height) < _LEAST:
        return ()
    return tuple(frame.cut(_line(box, row, count), _SIDE).to_png() for row in range(count))


def _line(box: Quad, row: int, count: int) -> Quad:
    top, bottom = (row - _AIR) / count, (row + 1 + _AIR) / count
    return Quad(
        _between(box.upper_left, box.lower_left, top),
        _between(box.upper_right, box.lower_right, top),
        _between(box.upper_right, box.lower_right, bottom),
        _between(box.upper_left, box.lower_left, bottom),
    )


def _between(one: Point, other: Point, part: float) -> Point:
    return one[0] + (other[0] - one[0]) * part, one[1] + (other[1] - one[1]) * part
