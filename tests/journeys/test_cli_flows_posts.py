"""How posts work and what they have, with dates: not counted is not nought, not said is not open."""

import csv
import json

import pytest

POST = "MZ.L.RSG"
CLOSED = {
    "post": POST,
    "status": "partially_operational",
    "from": "2026-11-10",
    "to": "2026-11-15",
    "restrictions": ["reduced_hours", "cargo_only"],
    "populations": ["cross_border_traders"],
    "health_impact": ["unofficial_crossings"],
    "source": "Ordem de serviço espécime",
}
POWER = {
    "post": POST,
    "item": "generator",
    "state": "not_working",
    "seen_on": "2026-11-10",
    "quantity": 2,
    "working": 0,
}


@pytest.fixture
def keeper(terminal):
    return terminal.is_user("supervisor")


def send(keeper, words, *said, schema, code=0, more=()):
    answer = keeper.types("flows", *words, "-", *more, "--json", stdin=json.dumps(said), schema=schema)
    assert answer.code == code, answer.err
    return answer


def statuses(keeper, *more):
    return keeper.types("flows", "status", "list", *more, "--json", schema="flows-statuses").json["statuses"]


def items(keeper, *more):
    return keeper.types("flows", "posts", "list", *more, "--json", schema="flows-post-items").json["items"]


def test_the_status_of_a_day_is_the_one_that_covers_it(keeper, tmp_path):
    normal = {"post": POST, "status": "fully_operational", "from": "2026-01-01"}
    send(keeper, ("status", "set"), CLOSED, normal, schema="flows-statuses")
    assert [one["status"] for one in statuses(keeper, "--on", "2026-11-12")] == ["partially_operational"]
    assert [one["status"] for one in statuses(keeper, "--on", "2026-11-16")] == ["fully_operational"]
    assert statuses(keeper, "--on", "2025-12-31") == []
    assert len(statuses(keeper, "--history", "--csv", tmp_path / "s.csv")) == 2
    with (tmp_path / "s.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["restrictions"] for row in rows] == ["reduced_hours cargo_only", ""]
    shown = keeper.types("flows", "status", "list", "--on", "2026-11-12").out
    assert "parcialmente operacional" in shown
    assert "mais travessias não oficiais" in shown


def test_what_a_post_has_is_what_was_last_seen_of_it(keeper, tmp_path):
    later = {**POWER, "state": "partly", "seen_on": "2026-11-18", "working": 1}
    radio = {"post": POST, "item": "radio", "state": "working", "seen_on": "2026-11-01"}
    send(keeper, ("posts", "record"), later, POWER, radio, schema="flows-post-items")
    now = {one["item"]: one for one in items(keeper, "--csv", tmp_path / "i.csv")}
    assert (now["generator"]["state"], now["generator"]["working"], now["generator"]["area"]) == ("partly", 1, "power")
    assert now["radio"]["quantity"] is None
    assert {one["state"] for one in items(keeper, "--on", "2026-11-11", "--post", POST)} == {"not_working", "working"}
    assert len(items(keeper, "--history")) == 3
    with (tmp_path / "i.csv").open(encoding="utf-8", newline="") as file:
        assert {row["item"]: row["quantity"] for row in csv.DictReader(file)} == {"generator": "2", "radio": ""}
    shown = keeper.types("flows", "posts", "list").out
    assert "1 de 2" in shown
    assert "não contado" in shown


def test_a_statement_is_corrected_and_taken_back_and_the_store_proves(keeper):
    record = send(keeper, ("posts", "record"), POWER, schema="flows-post-items").json["items"][0]["record"]
    more = ("--amends", record)
    send(keeper, ("posts", "record"), POWER | {"quantity": 3}, schema="flows-post-items", more=more)
    assert [one["quantity"] for one in items(keeper)] == [3]
    assert keeper.types("flows", "withdraw", record, "--reason", "other post", "--json").code == 0
    assert items(keeper) == []
    assert keeper.is_user("admin").types("db", "verify", "--json").code == 0


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (("status", "set"), CLOSED | {"to": "2026-11-01"}, "BMIS-788"),
        (("status", "set"), CLOSED | {"restrictions": ["none", "medical"]}, "BMIS-780"),
        (("status", "set"), CLOSED | {"populations": ["everybody"]}, "BMIS-780"),
        (("status", "set"), CLOSED | {"post": "MZ.X.XXX"}, "BMIS-784"),
        (("status", "set"), CLOSED | {"status": "open"}, "BMIS-007"),
        (("posts", "record"), POWER | {"item": "piano"}, "BMIS-780"),
        (("posts", "record"), POWER | {"working": 3}, "BMIS-780"),
        (("posts", "record"), POWER | {"state": "absent"}, "BMIS-780"),
        (("posts", "record"), POWER | {"quantity": 0, "working": 0}, "BMIS-780"),
        (("posts", "record"), POWER | {"seen_on": "2027-01-01"}, "BMIS-788"),
    ],
)
def test_what_cannot_be_is_refused(keeper, words, said, code):
    schema = "flows-statuses" if words[0] == "status" else "flows-post-items"
    answer = keeper.types("flows", *words, "-", "--json", stdin=json.dumps(said), schema=schema)
    assert answer.error == code


def test_an_officer_reads_the_register_and_an_administrator_keeps_it(keeper):
    send(keeper.is_user("admin"), ("posts", "record"), POWER, schema="flows-post-items")
    officer = keeper.is_user("officer")
    assert len(items(officer)) == 1
    assert send(officer, ("posts", "record"), POWER, schema="flows-post-items", code=3).error == "BMIS-010"
