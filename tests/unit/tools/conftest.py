"""What tests of the tools share."""

import pytest

from tools.train_mrz import page

FONTS = page.OCR_B_FILES[0].parent


@pytest.fixture(scope="module")
def bundled_fonts():
    """Draw with the fonts of the checkout alone: those of training's Debian packages need not be installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page, "OCR_B_FILES", (FONTS / "OCRB.ttf",))
        patch.setattr(page, "NEAR_FILES", (FONTS / "OCRB.ttf",))
        patch.setattr(page, "TEXT_FILES", (FONTS / "Inter-Regular.ttf", FONTS / "Inter-Bold.ttf"))
        page.forget_words()
        yield
    page.forget_words()
