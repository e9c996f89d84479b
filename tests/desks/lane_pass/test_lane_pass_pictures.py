"""The pass at the lane as an officer tries it: the printed card under a camera, the real recogniser, one key."""

from itertools import count

import pytest
from lane_robot import Ticking
from pass_post import POST
from pass_seen import answers, check, panel, uses
from port_health import Table

from bmis.capture.own_reader import OwnReader
from bmis.crossings.decision import Decision, Direction
from bmis.paper.pass_card import pass_card
from tests.printed_passes import pages, paper, shots
from ui.desktop.lane.drafting import Phase

TRIES = 3  # a card that is held badly is held again
LOOKS = 4  # frames that the recogniser has looked at: the picture is read, or is not
GONE = 21  # and after so many without a code it has surely left


class Camera(Table):
    """Printed cards under a camera: rendered, and distorted as a lens, a hand and the night distort them."""

    def __init__(self, clock) -> None:
        super().__init__(clock)
        self._shots = count()
        self.read_frames = 0
        self._ways = list(shots())

    def shows(self, card) -> None:
        at = next(self._shots)
        self.now = self._ways[at % len(self._ways)].taken(card, at), ()


@pytest.fixture
def camera():
    return Camera(Ticking())


@pytest.fixture
def officer(at_work, camera):
    def look(_answer):
        camera.read_frames += 1

    found = at_work(source=lambda: camera, reader=OwnReader())
    found.model.reading.frames.read.connect(look)
    return found


@pytest.fixture(scope="module")
def cards(given):
    """The back of each pass as the printer lays it down."""
    return [pages(pass_card(paper(seal, serial=one.number)))[1] for one, seal in given[1]]


def holds(officer, camera, card, qtbot):
    """Hold the card under the camera until the desk has read it; return how often it took."""
    for tried in range(1, TRIES + 1):
        camera.shows(card)
        until = camera.read_frames + LOOKS
        qtbot.waitUntil(lambda until=until: officer.model.passing.shown is not None or camera.read_frames >= until)
        if officer.model.passing.shown is not None:
            qtbot.waitUntil(lambda: officer.model.checking.examined is not None)
            return tried
    raise AssertionError("nobody could read the card")


def takes_card_away(officer, camera, qtbot):
    camera.clear()
    until = camera.read_frames + GONE
    qtbot.waitUntil(lambda: camera.read_frames >= until)
    officer.settle()


def test_out_and_back_with_the_card_in_the_hand_one_key_each_way(officer, camera, cards, passes, qtbot):
    """Scan, signature, status, photo by eye, post and zone, open crossing, days: then F12 alone."""
    one = passes[0][0]
    holds(officer, camera, cards[0], qtbot)
    said = answers(officer)
    assert said["seal_valid"] == said["active"] == said["in_validity"] == said["post_allowed"] == "green"
    assert said["first_use"] == "green"
    assert check(officer) == {("green", "in_order")}
    assert officer.lane.document.pair.document.image() is not None
    officer.decides()
    assert officer.stored().decision is Decision.EXITED
    takes_card_away(officer, camera, qtbot)

    officer.later(days=2)
    officer.model.choose_direction(Direction.ENTRY)
    holds(officer, camera, cards[0], qtbot)
    assert answers(officer)["in_time"] == "green"
    assert check(officer) == {("green", "in_order")}
    officer.decides()
    assert officer.stored().decision is Decision.ADMITTED
    kept = sorted(uses(officer, one.number), key=lambda use: use.at)
    assert [(use.direction, use.post_code) for use in kept] == [("EXIT", POST), ("ENTRY", POST)]
    assert officer.codes() == []


def test_the_next_card_after_the_key_is_the_next_traveller_and_a_card_without_a_photo_is_compared_in_hand(
    officer, camera, cards, passes, qtbot
):
    holds(officer, camera, cards[2], qtbot)
    officer.decides()
    assert officer.model.phase is Phase.SAVED
    takes_card_away(officer, camera, qtbot)
    holds(officer, camera, cards[1], qtbot)
    assert officer.model.passing.shown.fields["number"] == passes[1][0].number
    assert "compare com o cartão na mão" in panel(officer).words.text()
    officer.decides()
    assert len(officer.kept()) == 2


def test_a_late_return_is_advised_from_the_picture_too(officer, camera, cards, qtbot):
    holds(officer, camera, cards[0], qtbot)
    officer.decides()
    takes_card_away(officer, camera, qtbot)
    officer.later(days=40)
    officer.model.choose_direction(Direction.ENTRY)
    holds(officer, camera, cards[0], qtbot)
    assert ("amber", "late_advise") in check(officer)
    officer.accepts_all().decides()
    assert officer.stored().decision is Decision.ADMITTED
