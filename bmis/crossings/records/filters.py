"""The filters that people keep for themselves: a convenience, not a record, and so without an audit link."""

import json
from datetime import datetime
from typing import Any, cast

from sqlalchemy import String, Table, Text, delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Mapped, mapped_column

from bmis.store.base import Base
from bmis.store.unit import UnitOfWork


class SavedFilterRow(Base):
    """One filter of one person. It names no traveller."""

    __tablename__ = "saved_filter"
    __table_args__ = ({"sqlite_with_rowid": False},)

    owner: Mapped[str] = mapped_column(String(80), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    wanted: Mapped[str] = mapped_column(Text)  # JSON
    kept_at: Mapped[datetime]


_TABLE = cast(Table, SavedFilterRow.__table__)


class SqlFilters:
    """One person's filters inside one unit of work."""

    def __init__(self, unit: UnitOfWork, owner: str) -> None:
        self._connection, self._owner = unit.connection, owner

    def all(self) -> tuple[tuple[str, dict[str, Any]], ...]:
        """Return name and content of each, by name."""
        asked = select(_TABLE.c.name, _TABLE.c.wanted).where(_TABLE.c.owner == self._owner).order_by(_TABLE.c.name)
        return tuple((name, json.loads(wanted)) for name, wanted in self._connection.execute(asked))

    def put(self, name: str, wanted: dict[str, Any], at: datetime) -> None:
        """Keep a filter in the place of one of that name."""
        asked = insert(_TABLE).values(owner=self._owner, name=name, wanted=json.dumps(wanted), kept_at=at)
        self._connection.execute(
            asked.on_conflict_do_update(
                index_elements=["owner", "name"],
                set_={"wanted": asked.excluded.wanted, "kept_at": asked.excluded.kept_at},
            )
        )

    def forget(self, name: str) -> None:
        """Remove a filter."""
        self._connection.execute(delete(_TABLE).where(_TABLE.c.owner == self._owner, _TABLE.c.name == name))
