"""The slip that goes with a pass, told in pictures for who reads little: what to do, and what never to pay.

Black only, on an 80 mm roll; each picture has its words in both languages beside it, for whoever reads them aloud.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import centred, gap, grid, head, rule, words
from bmis.paper.fonts import Face
from bmis.paper.page import ROLL_80MM, Imprint, Sheet, in_each, press
from bmis.paper.pass_paper import LANGUAGES

_SIDE = 20 * mm


@dataclass(frozen=True, slots=True)
class PassSlip:
    """What the slip says in words. ``complaint`` is whom to tell when something goes wrong.

    ``fee_is_zero``: nothing is to be paid for the pass nor at the crossing; otherwise ``fee`` once, with a receipt.
    """

    imprint: Imprint
    serial: str
    valid_to: str
    max_stay_days: int
    posts: tuple[str, ...]
    fee: str
    fee_is_zero: bool
    complaint: str


def pass_slip(slip: PassSlip, sheet: Sheet = ROLL_80MM) -> bytes:
    """Return the slip as PDF.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
    """
    title = f"{in_each(LANGUAGES, lambda: _('How to use the pass'))} {slip.serial}"
    return press(lambda width: _story(slip, sheet, width), sheet, slip.imprint, title, LANGUAGES)


def _story(slip: PassSlip, sheet: Sheet, width: float) -> list[Any]:
    story = head(sheet, width, slip.imprint, LANGUAGES)
    story += [centred(in_each(LANGUAGES, lambda: _("How to use the pass")), 11, Face.BOLD), gap(2)]
    story += [centred(slip.serial, 12, Face.OCRB), gap(5)]
    told: tuple[tuple[Callable[[Any, float], None], Callable[[], str]], ...] = (
        (_show, lambda: _("Show the card and its code at every crossing, both ways.")),
        (_calendar(slip.max_stay_days), lambda: _("Come back within {days} days.").format(days=slip.max_stay_days)),
        (_no_money, lambda: _fee(slip)),
        (_alone, lambda: _("The card is yours alone: never lend it.")),
        (_lost, lambda: _("Lost or stolen? Tell the post at once.")),
    )
    for picture, say in told:
        lines = [words(in_each((language,), say), 8.6 if language == "pt" else 7.4) for language in LANGUAGES]
        story.append(
            grid(
                [[_Picture(picture), lines]],
                [_SIDE + 6, width - _SIDE - 6],
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
            )
        )
    story += [rule(), gap(3)]
    posts = ", ".join(slip.posts) or in_each(LANGUAGES, lambda: _("those of the scheme"))
    for label, value in (
        (lambda: _("Valid until"), slip.valid_to),
        (lambda: _("Posts"), posts),
        (lambda: _("To complain"), slip.complaint),
    ):
        story += [words(in_each(LANGUAGES, label), 7), words(value, 8.6, Face.SEMIBOLD), gap(2)]
    return story


def _fee(slip: PassSlip) -> str:
    if slip.fee_is_zero:
        return _("You pay nothing, here or at the crossing.")
    return _("You pay {fee} once, and get a receipt. Nothing at the crossing.").format(fee=slip.fee)


class _Picture(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """One drawing of 100 by 100 units."""

    def __init__(self, draw: Callable[[Any, float], None]) -> None:
        super().__init__()
        self._draw = draw
        self.width = self.height = _SIDE

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return its size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw it in black."""
        canvas = self.canv
        canvas.saveState()
        canvas.setFillGray(0)
        canvas.setStrokeGray(0)
        canvas.scale(_SIDE / 100, _SIDE / 100)
        canvas.setLineWidth(4)
        canvas.setLineCap(1)
        self._draw(canvas, 100)
        canvas.restoreState()


def _person(canvas: Any, x: float, y: float, size: float) -> None:
    canvas.circle(x, y + 0.82 * size, 0.17 * size, stroke=0, fill=1)
    canvas.roundRect(x - 0.24 * size, y, 0.48 * size, 0.6 * size, 0.16 * size, stroke=0, fill=1)


def _card(canvas: Any, x: float, y: float, size: float) -> None:
    """A card: a face and the cells of a code."""
    canvas.roundRect(x, y, size, 0.64 * size, 0.06 * size, stroke=1, fill=0)
    _person(canvas, x + 0.26 * size, y + 0.12 * size, 0.4 * size)
    cell = 0.08 * size
    for row, cells in enumerate(("1101", "1010", "0111", "1011")):
        for column, dark in enumerate(cells):
            if dark == "1":
                canvas.rect(x + 0.52 * size + column * cell, y + 0.16 * size + row * cell, cell, cell, stroke=0, fill=1)


def _arrow(canvas: Any, x: float, y: float, length: float) -> None:
    tip = x + length
    back = -8 if length > 0 else 8
    canvas.line(x, y, tip, y)
    canvas.line(tip + back, y + 8, tip, y)
    canvas.line(tip + back, y - 8, tip, y)


def _struck(canvas: Any, side: float) -> None:
    canvas.setLineWidth(6)
    canvas.line(8, 8, side - 8, side - 8)
    canvas.line(8, side - 8, side - 8, 8)


def _show(canvas: Any, _side: float) -> None:
    """A person, a card, and arrows both ways."""
    _person(canvas, 18, 34, 56)
    _card(canvas, 42, 42, 54)
    _arrow(canvas, 20, 20, 60)
    _arrow(canvas, 80, 6, -60)


def _calendar(days: int) -> Callable[[Any, float], None]:
    def draw(canvas: Any, _side: float) -> None:
        canvas.roundRect(14, 10, 72, 74, 6, stroke=1, fill=0)
        canvas.rect(14, 66, 72, 18, stroke=0, fill=1)
        for x in (32, 68):
            canvas.line(x, 80, x, 94)
        canvas.setFont(Face.BOLD.value, 40 if days < 100 else 28)
        canvas.drawCentredString(50, 24, str(days))

    return draw


def _no_money(canvas: Any, side: float) -> None:
    """Coins and a note, struck out: no money changes hands at the crossing."""
    canvas.rect(12, 46, 76, 36, stroke=1, fill=0)
    canvas.circle(50, 64, 11, stroke=1, fill=0)
    for x in (28, 50, 72):
        canvas.circle(x, 24, 10, stroke=1, fill=0)
    _struck(canvas, side)


def _alone(canvas: Any, side: float) -> None:
    """A card that goes from one person to another, struck out."""
    _person(canvas, 18, 26, 52)
    _person(canvas, 82, 26, 52)
    _card(canvas, 36, 44, 28)
    _arrow(canvas, 36, 34, 28)
    _struck(canvas, side)


def _lost(canvas: Any, _side: float) -> None:
    """A card with a question, and the window of the post."""
    _card(canvas, 4, 56, 46)
    canvas.setFont(Face.BOLD.value, 34)
    canvas.drawString(12, 14, "?")
    _arrow(canvas, 38, 26, 16)
    canvas.rect(60, 8, 36, 62, stroke=1, fill=0)
    canvas.rect(57, 26, 42, 5, stroke=0, fill=1)
    _person(canvas, 78, 32, 34)
