"""Keeping a home by command line: people, audit, backup, demonstration, self-test."""

import pytest

from tests.journeys.cli_robot import Terminal


def test_a_home_is_made_once_and_its_recovery_opens_the_audit(terminal, tmp_path, monkeypatch, capsys):
    live = Terminal(monkeypatch, capsys, tmp_path / "live").is_user("chefe", "uma palavra longa")

    made = live.types("init", "--post", "MZ.L.RSG", "--lane", "2", "--json", schema="init")
    again = live.types("init", "--post", "MZ.L.RSG", "--lane", "2", "--json", schema="error")

    assert made.code == 0
    assert made.json["training"] is False
    assert set(made.json["recovery"]) == {"border", "health"}
    assert (again.code, again.error) == (3, "BMIS-021")
    passphrase = "-".join(made.json["recovery"]["border"])
    monkeypatch.delenv("BMIS_USER")
    assert live.sets(BMIS_PASSPHRASE=passphrase).types("audit", "verify", "--json", schema="audit-verify").code == 0
    assert live.types("staff", "list", "--json", schema="error").error == "BMIS-008"
    health = "-".join(made.json["recovery"]["health"])
    assert live.sets(BMIS_PASSPHRASE=health).types("audit", "verify", "--json", schema="error").error == "BMIS-024"


def test_no_training_user_can_sign_in_to_a_live_home(terminal, tmp_path, monkeypatch, capsys):
    live = Terminal(monkeypatch, capsys, tmp_path / "live").is_user("chefe", "uma palavra longa")
    live.types("init", "--post", "MZ.L.RSG", "--lane", "2")

    answer = live.is_user("officer").types("staff", "list", "--json", schema="error")

    assert (answer.code, answer.error) == (3, "BMIS-024")


@pytest.mark.parametrize(
    ("words", "variables", "code"),
    [
        (["init", "--post", "XX", "--lane", "1", "--training"], {}, "BMIS-200"),
        (["init", "--post", "MZ.L.RSG", "--lane", "1"], {"BMIS_USER": "a", "BMIS_PASSWORD": "curta"}, "BMIS-036"),
        (["init", "--post", "MZ.L.RSG", "--lane", "1"], {}, "BMIS-008"),
    ],
)
def test_a_home_that_cannot_be_made_leaves_nothing(terminal, tmp_path, words, variables, code):
    answer = terminal.sets(**variables).types(*words, "--home", tmp_path / "new", "--json", schema="error")

    assert (answer.code, answer.error) == (3, code)
    assert not (tmp_path / "new").exists()


def test_people_come_and_go(terminal):
    admin = terminal.is_user("admin").sets(BMIS_NEW_PASSWORD="palavra9")

    added = admin.types("staff", "add", "Rosa", "--role", "officer", "--full-name", "Rosa Espécime", "--json",
                        schema="staff-add")  # fmt: skip
    assert (added.code, added.json["name"]) == (0, "rosa")
    assert admin.types("staff", "add", "rosa", "--role", "officer", "--json", schema="error").error == "BMIS-034"
    assert terminal.is_user("rosa", "palavra9").types("crossing", "search", "--name", "X").code == 1
    gone = terminal.is_user("admin").types(
        "staff", "disable", "rosa", "--reason", "saiu", "--json", schema="staff-disable"
    )
    assert gone.code == 0
    listed = admin.types("staff", "list", "--json", schema="staff-list").json
    assert {one["name"]: one["enabled"] for one in listed}["rosa"] is False
    assert terminal.is_user("rosa", "palavra9").types("crossing", "search", "--name", "X").code == 3


def test_an_anchor_that_was_printed_proves_later(terminal):
    anchor = (
        terminal.is_user("officer").types("audit", "checkpoint", "--json", schema="audit-checkpoint").json["anchor"]
    )

    auditor = terminal.is_user("auditor")
    right = auditor.types("audit", "verify", "--anchor", anchor, "--json", schema="audit-verify")
    of_another_log = anchor[: -len("0" * 64)] + "0" * 64
    wrong = auditor.types("audit", "verify", "--anchor", of_another_log, "--json", schema="error")
    mistyped = auditor.types("audit", "verify", "--anchor", anchor[:-1] + "z", "--json", schema="error")

    assert (right.code, right.json["anchors"]) == (0, 1)
    assert (wrong.code, wrong.error) == (3, "BMIS-031")
    assert (mistyped.code, mistyped.error) == (3, "BMIS-298")


def test_a_backup_goes_back_in_place(terminal, tmp_path):
    admin = terminal.is_user("admin").sets(BMIS_HEALTH_PASSPHRASE="treino")

    copy = tmp_path / "copy.bmis"
    kept = admin.types("db", "backup", copy, "--json", schema="db-backup")
    twice = admin.types("db", "backup", copy, "--json", schema="error")
    back = admin.types("db", "restore", copy, "--json", schema="db-restore")

    assert kept.code == 0
    assert [one["service"] for one in kept.json["databases"]] == ["border", "health"]
    assert twice.error == "BMIS-033"
    assert (back.code, back.json["restored"]) == (0, ["border", "health"])
    assert admin.types("db", "verify", "--json", schema="db-verify").code == 0
    assert admin.types("db", "migrate", "--json", schema="db-migrate").code == 0


def test_the_same_seed_invents_the_same_people(terminal):
    admin = terminal.is_user("admin")
    words = ("demo", "data", "--days", "3", "--travellers-per-day", "20", "--seed", "7")

    made = admin.types(*words, "--now", "2026-11-22T06:00:00+02:00", "--json", schema="demo-data")

    assert made.code == 0
    assert (made.json["from"], made.json["to"]) == ("2026-11-19", "2026-11-21")
    assert made.json["crossings"] >= 60
    assert admin.types("audit", "verify", "--json", schema="audit-verify").code == 0
    assert terminal.is_user("officer").types(*words, "--json", schema="error").error == "BMIS-010"


def test_every_part_is_tried_and_absent_hardware_is_no_failure(officer, monkeypatch):
    monkeypatch.setattr("ui.self_test.list_cameras", list)
    monkeypatch.setattr("ui.self_test.shutil.which", lambda _: None)

    answer = officer.types("selftest", "--json", schema="selftest")

    parts = {part["name"]: part["status"] for part in answer.json["parts"]}
    assert set(parts) == {"store", "cameras", "recogniser", "printers", "readers", "clock", "disk"}
    assert (parts["store"], parts["cameras"], parts["printers"], parts["disk"]) == ("ok", "absent", "absent", "ok")
    assert answer.code == (3 if "fail" in parts.values() else 0)


def test_a_camera_that_gives_no_picture_fails_and_the_other_parts_are_still_tried(officer, monkeypatch):
    from bmis.capture.sources import CameraName

    monkeypatch.setattr("ui.self_test.list_cameras", lambda: [CameraName(97, "none")])

    answer = officer.types("selftest", "--json", schema="selftest")

    parts = {part["name"]: part for part in answer.json["parts"]}
    assert parts["cameras"]["status"] == "fail"
    assert parts["cameras"]["words"].startswith("BMIS-140 ")
    assert parts["disk"]["status"] == "ok"
    assert answer.code == 3


def test_files_are_read_in_the_order_given(terminal, tmp_path):
    from bmis.kernel.resources import resource

    text = tmp_path / "note.txt"
    text.write_text("not a picture")
    passport = resource("training", "specimens", "td3-passport.png")

    answer = terminal.types("mrz", "read", text, passport, tmp_path / "none.png", "--json", schema="mrz-read")

    assert answer.code == 3
    assert [one["file"] for one in answer.json] == [str(text), str(passport), str(tmp_path / "none.png")]
    assert [one["found"] for one in answer.json] == [False, True, False]
    assert [one["error"] and one["error"]["code"] for one in answer.json] == ["BMIS-151", None, "BMIS-150"]


def test_health_people_never_reach_the_crossings(terminal):
    screener = terminal.is_user("screener")

    for words in (
        ("crossing", "search", "--name", "MACHAVA"),
        ("crossing", "show", "0199a1b2-0000-7000-8000-000000000001"),
        ("demo", "data", "--days", "1", "--travellers-per-day", "1", "--seed", "1"),
        ("db", "verify"),
        ("audit", "verify"),
    ):
        answer = screener.types(*words, "--json", schema="error")
        assert (answer.code, answer.error) == (3, "BMIS-010"), words
    supervisor = terminal.is_user("health-supervisor")
    assert supervisor.types("audit", "verify", "--json", schema="audit-verify").code == 0
    assert supervisor.types("db", "verify", "--json", schema="db-verify").code == 0


def test_the_passphrase_opens_the_store_though_a_person_without_the_right_is_named(terminal):
    terminal.is_user("officer").sets(BMIS_PASSPHRASE="treino")

    answer = terminal.types("audit", "verify", "--json", schema="audit-verify")

    assert answer.code == 0
