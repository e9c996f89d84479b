"""Charts for paper: bars, columns, lines, a pyramid, a heat map. Tones and words, never a colour alone."""

from collections.abc import Sequence
from typing import Any

from reportlab.graphics.charts.barcharts import HorizontalBarChart, VerticalBarChart
from reportlab.graphics.charts.legends import Legend
from reportlab.graphics.charts.linecharts import HorizontalLineChart
from reportlab.graphics.shapes import STATE_DEFAULTS, Drawing, Group, Rect, String
from reportlab.graphics.widgets.markers import makeMarker
from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.platypus import Flowable

from bmis.paper.fonts import Face, width_of
from bmis.paper.tagging import Tag, tagged
from bmis.paper.text import plain

Numbers = tuple[float | None, ...]
INKS = tuple(HexColor(one) for one in ("#0B4F6C", "#D98E04", "#5B8C5A", "#8A3B5C", "#5F6B73", "#2A2A72"))
_DASHES = (None, (4, 2), (1, 2), (6, 2, 1, 2), (8, 3), (2, 2))  # lines are told apart without colour
_SMALL = 6.8
_LEAST_LABEL_ROOM = 12.0
_DARK = 0.74  # of the darkest tone: from here on white is told better than black (WCAG 2.2 contrast, 4.5 or more)
_FEW = 6  # so few are counted one by one: no half person on an axis
STATE_DEFAULTS["fontName"] = Face.REGULAR.value  # each drawing begins with it; ReportLab's own default is not embedded


class ChartDrawing(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """One chart as wide as the page's text; ``alt`` says in words what it shows."""

    def __init__(
        self, kind: str, labels: Sequence[str], series: Sequence[tuple[str, Numbers]], width: float, alt: str = ""
    ) -> None:
        super().__init__()
        self._tag = Tag("Figure", alt=plain(alt))
        self._drawing = drawn(kind, tuple(map(plain, labels)), [(plain(title), one) for title, one in series], width)
        self.width, self.height = width, self._drawing.height

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Return the size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the chart."""
        with tagged(self.canv, self._tag):
            self._drawing.drawOn(self.canv, 0, 0)


def drawn(kind: str, labels: Sequence[str], series: Sequence[tuple[str, Numbers]], width: float) -> Drawing:
    """Return the chart as a drawing.

    Raises:
        ValueError: there is no chart of that kind.
    """
    makers: dict[str, Any] = {
        "bars": _bars,
        "columns": _columns,
        "lines": _lines,
        "pyramid": _pyramid,
        "heat": _heat,
    }
    if kind not in makers:
        raise ValueError(f"no chart is called {kind}")
    drawing: Drawing = makers[kind](labels, series, width)
    return drawing


def _bars(labels: Sequence[str], series: Sequence[tuple[str, Numbers]], width: float) -> Drawing:
    row = 12.0 * len(series) + 4
    high = row * max(1, len(labels)) + 6
    drawing = Drawing(width, high + _legend_height(series))
    room = _label_room(labels, width)
    chart = HorizontalBarChart()
    chart.x, chart.y, chart.width, chart.height = room, 2, width - room - 46, high - 4
    chart.data = [_whole(values[::-1]) for _, values in series]
    chart.categoryAxis.categoryNames = list(labels[::-1])
    _quiet_axes(chart)
    chart.valueAxis.visible = 0
    chart.valueAxis.valueMax = max(_top(series), 1)
    chart.barLabels.fontName, chart.barLabels.fontSize = Face.REGULAR.value, _SMALL
    chart.barLabels.boxAnchor, chart.barLabels.dx = "w", 3
    chart.barLabelFormat = _grouped
    _ink(chart, series)
    drawing.add(chart)
    return _with_legend(drawing, series, high)


def _columns(labels: Sequence[str], series: Sequence[tuple[str, Numbers]], width: float) -> Drawing:
    high = 128.0
    drawing = Drawing(width, high + _legend_height(series))
    chart = VerticalBarChart()
    _place(chart, width, high, series)
    chart.data = [_whole(values) for _, values in series]
    _name_some(chart, labels, width)
    _quiet_axes(chart)
    chart.groupSpacing = 2
    _ink(chart, series)
    drawing.add(chart)
    return _with_legend(drawing, series, high)


def _lines(labels: Sequence[str], series: Sequence[tuple[str, Numbers]], width: float) -> Drawing:
    high = 134.0
    drawing = Drawing(width, high + _legend_height(series))
    chart = HorizontalLineChart()
    _place(chart, width, high, series)
    chart.data = [values for _, values in series]
    _name_some(chart, labels, width)
    _quiet_axes(chart)
    for at in range(len(series)):
        chart.lines[at].strokeColor = INKS[at % len(INKS)]
        chart.lines[at].strokeWidth = 1.3
        chart.lines[at].strokeDashArray = _DASHES[at % len(_DASHES)]
        if len(labels) <= 40:
            chart.lines[at].symbol = makeMarker("FilledCircle", size=2.4)
    drawing.add(chart)
    return _with_legend(drawing, series, high)


def _pyramid(labels: Sequence[str], series: Sequence[tuple[str, Numbers]], width: float) -> Drawing:
    """Two series back to back, the first to the left; the youngest at the foot."""
    step, top = 14.0, 16.0
    drawing = Drawing(width, step * len(labels) + top)
    room = max((width_of(label, Face.REGULAR, _SMALL) for label in labels), default=0) + 12
    half = (width - room) / 2 - 40
    most = max(_top(series), 1)
    for side, (title, values) in enumerate(series[:2]):
        sign = -1 if side == 0 else 1
        edge = width / 2 + sign * room / 2
        drawing.add(_text(edge + sign * half / 2, step * len(labels) + 4, title, "middle", Face.SEMIBOLD))
        for row, value in enumerate(values):
            if value is None:
                continue
            long = half * value / most
            drawing.add(
                Rect(
                    edge if sign > 0 else edge - long,
                    row * step + 2,
                    long,
                    step - 4,
                    fillColor=INKS[side],
                    strokeColor=None,
                )
            )
            anchor = "start" if sign > 0 else "end"
            drawing.add(_text(edge + sign * (long + 3), row * step + 5, _grouped(value), anchor))
    for row, label in enumerate(labels):
        drawing.add(_text(width / 2, row * step + 5, label, "middle"))
    return drawing


def _heat(labels: Sequence[str], series: Sequence[tuple[str, Numbers]], width: float) -> Drawing:
    """A row a series, a square a label; the darker the more, the number in each where it has room."""
    room = _label_room([title for title, _ in series], width)
    side = (width - room) / max(1, len(labels))
    high = min(max(side, 11.0), 18.0)
    drawing = Drawing(width, high * len(series) + 12)
    most = max(_top(series), 1)
    group = Group()
    for row, (title, values) in enumerate(series):
        y = high * (len(series) - 1 - row)
        group.add(_text(room - 4, y + high / 2 - 2.4, title, "end"))
        for at, value in enumerate(values):
            x = room + at * side
            part = 0.0 if value is None else value / most
            tone = Color(1 - 0.93 * part, 1 - 0.69 * part, 1 - 0.58 * part)
            group.add(
                Rect(x, y, side - 0.6, high - 0.6, fillColor=tone, strokeColor=HexColor("#D5D9DC"), strokeWidth=0.3)
            )
            shown = "·" if value is None else _grouped(value)
            if width_of(shown, Face.REGULAR, 5.6) < side - 1:
                group.add(
                    _text(
                        x + side / 2,
                        y + high / 2 - 2,
                        shown,
                        "middle",
                        size=5.6,
                        color=white if part > _DARK else black,
                    )
                )
    for at, label in enumerate(labels):
        group.add(_text(room + (at + 0.5) * side, high * len(series) + 3, label, "middle"))
    drawing.add(group)
    return drawing


def _place(chart: Any, width: float, high: float, series: Sequence[tuple[str, Numbers]]) -> None:
    room = width_of(_grouped(_top(series)), Face.REGULAR, _SMALL) + 8
    chart.x, chart.y, chart.width, chart.height = room, 18, width - room - 4, high - 26
    chart.valueAxis.valueMin = 0
    chart.valueAxis.valueMax = max(_top(series) * 1.05, 1)
    if _top(series) <= _FEW:
        chart.valueAxis.valueStep = 1
    chart.valueAxis.labelTextFormat = _grouped


def _quiet_axes(chart: Any) -> None:
    for axis in (chart.categoryAxis, chart.valueAxis):
        axis.labels.fontName, axis.labels.fontSize = Face.REGULAR.value, _SMALL
        axis.strokeColor, axis.strokeWidth = HexColor("#7A848A"), 0.5
    chart.categoryAxis.visibleTicks = 0
    chart.valueAxis.valueMin = 0
    if not isinstance(chart, HorizontalBarChart):
        chart.valueAxis.visibleGrid = 1
        chart.valueAxis.gridStrokeColor, chart.valueAxis.gridStrokeWidth = HexColor("#D5D9DC"), 0.4


def _name_some(chart: Any, labels: Sequence[str], width: float) -> None:
    """Name as many places of the axis as have room, evenly, the first always."""
    widest = max((width_of(label, Face.REGULAR, _SMALL) for label in labels), default=0) + 4
    every = max(1, -(-len(labels) * max(widest, _LEAST_LABEL_ROOM) // max(width - 60, 1)))
    chart.categoryAxis.categoryNames = [label if at % every == 0 else "" for at, label in enumerate(labels)]


def _ink(chart: Any, series: Sequence[tuple[str, Numbers]]) -> None:
    chart.bars.strokeColor = None
    for at in range(len(series)):
        chart.bars[at].fillColor = INKS[at % len(INKS)]


def _with_legend(drawing: Drawing, series: Sequence[tuple[str, Numbers]], high: float) -> Drawing:
    if len(series) < 2:
        return drawing
    legend = Legend()
    legend.x, legend.y = 4, high + 10
    legend.alignment, legend.fontName, legend.fontSize = "right", Face.REGULAR.value, 7
    legend.dx = legend.dy = 6
    legend.columnMaximum, legend.deltax, legend.autoXPadding, legend.strokeWidth = 1, 8, 12, 0
    legend.colorNamePairs = [(INKS[at % len(INKS)], title) for at, (title, _) in enumerate(series)]
    drawing.add(legend)
    return drawing


def _legend_height(series: Sequence[tuple[str, Numbers]]) -> float:
    return 14.0 if len(series) > 1 else 0.0


def _label_room(labels: Sequence[str], width: float) -> float:
    widest = max((width_of(label, Face.REGULAR, _SMALL) for label in labels), default=0) + 8
    return min(widest, width * 0.4)


def _top(series: Sequence[tuple[str, Numbers]]) -> float:
    return max((value for _, values in series for value in values if value is not None), default=0.0)


def _whole(values: Numbers) -> list[float | None]:
    return list(values)


def _grouped(value: float) -> str:
    shown = f"{value:,.0f}" if float(value).is_integer() or abs(value) >= 100 else f"{value:,.1f}".replace(".", ";")
    return shown.replace(",", " ").replace(";", ",")


def _text(
    x: float, y: float, text: str, anchor: str, face: Face = Face.REGULAR, size: float = _SMALL, color: Color = black
) -> String:
    return String(x, y, text, textAnchor=anchor, fontName=face.value, fontSize=size, fillColor=color)
