"""Every step of the state machine can be taken at the desk, and none is offered that the machine refuses."""

import pytest

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
