"""The numbers of the day: hour by hour, against the same day a week before, and how the hours of a week usually are."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from bmis.flows.counts import CountsView
from bmis.flows.number_rules import number_rules

HOURS = 24


@dataclass(frozen=True, slots=True)
class DayNumbers:
    """Movements (people who went on). ``full_hours`` have passed today; only those are compared with a week before.

    ``week_before`` None: nothing was counted yet then. ``heat`` by weekday (Monday first) and hour is the mean of the
    days in the period, None for a weekday without one.
    """

    day: date
    full_hours: int
    entries: tuple[int, ...]
    exits: tuple[int, ...]
    so_far: int
    week_before: int | None
    heat_first: date
    heat_last: date
    heat: tuple[tuple[float | None, ...], ...]


def read_day_numbers(view: CountsView, day: date, full_hours: int) -> DayNumbers:
    """Return the numbers of a day of which ``full_hours`` (0 to 24) have passed."""
    ways = view.sums("travel_mode", day, day, ("direction", "hour"))
    entries, exits = (tuple(ways.get((way, f"{hour:02d}"), 0) for hour in range(HOURS)) for way in ("ENTRY", "EXIT"))
    known = view.days()
    before = day - timedelta(days=7)
    passed = [f"{hour:02d}" for hour in range(full_hours)]
    last, first = day - timedelta(days=1), day - timedelta(weeks=number_rules().heat_weeks)
    start = max(first, known[0]) if known else day
    return DayNumbers(
        day=day,
        full_hours=full_hours,
        entries=entries,
        exits=exits,
        so_far=sum(entries[:full_hours]) + sum(exits[:full_hours]),
        week_before=view.one("travel_mode", before, before, {"hour": passed}) if known and known[0] <= before else None,
        heat_first=start,
        heat_last=last,
        heat=_heat(view, start, last),
    )


def _heat(view: CountsView, first: date, last: date) -> tuple[tuple[float | None, ...], ...]:
    days = Counter((first + timedelta(days=at)).weekday() for at in range(max(0, (last - first).days + 1)))
    counts: Counter[tuple[int, int]] = Counter()
    if days:
        for (day, hour), n in view.sums("travel_mode", first, last, ("day", "hour")).items():
            counts[date.fromisoformat(day).weekday(), int(hour)] += n
    return tuple(
        tuple(counts[weekday, hour] / days[weekday] if days[weekday] else None for hour in range(HOURS))
        for weekday in range(7)
    )
