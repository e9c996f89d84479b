"""Filling both stores of a training home: the border's by its administrator, health's by a training user of its own.

An administrator cannot open the health store, in a training home either: the screenings are invented by the training
user of port health, whose password in a training home is known to everybody, and the audit of that store says so.
"""

import hashlib
from dataclasses import dataclass, replace

from bmis.crossings.paperwork.demo import DemoMade, MakeDemoData
from bmis.kernel.actor import Permission, require
from bmis.staff.create_home import TRAINING_WORD
from bmis.staff.session import SignedIn
from bmis.staff.sign_in import SignIn
from bmis.store.errors import WrongPasswordError
from poe_health.screening.demo import CLINICIAN, DemoScreened, MakeDemoScreenings
from poe_health.screening.errors import DemoPersonError
from poe_health.store.health import HEALTH


@dataclass(frozen=True, slots=True)
class DemoOfBoth:
    """What was made in the two stores; ``made.digest`` covers both."""

    made: DemoMade
    screened: DemoScreened

    def payload(self) -> dict[str, object]:
        """Return what the command prints."""
        return self.made.payload() | {"screenings": self.screened.screenings}


def make_both(crossings: MakeDemoData, session: SignedIn, days: int, travellers_per_day: int, seed: int) -> DemoOfBoth:
    """Return what was made.

    Raises:
        As ``MakeDemoData``. DemoPersonError: the training user has another password by now; nothing was made.
    """
    require(session.actor, Permission.MAKE_DEMO_DATA)
    if not session.home.training:
        return DemoOfBoth(crossings(days, travellers_per_day, seed, session.actor), DemoScreened(0, ""))
    try:
        health = SignIn(session.home, (HEALTH,), session.now)(CLINICIAN, TRAINING_WORD)
    except WrongPasswordError as error:
        raise DemoPersonError(user=CLINICIAN) from error
    with health:
        made = crossings(days, travellers_per_day, seed, session.actor)
        screen = MakeDemoScreenings(health.store.write, health.home, health.now)
        screened = screen(days, travellers_per_day, seed, health.actor)
    both = hashlib.sha256(f"{made.digest} {screened.digest}".encode()).hexdigest()
    return DemoOfBoth(replace(made, digest=both), screened)
