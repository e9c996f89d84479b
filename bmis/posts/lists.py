"""Reading the bundled lists of this room; a damaged one is one clear error."""

import csv
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from bmis.kernel.resources import resource
from bmis.posts.errors import PostListError


@dataclass(frozen=True, slots=True)
class ListVersion:
    """Which list a code is from: stored beside the code, so that it can be read in ten years."""

    version: str
    valid_from: date
    source: str


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of ``resources/codes/NAME.csv``.

    Raises:
        PostListError: it cannot be read.
    """
    path = resource("codes", f"{name}.csv")
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, strict=True))
    except (OSError, UnicodeError, csv.Error) as error:
        raise PostListError(file=path.name) from error


def toml(*parts: str) -> dict[str, Any]:
    """Return a bundled TOML file.

    Raises:
        PostListError: it cannot be read.
    """
    path = resource(*parts)
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        raise PostListError(file=path.name) from error


@cache
def list_version(name: str) -> ListVersion:
    """Return what ``resources/codes/NAME.toml`` says of the list.

    Raises:
        PostListError: it cannot be read.
    """
    said = toml("codes", f"{name}.toml")
    try:
        return ListVersion(str(said["version"]), said["valid_from"], str(said["source"]))
    except KeyError as error:
        raise PostListError(file=f"{name}.toml") from error
