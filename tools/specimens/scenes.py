"""Documents as a camera sees them: on a desk, moved, turned, blurred, too dark, two at once."""

import random

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

FRAME = (1280, 800)


def desk(size: tuple[int, int] = FRAME) -> Image.Image:
    """Return the empty desk under the camera."""
    surface = Image.new("RGB", size, (84, 78, 72))
    draw = ImageDraw.Draw(surface)
    for row in range(size[1]):
        tone = 84 - 18 * row // size[1]
        draw.line((0, row, size[0], row), fill=(tone, tone - 6, tone - 12))
    return surface


def on_desk(
    sheet: Image.Image,
    centre: tuple[float, float],
    width: int,
    turn_degrees: float = 0,
    under: Image.Image | None = None,
) -> Image.Image:
    """Return a frame with ``sheet`` lying at ``centre`` (fractions of the frame), ``width`` pixels wide."""
    surface = (under or desk()).copy()
    scaled = sheet.resize((width, round(sheet.height * width / sheet.width)), Image.Resampling.LANCZOS).convert("RGBA")
    turned = scaled.rotate(turn_degrees, expand=True, resample=Image.Resampling.BICUBIC)
    place = (round(centre[0] * surface.width - turned.width / 2), round(centre[1] * surface.height - turned.height / 2))
    surface.paste(turned, place, turned)
    return surface


def blurred(picture: Image.Image, radius: float) -> Image.Image:
    """Return ``picture`` out of focus."""
    return picture.filter(ImageFilter.GaussianBlur(radius))


def dark(picture: Image.Image, part: float) -> Image.Image:
    """Return ``picture`` with ``part`` of its light."""
    return ImageEnhance.Brightness(picture).enhance(part)


def grainy(picture: Image.Image, seed: int, strength: int = 6) -> Image.Image:
    """Return ``picture`` with sensor noise that is the same for the same ``seed``."""
    noise = Image.frombytes("L", picture.size, random.Random(seed).randbytes(picture.width * picture.height))
    coat = noise.point([value * strength // 255 for value in range(256)])
    return ImageChops.add(picture, Image.merge("RGB", [coat] * 3))
