"""Signing in, opening by the sealed recovery passphrase, and lifting the wait of a post's last officer."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bmis.kernel.actor import Role, Service
from bmis.kernel.clock import Clock
from bmis.kernel.errors import BmisError
from bmis.kernel.identifiers import new_id
from bmis.staff.errors import ReasonMissingError, ReleaseRefusedError, UserNameError
from bmis.staff.lockout import Failures, Gate, gate
from bmis.staff.records import SqlStaff
from bmis.staff.rekey import everybody, finish_key_change
from bmis.staff.session import Recovery, Session, SignedIn
from bmis.staff.sign_in_event import SignInEvent, SignInKind
from bmis.staff.staff_member import user_name, works_at_a_desk
from bmis.store.errors import WrongPasswordError
from bmis.store.home import Home
from bmis.store.keys import RECOVERY, KeyRing, Opened, Slot
from bmis.store.restore import finish_restore
from bmis.store.unit import StoreKind

_NOBODY = ""  # a slot cannot have it: names are checked where people are added
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class SignIn:
    """Opens the store of the person's service, if the password is right, the person enabled and no wait runs."""

    home: Home
    kinds: Sequence[StoreKind]
    now: Clock

    def __call__(self, untrusted_name: str, password: str) -> SignedIn:
        """Return the person at work; close it to sign out. Unlocking a desk is signing in again.

        Raises:
            LockedOutError: too many wrong passwords; the facts say how many seconds are left.
            WrongPasswordError: unknown name, wrong password, or disabled: the three are not told apart.
            HomeInUseError: the home is being restored or migrated.
            SchemaOlderError, SchemaNewerError, StoreDamagedError: what is wrong with the store.
        """
        finish_restore(self.home)
        with gate(self.home, self.now) as counted:
            ring = KeyRing.load(self.home)
            typed, name = _named(untrusted_name)
            session = _try(counted, ring, typed, lambda: self._enter(ring, name, password))
            _write_entry(session, counted, ring, SignInKind.SIGNED_IN)
        finish_key_change(session)
        return session

    def _enter(self, ring: KeyRing, name: str, password: str) -> SignedIn:
        kind = next((kind for kind in self.kinds if ring.find(kind.service, name)), self.kinds[0])
        opened = ring.open(kind.service, name, password)
        session = SignedIn(self.home, kind, opened, self.now)
        try:
            member = everybody(session).find(name)
            if member is None or not member.enabled or member.public != opened.public:
                raise WrongPasswordError  # the slot was slipped in, or the person has left
        except BaseException:
            Session.close(session)  # nobody signed in, so nobody signs out
            raise
        session.actor = member.actor
        return session


@dataclass(frozen=True, slots=True)
class OpenRecovery:
    """Opens a store by the recovery passphrase of its service, which two people keep sealed."""

    home: Home
    now: Clock

    def __call__(self, kind: StoreKind, passphrase: str) -> Recovery:
        """Return the store without a person; whoever opened it does not sign.

        Raises:
            LockedOutError: too many wrong passphrases.
            WrongPasswordError: it is not the passphrase of that service.
        """
        finish_restore(self.home)
        with gate(self.home, self.now) as counted:
            ring = KeyRing.load(self.home)
            label = recovery_label(kind.service)
            session = _try(counted, ring, label, lambda: self._enter(ring, kind, passphrase))
            _write_entry(session, counted, ring, SignInKind.RECOVERY_OPENED)
        return session

    def _enter(self, ring: KeyRing, kind: StoreKind, passphrase: str) -> Recovery:
        opened = ring.open(kind.service, RECOVERY, passphrase)
        session = Recovery(self.home, kind, opened, self.now)
        try:
            if everybody(session).recovery != opened.public:
                raise WrongPasswordError
        except BaseException:
            session.close()
            raise
        return session


@dataclass(frozen=True, slots=True)
class ReleaseLockout:
    """Lifts the wait of the last officer of a post, once until that officer gets in; the audit is told then."""

    home: Home
    now: Clock

    def __call__(self, untrusted_name: str, reason: str) -> None:
        """Lift the wait.

        Raises:
            ReasonMissingError: no reason was given.
            ReleaseRefusedError: no wait runs, it was lifted before, or somebody else of that service can work.
                The same answer for a name that nobody has.
        """
        if not reason.strip():
            raise ReasonMissingError
        typed, name = _named(untrusted_name)
        with gate(self.home, self.now) as counted:
            ring = KeyRing.load(self.home)
            last = any(
                not any(counted.wait_of(other.user) == 0 for other in _at_desks(ring, service) if other.user != name)
                for service in Service
                if any(slot.user == name for slot in _at_desks(ring, service.value))
            )
            if not last or not counted.release(typed, reason.strip()):
                raise ReleaseRefusedError


def recovery_label(service: str) -> str:
    """Return the name under which wrong recovery passphrases are counted."""
    return f"{RECOVERY}:{service}"


def prove_password(home: Home, service: str, untrusted_name: str, password: str, now: Clock) -> Opened:
    """Return what the password of a slot opens (``@recovery``: the passphrase); wrong ones count towards the wait.

    The caller must still ask the staff list.

    Raises:
        LockedOutError: too many wrong passwords.
        WrongPasswordError: unknown name or wrong password.
    """
    if untrusted_name == RECOVERY:
        label, name = recovery_label(service), RECOVERY
    else:
        label, name = _named(untrusted_name)
    with gate(home, now) as counted:
        ring = KeyRing.load(home)
        return _try(counted, ring, label, lambda: ring.open(service, name, password))


def _try(counted: Gate, ring: KeyRing, label: str, enter: Callable[[], _Result]) -> _Result:
    counted.charge(label, _labels(ring, *Service))
    try:
        result = enter()
    except WrongPasswordError:
        raise
    except BmisError:
        counted.passed(label)  # the password was right; the store is in trouble
        raise
    counted.passed(label)
    return result


def _write_entry(session: Session, counted: Gate, ring: KeyRing, kind: SignInKind) -> None:
    """Write who got in, after what the audit has not seen yet; without the writing nobody gets in."""
    others = _labels(ring, *(service for service in Service if service is not session.service))
    by = session.by
    try:
        with session.store.write() as unit:
            staff = SqlStaff(unit)
            for failed in counted.unreported(_labels(ring, session.service), others):
                for event in _told(failed, by, session.now):
                    staff.add_sign_in(event)
            staff.add_sign_in(SignInEvent(new_id(session.now()), kind, by, by))
            unit.commit()
        counted.reported(others)
    except BaseException:
        Session.close(session)
        raise


def _told(failed: Failures, by: str, now: Clock) -> Iterator[SignInEvent]:
    seen = (failed.count, failed.first_at, failed.last_at)
    if failed.count:
        yield SignInEvent(new_id(now()), SignInKind.FAILURES, failed.name, by, *seen)
    if failed.release_reason is not None:
        yield SignInEvent(new_id(now()), SignInKind.LOCKOUT_RELEASED, failed.name, by, *seen, failed.release_reason)


def _labels(ring: KeyRing, *services: Service) -> list[str]:
    slots = [slot for service in services for slot in ring.slots(service.value)]
    return [recovery_label(slot.service) if slot.user == RECOVERY else slot.user for slot in slots]


def _at_desks(ring: KeyRing, service: str) -> list[Slot]:
    roles = {role.value for role in Role if works_at_a_desk(role)}
    return [slot for slot in ring.slots(service) if slot.role in roles]


def _named(untrusted_name: str) -> tuple[str, str]:
    """Return what the attempt is counted under, and the name of the slot it may open."""
    try:
        name = user_name(untrusted_name)
    except UserNameError:
        return untrusted_name, _NOBODY
    return name, name
