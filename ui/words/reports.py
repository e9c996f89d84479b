"""The catalogue of reports of both services, in words."""

from dataclasses import dataclass

from bmis.kernel.actor import Service
from bmis.reports.catalogue import entries


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list; ``days``: how long a period it is usually made for."""

    name: str
    title: str
    days: int
    service: str


def catalogue() -> tuple[Listed, ...]:
    """Return the reports of the border, by name."""
    return tuple(Listed(one.name, one.title(), one.days, Service.BORDER.value) for one in entries())
