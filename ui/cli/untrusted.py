"""JSON from a file or a pipe, trusted with nothing: size, depth, keys given twice, numbers that are none, odd text."""

import json
import sys
from collections.abc import Iterator
from io import TextIOWrapper
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import Any, BinaryIO

from ui.cli.errors import InputFieldError, InputNotJsonError, InputTooLargeError, InputUnreadableError

LARGEST_OBJECT = 256 * 1024  # characters; a crossing is under 4 KB
LARGEST_FILE = 64 * 1024 * 1024  # bytes; a list is read whole
DEEPEST = 12
LARGEST_NUMBER = 2**63 - 1  # what a store holds; nothing at a border is counted beyond it


def load_object(untrusted_text: str, schema: str, line: int = 1) -> Any:
    """Return what the text says, checked against the schema.

    Raises:
        InputTooLargeError: longer or deeper than any real one.
        InputNotJsonError: not JSON, a key twice, NaN, half a surrogate pair.
        InputFieldError: not what the schema says; the field is named.
    """
    document = parse_json(untrusted_text, schema, line)
    check(document, schema)
    return document


def parse_json(untrusted_text: str, schema: str, line: int = 1, largest: int = LARGEST_OBJECT) -> Any:
    """Return what the text says. Raises as ``load_object``, except for the schema."""
    if len(untrusted_text) > largest:
        raise InputTooLargeError(reason="size", line=line)
    try:
        document = json.loads(untrusted_text, object_pairs_hook=_once, parse_constant=_no_constant)
    except RecursionError as error:
        raise InputTooLargeError(reason="depth", line=line) from error
    except json.JSONDecodeError as error:
        raise InputNotJsonError(reason="syntax", line=line + error.lineno - 1, schema=schema) from error
    except ValueError as error:  # our hooks, and numbers of thousands of digits
        reason = str(error) if str(error) in {"twice", "number"} else "number"
        raise InputNotJsonError(reason=reason, line=line, schema=schema) from error
    _plain(document, DEEPEST, schema, line)
    return document


def check(document: Any, schema: str) -> None:
    """Return only if the document is what ``resources/schemas/<schema>.json`` says.

    Raises:
        InputFieldError: it names the field, never its value.
    """
    from ui.cli.schemas import first_fault

    field = first_fault(document, schema)
    if field is not None:
        raise InputFieldError(field=field, schema=schema)


def requests_in(name: str, schema: str) -> Iterator[str]:
    """Return the text of each object of a file or of stdin (``-``): one object, a list, or one object a line.

    Lines are given as they arrive, so that a program can write one, wait for its answer, and write the next.

    Raises:
        InputUnreadableError: no such file, or it cannot be read to its end.
        InputNotJsonError: the file is empty, a list that is not JSON, or not UTF-8.
    """
    with _opened(name) as file:
        lines = TextIOWrapper(file, encoding="utf-8", errors="strict", newline="\n")
        try:
            yield from _split(lines, schema)
        except UnicodeDecodeError as error:
            raise InputNotJsonError(reason="characters", line=1, schema=schema) from error
        except OSError as error:  # a disk that gives up in the middle, a file that is none
            raise InputUnreadableError from error
        finally:
            if file is sys.stdin.buffer:
                lines.detach()


def one_in(name: str, schema: str) -> Any:
    """Return the only object of a file or of stdin (``-``), checked against the schema.

    Raises:
        InputNotJsonError: none, or several: what is not taken is never passed over in silence.
        As ``requests_in`` and ``load_object``.
    """
    texts = list(islice(requests_in(name, schema), 2))
    if len(texts) != 1:
        raise InputNotJsonError(reason="several" if texts else "empty", line=1, schema=schema)
    return load_object(texts[0], schema)


def _split(lines: TextIOWrapper, schema: str) -> Iterator[str]:
    first = _first(lines)
    if not first:
        raise InputNotJsonError(reason="empty", line=1, schema=schema)
    if not first.lstrip().startswith("[") and _whole(first):
        yield first
        while line := lines.readline(LARGEST_OBJECT + 1):
            if line.strip():
                yield line
        return
    text = first + lines.read(LARGEST_FILE + 1)
    if not first.lstrip().startswith("["):
        yield text
        return
    for each in parse_json(text, schema, largest=LARGEST_FILE):
        yield json.dumps(each)


def _first(lines: TextIOWrapper) -> str:
    while line := lines.readline(LARGEST_OBJECT + 1):
        text = line.removeprefix("\ufeff")
        if text.strip():
            return text
    return ""


def _whole(line: str) -> bool:
    """Whether the line is JSON on its own; what is wrong in it is told when it is taken."""
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _opened(name: str) -> BinaryIO:
    if name == "-":
        return sys.stdin.buffer
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise InputUnreadableError from error
    except ValueError as error:  # a NUL in the name
        raise InputUnreadableError from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("twice")
    return found


def _no_constant(_: str) -> Any:
    raise ValueError("number")


def _is_number(value: float) -> bool:
    """Whether a store can hold it: finite, and a whole number within 64 bits."""
    return isfinite(value) if isinstance(value, float) else -LARGEST_NUMBER <= value <= LARGEST_NUMBER


def _plain(value: Any, depth: int, schema: str, line: int) -> None:
    if depth == 0:
        raise InputTooLargeError(reason="depth", line=line)
    if isinstance(value, str):
        if not value.isprintable() and any(ord(char) < 32 and char not in "\n\t" for char in value):
            raise InputNotJsonError(reason="characters", line=line, schema=schema)
        if any(0xD800 <= ord(char) <= 0xDFFF for char in value):
            raise InputNotJsonError(reason="characters", line=line, schema=schema)
    elif isinstance(value, float | int) and not _is_number(value):
        raise InputNotJsonError(reason="number", line=line, schema=schema)
    elif isinstance(value, dict):
        for key, each in value.items():
            _plain(key, depth, schema, line)
            _plain(each, depth - 1, schema, line)
    elif isinstance(value, list):
        for each in value:
            _plain(each, depth - 1, schema, line)
