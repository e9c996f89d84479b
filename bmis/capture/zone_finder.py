"""Where zones lie in a picture: a net marks them on a small view, and each mark becomes a place to look at."""

import math

import numpy as np
from numpy.typing import NDArray

from bmis.capture import opencv
from bmis.capture.onnx_net import OnnxNet
from bmis.capture.zone_cells import Zone

SIDE = 384  # pixels of the longer side of the view that the net is trained with
STRIDE = 4  # pixels of the view a pixel of the answer
_STEP = 32  # the net halves five times
_SURE = 0.4  # of a pixel's lying in a zone
_LEAST_AREA = 10  # pixels of the answer
_LEAST_SHAPE = 2.2  # a zone is this much longer than high, cut off or not

Grey = NDArray[np.uint8]


def shrunk(grey: Grey, side: int) -> tuple[Grey, float]:
    """Return ``grey`` in the upper left corner of a square view, and the pixels of the view a pixel of the picture."""
    height, width = grey.shape
    scale = side / max(height, width)
    small = opencv.resized(grey, max(1, round(width * scale)), max(1, round(height * scale)))
    view = np.full((side, side), 128, np.uint8)
    view[: small.shape[0], : small.shape[1]] = small
    return view, scale


class ZoneFinder:
    """Looks for zones with a net."""

    def __init__(self, net: OnnxNet) -> None:
        self._net = net

    def find(self, grey: Grey, side: int = SIDE) -> list[Zone]:
        """Return where zones seem to lie, the likeliest first; the direction may be the opposite of reading."""
        view, scale = shrunk(grey, side)
        rows, columns = (math.ceil(length * scale / _STEP) * _STEP for length in grey.shape)
        marks = self._net.run(view[None, :rows, :columns])[0, 0]
        found = []
        for points in opencv.islands(marks > _SURE, _LEAST_AREA):
            sureness = float(marks[points[:, 1], points[:, 0]].sum())
            middle, (long, high), along = opencv.oblong(points.astype(np.float32) + 0.5)
            long, high = long + 1, high + 1  # the points are middles of pixels
            if long < high * _LEAST_SHAPE:
                continue
            pixel = STRIDE / scale
            zone = Zone(middle[0] * pixel, middle[1] * pixel, *_rightwards(along), long * pixel, high * pixel)
            found.append((sureness, zone))
        return [zone for _, zone in sorted(found, key=lambda pair: -pair[0])]


def _rightwards(along: tuple[float, float]) -> tuple[float, float]:
    x, y = along
    return (x, y) if x > 0 or (x == 0 and y > 0) else (-x, -y)
