"""What the desk is told while a document is held under the camera: sure at once, in doubt after a second, better."""

from datetime import UTC, datetime, timedelta

from bmis.capture.mrz_reader import MrzReading
from bmis.capture.presence import View, ViewGate

MACHAVA = ("P<UTOMACHAVA<SPECIMEN<<ANABELA<JOANA<<<<<<<<", "AB12345671UTO8804123F3209158110100456789B<52")
SITOE = ("P<UTOSITOE<SPECIMEN<<JOSE<CARLOS<<<<<<<<<<<<", "UT76543213UTO7901014M3106305<<<<<<<<<<<<<<<8")
WRONG_DIGIT = (MACHAVA[0], MACHAVA[1].replace("AB12345671", "AB12345677"))
PAGE, DESK = bytes([210]) * 256, bytes([70]) * 256


def sees(lines, *doubts):
    values = [[0.97] * len(line) for line in lines]
    for row, at in doubts:
        values[row][at] = 0.6
    return MrzReading(lines, tuple(map(tuple, values)), tuple(sorted(doubts)), None, "fake", 1, 1)


class Hand:
    """Holds documents under a camera that reads ten frames a second."""

    def __init__(self):
        self.gate, self.at = ViewGate(), datetime(2026, 3, 14, 8, 0, tzinfo=UTC)

    def holds(self, *readings, frames=1):
        told = []
        for _frame in range(frames):
            event = self.gate.offer(readings, PAGE if readings else DESK, self.at)
            told.append(event)
            self.at += timedelta(milliseconds=100)
        return [event.view for event in told], told[-1]


def test_a_doubtful_zone_is_shown_after_a_second_of_frames():
    views, last = Hand().holds(sees(MACHAVA, (0, 6)), frames=11)
    assert views == [View.NOTHING] * 10 + [View.NEW_DOCUMENT]
    assert last.reading.unsure == ((0, 6),)


def test_where_frames_come_fast_fifteen_of_them_are_enough():
    gate, at = ViewGate(), datetime(2026, 3, 14, 8, 0, tzinfo=UTC)
    views = [gate.offer([sees(MACHAVA, (0, 6))], PAGE, at).view for _frame in range(15)]
    assert views == [View.NOTHING] * 14 + [View.NEW_DOCUMENT]


def test_a_clock_set_back_in_the_middle_delays_by_no_more_than_a_second():
    hand = Hand()
    hand.holds(sees(MACHAVA, (0, 6)), frames=5)
    hand.at -= timedelta(hours=2)
    views, _ = hand.holds(sees(MACHAVA, (0, 6)), frames=10)
    assert View.NEW_DOCUMENT in views


def test_two_frames_with_their_doubts_at_other_places_are_shown_when_a_third_agrees():
    hand = Hand()
    views = [hand.holds(sees(WRONG_DIGIT, (0, at)))[0][0] for at in (5, 12, 20)]
    assert views == [View.NOTHING, View.NOTHING, View.NEW_DOCUMENT]


def test_what_was_shown_in_doubt_is_told_again_once_it_is_sure():
    hand = Hand()
    hand.holds(sees(MACHAVA, (0, 6)), frames=11)
    views, better = hand.holds(sees(MACHAVA))
    assert views == [View.READ_BETTER]
    assert better.reading.unsure == ()
    assert hand.holds(sees(MACHAVA), frames=3)[0] == [View.SAME_DOCUMENT] * 3


def test_a_print_that_fails_its_digit_is_not_made_right_by_one_frame():
    hand = Hand()
    assert hand.holds(sees(WRONG_DIGIT), frames=2)[0] == [View.NOTHING, View.NEW_DOCUMENT]
    assert hand.holds(sees(MACHAVA))[0] == [View.SAME_DOCUMENT]
    assert hand.holds(sees(WRONG_DIGIT), frames=5)[0] == [View.SAME_DOCUMENT] * 5


def test_a_blurred_look_at_the_document_in_view_is_not_another_document():
    hand = Hand()
    hand.holds(sees(MACHAVA))
    cells = [(0, at) for at in range(5, 17)]
    blurred = ("P<UTO" + "B" * 12 + MACHAVA[0][17:], MACHAVA[1])
    assert hand.holds(sees(blurred, *cells), frames=20)[0] == [View.SAME_DOCUMENT] * 20


def test_another_document_slid_over_a_doubtful_one_is_new_when_it_is_sure():
    hand = Hand()
    hand.holds(sees(MACHAVA, (0, 6)), frames=11)
    assert hand.holds(sees(SITOE))[0] == [View.NEW_DOCUMENT]


def test_the_second_of_waiting_begins_anew_when_the_document_is_taken_away():
    hand = Hand()
    hand.holds(sees(MACHAVA, (0, 6)), frames=8)
    hand.holds(frames=3)
    assert hand.holds(sees(MACHAVA, (0, 6)), frames=9)[0] == [View.NOTHING] * 9
