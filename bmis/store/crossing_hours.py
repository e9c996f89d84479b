"""How many crossed in each hour, as the border of a home hands it to port health: sums, nobody and no lane."""

import json
from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from bmis.kernel.errors import SiteError
from bmis.store.home import Home, write_private

FILE = "crossing_hours.json"
MOST_DAYS = 40  # the newest are kept: more than the days that are still corrected
_FORMAT, _HOURS = 1, 24


class CrossingHoursError(SiteError):
    """The file of the border's counts by the hour cannot be read."""

    code: ClassVar[str] = "BMIS-584"


def crossing_hours(home: Home, day: date) -> Mapping[int, int] | None:
    """Return how many crossed in each hour (0 to 23) of which a count was handed over; None: of that day none was.

    Raises:
        CrossingHoursError: the file is not ours.
    """
    return _days(home).get(day)


def hand_over_hours(home: Home, day: date, hours: Mapping[int, int]) -> None:
    """Keep the day's counts in the home, over what was handed over before.

    A file that cannot be read begins anew: the border has every count still, and hands a day over again by its date.

    Raises:
        StoreReadOnlyError, StoreFullError.
    """
    try:
        before = _days(home)
    except CrossingHoursError:
        before = {}
    days = {**before, day: hours}
    kept = {one.isoformat(): {str(hour): many for hour, many in days[one].items()} for one in sorted(days)[-MOST_DAYS:]}
    write_private(home.path / FILE, json.dumps({"format": _FORMAT, "post": home.post_code, "days": kept}, indent=1))


def _days(home: Home) -> dict[date, Mapping[int, int]]:
    try:
        said = json.loads((home.path / FILE).read_text("utf-8"))
        if said["format"] != _FORMAT or said["post"] != home.post_code:
            raise CrossingHoursError
        days: dict[date, Mapping[int, int]] = {
            date.fromisoformat(day): {int(hour): many for hour, many in of.items()} for day, of in said["days"].items()
        }
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CrossingHoursError from error
    counts = [(hour, many) for of in days.values() for hour, many in of.items()]
    if any(not 0 <= hour < _HOURS or type(many) is not int or many < 0 for hour, many in counts):
        raise CrossingHoursError
    return days
