"""Half-done work of the desks beside the lane: kept as drafts that say whose they are."""

from uuid import UUID

from bmis.crossings.paperwork.drafts import Draft, DraftEntry
from bmis.crossings.paperwork.errors import DraftMissingError
from bmis.kernel.actor import Actor
from ui.border_desk import BorderDesk

DESK = "desk"


def of_lane(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """Return the drafts of the lane: those that name no other desk."""
    return tuple(draft for draft in drafts if DESK not in draft.content)


def kept_of(desk: BorderDesk, name: str, by: Actor) -> tuple[Draft, ...]:
    """Return the person's drafts of this desk, the newest first; one whose crossing was kept is closed."""
    own = [draft for draft in desk.drafts(by) if draft.content.get(DESK) == name]
    return tuple(draft for draft in own if not desk.close_draft(draft.request_id, by))


def save_of(desk: BorderDesk, name: str, entry: DraftEntry, by: Actor) -> Draft:
    """Return the draft as it is kept for this desk."""
    return desk.save_draft(DraftEntry(entry.request_id, {**entry.content, DESK: name}), by)


def forget(desk: BorderDesk, request_id: UUID, by: Actor) -> None:
    """Forget the draft, if there is one."""
    try:
        desk.discard_draft(request_id, by, "")
    except DraftMissingError:
        return
