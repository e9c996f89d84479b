"""The border pass as a card of ISO/IEC 7810 ID-1 size: who, where and until when on the front, the seal on the back.

The seal takes most of the back: at 43 mm a module is 0.6 mm or more, which a camera of 1280x720 reads at arm's length.
"""

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from bmis.kernel.i18n import translate as _
from bmis.paper.fonts import Face, fitted, width_of
from bmis.paper.page import REPUBLIC, SERVICE, drawn, in_each
from bmis.paper.pass_paper import LANGUAGES, PassPaper, draw_photo, label, not_icao, title_of
from bmis.paper.qr import QrCode
from bmis.paper.text import plain

CARD = (85.6 * mm, 54 * mm)
SEAL_SIDE = 43 * mm
SEAL_ERROR = "q"  # docs/decisions/015: Q at 30 mm and more
_MARGIN = 3 * mm
_HEAD = 10.5 * mm
_PHOTO = (23 * mm, 28.75 * mm)  # 4 by 5
_INK = (0.06, 0.23, 0.27)
_LABEL, _VALUE, _CODE = 4.6, 7.4, 8.4


def pass_card(paper: PassPaper) -> bytes:
    """Return the card as PDF: two pages of 85.6 x 54 mm, front and back.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
        QrTooLongError: the seal does not fit a code.
    """
    seal = QrCode(paper.seal, SEAL_SIDE, SEAL_ERROR) if paper.seal is not None else None
    return drawn(
        [lambda canvas: _front(canvas, paper), lambda canvas: _back(canvas, paper, seal)],
        CARD,
        paper.imprint,
        title_of(paper),
        LANGUAGES,
    )


def _front(canvas: Canvas, paper: PassPaper) -> None:
    _watermark(canvas, paper)
    _head(canvas, paper)
    width, height = CARD
    top = height - _HEAD - 2 * mm
    draw_photo(canvas, paper, _MARGIN, top - _PHOTO[1], _PHOTO)
    left = _MARGIN + _PHOTO[0] + 3 * mm
    room = width - left - _MARGIN
    half = room / 2
    step = 5.55 * mm
    rows: tuple[tuple[tuple[str, str, Face, float, float], ...], ...] = (
        ((label("surname"), paper.surname, Face.BOLD, 0, room),),
        ((label("given_names"), paper.given_names, Face.BOLD, 0, room),),
        (
            (label("birth"), paper.birth, Face.SEMIBOLD, 0, room * 0.7),
            (label("sex"), paper.sex, Face.SEMIBOLD, room * 0.7, room * 0.3),
        ),
        ((label("serial"), paper.serial, Face.OCRB, 0, room),),
        (
            (label("valid_from"), paper.valid_from, Face.SEMIBOLD, 0, half),
            (label("valid_to"), paper.valid_to, Face.BOLD, half, half),
        ),
    )
    for at, row in enumerate(rows):
        for said, value, face, indent, wide in row:
            _field(canvas, left + indent, top - at * step, wide - 4, said, value, face)
    y = _label(canvas, left, top - len(rows) * step, room, label("zone"))
    for words in dict.fromkeys((paper.zone.pt, paper.zone.en)):
        y = _lines(canvas, left, y, room, words, 5.6, Face.SEMIBOLD, 1)
    _foot(canvas)


def _back(canvas: Canvas, paper: PassPaper, seal: QrCode | None) -> None:
    width, height = CARD
    _watermark(canvas, paper)
    low = height - _MARGIN / 2 - SEAL_SIDE
    if seal is None:
        canvas.setStrokeGray(0.4)
        canvas.setDash(3, 2)
        canvas.rect(_MARGIN, low, SEAL_SIDE - 4, SEAL_SIDE - 4, stroke=1, fill=0)
        canvas.setDash()
        canvas.setFillGray(0.25)
        for line, language in enumerate(LANGUAGES):
            text, points = fitted(in_each((language,), lambda: _("not sealed yet")), SEAL_SIDE - 12, 10)
            canvas.setFont(Face.SEMIBOLD.value, points)
            canvas.drawCentredString(_MARGIN + SEAL_SIDE / 2, low + SEAL_SIDE / 2 - line * 12, text)
    else:
        canvas.saveState()
        canvas.translate(_MARGIN / 2, low)
        seal.canv = canvas
        seal.draw()
        canvas.restoreState()
    left = _MARGIN / 2 + SEAL_SIDE + 2 * mm
    room = width - left - _MARGIN
    y = height - _MARGIN - 1.5 * mm
    y = _field(canvas, left, y, room, label("serial"), paper.serial, Face.OCRB)
    y = _field(canvas, left, y - 3, room, label("purpose"), paper.purpose.line, Face.SEMIBOLD)
    posts = ", ".join(paper.posts) or in_each(LANGUAGES, lambda: _("those of the scheme"))
    y = _label(canvas, left, y - 3, room, label("posts"))
    y = _lines(canvas, left, y, room, posts, 5.6, Face.SEMIBOLD, 3)
    days = in_each(LANGUAGES, lambda: _("{days} days at most").format(days=paper.max_stay_days))
    y = _field(canvas, left, y - 3, room, label("stay"), days, Face.SEMIBOLD)
    y = _field(canvas, left, y - 3, room, label("dependants"), str(paper.dependants), Face.SEMIBOLD)
    for say in _conditions(paper):
        y = _lines(canvas, left, y - 2.5, room, say, 4.6, Face.REGULAR, 3)
    _foot(canvas)


def _conditions(paper: PassPaper) -> tuple[str, ...]:
    return (
        in_each(LANGUAGES, lambda: _("It is the holder's alone and is never lent.")),
        in_each(LANGUAGES, lambda: _("Found? Give it to any border post.")),
    )


def _head(canvas: Canvas, paper: PassPaper) -> None:
    width, height = CARD
    canvas.setFillColorRGB(*_INK)
    canvas.rect(0, height - _HEAD, width, _HEAD, stroke=0, fill=1)
    canvas.setFillGray(1)
    room = width - 2 * _MARGIN
    y = height - 3.4 * mm
    canvas.setFont(Face.BOLD.value, 6.6)
    canvas.drawString(_MARGIN, y, REPUBLIC)
    canvas.setFont(Face.REGULAR.value, 5.6)
    canvas.drawRightString(width - _MARGIN, y, SERVICE)
    for line, (text, face, size) in enumerate(
        ((paper.scheme.pt, Face.SEMIBOLD, 6.2), (paper.scheme.en, Face.REGULAR, 5.2))
    ):
        _fitting(canvas, _MARGIN, y - 2.9 * mm - line * 2.5 * mm, room, text, face, size)


def _foot(canvas: Canvas) -> None:
    width, _height = CARD
    canvas.setFillColorRGB(*_INK)
    canvas.setStrokeColorRGB(*_INK)
    canvas.setLineWidth(0.4)
    canvas.line(_MARGIN, 5.4 * mm, width - _MARGIN, 5.4 * mm)
    canvas.setFont(Face.BOLD.value, 6)
    canvas.drawCentredString(width / 2, 2.6 * mm, not_icao())


def _watermark(canvas: Canvas, paper: PassPaper) -> None:
    if not paper.imprint.training:
        return
    width, height = CARD
    word = _("TRAINING")
    size = 0.75 * width / width_of(word, Face.BOLD, 1)
    canvas.saveState()
    canvas.setFillGray(0.86)
    canvas.setFont(Face.BOLD.value, size)
    canvas.translate(width / 2, height / 2)
    canvas.rotate(28)
    canvas.drawCentredString(0, -size / 3, word)
    canvas.restoreState()


def _field(canvas: Canvas, x: float, y: float, room: float, said: str, value: str, face: Face) -> float:
    """Draw label and value under ``y``; return the lower edge."""
    y = _label(canvas, x, y, room, said)
    size = _CODE if face is Face.OCRB else _VALUE
    canvas.setFillGray(0)
    _fitting(canvas, x, y - size * 0.82, room, value, face, size)
    return y - size


def _label(canvas: Canvas, x: float, y: float, room: float, said: str) -> float:
    canvas.setFillGray(0.25)
    _fitting(canvas, x, y - _LABEL * 0.85, room, said, Face.REGULAR, _LABEL)
    return y - _LABEL * 1.15


def _fitting(canvas: Canvas, x: float, y: float, room: float, untrusted: str, face: Face, size: float) -> None:
    """Draw one line that ends inside ``room``: in smaller letters, then with its end cut and marked."""
    text = plain(untrusted, face)
    while size > _LABEL and width_of(text, face, size) > room:
        size -= 0.1
    while len(text) > 1 and width_of(text, face, size) > room:
        text = text[:-2].rstrip() + "…" if face is not Face.OCRB else text[:-1]
    canvas.setFont(face.value, size)
    canvas.drawString(x, y, text)


def _lines(
    canvas: Canvas, x: float, y: float, room: float, untrusted: str, size: float, face: Face, most: int
) -> float:
    """Draw words over at most ``most`` lines; return the lower edge."""
    canvas.setFillGray(0)
    lines, line = [], ""
    for word in plain(untrusted, face).split():
        longer = f"{line} {word}".strip()
        if line and width_of(longer, face, size) > room:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    for text in lines:
        _fitting(canvas, x, y - size * 0.9, room, text, face, size)
        y -= size * 1.2
    return y
