"""Counted cells without a store: what reports are made from."""

import pytest
from sqlalchemy import create_engine

from bmis.flows.records import SqlCells
from bmis.flows.records.tables import FlowCellRow


@pytest.fixture
def cells():
    """An empty table of cells."""
    engine = create_engine("sqlite://")
    FlowCellRow.__table__.create(engine)
    with engine.begin() as connection:
        yield SqlCells(connection)
    engine.dispose()
