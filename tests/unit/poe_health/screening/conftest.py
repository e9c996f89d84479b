"""A health desk for a role of the training home."""

import pytest

from ui.compose_health import health_desk


@pytest.fixture
def at_health(signed_in):
    """Signs a role of port health in and gives its desk."""
    return lambda role: health_desk(signed_in(role))
