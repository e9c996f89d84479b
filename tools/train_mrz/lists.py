"""What training draws from. The held-out sets (tools/heldout_mrz) share none of it; a test compares the lists.

The drawing code takes its backgrounds and fonts from here. A degradation is the function of its name in ``degrade``,
``scene`` or ``page``; a test draws scenes and sees that each was used.
"""

from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_DEBIAN = Path("/usr/share/fonts")

OCR_B_FILES = (
    _ROOT / "resources" / "fonts" / "OCRB.ttf",
    _DEBIAN / "opentype" / "ocr-b" / "OCRB.otf",
    _DEBIAN / "opentype" / "ocr-b" / "OCRBL.otf",
)
NEAR_FILES = (  # what cheap printers and specimens of web pages use instead
    _DEBIAN / "truetype" / "dejavu" / "DejaVuSansMono.ttf",
    _DEBIAN / "truetype" / "liberation" / "LiberationMono-Regular.ttf",
    _DEBIAN / "truetype" / "liberation" / "LiberationMono-Bold.ttf",
    _DEBIAN / "truetype" / "dejavu" / "DejaVuSansMono-Bold.ttf",
    _DEBIAN / "truetype" / "freefont" / "FreeMonoBold.ttf",
    _DEBIAN / "truetype" / "hack" / "Hack-Regular.ttf",
    _DEBIAN / "truetype" / "inconsolata" / "Inconsolata.otf",
    _DEBIAN / "opentype" / "b612" / "B612Mono-Bold.otf",
    _DEBIAN / "truetype" / "ocr-a" / "OCRA.ttf",
)
TEXT_FILES = (
    _ROOT / "resources" / "fonts" / "Inter-Regular.ttf",
    _ROOT / "resources" / "fonts" / "Inter-Bold.ttf",
    _DEBIAN / "truetype" / "dejavu" / "DejaVuSans.ttf",
    _DEBIAN / "truetype" / "dejavu" / "DejaVuSansCondensed-Bold.ttf",
    _DEBIAN / "truetype" / "liberation" / "LiberationSans-Regular.ttf",
    _DEBIAN / "truetype" / "liberation" / "LiberationSerif-Regular.ttf",
    _DEBIAN / "truetype" / "liberation" / "LiberationMono-Regular.ttf",
)
FONT_FILES = tuple(dict.fromkeys((*OCR_B_FILES, *NEAR_FILES, *TEXT_FILES)))

BACKGROUNDS = ("plain", "gradient", "wood stripes", "noise clouds", "page of text", "polygons")
SECURITY_BACKGROUNDS = ("sine waves", "clouds", "stripes", "line lattice", "blank")
LAYOUTS = ("book page", "card front", "card back", "visa sticker", "bare zone", "dense page")
DEGRADATIONS = (
    "corner homography",
    "quadratic bow",
    "tilted fold",
    "radial lens distortion",
    "linear motion blur",
    "gaussian blur",
    "defocus disc",
    "gaussian noise",
    "jpeg",
    "resampling",
    "linear gradient light",
    "specular band",
    "straight shadow",
    "sine moire",
    "lamination haze",
    "straight crop",
    "ink dropout",
    "contrast and gamma",
    "overlay marks",
    "dot printing",
)
SEEDS = range(0, 1_000_000)  # of scenes
SAMPLE_SEEDS = range(5_000_000, 6_000_000)  # of what is cut from a scene: its seed, moved by this start
