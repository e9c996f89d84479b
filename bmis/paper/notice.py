"""The notice that a refused traveller is given, on A4, in Portuguese and English side by side."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, Table

from bmis.kernel.i18n import speaking
from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import RULE, Row, boxed, centred, gap, grid, head, headline, quiet, row_table, together, words
from bmis.paper.fonts import Face
from bmis.paper.page import A4, Imprint, in_each, press
from bmis.paper.signing import Signature, signatures, tick_line

LANGUAGES = ("pt", "en")


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same words in both languages of the notice."""

    pt: str
    en: str


@dataclass(frozen=True, slots=True)
class NoticeReason:
    """A reason of the dated list: its code, its words and the rule it rests on."""

    code: str
    words: Bilingual
    legal_basis: str = ""


@dataclass(frozen=True, slots=True)
class RefusalNotice:
    """Words ready to print. ``of_exit``: leaving was prevented, entry was not refused.

    ``appeal`` is the text of the rule in force. ``consular`` and ``carrier`` are left out where they do not apply.
    """

    imprint: Imprint
    number: str
    decided_at: str
    place: str
    person: tuple[Row, ...]
    document: tuple[Row, ...]
    reasons: tuple[NoticeReason, ...]
    appeal: Bilingual
    officer: str
    consular: Bilingual | None = None
    carrier: Bilingual | None = None
    of_exit: bool = False


def refusal_notice(notice: RefusalNotice) -> bytes:
    """Return the notice as PDF.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
    """
    title = f"{in_each(LANGUAGES, lambda: _title(notice))} {notice.number}"
    return press(lambda width: _story(notice, width), A4, notice.imprint, title, LANGUAGES)


def _title(notice: RefusalNotice) -> str:
    return _("Notice of prevented exit") if notice.of_exit else _("Notice of refusal of entry")


def _story(notice: RefusalNotice, width: float) -> list[Any]:
    with speaking("en"):
        state = _("Republic of Mozambique · National Migration Service")
        title_en = _title(notice)
    with speaking("pt"):
        title_pt = _title(notice)
    story = head(A4, width, notice.imprint, LANGUAGES, also=state)
    story += [headline(title_pt, width, 17), centred(title_en, 11, color=quiet(A4)), gap(8)]
    story += [_facts(notice, width), gap(8)]
    story += [_section(lambda: _("Person")), row_table(A4, width, notice.person, LANGUAGES, 0.36), gap(7)]
    story += [_section(lambda: _("Document")), row_table(A4, width, notice.document, LANGUAGES, 0.36), gap(7)]
    story += [_section(lambda: _("Reasons")), _reasons(notice, width), gap(7)]
    story += [_section(lambda: _("Your rights")), _side_by_side([notice.appeal], width)]
    others = [text for text in (notice.consular, notice.carrier) if text is not None]
    if not notice.of_exit:
        others.append(_each(lambda: _("A refusal of entry is not an interdiction: it does not forbid a later entry.")))
    if others:
        story.append(_side_by_side(others, width))
    story += together([gap(10), *_signed(notice, width)], A4)
    return story


def _each(say: Callable[[], str]) -> Bilingual:
    with speaking("pt"):
        portuguese = say()
    with speaking("en"):
        return Bilingual(portuguese, say())


def _section(say: Callable[[], str]) -> Paragraph:
    return words(in_each(LANGUAGES, say), 9.5, Face.BOLD)


def _facts(notice: RefusalNotice, width: float) -> Table:
    cells = []
    for label, value, face in (
        (in_each(LANGUAGES, lambda: _("Number")), notice.number, Face.OCRB),
        (in_each(LANGUAGES, lambda: _("Date and time")), notice.decided_at, Face.SEMIBOLD),
        (in_each(LANGUAGES, lambda: _("Place")), notice.place, Face.SEMIBOLD),
    ):
        cells.append([words(label, 8, color=quiet(A4)), words(value, 10, face)])
    inner = grid([cells], [(width - 20) / 3] * 3, ("RIGHTPADDING", (0, 0), (-1, -1), 6))
    return boxed([inner], width, 10, 0.8)


def _reasons(notice: RefusalNotice, width: float) -> Table:
    code_width = 22 * mm
    rows = [
        [
            words(reason.code, 10, Face.OCRB),
            [words(reason.words.pt, 9.5, Face.SEMIBOLD), *_basis(reason)],
            words(reason.words.en, 9.5),
        ]
        for reason in notice.reasons
    ]
    half = (width - code_width) / 2
    return grid(
        rows,
        [code_width, half, half],
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-2, -1), 8),
        ("LINEBELOW", (0, 0), (-1, -1), 0.3, RULE),
        ("LINEABOVE", (0, 0), (-1, 0), 0.6, RULE),
    )


def _basis(reason: NoticeReason) -> list[Any]:
    return [words(reason.legal_basis, 7.6, color=quiet(A4))] if reason.legal_basis else []


def _side_by_side(texts: list[Bilingual], width: float) -> Table:
    return grid(
        [[words(text.pt, 9), words(text.en, 9)] for text in texts],
        [width / 2, width / 2],
        ("RIGHTPADDING", (0, 0), (0, -1), 9),
        ("LEFTPADDING", (1, 0), (1, -1), 9),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ("LINEAFTER", (0, 0), (0, -1), 0.3, RULE),
    )


def _signed(notice: RefusalNotice, width: float) -> list[Any]:
    officer = in_each(LANGUAGES, lambda: _("The officer"))
    traveller = in_each(LANGUAGES, lambda: _("The traveller, who received a copy"))
    return [
        signatures([Signature(officer, notice.officer), Signature(traveller)], width),
        gap(8),
        grid([["", tick_line(in_each(LANGUAGES, lambda: _("Refused to sign")), width / 2)]], [width / 2, width / 2]),
    ]
