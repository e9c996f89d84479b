"""Cards of the health step, ten on a sheet of A4 to cut, behind a page that stays with health.

A card is the same for every result: code, number and letters, and the day on which it counts. Only the first page says
what the heap is for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import PageBreak, Table, TableStyle

from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import Row, boxed, centred, gap, grid, head, headline, row_table, words
from bmis.paper.fonts import Face
from bmis.paper.page import A4, Imprint, Sheet, in_each, press
from bmis.paper.qr import QrCode
from bmis.paper.token_slip import StepPictogram

ACROSS, DOWN = 2, 5
CODE_SIDE = 40 * mm  # 0.7 mm a module
_HEIGHT = 45 * mm
_SHEET = Sheet(A4.width, A4.height, margin=10 * mm)


@dataclass(frozen=True, slots=True)
class StepCard:
    """``qr_text`` is the signed token; ``letters`` are typed with the number where the code cannot be scanned."""

    number: int
    letters: str
    qr_text: str


@dataclass(frozen=True, slots=True)
class CardSheet:
    """Words ready to print. ``heap`` and ``rows`` stand on the first page alone; ``day`` is on every card."""

    imprint: Imprint
    day: date
    heap: str
    rows: tuple[Row, ...]
    cards: tuple[StepCard, ...]
    languages: tuple[str, ...] = ("pt", "en")


def card_sheet(sheet: CardSheet) -> bytes:
    """Return the cover and the cards as PDF.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
        QrTooLongError: a token does not fit a code.
    """
    title = in_each(sheet.languages, lambda: _("Cards of the health step"))
    return press(lambda width: _story(sheet, width), _SHEET, sheet.imprint, title, sheet.languages)


def _story(sheet: CardSheet, width: float) -> list[Any]:
    story = head(_SHEET, width, sheet.imprint, sheet.languages)
    story += [headline(in_each(sheet.languages, lambda: _("Cards of the health step")), width, 15), gap(10)]
    keep = in_each(sheet.languages, lambda: _("This page stays with port health"))
    story += [boxed([centred(keep, 11, Face.BOLD), gap(4), headline(sheet.heap, width - 20, 17)], width, 8, 1.6)]
    story += [gap(8), row_table(_SHEET, width, sheet.rows, sheet.languages, 0.4), gap(8)]
    story += [
        words(line, 10)
        for line in (
            in_each(
                sheet.languages,
                lambda: _(
                    "Cut the cards apart and keep each heap with its own page. A card tells its result to nobody."
                ),
            ),
            in_each(
                sheet.languages,
                lambda: _("Destroy at the end of the day what was not handed out, and write down how many."),
            ),
        )
    ]
    cells = [_card(sheet, card, width / ACROSS) for card in sheet.cards]
    a_page = ACROSS * DOWN
    for first in range(0, len(cells), a_page):
        story += [PageBreak(), _page(cells[first : first + a_page], width)]
    return story


def _page(cells: Sequence[Any], width: float) -> Table:
    rows = [
        [*cells[at : at + ACROSS], *[""] * (ACROSS - len(cells[at : at + ACROSS]))] for at in range(0, len(cells), 2)
    ]
    return Table(
        rows,
        [width / ACROSS] * ACROSS,
        [_HEIGHT] * len(rows),
        style=TableStyle(
            [
                ("FONTNAME", (0, 0), (-1, -1), Face.REGULAR.value),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("LEFTPADDING", (0, 0), (-1, -1), 3),
                ("RIGHTPADDING", (0, 0), (-1, -1), 3),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
                ("GRID", (0, 0), (-1, -1), 0.4, (0.5, 0.5, 0.5), None, (2, 2)),  # where to cut
            ]
        ),
    )


def _card(sheet: CardSheet, card: StepCard, width: float) -> Table:
    beside = width - CODE_SIDE - 8
    told: list[Any] = [StepPictogram(26 * mm, 10 * mm), gap(2)]
    if sheet.imprint.training:
        told.append(words(in_each(sheet.languages, lambda: _("TRAINING — NOT VALID")), 6.4, Face.BOLD))
    told += [
        words(in_each(sheet.languages, lambda: _("Health step")), 8.5, Face.SEMIBOLD),
        words(f"{card.number} {card.letters}", 13, Face.OCRB),
        words(f"{sheet.day:%d/%m/%Y} · {sheet.imprint.post}", 6.6),
        gap(2),
        words(in_each(sheet.languages, lambda: _("Show this code at the border desk."), " "), 6.6),
        words(in_each(sheet.languages, lambda: _("This paper is no permission to enter or to leave."), " "), 5.8),
    ]
    return grid(
        [[QrCode(card.qr_text, CODE_SIDE), told]], [CODE_SIDE + 4, beside], ("VALIGN", (0, 0), (-1, -1), "MIDDLE")
    )
