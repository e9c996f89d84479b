"""Frozen dataclasses as plain values and back: what is hashed, kept and sent.

A field that is ``None`` or empty is left out: absent is unknown. A field added later is therefore absent from old
payloads and reads as unknown, so a form is filled, never changed. A class with ``parse`` is kept as its text.
"""

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_origin
from uuid import UUID

Plain = Any  # text, number, boolean, None, list or object of these
_Decoder = Callable[[Any], Any]
_Kind = TypeVar("_Kind")
_SCALARS = (str, int, float, bool, type(None))


def value_of(kind: type[_Kind], payload: Mapping[str, Plain]) -> _Kind:
    """Return the frozen dataclass that ``payload`` came from.

    Raises:
        ValueError, TypeError: a value is not what its field holds.
    """
    return cast(_Kind, _decoder(cast(Any, kind))(payload))


def moment_of(text: str) -> datetime:
    """Return the aware UTC moment of a stored text.

    Raises:
        ValueError: it has no time zone, or lies beyond the years that there are.
    """
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("a stored moment needs a time zone")
    try:
        return found.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("a moment outside of the years 1 to 9999") from error


def plain(value: Any) -> dict[str, Plain]:
    """Return the fields of a frozen dataclass in plain values, without those that are unknown or empty."""
    found = {}
    for name, absent_is_none, absent_is_empty in _names(value.__class__):
        inner = getattr(value, name)
        if inner is None and absent_is_none:
            continue
        if inner.__class__ is not str:
            inner = plain_value(inner)
            if absent_is_empty and (inner == {} or inner == []):
                continue
        found[name] = inner
    return found


def plain_value(value: Any) -> Plain:
    """Return one value in plain form.

    Raises:
        TypeError: it is none that can be kept.
    """
    kind = value.__class__
    if kind in _SCALARS:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID) or hasattr(kind, "parse"):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return _plain_container(value)


def _plain_container(value: Any) -> Plain:
    if dataclasses.is_dataclass(value):
        return plain(value)
    if isinstance(value, Mapping):
        return {str(plain_value(key)): plain_value(inner) for key, inner in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(plain_value(inner) for inner in value)
    if isinstance(value, list | tuple):
        return [plain_value(inner) for inner in value]
    if isinstance(value, str):  # a text with a class of its own
        return str(value)
    raise TypeError("a payload holds text, numbers, dates, identifiers, lists and objects of these")


def with_changes(payload: Mapping[str, Plain], changes: Mapping[str, Plain]) -> dict[str, Plain]:
    """Return a copy in which the named fields (``request.journey.purpose``) have the values given; None clears one."""
    found = dict(payload)
    for path, value in changes.items():
        *outer, last = path.split(".")
        place = found
        for name in outer:
            place[name] = place = dict(place.get(name) or {})
        if value is None:
            place.pop(last, None)
        else:
            place[last] = value
    return found


def value_at(payload: Mapping[str, Plain], path: str) -> Plain:
    """Return the plain value of a named field, None where it is unknown."""
    place: Any = payload
    for name in path.split("."):
        if not isinstance(place, Mapping):
            return None
        place = place.get(name)
    return place


@cache
def _names(kind: Any) -> tuple[tuple[str, bool, bool], ...]:
    """Return the fields, and of each whether leaving it out reads as unknown again, and whether as empty again.

    Where the default is None an empty collection is written: "none of them" is not "not asked".
    """
    found = []
    for field in dataclasses.fields(kind):
        default = field.default_factory() if field.default_factory is not dataclasses.MISSING else field.default
        missing = default is dataclasses.MISSING
        empty = missing or (default is not None and plain_value(default) in ({}, []))
        found.append((field.name, missing or default is None or empty, empty))
    return tuple(found)


@cache
def _decoder(annotation: Any) -> _Decoder:
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        inner = _union(tuple(part for part in parts if part is not type(None)))
        return lambda value: None if value is None else inner(value)
    if origin is tuple and len(parts) == 2 and parts[1] is Ellipsis:
        each = _decoder(parts[0])
        return lambda value: tuple(each(one) for one in value or ())
    if origin is tuple:
        many = [_decoder(part) for part in parts]
        return lambda value: tuple(one(inner) for one, inner in zip(many, value, strict=True))
    if origin is frozenset:
        member = _decoder(parts[0])
        return lambda value: frozenset(member(one) for one in value or ())
    if origin is not None and issubclass(origin, Mapping):
        key, inside = _decoder(parts[0]), _decoder(parts[1])
        return lambda value: {key(name): inside(one) for name, one in (value or {}).items()}
    if isinstance(annotation, type) and hasattr(annotation, "parse"):
        return cast(_Decoder, annotation.parse)
    if dataclasses.is_dataclass(annotation):
        return _dataclass_decoder(annotation)
    return _scalar_decoder(annotation)


def _union(parts: tuple[Any, ...]) -> _Decoder:
    """A union of scalars (text or a number) is plain already; of one part it is that part."""
    if len(parts) == 1:
        return _decoder(parts[0])
    if all(part in _SCALARS for part in parts):
        return lambda value: value
    raise TypeError("a field has one kind of value")


def _scalar_decoder(annotation: Any) -> _Decoder:
    if annotation is datetime:
        return moment_of
    if annotation is date:
        return date.fromisoformat
    if isinstance(annotation, type) and issubclass(annotation, UUID | Enum):
        return annotation
    if annotation is Any or annotation is object:
        return lambda value: value
    if annotation in (str, int, float, bool):
        return lambda value: _exactly(annotation, value)
    if isinstance(annotation, type) and issubclass(annotation, str):
        return annotation
    raise TypeError("no such value")


def _dataclass_decoder(kind: Any) -> _Decoder:
    hints = typing.get_type_hints(kind)
    plan: list[tuple[str, _Decoder, bool]] = []
    for field in dataclasses.fields(kind):
        if field.init:
            defaulted = field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
            plan.append((field.name, _decoder(hints[field.name]), defaulted))

    def decode(value: Mapping[str, Any]) -> Any:
        found = {}
        for name, one, defaulted in plan:
            if name in value:
                found[name] = one(value[name])
            elif not defaulted:
                found[name] = _absent(one)
        return kind(**found)

    return decode


def _absent(decode: _Decoder) -> Any:
    """The value of a field that was unknown or empty and has no default: None, or the empty collection."""
    try:
        return decode(None)
    except (TypeError, AttributeError):
        return decode({})


def _exactly(kind: type, value: Any) -> Any:
    if value.__class__ is kind or (kind is float and value.__class__ is int):
        return value
    raise TypeError("not what the field holds")
