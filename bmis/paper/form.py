"""Blank contingency forms for when the machine is down: numbered in advance, in the back-fill desk's order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.colors import white
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak

from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import TrainingBand, gap, grid, quiet, rule, to_the_right, words
from bmis.paper.fonts import Face, fitted, width_of
from bmis.paper.page import A4, REPUBLIC, SERVICE, Imprint, in_each, press
from bmis.paper.qr import QrCode
from bmis.paper.text import plain

BOX_WIDTH: float = 5.1 * mm
BOX_HEIGHT: float = 6 * mm
LABEL_SIZE = 6.6
OPTION_SIZE = 8.2
BETWEEN: float = 4 * mm
SHORTEST_LINE: float = 55 * mm
LABEL_ROOM = LABEL_SIZE * 1.5
FIELD_HEIGHT = LABEL_ROOM + BOX_HEIGHT + 1.2 * mm
SHEET = replace(A4, margin=11 * mm)
PAGE_ROOM: float = 275 * mm - 26  # 297 mm less the margins, and the foot's points


class Fill(StrEnum):
    """How a field is filled by pen."""

    BOXES = "boxes"  # one character a box
    DATE = "date"  # dd mm yyyy
    TIME = "time"  # hh mm
    CHOICE = "choice"  # one box to tick an option
    LINE = "line"  # free words


@dataclass(frozen=True, slots=True)
class FormField:
    """A field: its label, how it is filled, how many ``boxes`` or which ``options``."""

    label: str
    fill: Fill
    boxes: int = 0
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContingencyForm:
    """One blank form: its pre-allocated number, and what its codes carry (the number, unless said)."""

    number: str
    qr_text: str = ""


def contingency_forms(
    forms: Sequence[ContingencyForm],
    fields: Sequence[FormField],
    imprint: Imprint,
    title: str,
    languages: Sequence[str] = ("pt",),
) -> bytes:
    """Return the forms as PDF, two on an A4 page where they fit, with a line to cut along.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
        QrTooLongError: a code's text does not fit.
        ValueError: no form is asked for.
    """
    if not forms:
        raise ValueError("no form to print")
    name = f"{title} {forms[0].number}–{forms[-1].number}"
    return press(lambda width: _story(forms, fields, imprint, title, languages, width), SHEET, imprint, name, languages)


def _story(
    forms: Sequence[ContingencyForm],
    fields: Sequence[FormField],
    imprint: Imprint,
    title: str,
    languages: Sequence[str],
    width: float,
) -> list[Any]:
    numbered = [_Field(place, field, width) for place, field in enumerate(fields, start=1)]
    lines = _lines(numbered, width)
    half = PAGE_ROOM / 2 - 4 * mm - 2
    two_a_page = _head_height(imprint) + len(lines) * FIELD_HEIGHT <= half
    story: list[Any] = []
    for place, form in enumerate(forms):
        second = two_a_page and place % 2 == 1
        if place and not second:
            story.append(PageBreak())
        if second:
            story += [gap(4 * mm), _CutLine(width), gap(4 * mm)]
        story += _head(form, imprint, title, languages, width)
        story += [_Line(line, width) for line in lines]
    return story


def _head_height(imprint: Imprint) -> float:
    return 22 * float(mm) + (20 if imprint.training else 0)


def _head(form: ContingencyForm, imprint: Imprint, title: str, languages: Sequence[str], width: float) -> list[Any]:
    side = 19 * mm
    bars = Code128(plain(form.number, Face.OCRB), barHeight=8 * mm, barWidth=0.26 * mm, quiet=0)
    left = [
        words(f"{REPUBLIC} · {SERVICE}", 8, color=quiet(SHEET)),
        words(title, 12.5, Face.BOLD),
        words(imprint.post, 8.5),
        words(
            in_each(
                languages, lambda: _("Write in block capitals, one letter a box. Leave empty what is not known."), " "
            ),
            7,
            color=quiet(SHEET),
        ),
    ]
    middle = [
        to_the_right(form.number, 12, Face.OCRB),
        gap(2),
        grid([[bars]], [62 * mm], ("ALIGN", (0, 0), (0, 0), "RIGHT"), ("BACKGROUND", (0, 0), (0, 0), white)),
    ]
    head: list[Any] = []
    if imprint.training:
        head += [TrainingBand(width, in_each(languages, lambda: _("TRAINING — NOT VALID")), 7), gap(4)]
    return [
        *head,
        grid([[left, middle, QrCode(form.qr_text or form.number, side)]], [width - 62 * mm - side, 62 * mm, side]),
        rule(),
        gap(2 * mm),
    ]


class _CutLine(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    def __init__(self, width: float) -> None:
        super().__init__()
        self.width, self.height = width, 1

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setDash(3, 3)
        self.canv.setLineWidth(0.5)
        self.canv.line(-SHEET.margin, 0, self.width + SHEET.margin, 0)


class _Field:
    """A field with its place in the order and its width on this paper."""

    def __init__(self, place: int, field: FormField, room: float) -> None:
        self.label = f"{place}  {plain(field.label)}"
        self.fill = field.fill
        self.options = tuple(plain(option) for option in field.options)
        self.per_line = max(1, int(room // BOX_WIDTH))
        self.groups = {Fill.DATE: (2, 2, 4), Fill.TIME: (2, 2)}.get(field.fill, (min(field.boxes, self.per_line),))
        self.grows = field.fill is Fill.LINE
        self.shrink = min(1.0, room / max(self._filled_width(), 1))  # of options that are more than a line
        natural = max(self._filled_width(), width_of(self.label, Face.REGULAR, LABEL_SIZE))
        self.width = min(natural, room)

    def _filled_width(self) -> float:
        if self.fill is Fill.LINE:
            return SHORTEST_LINE
        if self.fill is Fill.CHOICE:
            return sum(_option_width(option) for option in self.options)
        return sum(self.groups) * BOX_WIDTH + (len(self.groups) - 1) * 2 * float(mm)

    def draw(self, canvas: Any, left: float, width: float) -> None:
        canvas.setFillGray(0.25)
        shown, size = fitted(self.label, width, LABEL_SIZE)
        canvas.setFont(Face.REGULAR.value, size)
        canvas.drawString(left, FIELD_HEIGHT - LABEL_SIZE, shown)
        canvas.setStrokeGray(0.25)
        canvas.setLineWidth(0.5)
        bottom = FIELD_HEIGHT - LABEL_ROOM - BOX_HEIGHT
        if self.fill is Fill.LINE:
            canvas.line(left, bottom + 1, left + width, bottom + 1)
        elif self.fill is Fill.CHOICE:
            self._draw_options(canvas, left, bottom)
        else:
            self._draw_boxes(canvas, left, bottom)

    def _draw_boxes(self, canvas: Any, left: float, bottom: float) -> None:
        hints = {Fill.DATE: _("ddmmyyyy"), Fill.TIME: _("hhmm")}.get(self.fill, "")
        place = 0
        for group in self.groups:
            for _box in range(group):
                canvas.rect(left, bottom, BOX_WIDTH, BOX_HEIGHT, stroke=1, fill=0)
                if place < len(hints):
                    canvas.setFillGray(0.72)
                    canvas.setFont(Face.REGULAR.value, 6.5)
                    canvas.drawCentredString(left + BOX_WIDTH / 2, bottom + BOX_HEIGHT / 2 - 2.2, hints[place])
                place += 1
                left += BOX_WIDTH
            left += 2 * mm

    def _draw_options(self, canvas: Any, left: float, bottom: float) -> None:
        side = 3.8 * mm * self.shrink
        size = OPTION_SIZE * self.shrink
        for option in self.options:
            canvas.rect(left, bottom + 1 * mm, side, side, stroke=1, fill=0)
            canvas.setFillGray(0)
            canvas.setFont(Face.REGULAR.value, size)
            canvas.drawString(left + side + 3 * self.shrink, bottom + 1 * mm + side / 2 - size * 0.35, option)
            left += _option_width(option) * self.shrink


def _option_width(option: str) -> float:
    return 7.3 * float(mm) + 3 + width_of(option, Face.REGULAR, OPTION_SIZE)


def _lines(fields: Sequence[_Field], width: float) -> list[list[_Field]]:
    lines: list[list[_Field]] = []
    taken = 0.0
    for field in fields:
        if not lines or taken + BETWEEN + field.width > width:
            lines.append([])
            taken = -BETWEEN
        lines[-1].append(field)
        taken += BETWEEN + field.width
    return lines


class _Line(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """Fields side by side; free lines share what is left of the width."""

    def __init__(self, fields: Sequence[_Field], width: float) -> None:
        super().__init__()
        self.width, self.height = width, FIELD_HEIGHT
        self._fields = fields

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        growing = sum(field.grows for field in self._fields)
        left_over = self.width - sum(field.width for field in self._fields) - BETWEEN * (len(self._fields) - 1)
        x = 0.0
        for field in self._fields:
            width = field.width + (left_over / growing if field.grows else 0)
            field.draw(self.canv, x, width)
            x += width + BETWEEN
