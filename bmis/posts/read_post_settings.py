"""What holds at the post on a day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bmis.posts.post_setting import PostSetting, PostSettings, settings_on
from bmis.posts.records import SqlPostSettings
from bmis.store.unit import UnitOfWork


def post_settings(unit: UnitOfWork, on: date) -> PostSettings:
    """Return what holds on the day, read inside ``unit`` (a check and its record see the same)."""
    return settings_on(on, SqlPostSettings(unit).recorded())


@dataclass(frozen=True, slots=True)
class ReadPostSettings:
    """Answers for a desk; ``open_unit`` is one that only looks."""

    open_unit: Callable[[], UnitOfWork]

    def __call__(self, on: date) -> PostSettings:
        """Return what holds on the day."""
        with self.open_unit() as unit:
            return post_settings(unit, on)

    def history(self) -> tuple[PostSetting, ...]:
        """Return everything that was ever said, oldest first."""
        with self.open_unit() as unit:
            return tuple(SqlPostSettings(unit).recorded())
