"""The cubes, one file each. A new one is a new module here that defines ``CUBE``; nothing else changes."""

import importlib
import pkgutil
from functools import cache

from bmis.flows import cubes
from bmis.flows.cell import Cube


@cache
def all_cubes() -> tuple[Cube, ...]:
    """Return every cube, by name."""
    found: list[Cube] = []
    for module in pkgutil.iter_modules(cubes.__path__):
        found.append(importlib.import_module(f"{cubes.__name__}.{module.name}").CUBE)
    return tuple(sorted(found, key=lambda cube: cube.name))


def cube(name: str) -> Cube:
    """Return the cube of that name.

    Raises:
        KeyError: there is none.
    """
    return {one.name: one for one in all_cubes()}[name]
