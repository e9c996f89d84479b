"""An additional health measure of the State (IHR art. 43): why, on what evidence, WHO informed, looked at again."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from poe_health.events.settings import clock_rules, measure_review
from poe_health.keeping.event import KeptEvent
from poe_health.rules.answer import Answer

TELL_CLOCK = "ADDITIONAL_MEASURE"


class MeasureEnd(StrEnum):
    """What a review came to."""

    KEPT = "KEPT"
    CHANGED = "CHANGED"
    LIFTED = "LIFTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureTaken(KeptEvent):
    """A measure began. ``covered``: WHO recommends it already, so that WHO need not be told (art. 43(5)).

    ``hinders``: it interferes significantly with traffic (art. 43(3)). What it is, its reason and its evidence lie
    beside it as the part DETAIL.
    """

    request_id: UUID
    number: int
    began_at: datetime
    hinders: Answer
    covered: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureTold(KeptEvent):
    """The national level informed WHO then; who said so lies beside it."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureReviewed(KeptEvent):
    """It was looked at again that day; the reasons lie beside it. LIFTED ends it."""

    on: date
    end: MeasureEnd


MeasureEvent = MeasureTaken | MeasureTold | MeasureReviewed


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A measure as it stands. ``told_due_at`` None: WHO need not be told; ``review_due`` None: it was lifted.

    ``said``: what it is, reason, evidence; ``told_by``; ``reviews`` with their reasons, the oldest first.
    """

    taken: MeasureTaken
    what: str
    reason: str
    evidence: str
    told_at: datetime | None
    told_by: str | None
    told_due_at: datetime | None
    reviews: tuple[tuple[MeasureReviewed, str], ...]
    review_due: date | None

    @property
    def in_force(self) -> bool:
        """Return whether nobody lifted it."""
        return self.review_due is not None

    def told_late(self, now: datetime) -> bool:
        """Return whether WHO should have been told by ``now`` and nobody wrote that it was, or it was told late."""
        return self.told_due_at is not None and (self.told_at or now) > self.told_due_at

    def to_tell(self, now: datetime) -> bool:
        """Return whether WHO should have been told by now and nobody wrote that it was."""
        return self.told_at is None and self.told_late(now)

    def review_overdue(self, today: date) -> bool:
        """Return whether it should have been looked at again."""
        return self.review_due is not None and today > self.review_due

    def review_soon(self, today: date) -> bool:
        """Return whether it is to be looked at again within the days of warning."""
        warned = timedelta(days=measure_review(self.taken.began_at.date()).warn_days)
        return self.review_due is not None and self.review_due - warned <= today <= self.review_due


def view_of(events: Sequence[MeasureEvent], details: Mapping[UUID, Mapping[str, Any]], begun_on: date) -> MeasureView:
    """Return the measure of its events; ``begun_on`` is the day at the post on which it began."""
    taken = next(one for one in events if isinstance(one, MeasureTaken))
    told = next((one for one in events if isinstance(one, MeasureTold)), None)
    reviews = tuple((one, str(details[one.id]["reason"])) for one in events if isinstance(one, MeasureReviewed))
    said, rule = details[taken.id], measure_review(begun_on)
    hours = timedelta(hours=clock_rules(begun_on)[TELL_CLOCK].hours)
    last = reviews[-1][0] if reviews else None
    lifted = last is not None and last.end is MeasureEnd.LIFTED
    return MeasureView(
        taken=taken,
        what=str(said["what"]),
        reason=str(said["reason"]),
        evidence=str(said["evidence"]),
        told_at=None if told is None else told.at,
        told_by=None if told is None else str(details[told.id]["told_by"]),
        told_due_at=None if taken.covered is Answer.YES else taken.began_at + hours,
        reviews=reviews,
        review_due=None if lifted else months_after(last.on if last else begun_on, rule.months),
    )


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later; the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
