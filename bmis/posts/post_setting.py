"""Dated settings of the post: who set what, from when to when, and why. Nothing is overwritten."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from bmis.kernel.identifiers import made_at
from bmis.posts.errors import PostSettingError


class SettingName(StrEnum):
    """What can be set of a post."""

    SINGLE_OFFICER = "single_officer"  # one officer alone: a second signature may come later
    RECORDS_COMPLETE_SINCE = "records_complete_since"  # from that day no crossing is missing from the post's records
    OPENING_STATE = "opening_state"
    HEALTH_ORDER = "health_order"  # which desk a traveller comes to first
    POSTED_AT = "posted_at"  # of a truck: the post for which it works; told by its redeployment alone


class OpeningState(StrEnum):
    """Whether travellers can cross there."""

    OPEN = "open"
    RESTRICTED = "restricted"
    CLOSED = "closed"
    DESTROYED = "destroyed"
    TEMPORARY = "temporary"  # opened for a time only, at a place that is otherwise no crossing


class HealthOrder(StrEnum):
    """Which comes first at the post: port health, or the lane."""

    HEALTH_FIRST = "health_first"
    LANE_FIRST = "lane_first"


SettingValue = bool | date | OpeningState | HealthOrder | str | None
"""A text is the code of a post. None takes back what was said: the fact is unknown again."""

_TYPES: Mapping[SettingName, type] = {
    SettingName.SINGLE_OFFICER: bool,
    SettingName.RECORDS_COMPLETE_SINCE: date,
    SettingName.OPENING_STATE: OpeningState,
    SettingName.HEALTH_ORDER: HealthOrder,
    SettingName.POSTED_AT: str,
}


@dataclass(frozen=True, slots=True)
class PostSetting:
    """One append-only event. It holds from ``valid_from`` to ``valid_to``, both days included (None: until replaced).

    Raises:
        PostSettingError: a value of another kind, days the wrong way round, or no reason.
    """

    id: UUID
    name: SettingName
    value: SettingValue
    valid_from: date
    valid_to: date | None
    set_by: str
    reason: str

    def __post_init__(self) -> None:
        if self.value is not None and type(self.value) is not _TYPES[self.name]:
            raise PostSettingError(setting=self.name.value, field="value")
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise PostSettingError(setting=self.name.value, field="valid_to")
        if not self.reason.strip():
            raise PostSettingError(setting=self.name.value, field="reason")

    @property
    def by(self) -> str:
        """Who set it, as the audit chain asks."""
        return self.set_by

    @property
    def recorded_at(self) -> datetime:
        """When it was set, UTC."""
        return made_at(self.id)

    def holds_on(self, day: date) -> bool:
        """Return whether the day lies within its days."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def payload(self) -> Mapping[str, object]:
        """The content that the audit chain and the hub get."""
        return {
            "id": str(self.id),
            "name": self.name.value,
            "value": plain_value(self.value),
            "valid_from": self.valid_from.isoformat(),
            "valid_to": None if self.valid_to is None else self.valid_to.isoformat(),
            "set_by": self.set_by,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class PostSettings:
    """What holds on one day. None: nobody has said."""

    on: date
    single_officer: bool
    records_complete_since: date | None
    opening_state: OpeningState | None
    health_order: HealthOrder | None = None
    posted_at: str | None = None

    def records_complete_for(self, since: date) -> bool:
        """Return whether every crossing since that day is known to be in the records."""
        return self.records_complete_since is not None and self.records_complete_since <= since


def settings_on(day: date, recorded: Iterable[PostSetting]) -> PostSettings:
    """Return what holds on the day: of each name, the last recorded of those whose days include it.

    A post is worked by more than one officer unless its setting says otherwise.
    """
    held: dict[SettingName, SettingValue] = {}
    for setting in recorded:
        if setting.holds_on(day):
            held[setting.name] = setting.value
    complete, state = held.get(SettingName.RECORDS_COMPLETE_SINCE), held.get(SettingName.OPENING_STATE)
    order, posted = held.get(SettingName.HEALTH_ORDER), held.get(SettingName.POSTED_AT)
    return PostSettings(
        on=day,
        single_officer=held.get(SettingName.SINGLE_OFFICER) is True,
        records_complete_since=complete if isinstance(complete, date) else None,
        opening_state=state if isinstance(state, OpeningState) else None,
        health_order=order if isinstance(order, HealthOrder) else None,
        posted_at=posted if isinstance(posted, str) else None,
    )


def plain_value(value: SettingValue) -> bool | str | None:
    """Return the value as JSON can hold it."""
    if isinstance(value, OpeningState | HealthOrder):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def parse_value(name: SettingName, untrusted_value: object) -> SettingValue:
    """Return the value that the plain one stands for.

    Raises:
        PostSettingError: it stands for none.
    """
    try:
        if untrusted_value is None:
            return None
        if name is SettingName.SINGLE_OFFICER:
            if isinstance(untrusted_value, bool):
                return untrusted_value
        elif isinstance(untrusted_value, str):
            if name is SettingName.OPENING_STATE:
                return OpeningState(untrusted_value)
            if name is SettingName.HEALTH_ORDER:
                return HealthOrder(untrusted_value)
            if name is SettingName.POSTED_AT:
                return untrusted_value
            return date.fromisoformat(untrusted_value)
    except ValueError:
        pass  # said below, once for every way it can be wrong
    raise PostSettingError(setting=name.value, field="value")
