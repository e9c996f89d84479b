"""The way back for who manages the people of a service and forgot the password: by the sealed recovery passphrase."""

from dataclasses import dataclass

from bmis.staff.change_staff import ResetPassword, everybody_of
from bmis.staff.errors import NotManagerError, ReasonMissingError, StaffUnknownError
from bmis.staff.lockout import gate
from bmis.staff.session import Recovery
from bmis.staff.staff_member import StaffMember, manages_staff, user_name


@dataclass(frozen=True, slots=True)
class RecoverManager:
    """Gives an administrator a new password without any other administrator. The audit says so, and why."""

    session: Recovery

    def __call__(self, name: str, new_password: str, reason: str) -> StaffMember:
        """Return the person, who can sign in at once: a wait after wrong passwords is lifted.

        Raises:
            ReasonMissingError: no reason was given.
            UserNameError, StaffUnknownError, StaffDisabledError: nobody to give it to.
            NotManagerError: an administrator can give this person a new password; the envelopes stay sealed.
            PasswordTooShortError: the new password.
        """
        reason = reason.strip()
        if not reason:
            raise ReasonMissingError
        name = user_name(name)
        member = everybody_of(self.session).find(name)
        if member is None:
            raise StaffUnknownError
        if not manages_staff(member.role):
            raise NotManagerError
        member = ResetPassword(self.session)(name, new_password, reason=reason)
        with gate(self.session.home, self.session.now) as counted:
            counted.release(name, reason)
        return member
