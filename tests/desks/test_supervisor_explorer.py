"""Looking through the movements: what is found is what a plain query finds; rows leave only with a reason."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from clipping import clipped, settle, takes_markup, unnamed
from numbers_robot import goes_to_page, leaves, settles
from office_robot import CONTROL, ENTER, NOW, Colleague
from openpyxl import load_workbook
from PySide6.QtCore import Qt

from bmis.crossings import explore_crossings
from bmis.crossings.decision import Decision
from bmis.crossings.explore_crossings import Exploration
from bmis.crossings.explore_errors import ExploreRefusedError, ExportReasonError, ExportTooManyError, SavedFilterError
from bmis.crossings.records.exploring import Order
from bmis.kernel.actor import NotAllowedError
from bmis.reports import export_crossings
from bmis.reports.export_crossings import ExportRequest
from ui.office.numbers import JoinedNumbers

DAY = date(2026, 3, 14)
NAMES = ("SITOE", "COSSA", "TEMBE", "MATOLA", "-MAVUNE")


@pytest.fixture
def travelled(training_home):
    with Colleague(training_home, "officer", NOW - timedelta(minutes=90)) as officer:
        for number, name in enumerate(NAMES):
            officer.records(f"U000000{number}", name, state="ZAF" if number == 1 else "UTO")
        officer.records("U0000008", "CHISSANO", decision=Decision.PENDING_SECONDARY)
    with Colleague(training_home, "officer", NOW - timedelta(minutes=30)) as officer:
        leaves(officer, "U0000000", "SITOE")


@pytest.fixture
def joined(training_home, travelled):
    with Colleague(training_home, "supervisor") as colleague:
        yield JoinedNumbers.of(colleague.session)


def names(section):
    return [line.cells[3].split(",")[0] for line in section.list.lines()]


def outbox(home, kind):
    with Colleague(home, "supervisor") as colleague, colleague.session.store.read() as unit:
        found = unit.connection.exec_driver_sql("SELECT payload FROM outbox WHERE kind = ?", (kind,)).scalars()
        return [json.loads(payload) for payload in found]


def test_enter_in_a_filter_finds_and_counts(office, travelled):
    person = office("supervisor")
    section = goes_to_page(person, "explorer")
    assert person.focus() is section.first

    person.presses(ENTER)
    settles(person)
    assert names(section)[0] == "SITOE", "the newest first"
    assert len(section.list.lines()) == 7
    assert section.words.text() == "7 encontrados · página 1"

    section.fields["nationality"].setFocus()
    person.types("zaf").presses(ENTER)
    settles(person)

    assert names(section) == ["COSSA"]
    assert section.words.text() == "1 encontrados · página 1"


def test_pages_of_few_follow_each_other_and_lead_back(office, travelled, monkeypatch):
    monkeypatch.setattr(explore_crossings, "PAGE", 3)
    person = office("supervisor")
    section = goes_to_page(person, "explorer")
    person.presses(ENTER)
    settles(person)
    seen = [names(section)]
    for _time in range(2):
        person.types("n")
        settles(person)
        seen.append(names(section))

    assert [len(page) for page in seen] == [3, 3, 1]
    assert sorted(name for page in seen for name in page) == sorted((*NAMES, "CHISSANO", "SITOE"))
    assert section.words.text() == "7 encontrados · página 3"
    assert not section.after.isEnabled()

    person.types("p")
    settles(person)
    assert names(section) == seen[1]


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("page", [1, 2, 100])
def test_every_order_gives_every_row_once(joined, monkeypatch, order, page):
    monkeypatch.setattr(explore_crossings, "PAGE", page)
    wanted, found, after = Exploration(DAY, DAY, {}, order), [], None
    for _time in range(9):
        answer = joined.explore(wanted, after)
        found += answer.rows
        after = answer.next
        if after is None:
            break
    columns = {"newest": "crossed_at DESC, rowid DESC", "oldest": "crossed_at, rowid"} | {
        "name": "surname_key, given_names_key, crossed_at, rowid",
        "nationality": "coalesce(nationality, ''), crossed_at, rowid",
    }
    with joined.session.store.read() as unit:
        plain = unit.connection.exec_driver_sql(f"SELECT id FROM crossing ORDER BY {columns[order.value]}").scalars()
        assert [row.id.hex for row in found] == list(plain)


@pytest.mark.parametrize(
    ("name", "value", "sql"),
    [
        ("direction", "EXIT", "direction = 'EXIT'"),
        ("decision", "PENDING_SECONDARY", "decision = 'PENDING_SECONDARY'"),
        ("post_code", "MZ.L.RSG", "post_code = 'MZ.L.RSG'"),
        ("nationality", "ZAF", "nationality = 'ZAF'"),
        ("travel_mode", "road", "travel_mode = 'road'"),
        ("purpose", "tourism", "purpose = 'tourism'"),
        ("document_kind", "passport", "document_kind = 'passport'"),
        ("by", "officer", "\"by\" = 'officer'"),
        ("by", "x' OR '1'='1", "1 = 0"),
    ],
)
def test_each_filter_is_what_a_plain_query_says(joined, name, value, sql):
    wanted = Exploration(DAY, DAY, {name: value})
    with joined.session.store.read() as unit:
        kept = unit.connection.exec_driver_sql(f"SELECT count(*) FROM crossing WHERE {sql}").scalar()

    assert joined.count_found(wanted) == len(joined.explore(wanted, None).rows) == kept


def test_the_index_holds_every_filter(joined):
    with joined.session.store.read() as unit:
        plan = unit.connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT rowid FROM crossing INDEXED BY ix_crossing_explore WHERE crossed_at >= 0"
            " AND state = 'standing' AND direction = 'EXIT' AND decision = 'EXITED' AND post_code = 'x'"
            " AND nationality = 'x' AND travel_mode = 'x' AND purpose = 'x' AND document_kind = 'x' AND \"by\" = 'x'"
            " ORDER BY crossed_at DESC, rowid DESC LIMIT 100"
        ).all()
    assert "USING COVERING INDEX ix_crossing_explore" in plan[0][3]
    assert all("LAST TERM" in step[3] for step in plan[1:]), "only crossings of one moment are put in order"


def test_a_filter_is_kept_for_its_owner_and_moves_on_with_the_days(office, travelled, training_home):
    person = office("supervisor")
    section = goes_to_page(person, "explorer")
    section.fields["nationality"].setText("ZAF")
    person.takes("Guardar este filtro").fills("Da semana")
    settles(person)
    assert section.saved.itemText(1) == "Da semana"

    section.fields["nationality"].clear()
    section.saved.setCurrentIndex(1)
    section.saved.activated.emit(1)
    settles(person)
    assert names(section) == ["COSSA"]

    with Colleague(training_home, "supervisor", NOW + timedelta(days=3)) as later:
        (kept,) = JoinedNumbers.of(later.session).filters()
        assert (kept.wanted.first, kept.wanted.last) == (date(2026, 3, 11), date(2026, 3, 17))
    with Colleague(training_home, "officer") as other:
        assert JoinedNumbers.of(other.session)._filters()(DAY, other.by) == ()

    person.takes("Remover este filtro")
    settles(person)
    assert section.saved.count() == 1


def test_filters_without_a_name_or_too_many_are_refused(joined, monkeypatch):
    with pytest.raises(SavedFilterError):
        joined.keep_filter("  ", Exploration(DAY, DAY))
    monkeypatch.setattr("bmis.crossings.saved_filters.MOST", 1)
    joined.keep_filter("um", Exploration(DAY, DAY))
    joined.keep_filter("um", Exploration(DAY, DAY, {"by": "officer"}))
    with pytest.raises(SavedFilterError):
        joined.keep_filter("dois", Exploration(DAY, DAY))


def test_rows_leave_with_reason_and_recipient_without_names_unless_asked(office, travelled, training_home, tmp_path):
    person = office("supervisor")
    goes_to_page(person, "explorer")
    person.presses(ENTER)
    settles(person)
    file = tmp_path / "linhas.csv"

    person.takes("Exportar as linhas").fills("Pedido da Direcção")
    person.fills("Direcção Provincial", "", "", str(file))
    settles(person)

    assert f"7 linhas: {file}" in person.reads()
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    assert len(rows) == 7
    assert "surname" not in rows[0]
    assert {row["direction"] for row in rows} == {"ENTRY", "EXIT"}
    assert file.stat().st_mode & 0o077 == 0
    (told,) = outbox(training_home, "crossings.exported")
    assert (told["reason"], told["recipient"], told["rows"]) == ("Pedido da Direcção", "Direcção Provincial", 7)
    assert "SITOE" not in json.dumps(told), "the audit names no traveller"


def test_names_are_written_as_text_that_no_sheet_counts_with(joined, training_home, tmp_path):
    request = ExportRequest(Exploration(DAY, DAY), "xlsx", "Inquérito", "PGR", with_names=True)

    written = joined.export_crossings(request, tmp_path / "linhas.xlsx", lambda *_: None, lambda: False)

    sheet = load_workbook(written.path).active
    head = [cell.value for cell in sheet[1]]
    column = [row[head.index("surname")].value for row in sheet.iter_rows(min_row=2)]
    assert sorted(column) == sorted([*NAMES[:4], "'-MAVUNE", "CHISSANO", "SITOE"])
    assert all(cell.data_type == "s" or cell.value is None for row in sheet.iter_rows(min_row=2) for cell in row)
    assert outbox(training_home, "crossings.exported")[0]["with_names"] is True


def test_nothing_leaves_without_reason_role_or_end(joined, training_home, tmp_path, monkeypatch):
    wanted, path = Exploration(DAY, DAY), tmp_path / "linhas.csv"
    tell = (lambda *_: None, lambda: False)
    with pytest.raises(ExportReasonError):
        joined.export_crossings(ExportRequest(wanted, "csv", " ", "PGR"), path, *tell)
    with pytest.raises(ExploreRefusedError):
        joined.explore(Exploration(DAY, DAY - timedelta(days=1)), None)
    assert joined.export_crossings(ExportRequest(wanted, "csv", "a", "b"), path, tell[0], lambda: True) is None
    monkeypatch.setattr(export_crossings, "MOST_ROWS", 3)
    with pytest.raises(ExportTooManyError):
        joined.export_crossings(ExportRequest(wanted, "csv", "a", "b"), path, *tell)
    with Colleague(training_home, "officer") as officer, pytest.raises(NotAllowedError):
        JoinedNumbers(officer.session, joined.desk).export_crossings(
            ExportRequest(wanted, "csv", "a", "b"), path, *tell
        )

    assert list(tmp_path.glob("linhas*")) == []
    assert list(tmp_path.glob(".bmis-*")) == []
    assert outbox(training_home, "crossings.exported") == []


def test_the_lock_takes_names_from_the_screen(office, travelled):
    person = office("supervisor")
    section = goes_to_page(person, "explorer")
    person.presses(ENTER)
    settles(person)
    assert section.list.lines()

    person.presses(Qt.Key.Key_L, CONTROL)

    assert section.list.lines() == ()


@pytest.mark.parametrize("language", ["pt", "en"])
def test_no_word_is_cut_off(office, travelled, language):
    person = office("supervisor", language=language)
    person.frame.show_desk("supervisor")
    person.desk.show_section("explorer")
    settles(person)
    person.section("explorer").search()
    settles(person)
    settle(person.window)
    assert clipped(person.window) == []
    assert takes_markup(person.window) == []
    assert unnamed(person.window) == []
    person.section("explorer").ask_export()
    settle(person.dialog, person.dialog.sizeHint())
    assert clipped(person.dialog) == []
