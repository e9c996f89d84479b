"""Every error has a code of its own, and words of its own in every language."""

import importlib
import pkgutil

import pytest

import bmis
import poe_health
import ui
from bmis.kernel.errors import BmisError
from bmis.kernel.i18n import LANGUAGES, speaking
from ui.words import errors as words
from ui.words.errors import describe
from ui.words.filling import fields_of, fill

NOT_IMPORTED = (".migrations.versions", "passporteye_worker")


def every_error():
    for package in (bmis, poe_health, ui):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not any(part in module.name for part in NOT_IMPORTED):
                importlib.import_module(module.name)
    return sorted(set(_with_code(BmisError)), key=lambda kind: (kind.code, kind.__name__))


def _with_code(kind):
    for child in kind.__subclasses__():
        if child.__module__.partition(".")[0] in {"bmis", "poe_health", "ui"}:
            if "code" in vars(child):
                yield child
            yield from _with_code(child)


def test_every_error_has_a_code_of_its_own():
    seen = {}
    for kind in every_error():
        assert seen.setdefault(kind.code, kind) is kind, (kind, seen[kind.code])
    assert len(seen) > 100
    assert BmisError.code not in seen


def test_every_last_error_has_a_code():
    for kind in [BmisError, *every_error()]:
        for child in kind.__subclasses__():
            if child.__module__.partition(".")[0] in {"bmis", "poe_health", "ui"} and not child.__subclasses__():
                assert "code" in vars(child), child


def test_every_code_has_words_and_every_word_a_code():
    assert {kind.code for kind in every_error()} == set(words.WORDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_there_and_are_each_error_s_own(language):
    with speaking(language):
        notices = {code: make() for code, make in words.WORDS.items()}

    for code, (what, do) in notices.items():
        assert what, code
        assert do.rstrip()[-1] in ".!?", (code, do)
        assert not what.endswith("."), (code, what)
        assert fields_of(what) >= set()
    said = [what for what, _ in notices.values()]
    assert len(said) == len(set(said))


def test_both_languages_differ():
    for code, make in words.WORDS.items():
        with speaking("pt"):
            portuguese = make()
        with speaking("en"):
            english = make()
        assert portuguese[0] != english[0], code
        assert portuguese[1] != english[1], code


def test_what_is_no_error_of_ours_is_a_fault():
    assert describe(ValueError("MONDLANE")).code == "BMIS-000"
    assert "MONDLANE" not in describe(ValueError("MONDLANE")).line


def test_a_catalogue_cannot_reach_into_a_value():
    assert fill("{name.__class__} {name[0]} {other}", {"name": "x"}) == "x x ?"


def test_a_fact_cannot_break_the_line():
    assert "\n" not in fill("{name}", {"name": "a\nb\x1b[31m"})
    assert len(fill("{name}", {"name": "a" * 1000})) < 200
