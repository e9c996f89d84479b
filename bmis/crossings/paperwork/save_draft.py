"""Keeping, finding, deciding and discarding drafts."""

from dataclasses import dataclass
from uuid import UUID

from bmis.crossings.crossing import Crossing
from bmis.crossings.paperwork.drafts import Draft, DraftEntry, DraftState, LastTraveller
from bmis.crossings.paperwork.errors import (
    DiscardReasonError,
    DraftHasDocumentError,
    DraftMissingError,
    DraftOfAnotherError,
)
from bmis.crossings.paperwork.events import PaperworkEvent, PaperworkKind
from bmis.crossings.paperwork.records import SqlDrafts, keep_event
from bmis.crossings.records import SqlCrossings
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from bmis.store.unit import OpenUnit


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Keeps the draft as it is now, over what it was."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, entry: DraftEntry, by: Actor) -> Draft:
        """Return the draft as it is kept.

        Raises:
            DraftHasDocumentError: it holds another document; nothing was changed.
            DraftOfAnotherError: another officer began it.
        """
        return _save(self.open_unit, self.now, entry, by, DraftState.EDITING)


@dataclass(frozen=True, slots=True)
class MarkDeciding:
    """Keeps the draft with the note that it is being decided. Call it, then RecordCrossing, then CloseDraft."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, entry: DraftEntry, by: Actor) -> Draft:
        """Return the draft as it is kept.

        Raises:
            DraftHasDocumentError: it holds another document; nothing was changed.
            DraftOfAnotherError: another officer began it.
        """
        return _save(self.open_unit, self.now, entry, by, DraftState.DECIDING)


@dataclass(frozen=True, slots=True)
class CloseDraft:
    """Forgets the draft of a crossing that was kept and whose slip was dealt with."""

    open_unit: OpenUnit

    def __call__(self, request_id: UUID, by: Actor) -> bool:
        """Return whether the crossing was kept, and so its draft is gone; otherwise the draft stays."""
        require(by, Permission.RECORD_CROSSING)
        with self.open_unit() as unit:
            if SqlCrossings(unit).by_request(request_id) is None:
                return False
            SqlDrafts(unit).forget(request_id)
            unit.commit()
        return True


@dataclass(frozen=True, slots=True)
class DiscardDraft:
    """Forgets a draft without a crossing. That it was there, and why it went, is an event when it held a document."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, request_id: UUID, by: Actor, reason: str = "") -> None:
        """Return with the draft gone. A supervisor may discard another officer's.

        Raises:
            DraftMissingError: there is none.
            DraftOfAnotherError: another officer began it.
            DiscardReasonError: it holds a document and there is no reason.
        """
        _require_desk(by)
        with self.open_unit() as unit:
            drafts = SqlDrafts(unit)
            draft = drafts.find(request_id)
            if draft is None:
                raise DraftMissingError
            if draft.officer != by.name and not by.may(Permission.SIGN_SECOND):
                raise DraftOfAnotherError
            if draft.holds_document:
                if not reason.strip():
                    raise DiscardReasonError
                facts = {"officer": draft.officer, "reason": reason.strip(), "started_at": draft.started_at.isoformat()}
                keep_event(
                    unit,
                    PaperworkEvent(new_id(self.now()), PaperworkKind.DRAFT_DISCARDED, by.name, str(request_id), facts),
                )
            drafts.forget(request_id)
            unit.commit()


@dataclass(frozen=True, slots=True)
class OpenDrafts:
    """Finds the drafts that an officer left open."""

    open_read: OpenUnit

    def __call__(self, by: Actor) -> tuple[Draft, ...]:
        """Return the officer's drafts, the newest first."""
        _require_desk(by)
        with self.open_read() as unit:
            return SqlDrafts(unit).of(by.name)


@dataclass(frozen=True, slots=True)
class FindLastTraveller:
    """Looks up what became of the traveller who was being decided when the program stopped."""

    open_unit: OpenUnit

    def __call__(self, by: Actor) -> LastTraveller | None:
        """Return what the first screen says, whoever signs in; None when nobody was being decided.

        Drafts whose crossing was kept are closed here; one that was not kept stays for its officer.
        """
        require(by, Permission.RECORD_CROSSING)
        with self.open_unit() as unit:
            drafts = SqlDrafts(unit)
            last: LastTraveller | None = None
            for draft in drafts.deciding():
                kept = SqlCrossings(unit).by_request(draft.request_id)
                if kept is not None:
                    drafts.forget(draft.request_id)
                last = last or _last(draft, kept)
            unit.commit()
        return last


def _last(draft: Draft, kept: Crossing | None) -> LastTraveller:
    if kept is None:
        return LastTraveller(False, draft.updated_at, draft.request_id, draft.officer)
    return LastTraveller(True, kept.recorded_at, draft.request_id, draft.officer, kept.id)


def _require_desk(by: Actor) -> None:
    """Drafts are kept for the desks that record crossings, and for the one that takes applications for passes."""
    if not by.may(Permission.CAPTURE_PASSES):
        require(by, Permission.RECORD_CROSSING)


def _save(open_unit: OpenUnit, now: Clock, entry: DraftEntry, by: Actor, state: DraftState) -> Draft:
    _require_desk(by)
    with open_unit() as unit:
        drafts = SqlDrafts(unit)
        held = drafts.find(entry.request_id)
        at = now()
        if held is None:
            draft = Draft(entry.request_id, by.name, at, at, state, entry.content, entry.document_mark)
        else:
            if held.officer != by.name:
                raise DraftOfAnotherError
            if held.is_other_document(entry):
                raise DraftHasDocumentError
            mark = entry.document_mark or held.document_mark
            draft = Draft(entry.request_id, by.name, held.started_at, at, state, entry.content, mark)
        drafts.put(draft)
        unit.commit()
    return draft
