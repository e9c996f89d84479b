"""A report on A4: facts, text, tables and charts; frozen words in, PDF out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Spacer, Table

from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import RULE, Row, boxed, gap, grid, head, headline, quiet, row_table, rule, together, words
from bmis.paper.charts import ChartDrawing
from bmis.paper.fonts import Face, width_of
from bmis.paper.page import A4, Imprint, in_each, press
from bmis.paper.qr import QrCode
from bmis.paper.signing import Signature, signatures
from bmis.paper.tagging import Tag, TaggedParagraph

_LETTERS = 8.2
_ROWS_TOGETHER = 4  # a heading never stands alone at the foot of a page
_ROWS_AT_THE_END = 3
_PAGE = 600.0  # points: what may be asked to stand together, less than a page


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table of written values, ``lines`` and ``total`` as wide as ``heads``."""

    title: str
    heads: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None
    to_the_right: tuple[bool, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChartPart:
    """Numbers to draw; None is a gap. ``kind``: bars, columns, lines, pyramid or heat; ``alt``: what it shows."""

    title: str
    kind: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    alt: str


@dataclass(frozen=True, slots=True)
class CodePart:
    """Text to compare, printed and as QR code."""

    title: str
    text: str
    caption: str


Part = ReportTable | ChartPart | CodePart | tuple[str, bool]
"""A table, a chart, a code, or a paragraph with whether it is framed."""


@dataclass(frozen=True, slots=True)
class ReportPart:
    """Parts under a heading."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Words and numbers ready to print; caveats are framed under the facts."""

    imprint: Imprint
    title: str
    period: str
    facts: tuple[tuple[str, str], ...]
    caveats: tuple[str, ...]
    parts: tuple[ReportPart, ...]
    languages: tuple[str, ...] = ("pt",)
    signers: tuple[Signature, ...] = ()


def report_page(page: ReportPage) -> bytes:
    """Return the report as PDF, as many A4 pages as it takes.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
    """
    return press(lambda width: _story(page, width), A4, page.imprint, page.title, page.languages, tags=True)


def _story(page: ReportPage, width: float) -> list[Any]:
    story = head(A4, width, page.imprint, page.languages)
    story += [_heading(1, headline(page.title, width, 15)), gap(2), words(page.period, 10.5, Face.SEMIBOLD), gap(6)]
    if page.facts:
        story += [row_table(A4, width, [Row(*fact) for fact in page.facts], page.languages, 0.3), gap(6)]
    if page.caveats:
        story += [boxed([words(one, 8.4) for one in page.caveats], width, 7, 0.6), gap(8)]
    last: list[Any] = []
    for part in page.parts:
        title = [_heading(2, words(part.title, 12, Face.BOLD)), gap(3)] if part.title else []
        for at, one in enumerate(part.parts or (("", False),)):
            story += last
            last = _part(one, width, page.languages, [] if at else title)
    if page.signers:
        return story + _signed(last, signatures(page.signers, width), width)
    story += last
    while isinstance(story[-1], Spacer):  # room after the last part would begin an empty page
        story.pop()
    return story


def _signed(last: list[Any], lines: Table, width: float) -> list[Any]:
    """Return the last part with the lines to sign on: nobody signs a page that says nothing else."""
    if last and isinstance(last[0], CondPageBreak):  # a table: a long one goes on over pages
        if sum(one.wrap(width, _PAGE)[1] for one in (*last[1:], lines)) > _PAGE:
            return [*last, *together([gap(6), lines], A4)]
        last = last[1:]
    return together([*last, gap(6), lines], A4)


def _heading(level: int, paragraph: TaggedParagraph) -> TaggedParagraph:
    paragraph.tag = Tag(f"H{level}")
    return paragraph


def _part(part: Part, width: float, languages: Sequence[str], above: list[Any]) -> list[Any]:
    if isinstance(part, ReportTable):
        return _table(part, width, languages, above)
    if isinstance(part, ChartPart):
        drawing = ChartDrawing(part.kind, part.labels, part.series, width, part.alt)
        title = _heading(3, words(part.title, 9, Face.SEMIBOLD))
        return [*together([*above, title, gap(2), drawing], A4), gap(8)]
    if isinstance(part, CodePart):
        return [*together([*above, _code(part, width)], A4), gap(8)]
    text, framed = part
    paragraph = words(text, 9)
    return [*together([*above, boxed([paragraph], width, 7, 1.0) if framed else paragraph], A4), gap(6)]


def _code(part: CodePart, width: float) -> Table:
    side = 23 * mm
    told = [
        words(part.title, 9.5, Face.BOLD),
        words(part.text, 8.5, Face.OCRB),
        gap(2),
        words(part.caption, 7.6, color=quiet(A4)),
    ]
    inner = grid([[told, QrCode(part.text, side)]], [width - 16 - side, side], ("VALIGN", (0, 0), (-1, -1), "MIDDLE"))
    return boxed([inner], width, 8, 0.6)


def _table(part: ReportTable, width: float, languages: Sequence[str], above: list[Any]) -> list[Any]:
    title = [*above, _heading(3, words(part.title, 9.6, Face.SEMIBOLD)), gap(1)]
    note = [gap(1), words(part.note, 7.4, color=quiet(A4))] if part.note else []
    if not part.lines:
        none = words(in_each(languages, lambda: _("None")), 8.5, color=quiet(A4))
        return [*together([*title, none, *note], A4), gap(8)]
    widths = _widths(part, width)
    begin = _grid(part, part.lines[:_ROWS_TOGETHER], widths, total=len(part.lines) <= _ROWS_TOGETHER)
    whole = _grid(part, part.lines, widths, total=True)
    need = sum(one.wrap(width, _PAGE)[1] for one in (*title, rule(0.6), begin))
    return [CondPageBreak(min(need, _PAGE)), *title, rule(0.6), whole, *note, gap(9)]


def _widths(part: ReportTable, width: float) -> list[float]:
    """Return the columns' widths: what each needs, the widest giving way first, the room shared where there is some."""
    rows = [*part.lines, *([part.total] if part.total else [])]
    needs = []
    for at, title in enumerate(part.heads):
        longest = max(title.split() or [""], key=len)
        body = max((width_of(row[at], Face.SEMIBOLD, _LETTERS) for row in rows), default=0.0)
        needs.append(max(body, width_of(longest, Face.SEMIBOLD, 7.6), 24.0) + 9)
    over = sum(needs) - width
    while over > 0.5:
        widest = max(needs)
        next_widest = max((one for one in needs if one < widest - 0.01), default=widest * 0.8)
        takers = [at for at, one in enumerate(needs) if one > widest - 0.01]
        step = min(over / len(takers), widest - next_widest)
        for at in takers:
            needs[at] -= step
        over = sum(needs) - width
    needs[0] += max(0.0, width - sum(needs)) * 0.5
    spare = (width - sum(needs)) / len(needs)
    return [one + max(spare, 0.0) for one in needs]


def _grid(part: ReportTable, lines: Sequence[tuple[str, ...]], widths: Sequence[float], *, total: bool) -> Table:
    """Return the rows under their heads, which are said again on every page that the rows reach."""
    table = Tag("Table")

    def row(texts: Sequence[str], size: float, face: Face, role: str = "TD") -> list[Any]:
        line = Tag("TR", table)
        return [_cell(text, at, part, size, face, Tag(role, line, once=role == "TH")) for at, text in enumerate(texts)]

    cells: list[list[Any]] = [row(part.heads, 7.6, Face.SEMIBOLD, "TH")]
    styles: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, 0), "BOTTOM")]
    cells += [row(line, _LETTERS, Face.REGULAR) for line in lines]
    if total and part.total is not None:
        styles.append(("LINEABOVE", (0, len(cells)), (-1, len(cells)), 0.8, RULE))
        cells.append(row(part.total, _LETTERS, Face.BOLD))
    if len(cells) > 2 * _ROWS_AT_THE_END:  # no row, and no total, goes over to the next page alone
        styles.append(("NOSPLIT", (0, len(cells) - _ROWS_AT_THE_END), (-1, len(cells) - 1)))
    made = grid(
        cells,
        widths,
        ("RIGHTPADDING", (0, 0), (-2, -1), 8),
        ("TOPPADDING", (0, 0), (-1, -1), 1.8),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.4),
        ("LINEBELOW", (0, 0), (-1, -1), 0.3, RULE),
        *styles,
    )
    made.repeatRows = 1
    tallest = max(cell.wrap(width - 8, _PAGE)[1] for row in cells for cell, width in zip(row, widths, strict=True))
    made.splitInRow = int(tallest > _PAGE / 2)  # a row that fits a page stays whole
    return made


def _cell(text: str, at: int, part: ReportTable, size: float, face: Face, tag: Tag) -> TaggedParagraph:
    paragraph: TaggedParagraph = words(text, size, face)
    paragraph.tag = tag
    if part.to_the_right[at]:
        paragraph.style.alignment = TA_RIGHT
    return paragraph
