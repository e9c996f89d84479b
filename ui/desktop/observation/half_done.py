"""What is half done at this desk as a draft and back: an interval, a sheet of groups, a survey. No Qt, no store."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from bmis.crossings.paperwork.drafts import Draft, DraftEntry
from bmis.kernel.plain import plain, value_of

SCHEMA = 1  # of a kept draft
_Noun = TypeVar("_Noun")


def entry_of(request_id: UUID, noun: object) -> DraftEntry:
    """Return the frozen value as a draft of its kind."""
    return DraftEntry(request_id, {"schema": SCHEMA, "kind": type(noun).__name__, "work": plain(noun)})


def newest_of(drafts: tuple[Draft, ...], kind: type[_Noun]) -> _Noun | None:
    """Return the newest that this version understands."""
    for draft in drafts:
        said: Any = draft.content.get("work")
        ours = draft.content.get("schema") == SCHEMA and draft.content.get("kind") == kind.__name__
        if not ours or not isinstance(said, Mapping):
            continue
        try:
            return value_of(kind, said)
        except (KeyError, TypeError, ValueError):
            continue
    return None
