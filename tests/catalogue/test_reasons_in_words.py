"""Why something was not accepted is said in words: no error shows the code that the program gives it."""

import ast
from pathlib import Path

from bmis.kernel.errors import BmisError
from bmis.kernel.i18n import speaking
from tests.catalogue.test_error_words import every_error
from ui.words.errors import WORDS
from ui.words.facts import fact_words
from ui.words.filling import fields_of

ROOT = Path(__file__).resolve().parents[2]
AS_THEY_ARE = {
    "file": "the name of a file, to be looked for",
    "table": "the name of a file, to be looked for",
    "argument": "an option, as it is typed",
    "where": "a place in a file that somebody wrote, named as in that file",
    "column": "a column of a file that somebody wrote",
    "item": "a line of a form, by the number or name that the form gives it",
    "reference": "a number of a paper",
}
TYPED = {"BMIS-007"}  # a field of JSON that somebody wrote, named as its schema names it
MARKS = {"*", "—", "?", ""}  # the whole of it, or none


def calls():
    for package in ("bmis", "poe_health", "ui"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    yield node, node.func.id


def raised(kind, node):
    """Return the error as the call makes it, what is not written there left as nothing; None where it is none."""
    said = [each.value if isinstance(each, ast.Constant) else "" for each in node.args]
    named = {each.arg: each.value.value if isinstance(each.value, ast.Constant) else None for each in node.keywords}
    try:
        error = kind(*said, **named)
    except (TypeError, ValueError, AttributeError):  # another class of the same name, or it needs more than words
        return None
    return error if isinstance(error, BmisError) else None


def codes():
    """Return every fact that an error shows and that stands as a text where the error is made."""
    kinds = {}
    for kind in every_error():
        kinds.setdefault(kind.__name__, []).append(kind)
    found = set()
    for node, name in calls():
        if name not in kinds:
            continue
        written = {each.value for each in ast.walk(node) if isinstance(each, ast.Constant)}
        for kind in kinds[name]:
            error = raised(kind, node)
            shown = set().union(*map(fields_of, WORDS[kind.code]())) if error else set()
            found |= {(kind.code, fact, error.facts[fact]) for fact in shown & set(error.facts if error else ())} & {
                (kind.code, fact, each) for fact in shown for each in written if isinstance(each, str)
            }
    return found


def test_every_code_that_an_error_shows_has_words_of_the_reader_whatever_it_is_called():
    found = codes()
    with speaking("pt"):
        bare = sorted(
            (code, fact, value)
            for code, fact, value in found
            if fact not in AS_THEY_ARE and code not in TYPED and value not in MARKS and fact_words(fact, value) == value
        )
    assert bare == []
    assert len({fact for _, fact, _ in found}) > 8
    assert {"BMIS-602", "BMIS-611", "BMIS-797", "BMIS-642", "BMIS-664", "BMIS-258"} <= {code for code, _, _ in found}
