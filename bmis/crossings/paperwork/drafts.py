"""The draft of a crossing: working state, kept encrypted in the store so that nothing typed is lost.

A draft is no event: it may be overwritten, and it is forgotten when the crossing is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class DraftState(StrEnum):
    """``deciding`` is written before the crossing is: after a power cut it says that the answer must be looked up."""

    EDITING = "editing"
    DECIDING = "deciding"


@dataclass(frozen=True, slots=True)
class DraftEntry:
    """What the desk wants kept. ``content`` is plain values only.

    ``document_mark`` names the document that was read (``document_mark()``); None while nothing was read, and for
    edits of what was read. ``same_traveller``: the officer said that a different reading is not another traveller.
    """

    request_id: UUID
    content: Mapping[str, object]
    document_mark: str | None = None
    same_traveller: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """One traveller's unfinished crossing. Moments are aware UTC."""

    request_id: UUID
    officer: str
    started_at: datetime
    updated_at: datetime
    state: DraftState
    content: Mapping[str, object]
    document_mark: str | None = None

    @property
    def holds_document(self) -> bool:
        """Whether a document was read or typed into it."""
        return self.document_mark is not None

    def is_other_document(self, entry: DraftEntry) -> bool:
        """Return whether ``entry`` brings another document than the one held."""
        return (
            self.document_mark is not None
            and entry.document_mark is not None
            and entry.document_mark != self.document_mark
            and not entry.same_traveller
        )


@dataclass(frozen=True, slots=True)
class LastTraveller:
    """What became of the traveller at the desk when the power went: GUARDADO às hh:mm, or NÃO GUARDADO.

    ``at`` is when the crossing was recorded, or else when the draft was last written. No name: the screen is seen.
    """

    saved: bool
    at: datetime
    request_id: UUID
    officer: str
    crossing_id: UUID | None = None


def document_mark(issuing_state: str | None, number: str | None, *more: str | None) -> str | None:
    """Return what tells one document from another: letters and digits of State, number and ``more``; None for none."""
    parts = [
        "".join(char for char in (part or "").upper() if char.isalnum()) for part in (issuing_state, number, *more)
    ]
    return "/".join(parts) if any(parts) else None
