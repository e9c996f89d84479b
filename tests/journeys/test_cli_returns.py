"""What posts report by hand: kept once, corrected by name, missing ones named, damaged ones refused."""

import json

import pytest

from ui.compose import open_home, verify_store

NOW = "2026-11-22T08:00:00"
DAY = "2026-11-21"


@pytest.fixture
def desk(terminal):
    return terminal.is_user("supervisor")


def report(post="MZ.L.RSG", kind="inspection", figures=None, day=DAY, **more):
    one = {"kind": kind, "figures": figures or {"inspections": 12, "foreigners_checked": 340}}
    return json.dumps(
        {"post": post, "day": day, "sender": "j-machava", "sent_at": "2026-11-22T06:30", "returns": [one | more]}
    )


def sends(desk, text):
    return desk.types("report", "return", "-", "--json", "--now", NOW, stdin=text, schema="report-return")


def lists(desk, first=DAY, last=DAY):
    return desk.types(
        "report", "returns", "--from", first, "--to", last, "--json", "--now", NOW, schema="report-returns"
    )


def test_a_return_is_kept_once_corrected_by_name_and_the_store_proves_it(desk, tmp_path):
    first = sends(desk, report()).json
    assert first[0]["reference"] == "MZ.L.RSG/2026-11-21/inspection/1"
    assert (first[0]["by"], first[0]["sender"], first[0]["known"]) == ("supervisor", "J-MACHAVA", False)
    assert sends(desk, report()).json[0]["known"] is True
    assert sends(desk, report(figures={"inspections": 13})).error == "BMIS-723"
    assert sends(desk, report(figures={"inspections": 13}, amends=first[0]["reference"][:-1] + "7")).error == "BMIS-724"
    second = sends(desk, report(figures={"inspections": 13}, amends=first[0]["reference"])).json
    assert second[0]["revision"] == 2
    assert sends(desk, report(figures={"inspections": 14}, amends=first[0]["reference"])).error == "BMIS-724"
    found = lists(desk).json
    assert [one["revision"] for one in found["received"]] == [1, 2]
    with open_home(desk.home).recovery("treino") as recovery:
        assert verify_store(recovery)().records > 0


def test_who_is_missing_is_named_and_who_owes_is_told(desk):
    sends(desk, report())
    before = lists(desk)
    assert before.code == 1
    assert {one["kind"] for one in before.json["missing"]} == {
        "lost_passports",
        "services",
        "deportees",
        "repatriations",
    }
    words = ("--from", DAY, "--reason", "no link", "--json", "--now", NOW)
    desk.types("report", "expect", "MZ.B.ESP", "--kind", "crossings", *words, schema="report-expect")
    desk.types("report", "expect", "MZ.L.RSG", "--kind", "inspection", *words, schema="report-expect")
    assert lists(desk).json["missing"] == [{"post": "MZ.B.ESP", "kind": "crossings", "day": DAY}]
    sends(desk, report("MZ.B.ESP", "crossings", {"entries_nationals": 0}))
    assert lists(desk).code == 0


def test_the_message_of_a_post_says_the_same_as_its_file_and_a_correction_comes_by_message_too(desk, tmp_path):
    file = tmp_path / "day.json"
    file.write_text(report(), "utf-8")
    told = desk.types("report", "message", file, "--json", schema="report-message").json
    assert told[0]["length"] == len(told[0]["message"]) <= 160
    kept = desk.types(
        "report", "return", "--message", told[0]["message"], "--json", "--now", NOW, schema="report-return"
    ).json
    assert sends(desk, report()).json[0] == kept[0] | {"known": True}
    file.write_text(report(figures={"inspections": 13}, amends=kept[0]["reference"]), "utf-8")
    told = desk.types("report", "message", file, "--json", schema="report-message").json
    kept = desk.types(
        "report", "return", "--message", told[0]["message"], "--json", "--now", NOW, schema="report-return"
    )
    assert kept.json[0]["revision"] == 2
    typed = f" {told[0]['message'].lower()}\n"  # as a telephone or a hand gives it
    assert desk.types("report", "return", "--message", typed, "--json", "--now", NOW).json[0]["known"]
    wrong = told[0]["message"].replace("A13", "A31")
    assert desk.types("report", "return", "--message", wrong, "--json", "--now", NOW).error == "BMIS-812"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (report(kind="weather"), "BMIS-720"),
        (report(figures={"hens": 1}), "BMIS-721"),
        (report("MZ.L.QQQ"), "BMIS-721"),
        (report(figures={"foreigners_checked": 3, "regular": 4}), "BMIS-722"),
        (report(day="2026-11-23"), "BMIS-727"),
        (report(figures={"inspections": "many"}), "BMIS-007"),
        (report(day="21/11/2026"), "BMIS-007"),
        ("{", "BMIS-006"),
    ],
)
def test_what_will_not_do_is_refused_and_nothing_is_kept(desk, text, error):
    assert sends(desk, text).error == error
    assert lists(desk).json["received"] == []


def test_of_several_returns_in_a_file_all_are_kept_or_none(desk):
    both = json.loads(report())
    both["returns"].append({"kind": "services", "figures": {"visas": 1}, "amends": "MZ.L.RSG/2026-11-21/services/1"})
    assert sends(desk, json.dumps(both)).error == "BMIS-724"
    assert lists(desk).json["received"] == []


def test_an_officer_keeps_no_returns_and_one_of_two_ways_is_needed(terminal):
    assert sends(terminal.is_user("officer"), report()).error == "BMIS-010"
    desk = terminal.is_user("supervisor")
    assert desk.types("report", "return", "--json").error == "BMIS-737"
    assert desk.types("report", "return", "x", "--message", "y", "--json").error == "BMIS-737"
