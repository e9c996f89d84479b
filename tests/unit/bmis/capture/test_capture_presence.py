"""What lies under the camera: one draft, one document; nothing new until the decided one is gone."""

import threading
from datetime import UTC, datetime

import pytest

from bmis.capture.mailbox import Mailbox
from bmis.capture.mrz_reader import MrzReading
from bmis.capture.presence import View, ViewGate, difference, same_zone

MACHAVA = ("P<UTOMACHAVA<SPECIMEN<<ANABELA<JOANA<<<<<<<<", "AB12345671UTO8804123F3209158110100456789B<52")
SITOE = ("P<UTOSITOE<SPECIMEN<<JOSE<CARLOS<<<<<<<<<<<<", "UT76543213UTO7901014M3106305<<<<<<<<<<<<<<<8")
MISREAD = (MACHAVA[0], MACHAVA[1].replace("AB12345671", "AB12345677"))
DESK, PAGE, CARD = bytes([70]) * 256, bytes([210]) * 256, bytes([180]) * 256


def reading(lines):
    return MrzReading(lines, tuple((0.9,) * len(line) for line in lines), (), None, "fake", 1, 1)


START = datetime(2026, 3, 14, 8, 0, tzinfo=UTC)


class Camera:
    """Shows the gate one frame after another."""

    def __init__(self, **settings):
        self.gate = ViewGate(**settings)
        self.at = START

    def sees(self, *zones, picture=PAGE):
        return self.gate.offer([reading(lines) for lines in zones], picture, self.at).view

    def sees_nothing(self, picture=DESK):
        return self.sees(picture=picture)


def test_a_proved_zone_is_a_new_document_at_once_and_then_the_same():
    camera = Camera()
    assert camera.sees_nothing() is View.NOTHING
    assert camera.sees(MACHAVA) is View.NEW_DOCUMENT
    assert camera.sees(MACHAVA) is View.SAME_DOCUMENT


def test_a_zone_whose_digits_fail_must_be_read_twice_alike():
    camera = Camera()
    assert camera.sees(MISREAD) is View.NOTHING
    assert camera.sees(MISREAD) is View.NEW_DOCUMENT


def test_a_misread_of_the_same_page_is_still_the_same_document():
    camera = Camera()
    camera.sees(MACHAVA)
    assert camera.sees(MISREAD) is View.SAME_DOCUMENT
    assert camera.sees(MACHAVA) is View.SAME_DOCUMENT


def test_a_frame_that_was_not_read_does_not_clear_the_view_two_do():
    camera = Camera()
    camera.sees(MACHAVA)
    assert camera.sees() is View.NOTHING
    assert camera.sees(MACHAVA) is View.SAME_DOCUMENT
    assert [camera.sees_nothing() for _ in range(3)] == [View.NOTHING, View.VIEW_CLEAR, View.NOTHING]


def test_another_document_in_place_of_the_first_is_new():
    camera = Camera()
    camera.sees(MACHAVA)
    assert camera.sees(SITOE) is View.NEW_DOCUMENT


def test_two_documents_in_view_are_told_with_both_readings():
    gate = ViewGate()
    event = gate.offer([reading(MACHAVA), reading(SITOE)], PAGE, START)
    assert event.view is View.TWO_DOCUMENTS
    assert {one.lines for one in event.readings} == {MACHAVA, SITOE}
    assert event.reading is None


def test_the_same_zone_found_twice_in_a_frame_is_one_document():
    assert Camera().sees(MACHAVA, MISREAD) is View.NEW_DOCUMENT


def test_after_the_decision_the_same_document_starts_nothing_until_it_left():
    camera = Camera()
    camera.sees(MACHAVA)
    camera.gate.decided(PAGE)
    assert camera.gate.holding
    assert [camera.sees(MACHAVA) for _ in range(3)] == [View.SAME_DOCUMENT] * 3
    assert camera.sees() is View.NOTHING  # a hand over the page: nothing read, the picture as before
    assert camera.sees() is View.NOTHING
    assert camera.gate.holding
    assert [camera.sees_nothing() for _ in range(2)] == [View.NOTHING, View.VIEW_CLEAR]
    assert camera.sees(MACHAVA) is View.NEW_DOCUMENT  # put down again on purpose


def test_the_next_document_laid_over_the_decided_one_is_read_once_the_first_is_surely_gone():
    camera = Camera()
    camera.sees(MACHAVA)
    camera.gate.decided(PAGE)
    assert [camera.sees(SITOE) for _ in range(3)] == [View.NOTHING, View.VIEW_CLEAR, View.NEW_DOCUMENT]


def test_the_next_document_beside_the_decided_one_waits():
    camera = Camera()
    camera.sees(MACHAVA)
    camera.gate.decided(PAGE)
    assert [camera.sees(MACHAVA, SITOE) for _ in range(4)] == [View.SAME_DOCUMENT] * 4


def test_a_decided_card_without_a_zone_leaves_by_its_picture():
    camera = Camera()
    camera.sees_nothing(CARD)
    camera.gate.decided(CARD)
    assert camera.sees_nothing(CARD) is View.SAME_DOCUMENT
    assert [camera.sees_nothing(DESK) for _ in range(2)] == [View.NOTHING, View.VIEW_CLEAR]
    assert not camera.gate.holding


def test_a_fresh_read_on_request_reads_the_same_document_again():
    camera = Camera()
    camera.sees(MACHAVA)
    camera.gate.forget()
    assert camera.sees(MACHAVA) is View.NEW_DOCUMENT


def test_two_proved_zones_that_differ_in_one_name_are_two_people():
    sister = (MACHAVA[0].replace("JOANA", "JOAMA"), MACHAVA[1])
    assert not same_zone(MACHAVA, sister)
    assert same_zone(MACHAVA, MISREAD)
    assert not same_zone(MACHAVA, MACHAVA[:1])


def test_pictures_of_different_size_are_not_compared():
    assert difference(DESK, DESK) == 0
    assert difference(DESK, PAGE) == 140
    with pytest.raises(ValueError, match="size"):
        difference(DESK, b"\0")


def test_the_newest_frame_wins_and_the_older_is_counted_as_dropped():
    box = Mailbox()
    assert box.take() is None
    assert box.put(1) is False
    assert box.put(2) is True
    assert (box.take(), box.take(), box.dropped) == (2, None, 1)


def test_who_waits_at_the_mailbox_is_woken_by_a_frame_and_by_its_closing():
    box, got = Mailbox(), []
    waiter = threading.Thread(target=lambda: got.extend([box.take(20), box.take(20)]))
    waiter.start()
    box.put("frame")
    while not got and box.take() is not None:
        box.put("frame")
    threading.Timer(0.2, box.close).start()
    waiter.join(10)
    assert not waiter.is_alive()
    assert got == ["frame", None]
    box.put("late")
    assert box.take() is None
    assert box.closed
