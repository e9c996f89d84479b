"""The catalogue of reports of both services, in words."""

from dataclasses import dataclass

from bmis.kernel.actor import Service
from bmis.reports.catalogue import entries
from ui.health_reports import DAYS, titles


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list; ``days``: how long a period it is usually made for."""

    name: str
    title: str
    days: int
    service: str


def catalogue() -> tuple[Listed, ...]:
    """Return the reports of the border and of port health, by name."""
    border = [Listed(one.name, one.title(), one.days, Service.BORDER.value) for one in entries()]
    health = [Listed(name, title, DAYS[name], Service.HEALTH.value) for name, title in titles().items()]
    return tuple(sorted((*border, *health), key=lambda one: one.name))
