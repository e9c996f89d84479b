"""A server of the receivers over HTTPS, and the pauses between tries."""

import pytest

from tests.unit.poe_health.exchange.xchg_server import Receiver


@pytest.fixture
def server(tmp_path):
    found = Receiver(tmp_path)
    yield found
    found.close()
    assert found.wrong == []


@pytest.fixture
def pauses():
    return []
