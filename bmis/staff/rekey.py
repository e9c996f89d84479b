"""Giving a store another key when somebody leaves, so that a key once copied opens nothing new."""

from bmis.kernel.errors import BmisError
from bmis.kernel.identifiers import new_id
from bmis.staff.lockout import held_patiently
from bmis.staff.records import SqlStaff
from bmis.staff.session import Session, SignedIn
from bmis.staff.staff_member import StaffEvent, StaffEventKind, StaffList, manages_staff
from bmis.store.engine import open_engine
from bmis.store.errors import HomeInUseError
from bmis.store.keys import KeyRing, new_data_key
from bmis.store.rekey import forget_leftovers, opens, rekey_file


def give_new_key(session: Session) -> None:
    """Rekey the store for the people who are entitled by its own staff list, and go on under the new key.

    While the file is being replaced, both keys are sealed for everybody: whichever the file has, it opens.

    Raises:
        HomeInUseError: somebody else is at work in the home; the change is owed until an administrator signs in.
        StoreFullError, StoreReadOnlyError: the disk; the old key stays.
    """
    old, new = session.data_key, new_data_key()
    path = session.home.database(session.kind.file_name)
    staff = everybody(session)
    with session.alone():
        _seal(session, (new, old), staff)
        session.store.engine.dispose()
        try:
            rekey_file(path, old, new)
        except BmisError:
            if opens(path, old):  # else the new file is in place and both keys stay sealed
                _seal(session, (old,), staff)
            raise
        _seal(session, (new,), staff)
        session.store.move_to(open_engine(path, new))
        session.now_under(new)
    _write_done(session)


def finish_key_change(session: SignedIn) -> None:
    """Bring a cut-off or owed change of key to its end, as far as this person and this moment allow.

    A file that already has its new key needs only the old one unsealed. A file that does not is copied again, which
    takes time in proportion to its size, so that is left for a person who manages the staff.
    """
    try:
        if session.key_change_unfinished and session.has_newest_key:
            staff = everybody(session)
            with session.alone():
                forget_leftovers(session.home.database(session.kind.file_name))
                _seal(session, (session.data_key,), staff)
            session.now_under(session.data_key)
            _write_done(session)
        elif manages_staff(session.actor.role) and (session.key_change_unfinished or everybody(session).rekey_owed):
            give_new_key(session)
    except HomeInUseError:
        return  # others are at work: both keys still open the store, and the next sign-in tries again


def everybody(session: Session) -> StaffList:
    """Return the people of the session's service."""
    with session.store.read() as unit:
        return SqlStaff(unit).everybody()


def _seal(session: Session, keys: tuple[bytes, ...], staff: StaffList) -> None:
    with held_patiently(session.home, "keys"):
        ring = KeyRing.load(session.home)
        ring.seal_to(session.service.value, keys, staff.entitled())
        ring.save()


def _write_done(session: Session) -> None:
    with session.store.write() as unit:
        SqlStaff(unit).add(StaffEvent(new_id(session.now()), StaffEventKind.REKEYED, "", session.by))
        unit.commit()
