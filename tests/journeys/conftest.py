"""A terminal in a training home, for the journeys by command line."""

import pytest

from tests.journeys.cli_robot import Terminal


@pytest.fixture
def terminal(monkeypatch, capsys, training_home):
    """A person at the terminal of a training home."""
    return Terminal(monkeypatch, capsys, training_home)


@pytest.fixture
def officer(terminal):
    """The officer of the training home at the terminal."""
    return terminal.is_user("officer")
