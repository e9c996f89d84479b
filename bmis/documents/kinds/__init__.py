"""The kinds of MRZ, one file each. A new kind is a new module here that defines ``LAYOUT``; nothing else changes."""

import importlib
import pkgutil
from functools import cache

from bmis.documents import kinds
from bmis.documents.mrz_layout import Layout


@cache
def layouts() -> tuple[Layout, ...]:
    """Return every kind of MRZ, of one shape the one with the strongest claim first."""
    found: list[Layout] = []
    for module in pkgutil.iter_modules(kinds.__path__):
        found.append(importlib.import_module(f"{kinds.__name__}.{module.name}").LAYOUT)
    return tuple(sorted(found, key=lambda layout: (layout.shape, -layout.rank, layout.kind)))


def layout(kind: str) -> Layout:
    """Return the kind with this code.

    Raises:
        KeyError: there is none.
    """
    for known in layouts():
        if known.kind == kind:
            return known
    raise KeyError(kind)
