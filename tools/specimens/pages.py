"""Document pages in their true proportions: passport, cards, visas, and an identity card without an MRZ."""

import math
from collections.abc import Sequence

from PIL import Image, ImageDraw

from tools.specimens.faces import face
from tools.specimens.fonts import font, ocr_b_at_pitch
from tools.specimens.people import Person

PX_PER_MM = 8
PITCH_MM = 2.54  # ISO 1073-2, ICAO Doc 9303-3: ten characters an inch
LINE_MM = 6.35  # between the lines of an MRZ (Doc 9303-4 to -7: 4.24 to 6.35 by size)
INK = (24, 26, 34)
_TINTS = {"blue": (224, 234, 242), "green": (228, 240, 228), "rose": (244, 232, 232), "sand": (244, 240, 226)}

Field = tuple[str, str]


def page(size_mm: tuple[float, float], tint: str) -> Image.Image:
    """Return an empty page with the fine waves that printers put behind the text."""
    width, height = (round(side * PX_PER_MM) for side in size_mm)
    base = _TINTS[tint]
    sheet = Image.new("RGB", (width, height), base)
    draw = ImageDraw.Draw(sheet)
    line = (base[0] - 14, base[1] - 10, base[2] - 6)
    for row in range(-20, height + 20, 11):
        points = [(x, row + 7 * math.sin(x / 37 + row / 23)) for x in range(0, width + 12, 12)]
        draw.line(points, fill=line, width=1)
    draw.rectangle((0, 0, width - 1, height - 1), outline=(150, 156, 162), width=3)
    return sheet


def write_mrz(sheet: Image.Image, lines: Sequence[str], bottom_mm: float, line_mm: float = LINE_MM) -> None:
    """Print ``lines`` centred in OCR-B at true pitch, the last one ``bottom_mm`` above the lower edge."""
    pitch = PITCH_MM * PX_PER_MM
    letters = ocr_b_at_pitch(pitch)
    draw = ImageDraw.Draw(sheet)
    height = sheet.height - bottom_mm * PX_PER_MM - (len(lines) - 1) * line_mm * PX_PER_MM
    clear = (0, int(height - 5 * PX_PER_MM), sheet.width, sheet.height)
    draw.rectangle((3, clear[1], sheet.width - 4, sheet.height - 4), fill=(248, 248, 246))
    for number, line in enumerate(lines):
        left = (sheet.width - len(line) * pitch) / 2
        for at, char in enumerate(line):
            where = (left + (at + 0.5) * pitch, height + number * line_mm * PX_PER_MM)
            draw.text(where, char, font=letters, fill=INK, anchor="ms")


def _fields(draw: ImageDraw.ImageDraw, fields: Sequence[Field], left: float, top: float, step: float) -> None:
    for row, (label, value) in enumerate(fields):
        y = (top + row * step) * PX_PER_MM
        draw.text((left * PX_PER_MM, y), label, font=font("text", 15), fill=(86, 92, 104))
        draw.text((left * PX_PER_MM, y + 17), value, font=font("bold", 23), fill=INK)


def _specimen_mark(sheet: Image.Image, at_mm: tuple[float, float]) -> None:
    mark = Image.new("RGBA", (int(62 * PX_PER_MM), int(12 * PX_PER_MM)), (0, 0, 0, 0))
    ImageDraw.Draw(mark).text((6, 6), "SPECIMEN / ESPÉCIME", font=font("bold", 40), fill=(190, 40, 40, 84))
    mark = mark.rotate(14, expand=True, resample=Image.Resampling.BICUBIC)
    sheet.paste(mark, (int(at_mm[0] * PX_PER_MM), int(at_mm[1] * PX_PER_MM)), mark)


def _shown_date(yymmdd: str, past: bool) -> str:
    if not yymmdd:
        return "-"
    year = int(yymmdd[:2])
    century = 19 if past and year > 25 else 20
    return f"{yymmdd[4:]}/{yymmdd[2:4]}/{century}{yymmdd[:2]}"


def _identity(person: Person) -> list[Field]:
    return [
        ("Apelido / Surname", person.shown_surname),
        ("Nomes / Given names", person.shown_given_names),
        ("Nascimento / Date of birth", f"{_shown_date(person.birth, past=True)}   {person.sex}"),
        ("Validade / Date of expiry", _shown_date(person.expiry, past=False)),
    ]


def _titled(
    person: Person, size_mm: tuple[float, float], tint: str, title: str, photo_mm: tuple[float, float, float, float]
) -> Image.Image:
    sheet = page(size_mm, tint)
    draw = ImageDraw.Draw(sheet)
    draw.text((5 * PX_PER_MM, 3 * PX_PER_MM), title, font=font("bold", 26), fill=(40, 60, 110))
    left, top, width, height = (round(value * PX_PER_MM) for value in photo_mm)
    sheet.paste(face(person, width, height), (left, top))
    draw.text(
        ((size_mm[0] - 5) * PX_PER_MM, 3 * PX_PER_MM), person.number, font=font("bold", 26), fill=INK, anchor="ra"
    )
    return sheet


def passport(person: Person, lines: Sequence[str]) -> Image.Image:
    """Return the data page of a TD3 passport, 125 by 88 mm."""
    sheet = _titled(person, (125, 88), "blue", "UTOPIA  PASSAPORTE / PASSPORT  P  UTO", (5, 12, 35, 45))
    fields = [("Nacionalidade / Nationality", "UTOPIAN"), *_identity(person)]
    _fields(ImageDraw.Draw(sheet), fields, 46, 11, 9)
    _specimen_mark(sheet, (56, 34))
    write_mrz(sheet, lines, 8.5)
    return sheet


def card_front(person: Person) -> Image.Image:
    """Return the front of a TD1 card, 85.6 by 54 mm: photo and names, no MRZ."""
    sheet = _titled(person, (85.6, 53.98), "green", "UTOPIA  IDENTIDADE", (4, 10, 26, 34))
    _fields(ImageDraw.Draw(sheet), _identity(person), 34, 10, 8.5)
    _specimen_mark(sheet, (26, 30))
    return sheet


def card_back(lines: Sequence[str]) -> Image.Image:
    """Return the back of a TD1 card with its three lines."""
    sheet = page((85.6, 53.98), "green")
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((5 * PX_PER_MM, 5 * PX_PER_MM, 14 * PX_PER_MM, 13 * PX_PER_MM), fill=(196, 170, 92))
    draw.text((18 * PX_PER_MM, 6 * PX_PER_MM), "Autoridade / Authority: UTOPIA 975", font=font("text", 20), fill=INK)
    _specimen_mark(sheet, (14, 12))
    write_mrz(sheet, lines, 5, 5.3)
    return sheet


def small_document(person: Person, lines: Sequence[str], title: str, tint: str) -> Image.Image:
    """Return a TD2-size document, 105 by 74 mm, with two lines of 36."""
    sheet = _titled(person, (105, 74), tint, title, (5, 11, 29, 38))
    _fields(ImageDraw.Draw(sheet), _identity(person), 40, 11, 9)
    _specimen_mark(sheet, (44, 26))
    write_mrz(sheet, lines, 7)
    return sheet


def visa(person: Person, lines: Sequence[str]) -> Image.Image:
    """Return an MRV-A visa sticker, 120 by 80 mm, with two lines of 44."""
    sheet = _titled(person, (120, 80), "rose", "UTOPIA  VISTO / VISA", (5, 12, 29, 36))
    _fields(ImageDraw.Draw(sheet), _identity(person), 40, 12, 9)
    _specimen_mark(sheet, (52, 28))
    write_mrz(sheet, lines, 8)
    return sheet


def identity_card_without_mrz(person: Person) -> Image.Image:
    """Return an older identity card: fields by eye only, nothing a machine reads."""
    sheet = _titled(person, (95, 65), "sand", "UTOPIA  BILHETE DE IDENTIDADE", (5, 13, 27, 35))
    fields = [
        ("Nome", f"{person.shown_given_names} {person.shown_surname}"),
        ("Nascido(a) em", _shown_date(person.birth, past=True)),
        ("Naturalidade", "Vila Espécime, Utopia"),
        ("Válido até", _shown_date(person.expiry, past=False)),
    ]
    _fields(ImageDraw.Draw(sheet), fields, 35, 13, 9)
    _specimen_mark(sheet, (28, 30))
    draw = ImageDraw.Draw(sheet)
    draw.text((5 * PX_PER_MM, 55 * PX_PER_MM), "Assinatura do titular", font=font("text", 16), fill=INK)
    draw.line((5 * PX_PER_MM, 54 * PX_PER_MM, 60 * PX_PER_MM, 54 * PX_PER_MM), fill=INK, width=2)
    return sheet
