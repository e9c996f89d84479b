"""The seal of a border pass under a scanner that types or sends: told from a person's words, whatever the keyboards."""

import pytest

from bmis.capture.swipe_text import SwipeKind, swipe_in
from bmis.capture.wedge import WedgeDetector, keystrokes
from bmis.documents.seals.base45 import to_base45
from bmis.documents.seals.shown import LONGEST_SEAL_TEXT, looks_like_seal, seal_marks

BODY = to_base45(bytes(range(7, 187)))
SEALS = [mark + BODY for mark in seal_marks()]


def typed_on(text, meant=":*-+/", typed="Ç('»-"):
    return text.translate(str.maketrans(meant, typed))


@pytest.mark.parametrize("seal", SEALS)
@pytest.mark.parametrize("sent", [str, typed_on, lambda text: "]Q1" + text, lambda text: text.lower() + "\r\n"])
def test_a_seal_is_told_as_it_was_printed(seal, sent):
    swipe = swipe_in(sent(seal))
    assert (swipe.kind, swipe.seal, swipe.token, swipe.lines) == (SwipeKind.SEAL, seal, "", ())
    assert looks_like_seal(swipe.seal)
    assert seal not in repr(swipe)


def test_each_state_s_mark_is_its_own_and_no_word_of_a_person_begins_so():
    assert len(set(seal_marks())) == len(seal_marks()) == 2
    for words in ("S RAFAEL", "JOSE S RA", "S R", "BH1:" + BODY, "P<UTO", ""):
        assert not swipe_in(words).seal


def test_a_text_without_end_is_cut_and_is_no_seal():
    swipe = swipe_in(SEALS[0] + "A" * 5000)
    assert len(swipe.seal) == LONGEST_SEAL_TEXT + 1
    assert not looks_like_seal(swipe.seal)


@pytest.mark.parametrize("pace_ms", [4, 20, 45, 60])
def test_keys_of_a_seal_reach_no_field_but_the_first_which_are_taken_back(pace_ms):
    seal, detector, field, told = SEALS[0], WedgeDetector(), "", ""
    last = 0
    for stroke in keystrokes((seal,), 1000, pace_ms):
        answer = detector.key(stroke.text, stroke.at_ms)
        field += "".join(key.text for key in answer.replay)
        told, last = answer.seal or told, stroke.at_ms
    answer = detector.idle(last + 500)
    field += "".join(key.text for key in answer.replay)
    assert (answer.seal or told) == seal
    assert field == seal[: answer.typed_before]


def test_a_person_who_types_a_name_is_no_reader():
    detector, field = WedgeDetector(), ""
    for at, char in enumerate("S RAFAEL"):
        field += "".join(key.text for key in detector.key(char, at * 150).replay)
    field += "".join(key.text for key in detector.idle(10_000).replay)
    assert field == "S RAFAEL"
