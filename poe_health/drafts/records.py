"""The table of drafts of the health desks. Rows are overwritten and deleted; they never enter audit or outbox."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import String, Text, delete, func, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Mapped, mapped_column

from bmis.store.base import Base
from bmis.store.canonical import canonical
from bmis.store.unit import UnitOfWork
from poe_health.drafts.draft import HealthDraft


class HealthDraftRow(Base):
    """Working state of a health desk."""

    __tablename__ = "health_draft"

    request_id: Mapped[UUID] = mapped_column(primary_key=True)
    desk: Mapped[str] = mapped_column(String(40))
    by: Mapped[str] = mapped_column(String(80), index=True)
    started_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    content: Mapped[str] = mapped_column(Text)


class SqlHealthDrafts:
    """Drafts inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._connection = unit.connection

    def find(self, request_id: UUID) -> HealthDraft | None:
        """Return the draft."""
        asked = select(HealthDraftRow.__table__).where(HealthDraftRow.request_id == request_id)
        row = self._connection.execute(asked).one_or_none()
        return None if row is None else _draft(row)

    def of(self, by: str, desk: str) -> tuple[HealthDraft, ...]:
        """Return a person's drafts of a desk, the newest first."""
        asked = select(HealthDraftRow.__table__).where(HealthDraftRow.by == by, HealthDraftRow.desk == desk)
        return tuple(_draft(row) for row in self._connection.execute(asked.order_by(HealthDraftRow.updated_at.desc())))

    def put(self, draft: HealthDraft) -> None:
        """Keep it as it is now, over what it was."""
        values = {
            "request_id": draft.request_id,
            "desk": draft.desk,
            "by": draft.by,
            "started_at": draft.started_at,
            "updated_at": draft.updated_at,
            "content": canonical(draft.content),
        }
        self._connection.execute(
            upsert(HealthDraftRow).on_conflict_do_update(index_elements=["request_id"], set_=values), values
        )

    def forget(self, request_id: UUID) -> bool:
        """Return whether there was one to forget."""
        return (
            self._connection.execute(delete(HealthDraftRow).where(HealthDraftRow.request_id == request_id)).rowcount > 0
        )

    def older_than(self, moment: datetime) -> int:
        """Return how many drafts, of anybody, were last touched before that moment."""
        asked = select(func.count()).select_from(HealthDraftRow).where(HealthDraftRow.updated_at < moment)
        return self._connection.execute(asked).scalar_one()

    def forget_older_than(self, moment: datetime) -> int:
        """Return how many drafts, of anybody, were last touched before that moment and are now gone."""
        return self._connection.execute(delete(HealthDraftRow).where(HealthDraftRow.updated_at < moment)).rowcount


def _draft(row: Any) -> HealthDraft:
    return HealthDraft(row.request_id, row.desk, row.by, row.started_at, row.updated_at, json.loads(row.content))
