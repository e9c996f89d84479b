"""The slip with the code of the health step, on an 80 mm roll.

It is the same for every traveller: no name, no result, and no end of validity, which would tell the result. A picture
says what to do with it, for who reads no language of it: person, code, officer's window.
"""

from dataclasses import dataclass
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import centred, gap, head, quiet, together
from bmis.paper.fonts import Face
from bmis.paper.page import ROLL_80MM, Imprint, Sheet, in_each, press
from bmis.paper.qr import QrCode

CODE_SIDE = 46 * mm
"""A code of 150 characters has about 50 modules with its quiet zone: 0.9 mm each, which every reader takes."""


@dataclass(frozen=True, slots=True)
class TokenSlip:
    """``qr_text`` is the signed token; ``number`` the desk's own number of the slip, which names nobody."""

    imprint: Imprint
    qr_text: str
    number: str
    languages: tuple[str, ...] = ("pt", "en")


def token_slip(slip: TokenSlip, sheet: Sheet = ROLL_80MM) -> bytes:
    """Return the slip as PDF.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
        QrTooLongError: the token does not fit a code.
    """
    with_title = in_each(slip.languages, lambda: _("Health step"))
    return press(lambda width: _story(slip, sheet, width), sheet, slip.imprint, with_title, slip.languages)


def _story(slip: TokenSlip, sheet: Sheet, width: float) -> list[Any]:
    scale = sheet.scale
    story = head(sheet, width, slip.imprint, slip.languages)
    story += [centred(in_each(slip.languages, lambda: _("Health step")), 13 * scale, Face.BOLD), gap(3 * scale)]
    story += [_Middle(StepPictogram(34 * mm, 13 * mm), width), gap(2 * scale)]
    code = [_Middle(QrCode(slip.qr_text, CODE_SIDE), width), gap(2 * scale)]
    code += [
        centred(in_each(slip.languages, lambda: _("Show this code at the border desk."), " "), 9.5 * scale),
        centred(slip.number, 9 * scale, Face.OCRB),
        centred(
            in_each(slip.languages, lambda: _("This paper is no permission to enter or to leave."), " "),
            7.6 * scale,
            color=quiet(sheet),
        ),
    ]
    return story + together(code, sheet)


class _Middle(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """Something in the middle of the column."""

    def __init__(self, inside: Any, width: float) -> None:
        super().__init__()
        self._inside = inside
        self.width, self.height = width, inside.height

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return its size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw what is inside."""
        self._inside.canv = self.canv
        self.canv.translate((self.width - self._inside.width) / 2, 0)
        self._inside.draw()


class StepPictogram(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """A person with a cross, an arrow, a window with somebody in it: from health to the border desk. Black only."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__()
        self.width, self.height = width, height

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return its size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw it with lines and discs, as a printer that prints by heat likes it."""
        canvas, unit = self.canv, self.height / 10
        canvas.setFillGray(0)
        canvas.setStrokeGray(0)
        canvas.setLineWidth(unit * 0.5)
        self._cross(2.4 * unit, 5 * unit, unit)
        self._person(7.4 * unit, unit, 1.0)
        middle = 5 * unit
        canvas.line(11.2 * unit, middle, 16 * unit, middle)
        canvas.line(14.4 * unit, middle + 1.5 * unit, 16 * unit, middle)
        canvas.line(14.4 * unit, middle - 1.5 * unit, 16 * unit, middle)
        canvas.rect(17.6 * unit, 0.4 * unit, 8 * unit, 9.2 * unit, stroke=1, fill=0)
        canvas.rect(17 * unit, 2.6 * unit, 9.2 * unit, 0.7 * unit, stroke=0, fill=1)
        self._person(21.6 * unit, unit, 0.62, foot=3.3 * unit)

    def _person(self, middle: float, unit: float, size: float, foot: float = 0.0) -> None:
        canvas, step = self.canv, unit * size
        canvas.circle(middle, foot + 8.2 * step, 1.6 * step, stroke=0, fill=1)
        canvas.roundRect(middle - 2.2 * step, foot, 4.4 * step, 6 * step, 1.6 * step, stroke=0, fill=1)

    def _cross(self, x: float, y: float, unit: float) -> None:
        self.canv.rect(x - 0.7 * unit, y - 2 * unit, 1.4 * unit, 4 * unit, stroke=0, fill=1)
        self.canv.rect(x - 2 * unit, y - 0.7 * unit, 4 * unit, 1.4 * unit, stroke=0, fill=1)
