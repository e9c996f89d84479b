"""Signing in: who gets in, who waits, what the audit says of it."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bmis.kernel.actor import Role, Service
from bmis.staff.create_home import TRAINING_WORD
from bmis.staff.disable_staff import DisableStaff
from bmis.staff.errors import LockedOutError, ReasonMissingError, ReleaseRefusedError
from bmis.staff.lockout import STRANGERS
from bmis.staff.policy import lockout_rule
from bmis.staff.sign_in import OpenRecovery, ReleaseLockout, SignIn
from bmis.store.border import BORDER
from bmis.store.errors import HomeInUseError, StoreClosedError, WrongPasswordError
from bmis.store.home import Home
from poe_health.store.health import HEALTH


class Watch:
    """A clock that the test moves."""

    def __init__(self):
        self.at = datetime(2026, 3, 14, 8, 0, tzinfo=UTC)

    def __call__(self):
        return self.at

    def moves(self, **by):
        self.at += timedelta(**by)


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def door(training_home, watch):
    return SignIn(Home.open(training_home), (BORDER, HEALTH), watch)


def fails(door, name="officer", times=1):
    for _ in range(times):
        with pytest.raises(WrongPasswordError):
            door(name, "wrong-word")


def waits(door, name="officer", password=TRAINING_WORD):
    with pytest.raises(LockedOutError) as told:
        door(name, password)
    return told.value.facts["seconds"]


def gets_in(door, name="officer"):
    door(name, TRAINING_WORD).close()


def rows(session, columns):
    with session.store.read() as unit:
        return unit.connection.execute(text(f"SELECT {columns} FROM sign_in_event ORDER BY seq")).all()


def audited(session):
    with session.store.read() as unit:
        return (
            unit.connection.execute(text("SELECT kind FROM audit WHERE kind LIKE 'staff.sign%' ORDER BY seq"))
            .scalars()
            .all()
        )


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_the_store_of_its_own_service(door, role):
    with door(f" {role.value.upper()} ", TRAINING_WORD) as at_work:
        assert at_work.actor.role is role
        border = role in {Role.OFFICER, Role.SUPERVISOR, Role.PASS_OFFICER, Role.PROTECTION, Role.ADMIN, Role.AUDITOR}
        assert at_work.service is (Service.BORDER if border else Service.HEALTH)


def test_the_audit_says_who_came_and_went(door):
    gets_in(door)
    with door("supervisor", TRAINING_WORD) as at_work:
        assert audited(at_work) == ["staff.signed_in", "staff.signed_out", "staff.signed_in"]


def test_after_signing_out_nothing_opens_any_more(door):
    at_work = door("officer", TRAINING_WORD)
    write = at_work.store.write
    at_work.close()
    at_work.close()

    with pytest.raises(StoreClosedError):
        write()
    with pytest.raises(StoreClosedError):
        _ = at_work.data_key


def test_an_unknown_name_and_a_wrong_password_are_not_told_apart(door, watch):
    said = []
    for name in ("officer", "nobody", "@recovery", "", "a b", "\udcff" * 90):
        for _ in range(3):
            with pytest.raises(WrongPasswordError) as told:
                door(name, "wrong-word")
        said.append((told.value.code, told.value.facts, waits(door, name)))
    watch.moves(seconds=30)
    for name in ("officer", "nobody"):
        with pytest.raises(WrongPasswordError):
            door(name, "wrong-word")
        said.append((waits(door, name), None, None))

    assert said[0] == said[1] == said[2] == said[3] == said[4] == said[5]
    assert said[6] == said[7] == (60, None, None)


def test_the_recovery_slot_is_no_user(door):
    with pytest.raises(WrongPasswordError):
        door("@recovery", TRAINING_WORD)


def test_the_wait_begins_with_the_third_failure_and_doubles_to_fifteen_minutes(door, watch):
    fails(door, times=3)
    seen = [waits(door)]
    for _ in range(6):
        watch.moves(seconds=seen[-1])
        fails(door)
        seen.append(waits(door))

    assert seen == [30, 60, 120, 240, 480, 900, 900]
    watch.moves(seconds=900)
    gets_in(door)
    fails(door, times=2)
    gets_in(door)  # the count began again


def test_waiting_is_not_counted_as_trying(door, watch):
    fails(door, times=3)
    for _ in range(5):
        waits(door)
    watch.moves(seconds=29)
    assert waits(door) == 1
    watch.moves(seconds=1)
    gets_in(door)


def test_the_wait_survives_a_restart_and_is_each_persons_own(door, watch):
    fails(door, times=3)

    assert waits(replace(door)) == 30
    gets_in(door, "supervisor")


def test_setting_the_clock_back_neither_shortens_the_wait_nor_makes_it_endless(door, watch):
    fails(door, times=3)
    watch.moves(hours=-5)
    assert waits(door) == 30
    watch.moves(seconds=20)
    assert waits(door) == 10
    watch.moves(seconds=10)
    gets_in(door)


def test_failures_are_written_at_the_next_entry_by_service_and_without_what_was_typed(door, watch, training_home):
    fails(door, "officer", 2)
    watch.moves(seconds=5)
    fails(door, "my-secret-in-the-wrong-field", 1)
    fails(door, "screener", 1)
    with door("supervisor", TRAINING_WORD) as at_work:
        border = rows(at_work, "kind, name, count")
        first, last = rows(at_work, "first_at, last_at")[0]
    with door("clinician", TRAINING_WORD) as at_work:
        health = rows(at_work, "kind, name, count")

    assert border == [("failures", "officer", 2), ("failures", "", 1), ("signed_in", "supervisor", 1)]
    assert first == last
    assert health == [("failures", "screener", 1), ("signed_in", "clinician", 1)]
    assert b"my-secret" not in (training_home / "signin.json").read_bytes()
    with door("supervisor", TRAINING_WORD) as at_work:
        assert len(rows(at_work, "kind")) == 5  # told once


def test_a_thousand_invented_names_do_not_lift_the_wait_of_a_real_one(door, watch, training_home, monkeypatch):
    monkeypatch.setattr("bmis.store.keys._stretch", lambda *_: b"\0" * 32)  # a thousand times 0.2 s is too long here
    fails(door, times=3)
    for number in range(STRANGERS + 50):
        watch.moves(milliseconds=1)
        fails(door, f"stranger{number}")

    assert waits(door) == 30
    assert len(json.loads((training_home / "signin.json").read_text())["tries"]) == STRANGERS + 2  # and the last typed


@pytest.mark.parametrize("spoilt", ["", "[]", '{"tries": 1}', '{"tries": {"a": {}}}', "\x00"])
def test_a_spoilt_counter_file_does_not_shut_the_post(door, training_home, spoilt):
    (training_home / "signin.json").write_text(spoilt)

    gets_in(door)


def test_a_person_who_left_is_answered_like_a_stranger(door):
    with door("admin", TRAINING_WORD) as at_work:
        DisableStaff(at_work)("officer", "moved away")

    with pytest.raises(WrongPasswordError):
        door("officer", TRAINING_WORD)


def test_the_last_officer_of_a_post_is_released_once_with_a_reason(door, watch, training_home):
    release = ReleaseLockout(Home.open(training_home), watch)
    with door("admin", TRAINING_WORD) as at_work:
        DisableStaff(at_work)("supervisor", "moved away")
    with pytest.raises(ReleaseRefusedError):
        release("officer", "no wait runs")
    fails(door, times=3)
    with pytest.raises(ReasonMissingError):
        release("officer", "  ")

    release("officer", "queue of coaches, nobody else here")
    fails(door)
    assert waits(door) == 60
    with pytest.raises(ReleaseRefusedError):
        release("officer", "again")
    watch.moves(seconds=60)
    with door("officer", TRAINING_WORD) as at_work:
        told = rows(at_work, "kind, name, count, reason")
    assert ("lockout_released", "officer", 4, "queue of coaches, nobody else here") in told
    fails(door, times=3)
    release("officer", "a new day")  # the success made it possible again


def test_no_release_while_somebody_else_can_work(door, watch, training_home):
    release = ReleaseLockout(Home.open(training_home), watch)
    fails(door, times=3)
    for name in ("officer", "nobody", "admin", "@recovery"):
        with pytest.raises(ReleaseRefusedError):
            release(name, "please")

    fails(door, "supervisor", times=3)
    release("officer", "both wait")
    gets_in(door)


def test_recovery_opens_only_its_own_store_and_cannot_sign(door, watch, training_home):
    opens = OpenRecovery(Home.open(training_home), watch)
    with opens(BORDER, TRAINING_WORD) as recovery:
        assert recovery.by == "@recovery"
        assert rows(recovery, "kind")[-1] == ("recovery_opened",)
    for _ in range(3):
        with pytest.raises(WrongPasswordError):
            opens(BORDER, "wrong-word")
    with pytest.raises(LockedOutError):
        opens(BORDER, TRAINING_WORD)
    opens(HEALTH, TRAINING_WORD).close()


def test_nobody_gets_in_while_the_home_is_held_alone(door, training_home):
    with Home.open(training_home).held("use", alone=True), pytest.raises(HomeInUseError):
        door("officer", TRAINING_WORD)
    gets_in(door)


def test_a_spoilt_home_file_is_not_counted_against_the_person(door, training_home):
    kept = (training_home / "border.db").read_bytes()
    (training_home / "border.db").write_bytes(b"\0" * 9000)
    for _ in range(4):
        with pytest.raises(Exception) as told:
            door("officer", TRAINING_WORD)
        assert told.value.code == "BMIS-025"
    for beside in training_home.glob("border.db-*"):
        beside.unlink()
    (training_home / "border.db").write_bytes(kept)

    gets_in(door)


def test_the_rule_of_the_day_holds_also_before_the_first_one():
    rule = lockout_rule(datetime(1999, 1, 1).date())

    assert [rule.wait_after(n).total_seconds() for n in (0, 2, 3, 4, 8, 10_000)] == [0, 0, 30, 60, 900, 900]
