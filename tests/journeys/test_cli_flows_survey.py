"""Anonymous surveys: nothing of who answered, and no line of a file that is like too few."""

import csv
import json
from collections import Counter
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bmis.flows.mobility.survey import anonymous
from bmis.store.errors import StoreClosedError
from bmis.store.unit import UnitOfWork
from tests.journeys.cli_robot import no_room_in
from ui.compose import open_home

POST = "MZ.L.RSG"
ANSWERS = {"sex": "f", "age": "25-39", "nationality": "MWI", "direction": "entry", "need_first": "health_care"}
PERIOD = ("--from", "2026-11-01", "--to", "2026-11-22")
WHY = ("--reason", "needs of travellers", "--recipient", "DTM")
ENDS = ("origin_country", "dest_country", "origin_adm1", "dest_adm1")
QUASI = ("month", "fmp", "direction", "sex", "nationality", "age", *ENDS)


def ask(terminal, code=0, more=None, **answers):
    said = {"fmp": POST, "date": "2026-11-20", "consent": True, "answers": ANSWERS | answers} | (more or {})
    answer = terminal.types("flows", "survey", "add", "-", "--json", stdin=json.dumps(said), schema="flows-kept")
    assert answer.code == code, answer.err
    return answer


@pytest.fixture
def enumerator(terminal):
    return terminal.is_user("officer")


def test_lines_that_are_like_too_few_are_made_coarser(enumerator, tmp_path):
    for _number in range(6):
        ask(enumerator)
    ask(enumerator, origin_country="MWI", origin_adm1=None)
    ask(enumerator, nationality="ZMB")
    counted = enumerator.types("flows", "survey", "count", *PERIOD, "--json", schema="flows-survey-count").json
    assert counted == {"surveys": 8, "refused": 0, "points": [{"fmp": POST, "surveys": 8, "refused": {}}]}
    answer = enumerator.is_user("supervisor").types(
        "flows", "survey", "export", *PERIOD, *WHY, "--out", tmp_path / "s.csv", "--json", schema="flows-survey-export"
    )
    assert answer.json == {"file": str(tmp_path / "s.csv"), "k": 5, "rows": 6, "generalised": 0, "left_out": 2}
    with (tmp_path / "s.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["nationality"] for row in rows} == {"MWI"}
    assert {row["need_first"] for row in rows} == {"health_care"}
    assert enumerator.types(
        "flows", "survey", "export", *PERIOD, *WHY, "--audience", "public", "--out", tmp_path / "p.csv", "--json"
    ).error == "BMIS-793"  # fmt: skip
    assert not (tmp_path / "p.csv").exists()


person = st.fixed_dictionaries(
    {
        "month": st.sampled_from(("2026-10", "2026-11")),
        "fmp": st.sampled_from(("A", "B")),
        "age": st.sampled_from("xyz"),
    },
    optional={"sex": st.sampled_from("fm"), "nationality": st.sampled_from(("MWI", "ZMB", "ZAF"))},
)


@given(st.lists(person, min_size=5, max_size=40), st.integers(2, 5))
def test_each_line_is_like_at_least_k(people, k):
    table = anonymous(people, k)
    at = [table.fields.index(name) for name in QUASI]
    alike = Counter(tuple(row[place] for place in at) for row in table.rows)
    assert all(n >= k for n in alike.values())
    assert len(table.rows) + table.left_out == len(people)
    assert table.left_out < k


def test_answers_are_in_no_message_and_the_file_says_nothing(enumerator):
    record = ask(enumerator, difficulty="insecurity").json["record"]
    home = open_home(enumerator.home)
    with home.sign_in("supervisor", "treino") as session, session.store.read() as unit:
        told = str(list(unit.connection.exec_driver_sql("SELECT payload FROM outbox")))
        kept = str(list(unit.connection.exec_driver_sql("SELECT * FROM mobility_event")))
    for word in ("insecurity", "health_care", "25-39"):
        assert word not in told
        assert word not in kept
    raw = b"".join(path.read_bytes() for path in enumerator.home.glob("border.db*"))
    assert b"insecurity" not in raw
    assert enumerator.is_user("admin").types("db", "verify", "--json").code == 0
    taken = enumerator.is_user("officer").types("flows", "withdraw", record, "--reason", "asked to", "--json")
    assert taken.code == 0
    with home.sign_in("supervisor", "treino") as session, session.store.read() as unit:
        assert list(unit.connection.exec_driver_sql("SELECT * FROM mobility_answers")) == []
    assert enumerator.is_user("admin").types("db", "verify", "--json").code == 0


def test_answers_that_were_changed_do_not_prove(enumerator):
    ask(enumerator)
    with open_home(enumerator.home).sign_in("supervisor", "treino") as session, session.store.write() as unit:
        unit.connection.exec_driver_sql("""UPDATE mobility_answers SET content = replace(content, 'MWI', 'ZMB')""")
        unit.commit()
    assert enumerator.is_user("admin").types("db", "verify", "--json").code == 3


def test_the_same_request_is_kept_once(enumerator):
    request = {"request_id": str(uuid4())}
    assert ask(enumerator, more=request).json == ask(enumerator, more=request).json
    assert ask(enumerator, code=3, more=request, sex="m").error == "BMIS-787"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"answers": {"age": "12-14"}}, "BMIS-791"),
        ({"answers": {"age": "15-17", "name": "SPECIMEN"}}, "BMIS-791"),
        ({"answers": {"age": "15-17", "gbv": "yes"}}, "BMIS-791"),
        ({"answers": {"sex": "f"}}, "BMIS-792"),
        ({"consent": False}, "BMIS-792"),
        ({"fmp": "NOWHERE"}, "BMIS-784"),
        ({"date": "2027-01-01"}, "BMIS-788"),
        ({"name": "SPECIMEN"}, "BMIS-007"),
    ],
)
def test_what_may_not_be_asked_is_not_kept(enumerator, change, code):
    answer = ask(enumerator, code=2 if code == "BMIS-007" else 3, more=change)
    assert answer.error == code
    assert enumerator.types("flows", "survey", "count", *PERIOD, "--json").code == 1


def test_an_officer_hands_nothing_over_and_nobody_without_a_reason(enumerator, tmp_path):
    export = ("flows", "survey", "export", *PERIOD, "--out", tmp_path / "s.csv", "--json")
    assert enumerator.types(*export, *WHY).error == "BMIS-010"
    assert enumerator.is_user("supervisor").types(*export).error == "BMIS-789"
    assert enumerator.types("flows", "survey", "questions", "--json", schema="flows-survey-questions").code == 0


@pytest.mark.parametrize("breaks", ["disk", "store"])
def test_neither_a_file_without_its_line_nor_a_line_without_its_file_stays(enumerator, tmp_path, monkeypatch, breaks):
    for _number in range(6):
        ask(enumerator)
    supervisor = enumerator.is_user("supervisor")
    folder = tmp_path / "out"
    folder.mkdir()
    export = ("flows", "survey", "export", *PERIOD, "--out", folder / "s.csv", *WHY, "--json")
    commit = UnitOfWork.commit

    def commits(unit):
        if any(folder.iterdir()):  # the answers lie beside their place
            raise StoreClosedError
        commit(unit)

    with monkeypatch.context() as patch:
        if breaks == "disk":
            no_room_in(folder, patch)
        else:
            patch.setattr(UnitOfWork, "commit", commits)
        answer = supervisor.types(*export)

    assert answer.code == 3, answer.out
    assert list(folder.iterdir()) == [], "no file, not even aside"
    with open_home(supervisor.home).sign_in("supervisor", "treino") as session, session.store.read() as unit:
        kept = unit.connection.exec_driver_sql("SELECT count(*) FROM audit WHERE kind = 'mobility.handed_over'")
        assert kept.scalar() == 0
    assert supervisor.types(*export).code == 0


def test_who_did_not_want_to_answer_is_counted_and_nothing_else_is_kept(enumerator):
    ask(enumerator)
    for why in ("refused", "refused", "under_age"):
        said = ("--fmp", POST, "--date", "2026-11-20", "--why", why)
        answer = enumerator.types("flows", "survey", "refuse", *said, "--json", schema="flows-kept")
        assert answer.json["kind"] == "mobility.survey_refused"
    counted = enumerator.types("flows", "survey", "count", *PERIOD, "--json", schema="flows-survey-count").json
    assert (counted["surveys"], counted["refused"]) == (1, 3)
    assert counted["points"] == [{"fmp": POST, "surveys": 1, "refused": {"refused": 2, "under_age": 1}}]
    assert "3 " in enumerator.types("flows", "survey", "count", *PERIOD).out
    said = ("--fmp", POST, "--date", "2026-11-20", "--why", "rude")
    assert enumerator.types("flows", "survey", "refuse", *said, "--json").error == "BMIS-780"
    record = answer.json["record"]
    assert enumerator.types("flows", "withdraw", record, "--reason", "counted twice", "--json").code == 0
    assert enumerator.types("flows", "survey", "count", *PERIOD, "--json").json["refused"] == 2
    assert enumerator.is_user("auditor").types("db", "verify", "--json").code == 0
