"""Keeping, finding and forgetting drafts of the health desks."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.store.unit import OpenUnit
from poe_health.drafts.draft import LASTS, HealthDraft
from poe_health.drafts.errors import HealthDraftOfAnotherError
from poe_health.drafts.records import SqlHealthDrafts
from poe_health.outbreaks.records import SqlCholera
from poe_health.screening.records import SqlScreenings


@dataclass(frozen=True, slots=True)
class KeepHealthDrafts:
    """The drafts of the person at work, by desk. Only who began a draft sees it."""

    open_unit: OpenUnit
    now: Clock

    def save(self, desk: str, request_id: UUID, content: Mapping[str, object], by: Actor) -> HealthDraft:
        """Return the draft as it is kept, over what it was.

        Raises:
            NotAllowedError: the role does not screen. HealthDraftOfAnotherError: somebody else began it.
        """
        require(by, Permission.SCREEN_HEALTH)
        at = self.now()
        with self.open_unit() as unit:
            store = SqlHealthDrafts(unit)
            held = store.find(request_id)
            if held is not None and (held.by, held.desk) != (by.name, desk):
                raise HealthDraftOfAnotherError
            draft = HealthDraft(request_id, desk, by.name, held.started_at if held else at, at, content)
            store.put(draft)
            unit.commit()
        return draft

    def of(self, desk: str, by: Actor) -> tuple[HealthDraft, ...]:
        """Return the person's drafts of the desk, the newest first; those of anybody that are too old are forgotten.

        Raises:
            NotAllowedError: the role does not screen.
        """
        require(by, Permission.SCREEN_HEALTH)
        with self.open_unit() as unit:
            store = SqlHealthDrafts(unit)
            store.forget_older_than(self.now() - LASTS)
            found = store.of(by.name, desk)
            unit.commit()
        return found

    def unfinished(self, desk: str, by: Actor) -> tuple[HealthDraft, ...]:
        """Return what ``of`` returns without the drafts whose request was kept meanwhile: those are forgotten.

        Raises:
            NotAllowedError: the role does not screen.
        """
        found = self.of(desk, by)
        with self.open_unit() as unit:
            screenings, express, store = SqlScreenings(unit), SqlCholera(unit), SqlHealthDrafts(unit)
            kept = {
                one.request_id
                for one in found
                if screenings.by_request(one.request_id) or express.by_request(one.request_id)
            }
            for request_id in kept:
                store.forget(request_id)
            unit.commit()
        return tuple(one for one in found if one.request_id not in kept)

    def forget(self, request_id: UUID, by: Actor) -> bool:
        """Return whether there was a draft of the person to forget.

        Raises:
            NotAllowedError: the role does not screen. HealthDraftOfAnotherError: somebody else began it.
        """
        require(by, Permission.SCREEN_HEALTH)
        with self.open_unit() as unit:
            store = SqlHealthDrafts(unit)
            held = store.find(request_id)
            if held is None:
                return False
            if held.by != by.name:
                raise HealthDraftOfAnotherError
            store.forget(request_id)
            unit.commit()
        return True
