"""Making the home of a desk: folder, databases, keys, the first people."""

import os
import secrets
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bmis.kernel.actor import Role, service_of
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from bmis.kernel.whole_file import sync_folder
from bmis.staff.records import SqlStaff
from bmis.staff.staff_member import StaffEvent, StaffEventKind, user_name
from bmis.store.engine import open_engine
from bmis.store.errors import HomeExistsError
from bmis.store.home import Home, disk_error
from bmis.store.keys import RECOVERY, KeyRing, PublicKeys, new_data_key, new_recovery_parts
from bmis.store.migrate import migrate
from bmis.store.unit import Store, StoreKind

Schema = tuple[StoreKind, str]
"""A database and the package of its migrations."""

TRAINING_WORD = "treino"  # password of every user and every recovery slot of a training home


@dataclass(frozen=True, slots=True)
class NewHome:
    """What is asked for. A training home needs no administrator: it has one user for each role.

    ``recovery`` gives a passphrase for a service (``border``, ``health``); where it gives none one is made.
    """

    path: Path
    post_code: str
    lane: str
    training: bool = False
    admin_name: str = ""
    admin_full_name: str = ""
    admin_password: str = field(default="", repr=False)
    recovery: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class CreatedHome:
    """The home, and the recovery passphrases that were made: two halves each, shown once, kept nowhere."""

    home: Home
    recovery_halves: Mapping[str, tuple[str, str]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class CreateHome:
    """Makes a home whole or not at all: it is built beside its place and renamed into it."""

    schemas: Sequence[Schema]
    now: Clock

    def __call__(self, asked: NewHome) -> CreatedHome:
        """Return the new home.

        Raises:
            HomeExistsError: the folder is there and not empty.
            UserNameError, PasswordTooShortError: of the first administrator.
            StoreReadOnlyError, StoreFullError: the disk.
        """
        path = asked.path.absolute()
        first = _first_people(asked)
        aside = path.with_name(f".{path.name}.new-{secrets.token_hex(4)}")
        try:
            if path.exists() and (not path.is_dir() or any(path.iterdir())):
                raise HomeExistsError
            home = Home.create(aside, post_code=asked.post_code, lane=asked.lane, training=asked.training)
            ring, halves = KeyRing(home), {}
            for kind, migrations in self.schemas:
                people = [person for person in first if service_of(person.role).value == kind.service]
                passphrase = asked.recovery.get(kind.service) or (TRAINING_WORD if asked.training else "")
                if not passphrase:
                    halves[kind.service] = new_recovery_parts()
                    passphrase = joined(*halves[kind.service])
                self._fill(home, kind, migrations, ring, people, passphrase)
            ring.save()
            self._put_in_place(aside, path)
        except OSError as error:
            raise disk_error(error, path.name) from error
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        return CreatedHome(Home.open(path), halves)

    def _fill(
        self, home: Home, kind: StoreKind, migrations: str, ring: KeyRing, people: list["_Person"], passphrase: str
    ) -> None:
        key, service = new_data_key(), kind.service
        engine = open_engine(home.database(kind.file_name), key, create=True)
        try:
            migrate(engine, migrations)
            by = next((person.name for person in people if person.role is Role.ADMIN), RECOVERY)
            with Store(home, engine, self.now, by, None).write() as unit:
                staff = SqlStaff(unit)
                public = ring.add(service, RECOVERY, None, passphrase, key)
                staff.add(self._event(StaffEventKind.RECOVERY_SET, RECOVERY, by, public))
                for person in people:
                    public = ring.add(service, person.name, person.role.value, person.password, key)
                    staff.add(self._event(StaffEventKind.ADDED, person.name, by, public, person))
                unit.commit()
            engine.dispose()
        except BaseException:
            engine.dispose()
            raise

    def _event(
        self, kind: StaffEventKind, name: str, by: str, public: PublicKeys, person: "_Person | None" = None
    ) -> StaffEvent:
        full_name, role = (None, None) if person is None else (person.full_name, person.role)
        return StaffEvent(new_id(self.now()), kind, name, by, full_name, role, public)

    def _put_in_place(self, aside: Path, path: Path) -> None:
        if path.exists():
            path.rmdir()  # empty: seen above; Windows does not rename over a folder
        os.rename(aside, path)
        sync_folder(path.parent)


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    full_name: str
    role: Role
    password: str = field(repr=False)


def joined(first_half: str, second_half: str) -> str:
    """Return the recovery passphrase of two halves, as two people type them: small letters and spaces are forgiven."""
    return "-".join("".join(half.split()).upper() for half in (first_half, second_half))


def _first_people(asked: NewHome) -> list[_Person]:
    if asked.training:
        return [_Person(role.value, role.value, role, TRAINING_WORD) for role in Role]
    name = user_name(asked.admin_name)
    return [_Person(name, asked.admin_full_name.strip() or name, Role.ADMIN, asked.admin_password)]
