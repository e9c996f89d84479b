"""A map on A4: areas in tones, arrows whose width tells how many, posts; drawn from outlines, without a network."""

import math
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.platypus import Flowable

from bmis.paper.blocks import boxed, gap, head, headline, words
from bmis.paper.fonts import Face, width_of
from bmis.paper.map_layout import AREA, MARKED, NUMBER, POST, Box, Curve, Label, MapLayout, View, lay_out, post_radius
from bmis.paper.map_sheet import ARROW, MARK, POSTS, TONE, KeyRow, MapArea, MapPoint, MapSheet, arrow_width
from bmis.paper.page import A4, Imprint, press
from bmis.paper.text import plain

_SEA, _LAND, _EDGE = HexColor("#E4EEF3"), HexColor("#F4F1EA"), HexColor("#8A949A")
_ARROW, _POST, _MARK = HexColor("#B4540A"), HexColor("#0B4F6C"), HexColor("#8A1538")
_NAME = HexColor("#4A5459")
_LABEL = 6.4
_APART = 7.0  # points between the slanting lines of a marked area
_TALLEST = 500.0  # points: the notes stay on the same page
_KEY_WIDTH, _KEY_ROW = 118.0, 10.5  # the legend: no narrower than that, each row as high
_KEY_WORDS, _KEY_EDGE = 37.0, 5.0  # where the words of a row begin, and what is free after the longest
_FACES = {AREA: Face.REGULAR, MARKED: Face.SEMIBOLD, NUMBER: Face.SEMIBOLD, POST: Face.SEMIBOLD}
_INKS = {AREA: _NAME, NUMBER: black, POST: _POST}


@dataclass(frozen=True, slots=True)
class MapPage:
    """A map, and what the paper says of its own printing."""

    imprint: Imprint
    sheet: MapSheet


def map_page(page: MapPage) -> bytes:
    """Return the map as PDF, one page.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
    """
    sheet = page.sheet
    return press(lambda width: _story(page, width), A4, page.imprint, sheet.title, sheet.languages)


def _story(page: MapPage, width: float) -> list[Any]:
    sheet = page.sheet
    story = head(A4, width, page.imprint, sheet.languages)
    story += [headline(sheet.title, width, 14), gap(1), words(sheet.period, 10, Face.SEMIBOLD), gap(5)]
    story += [_Drawing(sheet, width), gap(5)]
    story += [boxed([words(note, 7.8) for note in sheet.notes], width, 6, 0.6)]
    return story


def _measure(text: str, kind: str) -> tuple[float, float]:
    return width_of(plain(text), _FACES[kind], _LABEL) + 2, _LABEL + 1.4


class _Drawing(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """The map; its layout counts down from the top, paper counts up from the foot."""

    def __init__(self, sheet: MapSheet, width: float) -> None:
        super().__init__()
        self._sheet = sheet
        west, south, east, north = sheet.window
        across, up = (east - west) * math.cos(math.radians((south + north) / 2)), north - south
        scale = min(width / across, _TALLEST / up)
        self.width, self.height = across * scale, up * scale
        self.hAlign = "CENTER"
        self._view = View.of(sheet.window, self.width, self.height)

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Return the size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the map."""
        canvas, key = self.canv, self._key_box()
        layout = lay_out(self._sheet, self._view, _measure, (key,))
        canvas.saveState()
        frame = canvas.beginPath()
        frame.rect(0, 0, self.width, self.height)
        canvas.clipPath(frame, stroke=0, fill=0)
        canvas.setFillColor(_SEA)
        canvas.rect(0, 0, self.width, self.height, stroke=0, fill=1)
        for area in self._sheet.areas:
            self._draw_area(canvas, area)
        for area in self._sheet.areas:
            if area.marked:
                self._mark(canvas, self._path(canvas, area))
        self._draw_layout(canvas, layout)
        canvas.restoreState()
        canvas.setStrokeColor(_EDGE)
        canvas.rect(0, 0, self.width, self.height, stroke=1, fill=0)
        self._draw_key(canvas, key)

    def _draw_layout(self, canvas: Any, layout: MapLayout) -> None:
        for curve in layout.curves:
            self._draw_arrow(canvas, curve)
        for point in self._sheet.points:
            self._draw_point(canvas, point)
        for label in layout.labels:
            self._lead(canvas, label)
        for label in layout.labels:
            self._draw_label(canvas, label)

    def _path(self, canvas: Any, area: MapArea) -> Any:
        path = canvas.beginPath()
        for ring in area.rings:
            places = [self._view.place(one) for one in ring]
            path.moveTo(places[0][0], self.height - places[0][1])
            for x, y in places[1:]:
                path.lineTo(x, self.height - y)
            path.close()
        return path

    def _mark(self, canvas: Any, path: Any) -> None:
        canvas.saveState()
        canvas.setStrokeColor(_MARK)
        canvas.saveState()
        canvas.clipPath(path, stroke=0, fill=0, fillMode=0)
        canvas.setLineWidth(0.5)
        start = -self.height
        while start < self.width:
            canvas.line(start, 0, start + self.height, self.height)
            start += _APART
        canvas.restoreState()
        canvas.setLineWidth(1.4)
        canvas.setDash(4, 2)
        canvas.drawPath(path, stroke=1, fill=0)
        canvas.restoreState()

    def _draw_area(self, canvas: Any, area: MapArea) -> None:
        canvas.setFillColor(_tone(area.tone))
        canvas.setStrokeColor(_EDGE)
        canvas.setLineWidth(0.5)
        canvas.drawPath(self._path(canvas, area), stroke=1, fill=1, fillMode=0)

    def _draw_arrow(self, canvas: Any, curve: Curve) -> None:
        (x1, y1), (bent_x, bent_y), (x2, y2) = ((x, self.height - y) for x, y in (curve.start, curve.bend, curve.end))
        canvas.setStrokeColor(_ARROW)
        canvas.setFillColor(_ARROW)
        canvas.setStrokeAlpha(0.62)
        canvas.setFillAlpha(0.8)
        canvas.setLineWidth(curve.width)
        canvas.bezier(
            x1, y1, x1 + (bent_x - x1) * 2 / 3, y1 + (bent_y - y1) * 2 / 3,
            x2 + (bent_x - x2) * 2 / 3, y2 + (bent_y - y2) * 2 / 3, x2, y2,
        )  # fmt: skip
        tip = canvas.beginPath()
        front, *sides = curve.tip()
        tip.moveTo(front[0], self.height - front[1])
        for x, y in sides:
            tip.lineTo(x, self.height - y)
        tip.close()
        canvas.drawPath(tip, stroke=0, fill=1)
        canvas.setStrokeAlpha(1)
        canvas.setFillAlpha(1)

    def _draw_point(self, canvas: Any, point: MapPoint) -> None:
        x, y = self._view.place(point.at)
        self._dot(canvas, x, self.height - y, post_radius(point.size))

    def _dot(self, canvas: Any, x: float, y: float, radius: float) -> None:
        canvas.setFillColor(_POST)
        canvas.setStrokeColor(white)
        canvas.setLineWidth(0.6)
        canvas.circle(x, y, radius, stroke=1, fill=1)

    def _lead(self, canvas: Any, label: Label) -> None:
        if label.leads_to is None:
            return
        box, (x, y) = label.box, label.leads_to
        canvas.setStrokeColor(_NAME)
        canvas.setLineWidth(0.5)
        near = min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)
        canvas.line(near[0], self.height - near[1], x, self.height - y)

    def _draw_label(self, canvas: Any, label: Label) -> None:
        box = label.box
        middle, foot = (box.left + box.right) / 2, self.height - box.top - _LABEL
        self._write(canvas, middle, foot, label.words, "middle", _INKS[label.kind], _FACES[label.kind])
        if label.under:
            self._write(canvas, middle, foot - _LABEL - 1, label.under, "middle", _MARK, Face.SEMIBOLD)

    def _key_box(self) -> Box:
        """Return where the legend is: at the foot, over the sea."""
        high = _KEY_ROW * len(self._sheet.key) + 6
        longest = max((width_of(plain(row.words), Face.REGULAR, _LABEL) for row in self._sheet.key), default=0.0)
        wide = max(_KEY_WIDTH, _KEY_WORDS + longest + _KEY_EDGE)
        foot = self.height - 5
        return Box(self.width - wide - 5, foot - high, self.width - 5, foot)

    def _draw_key(self, canvas: Any, box: Box) -> None:
        canvas.setFillColor(white)
        canvas.setStrokeColor(_EDGE)
        canvas.setLineWidth(0.6)
        canvas.rect(box.left, self.height - box.bottom, box.right - box.left, box.bottom - box.top, stroke=1, fill=1)
        for at, row in enumerate(self._sheet.key):
            y = self.height - box.top - 3 - _KEY_ROW * (at + 0.5)
            self._draw_sign(canvas, row, box.left + 5, y)
            self._write(canvas, box.left + _KEY_WORDS, y - 2.2, row.words, "start", black)

    def _draw_sign(self, canvas: Any, row: KeyRow, x: float, y: float) -> None:
        if row.kind == ARROW:
            canvas.setStrokeColor(_ARROW)
            canvas.setLineWidth(arrow_width(row.value, self._sheet.most))
            canvas.line(x, y, x + 26, y)
        elif row.kind == POSTS:
            self._dot(canvas, x + 13, y, 3)
        else:
            canvas.setStrokeColor(_EDGE)
            canvas.setLineWidth(0.5)
            canvas.setFillColor(_tone(row.value if row.kind == TONE else None))
            canvas.rect(x, y - 3.5, 26, 7, stroke=1, fill=1)
            if row.kind == MARK:
                path = canvas.beginPath()
                path.rect(x, y - 3.5, 26, 7)
                self._mark(canvas, path)

    def _write(
        self, canvas: Any, x: float, y: float, text: str, anchor: str, color: Color, face: Face = Face.REGULAR
    ) -> None:
        shown = plain(text)
        canvas.setFont(face.value, _LABEL)
        left = x - width_of(shown, face, _LABEL) / 2 if anchor == "middle" else x
        canvas.setFillColor(white)
        for aside in ((-0.5, 0), (0.5, 0), (0, -0.5), (0, 0.5)):  # a light edge keeps letters readable over lines
            canvas.drawString(left + aside[0], y + aside[1], shown)
        canvas.setFillColor(color)
        canvas.drawString(left, y, shown)


def _tone(tone: float | None) -> Color:
    return _LAND if tone is None else Color(1 - 0.62 * tone, 1 - 0.30 * tone, 1 - 0.22 * tone)
