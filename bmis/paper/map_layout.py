"""Where everything of a map goes on a rectangle: lines, and names that do not lie on each other. Plain values.

Lengths are points or pixels from the top left corner, as the caller's letters are measured. Names are put one after
the other, the more important first; each takes the cheapest free place. A name never covers another, a post, or the
legend, and never leaves the frame; it covers an arrow only where nothing else is near. One that finds no place is
left out and counted.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bmis.paper.map_sheet import Degrees, MapArea, MapArrow, MapPoint, MapSheet, arrow_width, grouped

Spot = tuple[float, float]
AREA, MARKED, NUMBER, POST = "area", "marked", "number", "post"
Measure = Callable[[str, str], tuple[float, float]]
"""Width and height of words of a kind: area, marked, number, post."""

_BEND = 0.16
_CELL = 4.0
_ROWS = 14  # lines across an area on which its name is tried
_SAMPLES = 28
_ROUND = 16  # directions around an anchor
_RINGS = (0.0, 9.0, 18.0, 30.0, 44.0, 62.0)
_FAR = 12.0  # from here on a line leads from the name to what it names
_ARROW_COST, _LEADER_COST = 5.0, 14.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Return whether they have more than an edge in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True, slots=True)
class View:
    """A part of the world on a rectangle: equirectangular, true at the latitude of ``shrink``; ``scale`` a degree."""

    west: float
    north: float
    shrink: float
    scale: float
    width: float
    height: float

    @classmethod
    def of(cls, window: tuple[float, float, float, float], width: float, height: float) -> "View":
        """Return the view that has the whole window in the middle of the rectangle."""
        west, south, east, north = window
        shrink = math.cos(math.radians((south + north) / 2))
        scale = min(width / ((east - west) * shrink), height / (north - south))
        aside, above = width / scale / shrink - (east - west), height / scale - (north - south)
        return cls(west - aside / 2, north + above / 2, shrink, scale, width, height)

    def place(self, at: Degrees) -> Spot:
        """Return where a place lies."""
        return (at[0] - self.west) * self.shrink * self.scale, (self.north - at[1]) * self.scale

    def moved(self, across: float, down: float) -> "View":
        """Return the view that many lengths further."""
        west = self.west + across / self.scale / self.shrink
        return View(west, self.north - down / self.scale, self.shrink, self.scale, self.width, self.height)

    def nearer(self, times: float) -> "View":
        """Return the view about the same middle, so many times as large."""
        scale = self.scale * times
        west = self.west + self.width / 2 / self.shrink * (1 / self.scale - 1 / scale)
        north = self.north - self.height / 2 * (1 / self.scale - 1 / scale)
        return View(west, north, self.shrink, scale, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Curve:
    """An arrow as a quadratic curve, bent to its right: the way there and the way back lie apart."""

    arrow: MapArrow
    start: Spot
    bend: Spot
    end: Spot
    width: float

    def at(self, share: float) -> Spot:
        """Return the place that share of the way, 0 to 1."""
        one, two, three = (1 - share) ** 2, 2 * share * (1 - share), share**2
        (x1, y1), (x2, y2), (x3, y3) = self.start, self.bend, self.end
        return one * x1 + two * x2 + three * x3, one * y1 + two * y2 + three * y3

    def tip(self) -> tuple[Spot, Spot, Spot]:
        """Return the corners of the head."""
        x, y = self.end
        turn = math.atan2(y - self.bend[1], x - self.bend[0])
        long = self.width * 1.5 + 4

        def corner(side: float, share: float) -> Spot:
            return x + math.cos(turn + side) * long * share, y + math.sin(turn + side) * long * share

        return corner(0, 0.4), corner(2.6, 0.8), corner(-2.6, 0.8)


@dataclass(frozen=True, slots=True)
class Label:
    """Words in a box; ``leads_to``: what they name, where that is not right beside them. ``under``: words below."""

    kind: str
    words: str
    box: Box
    leads_to: Spot | None = None
    under: str = ""


@dataclass(frozen=True, slots=True)
class MapLayout:
    """``unnamed``: names of areas and posts in view that found no room."""

    curves: tuple[Curve, ...]
    labels: tuple[Label, ...]
    unnamed: int


def post_radius(size: float) -> float:
    """Return how large a post is drawn."""
    return 1.8 + 3.4 * size


def lay_out(sheet: MapSheet, view: View, measure: Measure, kept_free: Sequence[Box] = ()) -> MapLayout:
    """Return where lines and names go. ``kept_free``: where no name may lie, such as the legend."""
    curves = tuple(_curve(one, sheet.most, view) for one in sheet.arrows)
    room = _Room(view, kept_free)
    for curve in curves:
        room.draw(curve)
    for point in sheet.points:
        (x, y), wide = view.place(point.at), post_radius(point.size)
        room.fill(Box(x - wide, y - wide, x + wide, y + wide))
    unnamed = 0
    for area in sorted((one for one in sheet.areas if one.label), key=lambda one: (not one.marked, one.tone is None)):
        unnamed += not _name_area(area, view, measure, room)
    for point in sorted(sheet.points, key=lambda one: -one.size):
        unnamed += not _name_post(point, view, measure, room)
    for curve in sorted(curves, key=lambda one: -one.arrow.n):
        _number(curve, measure, room)
    return MapLayout(curves, tuple(room.labels), unnamed)


class _Room:
    """What is taken already, in small squares."""

    def __init__(self, view: View, kept_free: Sequence[Box]) -> None:
        self.view = view
        self.labels: list[Label] = []
        self._taken: set[tuple[int, int]] = set()
        self._lines: set[tuple[int, int]] = set()
        for box in kept_free:
            self.fill(box)

    def draw(self, curve: Curve) -> None:
        """Remember where an arrow runs."""
        wide = curve.width / 2
        for step in range(_SAMPLES + 1):
            x, y = curve.at(step / _SAMPLES)
            self._lines.update(_squares(Box(x - wide, y - wide, x + wide, y + wide)))

    def fill(self, box: Box) -> None:
        """Remember that this is taken."""
        self._taken.update(_squares(box))

    def cost(self, box: Box) -> float | None:
        """Return what it costs to write there; None: it cannot be."""
        if box.left < 2 or box.top < 2 or box.right > self.view.width - 2 or box.bottom > self.view.height - 2:
            return None
        squares = _squares(box)
        if any(one in self._taken for one in squares):
            return None
        return _ARROW_COST * sum(one in self._lines for one in squares)

    def put(self, label: Label) -> None:
        """Keep a name where it is."""
        self.labels.append(label)
        self.fill(label.box)

    def best(self, size: Spot, tried: Iterator[tuple[Spot, float]]) -> tuple[Box, float] | None:
        """Return the cheapest box about one of the middles, each with a cost of its own."""
        found: tuple[Box, float] | None = None
        for (x, y), own in tried:
            if found is not None and own >= found[1]:
                continue
            box = Box(x - size[0] / 2, y - size[1] / 2, x + size[0] / 2, y + size[1] / 2)
            cost = self.cost(box)
            if cost is not None and (found is None or cost + own < found[1]):
                found = box, cost + own
        return found


def _squares(box: Box) -> list[tuple[int, int]]:
    across = range(math.floor(box.left / _CELL), math.ceil(box.right / _CELL))
    down = range(math.floor(box.top / _CELL), math.ceil(box.bottom / _CELL))
    return [(x, y) for x in across for y in down]


def _curve(arrow: MapArrow, most: int, view: View) -> Curve:
    (x1, y1), (x2, y2) = start, end = view.place(arrow.start), view.place(arrow.end)
    bend = (x1 + x2) / 2 - (y2 - y1) * _BEND, (y1 + y2) / 2 + (x2 - x1) * _BEND
    return Curve(arrow, start, bend, end, arrow_width(arrow.n, most))


def _name_area(area: MapArea, view: View, measure: Measure, room: _Room) -> bool:
    """Put the name inside where it fits, else beside; return False where a name in view found no room."""
    wide, high = measure(area.label, AREA)
    if area.marked:
        more_wide, more_high = measure(area.marked, MARKED)
        wide, high = max(wide, more_wide), high + more_high
    spans = list(_spans(area, view))
    if not spans:
        return True  # nothing of it is in view
    anchor = view.place(area.label_at) if area.label_at is not None else None
    if anchor is None or not _within(anchor, view):
        _y, left, right = max(spans, key=lambda one: one[2] - one[1])
        anchor = (left + right) / 2, _y
    fit = room.best((wide, high), _inside(spans, anchor, wide))
    leads_to = None
    if fit is None or fit[1] > _LEADER_COST * 4:
        beside = room.best((wide, high), _around(anchor, 0, wide, high))
        if beside is not None and (fit is None or beside[1] < fit[1]):
            fit = beside
            leads_to = anchor if _apart(beside[0], anchor) > _FAR else None
    if fit is None:
        return False
    room.put(Label(AREA, area.label, fit[0], leads_to, area.marked))
    return True


def _name_post(point: MapPoint, view: View, measure: Measure, room: _Room) -> bool:
    at = view.place(point.at)
    if not _within(at, view):
        return True
    size = measure(point.label, POST)
    fit = room.best(size, _around(at, post_radius(point.size) + 2, *size))
    if fit is None:
        return False
    room.put(Label(POST, point.label, fit[0], at if _apart(fit[0], at) > _FAR else None))
    return True


def _number(curve: Curve, measure: Measure, room: _Room) -> None:
    """Write how many on an arrow; where there is no room the lists have it."""
    words = grouped(curve.arrow.n)
    size = measure(words, NUMBER)
    tried = ((curve.at(share), abs(share - 0.5) * 60) for share in (0.5, 0.44, 0.56, 0.38, 0.62, 0.3, 0.7, 0.22, 0.78))
    fit = room.best(size, tried)
    if fit is not None:
        room.put(Label(NUMBER, words, fit[0]))


def _spans(area: MapArea, view: View) -> Iterator[tuple[float, float, float]]:
    """Yield how far the area reaches across, at some heights of what is in view: height, left, right."""
    rings = [[view.place(one) for one in ring] for ring in area.rings]
    heights = [y for ring in rings for _x, y in ring]
    top, bottom = max(0.0, min(heights)), min(view.height, max(heights))
    if top >= bottom:
        return
    for row in range(_ROWS):
        y = top + (bottom - top) * (row + 0.5) / _ROWS
        crossed: list[float] = []
        for ring in rings:
            for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
                if (y1 > y) != (y2 > y):
                    crossed.append(x1 + (y - y1) / (y2 - y1) * (x2 - x1))
        crossed.sort()
        for left, right in zip(crossed[::2], crossed[1::2], strict=False):
            left, right = max(left, 0.0), min(right, view.width)
            if left < right:
                yield y, left, right


def _inside(spans: Sequence[tuple[float, float, float]], anchor: Spot, wide: float) -> Iterator[tuple[Spot, float]]:
    for y, left, right in spans:
        least, most = left + wide / 2 + 1, right - wide / 2 - 1
        if least > most:
            continue
        for x in {min(max(anchor[0], least), most), (least + most) / 2, least, most}:
            yield (x, y), math.dist((x, y), anchor) * 0.3


def _around(at: Spot, clear: float, wide: float, high: float) -> Iterator[tuple[Spot, float]]:
    """Yield middles of boxes around a place, the right side first, then further out."""
    for ring in _RINGS:
        for step in range(_ROUND):
            turn = math.tau * step / _ROUND
            x = at[0] + math.cos(turn) * (clear + ring + wide / 2)
            y = at[1] + math.sin(turn) * (clear + ring + high / 2)
            yield (x, y), ring * 0.6 + (0.0 if step == 0 else 1.5) + (_LEADER_COST if ring > _FAR else 0.0)


def _within(at: Spot, view: View) -> bool:
    return 0 <= at[0] <= view.width and 0 <= at[1] <= view.height


def _apart(box: Box, at: Spot) -> float:
    across = max(box.left - at[0], 0.0, at[0] - box.right)
    down = max(box.top - at[1], 0.0, at[1] - box.bottom)
    return math.hypot(across, down)
