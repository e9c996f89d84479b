"""Papers of port health on A4: rows, texts, tables, lines for the pen, boxes to tick, signatures; words in, PDF out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Table

from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import (
    GREY,
    RULE,
    Row,
    boxed,
    centred,
    gap,
    grid,
    head,
    headline,
    label_of,
    quiet,
    together,
    value_of,
    words,
)
from bmis.paper.fonts import Face
from bmis.paper.page import A4, Imprint, in_each, press
from bmis.paper.signing import Signature, signatures, tick_line


@dataclass(frozen=True, slots=True)
class Rows:
    """Labels and values in one or two columns, under a title ("" for none)."""

    title: str
    rows: tuple[Row, ...]
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Texts:
    """Paragraphs; ``size`` in points, for what is read aloud or from afar."""

    title: str
    paragraphs: tuple[str, ...]
    size: float = 9.5
    framed: bool = False


@dataclass(frozen=True, slots=True)
class Cells:
    """A table. ``shares`` of the width, one a column; without lines it says so."""

    title: str
    heads: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]
    size: float = 8.6


@dataclass(frozen=True, slots=True)
class Blanks:
    """Lines to fill by pen, ``room`` millimetres high each."""

    title: str
    labels: tuple[str, ...]
    room: float = 8.0


@dataclass(frozen=True, slots=True)
class Ticks:
    """Boxes to tick, each with its words; ``columns`` side by side."""

    title: str
    options: tuple[str, ...]
    columns: int = 2


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signs."""

    signers: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class NextPage:
    """What follows begins on a new page, or (``torn``) below a line to tear along where there is room."""

    torn: bool = False


Part = Rows | Texts | Cells | Blanks | Ticks | Signed | NextPage


@dataclass(frozen=True, slots=True)
class HealthPaper:
    """Words ready to print. ``banner`` is framed in heavy letters above everything; ``title`` names no person."""

    imprint: Imprint
    title: str
    number: str
    parts: tuple[Part, ...]
    banner: str = ""
    below: str = ""
    languages: tuple[str, ...] = ("pt",)


def health_paper(paper: HealthPaper) -> bytes:
    """Return the paper as PDF.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
        ValueError: a table whose lines are not as wide as its heads.
    """
    for part in paper.parts:
        if isinstance(part, Cells) and any(len(line) != len(part.heads) for line in part.lines):
            raise ValueError("a table with uneven lines")
    title = f"{paper.title} {paper.number}".strip()
    return press(lambda width: _story(paper, width), A4, paper.imprint, title, paper.languages)


def _story(paper: HealthPaper, width: float) -> list[Any]:
    story = head(A4, width, paper.imprint, paper.languages)
    story.append(headline(paper.title, width, 15))
    if paper.number:
        story += [gap(2), centred(paper.number, 11, Face.OCRB)]
    if paper.below:
        story += [gap(1), centred(paper.below, 8.5, color=quiet(A4))]
    story.append(gap(6))
    if paper.banner:
        story += [boxed([words(paper.banner, 11, Face.BOLD)], width, 7, 1.6), gap(6)]
    for part in paper.parts:
        story += _part(part, width, paper.languages)
    return story


def _part(part: Part, width: float, languages: Sequence[str]) -> list[Any]:
    if isinstance(part, NextPage):
        return [CondPageBreak(95 * mm), _TearLine(width), gap(6)] if part.torn else [PageBreak()]
    if isinstance(part, Signed):
        return together([gap(2), signatures(part.signers, width), gap(6)], A4)
    title = [words(part.title, 10, Face.BOLD), gap(2)] if part.title else []
    if isinstance(part, Texts):
        lines: list[Any] = []
        for text in part.paragraphs:
            lines += [words(text, part.size), gap(part.size * 0.45)]
        return [*title, *([boxed(lines, width, 7)] if part.framed else lines), gap(4)]
    if isinstance(part, Blanks):
        return together([*title, _blanks(part, width), gap(7)], A4)
    if isinstance(part, Ticks):
        return together([*title, _ticks(part, width), gap(6)], A4)
    table = _rows(part, width, languages) if isinstance(part, Rows) else _cells(part, width, languages)
    if isinstance(part, Rows) and len(part.rows) > 12:  # a table that may go on over the page keeps its title
        return [CondPageBreak(30 * mm), *title, table, gap(7)]
    return [*together([*title, table], A4), gap(7)]


def _rows(part: Rows, width: float, languages: Sequence[str]) -> Table:
    share = width / part.columns
    cells = []
    for first in range(0, len(part.rows), part.columns):
        line: list[Any] = []
        for row in part.rows[first : first + part.columns]:
            line += [label_of(row, 8, quiet(A4)), value_of(row, 9.6, languages, quiet(A4))]
        cells.append(line + [""] * (2 * part.columns - len(line)))
    label = 0.3 if part.columns == 1 else 0.42
    return grid(
        cells,
        [share * label, share * (1 - label)] * part.columns,
        ("RIGHTPADDING", (0, 0), (-1, -1), 6),
        ("TOPPADDING", (0, 0), (-1, -1), 1.6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ("LINEBELOW", (0, 0), (-1, -2), 0.3, RULE),
    )


def _cells(part: Cells, width: float, languages: Sequence[str]) -> Table:
    lines: list[list[Any]] = [[words(text, 7.6, Face.SEMIBOLD, color=quiet(A4)) for text in part.heads]]
    if not part.lines:
        lines.append([words(in_each(languages, lambda: _("None")), part.size, color=quiet(A4))])
        lines[-1] += [""] * (len(part.heads) - 1)
    for line in part.lines:
        lines.append([words(text, part.size) for text in line])
    return grid(
        lines,
        [width * share for share in part.shares],
        ("RIGHTPADDING", (0, 0), (-2, -1), 6),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.4),
        ("LINEBELOW", (0, 0), (-1, -1), 0.3, RULE),
    )


def _blanks(part: Blanks, width: float) -> Table:
    heights = part.room * float(mm)
    share = 0.34 if any(part.labels) else 0
    lines = [[words(label, 8, color=GREY), ""] for label in part.labels]
    return grid(
        lines,
        [width * share, width * (1 - share)],
        ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
        ("LINEBELOW", (1, 0), (1, -1), 0.6, GREY),
        ("TOPPADDING", (0, 0), (-1, -1), heights - 12),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    )


def _ticks(part: Ticks, width: float) -> Table:
    share = width / part.columns
    cells = []
    for first in range(0, len(part.options), part.columns):
        line: list[Any] = [tick_line(text, share - 8, 9.5) for text in part.options[first : first + part.columns]]
        cells.append(line + [""] * (part.columns - len(line)))
    return grid(
        cells, [share] * part.columns, ("TOPPADDING", (0, 0), (-1, -1), 3), ("BOTTOMPADDING", (0, 0), (-1, -1), 3)
    )


class _TearLine(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    def __init__(self, width: float) -> None:
        super().__init__()
        self.width, self.height = width, 6

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setDash(3, 3)
        self.canv.setLineWidth(0.6)
        self.canv.line(-A4.margin, 3, self.width + A4.margin, 3)
