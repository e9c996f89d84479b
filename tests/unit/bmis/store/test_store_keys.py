"""Key slots: what a doctored keys.json gains, and what each secret opens."""

import base64
import json

import pytest

from bmis.kernel.actor import Role, Service
from bmis.staff.create_home import TRAINING_WORD
from bmis.staff.rekey import give_new_key
from bmis.store.engine import open_engine
from bmis.store.errors import (
    HomeDamagedError,
    PasswordTooShortError,
    StoreDamagedError,
    UserExistsError,
    WrongPasswordError,
)
from bmis.store.home import Home
from bmis.store.keys import RECOVERY, KeyRing, new_recovery_parts
from bmis.store.unit import schema_of


@pytest.fixture
def home(training_home):
    return Home.open(training_home)


@pytest.fixture
def doctor(home):
    def doctor(change):
        said = json.loads(home.keys_path.read_text())
        slots = {(slot["service"], slot["user"]): slot for slot in said["slots"]}
        said["slots"] = change(slots) or list(slots.values())
        home.keys_path.write_text(json.dumps(said))

    return doctor


def test_the_right_password_opens_and_a_wrong_one_does_not(home):
    ring = KeyRing.load(home)

    assert len(ring.open("border", "officer", TRAINING_WORD).data_keys) == 1
    for user, password in (("officer", "treinO"), ("officer", ""), ("nobody", TRAINING_WORD), ("screener", "treino")):
        with pytest.raises(WrongPasswordError):
            ring.open("border", user, password)


def test_a_slot_moved_to_another_name_opens_nothing(home, doctor):
    def swap(slots):
        a, b = slots["border", "officer"], slots["border", "admin"]
        a["user"], b["user"] = "admin", "officer"

    doctor(swap)

    for user in ("officer", "admin"):
        with pytest.raises(WrongPasswordError):
            KeyRing.load(home).open("border", user, TRAINING_WORD)


def test_a_slot_with_another_role_opens_nothing(home, doctor):
    doctor(lambda slots: slots["border", "officer"].update(role="admin"))

    with pytest.raises(WrongPasswordError):
        KeyRing.load(home).open("border", "officer", TRAINING_WORD)


def test_a_slot_moved_to_the_other_database_opens_nothing(home, doctor):
    doctor(lambda slots: slots["border", "officer"].update(service="health"))

    with pytest.raises(WrongPasswordError):
        KeyRing.load(home).open("health", "officer", TRAINING_WORD)


def test_a_sealed_key_of_somebody_else_is_seen(home, doctor):
    doctor(lambda slots: slots["border", "officer"].update(sealed_keys=slots["border", "admin"]["sealed_keys"]))

    with pytest.raises(HomeDamagedError):
        KeyRing.load(home).open("border", "officer", TRAINING_WORD)


@pytest.mark.parametrize(
    "change",
    [
        {"wrapped": ""},
        {"wrapped": "not base64!"},
        {"agreement": base64.b64encode(b"short").decode()},
        {"argon2id": {"salt": "", "memory_kib": 65536, "t": 3, "p": 4}},
        {"argon2id": {"salt": "A" * 22 + "==", "memory_kib": 1 << 30, "t": 3, "p": 4}},
        {"argon2id": {"salt": "A" * 22 + "==", "memory_kib": 8, "t": 3, "p": 4}},
        {"argon2id": None},
        {"sealed_keys": 7},
    ],
)
def test_a_malformed_slot_is_a_damaged_home_and_never_a_hang(home, doctor, change):
    doctor(lambda slots: slots["border", "officer"].update(change))

    with pytest.raises(HomeDamagedError):
        KeyRing.load(home)


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"slots": {}}x', "[" * 100_000, '{"slots": [1]}'])
def test_a_file_that_is_no_key_ring_is_a_damaged_home(home, text):
    home.keys_path.write_text(text)

    with pytest.raises(HomeDamagedError):
        KeyRing.load(home)


def test_slots_slipped_into_the_file_get_no_key_when_it_changes(home, signed_in):
    admin = signed_in(Role.ADMIN)
    ring = KeyRing.load(home)
    ring.add("border", "intruder", "admin", "intruder-password", admin.data_key)
    ring.drop("border", RECOVERY)
    ring.add("border", RECOVERY, None, "intruder-passphrase", admin.data_key)
    ring.drop("border", "auditor")
    ring.add("border", "auditor", "auditor", "intruder-password", admin.data_key)
    ring.save()

    give_new_key(admin)

    left = KeyRing.load(home)
    assert {slot.user for slot in left.slots("border")} == {
        "admin",
        "officer",
        "supervisor",
        "pass-officer",
        "protection",
    }
    assert left.find("border", "auditor") is None
    assert len(left.slots("health")) == 5


def test_every_secret_of_one_side_fails_on_the_file_of_the_other(home):
    ring = KeyRing.load(home)
    files = {"border": home.database("border.db"), "health": home.database("health.db")}
    tried = 0
    for service, other in (("border", "health"), ("health", "border")):
        for slot in ring.slots(service):
            opened = ring.open(service, slot.user, TRAINING_WORD)
            if slot.user != RECOVERY:  # its training word is that of both sides
                with pytest.raises(WrongPasswordError):
                    ring.open(other, slot.user, TRAINING_WORD)
            for key in opened.data_keys:
                with pytest.raises(StoreDamagedError):
                    schema_of(open_engine(files[other], key))
                tried += 1
    assert tried == len(Role) + len(Service)


def test_a_short_password_and_a_name_taken_are_refused(home):
    ring = KeyRing.load(home)

    with pytest.raises(PasswordTooShortError):
        ring.add("border", "ana", "officer", "short", b"k" * 32)
    with pytest.raises(UserExistsError):
        ring.add("health", "officer", "screener", "long enough", b"k" * 32)


def test_a_password_typed_with_another_keyboard_is_the_same(home):
    ring = KeyRing.load(home)
    ring.add("border", "ana", "officer", "cora\u00e7\u00e3o-forte", b"k" * 32)

    assert ring.open("border", "ana", "corac\u0327a\u0303o-forte").data_keys == (b"k" * 32,)
    with pytest.raises(WrongPasswordError):
        ring.open("border", "ana", "coracao-forte\udcff")


def test_recovery_halves_differ_each_time_and_have_no_doubtful_character():
    halves = {half for _ in range(50) for half in new_recovery_parts()}

    assert len(halves) == 100
    assert not set("".join(halves)) & set("01OI")


def test_keys_do_not_show_when_they_are_printed(home):
    opened = KeyRing.load(home).open("border", "officer", TRAINING_WORD)

    assert opened.data_keys[0].hex() not in repr(opened)
    assert str(opened.data_keys[0]) not in repr(opened)
