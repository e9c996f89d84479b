"""Counts that people make at the gate: kept apart from crossings, nought only where somebody looked."""

import csv
import json
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from ui.compose import open_home

SCHEMA = Path(__file__).parents[1] / "data" / "flows" / "fmr_hxl_schema.csv"
POST, DAY = "MZ.L.RSG", "2026-11-20"
WHY = ("--reason", "weekly package", "--recipient", "DTM")
PERIOD = ("--from", "2026-11-16", "--to", "2026-11-21")
GROUPS = [
    {
        "direction": "entry",
        "total": 14,
        "f_18_59": 6,
        "m_18_59": 8,
        "nationality": "ZAF",
        "origin_country": "ZAF",
        "dest_country": "MOZ",
        "dest_adm1": "MZ05",
        "transport_mode": "minibus",
        "reason": "buy_goods",
        "duration": "same_day",
        "v_uasc": 0,
        "v_pregnant": None,
    },
    {"direction": "entry", "total": 9, "nationality": "MOZ", "transport_mode": "foot", "v_uasc": 6},
]


def slot(**more):
    return {"fmp": POST, "date": DAY, "slot_start": "06:00", "slot_end": "08:00", "groups": GROUPS} | more


def counter(start, end, **counts):
    return {"fmp": POST, "date": DAY, "slot_start": start, "slot_end": end, "counts": counts}


@pytest.fixture
def gate(terminal):
    return terminal.is_user("officer")


def observe(gate, *slots, code=0, more=()):
    answer = gate.types(
        "flows", "observe", "file", "-", *more, "--json", stdin=json.dumps(slots), schema="flows-observe"
    )
    assert answer.code == code, answer.err
    return answer


def table(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def package(gate, folder, *more):
    answer = gate.is_user("supervisor").types(
        "flows", "export", *PERIOD, "--out", folder, *WHY, *more, "--json", schema="flows-export"
    )
    assert answer.code == 0, answer.err
    return answer.json


def test_groups_of_a_morning_become_a_table_of_their_own(gate, tmp_path):
    observe(gate, slot(directions=["entry"]))
    package(gate, tmp_path / "package")
    (row,) = table(tmp_path / "package", "observed_fmr")
    assert (row["record_kind"], row["unit"], row["fmp_id"], row["direction"]) == (
        "observed",
        "individual",
        POST,
        "entry",
    )
    assert (row["total"], row["f_18_59"], row["m_18_59"], row["sex_age_unknown"]) == ("23", "6", "8", "9")
    assert row["f_0_4"] == "", "nobody was asked of nine people: no nought"
    assert row["minutes_observed"] == "120"
    assert (row["v_pregnant"], row["asked_pregnant"]) == ("", "0")
    assert (row["v_uasc"], row["asked_uasc"]) == ("6", "23")
    assert {one["nationality"]: one["total"] for one in table(tmp_path / "package", "observed_nationality")} == {
        "ZAF": "14",
        "MOZ": "9",
    }
    for name in ("fmr", "fmr_nationality", "coverage"):
        assert table(tmp_path / "package", name) == [], "nobody was recorded as crossing"


def test_observed_counts_change_no_administrative_number(gate, tmp_path):
    gate.is_user("admin").types(
        "demo", "data", "--days", "6", "--travellers-per-day", "40", "--seed", "3", "--now", "2026-11-22T08:00:00"
    )
    package(gate, tmp_path / "before")
    observe(gate.is_user("officer"), slot(), slot(slot_start="09:00", slot_end="10:00"))
    package(gate, tmp_path / "after")
    names = [one.stem for one in (tmp_path / "before").glob("*.csv")]
    assert len(names) == 7
    for name in names:
        assert table(tmp_path / "before", name) == table(tmp_path / "after", name)
    rows = {one["date"]: one for one in table(tmp_path / "after", "observed_fmr") if one["direction"] == "entry"}
    assert rows[DAY]["total"] == "46"


def test_other_programs_accept_the_observed_tables(gate, tmp_path):
    observe(gate, slot(), counter("10:00", "11:00", entry=40, exit=0))
    package(gate, tmp_path / "package", "--format", "csv,hxl,xlsx,gpkg,geojson,parquet")
    judged = subprocess.run(
        [Path(sys.executable).parent / "frictionless", "validate", "--json", tmp_path / "package" / "datapackage.json"],
        capture_output=True,
        check=False,
    )
    report = json.loads(judged.stdout)
    assert report["valid"], report
    assert {"observed_fmr", "observed_nationality", "observed_coverage"} <= {one["name"] for one in report["tasks"]}
    described = json.loads((tmp_path / "package" / "datapackage.json").read_text())
    notes = {one["name"]: one.get("description", "") for one in described["resources"]}
    assert "Não se soma" in notes["observed_fmr"]
    assert notes["fmr"] == ""
    from tests.journeys.test_cli_flows import HXL

    hxl = subprocess.run(
        [sys.executable, "-c", HXL, SCHEMA, tmp_path / "package" / "observed_fmr_hxl.csv"],
        capture_output=True,
        check=True,
        text=True,
    )
    assert json.loads(hxl.stdout) == []


def test_small_observed_groups_are_hidden_with_enough_beside_them(gate, tmp_path):
    few = [
        {"direction": "entry", "total": n, "nationality": state} for n, state in ((3, "ZWE"), (12, "ZAF"), (30, "MOZ"))
    ]
    observe(gate, slot(groups=[*few, {"direction": "exit", "total": 4, "nationality": "MWI"}]))
    package(gate, tmp_path / "package")
    rows = table(tmp_path / "package", "observed_nationality")
    assert {(one["shown"], one["nationality"], one["total"]) for one in rows} == {
        ("part", "MOZ", "30"),
        ("merged", "", "15"),
    }
    totals = {one["direction"]: one["total"] for one in table(tmp_path / "package", "observed_fmr")}
    assert totals == {"entry": "45", "exit": ""}


def test_the_counter_counts_without_asking(gate, tmp_path):
    answer = gate.types(
        "flows", "observe", "count", "--fmp", POST, "--date", DAY, "--slot", "12:00-13:00", "--entry", "61",
        "--exit", "0", "--json", schema="flows-observe",
    )  # fmt: skip
    assert answer.json["slots"][0]["totals"] == {"entry": 61, "exit": 0}
    package(gate, tmp_path / "package")
    rows = {one["direction"]: one for one in table(tmp_path / "package", "observed_fmr")}
    assert (rows["entry"]["total"], rows["entry"]["sex_age_unknown"], rows["entry"]["f_0_4"]) == ("61", "61", "")
    assert rows["exit"]["total"] == "0"
    assert "transit" not in rows


def test_coverage_tells_observed_closed_not_observed_and_what_nobody_said(gate):
    supervisor = gate.is_user("supervisor")
    answer = supervisor.types(
        "flows", "observe", "hours", "--fmp", POST, "--opens", "06:00", "--closes", "18:00", "--from", "2026-11-17",
        "--json", schema="flows-kept",
    )  # fmt: skip
    assert answer.code == 0
    officer = gate.is_user("officer")
    observe(officer, slot(), counter("17:00", "19:00", entry=5))
    for day, status, reason in (("2026-11-18", "closed", "flood"), ("2026-11-19", "not_observed", "no_staff")):
        said = officer.types(
            "flows", "observe", "day", "--fmp", POST, "--date", day, "--status", status, "--reason", reason,
            "--json", schema="flows-kept",
        )  # fmt: skip
        assert said.code == 0
    answer = officer.types("flows", "observe", "coverage", *PERIOD, "--json", schema="flows-coverage")
    days = {one["date"]: one for one in answer.json["days"]}
    assert set(days) == {f"2026-11-{day}" for day in (17, 18, 19, 20, 21)}
    assert [days[f"2026-11-{day}"]["status"] for day in (17, 18, 19, 20, 21)] == [
        "not_recorded",
        "closed",
        "not_observed",
        "observed",
        "not_recorded",
    ]
    assert days[DAY]["coverage"] == pytest.approx(0.25)
    assert days[DAY]["minutes_observed"] == 240
    assert days["2026-11-17"]["minutes_observed"] is None
    assert days["2026-11-19"]["coverage"] == 0
    assert days["2026-11-18"]["coverage"] is None
    assert "25 %" in officer.types("flows", "observe", "coverage", *PERIOD).out


def test_a_slot_that_was_observed_before_is_refused_until_it_is_corrected(gate):
    record = observe(gate, slot(directions=["entry"])).json["slots"][0]["record"]
    again = slot(slot_start="07:30", slot_end="09:00", directions=["entry"])
    assert observe(gate, again, code=3).error == "BMIS-782"
    assert observe(gate, slot(slot_start="07:30", slot_end="09:00", directions=["exit"], groups=[])).code == 0
    corrected = observe(gate, slot(groups=GROUPS[:1], directions=["entry"]), more=("--amends", record)).json["slots"][0]
    assert (corrected["record"], corrected["totals"]) == (record, {"entry": 14})
    assert (
        gate.types("flows", "withdraw", record, "--reason", "wrong point", "--json", schema="flows-withdraw").code == 0
    )
    assert observe(gate, again).code == 0
    assert gate.types("flows", "withdraw", record, "--reason", "twice", "--json").error == "BMIS-785"


def test_a_request_sent_twice_is_kept_once(gate):
    request = slot(request_id=str(uuid4()))
    first = observe(gate, request).json
    assert observe(gate, request).json == first
    assert observe(gate, request | {"slot_end": "07:00"}, code=3).error == "BMIS-787"
    assert len(gate.types("flows", "observe", "list", *PERIOD, "--json", schema="flows-observe").json["slots"]) == 1


def test_all_slots_of_a_file_are_kept_or_none(gate):
    assert observe(gate, slot(), slot(fmp="NOWHERE"), code=3).error == "BMIS-784"
    assert gate.types("flows", "observe", "list", *PERIOD, "--json").code == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"groups": [{"direction": "entry", "total": 4, "f_0_4": 1, "m_0_4": 2}]}, "BMIS-781"),
        ({"groups": [{"direction": "transit", "total": 4}]}, "BMIS-780"),
        ({"groups": [{"direction": "entry", "total": 4, "nationality": "XXA"}]}, "BMIS-780"),
        ({"groups": [{"direction": "entry", "total": 4, "v_uasc": 5}]}, "BMIS-780"),
        ({"groups": [{"direction": "entry", "total": 4, "origin_adm2": "MZ9901"}]}, "BMIS-780"),
        ({"groups": [{"direction": "entry", "total": 4, "v_gbv": 1}]}, "BMIS-007"),
        ({"groups": [{"direction": "entry", "total": 4, "name": "SPECIMEN"}]}, "BMIS-007"),
        ({"slot_end": "05:00"}, "BMIS-780"),
        ({"date": "2026-11-23"}, "BMIS-788"),
        ({"counts": {"entry": 1}}, "BMIS-007"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(gate, change, code):
    answer = gate.types(
        "flows", "observe", "file", "-", "--json", "--now", "2026-11-22T08:00:00", stdin=json.dumps(slot(**change))
    )
    assert answer.error == code
    assert gate.types("flows", "observe", "list", *PERIOD, "--json").code == 1


def test_a_closed_day_has_no_counts(gate):
    day = ("flows", "observe", "day", "--fmp", POST, "--date", DAY, "--reason", "order", "--status")
    assert gate.types(*day, "closed", "--json").code == 0
    assert observe(gate, slot(), code=3).error == "BMIS-783"
    assert gate.types(*day, "open", "--json").error == "BMIS-780"


def test_only_who_may_observe_does(gate):
    for name in ("admin", "auditor", "screener"):
        assert observe(gate.is_user(name), slot(), code=3).error == "BMIS-010"


def test_the_store_proves_and_its_file_says_nothing(gate):
    observe(gate, slot())
    assert gate.is_user("admin").types("db", "verify", "--json").code == 0
    raw = b"".join(path.read_bytes() for path in gate.home.glob("border.db*"))
    assert b"buy_goods" not in raw
    assert b"mobility" not in raw
    with open_home(gate.home).sign_in("supervisor", "treino") as session, session.store.write() as unit:
        unit.connection.exec_driver_sql(
            """UPDATE mobility_event SET facts = replace(facts, '"total":14', '"total":15')"""
        )
        unit.commit()
    assert gate.types("db", "verify", "--json").code == 3


def test_a_counter_tells_whom_it_saw_and_how_many_presses_were_corrected(gate):
    said = counter("06:00", "07:00", entry=3, exit=0) | {
        "classes": {"entry.men": 2, "entry.children": 1},
        "taken_back": {"exit.women": 1},
    }
    observe(gate, said)
    (kept,) = gate.types("flows", "observe", "list", *PERIOD, "--json", schema="flows-observe").json["slots"]
    assert kept["classes"] == {"entry.men": 2, "entry.children": 1}
    assert kept["taken_back"] == {"exit.women": 1}
    wrong = said | {"slot_start": "08:00", "slot_end": "09:00", "classes": {"entry.men": 2}}
    assert observe(gate, wrong, code=3).error == "BMIS-780"
