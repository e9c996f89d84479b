"""Adding people, changing their passwords and roles, listing them."""

from dataclasses import dataclass, replace

from bmis.kernel.actor import Permission, Role, require, service_of
from bmis.kernel.identifiers import new_id
from bmis.staff.errors import LastAdministratorError, OtherServiceError, StaffDisabledError, StaffUnknownError
from bmis.staff.lockout import held_patiently
from bmis.staff.records import SqlStaff
from bmis.staff.session import Session, SignedIn, require_manager
from bmis.staff.staff_member import (
    MANAGES,
    StaffEvent,
    StaffEventKind,
    StaffList,
    StaffMember,
    manages_staff,
    user_name,
)
from bmis.store.errors import UserExistsError
from bmis.store.keys import KeyRing


@dataclass(frozen=True, slots=True)
class AddStaff:
    """Gives a new person a slot and a place in the staff list of the session's own service."""

    session: Session

    def __call__(self, name: str, full_name: str, role: Role, password: str) -> StaffMember:
        """Return the new person.

        Raises:
            NotAllowedError: the person at work does not manage this service's people.
            OtherServiceError: the role belongs to the other service.
            UserNameError, PasswordTooShortError: what was typed.
            UserExistsError: somebody has, or once had, this name in the home.
        """
        by, name = require_manager(self.session), user_name(name)
        _require_own(self.session, role)
        with held_patiently(self.session.home, "keys"), self.session.store.write() as unit:
            staff, ring = SqlStaff(unit), KeyRing.load(self.session.home)
            if staff.everybody().find(name) is not None:
                raise UserExistsError  # a name never passes to another person: the audit speaks of it
            ring.drop(self.session.service.value, name)  # of an addition that was cut off
            event = _with_new_slot(self.session, ring, StaffEventKind.ADDED, name, by, role, password, full_name)
            staff.add(event)
            ring.save()  # before the commit: a slot without a row opens nothing
            unit.commit()
        return _found(everybody_of(self.session), name)


@dataclass(frozen=True, slots=True)
class ResetPassword:
    """Gives a person who forgot the password a new slot under a new one, with new keys; optionally another role."""

    session: Session

    def __call__(
        self, name: str, new_password: str, role: Role | None = None, reason: str | None = None
    ) -> StaffMember:
        """Return the person. ``reason`` goes to the audit.

        Raises:
            NotAllowedError, OtherServiceError: not this person's to manage.
            StaffUnknownError, StaffDisabledError: nobody to give it to.
            LastAdministratorError: the new role would leave nobody who manages the people.
            PasswordTooShortError: the new password.
        """
        by = require_manager(self.session)
        name = user_name(name)
        with held_patiently(self.session.home, "keys"), self.session.store.write() as unit:
            staff, ring = SqlStaff(unit), KeyRing.load(self.session.home)
            everybody = staff.everybody()
            member = _found(everybody, name)
            if not member.enabled:
                raise StaffDisabledError
            if role is not None:
                _require_own(self.session, role)
                if not manages_staff(role):
                    refuse_last_manager(everybody, name)
            ring.drop(self.session.service.value, name)
            kind = StaffEventKind.PASSWORD_RESET if role is None else StaffEventKind.ROLE_CHANGED
            event = _with_new_slot(self.session, ring, kind, name, by, role or member.role, new_password)
            staff.add(replace(event, reason=reason))
            unit.commit()
            ring.save()  # after it: until then the old slot is whole, and the staff list no longer knows its keys
        return _found(everybody_of(self.session), name)


@dataclass(frozen=True, slots=True)
class ChangePassword:
    """Wraps the person's own keys under another password."""

    session: SignedIn

    def __call__(self, old: str, new: str) -> None:
        """Change the password of the person at work.

        Raises:
            WrongPasswordError: the old one is not right.
            PasswordTooShortError: the new one is too short.
        """
        name = self.session.actor.name
        with held_patiently(self.session.home, "keys"), self.session.store.write() as unit:
            ring = KeyRing.load(self.session.home)
            ring.change_password(self.session.service.value, name, old, new)
            SqlStaff(unit).add(
                StaffEvent(new_id(self.session.now()), StaffEventKind.PASSWORD_CHANGED, name, self.session.by)
            )
            unit.commit()
            ring.save()


def list_staff(session: Session) -> list[StaffMember]:
    """Return the people of the session's service by name, those who left included.

    Raises:
        NotAllowedError: the person at work neither manages them nor reads the audit.
    """
    if isinstance(session, SignedIn) and not session.actor.may(MANAGES[session.service]):
        require(session.actor, Permission.READ_AUDIT)
    return sorted(everybody_of(session).members.values(), key=lambda member: member.name)


def everybody_of(session: Session) -> StaffList:
    """Return the staff list of the session's service."""
    with session.store.read() as unit:
        return SqlStaff(unit).everybody()


def refuse_last_manager(staff: StaffList, name: str) -> None:
    """Return only if somebody other than ``name`` manages the people.

    Raises:
        LastAdministratorError: nobody would be left.
    """
    if [member.name for member in staff.managers()] == [name]:
        raise LastAdministratorError


def _found(staff: StaffList, name: str) -> StaffMember:
    member = staff.find(name)
    if member is None:
        raise StaffUnknownError
    return member


def _require_own(session: Session, role: Role) -> None:
    if service_of(role) is not session.service:
        raise OtherServiceError(role=role.value)


def _with_new_slot(
    session: Session,
    ring: KeyRing,
    kind: StaffEventKind,
    name: str,
    by: str,
    role: Role,
    password: str,
    full_name: str | None = None,
) -> StaffEvent:
    public = ring.add(session.service.value, name, role.value, password, session.data_key)
    shown = None if full_name is None else full_name.strip()[:120] or name
    return StaffEvent(new_id(session.now()), kind, name, by, shown, role, public)
