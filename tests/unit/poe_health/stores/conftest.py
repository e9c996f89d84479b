"""The stores of a post, for a role of the training home."""

import pytest

from bmis.kernel.actor import Role
from ui.compose_health import health_stores


@pytest.fixture
def at_stores(signed_in):
    """Signs a role of port health in and gives the stores."""
    return lambda role=Role.CLINICIAN: health_stores(signed_in(role))


@pytest.fixture
def stores(at_stores):
    """The clinician's."""
    return at_stores()
