"""Cartoon faces: plainly drawn, so that nobody takes one for a photograph of a person."""

from PIL import Image, ImageDraw

from tools.specimens.people import Person

_LARGE = 4  # drawn large and scaled down: smooth edges


def face(person: Person, width: int, height: int, backdrop: tuple[int, int, int] = (222, 228, 230)) -> Image.Image:
    """Return a portrait of ``person`` of that size."""
    w, h = width * _LARGE, height * _LARGE
    picture = Image.new("RGB", (w, h), backdrop)
    draw = ImageDraw.Draw(picture)

    def oval(cx: float, cy: float, rx: float, ry: float, fill: tuple[int, int, int]) -> None:
        draw.ellipse((int((cx - rx) * w), int((cy - ry) * h), int((cx + rx) * w), int((cy + ry) * h)), fill=fill)

    shade = tuple(int(part * 0.82) for part in person.skin)
    dark = (shade[0], shade[1], shade[2])
    oval(0.5, 1.12, 0.52, 0.34, person.shirt)
    draw.rectangle((int(0.41 * w), int(0.62 * h), int(0.59 * w), int(0.86 * h)), fill=dark)
    if person.sex == "F":
        oval(0.5, 0.46, 0.33, 0.34, person.hair)
    oval(0.5, 0.33, 0.27, 0.22, person.hair)
    oval(0.5, 0.46, 0.23, 0.27, person.skin)
    for side in (-1, 1):
        oval(0.5 + side * 0.095, 0.43, 0.042, 0.024, (250, 250, 248))
        oval(0.5 + side * 0.095, 0.43, 0.018, 0.019, (30, 24, 22))
        brow = (0.5 + side * 0.095 - 0.05, 0.385, 0.5 + side * 0.095 + 0.05, 0.395)
        draw.rectangle((int(brow[0] * w), int(brow[1] * h), int(brow[2] * w), int(brow[3] * h)), fill=person.hair)
    draw.polygon([(int(x * w), int(y * h)) for x, y in ((0.5, 0.44), (0.47, 0.54), (0.53, 0.54))], fill=dark)
    box = (int(0.42 * w), int(0.56 * h), int(0.58 * w), int(0.64 * h))
    draw.arc(box, 15, 165, fill=(120, 40, 40), width=max(2, w // 70))
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def live_photo(person: Person, width: int = 640, height: int = 800) -> Image.Image:
    """Return the cartoon of ``person`` standing at the desk, as a webcam would frame it."""
    picture = Image.new("RGB", (width, height), (176, 186, 180))
    draw = ImageDraw.Draw(picture)
    for at in range(0, width, 80):
        draw.line((at, 0, at, height), fill=(166, 176, 170), width=3)
    inner = face(person, int(width * 0.64), int(height * 0.72), (176, 186, 180))
    picture.paste(inner, (int(width * 0.18), height - inner.height))
    return picture
