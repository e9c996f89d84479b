"""Every step of the state machine can be taken at the desk, and none is offered that the machine refuses."""

import pytest
from clipping import clipped, settle
from office_robot import ENTER
from pass_day import made
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from bmis.passes.lifecycle import APPLICATION_STEPS, PASS_STEPS, ApplicationState, PassKind, PassState
from ui.desktop.passes import view_passes, view_queue

K = PassKind
BY_TIME = {K.EXPIRED, K.LAPSED}  # written down by the next step, or from the palette
TAKES = {
    "suspend": {K.SUSPENDED},
    "reinstate": {K.REINSTATED},
    "revoke": {K.REVOKED},
    "report": {K.LOST, K.STOLEN, K.DAMAGED, K.SURRENDERED, K.DECEASED},
    "replace": {K.REPLACED},
    "renew": {K.RENEWED},
    "appeal": {K.APPEAL_UPHELD, K.APPEAL_DISMISSED},
    "attest": {K.ATTESTED},
    "photo": {K.PHOTO_TAKEN},
    "child_photo": {K.PHOTO_TAKEN},
    "approve": {K.APPROVED},
    "reject": {K.REJECTED},
    "withdraw": {K.WITHDRAWN},
    "produce": {K.PRODUCED},
    "hand_over": {K.HANDED_OVER},
    "spoil": {K.SPOILED},
}
MOVE_NOTHING = {"card", "sheet", "slip", "phone", "children", "forget", "charge", "registry"}


def taken(steps):
    assert set(steps) <= set(TAKES) | MOVE_NOTHING
    return set().union(*(TAKES.get(step, set()) for step in steps))


@pytest.mark.parametrize("state", list(PassState))
def test_every_step_of_a_pass(state):
    at_queue = {K.HANDED_OVER, K.SPOILED} if state is PassState.PRODUCED else set()
    assert taken(view_passes.STEPS.get(state, ())) == set(PASS_STEPS[state]) - BY_TIME - at_queue


@pytest.mark.parametrize("state", list(ApplicationState))
def test_every_step_of_an_application(state):
    assert taken(view_queue.STEPS.get(state, ())) == set(APPLICATION_STEPS[state])


def test_what_is_not_known_stands_first_and_a_list_not_asked_is_grey(desk):
    clerk = desk()
    clerk.applies(attested=False)
    queue = clerk.in_queue()
    values = [value for _label, value in queue.facts.facts()]
    open_ones = [value for value in values if "não se sabe" in value or "não verificad" in value]
    assert open_ones
    assert values[: len(open_ones)] == open_ones
    [watchlist] = [value for value in values if value.startswith("Lista de vigilância")]
    assert watchlist in queue.facts.grey()
    assert watchlist in open_ones


def test_a_sex_is_typed_as_slowly_and_as_wholly_as_one_likes_and_jumps_nowhere(desk):
    clerk = desk()
    person = clerk.page("issue").person
    sex = person.fields["sex"].field
    sex.setFocus()
    for typed, code in (("Feminino", "F"), ("m", "M"), ("Masc", "M"), ("f", "F"), ("q9", "F"), ("nao esp", "X")):
        for letter in typed:
            clerk.types(letter)
            QApplication.setKeyboardInputInterval(0)  # Qt would begin anew at every letter
        assert (person.value("sex"), clerk.focus()) == (code, sex), typed
    clerk.presses(Qt.Key.Key_Backspace)
    assert person.value("sex") == ""
    clerk.types("feminino").presses(ENTER)
    assert (person.value("sex"), clerk.focus() is sex) == ("F", False)


def test_a_child_travels_when_somebody_is_recorded_who_agreed(desk, post):
    clerk, queue = made(desk, children=[("Nhamuave", "Ana Paula", "03022019", "F")])
    serial = queue.case.made.border_pass.number
    clerk.presses(Qt.Key.Key_F12)
    settle(clerk.dialog, clerk.dialog.sizeHint())
    assert clipped(clerk.dialog) == []
    clerk.fills("Sim", "Chi", "Sim", "Impr", "", "Nhamuave António", "Só", "De viva", "23112026")
    assert "BMIS-718" in clerk.dialog.trouble.text(), "nobody decides alone without a paper"
    clerk.dialog.fields["child_relation"].setFocus()
    clerk.fills("Pai", "", "")
    assert "BMIS-718" in clerk.dialog.trouble.text(), "nobody agreed tomorrow"
    clerk.dialog.fields["child_on"].setFocus()
    clerk.fills("21112026")
    assert "Entregue" in clerk.reads()
    page = clerk.page("passes")
    clerk.types(serial).presses(ENTER)
    assert "Pai" in page.facts.text()
