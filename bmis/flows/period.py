"""The days that numbers can be asked for."""

from datetime import date

from bmis.flows.errors import PeriodError

MOST_DAYS = 3 * 366


def check_period(first: date, last: date, today: date) -> None:
    """Return only if numbers of these local days, both included, can be asked for.

    Raises:
        PeriodError: the days are the wrong way round, begin after today, or are too many.
    """
    if last < first:
        raise PeriodError(why="order", most=MOST_DAYS)
    if first > today:
        raise PeriodError(why="future", most=MOST_DAYS)
    if (last - first).days >= MOST_DAYS:
        raise PeriodError(why="long", most=MOST_DAYS)
