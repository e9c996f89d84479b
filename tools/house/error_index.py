"""Writes the manual's index of error codes, in each language, out of the words that the program shows.

``python -m tools.house.error_index`` writes docs/manual/LANGUAGE/errors.md; a test fails when they are out of date.
"""

from pathlib import Path

from bmis.kernel.errors import BmisError
from bmis.kernel.i18n import LANGUAGES, speaking
from ui.words.errors import WORDS, describe

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "manual"
_HEADS = {
    "pt": (
        "# Códigos de erro",
        "Cada erro tem um código que não muda. O programa preenche as palavras entre chavetas.",
        "| Código | O que aconteceu | O que fazer |",
    ),
    "en": (
        "# Error codes",
        "Every error has a code that never changes. The program fills in the words in braces.",
        "| Code | What happened | What to do |",
    ),
}


def index(language: str) -> str:
    """Return the page of one language."""
    title, lead, head = _HEADS[language]
    with speaking(language):
        general = describe(Exception())
        rows = [(BmisError.code, general.what, general.do)]
        rows += [(code, *WORDS[code]()) for code in sorted(WORDS)]
    lines = [title, "", lead, "", head, "|---|---|---|"]
    lines += [f"| {code} | {_cell(what)} | {_cell(do)} |" for code, what, do in rows]
    return "\n".join(lines) + "\n"


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    for each in LANGUAGES:
        (MANUAL / each).mkdir(parents=True, exist_ok=True)
        (MANUAL / each / "errors.md").write_text(index(each), encoding="utf-8")
