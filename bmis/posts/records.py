"""The table of the post's settings. Append-only."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import String as Characters
from sqlalchemy import Text, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from bmis.posts.post_setting import PostSetting, SettingName, parse_value, plain_value
from bmis.store.base import Base
from bmis.store.unit import UnitOfWork


class PostSettingRow(Base):
    """What was said of the post, and for which days."""

    __tablename__ = "post_setting"

    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(Characters(40), index=True)
    value: Mapped[str] = mapped_column(Text)  # JSON
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    set_by: Mapped[str] = mapped_column(Characters(80))
    reason: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime]


class SqlPostSettings:
    """The post's settings inside one unit of work. An addition is linked to the audit and told to the hub."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def add(self, setting: PostSetting) -> None:
        """Keep what was said."""
        self._unit.connection.execute(
            insert(PostSettingRow),
            {
                "id": setting.id,
                "name": setting.name.value,
                "value": json.dumps(plain_value(setting.value)),
                "valid_from": setting.valid_from,
                "valid_to": setting.valid_to,
                "set_by": setting.set_by,
                "reason": setting.reason,
                "recorded_at": setting.recorded_at,
            },
        )
        self._unit.audit.add("post.setting_changed", setting)
        self._unit.outbox.add("post.setting_changed", setting)

    def recorded(self) -> Iterator[PostSetting]:
        """Return everything that was ever said, in the order it was said."""
        asked = select(PostSettingRow.__table__).order_by(PostSettingRow.seq)
        for row in self._unit.connection.execute(asked):
            name = SettingName(row.name)
            yield PostSetting(
                id=row.id,
                name=name,
                value=parse_value(name, json.loads(row.value)),
                valid_from=row.valid_from,
                valid_to=row.valid_to,
                set_by=row.set_by,
                reason=row.reason,
            )
