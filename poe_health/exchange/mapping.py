"""The words of a receiver for ours: dated files of the program, or a file of the ministry that stands in for one."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, NoReturn

from poe_health.errors import HealthListError
from poe_health.exchange.errors import TemplateRefusedError
from poe_health.lists import ListVersion, bundled

FOLDER = "health/exchange"
LARGEST = 1024 * 1024  # bytes of a mapping file; the bundled ones have under 10 KB


@dataclass(frozen=True, slots=True)
class ReceiverWords:
    """A mapping as it was read. ``own``: it comes with the program."""

    name: str
    version: ListVersion
    said: Mapping[str, Any]
    own: bool

    def text(self, *path: str) -> str:
        """Return a text of the mapping.

        Raises:
            HealthListError, TemplateRefusedError: it is not there, or is no text.
        """
        found = self._at(path)
        return found if isinstance(found, str) and found else self._wrong(path)

    def number(self, *path: str) -> int:
        """Return a whole number of the mapping. Raises as ``text``."""
        found = self._at(path)
        return found if isinstance(found, int) and not isinstance(found, bool) else self._wrong(path)

    def words(self, *path: str) -> Mapping[str, str]:
        """Return a table of texts by our code. Raises as ``text``."""
        found = self._at(path)
        if not isinstance(found, dict) or not all(isinstance(each, str) for each in found.values()):
            self._wrong(path)
        return MappingProxyType(found)

    def several(self, *path: str) -> tuple[str, ...]:
        """Return a list of texts. Raises as ``text``."""
        found = self._at(path)
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
            self._wrong(path)
        return tuple(found)

    def has(self, *path: str) -> bool:
        """Return whether the mapping says something there."""
        found: Any = self.said
        for part in path:
            if not isinstance(found, Mapping) or part not in found:
                return False
            found = found[part]
        return True

    def _at(self, path: tuple[str, ...]) -> Any:
        if not self.has(*path):
            self._wrong(path)
        found: Any = self.said
        for part in path:
            found = found[part]
        return found

    def _wrong(self, path: tuple[str, ...]) -> NoReturn:
        if self.own:
            raise HealthListError(f"{FOLDER}/{self.name}.toml")
        raise TemplateRefusedError("mapping_key", ".".join(path))


@cache
def own_words(name: str) -> ReceiverWords:
    """Return the mapping that comes with the program.

    Raises:
        HealthListError: it is missing or damaged.
    """
    found = bundled(FOLDER, name)
    return ReceiverWords(name, found.version, MappingProxyType(found.said), own=True)


def given_words(name: str, untrusted: bytes) -> ReceiverWords:
    """Return the mapping of a file in the form of ours, whole: nothing is filled in from ours.

    Raises:
        TemplateRefusedError: it is too large, no TOML, or lacks version, valid_from and source.
    """
    if len(untrusted) > LARGEST:
        raise TemplateRefusedError("template_large")
    try:
        said = tomllib.loads(untrusted.decode("utf-8-sig"))
    except (UnicodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise TemplateRefusedError("mapping_syntax") from error
    for need, kind in (("version", str), ("valid_from", date), ("source", str)):
        if not isinstance(said.get(need), kind):
            raise TemplateRefusedError("mapping_key", need)
    version = ListVersion(
        f"{name} template", said["version"], said["valid_from"], hashlib.sha256(untrusted).hexdigest()
    )
    return ReceiverWords(name, version, MappingProxyType(said), own=False)


def words_of(name: str, untrusted_template: bytes | None) -> ReceiverWords:
    """Return the mapping given, or else ours."""
    return own_words(name) if untrusted_template is None else given_words(name, untrusted_template)
