"""Ending a person's access."""

from dataclasses import dataclass

from bmis.kernel.errors import SiteError
from bmis.kernel.identifiers import new_id
from bmis.staff.change_staff import refuse_last_manager
from bmis.staff.errors import ReasonMissingError, StaffDisabledError, StaffUnknownError
from bmis.staff.lockout import held_patiently
from bmis.staff.records import SqlStaff
from bmis.staff.rekey import give_new_key
from bmis.staff.session import Session, require_manager
from bmis.staff.staff_member import StaffEvent, StaffEventKind, user_name
from bmis.store.keys import KeyRing


@dataclass(frozen=True, slots=True)
class Disabled:
    """What was done. The access ended in any case; the change of key is ``owed`` for a reason (a code) or done."""

    name: str
    owed: str | None


@dataclass(frozen=True, slots=True)
class DisableStaff:
    """Ends a person's access at once, drops the slot, and gives the store a new key for those who stay."""

    session: Session

    def __call__(self, name: str, reason: str) -> Disabled:
        """Return what was done. Where others are at work in the home, the new key waits for the next sign-in
        of an administrator who is alone.

        Raises:
            NotAllowedError: not this person's to manage.
            ReasonMissingError: no reason.
            StaffUnknownError, StaffDisabledError: nobody to disable.
            LastAdministratorError: nobody would be left who manages the people.
        """
        by = require_manager(self.session)
        name = user_name(name)
        if not reason.strip():
            raise ReasonMissingError
        with held_patiently(self.session.home, "keys"):
            with self.session.store.write() as unit:
                staff = SqlStaff(unit)
                everybody = staff.everybody()
                member = everybody.find(name)
                if member is None:
                    raise StaffUnknownError
                if not member.enabled:
                    raise StaffDisabledError
                refuse_last_manager(everybody, name)
                at = new_id(self.session.now())
                staff.add(StaffEvent(at, StaffEventKind.DISABLED, name, by, reason=reason.strip()))
                unit.commit()  # from here on the sign-in refuses the person, slot or no slot
            ring = KeyRing.load(self.session.home)
            ring.drop(self.session.service.value, name)
            ring.save()
        try:
            give_new_key(self.session)
        except SiteError as error:
            return Disabled(name, error.code)
        return Disabled(name, None)
