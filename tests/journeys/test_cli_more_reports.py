"""Reports of the day, the shift, the season and health: numbers that a plain query gives, and who reads them."""

import csv
import hashlib
import json
import subprocess
from datetime import datetime
from io import StringIO

import pytest
import zxingcpp
from PIL import Image

from ui.compose import border_desk, open_home

NOW = "2026-11-22T08:00:00"
EVENING = datetime.fromisoformat("2026-11-21T18:00:00+02:00")
FIRST, LAST = "2026-11-12", "2026-11-21"
DEMO = ("demo", "data", "--days", "10", "--travellers-per-day", "30", "--seed", "7", "--now", NOW)
GONE_ON = "state = 'standing' AND decision IN ('ADMITTED', 'EXITED', 'TRANSIT_ONLY')"
LOCAL_DAY = "date(crossed_at / 1000000 + 7200, 'unixepoch')"


@pytest.fixture
def filled(terminal):
    terminal.is_user("admin").types(*DEMO)
    return terminal.is_user("supervisor")


WHY = ("--reason", "resumo da quinzena", "--recipient", "Direcção Provincial de Saúde")


def makes(desk, name, path, first=FIRST, last=LAST, why=WHY):
    return desk.types(
        "report",
        "make",
        name,
        "--from",
        first,
        "--to",
        last,
        "--out",
        path,
        "--json",
        "--now",
        NOW,
        *why,
        schema="report-make",
    )


def rows_of(path, code):
    rows = list(csv.reader(StringIO(path.read_text("utf-8-sig"))))
    at = next(number for number, row in enumerate(rows) if row and row[0] == f"# {code}")
    end = next((number for number, row in enumerate(rows[at:], at) if not row), len(rows))
    return [dict(zip(rows[at + 1], row, strict=True)) for row in rows[at + 2 : end]]


def query(home, sql):
    with open_home(home).sign_in("supervisor", "treino") as session, session.store.read() as unit:
        return [tuple(row) for row in unit.connection.exec_driver_sql(sql)]


def sends(desk, kind, figures, day=LAST):
    one = {"post": "MZ.L.RSG", "day": day, "sender": "chefe-1", "sent_at": "2026-11-22T06:30"}
    text = json.dumps(one | {"returns": [{"kind": kind, "figures": figures}]})
    assert desk.types("report", "return", "-", "--json", "--now", NOW, stdin=text, schema="report-return").code == 0


def test_the_shift_report_carries_the_mark_that_closing_printed_and_its_qr_reads(terminal, tmp_path):
    with open_home(terminal.home, EVENING).sign_in("supervisor", "treino") as session:
        desk = border_desk(session)
        desk.open_shift(session.actor)
        closed = desk.close_shift(session.actor)
    desk = terminal.is_user("supervisor")
    makes(desk, "shift", tmp_path / "s.csv", LAST, LAST)
    facts = {row["fact"]: row["value"] for row in rows_of(tmp_path / "s.csv", "shift1")}
    assert facts["Ponto de controlo da auditoria"] == closed.checkpoint.anchor
    counts = {row["figure"]: row["n"] for row in rows_of(tmp_path / "s.csv", "shift1_counts")}
    assert counts["Entradas"] == "0"
    makes(desk, "shift", tmp_path / "s.pdf", LAST, LAST)
    subprocess.run(["pdftoppm", "-r", "150", "-png", tmp_path / "s.pdf", tmp_path / "s"], check=True)
    read = zxingcpp.read_barcodes(Image.open(next(tmp_path.glob("s-*.png"))))
    assert [one.text for one in read] == [closed.checkpoint.anchor]
    makes(desk, "shift", tmp_path / "none.pdf", FIRST, FIRST)
    said = subprocess.run(["pdftotext", tmp_path / "none.pdf", "-"], capture_output=True, check=True).stdout.decode()
    assert "Nenhum turno foi fechado" in said


def test_the_season_names_the_peak_day_that_a_plain_query_finds(filled, tmp_path):
    sends(filled, "repatriations", {"repatriated": 4})
    makes(filled, "festive-season", tmp_path / "f.csv")
    days = query(
        filled.home, f"SELECT {LOCAL_DAY}, count(*) FROM crossing WHERE {GONE_ON} GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    peak = rows_of(tmp_path / "f.csv", "peak")
    assert (peak[0]["day"], peak[0]["n"]) == (days[0][0], str(days[0][1]))
    totals = {row["key"]: row for row in rows_of(tmp_path / "f.csv", "totals")}
    assert totals["Movimento total"]["now"] == str(sum(n for _day, n in days))
    assert totals["Movimento total"]["last_year"] == "n/d: não registado"
    assert [row["now"] for row in rows_of(tmp_path / "f.csv", "repatriated")] == ["4", "não recebido", "não recebido"]
    assert len(rows_of(tmp_path / "f.csv", "nationalities")) == 3


def test_the_situation_of_a_day_agrees_with_a_plain_query_and_says_what_has_not_come(filled, tmp_path):
    makes(filled, "daily-situation", tmp_path / "d.csv", LAST, LAST)
    entries = query(
        filled.home, f"SELECT count(*) FROM crossing WHERE {GONE_ON} AND direction = 'ENTRY' AND {LOCAL_DAY} = '{LAST}'"
    )
    found = {row["figure"]: row for row in rows_of(tmp_path / "d.csv", "movement")}
    assert found["Entradas"]["now"] == str(entries[0][0])
    assert sum(int(row["entries"]) for row in rows_of(tmp_path / "d.csv", "hours")) == entries[0][0]
    returns = rows_of(tmp_path / "d.csv", "returns")
    assert {row["n"] for row in returns} == {"não recebido"}
    assert all(row["missing"] == "1" for row in returns)


def test_what_only_posts_report_is_not_recorded_until_they_do(filled, tmp_path):
    makes(filled, "t12", tmp_path / "a.csv")
    assert rows_of(tmp_path / "a.csv", "vehicles")[0]["trucks_in"] == "n/d: não registado"
    sends(filled, "vehicles", {"trucks_in": 40})
    sends(filled, "deportees", {"received": 9, "women": 2})
    makes(filled, "t12", tmp_path / "b.csv")
    row = rows_of(tmp_path / "b.csv", "vehicles")[0]
    assert (row["trucks_in"], row["buses_in"]) == ("40", "n/d: não registado")
    makes(filled, "t10", tmp_path / "c.csv")
    row = rows_of(tmp_path / "c.csv", "deportees")[0]
    assert (row["received"], row["women"], row["men"]) == ("9", "2", "não recebido")
    assert rows_of(tmp_path / "c.csv", "repatriations")[0]["repatriated"] == "não recebido"


def test_the_summary_of_the_package_holds_what_the_package_shows(filled, tmp_path):
    makes(filled, "t13", tmp_path / "p.csv")
    shown = rows_of(tmp_path / "p.csv", "places")
    moved = query(filled.home, f"SELECT count(*) FROM crossing WHERE {GONE_ON}")
    total = sum(int(row["entries"]) + int(row["exits"]) for row in shown)
    assert total == moved[0][0] or int(shown[0]["hidden"]) > 0


def test_the_summary_of_the_package_counts_the_rows_in_which_the_package_hides_a_number(filled, tmp_path):
    makes(filled, "t13", tmp_path / "p.csv")
    told = {row["table"]: row["hidden"] for row in rows_of(tmp_path / "p.csv", "tables")}
    exported = filled.types(
        "flows", "export", "--from", FIRST, "--to", LAST, "--out", tmp_path / "package", "--json", "--now", NOW,
        "--reason", "ensaio", "--recipient", "INS",
    )  # fmt: skip
    assert exported.code == 0, exported.out
    by_age = list(csv.DictReader(StringIO((tmp_path / "package" / "fmr.csv").read_text("utf-8"))))
    hidden = [row for row in by_age if "" in [row["total"], *(row[name] for name in row if name[:2] in ("f_", "m_"))]]
    assert hidden
    assert told["Movimentos por sexo e idade"] == str(len(hidden))


def test_health_is_read_by_health_alone_and_a_day_that_was_not_submitted_is_no_nought(filled, tmp_path):
    for name in ("t14", "health-tally", "health-weekly"):
        assert makes(filled, name, tmp_path / "x.csv", LAST, LAST).error == "BMIS-010"
    assert list(tmp_path.glob("x.*")) == []
    desk = filled.is_user("health-supervisor")
    assert makes(desk, "weekly-bulletin", tmp_path / "x.csv").error == "BMIS-010"
    assert makes(desk, "health-tally", tmp_path / "x.csv").error == "BMIS-735"
    assert makes(desk, "health-weekly", tmp_path / "x.csv").error == "BMIS-736"
    submitted = desk.types("health", "tally", "--day", LAST, "--submit", "--hours", "12", "--json", "--now", NOW)
    assert submitted.code == 0, submitted.out
    for form in ("csv", "xlsx", "pdf"):
        assert makes(desk, "t14", tmp_path / f"t.{form}").code == 0
        assert makes(desk, "health-tally", tmp_path / f"h.{form}", LAST, LAST).code == 0
        assert makes(desk, "health-weekly", tmp_path / f"w.{form}", "2026-11-09", "2026-11-15").code == 0
    days = {row["day"]: row for row in rows_of(tmp_path / "t.csv", "days")}
    assert days[LAST]["screened"] == str(submitted.json["counts"]["screened"])
    assert days[FIRST]["screened"] == "não recebido"
    assert makes(filled.is_user("screener"), "t14", tmp_path / "y.csv").error == "BMIS-010"


def test_a_report_of_health_that_leaves_is_on_its_audit_and_a_table_says_why_and_for_whom(filled, tmp_path):
    desk = filled.is_user("health-supervisor")
    week = ("2026-11-09", "2026-11-15")
    for name, days in (("t14", (FIRST, LAST)), ("health-tally", (LAST, LAST)), ("health-weekly", week)):
        for form in ("csv", "xlsx"):
            for why in ((), WHY[:2], (*WHY[:3], " ")):
                assert makes(desk, name, tmp_path / f"x.{form}", *days, why=why).error == "BMIS-820"
        assert makes(desk, name, tmp_path / f"{name}.pdf", *days, why=()).code == 0
        assert makes(desk, name, tmp_path / f"{name}.xlsx", *days).code == 0
    assert list(tmp_path.glob("x.*")) == []
    assert makes(desk, "t14", tmp_path / "gone" / "t.csv").error == "BMIS-703"
    with open_home(filled.home).sign_in("health-supervisor", "treino") as session, session.store.read() as unit:
        asked = "SELECT payload FROM outbox WHERE kind = 'health.report_exported' ORDER BY seq"
        kept = [json.loads(text) for text in unit.connection.exec_driver_sql(asked).scalars()]
        linked = unit.connection.exec_driver_sql(
            "SELECT count(*) FROM audit WHERE kind = 'health.report_exported'"
        ).scalar()
    assert [(one["report"], one["form"], one["reason"]) for one in kept] == [
        (name, form, why)
        for name in ("t14", "health-tally", "health-weekly")
        for form, why in (("pdf", ""), ("xlsx", WHY[1]))
    ]
    assert linked == len(kept)
    for one in kept:
        content = (tmp_path / f"{one['report']}.{one['form']}").read_bytes()
        assert one["sha256"] == hashlib.sha256(content).hexdigest()
    assert desk.types("db", "verify", "--json", "--now", NOW).code == 0
