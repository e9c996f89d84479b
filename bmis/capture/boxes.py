"""Places in a frame, in pixels from its upper left corner."""

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """Return the first column beyond it."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """Return the first row beyond it."""
        return self.top + self.height

    def meets(self, other: "Box") -> bool:
        """Return whether they have a part in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def within(self, width: int, height: int) -> "Box | None":
        """Return the part of it that lies in a frame of that size, or nothing."""
        left, top = max(0, self.left), max(0, self.top)
        right, bottom = min(width, self.right), min(height, self.bottom)
        return Box(left, top, right - left, bottom - top) if right > left and bottom > top else None


@dataclass(frozen=True, slots=True)
class Quad:
    """A rectangle as it lies in the frame, turned as it may be: corners clockwise from the text's own upper left."""

    upper_left: Point
    upper_right: Point
    lower_right: Point
    lower_left: Point

    @property
    def corners(self) -> tuple[Point, Point, Point, Point]:
        """Return the four corners in order."""
        return self.upper_left, self.upper_right, self.lower_right, self.lower_left

    @property
    def bounds(self) -> Box:
        """Return the upright rectangle around it."""
        columns, rows = [x for x, _ in self.corners], [y for _, y in self.corners]
        left, top = int(min(columns)), int(min(rows))
        return Box(left, top, max(1, int(max(columns)) + 1 - left), max(1, int(max(rows)) + 1 - top))

    @property
    def height(self) -> float:
        """Return how tall it is in pixels, along its own side."""
        (x, y), (below_x, below_y) = self.upper_left, self.lower_left
        return float(((below_x - x) ** 2 + (below_y - y) ** 2) ** 0.5)

    @property
    def width(self) -> float:
        """Return how wide it is in pixels, along its own upper edge."""
        (x, y), (right_x, right_y) = self.upper_left, self.upper_right
        return float(((right_x - x) ** 2 + (right_y - y) ** 2) ** 0.5)

    def at(self, across: float, down: float) -> Point:
        """Return the point at ``across`` of its width and ``down`` of its width, both from the upper left corner."""
        x, y = self.upper_left
        along_x, along_y = self.upper_right[0] - x, self.upper_right[1] - y
        down_x, down_y = self.lower_left[0] - x, self.lower_left[1] - y
        scale = down * self.width / self.height if self.height else 0.0
        return x + along_x * across + down_x * scale, y + along_y * across + down_y * scale
