"""The weekly bulletin: numbers a plain query gives too, what is missing said, editions frozen, revisions complete."""

import csv
import json
import subprocess
from collections import Counter
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from ui.compose import open_home, verify_store

NOW = "2026-11-22T08:00:00"
FIRST, LAST = "2026-11-14", "2026-11-20"
WEEK = ("--from", FIRST, "--to", LAST)
DEMO = ("demo", "data", "--days", "18", "--travellers-per-day", "30", "--seed", "5", "--now", NOW)
GONE_ON = "state = 'standing' AND decision IN ('ADMITTED', 'EXITED', 'TRANSIT_ONLY')"
LOCAL_DAY = "date(crossed_at / 1000000 + 7200, 'unixepoch')"

NOTHING_SAID = "n/d: não registado"
UNLISTED = {"now": "0", "share": "0.0", "change_before": "n/d", "last_year": NOTHING_SAID, "change_last_year": "n/d"}
"""What a row that a table of places does not list would hold: nobody came, and of last year nothing is recorded."""


@pytest.fixture
def filled(terminal):
    terminal.is_user("admin").types(*DEMO)
    terminal.sets(BMIS_NEW_PASSWORD="Sinal-verde-42")
    added = terminal.types("staff", "add", "chefe", "--role", "supervisor", "--json", "--now", NOW)
    assert added.code == 0, added.err
    return terminal.is_user("chefe", "Sinal-verde-42", second="supervisor")


def makes(desk, path, *words, code=0):
    schema = "report-make" if words[0] == "make" else "report-edition"
    answer = desk.types("report", *words, "--out", path, "--json", "--now", NOW, schema=schema)
    assert answer.code == code, answer.out
    return answer.json


def tables(path):
    found, name = {}, None
    for row in csv.reader(StringIO(path.read_text("utf-8-sig"))):
        if row and row[0].startswith("# "):
            name = row[0][2:]
        elif row and name:
            found.setdefault(name, []).append(row)
    return {
        name: {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]} for name, rows in found.items() if rows
    }


def query(home, sql):
    with open_home(home).sign_in("supervisor", "treino") as session, session.store.read() as unit:
        return [tuple(row) for row in unit.connection.exec_driver_sql(sql)]


def counted(home, first, last):
    rows = query(
        home,
        f"SELECT direction, nationality = 'MOZ', count(*) FROM crossing WHERE {GONE_ON}"
        f" AND {LOCAL_DAY} BETWEEN '{first}' AND '{last}' GROUP BY 1, 2",
    )
    return Counter({(way, bool(national)): n for way, national, n in rows})


def sends(desk, kind, figures, post="MZ.L.RSG", day=LAST):
    text = json.dumps(
        {
            "post": post,
            "day": day,
            "sender": "j-machava",
            "sent_at": "2026-11-22T06:30",
            "returns": [{"kind": kind, "figures": figures}],
        }
    )
    answer = desk.types("report", "return", "-", "--json", "--now", NOW, stdin=text, schema="report-return")
    assert answer.code == 0, answer.out


def test_the_numbers_are_those_of_a_plain_query_in_paper_workbook_and_text(filled, tmp_path):
    for form in ("csv", "xlsx", "pdf"):
        makes(filled, tmp_path / f"b.{form}", "make", "weekly-bulletin", *WEEK)
    now, before = counted(filled.home, FIRST, LAST), counted(filled.home, "2026-11-07", "2026-11-13")
    found = tables(tmp_path / "b.csv")["movement"]
    wanted = {
        "Movimento total": (now.total(), before.total()),
        "Entradas de nacionais": (now["ENTRY", True], before["ENTRY", True]),
        "Saídas de estrangeiros": (now["EXIT", False], before["EXIT", False]),
    }
    assert now.total() > 50
    sheet = load_workbook(BytesIO((tmp_path / "b.xlsx").read_bytes()))["movement"]
    cells = {row[0].value: [cell.value for cell in row[1:]] for row in sheet.iter_rows(min_row=3)}
    said = subprocess.run(["pdftotext", "-layout", tmp_path / "b.pdf", "-"], capture_output=True, check=True)
    lines = {" ".join(line.split()) for line in said.stdout.decode().replace("\u00a0", " ").splitlines()}
    for name, (this, earlier) in wanted.items():
        assert (found[name]["now"], found[name]["before"]) == (str(this), str(earlier))
        assert found[name]["last_year"] == "n/d: não registado"
        assert found[name]["change_last_year"] == "n/d"
        assert cells[name][:2] == [this, earlier]
        assert cells[name][2] == pytest.approx((this - earlier) / earlier)
        assert any(line.startswith(f"{name} {this} {earlier} ") for line in lines), name
    states = query(
        filled.home,
        f"SELECT count(*) FROM crossing WHERE {GONE_ON} AND nationality <> 'MOZ'"
        f" AND {LOCAL_DAY} BETWEEN '{FIRST}' AND '{LAST}' GROUP BY nationality ORDER BY 1 DESC",
    )
    shown = [int(row["now"]) for row in tables(tmp_path / "b.csv")["nationality"].values()]
    assert shown[:3] == [n for (n,) in states][:3]
    refused = query(
        filled.home,
        "SELECT count(*) FROM crossing WHERE state = 'standing' AND decision = 'REFUSED_ENTRY'"
        f" AND {LOCAL_DAY} BETWEEN '{FIRST}' AND '{LAST}'",
    )
    assert tables(tmp_path / "b.csv")["refused"]["Pessoas com entrada recusada"]["now"] == str(refused[0][0])


def test_a_missing_return_is_not_received_and_never_nought_and_growth_from_nought_is_none(filled, tmp_path):
    sends(filled, "lost_passports", {"lost": 0}, day="2026-11-10")
    makes(filled, tmp_path / "a.csv", "make", "weekly-bulletin", *WEEK)
    lost = tables(tmp_path / "a.csv")["returns_lost_passports"]["Passaportes dados como extraviados"]
    assert (lost["now"], lost["before"], lost["change_before"]) == ("não recebido", "0", "n/d")
    assert tables(tmp_path / "a.csv")["lost_by_province"]["Maputo Província"] == {
        "place": "Maputo Província",
        "n": "não recebido",
        "missing": "7",
    }
    assert tables(tmp_path / "a.csv")["repatriated_by_nationality"]["Todos"]["n"] == "não recebido"
    sends(filled, "lost_passports", {"lost": 99})
    sends(filled, "repatriations", {"repatriated": 5, "by_nationality": {"MWI": 3, "ZWE": 2}})
    makes(filled, tmp_path / "b.csv", "make", "weekly-bulletin", *WEEK)
    found = tables(tmp_path / "b.csv")
    lost = found["returns_lost_passports"]["Passaportes dados como extraviados"]
    assert (lost["now"], lost["change_before"]) == ("99", "n/d")
    assert found["returns_lost_passports"]["Passaportes encontrados"]["now"] == "não recebido"
    assert [row["n"] for row in found["repatriated_by_nationality"].values()] == ["3", "2"]
    assert found["lost_by_province"]["Maputo Província"]["missing"] == "6"


def test_posts_without_a_link_count_once_and_not_where_their_crossings_are_held(filled, tmp_path):
    makes(filled, tmp_path / "a.csv", "make", "weekly-bulletin", *WEEK)
    sends(filled, "crossings", {"entries_nationals": 40, "exits_foreigners": 2, "refused": 1}, post="MZ.B.ESP")
    sends(filled, "crossings", {"entries_nationals": 1000})  # its own crossings of that day are held here
    makes(filled, tmp_path / "b.csv", "make", "weekly-bulletin", *WEEK)
    before, after = tables(tmp_path / "a.csv"), tables(tmp_path / "b.csv")

    def grew(table, row):
        return int(after[table][row]["now"]) - int(before[table].get(row, {"now": 0})["now"])

    assert grew("movement", "Movimento total") == 42
    assert grew("movement", "Entradas de nacionais") == 40
    assert grew("refused", "Pessoas com entrada recusada") == 1
    assert grew("province", "Manica") == 42
    assert after["linkless"]["Ressano Garcia"]["entries"] == "–"


def imports(desk, path, *lines):
    path.write_text("first,last,measure,key,value,source\n" + "".join(f"{line}\n" for line in lines), "utf-8")
    answer = desk.types("report", "baseline", "import", path, "--json", "--now", NOW, schema="report-baseline")
    assert answer.json["figures"] == len(lines)


def test_past_bulletins_stand_in_where_crossings_do_not_reach_with_their_source(filled, tmp_path):
    week, source = "2025-11-15,2025-11-21", "Boletim n.º 47/2025"
    imports(
        filled,
        tmp_path / "past.csv",
        f"{week},total,,118277,{source}",
        f"{week},nationality,ZAF,9000,{source}",
        f"{week},post,MZ.L.RSG,50000,{source}",
        f"{week},entries,MZ.L.RSG,26000,{source}",
        f"{week},exits,,60000,{source}",
        f"{week},inspection.fines,MZ.L.RSG,12,{source}",
    )
    made = makes(filled, tmp_path / "b.csv", "make", "weekly-bulletin", *WEEK)
    found = tables(tmp_path / "b.csv")
    assert made["tables"]["post"] == 1
    assert found["movement"]["Movimento total"]["last_year"] == "50000", "this post's, and not the country's"
    assert found["movement"]["Entradas"]["last_year"] == "26000"
    assert found["movement"]["Saídas"]["last_year"] == "n/d: não registado", "only the country's was published"
    assert found["movement"]["Saídas"]["change_last_year"] == "n/d"
    assert found["post"]["Ressano Garcia"]["last_year"] == "50000"
    assert {row["last_year"] for row in found["nationality"].values()} == {"n/d: não registado"}
    assert found["returns_inspection"]["Multas aplicadas"]["last_year"] == "12"
    makes(filled, tmp_path / "b.pdf", "make", "weekly-bulletin", *WEEK)
    said = subprocess.run(["pdftotext", tmp_path / "b.pdf", "-"], capture_output=True, check=True).stdout.decode()
    assert source in said
    assert "de todo o país" in " ".join(said.split())


def test_a_report_of_several_posts_is_set_against_the_country_and_a_post_that_began_later_against_nothing(
    filled, tmp_path
):
    sends(filled, "crossings", {"entries_nationals": 30, "exits_nationals": 12}, post="MZ.B.MCP")
    imports(filled, tmp_path / "past.csv", "2025-11-15,2025-11-21,total,,118277,Boletim n.º 47/2025")
    makes(filled, tmp_path / "b.csv", "make", "weekly-bulletin", *WEEK)
    found = tables(tmp_path / "b.csv")
    assert found["movement"]["Movimento total"]["last_year"] == "118277"
    assert found["post"]["Machipanda"]["before"] == "n/d: não registado", "not nought: nobody wrote anything down"
    assert found["post"]["Machipanda"]["change_before"] == "n/d"
    assert found["post"]["Ressano Garcia"]["before"].isdigit()


@pytest.mark.parametrize(
    "lines",
    [
        "",
        "2025-11-15,2025-11-21,weather,,1,some source\n",
        "2025-11-15,2025-11-21,total,,1.5,some source\n",
        "2025-11-15,2025-11-21,total,,1,\n",
        "2025-11-15,2025-11-21,post,MZ.Q.QQQ,1,some source\n",
        "2025-11-21,2025-11-15,total,,1,some source\n",
        "2025-11-15,2027-11-21,total,,1,some source\n",
        "2025-11-15,2025-11-21,total,,1,some source\n" * 2,
        "2025-11-15,2025-11-21,total,,1\n",
        '2025-11-15,2025-11-21,total,,1,"some source\n',
    ],
)
def test_a_fault_in_a_file_of_past_figures_keeps_nothing_of_it(terminal, tmp_path, lines):
    file = tmp_path / "past.csv"
    file.write_text(
        "first,last,measure,key,value,source\n2024-11-16,2024-11-22,total,,1,ok source\n"[: None if lines else 36]
        + lines
    )
    answer = terminal.is_user("supervisor").types("report", "baseline", "import", file, "--json", "--now", NOW)
    assert answer.error == "BMIS-729"
    assert query(terminal.home, "SELECT count(*) FROM report_event") == [(0,)]


def test_an_edition_is_frozen_while_the_report_goes_on_and_its_paper_can_be_made_again(filled, tmp_path):
    first = makes(filled, tmp_path / "e.csv", "publish", "weekly-bulletin", *WEEK)
    assert (first["edition"], first["by"], first["signer"]) == ("1/2026", "chefe", "supervisor")
    assert filled.types("report", "publish", "weekly-bulletin", *WEEK, "--out", tmp_path / "x.csv", "--json").error == (
        "BMIS-730"
    )
    sends(filled, "inspection", {"inspections": 7})
    makes(filled, tmp_path / "later.csv", "make", "weekly-bulletin", *WEEK)
    assert tables(tmp_path / "later.csv")["returns_inspection"]["Acções de fiscalização"]["now"] == "7"
    makes(filled, tmp_path / "again.csv", "edition", "weekly-bulletin", "1/2026")
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "e.csv").read_bytes()
    makes(filled, tmp_path / "again.pdf", "edition", "weekly-bulletin", "1/2026")
    said = subprocess.run(["pdftotext", tmp_path / "again.pdf", "-"], capture_output=True, check=True).stdout.decode()
    assert first["values_sha256"] in said.replace("\n", "")
    assert "chefe" in said


def test_a_revision_lists_exactly_the_cells_that_changed(filled, tmp_path):
    makes(filled, tmp_path / "old.csv", "publish", "weekly-bulletin", *WEEK)
    nothing = filled.types(
        "report", "revise", "weekly-bulletin", *WEEK, "--out", tmp_path / "x.pdf", "--json", "--now", NOW
    )
    assert nothing.error == "BMIS-732"
    sends(filled, "inspection", {"inspections": 7, "fines": 0})
    sends(filled, "crossings", {"entries_nationals": 5}, post="MZ.B.ESP")
    said = makes(filled, tmp_path / "new.csv", "revise", "weekly-bulletin", *WEEK)
    assert said["edition"] == "1/2026-R1"
    old, new = tables(tmp_path / "old.csv"), tables(tmp_path / "new.csv")
    new.pop("changes")
    differ, came = set(), set()
    for table in {*old, *new}:
        for row in {*old.get(table, {}), *new.get(table, {})}:
            before, after = old.get(table, {}).get(row, {}), new.get(table, {}).get(row, {})
            first_column = next(iter(after or before))
            if not before and table in ("post", "province"):  # it was not listed, which is nought there
                came.add((table, row))
                before = UNLISTED | {"before": NOTHING_SAID if table == "post" else "0"}
            differ |= {
                (table, row, column)
                for column in {*before, *after} - {first_column}
                if before.get(column) != after.get(column)
            }
    assert {(one["table"], one["row"], one["column"]) for one in said["changes"]} == differ
    assert came == {("post", "Espungabera"), ("province", "Manica")}
    changes = {(one["table"], one["row"], one["column"]): (one["old"], one["new"]) for one in said["changes"]}
    assert changes["post", "Espungabera", "now"] == changes["province", "Manica", "now"] == ("0", "5")
    assert len(differ) > 5
    assert len(list(csv.reader(StringIO((tmp_path / "new.csv").read_text("utf-8-sig").split("# changes")[1])))) > len(
        differ
    )
    kept = filled.types("report", "editions", "weekly-bulletin", "--json", "--now", NOW, schema="report-editions").json
    assert [one["edition"] for one in kept] == ["1/2026", "1/2026-R1"]
    assert kept[0]["values_sha256"] != kept[1]["values_sha256"]
    with open_home(filled.home).recovery("treino") as recovery:
        verify_store(recovery)()


def test_nothing_is_published_without_a_second_person_or_where_the_paper_cannot_be_written(filled, tmp_path):
    words = ("report", "publish", "weekly-bulletin", *WEEK, "--json", "--now", NOW)
    assert filled.types(*words, "--out", "/nonexistent/e.pdf").error == "BMIS-703"
    filled.lacks("BMIS_SECOND_USER")
    assert filled.types(*words, "--out", tmp_path / "e.pdf").error == "BMIS-009"
    filled.sets(BMIS_SECOND_USER="chefe")
    assert filled.types(*words, "--out", tmp_path / "e.pdf").code == 3
    filled.sets(BMIS_SECOND_USER="officer")
    assert filled.types(*words, "--out", tmp_path / "e.pdf").code == 3
    assert query(filled.home, "SELECT count(*) FROM report_event") == [(0,)]
    assert list(tmp_path.glob("e.pdf")) == []
    filled.sets(BMIS_SECOND_USER="supervisor")
    assert filled.types(*words, "--out", tmp_path / "e.docx").error == "BMIS-702"
    other = ("report", "publish", "t1", *WEEK, "--out", tmp_path / "e.pdf", "--json", "--now", NOW)
    assert filled.types(*other).error == "BMIS-733"
    assert filled.types("report", "revise", *words[2:], "--out", tmp_path / "e.pdf").error == "BMIS-731"
