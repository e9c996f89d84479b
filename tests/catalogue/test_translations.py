"""Whatever is marked to be translated is translated, whole, with the same fields; what people read is marked."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bmis.kernel import i18n
from bmis.kernel.resources import resource
from ui.cli.main import application
from ui.words.filling import fields_of

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {"_": 1, "translate": 1, "translate_plural": 2, "_n": 2}
CATALOGUES = sorted(resource("i18n", "pt").glob("*.po"))


def said_in(source):
    """Yield each marked message. By the syntax tree: Babel's reader is blind inside f-strings on Python 3.11."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            words = [one.value for one in node.args[: KEYWORDS[node.func.id]] if isinstance(one, ast.Constant)]
            if words and all(isinstance(word, str) for word in words):
                yield words[0] if KEYWORDS[node.func.id] == 1 else tuple(words)


def test_a_word_inside_an_f_string_is_seen():
    assert list(said_in("x = f'{_(\"Page\")} 1'")) == ["Page"]


def marked():
    """Return each message of the source: the text, or the pair of a plural, to the files that say it."""
    found = defaultdict(set)
    for package in ("bmis", "poe_health", "ui"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for message in said_in(path.read_text(encoding="utf-8")):
                found[message].add(path.name)
    for text in helps():
        found[text].add("ui/cli")
    found.pop("", None)
    return found


def helps():
    """Return the help of every command, argument and option: typer takes it as plain text, helping.py translates it."""

    def walk(command):
        yield command.help
        for parameter in command.params:
            if parameter.name != "help":
                yield getattr(parameter, "help", None)
        for child in getattr(command, "commands", {}).values():
            yield from walk(child)

    return {text for text in walk(application()) if text}


def translated():
    """Return every entry of the Portuguese catalogues with the file it stands in."""
    found = []
    for path in CATALOGUES:
        with path.open("rb") as file:
            catalogue = read_po(file, locale="pt")
        found += [(path.name, message) for message in catalogue if message.id]
    return found


def by_id():
    return {message.id if isinstance(message.id, str) else tuple(message.id): message for _, message in translated()}


def test_everything_that_is_marked_is_translated():
    singular = {key if isinstance(key, str) else key[0] for key in by_id()}
    missing = {
        str(key): sorted(files)
        for key, files in marked().items()
        if (key if isinstance(key, str) else key[0]) not in singular
    }

    assert not missing


def test_nothing_is_translated_that_nobody_says():
    said = {key if isinstance(key, str) else key[0] for key in marked()}
    stale = [(name, message.id) for name, message in translated() if _first(message.id) not in said]

    assert not stale


def test_no_translation_is_empty_or_doubtful():
    for name, message in translated():
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(forms), (name, message.id)
        assert not message.fuzzy, (name, message.id)


def test_no_catalogue_keeps_old_entries():
    for path in CATALOGUES:
        assert "#~" not in path.read_text(encoding="utf-8"), path.name


def test_every_translation_has_the_fields_of_its_source():
    for name, message in translated():
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        for form in forms[:-1]:
            assert _fields(form) in [_fields(source) for source in sources], (name, message.id)
        assert _fields(forms[-1]) == _fields(sources[-1]), (name, message.id)


def test_the_same_words_are_translated_the_same_way_everywhere():
    seen = {}
    for name, message in translated():
        first = seen.setdefault(_first(message.id), (name, message.string))
        assert first[1] == message.string, (name, first[0], message.id)


def test_every_catalogue_says_that_it_is_portuguese_in_utf_8():
    for path in CATALOGUES:
        head = path.read_text(encoding="utf-8")[:800]
        assert re.search(r'"Language: pt\\n"', head), path.name
        assert "charset=UTF-8" in head, path.name


def test_portuguese_has_no_brazilian_or_reformed_spelling():
    wrong = re.compile(r"\b(direção|seção|ação|atual|usuário|senha|tela|você|registro|objeto|projeto)\b", re.I)
    token = re.compile(r"\b(sem senha|senhas? de saúde)\b", re.I)  # the number in a queue, never a password
    for name, message in translated():
        for form in message.string if isinstance(message.string, tuple) else (message.string,):
            assert not wrong.search(token.sub("", form)), (name, form)


@pytest.fixture
def pseudo(monkeypatch):
    """A language in which every marked text wears brackets: whatever has none was never marked."""

    class Bracketed:
        def gettext(self, message):
            return f"⟦{message}⟧"

        def ngettext(self, one, many, count):
            return f"⟦{one if count == 1 else many}⟧"

    monkeypatch.setattr(i18n, "_catalogue", lambda _: Bracketed())


def test_every_word_of_an_error_was_marked(pseudo):
    from ui.words.errors import WORDS

    for code, make in WORDS.items():
        for text in make():
            assert text.startswith("⟦"), code
            assert text.endswith("⟧"), code


def test_the_help_of_every_command_was_marked(pseudo, capsys):
    from ui.cli.helping import show_help

    show_help(application(), [])
    show_help(application(), ["crossing", "search"])

    for line in capsys.readouterr().out.splitlines():
        if line.strip():
            assert "⟦" in line, line


def test_commands_print_no_text_that_was_never_marked():
    """No plain sentence is printed: text in say(), print() and answer() is made of marked words and values."""
    sentence = re.compile(r"[A-Za-z]{3,} [a-z]{2,}")
    for path in sorted((ROOT / "ui" / "cli").glob("*.py")):
        for call in _calls(ast.parse(path.read_text(encoding="utf-8")), {"say", "print", "say_trouble"}):
            for constant in _plain_text(call):
                assert not sentence.search(constant), (path.name, constant)


def _calls(tree, names):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node


def _plain_text(node):
    """Text constants under the node that are not inside a call of the translator."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and isinstance(child.func, ast.Name) and child.func.id in KEYWORDS:
            continue
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.value
        yield from _plain_text(child)


def _first(message_id):
    return message_id if isinstance(message_id, str) else message_id[0]


def _fields(text):
    try:
        return fields_of(text)
    except ValueError:  # a lone brace: text that is never formatted
        return set()
