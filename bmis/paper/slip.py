"""The slip that the traveller takes along, on A6 or an 80 mm roll."""

from dataclasses import dataclass
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Table

from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import Row, boxed, centred, gap, grid, head, headline, quiet, row_table, together, words
from bmis.paper.fonts import Face
from bmis.paper.page import A6, Imprint, Sheet, in_each, press
from bmis.paper.qr import QrCode


@dataclass(frozen=True, slots=True)
class CrossingSlip:
    """Words ready to print. ``stay`` None: not calculated, which is said; ``stay_applies`` False: no stay line.

    ``languages`` are those of the slip's own few words; labels and values come ready from the caller.
    """

    imprint: Imprint
    title: str
    decision: str
    number: str
    rows: tuple[Row, ...]
    qr_text: str
    decision_also: str = ""
    stay: str | None = None
    stay_applies: bool = True
    advice: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("pt",)


def crossing_slip(slip: CrossingSlip, sheet: Sheet = A6) -> bytes:
    """Return the slip as PDF.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
        QrTooLongError: ``qr_text`` does not fit a code.
    """
    return press(
        lambda width: _story(slip, sheet, width), sheet, slip.imprint, f"{slip.title} {slip.number}", slip.languages
    )


def _story(slip: CrossingSlip, sheet: Sheet, width: float) -> list[Any]:
    scale = sheet.scale
    size = 8.4 * scale
    story = head(sheet, width, slip.imprint, slip.languages)
    story += [centred(slip.title, 10.5 * scale, Face.SEMIBOLD), gap(4 * scale)]
    decision = [headline(slip.decision, width - 12 * scale, 19 * scale)]
    if slip.decision_also:
        decision.append(centred(slip.decision_also, 10 * scale))
    story += [boxed(decision, width, 6 * scale, 1.6), gap(4 * scale)]
    if slip.rows:
        story += [row_table(sheet, width, slip.rows, slip.languages, 0.42), gap(4 * scale)]
    if slip.stay_applies:
        story += [_stay(slip, sheet, width), gap(4 * scale)]
    story += [grid([[words("•", size), words(line, size)]], [size, width - size]) for line in slip.advice]
    story += together([gap(2 * scale), _code(slip, sheet, width)], sheet)
    return story


def _stay(slip: CrossingSlip, sheet: Sheet, width: float) -> Table:
    scale = sheet.scale
    label = in_each(slip.languages, lambda: _("Permitted stay"))
    if slip.stay is None:
        told = words(in_each(slip.languages, lambda: _("not calculated")), 10 * scale)
    else:
        told = words(slip.stay, 11.5 * scale, Face.BOLD)
    return boxed([words(label, 8 * scale, color=quiet(sheet)), told], width, 5 * scale, 0.6)


def _code(slip: CrossingSlip, sheet: Sheet, width: float) -> Table:
    scale = sheet.scale
    side = 24 * mm
    told = [
        words(in_each(slip.languages, lambda: _("Crossing number")), 8 * scale, color=quiet(sheet)),
        words(slip.number, 11.5 * scale, Face.OCRB),
        gap(4 * scale),
        words(
            in_each(slip.languages, lambda: _("Keep this slip with your document until you leave."), " "),
            7.6 * scale,
            color=quiet(sheet),
        ),
    ]
    return grid(
        [[told, QrCode(slip.qr_text, side)]],
        [width - side - 4, side + 4],
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("ALIGN", (1, 0), (1, 0), "RIGHT"),
    )
