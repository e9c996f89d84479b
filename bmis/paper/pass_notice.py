"""What a person is told when a decision on a pass goes against them, and the receipt of what was charged.

Both on A6, in Portuguese and English: why, until when to object, and the number under which to complain.
"""

from dataclasses import dataclass
from typing import Any

from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import Row, boxed, centred, gap, head, headline, quiet, row_table, together, words
from bmis.paper.fonts import Face
from bmis.paper.page import A6, Imprint, Sheet, in_each, press
from bmis.paper.pass_paper import LANGUAGES, Both
from bmis.paper.signing import Signature, signatures


@dataclass(frozen=True, slots=True)
class PassNotice:
    """``number`` also serves for complaints; ``said`` are the officer's own words. ``draft``: texts to be confirmed.

    ``appeal_until`` None: it was decided for the person, who has nothing to object to.
    """

    imprint: Imprint
    title: Both
    number: str
    rows: tuple[Row, ...]
    reason: Both
    said: str
    appeal_until: str | None
    appeal_to: Both
    legal_reference: str | None
    officer: str
    draft: Both | None = None

    def __repr__(self) -> str:
        return f"PassNotice({self.number})"


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """``amount`` is what was taken; ``zero`` in large words where it is nothing. ``copy``: "2.ª via" or ""."""

    imprint: Imprint
    number: str
    rows: tuple[Row, ...]
    amount: str
    is_zero: bool
    cancelled: bool
    copy: str
    object_until: str
    legal_reference: str | None


def pass_notice(notice: PassNotice, sheet: Sheet = A6) -> bytes:
    """Return the notice as PDF.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
    """
    title = f"{notice.title.line} {notice.number}"
    return press(lambda width: _notice(notice, sheet, width), sheet, notice.imprint, title, LANGUAGES)


def receipt_paper(receipt: ReceiptPaper, sheet: Sheet = A6) -> bytes:
    """Return the receipt as PDF.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
    """
    title = f"{in_each(LANGUAGES, lambda: _('Receipt'))} {receipt.number}"
    return press(lambda width: _receipt(receipt, sheet, width), sheet, receipt.imprint, title, LANGUAGES)


def _notice(notice: PassNotice, sheet: Sheet, width: float) -> list[Any]:
    scale = sheet.scale
    story = head(sheet, width, notice.imprint, LANGUAGES)
    story += [headline(notice.title.pt, width, 12 * scale), centred(notice.title.en, 8.5 * scale), gap(4)]
    story += [row_table(sheet, width, notice.rows, LANGUAGES, 0.4), gap(4)]
    reason: list[Any] = [
        words(in_each(LANGUAGES, lambda: _("Reason")), 7.6 * scale, color=quiet(sheet)),
        words(notice.reason.pt, 10.5 * scale, Face.BOLD),
        words(notice.reason.en, 8.6 * scale),
        gap(2),
        words(notice.said, 8.6 * scale),
    ]
    story += [boxed(reason, width, 5), gap(4)]
    until = in_each(LANGUAGES, lambda: _("You can object until"))
    if notice.appeal_until is not None:
        story += [
            words(f"{until}: {notice.appeal_until}", 10 * scale, Face.BOLD),
            words(notice.appeal_to.pt, 8 * scale),
            words(notice.appeal_to.en, 7.4 * scale, color=quiet(sheet)),
            gap(3),
        ]
    story += _to_complain(notice.number, sheet)
    if notice.legal_reference:
        story.append(words(notice.legal_reference, 7 * scale, color=quiet(sheet)))
    if notice.draft is not None:
        story.append(words(notice.draft.line, 7 * scale, color=quiet(sheet)))
    signed = signatures(
        [
            Signature(in_each(LANGUAGES, lambda: _("The officer")), notice.officer),
            Signature(in_each(LANGUAGES, lambda: _("The holder, who received a copy"))),
        ],
        width,
    )
    return story + together([gap(6), signed], sheet)


def _receipt(receipt: ReceiptPaper, sheet: Sheet, width: float) -> list[Any]:
    scale = sheet.scale
    story = head(sheet, width, receipt.imprint, LANGUAGES)
    title = in_each(LANGUAGES, lambda: _("Receipt"))
    story += [headline(f"{title} {receipt.copy}".strip(), width, 13 * scale)]
    story += [centred(receipt.number, 11 * scale, Face.OCRB), gap(4)]
    if receipt.cancelled:
        story += [
            boxed([headline(in_each(LANGUAGES, lambda: _("CANCELLED")), width - 12, 14 * scale)], width, 6),
            gap(4),
        ]
    amount: list[Any] = [headline(receipt.amount, width - 12, 19 * scale)]
    if receipt.is_zero:
        amount.append(centred(in_each(LANGUAGES, lambda: _("Zero fee: nothing is to be paid")), 9 * scale, Face.BOLD))
    story += [boxed(amount, width, 6, 1.6), gap(4)]
    story += [row_table(sheet, width, receipt.rows, LANGUAGES, 0.4), gap(4)]
    until = in_each(LANGUAGES, lambda: _("You can object until"))
    story += [words(f"{until}: {receipt.object_until}", 9 * scale, Face.SEMIBOLD)]
    story += _to_complain(receipt.number, sheet)
    if receipt.legal_reference:
        story.append(words(receipt.legal_reference, 7 * scale, color=quiet(sheet)))
    note = in_each(LANGUAGES, lambda: _("No officer takes money without a numbered receipt."))
    return [*story, gap(3), words(note, 8 * scale, Face.SEMIBOLD)]


def _to_complain(number: str, sheet: Sheet) -> list[Any]:
    label = in_each(LANGUAGES, lambda: _("Number for complaints"))
    return [words(label, 7.6 * sheet.scale, color=quiet(sheet)), words(number, 10 * sheet.scale, Face.OCRB), gap(2)]
