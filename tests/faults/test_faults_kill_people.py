"""kill -9 at each step on the disk: nobody is shut out, nobody gets in who should not, nothing is half there."""

import shutil
import sys

import pytest

from bmis.kernel.actor import Role
from bmis.staff.change_staff import AddStaff, ChangePassword, ResetPassword
from bmis.staff.create_home import TRAINING_WORD, CreateHome, NewHome
from bmis.staff.disable_staff import DisableStaff
from bmis.staff.keep_home import RestoreHome, Secret, VerifyStore
from bmis.staff.sign_in import SignIn
from bmis.store.backup import backup
from bmis.store.border import BORDER
from bmis.store.errors import UserExistsError, WrongPasswordError
from bmis.store.home import Home
from bmis.store.keys import KeyRing
from bmis.store.rekey import opens
from poe_health.store.health import HEALTH
from tests.conftest import SCHEMAS
from tests.faults.kill_at import each_kill

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL are of Unix"),
]


@pytest.fixture
def fresh(training_home, tmp_path):
    """Gives the home as it was before the kill."""
    kept = training_home.rename(tmp_path / "kept")

    def fresh():
        shutil.rmtree(training_home, ignore_errors=True)
        shutil.copytree(kept, training_home)
        return Home.open(training_home)

    return fresh


@pytest.fixture
def enter(training_home, clock):
    def enter(name, password=TRAINING_WORD):
        return SignIn(Home.open(training_home), (BORDER, HEALTH), clock)(name, password)

    return enter


def test_killed_during_sign_in_the_officer_gets_in_at_the_next_try(fresh, enter):
    fresh()
    steps = 0
    for _ in each_kill(lambda: enter("officer").close()):
        steps += 1
        enter("officer").close()

    assert steps > 5
    with enter("auditor") as at_work:
        VerifyStore(at_work, [])()


def test_killed_while_a_leaver_is_disabled_the_store_opens_for_the_others_and_never_again_for_the_leaver(fresh, enter):
    home = fresh()
    with enter("admin") as at_work:
        old = at_work.data_key
    path = home.database("border.db")

    def disable():
        with enter("admin") as admin:
            assert DisableStaff(admin)("officer", "left").owed is None

    seen = set()
    for _ in each_kill(disable):
        enter("supervisor").close()
        enter("screener").close()
        gone = not enters(enter, "officer")
        with enter("admin") as admin:  # the change of key comes to its end here
            assert not admin.key_change_unfinished
            rekeyed = admin.data_key != old
            VerifyStore(admin, [])()
        assert rekeyed == gone
        assert opens(path, old) == (not gone)
        assert {len(slot.sealed_keys) for slot in KeyRing.load(home).slots("border")} == {1}
        assert not list(home.path.glob("*.rekey*"))
        assert not list(home.path.glob(".*.rekey*"))
        seen.add(gone)
        fresh()
        with enter("admin") as at_work:
            old = at_work.data_key
    assert seen == {True, False}


def test_killed_between_the_two_keys_an_officer_alone_can_end_the_change(fresh, enter):
    home = fresh()

    def disable():
        with enter("admin") as admin:
            DisableStaff(admin)("officer", "left")

    ended = 0
    for _ in each_kill(disable):
        two = any(len(slot.sealed_keys) == 2 for slot in KeyRing.load(home).slots("border"))
        with enter("supervisor") as at_work:
            if two and at_work.has_newest_key:
                assert not at_work.key_change_unfinished
                ended += 1
        enter("supervisor").close()
        fresh()
    assert ended > 0


def test_killed_while_a_person_is_added_the_next_try_adds(fresh, enter):
    fresh()

    def add():
        with enter("admin") as admin:
            AddStaff(admin)("ana", "Ana Banze", Role.OFFICER, "palavra de ana")

    for _ in each_kill(add, stride=2):
        with enter("admin") as admin:
            try:
                AddStaff(admin)("ana", "Ana Banze", Role.OFFICER, "palavra de ana")
            except UserExistsError:
                assert enters(enter, "ana", "palavra de ana")
        enter("ana", "palavra de ana").close()
        fresh()


def test_killed_while_a_password_changes_the_old_or_the_new_one_opens(fresh, enter):
    fresh()

    def change():
        with enter("officer") as officer:
            ChangePassword(officer)(TRAINING_WORD, "palavra nova")

    for _ in each_kill(change):
        assert enters(enter, "officer") != enters(enter, "officer", "palavra nova")
        fresh()


def test_killed_while_a_password_is_reset_the_administrator_can_do_it_again(fresh, enter):
    fresh()

    def reset():
        with enter("admin") as admin:
            ResetPassword(admin)("officer", "palavra nova")

    for _ in each_kill(reset, stride=3):
        reset()
        enter("officer", "palavra nova").close()
        fresh()


def test_killed_while_a_home_is_made_there_is_none_or_a_whole_one(tmp_path, clock):
    path = tmp_path / "home"
    asked = NewHome(path, "MZ-1", "1", admin_name="chefe", admin_password="uma palavra longa")
    made = []
    for _ in each_kill(lambda: CreateHome(SCHEMAS, clock)(asked)):
        made.append(path.exists())
        if path.exists():
            SignIn(Home.open(path), (BORDER,), clock)("chefe", "uma palavra longa").close()
            shutil.rmtree(path)
    SignIn(Home.open(path), (BORDER,), clock)("chefe", "uma palavra longa").close()
    assert made.count(False) > 5


def test_killed_during_a_restore_the_old_home_or_the_new_one_is_there_and_nothing_is_lost(
    fresh, enter, clock, tmp_path
):
    home = fresh()
    file = tmp_path / "F.bmis"
    with enter("admin") as admin:
        backup([("border", "border.db", admin.store)], file, clock())
    with enter("admin") as admin:
        AddStaff(admin)("ana", "Ana Banze", Role.OFFICER, "palavra de ana")  # after the backup
    shutil.copytree(home.path, tmp_path / "after")

    def restore():
        RestoreHome(Home.open(home.path), SCHEMAS, clock)(file, [Secret("border", "admin", TRAINING_WORD)])

    seen = set()
    for _ in each_kill(restore):
        with enter("auditor") as at_work:
            VerifyStore(at_work, [])()
        enter("screener").close()
        old = enters(enter, "ana", "palavra de ana")
        kept = list(home.path.glob("before-restore-*"))
        assert old or (kept[0] / "border.db").exists()
        assert not (home.path / "restore.json").exists()
        seen.add(old)
        shutil.rmtree(home.path)
        shutil.copytree(tmp_path / "after", home.path)
    assert seen == {True, False}


def enters(enter, name, password=TRAINING_WORD):
    try:
        enter(name, password).close()
    except WrongPasswordError:
        return False
    return True
