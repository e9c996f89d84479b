"""Fields of an untrusted mapping, each taken as one kind of value or refused with its name."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from bmis.documents.dates import PartialDate
from bmis.documents.errors import DateTextError
from poe_health.certificates.errors import CertificateContentError

LONGEST_TEXT = 300  # characters; the EU schema allows 80
MOST_ENTRIES = 16
_DATE = re.compile(r"([0-9]{4}(?:-[0-9]{2}){0,2})(?:T.{0,40})?", re.ASCII)
_DAMAGED = {"Cc", "Cs", "Cn", "Co"}  # control characters, half surrogates, no characters at all


class Fields:
    """A mapping from outside. A field that is not there is None; one of the wrong kind is refused."""

    def __init__(self, untrusted: Mapping[Any, Any], where: str) -> None:
        self._said = untrusted
        self._where = where

    def text(self, key: str) -> str | None:
        """Return the text, normalised and trimmed; None where there is none. Raises CertificateContentError."""
        value = self._said.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or len(value) > LONGEST_TEXT:
            raise self._wrong(key)
        if any(unicodedata.category(char) in _DAMAGED for char in value):
            raise self._wrong(key)
        return unicodedata.normalize("NFC", value).strip() or None

    def code(self, key: str) -> str | None:
        """Return a code: a text, a number, or the code of a FHIR coding."""
        value = self._said.get(key)
        if isinstance(value, Mapping):
            inner = Fields(value, f"{self._where}.{key}")
            if inner.holds_map("coding"):
                return next((code for each in inner.maps("coding") if (code := each.text("code"))), None)
            return inner.text("code") or inner.text("value")
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return self.text(key)

    def date(self, key: str) -> PartialDate | None:
        """Return the date; a time of day after it is not looked at."""
        text = self.text(key)
        if text is None:
            return None
        found = _DATE.fullmatch(text)
        try:
            return PartialDate.parse(found[1] if found else "")
        except DateTextError as error:
            raise self._wrong(key) from error

    def count(self, key: str) -> int | None:
        """Return a small number, also one written as text."""
        value = self._said.get(key)
        if isinstance(value, Mapping):
            value = self.code(key)
        if isinstance(value, str) and re.fullmatch(r"[0-9]{1,3}", value, re.ASCII):
            value = int(value)
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1000):
            return value
        raise self._wrong(key)

    def map(self, key: str) -> "Fields":
        """Return the mapping inside; one without fields where there is none."""
        value = self._said.get(key)
        if value is not None and not isinstance(value, Mapping):
            raise self._wrong(key)
        return Fields(value or {}, f"{self._where}.{key}")

    def maps(self, key: str) -> list["Fields"]:
        """Return the mappings of a list; a single one counts as a list of one."""
        value = self._said.get(key)
        if value is None:
            return []
        entries = list(value) if isinstance(value, list | tuple) else [value]
        if len(entries) > MOST_ENTRIES or not all(isinstance(entry, Mapping) for entry in entries):
            raise self._wrong(key)
        return [Fields(entry, f"{self._where}.{key}") for entry in entries]

    def holds_map(self, key: str) -> bool:
        """Return whether the field is a mapping or a list that is not empty."""
        value = self._said.get(key)
        return isinstance(value, Mapping | list | tuple) and bool(value)

    def _wrong(self, key: str) -> CertificateContentError:
        return CertificateContentError(f"{self._where}.{key}")
