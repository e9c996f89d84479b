"""The pass on plain paper of A6, where cards are out: the same words and the same seal as the card."""

from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import boxed, centred, gap, grid, head, headline, quiet, row_table, words
from bmis.paper.fonts import Face
from bmis.paper.page import A6, Sheet, in_each, press
from bmis.paper.pass_card import SEAL_ERROR
from bmis.paper.pass_paper import LANGUAGES, PassPaper, draw_photo, label, not_icao, row, title_of
from bmis.paper.qr import QrCode

SEAL_SIDE = 50 * mm
_PHOTO = (22 * mm, 27.5 * mm)


def pass_sheet(paper: PassPaper) -> bytes:
    """Return the paper pass as PDF.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
        QrTooLongError: the seal does not fit a code.
    """
    return press(lambda width: _story(paper, A6, width), A6, paper.imprint, title_of(paper), LANGUAGES)


def _story(paper: PassPaper, sheet: Sheet, width: float) -> list[Any]:
    scale = sheet.scale
    story = head(sheet, width, paper.imprint, LANGUAGES)
    story += [headline(paper.scheme.pt, width, 9.5 * scale), centred(paper.scheme.en, 7.5 * scale), gap(3)]
    rows = (
        row("surname", paper.surname),
        row("given_names", paper.given_names),
        row("birth", f"{paper.birth}   {paper.sex}"),
        row("serial", paper.serial, is_code=True),
        row("validity", f"{paper.valid_from} – {paper.valid_to}"),
    )
    told = row_table(sheet, width - _PHOTO[0] - 6, rows, LANGUAGES, 0.42)
    story.append(grid([[told, _Photo(paper)]], [width - _PHOTO[0], _PHOTO[0]]))
    story.append(gap(3))
    if paper.seal is None:
        seal: Any = boxed([centred(in_each(LANGUAGES, lambda: _("not sealed yet")), 9)], SEAL_SIDE - 6, 20)
    else:
        seal = QrCode(paper.seal, SEAL_SIDE, SEAL_ERROR)
    beside = width - SEAL_SIDE - 4
    posts = ", ".join(paper.posts) or in_each(LANGUAGES, lambda: _("those of the scheme"))
    facts: list[Any] = []
    for code, value in (
        ("zone", paper.zone.line),
        ("posts", posts),
        ("purpose", paper.purpose.line),
        ("stay", in_each(LANGUAGES, lambda: _("{days} days at most").format(days=paper.max_stay_days))),
        ("dependants", str(paper.dependants)),
    ):
        facts += [words(label(code), 6.4 * scale, color=quiet(sheet)), words(value, 8 * scale, Face.SEMIBOLD), gap(1)]
    story.append(grid([[seal, facts]], [SEAL_SIDE + 4, beside], ("VALIGN", (0, 0), (-1, -1), "MIDDLE")))
    story += [gap(2), boxed([centred(not_icao(), 9 * scale, Face.BOLD)], width, 3)]
    return story


class _Photo(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """The photo at the right edge."""

    def __init__(self, paper: PassPaper) -> None:
        super().__init__()
        self._paper = paper
        self.width, self.height = _PHOTO

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return its size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw it."""
        draw_photo(self.canv, self._paper, 0, 0, _PHOTO)
