"""JSON of voyages, contacts, conveyances and events at the post into their nouns, trusted with nothing."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from bmis.kernel.plain import moment_of, value_of
from ui.cli.errors import InputFieldError, ValueRefusedError
from ui.cli.untrusted import one_in

if TYPE_CHECKING:
    from poe_health.voyages.choose_contacts import Choice

_Noun = TypeVar("_Noun")


def object_of(name: str, schema: str) -> dict[str, Any]:
    """Return the only object of the file, checked against the schema. Raises as ``one_in``."""
    found: dict[str, Any] = one_in(name, schema)
    return found


def noun_of(kind: type[_Noun], said: Mapping[str, Any], field: str, schema: str) -> _Noun:
    """Return the noun of a field.

    Raises:
        InputFieldError: a value of it is not what it holds.
    """
    try:
        return value_of(kind, said[field])
    except (TypeError, ValueError, AttributeError) as error:
        raise InputFieldError(field=field, schema=schema) from error


def request_of(said: Mapping[str, Any]) -> UUID:
    """Return the identifier of the request; the schema says that it is one."""
    return UUID(said["request_id"])


def moment_in(said: Mapping[str, Any], field: str, schema: str) -> datetime:
    """Return a moment. Raises InputFieldError: there is none such, as on 31 February."""
    try:
        return moment_of(said[field])
    except ValueError as error:
        raise InputFieldError(field=field, schema=schema) from error


def choice_of(said: Mapping[str, Any], schema: str) -> "Choice":
    """Return who was chosen. Raises InputFieldError."""
    from poe_health.voyages.choose_contacts import Choice

    fields = {name: value for name, value in said.items() if name != "request_id"}
    return noun_of(Choice, {"choice": fields}, "choice", schema)


def uuid_of(text: str | None, option: str) -> UUID | None:
    """Return the identifier of an option. Raises ValueRefusedError."""
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise ValueRefusedError(argument=option) from error
