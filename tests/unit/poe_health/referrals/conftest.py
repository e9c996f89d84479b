"""A clock that can be moved, and the transfers of a training home."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bmis.kernel.actor import Role
from poe_health.referrals.keep_directory import EnterDirectory, ReadDirectory
from poe_health.referrals.open_referral import OpenReferral
from poe_health.referrals.show_referral import ListReferrals, ShowReferral
from poe_health.referrals.take_step import AmendReferral, ForgetPatient, TakeReferralStep

START = datetime(2026, 11, 22, 8, 0, 0, 123456, tzinfo=UTC)


@dataclass
class Desk:
    """Somebody of health at work, with a clock of the test's own."""

    session: object
    at: datetime = field(default=START)

    def __post_init__(self):
        store, now = self.session.store, self.now
        self.by = self.session.actor
        self.open = OpenReferral(store.write, self.session.home, now)
        self.step = TakeReferralStep(store.write, now)
        self.amend = AmendReferral(store.write, now)
        self.forget = ForgetPatient(store.write, now)
        self.show = ShowReferral(store.read, now)
        self.list = ListReferrals(store.read, now)
        self.enter = EnterDirectory(store.write, now)
        self.read = ReadDirectory(store.read, now)

    def now(self):
        return self.at

    def wait(self, **time):
        self.at += timedelta(**time)


@pytest.fixture
def desk_of(signed_in):
    """Signs a role in."""
    return lambda role: Desk(signed_in(role))


@pytest.fixture
def desk(desk_of):
    """The clinician's."""
    return desk_of(Role.CLINICIAN)
