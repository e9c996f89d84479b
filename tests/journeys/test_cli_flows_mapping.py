"""Mapping mobility: exercises, places and routes, what to watch first, and movements of areas with an outbreak."""

import csv
import json
import subprocess

import pytest
from openpyxl import load_workbook

from ui.compose import open_home

DEMO = ("demo", "data", "--days", "10", "--travellers-per-day", "60", "--seed", "9", "--now", "2026-11-22T08:00:00")
PERIOD = ("--from", "2026-11-12", "--to", "2026-11-21")
WHY = ("--reason", "Pedido semanal", "--recipient", "DTM Moçambique")
EXERCISE = {
    "code": "EX-2026-01",
    "held_from": "2026-10-13",
    "held_to": "2026-10-14",
    "methods": ["fgd", "kii"],
    "facilitator": "Equipa de mobilidade",
    "area": "MZ05",
    "participants": {"community_leader": 8, "transporter": 5},
}
MARKET = {
    "code": "MERC-01",
    "name": "Mercado da Espécime",
    "type": "market",
    "adm2_pcode": "MZ0502",
    "seen_on": "2026-10-14",
    "volume_class": "v4",
    "vulnerability": "high",
    "exercise": "EX-2026-01",
}
FORD = {
    "code": "TRAV-01",
    "name": "Vau da Espécime",
    "type": "unofficial_crossing",
    "adm2_pcode": "MZ0502",
    "seen_on": "2026-10-14",
    "volume_class": "v2",
    "vulnerability": "medium",
    "season": ["dry"],
    "latitude": -25.4,
    "longitude": 32.0,
    "position_confidence": "high",
}
PORT = {
    "code": "PORTO-01",
    "name": "Porto da Espécime",
    "type": "port",
    "adm2_pcode": "MZ0101",
    "seen_on": "2026-10-14",
}
ROUTE = {
    "code": "R-01",
    "origin": "TRAV-01",
    "destination": "ZAF",
    "mode": "foot",
    "source": "fgd",
    "seen_on": "2026-10-14",
    "exercise": "EX-2026-01",
}
TO_FORD = {**ROUTE, "code": "R-02", "origin": "MERC-01", "destination": "TRAV-01"}


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def mapper(terminal):
    return terminal.is_user("supervisor")


def add(mapper, what, *objects, schema, code=0, more=()):
    answer = mapper.types("flows", what, "add", "-", *more, "--json", stdin=json.dumps(objects), schema=schema)
    assert answer.code == code, answer.err
    return answer


@pytest.fixture
def mapped(mapper):
    add(mapper, "exercise", EXERCISE, schema="flows-exercises")
    add(mapper, "places", MARKET, FORD, PORT, schema="flows-places")
    add(mapper, "routes", ROUTE, TO_FORD, schema="flows-routes")
    return mapper


@pytest.fixture
def affected(tmp_path):
    file = tmp_path / "affected.json"
    file.write_text(json.dumps([
        {"area": "ZAF", "disease": "ebola", "from": "2026-11-01", "to": None},
        {"area": "MZ0502", "disease": "cholera", "from": "2026-11-01", "to": "2026-11-10"},
        {"area": "MZ09", "disease": "cholera", "from": "2026-09-01", "to": "2026-09-10"},
    ]))  # fmt: skip
    return file


def test_the_priority_shows_each_factor_and_unknown_is_not_low(mapped, affected, tmp_path):
    answer = mapped.types(
        "flows", "places", "priority", "--affected", affected, "--on", "2026-11-22", "--csv", tmp_path / "p.csv",
        "--json", schema="flows-priority",
    ).json  # fmt: skip
    sites = {one["code"]: one for one in answer["places"]}
    assert [one["code"] for one in answer["places"]] == ["MERC-01", "TRAV-01", "PORTO-01"]
    assert sites["TRAV-01"]["connectivity"] == {"code": "direct", "weight": 4}
    assert sites["TRAV-01"]["score"] == 2 * 4 * 2
    assert sites["MERC-01"]["connectivity"] == {"code": "one_change", "weight": 2}
    assert sites["MERC-01"]["score"] == 4 * 2 * 3
    assert sites["PORTO-01"]["score"] is None
    assert sites["PORTO-01"]["vulnerability"] == {"code": None, "weight": None}
    rows = rows_of(tmp_path / "p.csv")
    assert [row["score"] for row in rows] == ["24", "16", ""]
    inside = mapped.types("flows", "places", "priority", "--affected", affected, "--on", "2026-11-15", "--json").json
    assert inside["places"][0]["connectivity"]["code"] == "inside"
    nothing = mapped.types("flows", "places", "priority", "--json", schema="flows-priority").json
    assert {one["connectivity"]["code"] for one in nothing["places"]} == {"not_given"}


def test_movements_of_affected_areas_are_told_on_the_map_and_in_the_matrix(mapper, affected, tmp_path):
    mapper.is_user("admin").types(*DEMO)
    mapper.is_user("supervisor")
    drawn = mapper.types(
        "flows",
        "map",
        *WHY,
        *PERIOD,
        "--affected",
        affected,
        "--out",
        tmp_path / "map.pdf",
        "--json",
        schema="flows-map",
    ).json
    country, district = drawn["affected"]
    assert (country["area"], country["days"], district["days"]) == ("ZAF", 10, 4)
    flows = {
        (origin, end): n
        for origin, row in zip(drawn["matrix"]["origins"], drawn["matrix"]["rows"], strict=True)
        for end, n in zip(drawn["matrix"]["destinations"], row, strict=True)
    }
    assert country["movements"]["to"] == sum(n or 0 for (origin, end), n in flows.items() if end == "ZAF" != origin)
    assert country["movements"]["from"] == sum(n or 0 for (origin, end), n in flows.items() if origin == "ZAF" != end)
    assert country["movements"]["to"] > 0
    assert district["movements"]["not_known"], "crossings tell provinces: whether it was that district is not known"
    said = subprocess.run(["pdftotext", tmp_path / "map.pdf", "-"], capture_output=True, check=True).stdout.decode()
    assert "Ébola" in said
    assert {"Cólera", "(MZ0502)"} <= set(said.split())
    assert f"{country['movements']['to']} para a área" in said
    assert b"Pages:           1" in subprocess.run(["pdfinfo", tmp_path / "map.pdf"], capture_output=True).stdout

    answer = mapper.types(
        "flows",
        "matrix",
        *WHY,
        *PERIOD,
        "--affected",
        affected,
        "--out",
        tmp_path / "m.xlsx",
        "--json",
        schema="flows-matrix",
    ).json
    assert answer["affected"] == drawn["affected"]
    mapper.types("flows", "matrix", *WHY, *PERIOD, "--out", tmp_path / "m.csv", "--json", schema="flows-matrix")
    rows = rows_of(tmp_path / "m.csv")
    assert {row["direction"] for row in rows} == {"entry", "exit"}
    assert all(row["shown"] == "merged" or (row["origin"], row["destination"]) != ("", "") for row in rows)
    assert all(int(row["n"]) >= 5 for row in rows)
    assert sum(int(row["n"]) for row in rows) == drawn["total"]
    book = load_workbook(tmp_path / "m.xlsx")
    assert book.sheetnames == ["LEIA-ME", "Entradas", "Saídas", "Forma longa", "Áreas afectadas"]
    for sheet, way in (("Entradas", "entry"), ("Saídas", "exit")):
        wide = list(book[sheet].values)
        told = [row for row in rows if row["direction"] == way]
        shown = {(row["origin"], row["destination"]): int(row["n"]) for row in told if row["shown"] == "count"}
        hidden = [int(row["n"]) for row in told if row["shown"] == "merged"]
        if hidden:
            assert wide.pop()[-1] == hidden[0]
        assert wide[-1][-1] == sum(shown.values())
        for line in wide[1:-1]:
            for end, n in zip(wide[0][1:-1], line[1:-1], strict=True):
                key = tuple("" if one == "desconhecido" else one for one in (line[0], end))
                assert n == shown.get(key, None if hidden else 0), "what may be hidden is empty, and never nought"


def test_a_code_is_given_once_and_corrected_by_name(mapped):
    add(mapped, "places", MARKET, schema="flows-places", code=3)
    corrected = add(mapped, "places", MARKET | {"volume_class": "v5"}, schema="flows-places", more=("--amend",))
    listed = mapped.types("flows", "places", "list", "--json", schema="flows-places").json["places"]
    assert {one["code"]: one["volume_class"] for one in listed} == {"MERC-01": "v5", "TRAV-01": "v2", "PORTO-01": None}
    record = corrected.json["places"][0]["record"]
    assert mapped.types("flows", "withdraw", record, "--reason", "market moved", "--json").code == 0
    assert add(mapped, "places", MARKET, schema="flows-places", code=3, more=("--amend",)).error == "BMIS-785"
    assert len(mapped.types("flows", "places", "list", "--json").json["places"]) == 2
    assert "13 participantes" in mapped.types("flows", "exercise", "list").out
    assert "TRAV-01 → ZAF" in mapped.types("flows", "routes", "list").out


@pytest.mark.parametrize(
    ("what", "said", "field"),
    [
        ("places", MARKET | {"adm2_pcode": "MZ05"}, "adm2_pcode"),
        ("places", MARKET | {"adm2_pcode": "MZ0807"}, "adm2_pcode"),
        ("places", MARKET | {"exercise": "EX-9"}, "exercise"),
        ("places", MARKET | {"latitude": -25.0}, "longitude"),
        ("places", FORD | {"latitude": 25.4}, "latitude"),
        ("places", FORD | {"position_confidence": None}, "position_confidence"),
        ("places", MARKET | {"type": "palace"}, "type"),
        ("routes", ROUTE | {"exercise": None}, "origin"),
        ("routes", ROUTE | {"exercise": None, "origin": "ZAF"}, "destination"),
        ("exercise", EXERCISE | {"methods": ["guess"]}, "methods"),
        ("exercise", EXERCISE | {"area": "Maputo"}, "area"),
    ],
)
def test_what_cannot_be_mapped_is_named(mapper, what, said, field):
    answer = add(mapper, what, said, schema=f"flows-{'exercises' if what == 'exercise' else what}", code=3)
    assert answer.error == "BMIS-780"
    assert field in answer.err


def test_days_that_have_not_come_are_not_mapped(mapper):
    late = EXERCISE | {"held_to": "2027-01-01"}
    assert add(mapper, "exercise", late, schema="flows-exercises", code=3).error == "BMIS-788"


def test_an_officer_sees_the_map_and_changes_nothing(mapped):
    officer = mapped.is_user("officer")
    assert officer.types("flows", "places", "list", "--json", schema="flows-places").code == 0
    assert add(officer, "places", FORD | {"code": "X-01"}, schema="flows-places", code=3).error == "BMIS-010"
    assert officer.is_user("auditor").types("flows", "places", "list", "--json").error == "BMIS-010"


def test_an_unofficial_crossing_is_observed_and_its_place_is_not_told(mapped, tmp_path):
    slot = {"fmp": "TRAV-01", "date": "2026-11-20", "slot_start": "06:00", "slot_end": "07:00", "counts": {"entry": 20}}
    assert mapped.types("flows", "observe", "file", "-", "--json", stdin=json.dumps(slot)).code == 0
    answer = mapped.types(
        "flows",
        "export",
        *PERIOD,
        "--level",
        "post",
        "--out",
        tmp_path / "p",
        "--reason",
        "weekly",
        "--recipient",
        "DTM",
    )
    assert answer.code == 0
    (row,) = rows_of(tmp_path / "p" / "observed_fmr.csv")
    assert (row["fmp_type"], row["fmp_adm1_pcode"], row["total"]) == ("unofficial_crossing", "MZ05", "20")
    assert (row["fmp_lat"], row["fmp_lon"]) == ("", "")


@pytest.mark.parametrize(
    "area", [{"area": "XX"}, {"disease": "cold"}, {"from": "2026-11-02", "to": "2026-11-01"}, {"area": "mz05"}]
)
def test_affected_areas_that_cannot_be_are_refused(mapper, tmp_path, area):
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"area": "MZ05", "disease": "cholera", "from": "2026-11-01"} | area))
    answer = mapper.types("flows", "matrix", *WHY, *PERIOD, "--affected", file, "--out", tmp_path / "m.csv", "--json")
    assert answer.error in {"BMIS-780", "BMIS-788"}
    assert not (tmp_path / "m.csv").exists()


def test_a_map_for_others_needs_reason_and_recipient_which_the_audit_keeps(mapper, tmp_path):
    mapper.is_user("admin").types(*DEMO)
    mapper.is_user("supervisor")
    map_pdf, matrix = tmp_path / "map.pdf", tmp_path / "m.csv"
    for what, out in (("map", map_pdf), ("matrix", matrix)):
        answer = mapper.types("flows", what, *PERIOD, "--reason", "Pedido semanal", "--out", out, "--json")
        assert (answer.code, answer.error) == (3, "BMIS-716")
        assert not out.exists()
    assert mapper.types("flows", "map", *PERIOD, "--audience", "internal", "--out", map_pdf, "--json").code == 0
    assert mapper.types("flows", "matrix", *PERIOD, *WHY, "--out", matrix, "--json").code == 0
    with open_home(mapper.home).sign_in("supervisor", "treino") as session, session.store.read() as unit:
        (kept,) = unit.connection.exec_driver_sql("SELECT facts FROM flow_release").scalars()
    assert (json.loads(kept)["reason"], json.loads(kept)["recipient"]) == ("Pedido semanal", "DTM Moçambique")
    assert mapper.types("db", "verify", "--json").code == 0


def test_a_part_of_a_state_is_told_as_not_known_and_never_as_the_whole(mapper, tmp_path):
    mapper.is_user("admin").types(*DEMO)
    mapper.is_user("supervisor")
    file = tmp_path / "part.json"
    file.write_text(json.dumps([{"area": "ZAF", "disease": "ebola", "from": "2026-11-01", "part": True}]))
    (told,) = mapper.types(
        "flows", "matrix", *PERIOD, *WHY, "--affected", file, "--out", tmp_path / "m.csv", "--json",
        schema="flows-matrix",
    ).json["affected"]  # fmt: skip
    assert told["part"]
    assert told["movements"]["not_known"] > 0
    assert told["movements"]["to"] == told["movements"]["from"] == 0
