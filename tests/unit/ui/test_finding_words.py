"""Every answer of every check has words, with its facts in them."""

import re
from pathlib import Path

import pytest

import bmis.crossings.checks
from bmis.crossings.finding import Finding, Status
from bmis.kernel.i18n import LANGUAGES, speaking
from ui.words.findings import _COMMON, _WORDS, evidence_words, worded

FOLDER = Path(bmis.crossings.checks.__file__).parent


def evidences():
    """Return (check, evidence) of every finding that the source of a check can make."""
    for path in sorted(FOLDER.glob("*.py")):
        text = path.read_text(encoding="utf-8")
        name = re.search(r'(?:name: str =|_NAME =) "([a-z_]+)"', text)
        if name is None:
            continue
        for code in re.findall(r'Status\.[A-Z]+(?: if \w+ else Status\.[A-Z]+)?, "([a-z_]+)"', text):
            yield name[1], code


def test_every_evidence_code_in_the_source_has_words():
    found = set(evidences())

    assert len(found) > 20
    assert not [pair for pair in found if not worded(*pair)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_facts_are_shown_as_people_read_them(language):
    expired = Finding("document_dates", Status.RED, "expired", "rule", {"expiry": "2026-01-31", "days": 3})
    digits = Finding("check_digits", Status.RED, "check_digit_fails", "rule", {"fields": "number,birth_date"})

    with speaking(language):
        assert "31/01/2026" in evidence_words(expired)
        assert "birth_date" not in evidence_words(digits)


def test_an_answer_without_words_shows_its_code():
    assert evidence_words(Finding("new_check", Status.AMBER, "odd", "rule")) == "odd"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_ends_and_has_known_facts(language):
    with speaking(language):
        sentences = [make() for words in (*_WORDS.values(), _COMMON) for make in words.values()]

    assert all(sentence.endswith(".") for sentence in sentences)
    assert len(sentences) == len(set(sentences))
