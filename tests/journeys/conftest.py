"""A terminal in a training home, for the journeys by command line."""

import json
from uuid import uuid4

import pytest

from tests.journeys.cli_robot import Terminal
from tests.journeys.pass_terminal import NOW


@pytest.fixture
def terminal(monkeypatch, capsys, training_home):
    """A person at the terminal of a training home."""
    return Terminal(monkeypatch, capsys, training_home)


@pytest.fixture
def officer(terminal):
    """The officer of the training home at the terminal."""
    return terminal.is_user("officer")


@pytest.fixture
def clerk(terminal):
    """The pass officer at the terminal."""
    return terminal.is_user("pass-officer")


@pytest.fixture
def types(clerk, tmp_path):
    """Types a command with objects in files of their own; ``by`` is who types."""

    def run(*words, said=None, schema=None, by="pass-officer", at=NOW, second=None):
        clerk.lacks("BMIS_SECOND_USER", "BMIS_SECOND_PASSWORD").is_user(by, second=second)
        if said is not None:
            path = tmp_path / f"{uuid4()}.json"
            path.write_text(json.dumps(said), encoding="utf-8")
            words = tuple(str(path) if word == "FILE" else word for word in words)
        return clerk.types(*words, "--now", at, "--json", schema=schema)

    return run
