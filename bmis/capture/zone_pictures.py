"""The lines of a zone cut out of the frame, upright, one picture a line: for eyes that compare print and text."""

from bmis.capture.boxes import Point, Quad
from bmis.capture.frame import Frame
from bmis.capture.mrz_reader import MrzReading

_GLYPH = 0.45  # of the pitch of lines, about: how tall a letter is in OCR-B size 1
_HALF = 0.47  # of the zone's height by its lines: half of what is cut for one, with air above and below its letters
_SIDE = 1400  # pixels of a line at most: more than a screen shows
_LEAST = 8.0  # a zone smaller than this shows nothing


def line_pictures(frame: Frame, reading: MrzReading) -> tuple[bytes, ...]:
    """Return a PNG file of each line of the zone, top first; empty where its place in the frame is not known."""
    box, count = reading.box, len(reading.lines)
    if box is None or count == 0 or min(box.width, box.height) < _LEAST:
        return ()
    return tuple(frame.cut(_line(box, row, count), _SIDE).to_png() for row in range(count))


def _line(box: Quad, row: int, count: int) -> Quad:
    # Readers draw the box close around the letters or with half a line of air: the middle of both holds either.
    close, airy = (row + _GLYPH / 2) / (count - 1 + _GLYPH), (row + 0.5) / count
    top, bottom = (close + airy) / 2 - _HALF / count, (close + airy) / 2 + _HALF / count
    return Quad(
        _between(box.upper_left, box.lower_left, top),
        _between(box.upper_right, box.lower_right, top),
        _between(box.upper_right, box.lower_right, bottom),
        _between(box.upper_left, box.lower_left, bottom),
    )


def _between(one: Point, other: Point, part: float) -> Point:
    return one[0] + (other[0] - one[0]) * part, one[1] + (other[1] - one[1]) * part
