"""A report of scores by block, of gaps, and of every answer, on A4: frozen words in, PDF out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.platypus import Table

from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import RULE, Row, boxed, gap, grid, head, headline, quiet, row_table, rule, together, words
from bmis.paper.fonts import Face
from bmis.paper.page import A4, Imprint, in_each, press
from bmis.paper.signing import Signature, signatures


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table under its title. ``shares`` of the width, one a column; ``note`` stands under it; no rows: said so.

    ``strong`` is the column set in heavier letters. A line of one cell is a heading across the table.
    """

    title: str
    heads: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]
    note: str = ""
    strong: int = 0


@dataclass(frozen=True, slots=True)
class AssessmentPage:
    """Words ready to print; ``warning`` is framed above everything else."""

    imprint: Imprint
    title: str
    warning: str
    facts: tuple[Row, ...]
    parts: tuple[TablePart, ...]
    signers: tuple[Signature, ...] = ()
    languages: tuple[str, ...] = ("pt",)


def assessment_page(page: AssessmentPage) -> bytes:
    """Return the report as PDF, as many A4 pages as it takes.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
        ValueError: a table whose lines are not as wide as its heads.
    """
    for part in page.parts:
        if len(part.shares) != len(part.heads) or any(len(line) not in {1, len(part.heads)} for line in part.lines):
            raise ValueError("a table with uneven lines")
    return press(lambda width: _story(page, width), A4, page.imprint, page.title, page.languages)


def _story(page: AssessmentPage, width: float) -> list[Any]:
    story = head(A4, width, page.imprint, page.languages)
    story += [headline(page.title, width, 15), gap(6)]
    story += [boxed([words(page.warning, 9, Face.SEMIBOLD)], width, 7, 1.2), gap(6)]
    story += [row_table(A4, width, page.facts, page.languages, 0.3), gap(8)]
    for part in page.parts:
        story += _part(part, width, page.languages)
    if page.signers:
        story += together([gap(4), signatures(page.signers, width)], A4)
    return story


def _part(part: TablePart, width: float, languages: Sequence[str]) -> list[Any]:
    title = [words(part.title, 11, Face.BOLD), gap(2)]
    note = [words(part.note, 7.6, color=quiet(A4)), gap(2)] if part.note else []
    if not part.lines:
        none = words(in_each(languages, lambda: _("None")), 8.5, color=quiet(A4))
        return [*together([*title, *note, none], A4), gap(9)]
    return [*together([*title, rule(0.6), _table(part, width, part.lines[:1])], A4), *_rest(part, width), *note, gap(9)]


def _rest(part: TablePart, width: float) -> list[Any]:
    return [_table(part, width, part.lines[1:], heads=False)] if part.lines[1:] else []


def _table(part: TablePart, width: float, lines: Sequence[tuple[str, ...]], *, heads: bool = True) -> Table:
    cells = [[words(text, 7.6, Face.SEMIBOLD, color=quiet(A4)) for text in part.heads]] if heads else []
    spans: list[tuple[Any, ...]] = []
    for line in lines:
        if len(line) == 1:
            spans.append(("SPAN", (0, len(cells)), (-1, len(cells))))
            cells.append([words(line[0], 8.6, Face.BOLD), *[words("", 8)] * (len(part.heads) - 1)])
        else:
            faces = [Face.SEMIBOLD if at == part.strong else Face.REGULAR for at in range(len(line))]
            cells.append([words(text, 8.2, face) for text, face in zip(line, faces, strict=True)])
    return grid(
        cells,
        [width * share for share in part.shares],
        ("RIGHTPADDING", (0, 0), (-2, -1), 6),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.6),
        ("LINEBELOW", (0, 0), (-1, -1), 0.3, RULE),
        *spans,
    )
