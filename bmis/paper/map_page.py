"""A map on A4: areas in tones, arrows whose width tells how many, posts; drawn from outlines, without a network."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.platypus import Flowable

from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import boxed, gap, head, headline, words
from bmis.paper.fonts import Face, width_of
from bmis.paper.page import A4, Imprint, press
from bmis.paper.text import plain

Degrees = tuple[float, float]
_SEA, _LAND, _EDGE = HexColor("#E4EEF3"), HexColor("#F4F1EA"), HexColor("#8A949A")
_ARROW, _POST, _MARK = HexColor("#B4540A"), HexColor("#0B4F6C"), HexColor("#8A1538")
_WIDEST = 9.0  # points, of the largest flow
_LABEL = 6.4
_APART = 7.0  # points between the slanting lines of a marked area
_TALLEST = 500.0  # points: the notes stay on the same page


@dataclass(frozen=True, slots=True)
class MapArea:
    """An area: its rings (holes too), what is written on it, and its tone from 0 (plain) to 1; None has no number.

    ``marked``: why it is marked, in words; it then has a heavy broken outline and slanting lines, and the words under
    its name.
    """

    rings: tuple[tuple[Degrees, ...], ...]
    label: str = ""
    label_at: Degrees | None = None
    tone: float | None = None
    marked: str = ""


@dataclass(frozen=True, slots=True)
class MapArrow:
    """A flow: ends and how many."""

    start: Degrees
    end: Degrees
    n: int


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A post: where, its name, how large it is drawn (0 to 1)."""

    at: Degrees
    label: str
    size: float


@dataclass(frozen=True, slots=True)
class MapPage:
    """Words and shapes ready to draw. ``window``: west, south, east, north in degrees."""

    imprint: Imprint
    title: str
    period: str
    window: tuple[float, float, float, float]
    areas: tuple[MapArea, ...]
    arrows: tuple[MapArrow, ...]
    points: tuple[MapPoint, ...]
    notes: tuple[str, ...]
    languages: tuple[str, ...] = ("pt",)


def map_page(page: MapPage) -> bytes:
    """Return the map as PDF, one page.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
    """
    return press(lambda width: _story(page, width), A4, page.imprint, page.title, page.languages)


def _story(page: MapPage, width: float) -> list[Any]:
    story = head(A4, width, page.imprint, page.languages)
    story += [headline(page.title, width, 14), gap(1), words(page.period, 10, Face.SEMIBOLD), gap(5)]
    story += [_Drawing(page, width), gap(5)]
    story += [boxed([words(note, 7.8) for note in page.notes], width, 6, 0.6)]
    return story


class _Drawing(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    def __init__(self, page: MapPage, width: float) -> None:
        super().__init__()
        self._page = page
        west, south, east, north = page.window
        self._shrink = math.cos(math.radians((south + north) / 2))  # equirectangular, true at the middle
        across, up = (east - west) * self._shrink, north - south
        self._scale = min(width / across, _TALLEST / up)
        self.width, self.height = across * self._scale, up * self._scale
        self.hAlign = "CENTER"

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Return the size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the map."""
        canvas = self.canv
        canvas.saveState()
        frame = canvas.beginPath()
        frame.rect(0, 0, self.width, self.height)
        canvas.clipPath(frame, stroke=0, fill=0)
        canvas.setFillColor(_SEA)
        canvas.rect(0, 0, self.width, self.height, stroke=0, fill=1)
        for area in self._page.areas:
            self._draw_area(canvas, area)
        for area in self._page.areas:
            if area.marked:
                self._mark(canvas, area)
        for arrow in self._page.arrows:
            self._draw_arrow(canvas, arrow)
        for point in self._page.points:
            self._draw_point(canvas, point)
        for area in self._page.areas:
            if area.label and area.label_at is not None:
                x, y = self._place(area.label_at)
                self._write(canvas, x, y, area.label, "middle", _LABEL, HexColor("#4A5459"))
                if area.marked:
                    self._write(canvas, x, y - _LABEL - 1, area.marked, "middle", _LABEL, _MARK, Face.SEMIBOLD)
        canvas.restoreState()
        canvas.setStrokeColor(_EDGE)
        canvas.rect(0, 0, self.width, self.height, stroke=1, fill=0)
        self._draw_key(canvas)

    def _place(self, at: Degrees) -> tuple[float, float]:
        west, south, _east, _north = self._page.window
        return (at[0] - west) * self._shrink * self._scale, (at[1] - south) * self._scale

    def _path(self, canvas: Any, area: MapArea) -> Any:
        path = canvas.beginPath()
        for ring in area.rings:
            places = [self._place(one) for one in ring]
            path.moveTo(*places[0])
            for place in places[1:]:
                path.lineTo(*place)
            path.close()
        return path

    def _mark(self, canvas: Any, area: MapArea) -> None:
        canvas.saveState()
        path = self._path(canvas, area)
        canvas.setStrokeColor(_MARK)
        canvas.saveState()
        canvas.clipPath(path, stroke=0, fill=0, fillMode=0)
        canvas.setLineWidth(0.5)
        left, right = self._span(area)
        start = left - self.height
        while start < right:
            canvas.line(start, 0, start + self.height, self.height)
            start += _APART
        canvas.restoreState()
        canvas.setLineWidth(1.4)
        canvas.setDash(4, 2)
        canvas.drawPath(path, stroke=1, fill=0)
        canvas.restoreState()

    def _span(self, area: MapArea) -> tuple[float, float]:
        across = [self._place(one)[0] for ring in area.rings for one in ring]
        return max(0.0, min(across)), min(self.width, max(across))

    def _draw_area(self, canvas: Any, area: MapArea) -> None:
        path = self._path(canvas, area)
        tone = area.tone
        canvas.setFillColor(_LAND if tone is None else Color(1 - 0.62 * tone, 1 - 0.30 * tone, 1 - 0.22 * tone))
        canvas.setStrokeColor(_EDGE)
        canvas.setLineWidth(0.5)
        canvas.drawPath(path, stroke=1, fill=1, fillMode=0)

    def _draw_arrow(self, canvas: Any, arrow: MapArrow) -> None:
        most = max(one.n for one in self._page.arrows)
        wide = max(0.7, _WIDEST * math.sqrt(arrow.n / most))
        (x1, y1), (x2, y2) = self._place(arrow.start), self._place(arrow.end)
        across, up = x2 - x1, y2 - y1
        # bent to its right, so that the way there and the way back lie apart
        bent_x, bent_y = (x1 + x2) / 2 + up * 0.16, (y1 + y2) / 2 - across * 0.16
        canvas.setStrokeColor(_ARROW)
        canvas.setFillColor(_ARROW)
        canvas.setStrokeAlpha(0.62)
        canvas.setFillAlpha(0.8)
        canvas.setLineWidth(wide)
        canvas.bezier(
            x1, y1, x1 + (bent_x - x1) * 2 / 3, y1 + (bent_y - y1) * 2 / 3,
            x2 + (bent_x - x2) * 2 / 3, y2 + (bent_y - y2) * 2 / 3, x2, y2,
        )  # fmt: skip
        turn = math.atan2(y2 - bent_y, x2 - bent_x)
        long = wide * 1.5 + 4
        tip = canvas.beginPath()
        tip.moveTo(x2 + math.cos(turn) * long * 0.4, y2 + math.sin(turn) * long * 0.4)
        for side in (2.6, -2.6):
            tip.lineTo(x2 + math.cos(turn + side) * long * 0.8, y2 + math.sin(turn + side) * long * 0.8)
        tip.close()
        canvas.drawPath(tip, stroke=0, fill=1)
        canvas.setStrokeAlpha(1)
        canvas.setFillAlpha(1)
        middle_x, middle_y = (x1 + 2 * bent_x + x2) / 4, (y1 + 2 * bent_y + y2) / 4
        self._write(canvas, middle_x, middle_y, _grouped(arrow.n), "middle", 6.2, black, Face.SEMIBOLD)

    def _draw_point(self, canvas: Any, point: MapPoint) -> None:
        x, y = self._place(point.at)
        canvas.setFillColor(_POST)
        canvas.setStrokeColor(white)
        canvas.setLineWidth(0.6)
        canvas.circle(x, y, 1.8 + 3.4 * point.size, stroke=1, fill=1)
        self._write(canvas, x + 4 + 3.4 * point.size, y - 2, point.label, "start", 6.4, _POST, Face.SEMIBOLD)

    def _draw_key(self, canvas: Any) -> None:
        if not self._page.arrows:
            return
        most = max(one.n for one in self._page.arrows)
        canvas.setFillColor(white)
        canvas.setStrokeColor(_EDGE)
        left = self.width - 92  # over the sea
        canvas.rect(left, 5, 87, 46, stroke=1, fill=1)
        self._write(canvas, left + 5, 41, _("Movements"), "start", 6.6, black, Face.SEMIBOLD)
        for row, n in enumerate(_key_sizes(most)):
            y = 33 - row * 11
            canvas.setStrokeColor(_ARROW)
            canvas.setLineWidth(max(0.7, _WIDEST * math.sqrt(n / most)))
            canvas.line(left + 6, y, left + 39, y)
            self._write(canvas, left + 45, y - 2.2, _grouped(n), "start", 6.4, black)

    def _write(
        self,
        canvas: Any,
        x: float,
        y: float,
        text: str,
        anchor: str,
        size: float,
        color: Color,
        face: Face = Face.REGULAR,
    ) -> None:
        shown = plain(text)
        canvas.setFont(face.value, size)
        left = x - width_of(shown, face, size) / 2 if anchor == "middle" else x
        canvas.setFillColor(white)
        for aside in ((-0.5, 0), (0.5, 0), (0, -0.5), (0, 0.5)):  # a light edge keeps letters readable over lines
            canvas.drawString(left + aside[0], y + aside[1], shown)
        canvas.setFillColor(color)
        canvas.drawString(left, y, shown)


def _key_sizes(most: int) -> Sequence[int]:
    sizes: Iterable[int] = (most, max(1, round(most / 4)), max(1, round(most / 20)))
    return tuple(dict.fromkeys(sizes))


def _grouped(n: int) -> str:
    return f"{n:,}".replace(",", " ")
