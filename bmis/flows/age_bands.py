"""Age brackets, as dated data."""

import tomllib
from functools import cache

from bmis.kernel.resources import resource

Band = tuple[int, int | None]
"""First and last whole year; None is open."""


@cache
def age_bands(name: str = "full") -> tuple[Band, ...]:
    """Return the bands of a set (full, export), youngest first.

    Raises:
        KeyError: there is no such set.
    """
    said = tomllib.loads(resource("flows", "age_bands.toml").read_text("utf-8"))
    return tuple((band[0], band[1] if len(band) > 1 else None) for band in said[name]["bands"])
