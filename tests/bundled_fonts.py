"""Training scenes drawn with the fonts of the checkout alone."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tools.train_mrz import page

FONTS = page.OCR_B_FILES[0].parent


@contextmanager
def only_bundled_fonts() -> Iterator[None]:
    """Draw without training's Debian packages, which need not be installed, and without words drawn before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page, "OCR_B_FILES", (FONTS / "OCRB.ttf",))
        patch.setattr(page, "NEAR_FILES", (FONTS / "OCRB.ttf",))
        patch.setattr(page, "TEXT_FILES", (FONTS / "Inter-Regular.ttf", FONTS / "Inter-Bold.ttf"))
        page.forget_words()
        yield
    page.forget_words()
