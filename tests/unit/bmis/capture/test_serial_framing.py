"""What readers send: zones in every framing, parts of them, magnetic stripes, noise, and streams without an end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bmis.capture.serial_framing import LONGEST_MS, QUIET_MS, SerialFramer
from bmis.capture.swipe_text import LONGEST_SWIPE, Swipe, SwipeKind, swipe_in

TD3 = ("P<UTOMACHAVA<SPECIMEN<<ANABELA<JOANA<<<<<<<<", "AB12345671UTO8804123F3209158110100456789B<52")
TD2 = ("I<UTOMUCAVELE<SPECIMEN<<TOMAS<<<<<<<", "D231458907UTO7011306M3001156<<<<<<<0")
TD1 = ("I<UTOC030059887<<<<<<<<<<<<<<<", "9507236F3302288UTO<<<<<<<<<<<2", "NHANTUMBO<SPECIMEN<<GRACA<<<<<")
CARD = "%B4242424242424242^MACHAVA/ANABELA^2912101?;4242424242424242=29121010000000000?"


def swiped(data, cut=7):
    """Feed ``data`` in pieces, a millisecond each, then let the line fall quiet."""
    framer, found = SerialFramer(), []
    pieces = [data[at : at + cut] for at in range(0, len(data), cut)]
    for at, piece in enumerate(pieces):
        found += framer.feed(piece, at)
    found += framer.idle(len(pieces) + QUIET_MS)
    assert not framer.waits
    return found


@pytest.mark.parametrize("lines", [TD3, TD2, TD1])
@pytest.mark.parametrize(("before", "between", "after"), [
    ("", "\r", "\r"), ("", "\n", "\n"), ("", "\r\n", "\r\n"), ("", "\t", ""), ("", "", "\r"), ("", "", ""),
    ("\x02", "\r", "\r\x03"), ("\x02", "", "\x03"), ("\x02", "\x1e", "\x03\x5d"), ("%", "?\r\n;", "?"),
    ("MRZ:", "\r", "\r"), ("]L0", "\r", "\r"), ("OCR", "\r", "\r"), ("\x1b[1mX7 ", "", "\r\n"), ("DOC1", "", ""),
    (" ", " \r", "  \r"),
])  # fmt: skip
def test_a_zone_is_understood_in_every_framing(lines, before, between, after):
    assert swiped((before + between.join(lines) + after).encode()) == [Swipe(SwipeKind.ZONE, lines)]


def test_parity_in_the_eighth_bit_is_taken_off():
    data = bytes(byte | (bin(byte).count("1") % 2 << 7) for byte in ("\r".join(TD3) + "\r").encode())
    assert swiped(data) == [Swipe(SwipeKind.ZONE, TD3)]


def test_an_end_mark_tells_the_swipe_at_once():
    framer = SerialFramer()
    assert framer.feed(b"\x02" + "\r".join(TD3).encode() + b"\r\x03", 5) == (Swipe(SwipeKind.ZONE, TD3),)
    assert not framer.waits


def test_two_passes_with_a_pause_are_two_swipes():
    framer = SerialFramer()
    first = framer.feed("\r".join(TD3).encode() + b"\r", 0)
    second = framer.feed("\r".join(TD1).encode() + b"\r", QUIET_MS + 10)
    third = framer.idle(3 * QUIET_MS)
    assert [swipe.lines for swipe in (*first, *second, *third)] == [TD3, TD1]


def test_a_pause_between_the_lines_is_one_swipe():
    framer = SerialFramer()
    framer.feed(TD3[0].encode() + b"\r", 0)
    framer.feed(TD3[1].encode() + b"\r", QUIET_MS - 10)
    assert framer.idle(3 * QUIET_MS) == (Swipe(SwipeKind.ZONE, TD3),)


@pytest.mark.parametrize(
    "data", [CARD, CARD[: CARD.index("?") + 1], ";4242424242424242=29121010000000000?", "+0142424?"]
)
def test_a_magnetic_stripe_is_called_one_and_its_number_goes_no_further(data):
    assert swiped(data.encode() + b"\r") == [Swipe(SwipeKind.MAGNETIC)]
    assert "4242" not in repr(swiped(data.encode()))


def test_a_card_that_carries_both_gives_its_zone():
    assert swiped((CARD + "\r" + "\r".join(TD1) + "\r").encode()) == [Swipe(SwipeKind.ZONE, TD1)]


@pytest.mark.parametrize(
    "data", [TD3[0][:-1] + "\r" + TD3[1], TD3[0] + "\r" + TD3[1][3:], TD3[0], TD1[0] + TD1[1], TD3[0][2:]]
)
def test_a_part_of_a_zone_is_never_filled_up(data):
    assert swiped(data.encode() + b"\r") == [Swipe(SwipeKind.INCOMPLETE)]


def test_a_wrong_check_digit_is_handed_on_as_it_is_printed():
    wrong = (TD3[0], TD3[1][:9] + "9" + TD3[1][10:])
    assert swiped("\r".join(wrong).encode()) == [Swipe(SwipeKind.ZONE, wrong)]


@pytest.mark.parametrize(("typed", "meant"), [(";", "<"), ("\\", "<"), ("|", "<")])
def test_a_reader_set_to_another_keyboard_is_understood(typed, meant):
    swipe = swipe_in("\r".join(TD3).replace(meant, typed))
    assert swipe == Swipe(SwipeKind.ZONE, TD3)


def test_a_french_machine_moves_letters_and_digits_too():
    french = str.maketrans("AQZWM<0123456789", "QAWZ?.à&é\"'(-è_ç")
    assert swipe_in("\r".join(TD1).translate(french)) == Swipe(SwipeKind.ZONE, TD1)


def test_a_name_that_two_keyboards_spell_differently_is_not_guessed():
    lines = ("P<UTOYAZIDI<SPECIMEN<<ZARA<<<<<<<<<<<<<<<<<<", TD3[1])
    assert swipe_in("\r".join(lines).replace("<", ";")) == Swipe(SwipeKind.OTHER_KEYBOARD)


def test_a_repair_that_does_not_hold_is_not_made():
    broken = "\r".join(TD3).replace("<", ";").replace("8804123", "8804128")
    assert swipe_in(broken).kind is not SwipeKind.ZONE


def test_noise_of_plugging_in_is_passed_over_and_longer_noise_is_told_once():
    assert swiped(b"\x00\xff\xfe\x00") == []
    assert swiped(b"\x00\xff" * 200, cut=64) == [Swipe(SwipeKind.UNKNOWN)]


def test_a_stream_without_an_end_is_told_once_dropped_and_the_next_swipe_reads():
    framer, found = SerialFramer(), []
    for at in range(2000):
        found += framer.feed(b"<" * 50, at)
        assert len(framer._held) <= LONGEST_SWIPE
    assert found == [Swipe(SwipeKind.UNKNOWN)]
    assert framer.idle(2000 + QUIET_MS) == ()
    assert framer.feed(b"\x02" + "\r".join(TD3).encode() + b"\x03", 5000) == (Swipe(SwipeKind.ZONE, TD3),)


def test_noise_full_of_end_marks_is_told_once():
    assert swiped(b"\x02AAAABBBBCCCC\x03" * 500, cut=100) == [Swipe(SwipeKind.UNKNOWN)]


def test_a_trickle_is_given_up_after_a_time():
    framer, found, at = SerialFramer(), [], 0
    while at < 3 * LONGEST_MS:
        found += framer.feed(b"A", at)
        at += QUIET_MS - 20
    assert found == [Swipe(SwipeKind.UNKNOWN)]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.binary(max_size=300), st.integers(0, 400)), max_size=40))
def test_any_bytes_at_any_pace_end_in_whole_zones_or_nothing(pieces):
    framer, found, at = SerialFramer(), [], 0
    for data, pause in pieces:
        at += pause
        found += framer.feed(data, at)
        assert len(framer._held) <= LONGEST_SWIPE
    found += framer.idle(at + QUIET_MS)
    assert not framer.waits
    assert all(bool(swipe.lines) is (swipe.kind is SwipeKind.ZONE) for swipe in found)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_any_text_is_a_zone_of_even_lines_or_none(text):
    assert len({len(line) for line in swipe_in(text).lines}) <= 1
