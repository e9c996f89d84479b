"""Health units and telephone numbers: the list that comes with the program, and above it what the post entered.

Everything is dated and says its source; a number that nobody knows is None, never guessed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from poe_health.codes import Coded
from poe_health.errors import HealthListError
from poe_health.lists import bundled
from poe_health.referrals.errors import ReferralCodeError, ReferralFieldError
from poe_health.referrals.settings import known

FACILITIES, PHONES = "health/facilities.toml", "health/phones.toml"
LONGEST = 200


class Listed(StrEnum):
    """The two lists of the directory."""

    FACILITY = "facility"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Facility:
    """A health unit. ``has_isolation`` None: not known. ``of_post``: the post entered it."""

    code: str
    name: str
    level: str
    province: str
    district: str
    phone: str | None
    has_isolation: bool | None
    valid_from: date
    confidence: str
    source: str
    of_post: bool = False


@dataclass(frozen=True, slots=True)
class Phone(Coded):
    """Whom to call. ``number`` None: nobody entered one. ``checked_on``: when it was last known to work."""

    number: str | None
    checked_on: date | None
    confidence: str
    source: str
    of_post: bool = False

    def age_days(self, today: date) -> int | None:
        """Return how old the number is; None where there is none."""
        return None if self.checked_on is None or self.number is None else max((today - self.checked_on).days, 0)

    def is_old(self, today: date) -> bool | None:
        """Return whether it must be tried again; None where there is no number."""
        age = self.age_days(today)
        return None if age is None else age > stale_after_days()


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """What the post says of a unit or number from a day on; a later entry of the same code replaces it.

    ``closed``: it is no longer to be used. A phone needs only ``code``, ``phone`` and its day.
    """

    id: UUID
    listed: Listed
    code: str
    valid_from: date
    source: str
    by: str
    name: str = ""
    level: str = ""
    province: str = ""
    district: str = ""
    phone: str | None = None
    has_isolation: bool | None = None
    closed: bool = False

    def checked(self, today: date) -> "DirectoryEntry":
        """Return the entry.

        Raises:
            ReferralFieldError, ReferralCodeError: what is wrong with it.
        """
        for name in ("code", "source", "name", "province", "district", "phone"):
            value = getattr(self, name)
            if value is not None and len(value) > LONGEST:
                raise ReferralFieldError(name)
        if not self.code.strip() or not self.source.strip():
            raise ReferralFieldError("code" if not self.code.strip() else "source")
        if self.valid_from > today:
            raise ReferralFieldError("valid_from")
        if self.phone is not None and sum(char.isdigit() for char in self.phone) < 3:
            raise ReferralFieldError("phone")
        if self.listed is Listed.PHONE:
            if self.code not in {one.code for one in _phones()}:
                raise ReferralCodeError("phone", self.code)
            if self.phone is None and not self.closed:
                raise ReferralFieldError("phone")
        elif not self.closed:
            known("level", self.level)
            if not self.name.strip():
                raise ReferralFieldError("name")
        return self

    def payload(self) -> dict[str, object]:
        """Return plain values."""
        said = {
            "listed": self.listed.value,
            "code": self.code,
            "valid_from": self.valid_from,
            "source": self.source,
            "name": self.name,
            "level": self.level,
            "province": self.province,
            "district": self.district,
            "phone": self.phone,
            "has_isolation": self.has_isolation,
            "closed": self.closed,
        }
        return {"id": self.id, "by": self.by} | said


def facilities(today: date, entered: Iterable[DirectoryEntry] = (), province: str = "") -> tuple[Facility, ...]:
    """Return the units in use on ``today``: those of ``province`` first, the post's own before the bundled ones.

    Raises:
        HealthListError: the list cannot be used.
    """
    found = {one.code: one for one in _facilities() if one.valid_from <= today}
    for entry in entered:
        if entry.listed is Listed.FACILITY and entry.valid_from <= today:
            found.pop(entry.code, None)
            if not entry.closed:
                found[entry.code] = _entered(entry)
    return tuple(
        sorted(found.values(), key=lambda one: (one.province != province, not one.of_post, one.province, one.name))
    )


def facility(code: str, today: date, entered: Iterable[DirectoryEntry] = ()) -> Facility:
    """Return the unit of that code.

    Raises:
        ReferralCodeError: there is none in use on that day.
    """
    for one in facilities(today, entered):
        if one.code == code:
            return one
    raise ReferralCodeError("facility", code)


def phones(today: date, entered: Iterable[DirectoryEntry] = ()) -> tuple[Phone, ...]:
    """Return whom to call, in the order of the list, each with the number in force; the post's own wins.

    Raises:
        HealthListError: the list cannot be used.
    """
    found = {one.code: one for one in _phones()}
    for entry in entered:
        if entry.listed is Listed.PHONE and entry.valid_from <= today and entry.code in found:
            one = found[entry.code]
            number = None if entry.closed else entry.phone
            checked = None if number is None else entry.valid_from
            found[entry.code] = Phone(one.code, one.en, one.pt, number, checked, "high", entry.source, of_post=True)
    return tuple(found.values())


def stale_after_days() -> int:
    """Return after how many days a number is shown as old."""
    try:
        return int(bundled("health", "phones").said["stale_after_days"])
    except (KeyError, TypeError, ValueError) as error:
        raise HealthListError(PHONES) from error


def directory_versions() -> Mapping[str, str]:
    """Return the version of each bundled list by its file."""
    return MappingProxyType(
        {one.file: one.version for one in (bundled("health", name).version for name in ("facilities", "phones"))}
    )


def _entered(entry: DirectoryEntry) -> Facility:
    return Facility(
        entry.code,
        entry.name,
        entry.level,
        entry.province,
        entry.district,
        entry.phone,
        entry.has_isolation,
        entry.valid_from,
        "high",
        entry.source,
        of_post=True,
    )


def _facilities() -> list[Facility]:
    def read(row: Mapping[str, Any]) -> Facility:
        return Facility(
            row["code"],
            row["name"],
            known("level", row["level"]),
            row["province"],
            row["district"],
            row.get("phone"),
            row.get("has_isolation"),
            row["valid_from"],
            row["confidence"],
            row["source"],
        )

    try:
        found = [read(row) for row in bundled("health", "facilities").said["facility"]]
    except (KeyError, TypeError, ReferralCodeError) as error:
        raise HealthListError(FACILITIES) from error
    if len({one.code for one in found}) != len(found):
        raise HealthListError(FACILITIES)
    return found


def _phones() -> list[Phone]:
    try:
        return [
            Phone(
                row["code"],
                row["en"],
                row["pt"],
                row.get("number"),
                row["checked_on"] if "number" in row else None,
                row.get("confidence", ""),
                row["source"] if "number" in row else "",
            )
            for row in bundled("health", "phones").said["phone"]
        ]
    except (KeyError, TypeError) as error:
        raise HealthListError(PHONES) from error
