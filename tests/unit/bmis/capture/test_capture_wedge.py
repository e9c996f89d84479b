"""A swipe reader types like a keyboard: its keys never reach a field, a person's always do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bmis.capture.swipe_text import SwipeKind, zone_in
from bmis.capture.wedge import (
    BURST_KEYS,
    HOLD_MS,
    INSIDE_MS,
    MOST_KEYS,
    MOST_MS,
    Keystroke,
    WedgeDetector,
    keystrokes,
)

TD3 = ("P<UTOMACHAVA<SPECIMEN<<ANABELA<JOANA<<<<<<<<", "AB12345671UTO8804123F3209158110100456789B<52")
TD2 = ("I<UTOMUCAVELE<SPECIMEN<<TOMAS<<<<<<<", "D231458907UTO7011306M3001156<<<<<<<0")
TD1 = ("I<UTOC030059887<<<<<<<<<<<<<<<", "9507236F3302288UTO<<<<<<<<<<<2", "NHANTUMBO<SPECIMEN<<GRACA<<<<<")


class Desk:
    """Feeds keys as the window would, with its timer, and keeps what came of them."""

    def __init__(self):
        self.detector = WedgeDetector()
        self.field, self.zones, self.rejected, self.to_empty = [], [], 0, 0
        self.taken, self.kinds = 0, []

    def take(self, answer):
        self.field += [stroke.text for stroke in answer.replay]
        if answer.lines:
            self.zones.append(answer.lines)
            self.to_empty += answer.already_typed
        self.rejected += answer.rejected
        self.taken += answer.taken
        if answer.kind is not None:
            self.kinds.append(answer.kind)
        return answer.wait_ms

    def types(self, strokes, last_wait=1000):
        due = None
        for stroke in strokes:
            if due is not None and stroke.at_ms >= due:
                self.take(self.detector.idle(due))
            wait = self.take(self.detector.key(stroke.text, stroke.at_ms))
            due = stroke.at_ms + wait if wait else None
        if strokes:
            self.take(self.detector.idle(strokes[-1].at_ms + last_wait))
        return self


def typed(text, first_ms=0, pace_ms=120):
    return [Keystroke(char, first_ms + at * pace_ms) for at, char in enumerate(text)]


@pytest.mark.parametrize("lines", [TD3, TD2, TD1])
@pytest.mark.parametrize("pace_ms", [1, 5, 20, 34])
@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\t", ""])
def test_a_swipe_gives_its_zone_and_no_key_to_the_field(lines, pace_ms, end):
    desk = Desk().types(keystrokes(lines, 0, pace_ms, end))
    assert desk.zones == [lines]
    assert desk.field == []
    assert desk.rejected == 0


def test_a_reader_with_caps_lock_on_and_marks_around_is_understood():
    text = "\x02" + TD3[0].lower() + "\r" + TD3[1].lower() + "\r\x03"
    assert Desk().types(typed(text, pace_ms=3)).zones == [TD3]


def test_a_person_types_into_the_field_all_of_it_in_order():
    desk = Desk().types(typed("MACHAVA\r12041988", pace_ms=90))
    assert "".join(desk.field) == "MACHAVA\r12041988"
    assert desk.zones == []


def test_fingers_that_roll_over_a_few_keys_are_still_a_person():
    strokes = [Keystroke(char, at) for char, at in zip("MACHAVA", (0, 12, 24, 140, 150, 300, 311), strict=True)]
    assert "".join(Desk().types(strokes).field) == "MACHAVA"


def test_a_key_held_down_is_a_person():
    desk = Desk()
    for at in range(40):
        desk.take(desk.detector.key("<", at * 30, auto_repeat=at > 0))
    desk.take(desk.detector.idle(5000))
    assert desk.field == ["<"] * 40


def test_decision_keys_in_a_burst_decide_nothing():
    strokes = keystrokes(TD3, 0, 4)
    strokes[10:10] = [Keystroke("F12", strokes[10].at_ms)]
    strokes = [Keystroke("F9", 0), *strokes, Keystroke("F12", strokes[-1].at_ms + 3)]
    desk = Desk().types(strokes)
    assert desk.zones == [TD3]
    assert desk.field == []


def test_an_injected_burst_that_is_no_zone_reaches_no_field_and_is_counted():
    desk = Desk().types(typed("rm -rf / && shutdown now\r", pace_ms=2))
    assert desk.field == []
    assert desk.zones == []
    assert desk.rejected == 25


def test_garbage_after_the_zone_is_dropped():
    text = "".join(line + "\r" for line in TD3) + "\x1b[24~??##zz\r"
    desk = Desk().types(typed(text, pace_ms=5))
    assert desk.zones == [TD3]
    assert desk.field == []


def test_a_pause_between_the_lines_belongs_to_the_swipe():
    second = keystrokes(TD3[1:], 44 * 5 + 90, 5)
    assert Desk().types([*keystrokes(TD3[:1], 0, 5), *second]).zones == [TD3]


def test_a_slow_reader_is_understood_and_the_field_that_took_its_keys_is_emptied():
    desk = Desk().types(keystrokes(TD3, 0, 60))
    assert desk.zones == [TD3]
    assert desk.to_empty == 1


def test_a_person_who_types_a_zone_by_hand_is_not_taken_for_a_reader():
    desk = Desk().types(keystrokes(TD3, 0, 180))
    assert desk.zones == []
    assert "".join(desk.field) == "".join(line + "\r" for line in TD3)


def test_typing_before_and_after_a_swipe_stays_typing():
    before = typed("AB", 0)
    swipe = keystrokes(TD3, 2000, 5)
    after = typed("CD", swipe[-1].at_ms + INSIDE_MS + 500)
    desk = Desk().types([*before, *swipe, *after])
    assert "".join(desk.field) == "ABCD"
    assert desk.zones == [TD3]


def test_a_swipe_broken_off_is_rejected_and_the_next_one_reads():
    broken = keystrokes(TD3, 0, 5)[:60]
    desk = Desk().types([*broken, *keystrokes(TD3, 5000, 5)])
    assert desk.zones == [TD3]
    assert desk.rejected == 60
    assert desk.field == []


@given(st.lists(st.tuples(st.sampled_from([*"ABC123<", "\r", "F12"]), st.integers(HOLD_MS, 2000)), max_size=150))
def test_keys_at_a_persons_pace_are_never_lost_or_reordered(keys):
    at, strokes = 0, []
    for text, pause in keys:
        at += pause
        strokes.append(Keystroke(text, at))
    desk = Desk().types(strokes)
    assert desk.rejected == 0
    if not desk.zones:
        assert desk.field == [stroke.text for stroke in strokes]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.text(max_size=2), st.integers(0, 200)), max_size=200))
def test_every_key_is_either_replayed_or_part_of_a_burst(keys):
    at, strokes = 0, []
    for text, pause in keys:
        at += pause
        strokes.append(Keystroke(text, at))
    desk = Desk().types(strokes)
    pressed = [stroke.text for stroke in strokes if stroke.text]
    assert len(desk.field) + desk.taken == len(pressed)
    assert desk.rejected <= desk.taken
    assert desk.rejected == 0 or desk.rejected >= BURST_KEYS


@given(st.text())
def test_any_text_is_a_zone_of_exact_lines_or_nothing(text):
    lines = zone_in(text)
    assert lines == () or len({len(line) for line in lines}) == 1


def test_a_burst_that_does_not_end_is_given_up_once_and_holds_no_more_than_its_bound():
    desk = Desk()
    for at in range(5000):
        desk.take(desk.detector.key("<", at))
        assert len(desk.detector._held) <= MOST_KEYS
    desk.take(desk.detector.idle(5000 + INSIDE_MS))
    assert desk.field == []
    assert desk.kinds == [SwipeKind.UNKNOWN]
    assert desk.taken == 5000
    assert Desk.types(desk, keystrokes(TD3, 20_000, 5)).zones == [TD3]


def test_a_burst_that_goes_on_too_long_is_given_up():
    desk = Desk()
    for at in range(0, 3 * MOST_MS, 30):
        desk.take(desk.detector.key("A", at))
    desk.take(desk.detector.idle(4 * MOST_MS))
    assert desk.field == []
    assert desk.kinds == [SwipeKind.UNKNOWN]


def test_a_persons_keys_after_a_broken_reader_fell_silent_reach_the_field():
    desk = Desk()
    for at in range(1000):
        desk.take(desk.detector.key("<", at))
    desk.types(typed("MACHAVA", 3000))
    assert "".join(desk.field) == "MACHAVA"


@pytest.mark.parametrize(("text", "kind"), [
    ("%B4242424242424242^MACHAVA/ANABELA^2912101?\r", SwipeKind.MAGNETIC),
    (TD3[0][:-2] + "\r" + TD3[1] + "\r", SwipeKind.INCOMPLETE),
    ("rm -rf / && shutdown now\r", SwipeKind.UNKNOWN),
])  # fmt: skip
def test_what_is_no_zone_is_told_by_what_it_was(text, kind):
    desk = Desk().types(typed(text, pace_ms=4))
    assert desk.kinds == [kind]
    assert desk.field == []


def test_a_key_that_comes_late_after_a_swipe_is_the_next_one_and_not_a_part_of_it():
    desk = Desk()
    keys = keystrokes(TD3, 0, 5)
    for stroke in keys:
        desk.detector.key(stroke.text, stroke.at_ms)
    answer = desk.detector.key("7", keys[-1].at_ms + 500)  # the timer was late: the swipe ends with this key
    assert answer.lines == TD3
    assert answer.taken == len(keys)
    assert answer.replay == ()
