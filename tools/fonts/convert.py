"""Makes resources/fonts/*.ttf from the Debian packages fonts-ocr-b and fonts-inter.

Those packages carry CFF outlines (cubic); ReportLab embeds only TrueType ones (quadratic). The outlines are
converted within a thousandth of an em, and what is not Latin is left out. The same input gives the same bytes.

    .venv/bin/python tools/fonts/convert.py            # writes resources/fonts
    .venv/bin/python tools/fonts/convert.py --to build # writes elsewhere, to compare
"""

import argparse
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset  # type: ignore[import-untyped]  # fontTools ships no types
from fontTools.pens.cu2quPen import Cu2QuPen  # type: ignore[import-untyped]  # fontTools ships no types
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]  # fontTools ships no types
from fontTools.ttLib import TTFont, newTable  # type: ignore[import-untyped]  # fontTools ships no types

DEBIAN = Path("/usr/share/fonts/opentype")
RESOURCES = Path(__file__).resolve().parents[2] / "resources" / "fonts"

SOURCES = {
    "OCRB.ttf": DEBIAN / "ocr-b" / "OCRB.otf",
    "Inter-Regular.ttf": DEBIAN / "inter" / "Inter-Regular.otf",
    "Inter-SemiBold.ttf": DEBIAN / "inter" / "Inter-SemiBold.otf",
    "Inter-Bold.ttf": DEBIAN / "inter" / "Inter-Bold.otf",
}

KEPT: tuple[tuple[int, int], ...] = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x024F),  # Latin-1, Extended-A and -B: Portuguese, and the hooked letters of African languages
    (0x0250, 0x02AF),  # IPA: the small forms of those hooked letters live here
    (0x02B0, 0x02FF),  # modifier letters: the apostrophe-like letters of names
    (0x0300, 0x036F),  # combining marks
    (0x1E00, 0x1EFF),  # Latin Extended Additional: dots below, Vietnamese
    (0x2000, 0x206F),  # punctuation
    (0x20A0, 0x20CF),  # currency
    (0x2100, 0x214F),  # numero sign and the like
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # minus, not equal
    (0x25A0, 0x25FF),  # boxes to tick, and circles
    (0x2600, 0x26FF),  # warning sign
    (0x2700, 0x27BF),  # check marks, crosses
    (0x2C60, 0x2C7F),  # Latin Extended-C
    (0xA720, 0xA7FF),  # Latin Extended-D
    (0xFB00, 0xFB06),  # Latin ligatures
    (0xFFFD, 0xFFFD),  # the replacement character
)
FEATURES = ("kern", "mark", "mkmk", "ccmp", "locl", "tnum", "case")
LARGEST_ERROR_EM = 0.001


def kept_characters() -> Iterable[int]:
    """Return every code point that is asked of a source font (it may have fewer)."""
    return (point for first, last in KEPT for point in range(first, last + 1))


def to_truetype(font: TTFont) -> None:
    """Replace the CFF outlines of ``font`` by quadratic ones, in place."""
    order = font.getGlyphOrder()
    glyphs = font.getGlyphSet()
    largest_error = font["head"].unitsPerEm * LARGEST_ERROR_EM
    outlines = {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, largest_error, reverse_direction=True))
        outlines[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder = order
    glyf.glyphs = outlines
    for name, glyph in outlines.items():
        glyph.recalcBounds(glyf)
        advance, _ = font["hmtx"].metrics[name]
        font["hmtx"].metrics[name] = (advance, getattr(glyph, "xMin", 0))  # xMin: absent from an empty glyph
    for tag in ("CFF ", "VORG"):
        if tag in font:
            del font[tag]
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    maxp.maxZones = 1
    for field in (
        "maxTwilightPoints",
        "maxStorage",
        "maxFunctionDefs",
        "maxInstructionDefs",
        "maxStackElements",
        "maxSizeOfInstructions",
        "maxComponentElements",
    ):
        setattr(maxp, field, 0)
    font["post"].formatType = 2.0
    font["post"].extraNames = []
    font["post"].mapping = {}
    font["post"].glyphOrder = order
    font.sfntVersion = "\000\001\000\000"


def convert(source: Path, target: Path) -> None:
    """Write the Latin part of ``source`` to ``target`` with TrueType outlines; names and licence text stay."""
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = list(FEATURES)
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.notdef_outline = True
    options.hinting = False
    options.recalc_timestamp = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=kept_characters())
    subsetter.subset(font)
    to_truetype(font)
    font.save(target)


def main() -> None:
    """Write every font and print its size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, default=RESOURCES)
    folder = parser.parse_args().to
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in SOURCES.items():
        convert(source, folder / name)
        print(f"{name}: {(folder / name).stat().st_size} bytes")


if __name__ == "__main__":
    main()
