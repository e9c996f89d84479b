"""The reports, one file each. A new one is a new module here that defines ``REPORT``; nothing else changes."""

import importlib
import pkgutil
from functools import cache

from bmis.reports import catalogue
from bmis.reports.asked import CatalogueEntry
from bmis.reports.errors import ReportUnknownError


@cache
def entries() -> tuple[CatalogueEntry, ...]:
    """Return every report of the border, by name."""
    found: list[CatalogueEntry] = []
    for module in pkgutil.iter_modules(catalogue.__path__):
        found.append(importlib.import_module(f"{catalogue.__name__}.{module.name}").REPORT)
    return tuple(sorted(found, key=lambda one: one.name))


def entry(untrusted_name: str) -> CatalogueEntry:
    """Return the report of that name.

    Raises:
        ReportUnknownError: there is none.
    """
    for one in entries():
        if one.name == untrusted_name:
            return one
    raise ReportUnknownError(report=untrusted_name[:40])
