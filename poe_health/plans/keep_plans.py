"""Attaching a procedure or plan, withdrawing it, and finding it by its words."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from bmis.store.unit import OpenUnit
from poe_health.keeping.errors import (
    KeptUnknownError,
    PlanFileError,
    PlanVersionError,
    StoreConflictError,
    StoreFieldError,
)
from poe_health.plans.plan import LARGEST, PlanAdded, PlanFile, PlanHit, PlanView, PlanWithdrawn
from poe_health.plans.records import SqlPlans
from poe_health.plans.settings import known_plan_kind, review_after_days

_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,29}", re.ASCII)
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,15}", re.ASCII)
LONGEST_TITLE = 160
LONGEST_NAME = 120
FOUND = 30


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """A version of a plan with its file, read beforehand by who reads files that nobody vouches for.

    ``review_on`` None: after the interval of the list. Without ``approved_by`` it is a draft.
    """

    request_id: UUID
    code: str
    kind: str
    title: str
    version: str
    approved_by: str | None = None
    approved_on: date | None = None
    review_on: date | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class KeepPlans:
    """Keeps plans. ``today`` is the post's day."""

    open_unit: OpenUnit
    now: Clock
    today: Callable[[], date]

    def add(self, request: PlanRequest, file: PlanFile, by: Actor) -> PlanView:
        """Return the version as kept; for a request that was kept before, the same.

        Raises:
            NotAllowedError: the role does not keep plans. StoreItemError: a kind that is none.
            StoreFieldError: code, title, version or a name that cannot be.
            PlanFileError: larger than it may be. PlanVersionError: the version is there, or its days cannot be.
            StoreConflictError: the request was kept with another content.
        """
        require(by, Permission.KEEP_HEALTH_PLANS)
        event = self._event(request, file, by)
        with self.open_unit() as unit:
            plans = SqlPlans(unit)
            kept = plans.by_request(request.request_id)
            if kept is not None:
                if (kept.code, kept.version, kept.sha256) != (event.code, event.version, event.sha256):
                    raise StoreConflictError
            else:
                if any(one.added.version == event.version for one in plans.of_code(event.code)):
                    raise PlanVersionError("exists")
                plans.add(event, file)
                kept = event
            found = next(one for one in plans.of_code(event.code) if one.added.id == kept.id)
            unit.commit()
        return found

    def withdraw(self, code: str, by: Actor) -> None:
        """Take a plan out of force; its versions stay. Raises NotAllowedError; KeptUnknownError: none is in force."""
        require(by, Permission.KEEP_HEALTH_PLANS)
        plan = code.strip().upper()
        with self.open_unit() as unit:
            plans = SqlPlans(unit)
            newest = next((one for one in reversed(plans.of_code(plan)) if not one.withdrawn), None)
            if newest is None:
                raise KeptUnknownError("plan")
            plans.withdraw(
                PlanWithdrawn(id=new_id(self.now()), record_id=newest.added.record_id, by=by.name, code=plan)
            )
            unit.commit()

    def _event(self, request: PlanRequest, file: PlanFile, by: Actor) -> PlanAdded:
        code, title = request.code.strip().upper(), " ".join(request.title.split())
        approved_by = (request.approved_by or "").strip() or None
        today = self.today()
        known_plan_kind(request.kind)
        for field, good in (
            ("code", bool(_CODE.fullmatch(code))),
            ("title", 0 < len(title) <= LONGEST_TITLE),
            ("version", bool(_VERSION.fullmatch(request.version))),
            ("approved_by", len(approved_by or "") <= LONGEST_NAME),
            ("approved_on", (approved_by is None) == (request.approved_on is None)),
            ("language", request.language is None or bool(re.fullmatch(r"[a-z]{2,3}", request.language))),
        ):
            if not good:
                raise StoreFieldError(field)
        if not file.content or len(file.content) > LARGEST:
            raise PlanFileError("size" if file.content else "empty")
        start = request.approved_on or today
        review_on = request.review_on or start + timedelta(days=review_after_days())
        if start > today or review_on <= start:
            raise PlanVersionError("dates")
        identifier = new_id(self.now())
        return PlanAdded(
            id=identifier,
            record_id=identifier,
            by=by.name,
            request_id=request.request_id,
            code=code,
            kind=request.kind,
            title=title,
            version=request.version,
            media=file.media,
            pages=file.pages,
            size=len(file.content),
            sha256=hashlib.sha256(file.content).hexdigest(),
            text_sha256=hashlib.sha256(file.text.encode()).hexdigest(),
            text_length=len(file.text),
            review_on=review_on,
            approved_by=approved_by,
            approved_on=request.approved_on,
            language=request.language,
        )


@dataclass(frozen=True, slots=True)
class ReadPlans:
    """Answers the plans of the post, for everybody of health."""

    open_read: OpenUnit

    def __call__(self, by: Actor, *, every_version: bool = False) -> tuple[PlanView, ...]:
        """Return the plans in force and drafts; ``every_version``: older and withdrawn ones too.

        Raises:
            NotAllowedError: nobody of health.
        """
        require(by, Permission.SCREEN_HEALTH)
        with self.open_read() as unit:
            found = SqlPlans(unit).everything()
        return tuple(one for one in found if every_version or one.in_force or _draft(one, found))

    def search(self, untrusted_words: str, by: Actor, *, every_version: bool = False) -> tuple[PlanHit, ...]:
        """Return the versions that hold all the words, best first. Raises NotAllowedError, SearchWordsError."""
        require(by, Permission.SCREEN_HEALTH)
        with self.open_read() as unit:
            plans = SqlPlans(unit)
            everything = plans.everything()
            views = {one.added.id: one for one in everything}
            hits = plans.search(untrusted_words, FOUND * 4)
        found = [PlanHit(views[plan_id], excerpt) for plan_id, excerpt in hits if plan_id in views]
        return tuple(one for one in found if every_version or one.view.in_force or _draft(one.view, everything))[:FOUND]

    def file(self, code: str, by: Actor, *, version: str | None = None) -> tuple[PlanView, bytes]:
        """Return a version with its bytes; without ``version`` the one in force, else the newest.

        Raises:
            NotAllowedError: nobody of health. KeptUnknownError: there is none. KeptDamagedError: it is not what was
                attached.
        """
        from poe_health.keeping.errors import KeptDamagedError

        require(by, Permission.SCREEN_HEALTH)
        with self.open_read() as unit:
            plans = SqlPlans(unit)
            versions = plans.of_code(code.strip().upper())
            wanted = [one for one in versions if version is None or one.added.version == version]
            if not wanted:
                raise KeptUnknownError("plan")
            found = next((one for one in wanted if one.in_force), wanted[-1])
            content = plans.content(found.added.id)
        if hashlib.sha256(content).hexdigest() != found.added.sha256:
            raise KeptDamagedError
        return found, content


def _draft(one: PlanView, everything: list[PlanView]) -> bool:
    """Return whether it is a draft that is newer than what is in force."""
    newer = [other for other in everything if other.added.code == one.added.code][-1]
    return one is newer and one.added.approved_by is None and not one.withdrawn
