"""Keeping a home: backup, restore, verification, migration."""

import secrets
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bmis.kernel.actor import Actor, Permission, Role, require
from bmis.kernel.clock import Clock
from bmis.kernel.errors import BmisError
from bmis.kernel.identifiers import new_id
from bmis.staff.create_home import Schema
from bmis.staff.errors import StaffDisabledError
from bmis.staff.records import RedigestStaff, SqlStaff
from bmis.staff.session import Session, SignedIn
from bmis.staff.sign_in import prove_password
from bmis.staff.sign_in_event import SignInEvent, SignInKind
from bmis.staff.staff_member import manages_staff
from bmis.staff.verify_audit import confirm_signers
from bmis.store.backup import HOME, KEYS, BackedUp, Manifest, backup, unpack
from bmis.store.engine import open_engine
from bmis.store.errors import (
    AuditBrokenError,
    BackupRefusedError,
    HomeDamagedError,
    SchemaNewerError,
    WrongPasswordError,
)
from bmis.store.home import Home, home_text, write_private
from bmis.store.keys import RECOVERY, KeyRing, Opened
from bmis.store.migrate import migrate
from bmis.store.rekey import opens
from bmis.store.restore import finish_restore, swap_in
from bmis.store.unit import Store, StoreKind, schema_of
from bmis.store.verify import Redigest, StoreReport, verify_store


@dataclass(frozen=True, slots=True)
class Secret:
    """A password (or, for the user ``@recovery``, a passphrase) for one service's database."""

    service: str
    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class BackUpHome:
    """Copies each store that is open, with the key slots, into one encrypted file."""

    sessions: Sequence[Session]
    now: Clock

    def __call__(self, file: Path) -> Manifest:
        """Return what was written.

        Raises:
            NotAllowedError: the person at work does not make backups.
            BackupExistsError: the file is there.
        """
        for session in self.sessions:
            if isinstance(session, SignedIn):
                require(session.actor, Permission.BACKUP_STORE)
        said = backup([(one.service.value, one.kind.file_name, one.store) for one in self.sessions], file, self.now())
        for session in self.sessions:
            _tell(session.store, SignInKind.BACKED_UP, session.by, session.now, _last_link(said, session))
        return said


@dataclass(frozen=True, slots=True)
class VerifyStore:
    """Proves a store from its pages to its messages."""

    session: Session
    rooms: Sequence[Redigest]

    def __call__(self, anchors: Sequence[str] = ()) -> StoreReport:
        """Return what the store holds.

        Raises:
            NotAllowedError: the person at work does not read the audit.
            StoreDamagedError, AuditBrokenError, RecordChangedError, OutboxGapError, SignerUnknownError: what is wrong.
        """
        if isinstance(self.session, SignedIn):
            require(self.session.actor, Permission.READ_AUDIT)
        report = verify_store(self.session.store, (RedigestStaff(), *self.rooms), anchors)
        with self.session.store.read() as unit:
            confirm_signers(unit, report.chain)
        return report


@dataclass(frozen=True, slots=True)
class Restored:
    """Which services were restored, from when, and the folder in which the old files are kept."""

    services: tuple[str, ...]
    manifest: Manifest
    kept_in: Path


@dataclass(frozen=True, slots=True)
class RestoreHome:
    """Puts the databases of a backup in the place of the home's, after everything about them was proved.

    The desk gets a new identifier: what it sent after the backup is gone from here but not from the hub, and a number
    must never stand for two messages.
    """

    home: Home
    schemas: Sequence[Schema]
    now: Clock

    def __call__(self, file: Path, given: Sequence[Secret]) -> Restored:
        """Return what was restored: the databases for which a secret is given.

        Raises:
            BackupRefusedError: not a backup of this post, cut, changed, or a training home's for a live one.
            WrongPasswordError: a secret does not open its database in the backup.
            NotAllowedError, StaffDisabledError: the person may not restore, by the staff list inside the backup.
            AuditBrokenError, StoreDamagedError, SchemaNewerError: the copy does not prove.
            HomeInUseError: somebody is at work in the home.
        """
        finish_restore(self.home)
        with self.home.held("desktop", alone=True), self.home.held("use", alone=True):
            staged = self.home.path / f".restore-{secrets.token_hex(4)}"
            staged.mkdir(mode=0o700)
            try:
                said = unpack(file, [kind.file_name for kind, _ in self.schemas], staged)
                restored = self._prove(said, staged, given)
                self._describe(staged, restored)
                aside = f"before-restore-{self.now():%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
                swap_in(self.home, staged.name, aside, [kind.file_name for kind in restored])
            except BmisError:
                shutil.rmtree(staged, ignore_errors=True)
                raise
        return Restored(tuple(kind.service for kind in restored), said, self.home.path / aside)

    def _prove(self, said: Manifest, staged: Path, given: Sequence[Secret]) -> list[StoreKind]:
        if said.training != self.home.training or said.post_code != self.home.post_code:
            raise BackupRefusedError(member=HOME)
        home = replace(self.home, path=staged)
        proved = []
        for kind, migrations in self.schemas:
            held = next((one for one in said.databases if one.file_name == kind.file_name), None)
            secret = next((one for one in given if one.service == kind.service), None)
            if held is not None and secret is not None:
                self._prove_one(home, kind, migrations, held, secret)
                proved.append(kind)
            elif held is not None:
                (staged / kind.file_name).unlink()  # nobody can vouch for it: the home's own stays
        if not proved:
            raise WrongPasswordError
        return proved

    def _prove_one(self, home: Home, kind: StoreKind, migrations: str, held: BackedUp, secret: Secret) -> None:
        opened = KeyRing.load(home).open(kind.service, secret.user, secret.password)
        by = _allowed_by_slot(home, kind, secret.user)
        engine = open_engine(home.database(kind.file_name), _fitting(home, kind, opened))
        store = Store(home, engine, self.now, opened.user, None)
        try:
            if schema_of(engine) > kind.head():
                raise SchemaNewerError(found=schema_of(engine))
            chain = verify_store(store).chain
            if (chain.rows, chain.last_hash) != (held.audit_seq, held.audit_hash):
                raise AuditBrokenError(seq=held.audit_seq)
            migrate(engine, migrations)
            _require_in_list(store, opened, by)
            _tell(store, SignInKind.RESTORED, opened.user, self.now, f"BMIS1:{held.audit_seq}:{held.audit_hash}")
        finally:
            store.close()

    def _describe(self, staged: Path, restored: Sequence[StoreKind]) -> None:
        services = {kind.service for kind in restored}
        theirs = KeyRing.load(replace(self.home, path=staged))
        try:
            ours = KeyRing.load(self.home)
        except HomeDamagedError:
            ours = KeyRing(self.home)  # a spoilt file of slots is one reason to restore
        kept = [slot for kind, _ in self.schemas for slot in ours.slots(kind.service) if kind.service not in services]
        brought = [slot for service in services for slot in theirs.slots(service)]
        desk = f"{self.home.post_code}-{self.home.lane}-{secrets.token_hex(4)}"
        write_private(staged / HOME, home_text(replace(self.home, desk_id=desk)))
        (staged / KEYS).unlink()
        KeyRing(replace(self.home, path=staged), [*kept, *brought]).save()


@dataclass(frozen=True, slots=True)
class MigrateHome:
    """Brings one database of the home to the newest schema, in one transaction, with nobody else at work."""

    home: Home
    schemas: Sequence[Schema]
    now: Clock

    def __call__(self, secret: Secret) -> str:
        """Return the revision that the database now has.

        Raises:
            WrongPasswordError, LockedOutError: the secret.
            NotAllowedError: the person neither manages the people of that service nor restores.
            SchemaNewerError: a newer BMIS wrote it.
            HomeInUseError: somebody is at work in the home.
        """
        finish_restore(self.home)
        kind, migrations = next((kind, package) for kind, package in self.schemas if kind.service == secret.service)
        with self.home.held("use", alone=True):
            opened = prove_password(self.home, kind.service, secret.user, secret.password, self.now)
            by = _allowed_by_slot(self.home, kind, secret.user)
            engine = open_engine(self.home.database(kind.file_name), _fitting(self.home, kind, opened))
            store = Store(self.home, engine, self.now, opened.user, None)
            try:
                found = schema_of(engine)
                if found > kind.head():
                    raise SchemaNewerError(found=found)
                if found < kind.head():
                    migrate(engine, migrations)
                    _require_in_list(store, opened, by)
                    _tell(store, SignInKind.MIGRATED, opened.user, self.now, f"{found}>{kind.head()}")
                return schema_of(engine)
            finally:
                store.close()


def _allowed_by_slot(home: Home, kind: StoreKind, user: str) -> Actor | None:
    """Return the person as the slot says, which the password has proved: the tables may be too old to ask."""
    slot = KeyRing.load(home).find(kind.service, user)
    if slot is None or slot.role is None:
        return None  # recovery: two people opened the envelope
    actor = Actor(user, Role(slot.role))
    if not manages_staff(actor.role):
        require(actor, Permission.RESTORE_STORE)
    return actor


def _require_in_list(store: Store, opened: Opened, actor: Actor | None) -> None:
    with store.read() as unit:
        staff = SqlStaff(unit).everybody()
    if staff.entitled().get(opened.user) != opened.public:
        raise StaffDisabledError if actor is not None else WrongPasswordError


def _fitting(home: Home, kind: StoreKind, opened: Opened) -> bytes:
    path = home.database(kind.file_name)
    return next((key for key in opened.data_keys if opens(path, key)), opened.data_keys[0])


def _tell(store: Store, kind: SignInKind, by: str, now: Clock, reason: str) -> None:
    with store.write() as unit:
        SqlStaff(unit).add_sign_in(SignInEvent(new_id(now()), kind, by, by, reason=reason))
        unit.commit()


def _last_link(said: Manifest, session: Session) -> str:
    links: Mapping[str, BackedUp] = {one.file_name: one for one in said.databases}
    held = links[session.kind.file_name]
    return f"BMIS1:{held.audit_seq}:{held.audit_hash}"


RECOVERY_USER = RECOVERY
"""The user name of a ``Secret`` that is a recovery passphrase."""
