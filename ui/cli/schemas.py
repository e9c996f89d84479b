"""The JSON Schemas of what the command line takes and gives (draft 2020-12, resources/schemas/)."""

import json
from functools import cache
from typing import Any

from bmis.kernel.resources import resource
from ui.cli.errors import SchemaUnknownError

LONGEST_SHOWN = 40


def names() -> list[str]:
    """Return the names of the schemas."""
    return sorted(path.stem for path in resource("schemas").glob("*.json"))


def text_of(name: str) -> str:
    """Return the schema as it lies on the disk.

    Raises:
        SchemaUnknownError: there is none of that name.
    """
    if name not in names():
        raise SchemaUnknownError(name=name)
    return resource("schemas", f"{name}.json").read_text(encoding="utf-8")


def first_fault(document: Any, name: str) -> str | None:
    """Return the path of the first field that is not what the schema says; None when all is."""
    errors = sorted(_validator(name).iter_errors(document), key=lambda error: len(error.absolute_path))
    if not errors:
        return None
    error = errors[0]
    path = ".".join(str(part) for part in error.absolute_path)
    if error.validator == "required":
        path = ".".join(filter(None, (path, _missing(error))))
    if error.validator == "additionalProperties":
        path = ".".join(filter(None, (path, _unknown(error))))
    return path or "*"


def _missing(error: Any) -> str:
    return next((name for name in error.validator_value if name not in error.instance), "")


def _unknown(error: Any) -> str:
    """The first key that the schema does not have: from outside, so it is only ever shown, and shortened."""
    known = error.schema.get("properties", {})
    return next((name[:LONGEST_SHOWN] for name in error.instance if name not in known), "")


@cache
def _validator(name: str) -> Any:
    from jsonschema import Draft202012Validator, FormatChecker  # 0.1 s of CPU: only where something is checked
    from referencing import Registry, Resource

    found = {f"{each}.json": Resource.from_contents(json.loads(text_of(each))) for each in names()}
    registry: Any = Registry().with_resources(list(found.items()))
    return Draft202012Validator(json.loads(text_of(name)), registry=registry, format_checker=FormatChecker())
