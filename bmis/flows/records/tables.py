"""The tables: cells of days, and how far each cube has counted. Both can be made again from the crossings."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bmis.store.base import Base


class FlowCellRow(Base):
    """How many; "" is an unknown key. Derived: no audit link, no message."""

    __tablename__ = "flow_cell"
    __table_args__ = ({"sqlite_with_rowid": False},)

    cube: Mapped[str] = mapped_column(String(40), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    post_code: Mapped[str] = mapped_column(String(40), primary_key=True)
    direction: Mapped[str] = mapped_column(String(5), primary_key=True)
    key1: Mapped[str] = mapped_column(String(80), primary_key=True)
    key2: Mapped[str] = mapped_column(String(80), primary_key=True)
    key3: Mapped[str] = mapped_column(String(80), primary_key=True)
    n: Mapped[int]


class FlowMarkRow(Base):
    """The last number that a cube has counted: of a desk's crossings, or of events where ``desk_id`` is ""."""

    __tablename__ = "flow_mark"
    __table_args__ = ({"sqlite_with_rowid": False},)

    cube: Mapped[str] = mapped_column(String(40), primary_key=True)
    desk_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    number: Mapped[int]
