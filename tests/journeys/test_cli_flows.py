"""The flow-monitoring package at the terminal: other programs accept it, it says what crossings say, and no more."""

import csv
import json
import sqlite3
import subprocess
import sys
from collections import Counter, defaultdict
from itertools import groupby
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from openpyxl import load_workbook
from pyarrow import parquet

from bmis.flows import export_flows
from bmis.flows.fmr import fmr_fields
from ui.compose import open_home

FIRST, LAST = "2026-11-12", "2026-11-21"
DEMO = ("demo", "data", "--days", "10", "--travellers-per-day", "60", "--seed", "9", "--now", "2026-11-22T08:00:00")
WHY = ("--reason", "weekly package", "--recipient", "DTM")
SCHEMA = Path(__file__).parents[1] / "data" / "flows" / "fmr_hxl_schema.csv"
SPLITS = ("fmr_nationality", "fmr_origin_destination", "fmr_transport", "fmr_reason", "fmr_duration")
SEX_AGE = [name for name in fmr_fields() if name[:2] in ("f_", "m_")] + ["sex_age_unknown"]
HXL = """
import json, sys, hxl
from hxl.input import InputOptions
def local(path): return hxl.data(path, InputOptions(allow_local=True))
found = []
def note(one): found.append(one.rule.description)
ok = hxl.schema(local(sys.argv[1]), callback=note).validate(local(sys.argv[2]))
assert ok == (not found)
print(json.dumps(found))
"""


@pytest.fixture
def filled(terminal):
    terminal.is_user("admin").types(*DEMO)
    return terminal.is_user("supervisor")


def export(terminal, folder, *more, code=0):
    answer = terminal.types(
        "flows", "export", "--from", FIRST, "--to", LAST, "--out", folder, *WHY, *more, "--json", schema="flows-export"
    )
    assert answer.code == code, answer.err
    return answer


def table(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def group(row):
    return row["date"], row["fmp_id"], row["direction"]


def plain_query(home, sql):
    with open_home(home).sign_in("supervisor", "treino") as session, session.store.read() as unit:
        return [tuple(row) for row in unit.connection.exec_driver_sql(sql)]


def test_another_program_accepts_the_data_package(filled, tmp_path):
    export(filled, tmp_path / "package")
    judged = subprocess.run(
        [Path(sys.executable).parent / "frictionless", "validate", "--json", tmp_path / "package" / "datapackage.json"],
        capture_output=True,
        check=False,
    )
    report = json.loads(judged.stdout)
    assert report["valid"], report
    assert {one["name"] for one in report["tasks"]} == {"fmr", *SPLITS, "coverage"}
    assert "administrative" in {row["record_kind"] for row in table(tmp_path / "package", "fmr")}
    assert "DTM" in json.loads((tmp_path / "package" / "datapackage.json").read_text())["description"]


def test_the_description_holds_the_form_of_countries_and_place_codes(filled, tmp_path):
    export(filled, tmp_path / "package")
    document = json.loads((tmp_path / "package" / "datapackage.json").read_text())
    fields = {one["name"]: one for each in document["resources"] for one in each["schema"]["fields"]}
    assert fields["nationality"]["constraints"]["pattern"] == "[A-Z]{3}"
    assert fields["fmp_adm1_pcode"]["constraints"]["pattern"] == "MZ(0[1-9]|1[01])"


def test_every_format_says_what_it_is_and_of_which_days_without_the_others(filled, tmp_path):
    folder = tmp_path / "package"
    export(filled, folder, "--format", "hxl,geojson,gpkg,parquet", "--now", "2026-11-22T08:00:00+02:00")
    with sqlite3.connect(folder / "fluxos.gpkg") as database:
        told = database.execute("SELECT description, last_change FROM gpkg_contents LIMIT 1").fetchone()
    database.close()
    assert told[1] == "2026-11-22T06:00:00.000Z", "a GeoPackage tells moments in UTC"
    document = json.loads((folder / "fluxos.geojson").read_text())
    said = (
        (folder / "LEIA-ME_hxl.txt").read_text("utf-8"),
        told[0],
        document["description"] + json.dumps(document["bmis"]).replace('": "', "=").replace('": ', "="),
        parquet.read_schema(folder / "fmr.parquet").metadata[b"description"].decode(),
    )
    for one in said:
        assert "Contagens administrativas" in one
        for fact in ("from=2026-", "least_count_shown=5", "record_kind=administrative", "pcode_version=COD-AB"):
            assert fact in one, fact


def test_another_program_accepts_the_hxl_variant(filled, tmp_path):
    export(filled, tmp_path / "package", "--format", "hxl")
    for name in ("fmr", *SPLITS):
        judged = subprocess.run(
            [sys.executable, "-c", HXL, SCHEMA, tmp_path / "package" / f"{name}_hxl.csv"],
            capture_output=True,
            check=True,
            text=True,
        )
        rows = (tmp_path / "package" / f"{name}_hxl.csv").read_text().splitlines()
        total = rows[0].split(",").index("total")
        hidden = sum(row.split(",")[total] == "" for row in rows[2:])
        assert json.loads(judged.stdout) == ["Total obrigatório"] * hidden, name


def test_what_is_shown_adds_up_to_the_crossings(filled, tmp_path):
    export(filled, tmp_path / "package")
    wanted = Counter()
    for day, way, n in plain_query(
        filled.home,
        "SELECT date(crossed_at / 1000000 + 7200, 'unixepoch'), direction, count(*) FROM crossing"
        " WHERE state = 'standing' AND decision IN ('ADMITTED', 'EXITED', 'TRANSIT_ONLY') GROUP BY 1, 2",
    ):
        wanted[day, "MZ05", way.lower()] += n
    shown = {group(row): row for row in table(tmp_path / "package", "fmr")}
    assert set(shown) == set(wanted)
    for key, row in shown.items():
        if wanted[key] < 5:
            assert row["total"] == ""
        else:
            assert int(row["total"]) == wanted[key]
    for name in SPLITS:
        sums = Counter()
        for row in table(tmp_path / "package", name):
            sums[group(row)] += int(row["total"])
        assert sums == {key: n for key, n in wanted.items() if n >= 5}, name


@pytest.mark.parametrize(("audience", "limit"), [("government", 5), ("public", 10)])
@pytest.mark.parametrize("level", ["adm1", "post"])
def test_solved_as_equations_the_package_gives_no_hidden_number_away(filled, tmp_path, audience, limit, level):
    answer = export(filled, tmp_path / "package", "--audience", audience, "--level", level)
    assert answer.json["least_count_shown"] == limit
    hidden = 0
    for row in table(tmp_path / "package", "fmr"):
        parts = [row[name] for name in SEX_AGE]
        known = [int(part) for part in parts if part]
        assert all(part == 0 or part >= limit for part in known)
        unknown = parts.count("")
        hidden += unknown
        if not row["total"]:
            assert all(part in ("", "0") for part in parts)
            continue
        assert int(row["total"]) >= limit
        equation = np.ones((1, unknown))
        assert unknown == 0 or not determined(equation), row
        assert unknown == 0 or int(row["total"]) - sum(known) >= limit
    assert hidden, "nothing was small: the test saw nothing"
    totals = {group(row): row["total"] for row in table(tmp_path / "package", "fmr")}
    for name in SPLITS:
        for key, rows in groupby(table(tmp_path / "package", name), group):
            told = list(rows)
            assert totals[key], "a group that is too small is shown in no split"
            assert all(int(row["total"]) >= limit for row in told), (name, key)
            assert sum(row["shown"] == "merged" for row in told) <= 1


def determined(equations):
    """Return whether any unknown of these equations has one solution only: its unit vector lies in the row space."""
    rank = np.linalg.matrix_rank(equations)
    units = np.eye(equations.shape[1])
    return any(np.linalg.matrix_rank(np.vstack([equations, unit])) == rank for unit in units)


def test_merged_rows_hold_at_least_two_parts(filled, tmp_path):
    export(filled, tmp_path / "package")
    states = defaultdict(set)
    for day, way, state in plain_query(
        filled.home,
        "SELECT DISTINCT date(crossed_at / 1000000 + 7200, 'unixepoch'), lower(direction), nationality FROM crossing"
        " WHERE state = 'standing' AND decision IN ('ADMITTED', 'EXITED', 'TRANSIT_ONLY')",
    ):
        states[day, "MZ05", way].add(state)
    seen = 0
    for key, rows in groupby(table(tmp_path / "package", "fmr_nationality"), group):
        told = list(rows)
        if any(row["shown"] == "merged" for row in told):
            seen += 1
            assert len(states[key]) - len(told) + 1 >= 2
    assert seen


def test_workbook_maps_and_parquet_hold_the_same_rows(filled, tmp_path):
    folder = tmp_path / "package"
    export(filled, folder, "--format", "csv,xlsx,geojson,gpkg,parquet")
    rows = table(folder, "fmr")
    book = load_workbook(folder / "fluxos.xlsx")
    assert book.sheetnames[:2] == ["LEIA-ME", "Dados"]
    assert book.sheetnames[-2:] == ["Dicionário", "Códigos"]
    sheet = list(book["Dados"].values)
    assert len(sheet) == len(rows) + 1
    at = sheet[0].index("total")
    assert [str(line[at] or "") for line in sheet[1:]] == [row["total"] for row in rows]
    assert book["Dados"]["G2"].value == "MZ05"
    assert book["Dados"]["G2"].data_type == "s"
    columns = parquet.read_table(folder / "fmr.parquet").to_pydict()
    assert [str(n if n is not None else "") for n in columns["total"]] == [row["total"] for row in rows]
    with sqlite3.connect(folder / "fluxos.gpkg") as database:
        assert database.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        assert database.execute("SELECT count(*) FROM fmr").fetchone() == (len(rows),)
        kinds = dict(database.execute("SELECT table_name, geometry_type_name FROM gpkg_geometry_columns"))
        blob = database.execute("SELECT geom FROM places LIMIT 1").fetchone()[0]
        shown = database.execute("SELECT sum(n) FROM places").fetchone()[0]
    database.close()
    assert kinds == {"places": "POINT", "journeys": "LINESTRING"}
    assert blob[:2] == b"GP"
    assert shown == sum(int(row["total"]) for row in rows if row["total"])
    document = json.loads((folder / "fluxos.geojson").read_text())
    assert sum(one["properties"]["n"] for one in document["features"] if one["geometry"]["type"] == "Point") == shown
    for one in document["features"]:
        flat = np.array(one["geometry"]["coordinates"], float).reshape(-1, 2)
        assert ((flat[:, 0] > -30) & (flat[:, 0] < 60) & (flat[:, 1] > -40) & (flat[:, 1] < 10)).all()


def test_the_line_of_the_audit_says_who_for_whom_and_why(filled, tmp_path):
    event = export(filled, tmp_path / "package").json["event"]
    kept = plain_query(filled.home, "SELECT payload FROM outbox WHERE kind = 'flows.exported'")
    said = json.loads(kept[0][0])
    assert said["id"] == event
    assert (said["by"], said["reason"], said["recipient"]) == ("supervisor", "weekly package", "DTM")
    assert filled.types("audit", "verify", "--json").code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--from", LAST, "--to", FIRST, *WHY), "BMIS-701"),
        (("--from", FIRST, "--to", LAST, "--reason", " ", "--recipient", "x"), "BMIS-711"),
        (("--from", FIRST, "--to", LAST, *WHY, "--format", "csv,doc"), "BMIS-712"),
        (("--from", FIRST, "--to", LAST, *WHY, "--format", ","), "BMIS-712"),
    ],
)
def test_what_cannot_be_exported_is_said_and_nothing_is_left(terminal, tmp_path, words, code):
    answer = terminal.is_user("supervisor").types("flows", "export", "--out", tmp_path / "x", *words, "--json")
    assert answer.error == code
    assert list(tmp_path.glob("x*")) == []


def test_a_folder_with_something_in_it_is_left_alone(filled, tmp_path):
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "mine").write_text("x")
    answer = filled.types(
        "flows", "export", "--from", FIRST, "--to", LAST, "--out", tmp_path / "package", *WHY, "--json"
    )
    assert answer.error == "BMIS-713"
    assert [one.name for one in (tmp_path / "package").iterdir()] == ["mine"]


def test_a_full_disk_in_the_middle_leaves_no_half_package_and_no_line(filled, tmp_path, monkeypatch):
    written = []

    def fsync(handle):
        written.append(handle)
        if len(written) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(export_flows, "os", SimpleNamespace(fsync=fsync))
    answer = filled.types(
        "flows", "export", "--from", FIRST, "--to", LAST, "--out", tmp_path / "package", *WHY, "--json"
    )
    assert answer.error == "BMIS-714"
    assert [one.name for one in tmp_path.iterdir() if "package" in one.name or one.name.startswith(".bmis")] == []
    assert plain_query(filled.home, "SELECT count(*) FROM outbox WHERE kind = 'flows.exported'") == [(0,)]


def test_an_officer_hands_nothing_over(terminal, tmp_path):
    for name in ("officer", "admin", "auditor", "clinician"):
        answer = terminal.is_user(name).types(
            "flows", "export", "--from", FIRST, "--to", LAST, "--out", tmp_path / "x", *WHY, "--json"
        )
        assert answer.code == 3
        assert not (tmp_path / "x").exists()


def test_days_without_a_crossing_give_an_empty_package_that_is_still_valid(terminal, tmp_path):
    answer = export(terminal.is_user("supervisor"), tmp_path / "package")
    assert set(answer.json["rows"].values()) == {0}
    assert table(tmp_path / "package", "coverage") == []


def test_the_cells_are_checked_against_the_crossings(filled):
    answer = filled.types("flows", "check", "--from", FIRST, "--to", LAST, "--json", schema="flows-check")
    assert answer.code == 0
    assert answer.json["counted"] > 100
    assert answer.json["differences"] == []


def test_the_map_says_what_the_matrix_says_and_draws_no_small_flow(filled, tmp_path):
    answer = filled.types(
        "flows", "map", *WHY, "--from", FIRST, "--to", LAST, "--out", tmp_path / "map.pdf", "--json", schema="flows-map"
    ).json
    wanted = plain_query(
        filled.home,
        "SELECT count(*) FROM crossing WHERE state = 'standing' AND decision IN ('ADMITTED', 'EXITED', 'TRANSIT_ONLY')",
    )[0][0]
    drawn = sum(one["n"] for one in answer["arrows"])
    assert answer["total"] == wanted == drawn + answer["unplaced"] + answer["hidden"]
    cells = {
        (origin, destination): n
        for origin, row in zip(answer["matrix"]["origins"], answer["matrix"]["rows"], strict=True)
        for destination, n in zip(answer["matrix"]["destinations"], row, strict=True)
    }
    assert all(cells[one["origin"], one["destination"]] == one["n"] >= 5 for one in answer["arrows"])
    assert all(n is None or n == 0 or n >= 5 for n in cells.values())
    said = subprocess.run(["pdftotext", tmp_path / "map.pdf", "-"], capture_output=True, check=True).stdout.decode()
    for name in ("Mapa de mobilidade da população", "Ressano Garcia", "Zimbabwe", "Tete", "Natural Earth"):
        assert name in said
    largest = max(one["n"] for one in answer["arrows"])
    assert f"{largest:,}".replace(",", " ") in said
    info = subprocess.run(["pdfinfo", tmp_path / "map.pdf"], capture_output=True, check=True).stdout.decode()
    assert "Pages:           1" in info


def test_a_map_of_days_without_a_crossing_is_a_map_without_arrows(terminal, tmp_path):
    answer = terminal.is_user("supervisor").types("flows", "map", *WHY, "--out", tmp_path / "map.pdf", "--json")
    assert answer.code == 0
    assert answer.json["arrows"] == []
