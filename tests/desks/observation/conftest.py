"""Somebody at the desk of observation."""

import pytest
from observation_robot import Enumerator


@pytest.fixture
def desk(qtbot, training_home, tray):
    """Signs somebody in at a page of the desk."""
    at_work = []

    def sign_in(page, **more):
        at_work.append(Enumerator(qtbot, training_home, **more))
        return at_work[-1].page(page)

    yield sign_in
    for person in at_work:
        person.ends()
