"""How an authority changes its root: the next one is introduced by the one before, begins to sign, the old one retires.

Posts take only what a root signed that they trust. So the next root travels to them in bundles of the one before; when
they have it, it signs. Seals under the old root stay good until it is retired. Each step needs a second person.
"""

from dataclasses import dataclass

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from bmis.staff.approval import Approval
from bmis.staff.second_pair_of_eyes import record_approval
from bmis.store.home import Home
from bmis.store.unit import OpenUnit
from bmis.trust.authority import act_subject, said_why
from bmis.trust.errors import (
    AuthorityMissingError,
    RootInForceError,
    RootNotGivenError,
    RootNotWaitingError,
    RootUnknownError,
    RootWaitingError,
)
from bmis.trust.event import TrustEvent, TrustEventKind
from bmis.trust.keys import ROOT, Keys
from bmis.trust.records import SqlTrust

INTRODUCE, BEGIN, RETIRE = "trust.rollover", "trust.begin_root", "trust.retire_root"
"""The actions that a second person signs: on the home's desk, on the root that begins, on the root that retires."""


@dataclass(frozen=True, slots=True)
class IntroduceRoot:
    """Makes the next root; the bundles to come carry it, signed by the one in force."""

    home: Home
    open_unit: OpenUnit
    now: Clock

    def __call__(self, approval: Approval, by: Actor) -> str:
        """Return the fingerprint of the next root, for the paper of posts that miss its introduction.

        Raises:
            NotAllowedError, ApprovalMismatchError. AuthorityMissingError. RootWaitingError: one was made already.
        """
        require(by, Permission.MANAGE_TRUST)
        at = self.now()
        with self.open_unit() as unit:
            keys = Keys(unit, self.home)
            if keys.authority() is None:
                raise AuthorityMissingError
            if keys.waiting_root() is not None:
                raise RootWaitingError
            record_approval(unit, approval.covering(INTRODUCE, act_subject(self.home.desk_id), by.name), at)
            made = keys.make_authority(by.name, at)
            unit.commit()
        return made.root


@dataclass(frozen=True, slots=True)
class BeginRoot:
    """Lets the next root sign. The key that seals today serves its time; the new root certifies the one after it."""

    home: Home
    open_unit: OpenUnit
    now: Clock

    def __call__(self, root: str, approval: Approval, by: Actor) -> None:
        """Return once it is kept: the bundles to come are signed by it.

        Raises:
            NotAllowedError, ApprovalMismatchError. RootNotWaitingError: no such root waits.
            RootNotGivenError: no bundle has carried it yet, so that no post would take what it signs.
        """
        require(by, Permission.MANAGE_TRUST)
        at = self.now()
        with self.open_unit() as unit:
            keys = Keys(unit, self.home)
            waiting, given = keys.waiting_root(), keys.newest_bundle()
            if waiting is None or waiting.root != root:
                raise RootNotWaitingError
            if given is None or waiting.certificate not in given[1].roots:
                raise RootNotGivenError
            record_approval(unit, approval.covering(BEGIN, act_subject(root), by.name), at)
            SqlTrust(unit).add(TrustEvent(new_id(at), TrustEventKind.ROOT_BEGUN, root, by.name))
            unit.commit()


@dataclass(frozen=True, slots=True)
class RetireRoot:
    """Takes a root out of the bundles to come: nothing under it counts any more, at any post that takes them."""

    home: Home
    open_unit: OpenUnit
    now: Clock

    def __call__(self, root: str, reason: str, approval: Approval, by: Actor) -> None:
        """Return once it is kept.

        Raises:
            NotAllowedError, ApprovalMismatchError. RootInForceError: it is the one that signs.
            RootUnknownError: no root of this home, or retired before. TrustReasonError: no reason.
        """
        require(by, Permission.MANAGE_TRUST)
        at, said = self.now(), said_why(reason)
        with self.open_unit() as unit:
            keys, records = Keys(unit, self.home), SqlTrust(unit)
            signing = keys.authority()
            if signing is not None and signing.root == root:
                raise RootInForceError
            if root not in {one.root for one in keys.standing()}:
                raise RootUnknownError
            record_approval(unit, approval.covering(RETIRE, act_subject(root), by.name), at)
            facts: dict[str, object] = {"role": ROOT, "reason": said}
            records.add(TrustEvent(new_id(at), TrustEventKind.ROOT_RETIRED, root, by.name, facts))
            keys.trust_roots(tuple(one.root for one in keys.standing()), "own", by.name, at)
            unit.commit()
