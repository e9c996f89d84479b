"""Reports at the terminal: what PDF, workbook and text say is what a plain query over the crossings says."""

import csv
import hashlib
import json
import subprocess
from collections import Counter
from datetime import datetime
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from bmis.kernel.i18n import set_language
from bmis.reports.catalogue import entries
from tests.journeys.cli_robot import no_room_in
from ui.compose import open_home, verify_store
from ui.words.reports import catalogue

FIRST, LAST = "2026-11-12", "2026-11-21"
WEEK = "2026-11-14", "2026-11-20"  # of the bulletin
GONE_ON = "state = 'standing' AND decision IN ('ADMITTED', 'EXITED', 'TRANSIT_ONLY')"
WHY = ("--reason", "mapa mensal", "--recipient", "Direcção Provincial")
DEMO = ("demo", "data", "--days", "10", "--travellers-per-day", "40", "--seed", "5", "--now", "2026-11-22T08:00:00")


@pytest.fixture
def filled(terminal):
    terminal.is_user("admin").types(*DEMO)
    return terminal.is_user("supervisor")


def make(terminal, name, path, days=(FIRST, LAST), *, code=0):
    answer = terminal.types(
        "report", "make", name, "--from", days[0], "--to", days[1], "--out", path, "--json", *WHY, schema="report-make"
    )
    assert answer.code == code, answer.err
    return answer


def plain_query(home, sql):
    with open_home(home).sign_in("supervisor", "treino") as session, session.store.read() as unit:
        return [tuple(row) for row in unit.connection.exec_driver_sql(sql)]


def table_of(path, code):
    rows = list(csv.reader(StringIO(path.read_text("utf-8-sig"))))
    at = next(number for number, row in enumerate(rows) if row and row[0] == f"# {code}")
    end = next((number for number, row in enumerate(rows[at:], at) if not row), len(rows))
    return rows[at + 1], rows[at + 2 : end]


def test_the_list_needs_no_home_and_names_every_report_in_both_languages(terminal, monkeypatch):
    monkeypatch.setenv("BMIS_HOME", "/nonexistent")
    portuguese = terminal.types("report", "list", "--json", schema="report-list").json
    english = terminal.types("report", "list", "--json", "--lang", "en", schema="report-list").json
    assert {one.name for one in entries()} <= {one["name"] for one in portuguese}
    assert all(pt["title"] != en["title"] for pt, en in zip(portuguese, english, strict=True))


def test_every_report_of_the_border_is_made_in_every_form_with_the_same_numbers(filled, tmp_path):
    for one in entries():
        for form in ("pdf", "xlsx", "csv"):
            path = tmp_path / f"{one.name}.{form}"
            made = make(filled, one.name, path, WEEK if one.for_public else (FIRST, LAST))
            assert made.json["bytes"] == path.stat().st_size > 80
        said = subprocess.run(["pdftotext", "-raw", tmp_path / f"{one.name}.pdf", "-"], capture_output=True, check=True)
        paper = Counter(said.stdout.decode().replace("\u00a0", " ").split())
        sheets = load_workbook(BytesIO((tmp_path / f"{one.name}.xlsx").read_bytes())).worksheets[1:]
        assert {sheet.title for sheet in sheets} == {code[:31] for code in made.json["tables"]}
        for code in made.json["tables"]:
            _head, rows = table_of(tmp_path / f"{one.name}.csv", code)
            sheet = next(sheet for sheet in sheets if sheet.title == code[:31])
            cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=2 + len(rows))]
            assert [list(map(plain, row)) for row in cells] == [list(map(plain, row)) for row in rows], code
            counts = Counter(cell for row in cells for cell in row[1:] if isinstance(cell, int) and cell < 1000)
            assert all(paper[str(n)] >= times for n, times in counts.items()), code
    set_language("pt")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    assert len(catalogue()) >= len(entries())


def plain(cell):
    """Return a cell of text or workbook alike: a number rounded as the text is, a day, else its words."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    try:
        return round(float(cell), 5)
    except (TypeError, ValueError):
        return cell or ""


def test_nationalities_are_the_same_in_text_workbook_paper_and_a_plain_query(filled, tmp_path):
    for form in ("csv", "xlsx", "pdf"):
        make(filled, "t2", tmp_path / f"t2.{form}")
    wanted = plain_query(
        filled.home,
        "SELECT nationality, direction, count(*) FROM crossing WHERE state = 'standing'"
        " AND decision IN ('ADMITTED', 'EXITED', 'TRANSIT_ONLY') GROUP BY nationality, direction",
    )
    nationals = Counter({way: n for state, way, n in wanted if state == "MOZ"})
    foreign = Counter()
    for state, way, n in wanted:
        if state != "MOZ":
            foreign[way] += n
    _head, rows = table_of(tmp_path / "t2.csv", "nationals")
    assert rows[-1][:4] == ["Total", str(nationals["ENTRY"]), str(nationals["EXIT"]), str(nationals.total())]
    _head, rows = table_of(tmp_path / "t2.csv", "foreigners")
    assert rows[-1][:4] == ["Total", str(foreign["ENTRY"]), str(foreign["EXIT"]), str(foreign.total())]
    assert sum(int(row[3]) for row in rows[:-1]) == foreign.total()
    sheet = load_workbook(BytesIO((tmp_path / "t2.xlsx").read_bytes()))["foreigners"]
    last = [cell.value for cell in list(sheet.rows)[len(rows) + 1]]
    assert last[:4] == ["Total", foreign["ENTRY"], foreign["EXIT"], foreign.total()]
    said = subprocess.run(["pdftotext", "-layout", tmp_path / "t2.pdf", "-"], capture_output=True, check=True)
    totals = [line.split()[1:4] for line in said.stdout.decode().splitlines() if line.strip().startswith("Total")]
    assert totals[1] == [str(foreign["ENTRY"]), str(foreign["EXIT"]), str(foreign.total())]


def test_refusals_by_reason_and_by_hour_agree_with_a_plain_query(filled, tmp_path):
    make(filled, "t9", tmp_path / "t9.csv")
    make(filled, "t11", tmp_path / "t11.csv")
    reasons = plain_query(
        filled.home,
        "SELECT r.value, count(*) FROM crossing, json_each(payload, '$.verdict.reasons') AS r"
        " WHERE state = 'standing' AND decision = 'REFUSED_ENTRY' GROUP BY r.value",
    )
    _head, rows = table_of(tmp_path / "t9.csv", "refused_reasons")
    assert reasons
    assert sorted(int(row[1]) for row in rows) == sorted(n for _code, n in reasons)
    hours = plain_query(
        filled.home,
        "SELECT strftime('%H', crossed_at / 1000000 + 7200, 'unixepoch'), count(*) FROM crossing"
        " WHERE state = 'standing' AND decision IN ('ADMITTED', 'EXITED', 'TRANSIT_ONLY') GROUP BY 1",
    )
    _head, rows = table_of(tmp_path / "t11.csv", "hour_weekday")
    assert {row[0][:2]: int(row[-1]) for row in rows[:-1] if row[-1] != "0"} == dict(hours)


def test_what_stands_against_the_period_before_is_what_a_plain_query_says_in_every_form(filled, tmp_path):
    days, before = ("2026-11-17", "2026-11-21"), ("2026-11-12", "2026-11-16")
    for form in ("csv", "xlsx", "pdf"):
        make(filled, "t3", tmp_path / f"t3.{form}", days)

    def moved(first, last):
        return plain_query(
            filled.home,
            f"SELECT count(*) FROM crossing WHERE {GONE_ON}"
            f" AND date(crossed_at / 1000000 + 7200, 'unixepoch') BETWEEN '{first}' AND '{last}'",
        )[0][0]

    now, earlier = moved(*days), moved(*before)
    _head, rows = table_of(tmp_path / "t3.csv", "travel_mode_against")
    assert [row[1:3] for row in rows if row[0] == "Total"] == [[str(now), str(earlier)]]
    assert rows[-1][4:] == ["n/d: não registado", "n/d"]
    sheet = load_workbook(BytesIO((tmp_path / "t3.xlsx").read_bytes()))["travel_mode_against"]
    assert [cell.value for cell in list(sheet.rows)[len(rows) + 1]][1:3] == [now, earlier]
    said = subprocess.run(["pdftotext", "-layout", tmp_path / "t3.pdf", "-"], capture_output=True, check=True)
    totals = [line.split()[1:3] for line in said.stdout.decode().splitlines() if line.strip().startswith("Total")]
    assert totals[-1] == [str(now), str(earlier)]


@pytest.mark.parametrize(
    ("words", "code", "leaves"),
    [
        (("nothing", "--from", FIRST, "--to", LAST, "--out", "x.pdf"), "BMIS-700", 2),
        (("t1", "--from", LAST, "--to", FIRST, "--out", "x.pdf"), "BMIS-701", 3),
        (("t1", "--from", "2999-01-01", "--to", "2999-01-02", "--out", "x.pdf"), "BMIS-701", 3),
        (("t1", "--from", FIRST, "--to", LAST, "--out", "x.doc"), "BMIS-702", 2),
        (("t1", "--from", FIRST, "--to", LAST, "--out", "/nonexistent/x.pdf"), "BMIS-703", 3),
        (("t4", "--from", FIRST, "--to", LAST, "--out", "x.csv"), "BMIS-820", 3),
        (("t4", "--from", FIRST, "--to", LAST, "--out", "x.xlsx", "--reason", "mapa"), "BMIS-820", 3),
        (("t4", "--from", FIRST, "--to", LAST, "--out", "x.csv", *WHY[:3], " "), "BMIS-820", 3),
        (("t1", "--from", FIRST, "--to", LAST, "--out", "x.pdf", "--reason", "m" * 501), "BMIS-820", 3),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_is_left(terminal, tmp_path, monkeypatch, words, code, leaves):
    monkeypatch.chdir(tmp_path)
    answer = terminal.is_user("supervisor").types("report", "make", *words, "--json")
    assert (answer.error, answer.code) == (code, leaves)
    assert plain_query(terminal.home, "SELECT count(*) FROM outbox WHERE kind = 'report.exported'") == [(0,)]
    assert list(tmp_path.glob("x.*")) == []


def test_a_file_that_leaves_the_store_is_on_the_audit_with_why_and_for_whom(terminal, tmp_path):
    desk = terminal.is_user("supervisor")
    make(desk, "t4", tmp_path / "t4.csv")
    paper = ("report", "make", "t4", "--from", FIRST, "--to", LAST, "--out", tmp_path / "t4.pdf", "--json")
    assert desk.types(*paper).code == 0, "paper for the post is made without a reason, and logged"
    kept = [
        json.loads(row[0])
        for row in plain_query(desk.home, "SELECT payload FROM outbox WHERE kind = 'report.exported'")
    ]
    assert [(one["form"], one["reason"], one["recipient"], one["by"]) for one in kept] == [
        ("csv", "mapa mensal", "Direcção Provincial", "supervisor"),
        ("pdf", "", "", "supervisor"),
    ]
    for one, form in zip(kept, ("csv", "pdf"), strict=True):
        assert one["sha256"] == hashlib.sha256((tmp_path / f"t4.{form}").read_bytes()).hexdigest()
    with open_home(desk.home).recovery("treino") as recovery:
        verify_store(recovery)()


def test_an_officer_and_the_people_of_health_make_no_reports(terminal, tmp_path):
    for name in ("officer", "screener", "health-supervisor"):
        answer = terminal.is_user(name).types(
            "report", "make", "t1", "--from", FIRST, "--to", LAST, "--out", tmp_path / "x.pdf", "--json"
        )
        assert answer.code == 3
        assert not (tmp_path / "x.pdf").exists()


def test_a_full_disk_leaves_the_earlier_report_as_it_was(filled, tmp_path, monkeypatch):
    path = tmp_path / "out" / "t3.csv"
    path.parent.mkdir()
    make(filled, "t3", path)
    before = path.read_bytes()

    no_room_in(path.parent, monkeypatch)
    answer = filled.types("report", "make", "t3", "--from", FIRST, "--to", LAST, "--out", path, "--json")
    assert answer.error == "BMIS-703"
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir() if one.name.startswith(".bmis-")] == []


def test_a_period_without_a_crossing_is_a_report_of_noughts_and_not_an_error(terminal, tmp_path):
    make(terminal.is_user("supervisor"), "t3", tmp_path / "t3.csv")
    _head, rows = table_of(tmp_path / "t3.csv", "travel_mode")
    assert rows == []
