"""Backups: the restore drill, and every file that must be refused."""

import json
import zipfile

import pytest
from sqlalchemy import text

from bmis.kernel.actor import NotAllowedError, Role
from bmis.staff.create_home import TRAINING_WORD
from bmis.staff.disable_staff import DisableStaff
from bmis.staff.keep_home import RECOVERY_USER, BackUpHome, RestoreHome, Secret, VerifyStore
from bmis.staff.shifts import OpenShift, current_shift
from bmis.store.errors import (
    AuditBrokenError,
    BackupExistsError,
    BackupRefusedError,
    HomeInUseError,
    OutboxGapError,
    RecordChangedError,
    StoreDamagedError,
    WrongPasswordError,
)
from bmis.store.home import Home
from tests.conftest import SCHEMAS

ADMIN = Secret("border", "admin", TRAINING_WORD)
HEALTH_RECOVERY = Secret("health", RECOVERY_USER, TRAINING_WORD)


@pytest.fixture
def backed_up(signed_in, clock, tmp_path):
    """A backup of both databases with an open shift in it; nobody is at work any more."""
    admin, health, officer = signed_in(Role.ADMIN), signed_in(Role.SCREENER), signed_in(Role.OFFICER)
    OpenShift(officer.home, officer.store.write, clock)(officer.actor)
    file = tmp_path / "F.bmis"
    from bmis.store.backup import backup

    sessions = [(one.service.value, one.kind.file_name, one.store) for one in (admin, health)]
    backup(sessions, file, clock())
    for one in (admin, health, officer):
        one.close()
    return file


@pytest.fixture
def restore(training_home, clock):
    return RestoreHome(Home.open(training_home), SCHEMAS, clock)


def rewritten(file, change):
    """Write the backup again with some members changed."""
    with zipfile.ZipFile(file) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    file.unlink()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in change(members):
            archive.writestr(name, content)
    return file


def test_the_restore_drill(backed_up, restore, training_home, signed_in):
    before = Home.open(training_home)
    signed_in(Role.ADMIN).close()
    for path in (*training_home.glob("*.db*"), training_home / "keys.json"):
        path.unlink()  # the disk was lost

    restored = restore(backed_up, [ADMIN, HEALTH_RECOVERY])

    assert restored.services == ("border", "health")
    officer = signed_in(Role.OFFICER)
    with officer.store.read() as unit:
        assert current_shift(unit).opened_by == "officer"
    report = VerifyStore(signed_in(Role.SUPERVISOR), [])()
    assert report.records == report.chain.rows
    assert signed_in(Role.SCREENER).actor.role is Role.SCREENER
    assert officer.home.desk_id != before.desk_id
    assert not list(training_home.glob(".restore-*"))


def test_what_was_there_before_is_kept_aside_and_still_opens(backed_up, restore, training_home, signed_in):
    later = signed_in(Role.SUPERVISOR)
    later.close()

    restored = restore(backed_up, [ADMIN])

    assert restored.services == ("border",)
    kept = {path.name for path in restored.kept_in.iterdir()}
    assert kept == {"border.db", "keys.json", "home.json"}
    assert restored.kept_in.parent == training_home
    assert signed_in(Role.CLINICIAN).actor.role is Role.CLINICIAN  # the health database stayed as it was


def test_a_person_disabled_after_the_backup_comes_back_only_with_the_whole_list(backed_up, restore, signed_in):
    admin = signed_in(Role.ADMIN)
    assert DisableStaff(admin)("officer", "left").owed is None
    admin.close()

    restore(backed_up, [ADMIN])

    assert signed_in(Role.OFFICER).actor.name == "officer"


def test_nobody_restores_over_people_at_work(backed_up, restore, signed_in):
    signed_in(Role.OFFICER)

    with pytest.raises(HomeInUseError):
        restore(backed_up, [ADMIN])


@pytest.mark.parametrize(
    ("secret", "refusal"),
    [
        (Secret("border", "admin", "wrong-word"), WrongPasswordError),
        (Secret("border", "officer", TRAINING_WORD), NotAllowedError),
        (Secret("other", "admin", TRAINING_WORD), WrongPasswordError),
    ],
)
def test_who_may_not_restore(backed_up, restore, training_home, secret, refusal):
    before = (training_home / "border.db").read_bytes()

    with pytest.raises(refusal):
        restore(backed_up, [secret])

    assert (training_home / "border.db").read_bytes() == before
    assert not list(training_home.glob("*restore*"))


def flipped(members):
    return [
        (name, content[:-1] + bytes([content[-1] ^ 1])) if name == "border.db" else (name, content)
        for name, content in members
    ]


def renamed(to):
    def change(members):
        out = []
        for name, content in members:
            if name == "manifest.json":
                said = json.loads(content)
                for one in (*said["members"], *said["databases"]):
                    for key in ("name", "file_name"):
                        if one.get(key) == "health.db":
                            one[key] = to
                content = json.dumps(said).encode()
            out.append((to if name == "health.db" else name, content))
        return out

    return change


def manifest(change):
    def apply(members):
        said = json.loads(dict(members)["manifest.json"])
        change(said)
        return [(name, json.dumps(said) if name == "manifest.json" else content) for name, content in members]

    return apply


@pytest.mark.parametrize(
    "change",
    [
        flipped,
        renamed("../health.db"),
        renamed("/tmp/health.db"),
        renamed("C:\\health.db"),
        renamed("HEALTH.DB"),
        renamed("other.db"),
        lambda members: [one for one in members if one[0] != "manifest.json"],
        lambda members: [one for one in members if one[0] != "keys.json"],
        lambda members: [*members, ("extra.txt", b"x")],
        lambda members: [(name, b"[" * 99_999 if name == "manifest.json" else content) for name, content in members],
        manifest(lambda said: said.update(format=2)),
        manifest(lambda said: said.update(members=7)),
        manifest(lambda said: said.update(training=False)),
        manifest(lambda said: said.update(post_code="OTHER")),
        manifest(lambda said: said["members"][2].update(size=1)),
        manifest(lambda said: said["databases"].clear()),
    ],
)
def test_a_changed_backup_is_refused_and_the_home_stays(backed_up, restore, training_home, change):
    before = (training_home / "border.db").read_bytes()

    with pytest.raises(BackupRefusedError):
        restore(rewritten(backed_up, change), [ADMIN, HEALTH_RECOVERY])

    assert (training_home / "border.db").read_bytes() == before
    assert not [path for path in training_home.iterdir() if "restore" in path.name]


def test_a_backup_that_says_another_last_link_is_refused(backed_up, restore):
    changed = rewritten(backed_up, manifest(lambda said: said["databases"][0].update(audit_seq=1)))

    with pytest.raises(AuditBrokenError):
        restore(changed, [ADMIN])


def test_a_compressed_bomb_is_refused_before_it_is_unpacked(tmp_path, restore):
    with zipfile.ZipFile(tmp_path / "bomb", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", b" " * 50_000_000)

    with pytest.raises(BackupRefusedError):
        restore(tmp_path / "bomb", [ADMIN])


@pytest.mark.parametrize("content", [b"", b"PK", b"\0" * 5000])
def test_a_file_that_is_no_backup_is_refused(tmp_path, restore, content):
    (tmp_path / "F").write_bytes(content)

    with pytest.raises(BackupRefusedError):
        restore(tmp_path / "F", [ADMIN])


def test_a_cut_backup_is_refused(backed_up, restore):
    backed_up.write_bytes(backed_up.read_bytes()[:-100])

    with pytest.raises(BackupRefusedError):
        restore(backed_up, [ADMIN])


def test_a_backup_never_replaces_a_file_and_is_not_for_everybody(backed_up, signed_in, clock, tmp_path):
    with pytest.raises(BackupExistsError):
        BackUpHome([signed_in(Role.SUPERVISOR)], clock)(backed_up)
    with pytest.raises(NotAllowedError):
        BackUpHome([signed_in(Role.OFFICER)], clock)(tmp_path / "G.bmis")


def test_a_backup_is_told_to_the_audit_and_shows_nobody(signed_in, clock, tmp_path):
    session = signed_in(Role.ADMIN)

    said = BackUpHome([session], clock)(tmp_path / "G.bmis")

    assert [one.file_name for one in said.databases] == ["border.db"]
    with session.store.read() as unit:
        assert unit.connection.execute(text("SELECT count(*) FROM audit WHERE kind = 'staff.backed_up'")).scalar() == 1
    assert b"SQLite format" not in (tmp_path / "G.bmis").read_bytes()
    assert not list(tmp_path.glob(".bmis-backup-*"))


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE staff_event SET role = 'admin' WHERE name = 'officer'", RecordChangedError),
        ("UPDATE staff_event SET by = 'x' WHERE name = 'officer'", RecordChangedError),
        ("DELETE FROM staff_event WHERE name = 'protection'", RecordChangedError),
        ("DELETE FROM sign_in_event", RecordChangedError),
        ("UPDATE audit SET by = 'x' WHERE seq = 2", AuditBrokenError),
        ("DELETE FROM outbox WHERE seq = 1", OutboxGapError),
        ("UPDATE outbox SET payload = '{}' WHERE seq = 2", OutboxGapError),
    ],
)
def test_verification_finds_what_was_changed_behind_the_programs_back(signed_in, statement, found):
    session = signed_in(Role.SUPERVISOR)
    with session.store.write() as unit:
        for event in _sent(session, 3):
            unit.audit.add("sent", event)
            unit.outbox.add("sent", event)
        unit.commit()
    assert VerifyStore(session, [])().messages == 3

    with session.store.write() as unit:
        unit.connection.exec_driver_sql(statement)
        unit.commit()

    with pytest.raises(found):
        VerifyStore(session, [])()


def test_a_page_damaged_on_the_disk_is_found(signed_in, training_home):
    session = signed_in(Role.SUPERVISOR)
    session.close()
    path = training_home / "border.db"
    content = bytearray(path.read_bytes())
    content[-2000] ^= 1
    path.write_bytes(content)

    with pytest.raises(StoreDamagedError):
        VerifyStore(signed_in(Role.SUPERVISOR), [])()


def _sent(session, count):
    from bmis.kernel.identifiers import new_id
    from bmis.staff.sign_in_event import SignInEvent, SignInKind

    for _ in range(count):
        yield SignInEvent(new_id(session.now()), SignInKind.FAILURES, "x", session.by)
