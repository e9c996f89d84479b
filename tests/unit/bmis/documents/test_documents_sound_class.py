"""Names that a clerk may write in several ways sound alike; other names do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmis.documents.errors import CodeTableError, NameNotWritableError
from bmis.documents.names import sound_class
from bmis.documents.names.sound_class import sound_alike, sound_classes, sound_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chissano", "Xissano"),
        ("Phiri", "Piri"),
        ("Conceição", "CONCEICAO"),
        ("Mbanze", "Banze"),
        ("Mwanza", "Muanza"),
        ("Guebuza", "Gubuza"),
        ("Nhussi", "Nyusi"),
        ("Ngoma", "Goma"),
        ("Lourenço", "Rorenso"),
        ("Wilson", "Uilson"),
        ("Elisa", "Alisa"),
        ("João d'Água", "JOAO DAGUA"),
        ("Mphande", "Pande"),
    ],
)
def test_spellings_of_one_name_have_one_class(one, other):
    assert sound_key(one) == sound_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Mondlane", "Machel"), ("Tembe", "Sitoe"), ("Ana", "Rui"), ("Macuácua", "Chissano")]
)
def test_other_names_have_other_classes(one, other):
    assert sound_key(one) != sound_key(other)


def test_parts_may_be_missing_or_in_another_order():
    whole = sound_classes("Mondlane Ana Luísa")

    assert sound_alike(whole, sound_classes("Ana Mondlane"))
    assert sound_alike(whole, sound_classes("Luísa Ana Tembe"))
    assert not sound_alike(whole, sound_classes("Ana Tembe Sitoe"))
    assert sound_alike(sound_classes("Mondlane"), whole)
    assert not sound_alike((), whole)


@given(st.lists(st.text("ABCDEFGHIJLMNOPQRSTUVXZÇÃÉ", min_size=1, max_size=12), min_size=1, max_size=4))
def test_order_case_and_doubled_letters_do_not_matter(parts):
    name = " ".join(parts)

    assert sound_key(name) == sound_key(" ".join(reversed(parts))) == sound_key(name.lower())


@given(st.text(max_size=30))
def test_untrusted_text_gives_classes_or_a_typed_error(text):
    try:
        found = sound_classes(text)
    except NameNotWritableError:
        return
    assert all(part.isascii() and part.isalpha() for part in found)


def test_a_damaged_list_is_one_clear_error(tmp_path, monkeypatch):
    monkeypatch.setenv("BMIS_RESOURCES", str(tmp_path))
    sound_class._table.cache_clear()
    try:
        with pytest.raises(CodeTableError):
            sound_class._table()
    finally:
        sound_class._table.cache_clear()
