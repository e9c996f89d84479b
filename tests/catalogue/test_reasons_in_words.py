"""Why something was not accepted is said in words: no error shows the code that the program gives it."""

import ast
from pathlib import Path

from bmis.kernel.i18n import speaking
from ui.words.facts import fact_words

ROOT = Path(__file__).resolve().parents[2]


def reasons():
    found = set()
    for package in ("bmis", "poe_health", "ui"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                    found |= {
                        each.value.value
                        for each in node.exc.keywords
                        if each.arg == "why" and isinstance(each.value, ast.Constant)
                    }
    return sorted(found)


def test_every_reason_of_an_error_has_words_of_the_reader():
    with speaking("pt"):
        bare = [why for why in reasons() if fact_words("why", why) == why]
    assert len(reasons()) > 20
    assert bare == []
