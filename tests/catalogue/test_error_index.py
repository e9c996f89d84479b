"""The manual's index of error codes says what the program says."""

import pytest

from bmis.kernel.i18n import LANGUAGES
from tools.house.error_index import MANUAL, index


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_of_errors_is_up_to_date(language):
    kept = (MANUAL / language / "errors.md").read_text(encoding="utf-8")

    assert kept == index(language), "run: python -m tools.house.error_index"
