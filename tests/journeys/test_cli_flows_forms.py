"""Forms of observed groups as CSV: all of a file or none, each fault with line and field, once however often sent."""

import csv
import io
import json
from pathlib import Path

import pytest

from bmis.flows.fmr import fmr_fields
from ui.compose import open_home

FORMS = Path(__file__).parents[1] / "data" / "flows"  # fmr_valid.csv, fmr_invalid.csv: synthetic, ours
WHY = ("--reason", "weekly package", "--recipient", "DTM")
PERIOD = ("--from", "2026-11-16", "--to", "2026-11-21")
NAMES = tuple(fmr_fields())


def line(number, **more):
    """One group of the registry, as an enumerator writes it down."""
    said = {
        "record_id": f"G-{number}",
        "record_kind": "observed",
        "date": "2026-11-20",
        "slot_start": "08:00",
        "slot_end": "09:00",
        "fmp_id": "MZ.L.RSG",
        "direction": "entry",
        "total": "12",
        "nationality": "ZAF",
    }
    return said | {name: str(value) for name, value in more.items()}


def form(path, *lines, names=NAMES, heads=None, separator=","):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(heads or names)
    writer.writerows([one.get(name, "") for name in names] for one in lines)
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


@pytest.fixture
def gate(terminal):
    return terminal.is_user("officer")


def sends(gate, path, code=0, sender="IOM-TETE"):
    answer = gate.types(
        "flows", "observe", "file", path, "--sender", sender, "--json", schema="flows-observe" if code == 0 else None
    )
    assert answer.code == code, answer.out + answer.err
    return answer


def kept(home):
    with open_home(home).sign_in("supervisor", "treino") as session, session.store.read() as unit:
        return unit.connection.exec_driver_sql(
            "SELECT count(*) FROM mobility_event WHERE kind = 'mobility.slot_observed'"
        ).scalar()


def test_a_form_with_labels_and_tags_is_kept_once_with_sender_and_time(gate):
    first = sends(gate, FORMS / "fmr_valid.csv")
    again = sends(gate, FORMS / "fmr_valid.csv")

    slots = {one["fmp"]: one for one in first.json["slots"]}
    assert (slots["MZ.L.RSG"]["totals"], slots["MZ.B.MCP"]["totals"]) == ({"entry": 14}, {"exit": 2})
    assert {one["sender"] for one in slots.values()} == {"IOM-TETE"}
    assert all(one["by"] == "officer" and one["recorded_at"] for one in slots.values())
    assert first.json["not_kept"] == ["ill_observed", "screened", "referred"], "that is for port health to tell"
    assert again.json == first.json
    assert kept(gate.home) == 2


def test_every_fault_is_told_with_line_and_field_and_nothing_is_kept(gate):
    answer = sends(gate, FORMS / "fmr_invalid.csv", code=3)

    assert answer.error == "BMIS-708"
    assert "3: fmp_adm1_pcode" in answer.json["error"]["do"]
    assert "4: direction" in answer.json["error"]["do"]
    assert kept(gate.home) == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"total": "-2"}, "total"),
        ({"total": "0"}, "total"),
        ({"total": "12", "f_5_17": "3"}, "total"),
        ({"nationality": "ZW"}, "nationality"),
        ({"fmp_id": "NOWHERE"}, "fmp_id"),
        ({"fmp_adm1_pcode": "MZ01"}, "fmp_adm1_pcode"),
        ({"record_kind": "administrative"}, "record_kind"),
        ({"slot_end": "07:00"}, "slot_end"),
        ({"date": "20/11/2026"}, "date"),
        ({"transport_mode": "rocket"}, "transport_mode"),
        ({"dest_adm1": "MZ99"}, "dest_adm1"),
        ({"fmp_lat": "north"}, "fmp_lat"),
        ({"v_uasc": "13"}, "v_uasc"),
        ({"record_id": "G-1"}, "record_id"),
        ({"screened": "=1+1"}, "screened"),
    ],
)
def test_a_line_that_cannot_be_is_named(gate, tmp_path, wrong, field):
    answer = sends(gate, form(tmp_path / "form.csv", line(1), line(2, direction="exit", **wrong)), code=3)
    assert answer.error == "BMIS-708"
    assert answer.json["error"]["do"].endswith(f": 3: {field}.")
    assert kept(gate.home) == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"a,b\n1,2\n",
        ",".join(NAMES).encode() + b"\n",
        ",".join(NAMES).encode("utf-16"),
        ",".join((*NAMES[:-1], NAMES[0])).encode() + b"\n" + b"," * (len(NAMES) - 1),
        b"x" * 2_000_001,
    ],
    ids=["empty", "other columns", "no line", "not UTF-8", "a column twice", "too large"],
)
def test_what_is_no_form_is_said(gate, tmp_path, content):
    (tmp_path / "form.csv").write_bytes(content)
    answer = sends(gate, tmp_path / "form.csv", code=3)
    assert answer.error == "BMIS-709"
    assert kept(gate.home) == 0


def test_a_form_of_excel_and_labels_in_english_are_read(gate, tmp_path):
    heads = [one.label_en for one in fmr_fields().values()]
    path = form(tmp_path / "form.csv", line(1), line(2, direction="exit"), heads=heads, separator=";")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert sends(gate, path).json["slots"][0]["totals"] == {"entry": 12, "exit": 12}


def test_the_same_records_with_other_numbers_are_refused(gate, tmp_path):
    sends(gate, form(tmp_path / "a.csv", line(1)))
    assert sends(gate, form(tmp_path / "b.csv", line(1, total=13)), code=3).error == "BMIS-787"
    assert sends(gate, form(tmp_path / "c.csv", line(7)), code=3).error == "BMIS-782", (
        "those people were counted before"
    )
    assert sends(gate, form(tmp_path / "d.csv", line(8)), code=3, sender="").error == "BMIS-780"
    assert kept(gate.home) == 1


def test_what_was_estimated_stays_apart_from_what_was_counted(gate, tmp_path):
    sends(
        gate,
        form(
            tmp_path / "form.csv",
            line(1, total=30),
            line(2, total=40, record_kind="estimated"),
            line(3, total=25, record_kind="estimated", direction="exit"),
        ),
    )
    gate.is_user("supervisor")
    listed = gate.types("flows", "observe", "list", *PERIOD, "--json", schema="flows-observe").json["slots"]
    assert [(one["totals"], one["estimated"]) for one in listed] == [({"entry": 30}, {"entry": 40, "exit": 25})]
    answer = gate.types("flows", "export", *PERIOD, "--out", tmp_path / "p", *WHY, "--json", schema="flows-export")
    assert answer.code == 0, answer.out
    with (tmp_path / "p" / "observed_fmr.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["record_kind"], row["direction"]): row for row in csv.DictReader(file)}
    assert {key: row["total"] for key, row in rows.items()} == {
        ("observed", "entry"): "30",
        ("estimated", "entry"): "40",
        ("estimated", "exit"): "25",
    }
    assert rows["observed", "entry"]["minutes_observed"] == "60"
    assert rows["estimated", "exit"]["minutes_observed"] == "", "nobody watched"
    assert len({row["record_id"] for row in rows.values()}) == 3
    with (tmp_path / "p" / "fmr.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == [], "none of them is a recorded crossing"
    made = gate.types("report", "make", "t13", *PERIOD, "--out", tmp_path / "t13.csv", "--json")
    assert made.code == 0, made.out
    said = [row for row in csv.reader(io.StringIO((tmp_path / "t13.csv").read_text("utf-8-sig"))) if row]
    at = next(number for number, row in enumerate(said) if row[0] == "# observed")
    nobody_watched = "n/d: não registado"
    assert [row[1:4] for row in said[at + 2 : at + 4]] == [["estimado", "40", "25"], ["contado", "30", nobody_watched]]
    assert json.loads((tmp_path / "p" / "datapackage.json").read_text())["resources"]
