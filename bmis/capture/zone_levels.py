"""A picture and its halves: each step of reading takes the smallest that shows as much."""

import math

from bmis.capture import opencv
from bmis.capture.zone_cells import CANVAS, Grey, Zone

_COARSER = 22.0  # pixels a cell above which a smaller picture shows as much


class Levels:
    """The halves are made when they are asked for."""

    def __init__(self, grey: Grey) -> None:
        self._levels = [grey]

    def __getitem__(self, number: int) -> Grey:
        while len(self._levels) <= number:
            last = self._levels[-1]
            self._levels.append(opencv.resized(last, max(1, last.shape[1] // 2), max(1, last.shape[0] // 2)))
        return self._levels[number]

    def for_step(self, step: float) -> tuple[Grey, float]:
        """Return the picture in which ``step`` pixels are at most 22, and its scale."""
        number = max(0, math.ceil(math.log2(max(step, 1.0) / _COARSER)))
        return self[number], 0.5**number

    def for_zone(self, zone: Zone) -> tuple[Grey, Zone, float]:
        """Return the picture in which a zone is not much larger than its canvas, the zone there, and the scale."""
        number = max(0, round(math.log2(max(zone.length, 1.0) / CANVAS[0])))
        part = 0.5**number
        return self[number], zone.scaled(part), part
