"""Catalogues are read from their text, and say what Babel's reader says."""

import sys
import textwrap
from subprocess import run

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from bmis.kernel.catalogues import CatalogueError, load
from bmis.kernel.resources import resource

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n'


def _folder(tmp_path, text):
    (tmp_path / "part.po").write_text(textwrap.dedent(text), encoding="utf-8")
    return load(tmp_path)


@pytest.mark.parametrize("language", ["pt"])
def test_every_shipped_message_reads_as_babel_reads_it(language):
    ours = load(resource("i18n", language))
    paths = sorted(resource("i18n", language).glob("*.po"))
    assert paths
    seen = {}
    for path in paths:
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id and not message.fuzzy:
                    seen[message.id if isinstance(message.id, str) else tuple(message.id)] = message.string
    for key, said in seen.items():
        if isinstance(key, tuple):
            assert ours.ngettext(*key, 1) == said[0]
            assert ours.ngettext(*key, 5) == said[1]
        else:
            assert ours.gettext(key) == (said or key)


@given(st.dictionaries(st.text(min_size=1), st.text(min_size=1), max_size=5))
def test_any_text_survives_the_way_through_a_po_file(tmp_path_factory, words):
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    folder = tmp_path_factory.mktemp("po")
    catalogue = Catalog(locale="pt")
    words = {key.replace("\x00", " "): value for key, value in words.items() if _plain(key) and _plain(value)}
    for key, value in words.items():
        catalogue.add(key, value)
    with (folder / "any.po").open("wb") as file:
        write_po(file, catalogue, width=0)
    ours = load(folder)
    assert {key: ours.gettext(key) for key in words} == words


def _plain(text):
    # a .po file is lines: other line ends and control characters are not written as escapes by anybody
    return text.isprintable() and text.strip()


def test_words_changed_on_disk_are_the_words_read(tmp_path):
    assert _folder(tmp_path, HEADER + '\nmsgid "Post"\nmsgstr "Posto"\n').gettext("Post") == "Posto"
    assert _folder(tmp_path, HEADER + '\nmsgid "Post"\nmsgstr "Fronteira"\n').gettext("Post") == "Fronteira"


def test_a_doubtful_or_empty_translation_comes_in_english(tmp_path):
    words = _folder(tmp_path, HEADER + '\n#, fuzzy\nmsgid "Lane"\nmsgstr "Via"\n\nmsgid "Exit"\nmsgstr ""\n')
    assert words.gettext("Lane") == "Lane"
    assert words.gettext("Exit") == "Exit"


def test_the_rule_for_plurals_is_that_of_the_language(tmp_path):
    words = _folder(
        tmp_path, HEADER + '\nmsgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "{n} dia"\nmsgstr[1] "{n} dias"\n'
    )
    assert [words.ngettext("{n} day", "{n} days", n) for n in (0, 1, 2)] == ["{n} dia", "{n} dia", "{n} dias"]


def test_a_broken_catalogue_says_its_file_and_line(tmp_path):
    with pytest.raises(CatalogueError, match=r"part\.po:6"):
        _folder(tmp_path, HEADER + '\nmsgid "Lane\nmsgstr "Via"\n')


def test_translating_a_word_imports_no_babel():
    said = run(
        [
            sys.executable,
            "-c",
            "import sys; from bmis.kernel.i18n import translate as t; t('Post'); print('babel' in sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "False"
