"""The table of used health tokens: a hash and until when it is remembered. No code, no crossing, no time of use."""

from datetime import datetime

from sqlalchemy import String, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from bmis.store.base import Base
from bmis.store.unit import UnitOfWork


class UsedClearanceRow(Base):
    """One token with which somebody crossed. Not audited: nothing of it may stay once it has expired."""

    __tablename__ = "used_clearance"

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    forget_at: Mapped[datetime]


class SqlUsedClearances:
    """Used tokens inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._connection = unit.connection

    def has(self, mark: str) -> bool:
        """Return whether it was used."""
        asked = select(UsedClearanceRow.mark).where(UsedClearanceRow.mark == mark)
        return self._connection.execute(asked).first() is not None

    def add(self, mark: str, forget_at: datetime) -> None:
        """Remember it."""
        self._connection.execute(insert(UsedClearanceRow), {"mark": mark, "forget_at": forget_at})

    def drop(self, mark: str) -> None:
        """Forget it: the crossing for which it was used was taken back."""
        self._connection.execute(delete(UsedClearanceRow).where(UsedClearanceRow.mark == mark))

    def drop_expired(self, now: datetime) -> None:
        """Forget those whose time is over."""
        self._connection.execute(delete(UsedClearanceRow).where(UsedClearanceRow.forget_at <= now))
