"""The desks behind the lane: somebody signs in, and is signed out at the end."""

import pytest
from health_post_robot import Post
from office_robot import Office, Tray

from ui import compose_devices


@pytest.fixture
def tray(monkeypatch):
    """The printer of the desks behind the lane, which keeps what it is given."""
    kept = Tray()
    monkeypatch.setattr(compose_devices, "printer", lambda: kept)
    return kept


@pytest.fixture
def office(qtbot, training_home, tray):
    """Signs a role in at the desks."""
    at_work = []

    def sign_in(role, **more):
        at_work.append(Office(qtbot, training_home, role, **more))
        return at_work[-1]

    yield sign_in
    for person in at_work:
        person.ends()


@pytest.fixture
def post(qtbot, training_home, tray):
    """Signs somebody in at the desk of port health's post."""
    at_work = []

    def sign_in(role="health-supervisor", **more):
        at_work.append(Post(qtbot, training_home, role, **more))
        return at_work[-1]

    yield sign_in
    for person in at_work:
        person.ends()
