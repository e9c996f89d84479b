"""Saying something of the post, from a day on."""

from dataclasses import dataclass
from datetime import date

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from bmis.posts.post_setting import PostSetting, SettingName, SettingValue
from bmis.posts.records import SqlPostSettings
from bmis.store.unit import OpenUnit


@dataclass(frozen=True, slots=True)
class SetPostSetting:
    """Keeps a dated setting with its reason, its audit link and its message; earlier ones stay on record."""

    open_unit: OpenUnit
    now: Clock

    def __call__(
        self,
        name: SettingName,
        value: SettingValue,
        *,
        valid_from: date,
        valid_to: date | None = None,
        reason: str,
        by: Actor,
    ) -> PostSetting:
        """Return the setting as kept.

        Raises:
            NotAllowedError: the role does not manage posts.
            PostSettingError: the value, the days or the reason will not do.
        """
        require(by, Permission.MANAGE_POST)
        setting = PostSetting(new_id(self.now()), name, value, valid_from, valid_to, by.name, reason.strip())
        with self.open_unit() as unit:
            SqlPostSettings(unit).add(setting)
            unit.commit()
        return setting
