"""A lane at Zóbuè, and the passes that were given out there."""

import shutil
from pathlib import Path

import pytest
from lane_robot import Officer
from pass_post import PassPost, build


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """A home at Zóbuè that has given out passes, and each pass with its seal."""
    home = build(tmp_path_factory.mktemp("zobue") / "home")
    post = PassPost(home)
    return home, [post.gives(), post.gives(photo=False), post.gives()]


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
def at_work(qtbot, training_home):
    shifts = []

    def begin(**how):
        shifts.append(Officer(qtbot, training_home, **{"direction": "EXIT"} | how))
        return shifts[-1]

    yield begin
    for shift in shifts:
        shift.ends()
