"""A backup: one file with an encrypted copy of each database whose key is open, the key slots, and their digests.

It is a ZIP without compression (the content is random bytes). Nothing in it opens without a password of the home.
"""

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import sqlcipher3.dbapi2 as sqlcipher

from bmis.kernel.whole_file import sync_folder
from bmis.store.engine import error_of
from bmis.store.errors import BackupExistsError, BackupRefusedError
from bmis.store.home import disk_error
from bmis.store.unit import Store, schema_of

FORMAT = 1
MANIFEST, KEYS, HOME = "manifest.json", "keys.json", "home.json"
SMALL_BYTES = 4 << 20  # manifest, slots, description: far more than any home has
LARGE_BYTES = 64 << 30  # a database of some 300 million crossings
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a backup."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A database in a backup: whose it is, its schema, and the last link of its audit chain."""

    service: str
    file_name: str
    schema: str
    audit_seq: int
    audit_hash: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says it holds."""

    created_at: str
    post_code: str
    desk_id: str
    training: bool
    members: tuple[Member, ...]
    databases: tuple[BackedUp, ...]


def backup(stores: Sequence[tuple[str, str, Store]], file: Path, at: datetime) -> Manifest:
    """Return what was written to ``file``: a copy of each opened store, given as (service, file name, store).

    The stores stay in use meanwhile. The file is there whole, on the disk, or not at all.

    Raises:
        BackupExistsError: there is a file of that name.
        StoreFullError, StoreReadOnlyError, StoreInputOutputError: the disk.
    """
    if file.exists():
        raise BackupExistsError
    home = stores[0][2].home
    try:
        with tempfile.TemporaryDirectory(prefix=".bmis-backup-", dir=file.parent) as folder:
            inside, databases = {}, []
            for name in (HOME, KEYS):  # copied first: the slots may change while the databases are written
                inside[name] = Path(folder) / name
                inside[name].write_bytes((home.path / name).read_bytes())
            for service, name, store in stores:
                inside[name] = Path(folder) / name
                databases.append(_copied(store, service, name, inside[name]))
            members = tuple(_member(name, path) for name, path in inside.items())
            said = Manifest(at.isoformat(), home.post_code, home.desk_id, home.training, members, tuple(databases))
            aside = Path(folder) / "whole"
            with zipfile.ZipFile(aside, "w", zipfile.ZIP_STORED) as archive:
                archive.writestr(MANIFEST, json.dumps(_to_json(said), indent=1))
                for name, path in inside.items():
                    archive.write(path, name)
            with aside.open("rb+") as whole:
                os.fsync(whole.fileno())
            _put(aside, file)
    except OSError as error:
        raise disk_error(error, file.name) from error
    return said


def read_manifest(file: Path) -> Manifest:
    """Return what the backup says it holds, after its list of files has been found to be exactly that.

    Raises:
        BackupRefusedError: not a backup of ours, cut, or with a file that it does not name.
    """
    with _opened(file) as archive:
        return _manifest_of(archive)


def unpack(file: Path, known_files: Sequence[str], folder: Path) -> Manifest:
    """Return the manifest after each file of the backup was written into ``folder`` and its digest proved.

    ``known_files`` are the databases that a home can have; any other name is refused, and so is every path.

    Raises:
        BackupRefusedError: a name, a size or a digest is not what it should be.
        StoreFullError, StoreReadOnlyError: the disk.
    """
    with _opened(file) as archive:
        said = _manifest_of(archive)
        allowed = {HOME: SMALL_BYTES, KEYS: SMALL_BYTES, **dict.fromkeys(known_files, LARGE_BYTES)}
        for member in said.members:
            if member.size > allowed.get(member.name, -1):
                raise BackupRefusedError(member=member.name[:80])
        for member in said.members:
            with archive.open(member.name) as source:
                _write_proved(source, member, folder / member.name)
    return said


def _copied(store: Store, service: str, name: str, path: Path) -> BackedUp:
    raw = store.engine.raw_connection()
    try:
        connection = raw.driver_connection
        if connection is None:
            raise BackupRefusedError(member=name)
        connection.execute("VACUUM INTO ?", (str(path),))  # under the same key
        connection.execute("ATTACH DATABASE ? AS copied", (str(path),))  # and opened with it
        try:
            tail = connection.execute("SELECT seq, hash FROM copied.audit ORDER BY seq DESC LIMIT 1").fetchone()
        finally:
            connection.execute("DETACH DATABASE copied")
    except sqlcipher.Error as error:
        raise error_of(error, name) from error
    finally:
        raw.close()
    seq, link = tail or (0, "")
    return BackedUp(service, name, schema_of(store.engine), int(seq), str(link))


def _member(name: str, path: Path) -> Member:
    with path.open("rb") as file:
        return Member(name, hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size)


def _put(aside: Path, file: Path) -> None:
    try:
        os.link(aside, file)  # unlike a rename it never replaces a file that has come up meanwhile
    except FileExistsError as error:
        raise BackupExistsError from error
    except OSError:  # a stick with FAT has no links
        if file.exists():
            raise BackupExistsError from None
        os.replace(aside, file)
    sync_folder(file.parent)


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, FileNotFoundError, IsADirectoryError, EOFError, NotImplementedError) as error:
        raise BackupRefusedError(member=None) from error


def _manifest_of(archive: zipfile.ZipFile) -> Manifest:
    listed = archive.infolist()
    names = [entry.filename for entry in listed]
    if len(names) != len(set(names)) or any(entry.compress_type != zipfile.ZIP_STORED for entry in listed):
        raise BackupRefusedError(member=None)
    sizes = {entry.filename: entry.file_size for entry in listed}
    if not 0 < sizes.pop(MANIFEST, -1) <= SMALL_BYTES:
        raise BackupRefusedError(member=MANIFEST)
    try:
        said = _from_json(json.loads(archive.read(MANIFEST)))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BackupRefusedError(member=MANIFEST) from error
    if {member.name: member.size for member in said.members} != sizes or len(said.members) != len(sizes):
        raise BackupRefusedError(member=MANIFEST)
    databases = {database.file_name for database in said.databases}
    if {HOME, KEYS} | databases != set(sizes) or databases & {HOME, KEYS}:
        raise BackupRefusedError(member=MANIFEST)
    return said


def _write_proved(source: "BinaryIO | object", member: Member, path: Path) -> None:
    proof, left = hashlib.sha256(), member.size
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            while block := source.read(_BLOCK):  # type: ignore[union-attr]  # zipfile's own reader
                left -= len(block)
                if left < 0:
                    raise BackupRefusedError(member=member.name)
                proof.update(block)
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise disk_error(error, path.name) from error
    if left != 0 or proof.hexdigest() != member.sha256:
        raise BackupRefusedError(member=member.name)


def _to_json(said: Manifest) -> Mapping[str, object]:
    return {
        "format": FORMAT,
        "created_at": said.created_at,
        "post_code": said.post_code,
        "desk_id": said.desk_id,
        "training": said.training,
        "members": [{"name": one.name, "sha256": one.sha256, "size": one.size} for one in said.members],
        "databases": [
            {
                "service": one.service,
                "file_name": one.file_name,
                "schema": one.schema,
                "audit_seq": one.audit_seq,
                "audit_hash": one.audit_hash,
            }
            for one in said.databases
        ],
    }


def _from_json(said: dict[str, object]) -> Manifest:
    if said["format"] != FORMAT:
        raise ValueError("another format")
    members, databases = said["members"], said["databases"]
    if not isinstance(members, list) or not isinstance(databases, list):
        raise TypeError("lists are wanted")
    return Manifest(
        str(said["created_at"]),
        str(said["post_code"]),
        str(said["desk_id"]),
        said["training"] is True,
        tuple(Member(str(one["name"]), str(one["sha256"]), int(one["size"])) for one in members),
        tuple(
            BackedUp(
                str(one["service"]),
                str(one["file_name"]),
                str(one["schema"]),
                int(one["audit_seq"]),
                str(one["audit_hash"]),
            )
            for one in databases
        ),
    )
