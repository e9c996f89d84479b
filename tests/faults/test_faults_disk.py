"""Disks that are full, cannot be written or are damaged; a second process; a stolen laptop."""

import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

import pytest

from bmis.kernel.actor import Role
from bmis.staff.change_staff import AddStaff
from bmis.staff.create_home import TRAINING_WORD
from bmis.staff.disable_staff import DisableStaff
from bmis.staff.shifts import OpenShift
from bmis.staff.sign_in import SignIn
from bmis.store.border import BORDER
from bmis.store.errors import (
    HomeDamagedError,
    HomeExistsError,
    HomeInUseError,
    HomeMissingError,
    StoreDamagedError,
    StoreFullError,
    StoreInputOutputError,
    StoreReadOnlyError,
)
from bmis.store.home import Home
from bmis.store.unit import Store

unix = pytest.mark.skipif(sys.platform == "win32", reason="fork, limits and users are of Unix")


def in_a_child(action):
    """Return the code of the error that the action raises in a process of its own ("" for none)."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            action()
            said = ""
        except Exception as error:
            said = getattr(error, "code", None) or traceback.format_exc()
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        said = answer.read()
    assert os.waitpid(child, 0)[1] == 0
    return said


def no_room_for_files(limit):
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


@unix
def test_with_no_room_at_all_the_sign_in_says_that_the_disk_is_full(training_home, clock, signed_in):
    door = SignIn(Home.open(training_home), (BORDER,), clock)

    def try_it():
        no_room_for_files(100)
        door("officer", TRAINING_WORD)

    assert in_a_child(try_it) == StoreFullError.code
    signed_in(Role.OFFICER)
    assert not list(training_home.glob(".signin*"))


@unix
def test_with_no_room_for_the_store_the_writing_fails_whole(training_home, signed_in):
    officer = signed_in(Role.OFFICER)
    officer.store.engine.dispose()

    def try_it():
        no_room_for_files(64)
        OpenShift(officer.home, officer.store.write, officer.now)(officer.actor)

    assert in_a_child(try_it) in {StoreFullError.code, StoreInputOutputError.code}
    OpenShift(officer.home, officer.store.write, officer.now)(officer.actor)


@unix
def test_with_no_room_for_the_rekeyed_copy_the_leaver_is_out_and_the_old_key_stays(signed_in, training_home):
    admin = signed_in(Role.ADMIN)
    admin.store.engine.dispose()
    size = (training_home / "border.db").stat().st_size

    def try_it():
        no_room_for_files(size // 2)
        assert DisableStaff(admin)("officer", "left").owed in {StoreFullError.code, StoreInputOutputError.code}

    assert in_a_child(try_it) == ""
    admin.close()
    signed_in(Role.SUPERVISOR).close()
    assert not list(training_home.glob(".*.rekey*"))


@unix
def test_a_home_that_cannot_be_written_says_so(training_home, clock, signed_in):
    with signed_in(Role.OFFICER) as officer:
        key = officer.data_key
    folder = Path(tempfile.mkdtemp())  # a place that another user can reach
    home = Home.open(Path(shutil.copytree(training_home, folder / "home")))
    folder.chmod(0o755)
    for path in home.path.iterdir():
        path.chmod(0o444)
    home.path.chmod(0o555)

    def as_nobody(action):
        def run():
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            action()

        return in_a_child(run)

    def write():
        with Store.open(home, BORDER, (key,), clock, "x", None).write() as unit:
            unit.connection.exec_driver_sql("DELETE FROM outbox")
            unit.commit()

    try:
        assert as_nobody(write) == StoreReadOnlyError.code
        assert as_nobody(lambda: SignIn(home, (BORDER,), clock)("officer", TRAINING_WORD)) == StoreReadOnlyError.code
        wanted = StoreReadOnlyError.code
        assert as_nobody(lambda: Home.create(home.path / "a", post_code="x", lane="1", training=True)) == wanted
    finally:
        home.path.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.parametrize("damage", ["cut", "zeroed", "head", "absent"])
def test_a_damaged_store_is_told_and_never_made_anew(training_home, signed_in, damage):
    path = training_home / "border.db"
    whole = path.read_bytes()
    if damage == "absent":
        path.unlink()
    else:
        path.write_bytes({"cut": whole[:1000], "zeroed": b"\0" * len(whole), "head": b"\0" * 16 + whole[16:]}[damage])

    with pytest.raises(StoreDamagedError):
        signed_in(Role.OFFICER)

    assert path.exists() == (damage != "absent")
    signed_in(Role.SCREENER)  # health works on


def test_a_folder_that_is_no_home(tmp_path, training_home):
    with pytest.raises(HomeMissingError):
        Home.open(tmp_path / "nowhere")
    for text in ("", "{}", "[]", '{"format": 99}', "[" * 100_000, "\udcff"):
        (training_home / "home.json").write_bytes(text.encode("utf-8", "surrogateescape"))
        with pytest.raises(HomeDamagedError):
            Home.open(training_home)
    with pytest.raises(HomeExistsError):
        Home.create(training_home, post_code="x", lane="1", training=True)


def test_a_second_desktop_on_one_home_is_refused_and_commands_work_beside_it(training_home):
    said = "from pathlib import Path; from bmis.store.home import Home\n"
    said += f"with Home.open(Path({str(training_home)!r})).held(*WHAT): print('held')"

    def second(what):
        command = [sys.executable, "-c", said.replace("*WHAT", what)]
        return subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2])

    home = Home.open(training_home)
    with home.held("desktop", alone=True), home.held("use", alone=False):
        assert HomeInUseError.__name__ in second("'desktop', alone=True").stderr
        assert second("'use', alone=False").stdout == "held\n"
        assert HomeInUseError.__name__ in second("'use', alone=True").stderr
    assert second("'desktop', alone=True").stdout == "held\n"


@unix
def test_a_lock_dies_with_its_process(training_home):
    home = Home.open(training_home)

    def die_holding():
        home.held("use", alone=True).__enter__()
        os._exit(0)

    assert in_a_child(die_holding) == ""
    with home.held("use", alone=True):
        pass


def test_on_a_stolen_laptop_no_name_is_found_in_any_file(training_home, signed_in, clock):
    names = ("Graciela Xirinda", "Xirinda")
    with signed_in(Role.ADMIN) as admin:
        AddStaff(admin)("gx", names[0], Role.OFFICER, "palavra longa")
        OpenShift(admin.home, admin.store.write, clock)(graciela(training_home, clock))
        found_open = files_with(training_home, names)
    assert found_open == files_with(training_home, names) == []
    assert files_with(training_home, ("officer",)) == ["keys.json"]  # the search itself finds what is there


def files_with(home, names):
    needles = [name.encode(coding) for name in names for coding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1")]
    return sorted(
        path.name
        for path in home.rglob("*")
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    )


def graciela(home, clock):
    with SignIn(Home.open(home), (BORDER,), clock)("gx", "palavra longa") as at_work:
        return at_work.actor
