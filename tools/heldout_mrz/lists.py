"""What the held-out sets draw from. Training (tools/train_mrz) shares none of it; a test compares the lists."""

from pathlib import Path

_DEBIAN = Path("/usr/share/fonts")

ZONE_FONT = _DEBIAN / "opentype" / "ocr-b" / "OCRBS.otf"
TEXT_FONTS = (
    _DEBIAN / "truetype" / "dejavu" / "DejaVuSerif.ttf",
    _DEBIAN / "truetype" / "dejavu" / "DejaVuSerif-Bold.ttf",
    _DEBIAN / "truetype" / "dejavu" / "DejaVuSerif-Italic.ttf",
    _DEBIAN / "truetype" / "dejavu" / "DejaVuSerifCondensed.ttf",
    _DEBIAN / "truetype" / "dejavu" / "DejaVuSerifCondensed-Bold.ttf",
)
FONT_FILES = (ZONE_FONT, *TEXT_FONTS)

BACKGROUNDS = ("woven cloth", "terrazzo", "keyboard keys", "corrugated card", "tiled floor", "newspaper")
SECURITY_BACKGROUNDS = ("hypotrochoid rosettes", "dot raster", "microtext waves")
LAYOUTS = (
    "old passport, zone near the edge",
    "passport open on two pages",
    "passport with a wide photo",
    "identity card back with code",
    "small identity card",
    "large identity card",
    "visa in a passport page",
    "narrow visa",
    "french card 1988",
)
DEGRADATIONS = (
    "off-axis pinhole pose",
    "page curl",
    "hand-shake random walk",
    "depth of field",
    "elliptical lamp glare",
    "penumbra of a hand",
    "crease with shading",
    "rotated pixel-lattice moire",
    "poisson shot noise",
    "chroma subsampling and downscale",
    "webp compression",
)
SEEDS = range(9_000_000, 10_000_000)
