"""What is half done at this desk as a draft and back. No Qt, no store."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from bmis.crossings.paperwork.drafts import Draft, DraftEntry
from bmis.kernel.plain import plain, value_of

SCHEMA = 1  # of a kept draft
_Noun = TypeVar("_Noun")


def entry_of(request_id: UUID, kind: str, **parts: object) -> DraftEntry:
    """Return the frozen values as the draft of one kind."""
    content = {name: plain(value) for name, value in parts.items()}
    return DraftEntry(request_id, {"schema": SCHEMA, "kind": kind, **content})


def newest_of(drafts: tuple[Draft, ...], kind: str) -> Mapping[str, object] | None:
    """Return the content of the newest draft of that kind which this version understands."""
    known = (one.content for one in drafts if one.content.get("schema") == SCHEMA)
    return next((content for content in known if content.get("kind") == kind), None)


def part_of(content: Mapping[str, object], name: str, kind: type[_Noun]) -> _Noun:
    """Return one value of a draft.

    Raises:
        KeyError, TypeError, ValueError: another version wrote it.
    """
    said: Any = content[name]
    if not isinstance(said, Mapping):
        raise TypeError("no object")
    return value_of(kind, said)
