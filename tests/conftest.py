"""What tests of several rooms need: a standing clock, a training home, people at work in it."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

from bmis.kernel.actor import Role
from bmis.kernel.clock import Clock, fixed_clock
from bmis.kernel.i18n import current_language, set_language
from bmis.staff.create_home import TRAINING_WORD, CreateHome, NewHome, Schema
from bmis.staff.session import SignedIn
from bmis.staff.sign_in import SignIn
from bmis.store.border import BORDER
from bmis.store.border import MIGRATIONS as BORDER_MIGRATIONS
from bmis.store.home import Home
from poe_health.store.health import HEALTH
from poe_health.store.health import MIGRATIONS as HEALTH_MIGRATIONS

SCHEMAS: tuple[Schema, ...] = ((BORDER, BORDER_MIGRATIONS), (HEALTH, HEALTH_MIGRATIONS))
SignsIn = Callable[[Role], SignedIn]

PATIENCE_MS = 90_000

# No test is timed: a busy machine makes an example slow, not wrong.
settings.register_profile("border", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("border")


@pytest.fixture(autouse=True)
def _portuguese_again() -> Iterator[None]:
    """Who worked in English leaves the program in Portuguese, as the next test finds it at a start."""
    yield
    if current_language() != "pt":
        set_language("pt")


@pytest.fixture(scope="session")
def clock() -> Clock:
    """A standing clock."""
    return fixed_clock(datetime(2026, 3, 14, 8, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def _built_training_home(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Path:
    asked = NewHome(tmp_path_factory.mktemp("built") / "home", "MZ.L.RSG", "1", training=True)
    return CreateHome(SCHEMAS, clock)(asked).home.path  # built once: the key derivation stays as slow as it is


@pytest.fixture
def training_home(_built_training_home: Path, tmp_path: Path) -> Path:
    """A training home of the test's own: one user for each role, password ``treino``."""
    return Path(shutil.copytree(_built_training_home, tmp_path / "home"))


@pytest.fixture
def signed_in(training_home: Path, clock: Clock) -> Iterator[SignsIn]:
    """Signs a role in at the training home; everybody is signed out at the end."""
    at_work: list[SignedIn] = []

    def sign_in(role: Role) -> SignedIn:
        kinds = [kind for kind, _ in SCHEMAS]
        at_work.append(SignIn(Home.open(training_home), kinds, clock)(role.value, TRAINING_WORD))
        return at_work[-1]

    yield sign_in
    for session in at_work:
        session.close()


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """The robot of pytest-qt, patient: a busy machine is slow, not wrong."""
    qtbot.waitUntil = partial(qtbot.waitUntil, timeout=PATIENCE_MS)
    return qtbot
