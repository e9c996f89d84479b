"""A truck, and the post that gave out the passes it meets."""

import shutil
from pathlib import Path

import pytest
from pass_post import PassPost, build
from port_health import Signed
from PySide6.QtWidgets import QApplication
from truck_robot import Crew

from ui.desktop.theme import apply_theme


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """A home at Zóbuè that has given out passes, and each pass with its seal."""
    home = build(tmp_path_factory.mktemp("zobue") / "home")
    post = PassPost(home)
    return home, [post.gives(), post.gives(photo=False), post.gives()]


@pytest.fixture(scope="module")
def truck_home(given, tmp_path_factory):
    """A truck that was given the bundle of the post that gives out the passes, and has none of its own."""
    home = build(tmp_path_factory.mktemp("truck") / "home", "MZ.T.CAL")
    PassPost(home).takes(PassPost(given[0]).bundle())
    return home


@pytest.fixture
def training_home(given, tmp_path):
    return Path(shutil.copytree(given[0], tmp_path / "home"))


@pytest.fixture
def passes(given):
    return given[1]


@pytest.fixture
def post(training_home):
    return PassPost(training_home)


@pytest.fixture
def drive(qtbot, training_home):
    shifts = []

    def begin(home=None, **how):
        shifts.append(Crew(qtbot, home or training_home, **how))
        return shifts[-1]

    yield begin
    for shift in shifts:
        shift.ends()
    apply_theme(QApplication.instance(), "light")


@pytest.fixture(scope="module")
def signed(given, tmp_path_factory):
    """The home that gives out the passes, with port health at work in it, and what port health signed there."""
    home = Path(shutil.copytree(given[0], tmp_path_factory.mktemp("signed") / "home"))
    return home, Signed.of(home)


@pytest.fixture
def health_home(signed, tmp_path):
    return Path(shutil.copytree(signed[0], tmp_path / "health"))


@pytest.fixture
def port(signed):
    return signed[1]
