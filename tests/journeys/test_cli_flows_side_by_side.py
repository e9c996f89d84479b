"""All that was handed over for the same days, laid side by side and solved as equations, tells no small number."""

import csv
import json
from collections import defaultdict
from io import StringIO

import numpy as np
import pytest

from bmis.flows.package import build as building
from bmis.flows.package.resource import Audience, Level
from bmis.reports.places import country_name
from tests.journeys.cli_robot import no_room_in
from ui import compose
from ui.compose import open_home

NOW = "2026-11-22T08:00:00"
WEEK, DAY = ("2026-11-14", "2026-11-20"), "2026-11-17"
DEMO = ("demo", "data", "--days", "16", "--travellers-per-day", "14", "--seed", "5", "--now", NOW)
WHY = ("--reason", "pedido semanal", "--recipient", "DTM")
SPLITS = {
    "fmr_nationality": ("nationality",),
    "fmr_origin_destination": ("origin_country", "origin_adm1", "dest_country", "dest_adm1"),
}


@pytest.fixture
def filled(terminal):
    terminal.is_user("admin").types(*DEMO)
    terminal.sets(BMIS_NEW_PASSWORD="Sinal-verde-42")
    assert terminal.types("staff", "add", "chefe", "--role", "supervisor", "--json", "--now", NOW).code == 0
    return terminal.is_user("chefe", "Sinal-verde-42", second="supervisor")


def sql(home, question):
    with open_home(home).sign_in("supervisor", "treino") as session, session.store.read() as unit:
        return [tuple(row) for row in unit.connection.exec_driver_sql(question)]


def says(desk, *words, code=0, schema=None):
    answer = desk.types(*words, "--json", "--now", NOW, schema=schema)
    assert answer.code == code, answer.err + answer.out
    return answer


def export(desk, folder, first, last, *more, code=0):
    return says(desk, "flows", "export", "--from", first, "--to", last, "--out", folder, *WHY, *more, code=code)


def rows(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def end(row, which):
    """The end of a journey as maps name it: the province, the State, the post's province for "Mozambique"."""
    country, province = row[f"{which}_country"] or "", row[f"{which}_adm1"] or ""
    return province or (row["fmp_adm1_pcode"] if country == "MOZ" else country)


class Solver:
    """Knows every true cell; takes published numbers; finds which hidden cells they determine."""

    def __init__(self, home, monkeypatch):
        with open_home(home).sign_in("supervisor", "treino") as session:
            desk = compose.report_desk(session)
            with monkeypatch.context() as patch, desk.counts.view() as view:
                patch.setattr(building, "limit_for", lambda _audience: 1)
                first, last = (session.now().date().fromisoformat(day) for day in ("2026-11-01", "2026-11-21"))
                package = building.build(
                    view, first, last, Audience.PUBLIC, Level.ADM1, "pt", session.now(), training=True
                )
        self.cells, self.rows_of = {}, {}
        for name, fields in (("fmr", ()), *SPLITS.items()):
            table = package.resource(name)
            for values in table.rows:
                row = dict(zip(table.fields, values, strict=True))
                key = name, row["date"], row["direction"], tuple(row[field] or "" for field in fields)
                self.cells[key], self.rows_of[key] = row["total"], row
        self.shown, self.equations = set(), []
        for name in SPLITS:  # what everybody knows: all splits are of the same people
            for _fmr, day, way, _part in [key for key in self.cells if key[0] == "fmr"]:
                parts = dict.fromkeys((key for key in self.cells if key[:3] == (name, day, way)), 1)
                self.equations.append({**parts, ("fmr", day, way, ()): -1})

    def takes_package(self, folder):
        for row in rows(folder, "fmr"):
            if row["total"]:
                self._cell(("fmr", row["date"], row["direction"], ()), row)
        for name, fields in SPLITS.items():
            merged = {}
            for row in rows(folder, name):
                if row["shown"] == "merged":
                    merged[row["date"], row["direction"]] = int(row["total"])
                else:
                    self._cell((name, row["date"], row["direction"], tuple(row[field] for field in fields)), row)
            for (day, way), n in merged.items():
                hidden = {key for key in self.cells if key[:3] == (name, day, way)} - self.shown
                assert sum(self.cells[key] for key in hidden) == n
                self.equations.append(dict.fromkeys(hidden, 1))

    def _cell(self, key, row):
        assert self.cells[key] == int(row["total"])
        self.shown.add(key)

    def takes(self, number, name, wanted, days):
        """Take a number that may be the sum of every cell that is ``wanted``, or of those shown: whichever it is."""
        cells = {
            key for key in self.cells if key[0] == name and days[0] <= key[1] <= days[1] and wanted(self.rows_of[key])
        }
        readings = [one for one in (cells, cells & self.shown) if sum(self.cells[key] for key in one) == number]
        assert readings, (number, name, sum(self.cells[key] for key in cells))
        self.equations += [dict.fromkeys(one, 1) for one in readings]
        return len(cells) - len(cells & self.shown)

    def determined(self):
        """Return the hidden cells that have one solution only, of each group of equations that hang together."""
        left = [{key: n for key, n in one.items() if key not in self.shown} for one in self.equations]
        together = {}
        for at, one in enumerate(left):
            for key in one:
                together.setdefault(key, set()).add(at)
        found, seen = set(), set()
        for start in together:
            if start in seen:
                continue
            keys, queue, used = set(), [start], set()
            while queue:
                key = queue.pop()
                if key not in keys:
                    keys.add(key)
                    for at in together[key] - used:
                        used.add(at)
                        queue += left[at]
            seen |= keys
            order = sorted(keys)
            table = np.array([[left[at].get(key, 0) for key in order] for at in sorted(used)], float)
            rank = np.linalg.matrix_rank(table)
            for at, key in enumerate(order):
                if np.linalg.matrix_rank(np.vstack([table, np.eye(len(order))[at]])) == rank:
                    found.add(key)
        return found


def takes_map(solver, document, days):
    od = "fmr_origin_destination"
    beside = 0
    for arrow in document["arrows"]:
        ends = arrow["origin"], arrow["destination"]
        beside += solver.takes(
            arrow["n"], od, lambda row, ends=ends: (end(row, "origin"), end(row, "dest")) == ends, days
        )
    matrix = document["matrix"]
    for origin, line in zip(matrix["origins"], matrix["rows"], strict=True):
        for destination, n in zip(matrix["destinations"], line, strict=True):
            if n is not None:
                ends = origin, destination
                solver.takes(n, od, lambda row, ends=ends: (end(row, "origin"), end(row, "dest")) == ends, days)
    solver.takes(document["total"], "fmr", lambda _row: True, days)
    return beside


def takes_matrix(solver, path, days):
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["shown"] == "count":
                wanted = row["origin"], row["destination"], row["direction"]
                solver.takes(
                    int(row["n"]),
                    "fmr_origin_destination",
                    lambda one, wanted=wanted: (end(one, "origin"), end(one, "dest"), one["direction"]) == wanted,
                    days,
                )


def takes_geojson(solver, folder, days):
    for one in json.loads((folder / "fluxos.geojson").read_text())["features"]:
        told = one["properties"]
        if one["geometry"]["type"] == "Point":
            solver.takes(told["n"], "fmr", lambda row, told=told: row["direction"] == told["direction"], days)


def takes_bulletin(solver, path, days):
    tables, name = defaultdict(list), None
    for row in csv.reader(StringIO(path.read_text("utf-8-sig"))):
        if row and row[0].startswith("# "):
            name = row[0][2:]
        elif row and name:
            tables[name].append(row)
    told = {row[0]: row[1] for row in tables["movement"][1:]}
    solver.takes(int(told["Movimento total"]), "fmr", lambda _row: True, days)
    for words, way in (("Entradas", "entry"), ("Saídas", "exit")):
        solver.takes(int(told[words]), "fmr", lambda row, way=way: row["direction"] == way, days)
        wanted = "Entradas de nacionais" if way == "entry" else "Saídas de nacionais"
        if told[wanted].isdigit():  # else all of them are hidden, and it says so
            solver.takes(
                int(told[wanted]),
                "fmr_nationality",
                lambda row, way=way: row["direction"] == way and row["nationality"] == "MOZ",
                days,
            )
    drawn = {row[0]: row[1:] for row in tables["days"][1:]}
    assert len(drawn) == 7, "the numbers of the chart stand in a table"
    for day, numbers in drawn.items():
        for way, n in zip(("entry", "exit"), numbers, strict=True):
            if n.isdigit():
                solver.takes(int(n), "fmr", lambda row, way=way: row["direction"] == way, (day, day))
    states = {country_name(key[3][0], "pt"): key[3][0] for key in solver.cells if key[0] == "fmr_nationality"}
    for row in tables["nationality"][1:]:
        if row[0] in states and row[1].isdigit():
            state = states[row[0]]
            solver.takes(int(row[1]), "fmr_nationality", lambda one, state=state: one["nationality"] == state, days)
    return tables


@pytest.mark.parametrize(("audience", "limit"), [("government", 5), ("public", 10)])
def test_all_products_of_a_week_and_of_its_days_together_tell_no_hidden_number(
    filled, tmp_path, monkeypatch, audience, limit
):
    public = ("--audience", audience)
    export(filled, tmp_path / "week", *WEEK, *public, "--format", "csv,xlsx,hxl,geojson,gpkg")
    export(filled, tmp_path / "day", DAY, DAY, *public)
    solver = Solver(filled.home, monkeypatch)
    solver.takes_package(tmp_path / "week")
    solver.takes_package(tmp_path / "day")
    assert all(solver.cells[key] >= limit for key in solver.shown)
    hidden = [key for key in solver.cells if WEEK[0] <= key[1] <= WEEK[1] and key not in solver.shown]
    assert len(hidden) > 50, "nothing was small: the test saw nothing"
    for days in (WEEK, (DAY, DAY)):
        period = ("--from", days[0], "--to", days[1])
        drawn = says(
            filled, "flows", "map", *WHY, *period, *public, "--out", tmp_path / f"{days[0]}.pdf", schema="flows-map"
        )
        takes_map(solver, drawn.json, days)
        says(
            filled,
            "flows",
            "matrix",
            *WHY,
            *period,
            *public,
            "--out",
            tmp_path / f"{days[0]}.csv",
            schema="flows-matrix",
        )
        takes_matrix(solver, tmp_path / f"{days[0]}.csv", days)
    takes_geojson(solver, tmp_path / "week", WEEK)
    if audience == "public":
        paper = tmp_path / "bulletin.csv"
        period = ("--from", WEEK[0], "--to", WEEK[1])
        says(filled, "report", "publish", "weekly-bulletin-public", *period, "--out", paper, schema="report-edition")
        tables = takes_bulletin(solver, paper, WEEK)
        assert len(tables["province"]) == 2, "one province, and no number by post"
    assert solver.determined() == set()

    whole = says(filled, "flows", "map", *WHY, "--from", WEEK[0], "--to", WEEK[1], "--audience", "internal",
                 "--out", tmp_path / "all.pdf", schema="flows-map").json  # fmt: skip
    assert whole["least_count_shown"] == 1
    takes_map(solver, whole, WEEK)
    for day in ("2026-11-14", "2026-11-15"):
        one = says(filled, "flows", "map", *WHY, "--from", day, "--to", day, "--audience", "internal",
                   "--out", tmp_path / f"all-{day}.pdf").json  # fmt: skip
        takes_map(solver, one, (day, day))
    assert solver.determined(), "the equations would find a number if one were told"


def test_what_a_release_hid_stays_hidden_when_the_numbers_grow(filled, tmp_path):
    export(filled, tmp_path / "before", DAY, DAY, "--audience", "public")
    hidden = {
        (way, split): set(json.loads(codes))
        for way, split, codes in sql(
            filled.home, f"SELECT direction, split, hidden FROM flow_cut WHERE audience = 'public' AND day = '{DAY}'"
        )
    }
    assert hidden
    with open_home(filled.home).sign_in("supervisor", "treino") as session, session.store.write() as unit:
        unit.connection.exec_driver_sql(f"UPDATE flow_cell SET n = n * 20 WHERE day = '{DAY}'")  # now none is small
        unit.commit()

    export(filled, tmp_path / "after", DAY, DAY, "--audience", "public")
    export(filled, tmp_path / "week", *WEEK, "--audience", "public")
    export(filled, tmp_path / "others", DAY, DAY, "--audience", "government")

    assert "MOZ" in {row["nationality"] for row in rows(tmp_path / "others", "fmr_nationality")}
    assert {row["shown"] for row in rows(tmp_path / "others", "fmr_nationality")} <= {"part", "unknown"}
    for folder in ("after", "week"):
        told = [row for row in rows(tmp_path / folder, "fmr_nationality") if row["date"] == DAY]
        for row in told:
            assert (
                row["nationality"] not in hidden.get((row["direction"], "fmr_nationality"), ())
                or not row["nationality"]
            )
        untold = {way for way, split in hidden if split == "*"}
        assert not untold & {row["direction"] for row in told}
    assert sql(filled.home, "SELECT count(*) FROM flow_release") == [(4,)]
    assert filled.types("db", "verify", "--json").code == 0


def test_a_day_is_told_by_provinces_or_by_posts_and_only_when_it_is_over(filled, tmp_path):
    export(filled, tmp_path / "week", *WEEK)
    posts = export(filled, tmp_path / "p", DAY, DAY, "--level", "post", "--audience", "public", code=3)
    assert posts.error == "BMIS-704"
    assert not (tmp_path / "p").exists()
    today = says(filled, "flows", "export", "--from", DAY, "--to", NOW[:10], "--out", tmp_path / "t", *WHY, code=3)
    assert today.error == "BMIS-705"
    days = ("--from", NOW[:10], "--to", NOW[:10])
    assert says(filled, "flows", "map", *WHY, *days, "--out", tmp_path / "m.pdf", code=3).error == "BMIS-705"
    assert says(filled, "flows", "map", *WHY, *days, "--audience", "internal", "--out", tmp_path / "m.pdf").json[
        "audience"
    ]
    part = ("--from", DAY, "--to", "2026-11-20", "--out", tmp_path / "b.pdf")
    answer = says(filled, "report", "publish", "weekly-bulletin-public", *part, code=3)
    assert answer.error == "BMIS-707"
    assert sql(filled.home, "SELECT count(*) FROM flow_release") == [(1,)]


def test_a_full_disk_leaves_no_map_and_no_line_of_its_release(filled, tmp_path, monkeypatch):
    folder = tmp_path / "out"
    folder.mkdir()
    no_room_in(folder, monkeypatch)
    days = ("--from", WEEK[0], "--to", WEEK[1])
    assert says(filled, "flows", "map", *WHY, *days, "--out", folder / "m.pdf", code=3).error == "BMIS-703"
    assert list(folder.iterdir()) == []
    assert sql(filled.home, "SELECT count(*) FROM flow_release") == [(0,)]
