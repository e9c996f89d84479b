"""Sheets, the words at head and foot, the training watermark, and the press that turns a story into bytes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from threading import RLock
from typing import Any

from reportlab.lib.pagesizes import A4 as A4_SIZE
from reportlab.lib.pagesizes import A6 as A6_SIZE
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from bmis.kernel.i18n import speaking
from bmis.kernel.i18n import translate as _
from bmis.paper.fonts import Face, fitted, register_fonts, width_of
from bmis.paper.tagging import TaggingCanvas
from bmis.paper.text import plain

REPUBLIC = "República de Moçambique"  # official names: the same in every language
SERVICE = "Serviço Nacional de Migração"
HEALTH_SERVICE = "Ministério da Saúde"
LONGEST_PAGE = 14_400.0  # points; ISO 32000-1 annex C: what readers must take

Story = Callable[[float], list[Any]]
"""Answers the flowables for a width in points; asked anew for each pass, for ReportLab's flowables are spent by use."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Paper, in points. ``height`` None: a roll, cut where the text ends."""

    width: float
    height: float | None
    margin: float
    scale: float = 1.0  # of the letters

    @property
    def is_roll(self) -> bool:
        """Whether it is cut to length (and printed by heat: no greys)."""
        return self.height is None


A4 = Sheet(A4_SIZE[0], A4_SIZE[1], margin=16 * mm)
A6 = Sheet(A6_SIZE[0], A6_SIZE[1], margin=6 * mm, scale=0.8)
ROLL_80MM = Sheet(80 * mm, None, margin=4 * mm, scale=0.86)


@dataclass(frozen=True, slots=True)
class Imprint:
    """What every paper says of its own printing. ``printed_at`` is aware, in the post's wall-clock time.

    ``service`` is the official name of whose paper it is.
    """

    post: str
    printed_at: datetime
    printed_by: str
    training: bool = False
    service: str = SERVICE

    def __post_init__(self) -> None:
        if self.printed_at.tzinfo is None:
            raise ValueError("printed_at needs a time zone")


def in_each(languages: Sequence[str], say: Callable[[], str], between: str = " / ") -> str:
    """Return what ``say`` answers in each language, once where two are alike."""
    said = []
    for language in languages:
        with speaking(language):
            said.append(say())
    return between.join(dict.fromkeys(said))


def moment(at: datetime) -> str:
    """Return ``at`` as 22/11/2026 10:05 (UTC+2)."""
    offset = at.utcoffset()
    if offset is None:
        raise ValueError("a printed moment needs a time zone")
    minutes = int(offset.total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    zone = f"UTC{'-' if minutes < 0 else '+'}{hours}{f':{rest:02d}' if rest else ''}"
    return f"{at:%d/%m/%Y %H:%M} ({zone})"


_press = RLock()  # ReportLab's paragraph parser is one for the process


def press(
    story: Story,
    sheet: Sheet,
    imprint: Imprint,
    title: str,
    languages: Sequence[str] = ("pt",),
    *,
    tags: bool = False,
) -> bytes:
    """Return the PDF. The same values give the same bytes; its metadata holds ``title`` and no person.

    Where a layout has room for one language only, it is the first. Two passes: the foot says "page 1 / 2", so the
    first one counts. ``tags``: programs that read it aloud are told of headings, tables and pictures.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
    """
    with _press, speaking(languages[0]):
        register_fonts()
        pages = _Printing(story, sheet, imprint, title, languages, total=0, tags=tags).run()[1]
        return _Printing(story, sheet, imprint, title, languages, total=pages, tags=tags).run()[0]


def drawn(
    sides: Sequence[Callable[[Canvas], None]],
    size: tuple[float, float],
    imprint: Imprint,
    title: str,
    languages: Sequence[str] = ("pt",),
) -> bytes:
    """Return a PDF of ``sides``, each drawn on a page of ``size`` points: cards, whose every millimetre has its place.

    The same values give the same bytes; its metadata holds ``title`` and no person.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
    """
    with _press, speaking(languages[0]):
        register_fonts()
        out = BytesIO()
        canvas = Canvas(
            out,
            pagesize=size,
            invariant=1,
            lang="pt" if "pt" in languages else "en",
            initialFontName=Face.REGULAR.value,
        )
        canvas.setTitle(plain(title))
        canvas.setAuthor(imprint.service)
        canvas.setCreator("BMIS")
        for draw in sides:
            draw(canvas)
            canvas.showPage()
        canvas.save()
        return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Printing:
    story: Story
    sheet: Sheet
    imprint: Imprint
    title: str
    languages: Sequence[str]
    total: int
    tags: bool

    def run(self) -> tuple[bytes, int]:
        sheet = self.sheet
        width = sheet.width - 2 * sheet.margin
        flowables = self.story(width)
        foot = self._foot_height()
        height = sheet.height or min(_length(flowables, width) + 2 * sheet.margin + foot + 2, LONGEST_PAGE)
        frame = Frame(
            sheet.margin,
            sheet.margin + foot,
            width,
            height - 2 * sheet.margin - foot,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )
        out = BytesIO()
        document = BaseDocTemplate(
            out,
            pagesize=(sheet.width, height),
            pageTemplates=[PageTemplate("page", [frame], onPage=self._draw_page)],
            invariant=1,
            lang="pt" if "pt" in self.languages else "en",
            title=plain(self.title),
            author=self.imprint.service,
            creator="BMIS",
            initialFontName=Face.REGULAR.value,
        )
        document.build(flowables, canvasmaker=TaggingCanvas if self.tags else Canvas)
        return out.getvalue(), document.page

    def _foot_lines(self) -> list[str]:
        imprint = self.imprint
        printed = in_each(self.languages, lambda: _("Printed"))
        by = in_each(self.languages, lambda: _("by"))
        return [f"{printed} {moment(imprint.printed_at)}", f"{by} {imprint.printed_by} · {imprint.post}"]

    def _foot_size(self) -> float:
        return 6.6 if self.sheet.scale < 1 else 7.4

    def _foot_height(self) -> float:
        return self._foot_size() * 1.3 * 2 + 6

    def _draw_page(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.saveState()
        width, height = document.pagesize
        if self.imprint.training:
            self._draw_watermark(canvas, width, height)
        size, margin = self._foot_size(), self.sheet.margin
        canvas.setFillGray(0 if self.sheet.is_roll else 0.3)
        canvas.setStrokeGray(0 if self.sheet.is_roll else 0.6)
        canvas.setLineWidth(0.4)
        top = margin + self._foot_height() - 4
        canvas.line(margin, top, width - margin, top)
        page = ""
        if self.total > 1 or not self.sheet.is_roll:
            page = f"{in_each(self.languages, lambda: _('Page'))} {document.page} / {max(self.total, 1)}"
            canvas.setFont(Face.REGULAR.value, size)
            canvas.drawRightString(width - margin, top - size * 1.25, page)
        room = width - 2 * margin
        for line, text in enumerate(self._foot_lines()):
            taken = width_of(page, Face.REGULAR, size) + 8 if line == 0 else 0
            shown, shown_size = fitted(plain(text), room - taken, size)
            canvas.setFont(Face.REGULAR.value, shown_size)
            canvas.drawString(margin, top - size * 1.25 * (line + 1), shown)
        canvas.restoreState()

    def _draw_watermark(self, canvas: Canvas, width: float, height: float) -> None:
        word = _("TRAINING")
        size = 0.8 * width / width_of(word, Face.BOLD, 1)
        canvas.saveState()
        canvas.setFillGray(0.88)
        canvas.setFont(Face.BOLD.value, size)
        step = width * 1.15
        for row in range(max(1, round(height / step))):
            canvas.saveState()
            canvas.translate(width / 2, height - (row + 0.5) * height / max(1, round(height / step)))
            canvas.rotate(40)
            canvas.drawCentredString(0, -size / 3, word)
            canvas.restoreState()
        canvas.restoreState()


def _length(flowables: Sequence[Any], width: float) -> float:
    scratch = Canvas(BytesIO(), invariant=1, initialFontName=Face.REGULAR.value)
    return sum(float(flowable.wrapOn(scratch, width, LONGEST_PAGE * 100)[1]) for flowable in flowables)
