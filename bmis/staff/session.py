"""An opened store and the person at work with it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass

from bmis.kernel.actor import Actor, Service, require
from bmis.kernel.clock import Clock
from bmis.kernel.errors import BmisError
from bmis.kernel.identifiers import new_id
from bmis.staff.records import SqlStaff
from bmis.staff.sign_in_event import SignInEvent, SignInKind
from bmis.staff.staff_member import MANAGES
from bmis.store.errors import StoreClosedError, StoreDamagedError
from bmis.store.home import Home
from bmis.store.keys import RECOVERY, Opened
from bmis.store.unit import Store, StoreKind


@dataclass(frozen=True, slots=True)
class _Keys:
    fitting: bytes
    sealed: tuple[bytes, ...]  # two while a change of key is unfinished

    def __repr__(self) -> str:
        return "_Keys()"  # keys never reach a log


class Session:
    """One service's store, open; it holds the home's ``use`` lock, so nobody swaps the file beneath it."""

    def __init__(self, home: Home, kind: StoreKind, opened: Opened, now: Clock, *, signs: bool) -> None:
        self.home, self.kind, self.now = home, kind, now
        self.service = Service(kind.service)
        self._holding = ExitStack()
        self._holding.enter_context(home.held("use", alone=False))
        try:
            self.store, fitting = _open(home, kind, opened, now, opened.signer if signs else None)
        except BaseException:
            self._holding.close()
            raise
        self._opened: Opened | None = opened
        self._keys: _Keys | None = _Keys(fitting, opened.data_keys)

    @property
    def by(self) -> str:
        """The name that stands in the records."""
        return self.store.by

    @property
    def data_key(self) -> bytes:
        """The key that the database has.

        Raises:
            StoreClosedError: signed out.
        """
        return self._known().fitting

    @property
    def key_change_unfinished(self) -> bool:
        """Whether two keys are sealed for each person: a change of key was cut off."""
        return len(self._known().sealed) > 1

    @property
    def has_newest_key(self) -> bool:
        """Whether the database is under the newer of the two."""
        return self._known().fitting == self._known().sealed[0]

    def now_under(self, key: bytes) -> None:
        """Remember that the database has this key and no other is sealed."""
        self._keys = _Keys(key, (key,))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Have the home without anybody else for the block; the session's own hold is given back meanwhile.

        Raises:
            HomeInUseError: somebody else is at work in the home.
        """
        self._holding.close()
        try:
            with self.home.held("use", alone=True):
                yield
        finally:
            self._holding.enter_context(self.home.held("use", alone=False))

    def close(self) -> None:
        """Forget the connections and the key. A second call does nothing."""
        self._opened = self._keys = None
        self.store.close()
        self._holding.close()

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _known(self) -> _Keys:
        if self._keys is None:
            raise StoreClosedError
        return self._keys


class SignedIn(Session):
    """A person at work. ``close`` signs out: the audit says so, the key is forgotten."""

    def __init__(self, home: Home, kind: StoreKind, opened: Opened, now: Clock) -> None:
        super().__init__(home, kind, opened, now, signs=True)
        self.actor: Actor  # set by SignIn from the staff list, inside the same opening

    def __enter__(self) -> "SignedIn":
        return self

    def close(self) -> None:
        """Write that the person left, and forget the key; the key is forgotten even where the disk refuses."""
        if self._opened is not None:
            with suppress(BmisError), self.store.write() as unit:
                event = SignInEvent(new_id(self.now()), SignInKind.SIGNED_OUT, self.by, self.by)
                SqlStaff(unit).add_sign_in(event)
                unit.commit()
        super().close()


class Recovery(Session):
    """The store opened by the sealed recovery passphrase: no person, so nothing is signed."""

    def __init__(self, home: Home, kind: StoreKind, opened: Opened, now: Clock) -> None:
        super().__init__(home, kind, opened, now, signs=False)

    def __enter__(self) -> "Recovery":
        return self


def require_manager(session: Session) -> str:
    """Return the name to write, if the session may manage the people of its service; recovery always may.

    Raises:
        NotAllowedError: the role does not allow it.
    """
    if isinstance(session, SignedIn):
        require(session.actor, MANAGES[session.service])
        return session.actor.name
    return RECOVERY


def _open(home: Home, kind: StoreKind, opened: Opened, now: Clock, signer: object) -> tuple[Store, bytes]:
    trouble = StoreDamagedError(file=kind.file_name)
    for key in opened.data_keys:
        try:
            return Store.open(home, kind, (key,), now, opened.user, opened.signer if signer else None), key
        except StoreDamagedError as error:
            trouble = error
    raise trouble
