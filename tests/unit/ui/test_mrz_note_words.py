"""Every note on an MRZ has words, in both languages."""

import re
from pathlib import Path

import pytest

from bmis.documents import century, mrz
from bmis.documents.residues import NOTES
from bmis.kernel.i18n import set_language
from ui.words.mrz_notes import note_words, noted


def all_notes():
    wrong = set(
        re.findall(r'"((?:date|year|zero|xx|day)_[a-z_]+)"', Path(century.__file__).read_text(encoding="utf-8"))
    )
    assert len(wrong) == 6
    source = Path(mrz.__file__).read_text(encoding="utf-8")
    parsed = set(re.findall(r'"([a-z]+_[a-z_]+)"', source)) - {"expiry_date"}
    return sorted({*NOTES.values(), *parsed, *(f"{field}_{code}" for field in ("birth", "expiry") for code in wrong)})


@pytest.mark.parametrize("note", all_notes())
def test_a_note_is_a_sentence_and_never_its_code(note):
    assert noted(note)
    (said,) = note_words([note])
    assert said.endswith(".")
    assert note not in said


def test_an_officer_reads_that_the_name_is_not_proved():
    set_language("pt")
    try:
        assert note_words(["name_not_proved"]) == ("Os dígitos de controlo não provam o nome: compare-o com a página.",)
    finally:
        set_language("en")
    assert note_words(["something_new"]) == ("something_new",)
