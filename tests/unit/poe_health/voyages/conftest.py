"""Somebody of health at work with voyages, on a clock that can be moved."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bmis.kernel.actor import Role
from bmis.staff.create_home import TRAINING_WORD
from bmis.staff.sign_in import SignIn
from bmis.store.border import BORDER
from bmis.store.home import Home
from poe_health.store.health import HEALTH
from ui.compose import place_of
from ui.health_desk import desk_of as health_desk_of
from ui.health_voyages import desk_of

START = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock of the test's own."""

    at: datetime = START

    def __call__(self):
        return self.at

    def wait(self, **time):
        self.at += timedelta(**time)


@dataclass
class AtWork:
    """The use cases of one person, and who it is."""

    session: object

    def __post_init__(self):
        self.by = self.session.actor
        self.desk = desk_of(self.session)
        self.health = health_desk_of(self.session, place_of(self.session.home))


@pytest.fixture
def clock_of_test():
    return Clock()


@pytest.fixture
def at_work(training_home, clock_of_test):
    """Signs a role in."""
    sessions = []

    def sign_in(role=Role.CLINICIAN):
        session = SignIn(Home.open(training_home), (BORDER, HEALTH), clock_of_test)(role.value, TRAINING_WORD)
        sessions.append(session)
        return AtWork(session)

    yield sign_in
    for session in sessions:
        session.close()
