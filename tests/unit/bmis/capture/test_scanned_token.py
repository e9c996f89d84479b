"""A health token as scanners type it: under other keyboards, slowly, with marks around it, and texts that are none."""

import pytest

from bmis.capture.serial_framing import SerialFramer
from bmis.capture.swipe_text import SwipeKind, swipe_in
from bmis.capture.wedge import WedgeDetector, keystrokes
from bmis.kernel.clearance_token import LONGEST_TEXT

TOKEN = "BH1:" + "A1 $%*+-./:Z9" * 11
ON_PT = str.maketrans(":*-+/", "Ç('»-")  # a scanner set to us, a machine set to pt


@pytest.mark.parametrize("text", [
    TOKEN, TOKEN + "\r", "\x02" + TOKEN + "\r\n\x03", "]Q1" + TOKEN,
    TOKEN.translate(ON_PT), TOKEN.translate(ON_PT).lower(),
])  # fmt: skip
def test_a_token_comes_whole_however_it_is_framed_and_typed(text):
    swipe = swipe_in(text)
    assert (swipe.kind, swipe.token, swipe.lines) == (SwipeKind.TOKEN, TOKEN, ())


@pytest.mark.parametrize("text", ["BH2:ABC", "HC1:6BFOXN", "a note that says BH1:ABC", "BH1", ""])
def test_what_does_not_begin_like_a_token_is_none(text):
    assert swipe_in(text).token == ""


def test_a_text_that_is_too_long_comes_long_enough_to_be_refused():
    assert len(swipe_in("BH1:" + "A" * 900).token) == LONGEST_TEXT + 1


def test_a_token_is_not_told_by_what_is_written_of_a_swipe():
    assert TOKEN[4:20] not in repr(swipe_in(TOKEN))


def typed(text, pace_ms, before=""):
    """Return what reached the field, what was scanned, and how many keys are taken back out of the field."""
    wedge, field, token, back = WedgeDetector(), "", "", 0
    strokes = keystrokes((before,), 0, 200, end="") + keystrokes((text,), 10_000, pace_ms)
    last = 0
    for stroke in strokes:
        answers = [wedge.idle(at) for at in range(last, stroke.at_ms, 5)] if stroke.at_ms - last < 1000 else []
        for answer in [*answers, wedge.idle(stroke.at_ms), wedge.key(stroke.text, stroke.at_ms)]:
            field += "".join(key.text for key in answer.replay)
            token, back = answer.token or token, answer.typed_before or back
        last = stroke.at_ms
    answer = wedge.idle(last + 1000)
    return field + "".join(key.text for key in answer.replay), answer.token or token, answer.typed_before or back


@pytest.mark.parametrize("pace_ms", [1, 4, 20, 34])
def test_a_fast_scanner_s_token_reaches_no_field(pace_ms):
    assert typed(TOKEN, pace_ms) == ("", TOKEN, 0)


@pytest.mark.parametrize("pace_ms", [40, 60, 85])
def test_of_a_slow_scanner_s_token_only_the_mark_reaches_the_field_and_is_taken_back(pace_ms):
    field, token, back = typed(TOKEN, pace_ms, "za")
    assert token == TOKEN
    assert field == "za" + TOKEN[:back]
    assert back <= 4


def test_a_person_who_types_the_mark_keeps_every_key():
    assert typed("BH1: first bus", 150) == ("BH1: first bus\r", "", 0)


def test_a_token_on_a_serial_line_is_heard_also_with_parity_in_the_eighth_bit():
    for high in (0, 128):
        framer = SerialFramer()
        assert framer.feed(bytes(ord(char) | high for char in TOKEN + "\r"), 0.0) == ()
        assert [one.token for one in framer.idle(1000.0)] == [TOKEN]
