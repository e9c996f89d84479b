"""The dated code lists of mobility (resources/flows/mobility.toml), with their words."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from bmis.flows.mobility.errors import MobilityFieldError, MobilityListError
from bmis.kernel.resources import resource

FILE = "mobility.toml"


def codes(of: str) -> tuple[str, ...]:
    """Return the codes of a list, in order. Raises MobilityListError."""
    return tuple(_list(of))


def checked(of: str, code: str, where: str) -> str:
    """Return the code if it is of the list.

    Raises:
        MobilityFieldError: it is not; ``where`` names the field.
    """
    if code not in _list(of):
        raise MobilityFieldError(where=where)
    return code


def label(of: str, code: str, language: str) -> str:
    """Return the words of a code in ``language`` (pt or en), the code itself where the list no longer has it."""
    one = _list(of).get(code)
    return code if one is None else str(one["en" if language == "en" else "pt"])


def entry(of: str, code: str) -> Mapping[str, Any]:
    """Return everything that the list says of a code. Raises KeyError, MobilityListError."""
    return _list(of)[code]


@cache
def _list(of: str) -> Mapping[str, Mapping[str, Any]]:
    try:
        return {str(one["code"]): one for one in mobility_file(FILE)[of]}
    except (KeyError, TypeError) as error:
        raise MobilityListError(file=FILE) from error


@cache
def mobility_file(name: str) -> Mapping[str, Any]:
    """Return a dated file of resources/flows.

    Raises:
        MobilityListError: it is missing or damaged.
    """
    try:
        return tomllib.loads(resource("flows", name).read_text("utf-8"))
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        raise MobilityListError(file=name) from error
