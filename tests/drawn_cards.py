"""A card with a seal, drawn, and pictures of it as a camera takes them: tilted, soft, dark, noisy, pressed."""

import io
from dataclasses import dataclass

import numpy as np
import segno
from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1280, 720
CARD_MM = (85.6, 54.0)  # ISO/IEC 7810 ID-1
CODE_MM = 25.0  # with its quiet zone
_DPMM = 12


def code(text, scale=5, error="m"):
    """Return the code alone, as a picture file."""
    sink = io.BytesIO()
    segno.make_qr(text, error=error, boost_error=False).save(sink, kind="png", scale=scale, border=4)
    return sink.getvalue()


def card(text):
    """Return the card as it is printed at 300 dpi."""
    size = tuple(round(side * _DPMM) for side in CARD_MM)
    drawn = Image.new("L", size, 235)
    pen = ImageDraw.Draw(drawn)
    for row in range(0, size[1], 14):  # a ground of fine lines, as cards have
        pen.line([(0, row), (size[0], row + 30)], fill=222, width=2)
    pen.rectangle([40, 60, 300, 400], fill=150)
    for row in range(5):
        pen.rectangle([330, 80 + row * 60, 330 + 260 - row * 30, 100 + row * 60], fill=60)
    side = round(CODE_MM * _DPMM)
    seal = Image.open(io.BytesIO(code(text, scale=10))).convert("L").resize((side, side), Image.Resampling.LANCZOS)
    drawn.paste(seal, (size[0] - side - 40, size[1] - side - 40))
    return drawn


@dataclass(frozen=True)
class Shot:
    """How a picture was taken."""

    share: float = 0.7  # of the frame's width that the card fills
    turned: float = 0.0  # degrees
    tilt: float = 0.0  # of the far side's shortening
    soft: float = 0.0  # pixels
    noise: float = 0.0
    light: float = 1.0
    shade: float = 0.0  # fall of light across the frame
    quality: int = 90

    def taken(self, text, seed=1):
        """Return the picture as blue-green-red pixels, 1280x720."""
        picture = card(text)
        wide = round(WIDTH * self.share)
        picture = picture.resize((wide, round(wide * picture.height / picture.width)), Image.Resampling.LANCZOS)
        scene = Image.new("L", (WIDTH, HEIGHT), 96)
        scene.paste(picture, ((WIDTH - picture.width) // 2, (HEIGHT - picture.height) // 2))
        scene = scene.rotate(self.turned, Image.Resampling.BICUBIC, fillcolor=96)
        if self.tilt:
            inset = round(HEIGHT * self.tilt / 2)
            corners = (0, -inset, 0, HEIGHT + inset, WIDTH, HEIGHT, WIDTH, 0)
            scene = scene.transform((WIDTH, HEIGHT), Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)
        if self.soft:
            scene = scene.filter(ImageFilter.GaussianBlur(self.soft))
        pixels = np.asarray(scene, dtype=np.float64) * self.light
        pixels *= 1 - self.shade * np.linspace(0, 1, WIDTH)[None, :]
        pixels += np.random.default_rng(seed).normal(0, self.noise, pixels.shape)
        grey = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).convert("RGB")
        sink = io.BytesIO()
        grey.save(sink, "JPEG", quality=self.quality)
        return np.ascontiguousarray(np.asarray(Image.open(sink).convert("RGB"))[..., ::-1])


SHOTS = {
    "straight": Shot(),
    "small in the frame": Shot(share=0.5),
    "turned": Shot(turned=17),
    "upside down": Shot(turned=183),
    "tilted": Shot(tilt=0.35),
    "soft": Shot(soft=1.6),
    "noisy by night": Shot(light=0.35, noise=9),
    "half in the shade": Shot(shade=0.6, noise=4),
    "pressed hard": Shot(quality=35),
    "all of it": Shot(share=0.65, turned=-8, tilt=0.15, soft=1.0, noise=5, light=0.7, shade=0.3, quality=60),
}
