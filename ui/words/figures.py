"""Decimals as the language in force writes them."""

from bmis.kernel.i18n import current_language


def in_figures(number: object, places: int | None = None) -> str:
    """Return a number with a comma in Portuguese and a point in English; rounded to ``places`` where that is given."""
    text = str(number) if places is None else f"{number:.{places}f}"
    return text if current_language() == "en" else text.replace(".", ",")
