"""A lane where port health signed tokens before the shift."""

import shutil
from pathlib import Path

import pytest
from lane_robot import Officer
from port_health import Signed


@pytest.fixture(scope="module")
def signed(_built_training_home, tmp_path_factory):
    """A home in which port health has begun, and what it signed there before the shift."""
    home = Path(shutil.copytree(_built_training_home, tmp_path_factory.mktemp("signed") / "home"))
    return home, Signed.of(home)


@pytest.fixture
def training_home(request, signed, _built_training_home, tmp_path):
    """Each test's own: with what port health signed or, for ``no_health``, where it never worked."""
    plain = "no_health" in request.fixturenames
    return Path(shutil.copytree(_built_training_home if plain else signed[0], tmp_path / "home"))


@pytest.fixture
def no_health():
    """Port health does not work in the home."""


@pytest.fixture
def port(signed):
    return signed[1]


@pytest.fixture
def at_work(qtbot, training_home):
    shifts = []

    def begin(**how):
        shifts.append(Officer(qtbot, training_home, **how))
        return shifts[-1]

    yield begin
    for shift in shifts:
        shift.ends()
