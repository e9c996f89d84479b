"""Screeners at work, and the room of port health beside them."""

import pytest
from health_robot import HealthRoom, Screener


@pytest.fixture
def screener(qtbot, training_home, tray):
    at_work = []

    def sign_in(**more):
        at_work.append(Screener(qtbot, training_home, **more))
        return at_work[-1]

    yield sign_in
    for person in at_work:
        person.ends()


@pytest.fixture
def room(training_home):
    with HealthRoom(training_home) as room:
        yield room
