"""What another State's visible digital seal says, in plain values (resources/codes/vds_documents.toml)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from bmis.documents.errors import CodeTableError
from bmis.documents.seals.c40 import from_c40
from bmis.documents.seals.errors import SealFormError
from bmis.documents.seals.vds import Vds
from bmis.kernel.resources import resource

_FILE = "vds_documents.toml"
_CODINGS = frozenset({"c40", "utf8", "number", "duration", "mrz36", "mrz44", "bytes"})


@dataclass(frozen=True, slots=True)
class VdsDocument:
    """A document that is sealed: its code, and name and coding of each tag."""

    code: str
    features: Mapping[int, tuple[str, str]]


def vds_fields(vds: Vds) -> Mapping[str, Any]:
    """Return the seal's fields: of the header, of the document, and in ``other`` tags without a meaning for us."""
    header = vds.header
    known = vds_documents().get(f"{header.feature_reference:02X}{header.category:02X}")
    found: dict[str, Any] = {
        "document": known.code if known else None,
        "issuing_state": header.issuing_state,
        "signer": header.signer,
        "certificate": header.certificate,
        "issued_on": header.issued_on.isoformat(),
        "signed_on": header.signed_on.isoformat(),
    }
    other: dict[str, str] = {}
    for tag, value in vds.features.items():
        name, coding = known.features.get(tag, ("", "")) if known else ("", "")
        try:
            if not name or name in found:
                raise SealFormError("tag")
            found[name] = _value(value, coding)
        except (SealFormError, UnicodeDecodeError):  # signed as it stands: it is shown, not interpreted
            other[str(tag)] = value.hex()
    return MappingProxyType({**found, "other": other})


@cache
def vds_documents() -> Mapping[str, VdsDocument]:
    """Return the documents by feature reference and category.

    Raises:
        CodeTableError: the list is missing or damaged.
    """
    try:
        said = tomllib.loads(resource("codes", _FILE).read_text("utf-8"))
        found = {
            str(each["reference"]): VdsDocument(
                str(each["code"]),
                MappingProxyType({int(one["tag"]): (str(one["name"]), str(one["coding"])) for one in each["features"]}),
            )
            for each in said["document"]
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CodeTableError(table=_FILE) from error
    if any(coding not in _CODINGS for document in found.values() for _, coding in document.features.values()):
        raise CodeTableError(table=_FILE)
    return MappingProxyType(found)


def _value(value: bytes, coding: str) -> Any:
    match coding:
        case "c40":
            return from_c40(value).rstrip(" ")
        case "utf8":
            return value.decode("utf-8")
        case "number":
            return int.from_bytes(value)
        case "duration":
            if len(value) != 3:
                raise SealFormError("value")
            return dict(zip(("days", "months", "years"), value, strict=True))
        case "mrz36" | "mrz44":
            return _lines(from_c40(value), int(coding[3:]))
    return value.hex()


def _lines(text: str, width: int) -> list[str]:
    """Return both lines; the seal leaves out the end of the second, which is optional data (Doc 9303-7, 9)."""
    if len(text) < width or len(text) > 2 * width:
        raise SealFormError("value")
    whole = text.replace(" ", "<").ljust(2 * width, "<")
    return [whole[:width], whole[width:]]
