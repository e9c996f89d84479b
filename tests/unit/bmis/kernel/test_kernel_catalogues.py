"""Words come from the .po texts as they are now; a compiled copy serves only when it proves to be theirs."""

import sys
from subprocess import run

import pytest

from bmis.kernel.catalogues import COMPILED, keep_compiled, load

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n'
)


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "pt"
    place.mkdir()
    return place


def _write(folder, words, name="part.po"):
    (folder / name).write_text(HEADER + "\n" + words, encoding="utf-8")


def test_words_of_several_files_are_one_translation(folder):
    _write(folder, 'msgid "Post"\nmsgstr "Posto"\n', "a.po")
    _write(folder, 'msgid "Lane"\nmsgstr "Via"\n', "b.po")

    words = load(folder)

    assert [words.gettext(word) for word in ("Post", "Lane", "Officer")] == ["Posto", "Via", "Officer"]


def test_words_changed_after_compiling_are_the_words_read(folder):
    _write(folder, 'msgid "Post"\nmsgstr "Posto"\n')
    keep_compiled(folder)
    assert load(folder).gettext("Post") == "Posto"

    _write(folder, 'msgid "Post"\nmsgstr "Fronteira"\n')

    assert load(folder).gettext("Post") == "Fronteira"


def test_a_damaged_compiled_copy_is_not_used(folder):
    _write(folder, 'msgid "Post"\nmsgstr "Posto"\n')
    (folder / COMPILED).write_bytes(b"\xde\x12\x04\x95 cut")

    assert load(folder).gettext("Post") == "Posto"


def test_a_doubtful_or_empty_translation_comes_in_english(folder):
    _write(folder, '#, fuzzy\nmsgid "Lane"\nmsgstr "Via"\n\nmsgid "Exit"\nmsgstr ""\n')

    words = load(folder)

    assert [words.gettext("Lane"), words.gettext("Exit")] == ["Lane", "Exit"]


def test_plurals_come_in_both_forms(folder):
    _write(folder, 'msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "{n} dia"\nmsgstr[1] "{n} dias"\n')

    words = load(folder)

    assert [words.ngettext("{n} day", "{n} days", n) for n in (1, 2)] == ["{n} dia", "{n} dias"]


def test_a_broken_catalogue_says_its_file(folder):
    (folder / "part.po").write_text(HEADER + '\nmsgid "Lane"\nVia\n', encoding="utf-8")

    with pytest.raises(ValueError, match=r"part\.po"):
        load(folder)


def test_with_a_compiled_copy_translating_imports_no_babel(folder):
    _write(folder, 'msgid "Post"\nmsgstr "Posto"\n')
    keep_compiled(folder)

    said = run(
        [
            sys.executable,
            "-c",
            "import sys, pathlib; from bmis.kernel.catalogues import load;"
            f"print(load(pathlib.Path({str(folder)!r})).gettext('Post'), 'babel' in sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.split() == ["Posto", "False"]
