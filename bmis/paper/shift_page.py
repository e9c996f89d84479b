"""The page that is signed when a shift ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Table

from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import RULE, Row, boxed, gap, grid, head, headline, quiet, row_table, together, words
from bmis.paper.fonts import Face
from bmis.paper.page import A4, Imprint, in_each, press
from bmis.paper.qr import QrCode
from bmis.paper.signing import Signature, signatures


@dataclass(frozen=True, slots=True)
class ShiftCount:
    """A number and what it counts; None: nobody counted, which is not zero."""

    label: str
    count: int | None


@dataclass(frozen=True, slots=True)
class ShiftSection:
    """A heading and its lines. () is "none", said; None is "not checked". ``mandatory``: framed, not to be missed."""

    title: str
    lines: tuple[str, ...] | None
    mandatory: bool = False


@dataclass(frozen=True, slots=True)
class ShiftPage:
    """Words ready to print. Sections come in the caller's order; lines name numbers, not travellers."""

    imprint: Imprint
    title: str
    number: str
    facts: tuple[Row, ...]
    counts: tuple[ShiftCount, ...]
    sections: tuple[ShiftSection, ...]
    checkpoint: str
    checkpoint_qr: str
    signers: tuple[Signature, ...]
    languages: tuple[str, ...] = ("pt",)


def shift_page(page: ShiftPage) -> bytes:
    """Return the page as PDF (A4; a shift with very long lists goes on over a second one).

    Raises:
        PaperFontError: a bundled font is missing or damaged.
        QrTooLongError: the checkpoint does not fit a code.
    """
    return press(lambda width: _story(page, width), A4, page.imprint, f"{page.title} {page.number}", page.languages)


def _story(page: ShiftPage, width: float) -> list[Any]:
    story = head(A4, width, page.imprint, page.languages)
    story += [headline(page.title, width, 15), gap(6)]
    half = width / 2 - 8
    facts = row_table(A4, half, page.facts, page.languages, 0.38)
    story += [grid([[facts, _counts(page, half)]], [width / 2 + 8, half]), gap(9)]
    story += _sections(page, width)
    story += [gap(6), _checkpoint(page, width)]
    story += together([gap(6), signatures(page.signers, width)], A4) if page.signers else []
    return story


def _counts(page: ShiftPage, width: float) -> Table:
    unknown = in_each(page.languages, lambda: _("not counted"))
    cells = [
        [
            words(count.label, 8.5),
            words(unknown, 9) if count.count is None else words(str(count.count), 10, Face.SEMIBOLD),
        ]
        for count in page.counts
    ]
    if not cells:
        cells = [[words(unknown, 8.5), words("", 8.5)]]
    return grid(
        cells,
        [width * 0.7, width * 0.3],
        ("TOPPADDING", (0, 0), (-1, -1), 1.6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.2),
        ("LINEBELOW", (0, 0), (-1, -2), 0.3, RULE),
    )


def _sections(page: ShiftPage, width: float) -> list[Any]:
    flowables: list[Any] = []
    for section in page.sections:
        if section.mandatory and section.lines:
            flowables += [boxed(_section(section, page.languages, width - 16), width, 8, 1.4), gap(6)]
        else:
            flowables += [*_section(section, page.languages, width), gap(6)]
    return flowables


def _section(section: ShiftSection, languages: Sequence[str], width: float) -> list[Any]:
    title = words(section.title, 9.5, Face.BOLD)
    if section.lines is None:
        return [title, words(in_each(languages, lambda: _("Not checked")), 8.5)]
    if not section.lines:
        return [title, words(in_each(languages, lambda: _("None")), 8.5, color=quiet(A4))]
    longest = max(len(line) for line in section.lines)
    columns = 1 if longest > 44 else 2 if longest > 20 else 4
    rows = -(-len(section.lines) // columns)
    lines = [words(f"• {line}", 8.5) for line in section.lines]
    lines += [words("", 8.5)] * (rows * columns - len(lines))
    cells = [[lines[row + column * rows] for column in range(columns)] for row in range(rows)]
    return [title, gap(1), grid(cells, [width / columns] * columns, ("RIGHTPADDING", (0, 0), (-1, -1), 6))]


def _checkpoint(page: ShiftPage, width: float) -> Table:
    side = 23 * mm
    told = [
        words(in_each(page.languages, lambda: _("Audit checkpoint")), 9.5, Face.BOLD),
        words(page.checkpoint, 8.5, Face.OCRB),
        gap(2),
        words(
            in_each(page.languages, lambda: _("Keep this page: it shows if a record of the shift is changed later.")),
            7.6,
            color=quiet(A4),
        ),
    ]
    inner = grid(
        [[told, QrCode(page.checkpoint_qr, side)]], [width - 16 - side, side], ("VALIGN", (0, 0), (-1, -1), "MIDDLE")
    )
    return boxed([inner], width, 8, 0.6)
