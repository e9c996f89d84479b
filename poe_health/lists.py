"""Reading the bundled lists of port health, with the digest of exactly what was read."""

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from bmis.kernel.resources import resource
from poe_health.errors import HealthListError


@dataclass(frozen=True, slots=True)
class ListVersion:
    """Which text of a list was used: stored with every outcome, so that it can be judged in ten years."""

    file: str  # under resources/, with forward slashes
    version: str
    valid_from: date
    sha256: str


@dataclass(frozen=True, slots=True)
class BundledList:
    """A list as it lies on the disk."""

    version: ListVersion
    said: dict[str, Any]


@cache
def bundled(folder: str, name: str) -> BundledList:
    """Return ``resources/FOLDER/NAME.toml``.

    Raises:
        HealthListError: it cannot be read, or lacks version, valid_from, status, source or licence.
    """
    file = f"{folder}/{name}.toml"
    try:
        raw = resource(folder, f"{name}.toml").read_bytes()
        said = tomllib.loads(raw.decode("utf-8"))
        for need in ("status", "source", "licence"):
            if not said[need]:
                raise HealthListError(file)
        known_from = said["valid_from"]
        if not isinstance(known_from, date):
            raise HealthListError(file)
        return BundledList(
            ListVersion(file, str(said["version"]), known_from, hashlib.sha256(raw).hexdigest()),
            said,
        )
    except (OSError, UnicodeError, tomllib.TOMLDecodeError, KeyError) as error:
        raise HealthListError(file) from error
