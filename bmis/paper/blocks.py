"""Pieces that the papers share: words in a style, the head, rows of label and value, boxes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import Color, black, white
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, HRFlowable, KeepTogether, Paragraph, Spacer, Table, TableStyle

from bmis.kernel.i18n import translate as _
from bmis.paper.fonts import Face, width_of
from bmis.paper.page import REPUBLIC, Imprint, Sheet, in_each
from bmis.paper.tagging import TaggedParagraph
from bmis.paper.text import markup, plain

GREY = Color(0.32, 0.32, 0.32)
RULE = Color(0.7, 0.7, 0.7)
_LEADING = 1.26


@dataclass(frozen=True, slots=True)
class Row:
    """A label and its value; ``also`` is the label in a second language. ``value`` None: not stated."""

    label: str
    value: str | None
    also: str = ""
    is_code: bool = False  # set in OCR-B: numbers and machine-readable lines


def words(
    text: str,
    size: float,
    face: Face = Face.REGULAR,
    *,
    align: int = TA_LEFT,
    color: Color = black,
) -> Paragraph:
    """Return ``text``, untrusted, as a paragraph that wraps, long words included."""
    return TaggedParagraph(markup(text, face), _style(size, face, align, color))


def centred(text: str, size: float, face: Face = Face.REGULAR, color: Color = black) -> Paragraph:
    """Return the words in the middle."""
    return words(text, size, face, align=TA_CENTER, color=color)


def headline(text: str, width: float, size: float) -> Paragraph:
    """Return the words in the middle, bold, in letters small enough for one line (two thirds of ``size`` at least)."""
    natural = width_of(plain(text, Face.BOLD), Face.BOLD, size)
    return centred(text, max(size * 2 / 3, min(size, size * width * 0.97 / max(natural, 1))), Face.BOLD)


def to_the_right(text: str, size: float, face: Face = Face.REGULAR, color: Color = black) -> Paragraph:
    """Return the words at the right edge."""
    return words(text, size, face, align=TA_RIGHT, color=color)


def _style(size: float, face: Face, align: int, color: Color) -> ParagraphStyle:
    return ParagraphStyle(
        f"{face.value}-{size}-{align}",
        fontName=face.value,
        fontSize=size,
        leading=size * _LEADING,
        alignment=align,
        textColor=color,
        splitLongWords=1,
    )


def gap(points: float) -> Spacer:
    """Return empty height."""
    return Spacer(1, points)


def quiet(sheet: Sheet) -> Color:
    """Return the colour of lesser words: grey, but black on a thermal roll, which has no greys."""
    return black if sheet.is_roll else GREY


class TrainingBand(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """A striped band that says the paper is worth nothing; readable where the grey watermark is not."""

    def __init__(self, width: float, text: str, size: float) -> None:
        super().__init__()
        self.width, self.height = width, size * 2.2
        self._text, self._size = text, min(size, size * width * 0.84 / width_of(text, Face.BOLD, size))

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return its size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw stripes, and the words on white between them."""
        canvas, height = self.canv, self.height
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(0, 0, self.width, height)
        canvas.clipPath(clip, stroke=0, fill=0)
        canvas.setStrokeGray(0)
        canvas.setLineWidth(height * 0.22)
        x = -height
        while x < self.width + height:
            canvas.line(x, -2, x + height + 4, height + 2)
            x += height * 0.7
        room = canvas.stringWidth(self._text, Face.BOLD.value, self._size) + self._size * 2
        canvas.setFillColor(white)
        canvas.rect((self.width - room) / 2, -1, room, height + 2, stroke=0, fill=1)
        canvas.setFillColor(black)
        canvas.setFont(Face.BOLD.value, self._size)
        canvas.drawCentredString(self.width / 2, height / 2 - self._size * 0.36, self._text)
        canvas.restoreState()


def head(sheet: Sheet, width: float, imprint: Imprint, languages: Sequence[str], also: str = "") -> list[Any]:
    """Return the country, the service and the post, under the training band where the paper is for training."""
    scale = sheet.scale
    flowables: list[Any] = []
    if imprint.training:
        worthless = in_each(languages, lambda: _("TRAINING — NOT VALID"))
        flowables += [TrainingBand(width, worthless, 9.5 * scale), gap(6 * scale)]
    flowables += [centred(REPUBLIC, 11.5 * scale, Face.SEMIBOLD), centred(imprint.service, 10 * scale)]
    if also:
        flowables.append(centred(also, 8 * scale, color=quiet(sheet)))
    flowables += [
        centred(imprint.post, 9 * scale, color=quiet(sheet)),
        gap(4 * scale),
        rule(),
        gap(6 * scale),
    ]
    return flowables


def rule(thickness: float = 0.8) -> HRFlowable:
    """Return a line across."""
    return HRFlowable("100%", thickness, color=black, spaceBefore=0, spaceAfter=0)


def grid(cells: list[list[Any]], widths: Sequence[float], *styles: tuple[Any, ...]) -> Table:
    """Return a table without padding whose rows go on over the page; ``styles`` are ReportLab's, later ones win."""
    return Table(
        cells,
        list(widths),
        splitInRow=1,
        style=TableStyle(
            [
                ("FONTNAME", (0, 0), (-1, -1), Face.REGULAR.value),  # ReportLab's own default is not embedded
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
                *styles,
            ]
        ),
    )


def together(flowables: list[Any], sheet: Sheet) -> list[Any]:
    """Return the flowables so that no page break comes between them (a roll has no page breaks)."""
    if sheet.is_roll:
        return flowables
    flat = [inner for one in flowables for inner in (one._content if isinstance(one, KeepTogether) else [one])]
    return [KeepTogether(flat)]  # one within another has no height of its own and would always begin a page


def label_of(row: Row, size: float, color: Color) -> Paragraph:
    """Return the label, its second language after it in smaller letters."""
    text = markup(row.label)
    if row.also and row.also != row.label:
        text = f'{text} <font size="{size * 0.86:.2f}">/ {markup(row.also)}</font>'
    return TaggedParagraph(text, _style(size, Face.REGULAR, TA_LEFT, color))


def value_of(row: Row, size: float, languages: Sequence[str], color: Color) -> Paragraph:
    """Return the value; a missing one is said, never left empty."""
    if row.value is None:
        return words(in_each(languages, lambda: _("not stated")), size, color=color)
    return words(row.value, size, Face.OCRB if row.is_code else Face.SEMIBOLD)


def row_table(sheet: Sheet, width: float, rows: Sequence[Row], languages: Sequence[str], label_share: float) -> Table:
    """Return rows of label and value; a value longer than the page goes on over the page."""
    scale = sheet.scale
    quiet_color = quiet(sheet)
    cells = [[label_of(row, 8 * scale, quiet_color), value_of(row, 10 * scale, languages, quiet_color)] for row in rows]
    return grid(
        cells,
        [width * label_share, width * (1 - label_share)],
        ("RIGHTPADDING", (0, 0), (0, -1), 6 * scale),
        ("TOPPADDING", (0, 0), (-1, -1), 1.6 * scale),
        ("TOPPADDING", (0, 0), (0, -1), 3 * scale),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.2 * scale),
        ("LINEBELOW", (0, 0), (-1, -2), 0.3, RULE),
    )


def boxed(content: list[Any], width: float, padding: float, thickness: float = 1.0) -> Table:
    """Return the flowables in a frame."""
    return grid(
        [[content]],
        [width],
        ("BOX", (0, 0), (-1, -1), thickness, black),
        ("LEFTPADDING", (0, 0), (-1, -1), padding),
        ("RIGHTPADDING", (0, 0), (-1, -1), padding),
        ("TOPPADDING", (0, 0), (-1, -1), padding * 0.6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), padding),
    )
