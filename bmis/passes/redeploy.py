"""Sending a truck to another post: what it should have with it, a supervisor's signature, a dated record.

The record comes first, then the home's description: a power cut between them is mended at the next sign-in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.errors import DecisionError, OfficerError
from bmis.kernel.identifiers import new_id
from bmis.passes.allocate_serials import places_of
from bmis.passes.records.passes import SqlSerials
from bmis.passes.schemes import schemes
from bmis.posts.point_of_entry import point_of_entry
from bmis.posts.post_setting import PostSetting, SettingName
from bmis.posts.records import SqlPostSettings
from bmis.staff.approval import Approval
from bmis.staff.second_pair_of_eyes import record_approval
from bmis.staff.shifts import current_shift
from bmis.store.home import Home
from bmis.store.unit import OpenUnit, UnitOfWork
from bmis.trust.authority import act_subject
from bmis.trust.trust_set import TrustSet

REDEPLOY = "truck.redeploy"
"""The action that a supervisor signs; the subject is the desk, the post and the day (``redeploy_subject``)."""


class SamePostError(OfficerError):
    """The truck is at that post already."""

    code: ClassVar[str] = "BMIS-764"


class ShiftOpenAtMoveError(OfficerError):
    """The shift of the post that the truck leaves is still open."""

    code: ClassVar[str] = "BMIS-765"


class RedeploySignatureError(DecisionError):
    """A supervisor has not signed the redeployment."""

    code: ClassVar[str] = "BMIS-766"


class RedeployReasonError(OfficerError):
    """The redeployment has no reason."""

    code: ClassVar[str] = "BMIS-767"


@dataclass(frozen=True, slots=True)
class Assignment:
    """One stretch of days at a post. ``since`` None: from the beginning; ``until`` None: still, the last day else."""

    post_code: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Readiness:
    """What the supervisor sees before signing. ``serials_left`` counts those that may be used at the new post.

    ``list_age_days`` None: no bundle is here (an authority's own desk needs none).
    """

    from_post: str
    to_post: str
    today: date
    serials_left: int
    serials_elsewhere: int  # left in ranges given for another post
    list_age_days: int | None
    list_is_stale: bool
    schemes: tuple[str, ...]  # codes of those whose passes count at the new post
    shift_open: bool

    @property
    def remarks(self) -> tuple[str, ...]:
        """Return codes of what is not as it should be; none of them forbids but an open shift."""
        found = []
        if self.shift_open:
            found.append("shift_open")
        if self.list_is_stale:
            found.append("list_stale")
        if not self.schemes:
            found.append("no_scheme")
        if not self.serials_left:
            found.append("no_serials")
        return tuple(found)


@dataclass(frozen=True, slots=True)
class PlanRedeployment:
    """Looks at what a truck has for another post."""

    open_read: OpenUnit
    home: Home
    now: Clock
    trust: Callable[[], TrustSet]

    def __call__(self, to_post: str, by: Actor) -> Readiness:
        """Return it.

        Raises:
            NotAllowedError: the role records no crossings. UnknownPostError: no such post.
        """
        require(by, Permission.RECORD_CROSSING)
        post, at = point_of_entry(to_post), self.now()
        today, trust = local(at).date(), self.trust()
        with self.open_read() as unit:
            accounts = SqlSerials(unit).accounts()
            shift = current_shift(unit)
        mine = places_of(self.home, post.code)
        return Readiness(
            from_post=self.home.post_code,
            to_post=post.code,
            today=today,
            serials_left=sum(one.left for one in accounts if one.range.place in mine),
            serials_elsewhere=sum(one.left for one in accounts if one.range.place not in mine),
            list_age_days=max((at - trust.issued_at).days, 0) if trust.sequence else None,
            list_is_stale=trust.is_stale(at),
            schemes=tuple(one.code for one in schemes(today) if not one.draft and post.code in one.post_codes),
            shift_open=shift is not None,
        )


@dataclass(frozen=True, slots=True)
class RedeployTruck:
    """Keeps the dated assignment with the supervisor's signature, then moves the home."""

    open_unit: OpenUnit
    home: Home
    now: Clock

    def __call__(self, to_post: str, reason: str, by: Actor, approval: Approval | None) -> Home:
        """Return the home at its new post: the program is opened again there.

        Raises:
            NotAllowedError, UnknownPostError, SamePostError, RedeployReasonError: what they say.
            ShiftOpenAtMoveError: close the shift first. RedeploySignatureError: nobody signed.
            ApprovalMismatchError: it was signed for something else.
        """
        require(by, Permission.RECORD_CROSSING)
        post, at = point_of_entry(to_post), self.now()
        today = local(at).date()
        if post.code == self.home.post_code:
            raise SamePostError
        if not reason.strip():
            raise RedeployReasonError
        if approval is None or approval.is_deferred:
            raise RedeploySignatureError
        signed = approval.covering(REDEPLOY, redeploy_subject(self.home, post.code, today), by.name)
        setting = PostSetting(new_id(at), SettingName.POSTED_AT, post.code, today, None, by.name, reason.strip())
        with self.open_unit() as unit:
            if current_shift(unit) is not None:
                raise ShiftOpenAtMoveError
            SqlPostSettings(unit).add(setting)
            record_approval(unit, signed, at)
            unit.commit()
        return self.home.moved(post.code)


def redeploy_subject(home: Home, to_post: str, day: date) -> UUID:
    """Return what the supervisor signs."""
    return act_subject(f"{home.desk_id}|{to_post}|{day.isoformat()}")


def assignments(unit: UnitOfWork, home: Home) -> tuple[Assignment, ...]:
    """Return where the truck has worked, the newest first; one that is at its first post has one."""
    told = [one for one in SqlPostSettings(unit).recorded() if one.name is SettingName.POSTED_AT]
    found: list[Assignment] = []
    until: date | None = None
    for one in reversed(told):
        found.append(Assignment(str(one.value), one.valid_from, until))
        until = one.valid_from
    if not told:
        return (Assignment(home.post_code, None, None),)
    return tuple(found)


def mend_home(unit: UnitOfWork, home: Home) -> Home | None:
    """Return the home moved to where its last record says, None where it is there: the power went in between."""
    last = assignments(unit, home)[0]
    return None if last.post_code == home.post_code else home.moved(last.post_code)
