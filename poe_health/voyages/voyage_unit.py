"""What the use cases of voyages share: finding the voyage, the stamp of an event, moments and reasons that can be."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from bmis.kernel.actor import Actor
from bmis.kernel.identifiers import new_id
from poe_health.keeping.event import DETAIL
from poe_health.store.records.parts import CLINICAL, PERSON, NewPart
from poe_health.voyages.events import VoyageEvent
from poe_health.voyages.kept import KeptVoyage
from poe_health.voyages.record_errors import (
    SHORTEST_REASON,
    PeopleErasedError,
    VoyageConflictError,
    VoyageMomentError,
    VoyageReasonError,
    VoyageUnknownError,
)
from poe_health.voyages.records import SqlVoyages
from poe_health.written import require_visible

LONGEST_TEXT = 2000
TYPING = timedelta(minutes=10)  # a wall clock that is a little ahead of the desk's
_Event = TypeVar("_Event", bound=VoyageEvent)


def existing(store: SqlVoyages, voyage_id: UUID) -> KeptVoyage:
    """Return the voyage.

    Raises:
        VoyageUnknownError: there is none.
    """
    found = store.find(voyage_id)
    if found is None:
        raise VoyageUnknownError
    return found


def kept_before(store: SqlVoyages, voyage_id: UUID, request_id: UUID, kind: type[_Event]) -> _Event | None:
    """Return the event of the request, if it was kept.

    Raises:
        VoyageConflictError: it was another voyage's, or something else was asked.
    """
    found = store.of_request(request_id)
    if found is None:
        return None
    if not isinstance(found, kind) or found.record_id != voyage_id:
        raise VoyageConflictError
    return found


def stamp(voyage_id: UUID, request_id: UUID, by: Actor, at: datetime, parts: Sequence[NewPart] = ()) -> dict[str, Any]:
    """Return what every event has; ``at`` is when it is recorded."""
    return {
        "id": new_id(at),
        "record_id": voyage_id,
        "by": by.name,
        "request_id": request_id,
        "digests": {part.part: part.digest for part in parts},
    }


def add_people(voyage: KeptVoyage | None, parts: Sequence[NewPart]) -> None:
    """Return only if parts may be added.

    Raises:
        PeopleErasedError: retention took the parts of this voyage away.
    """
    if voyage is not None and voyage.erased and {CLINICAL, PERSON} & {part.part for part in parts}:
        raise PeopleErasedError


def detail(**texts: str | None) -> list[NewPart]:
    """Return what staff wrote as a part; nothing written, no part.

    Raises:
        VoyageReasonError: longer than anybody reads. HiddenMarkError: a sign in it that nobody sees.
    """
    said = {name: text.strip() for name, text in texts.items() if text and text.strip()}
    require_visible(said)
    if any(len(text) > LONGEST_TEXT for text in said.values()):
        raise VoyageReasonError
    return [NewPart.of(DETAIL, said)] if said else []


def reason_of(text: str) -> str:
    """Return the reason.

    Raises:
        VoyageReasonError: missing, too short or too long.
    """
    said = text.strip()
    if not SHORTEST_REASON <= len(said) <= LONGEST_TEXT:
        raise VoyageReasonError
    return said


def moment(at: datetime, now: datetime, where: str, *, not_before: datetime | None = None) -> datetime:
    """Return the moment.

    Raises:
        VoyageMomentError: it has no zone, lies in the future, or before what it follows.
    """
    if at.tzinfo is None or at > now + TYPING or (not_before is not None and at < not_before):
        raise VoyageMomentError(where)
    return at
