"""Whether primary screening asks for the yellow-fever certificate: only of who comes from a listed country."""

from collections.abc import Iterable
from datetime import date, timedelta

from poe_health.certificates.rule_data import yellow_fever_lists
from poe_health.screening.journey import HOME, Stay

LEAVES = "EXIT"


def certificate_asked(
    direction: str | None, origin_country: str | None, stays: Iterable[Stay], today: date, arriving_in: str = HOME
) -> bool:
    """Return whether the dated lists ask it of who comes from there, or was there in the days that count.

    A stay of which the last day is not known counts. Who leaves is not asked: the country of arrival asks. Where no
    list is at hand or in force nobody is asked: nothing is guessed for a list.
    """
    lists = yellow_fever_lists(arriving_in)
    asked, risk = lists.requirement, lists.risk
    if direction == LEAVES or asked is None or risk is None:
        return False
    if today < max(asked.version.valid_from, risk.version.valid_from):
        return False
    listed = risk.countries | asked.also
    since = today - timedelta(days=asked.lookback_days)
    return origin_country in listed or any(stay.country in listed and (stay.until or today) >= since for stay in stays)
