"""A day and a week at the terminal: counted, submitted, closed, reopened; reports; alarms, signals and their steps."""

import csv
import json
import shutil
from uuid import uuid4

import pytest
from pypdf import PdfReader

from tests.journeys.test_cli_health import WELL
from ui.compose import open_home

NOW = ("--now", "2026-11-22T18:00", "--json")
DAY = ("--day", "2026-11-22")
ILL = {
    "stage": "primary",
    "temperature_c": 38.9,
    "any_symptom": "yes",
    "sex": "F",
    "direction": "ENTRY",
    "travel": {"conveyance": "BUS", "origin_country": "MWI", "voyage_key": "BUS||AAA001MC|2026-11-22|BLANTYRE|TETE"},
}
CHOLERA = {
    "stage": "secondary",
    "age_years": 30,
    "sex": "F",
    "direction": "ENTRY",
    "symptoms": {"DIARRHOEA_WATERY": "yes", "DEHYDRATION_SEVERE": "yes"},
    "itinerary": [],
    "context": {"outbreaks": [], "affected": []},
    "travel": ILL["travel"],
}
RUMOUR = {
    "kind": "MEDIA_RUMOUR",
    "detected_at": "2026-11-22T08:00:00+02:00",
    "where": "Milange",
    "emerged_on": "2026-11-19",
}


@pytest.fixture
def supervisor(terminal):
    return terminal.is_user("health-supervisor")


def screens(terminal, *forms, user="health-supervisor"):
    terminal.is_user(user)
    kept = []
    for form in forms:
        answer = terminal.types(
            "health",
            "screen",
            "-",
            "--json",
            "--now",
            "2026-11-22T09:00",
            stdin=json.dumps(form),
            schema="health-screen-out",
        )
        assert answer.code == 0, answer.out
        kept.append(answer.json["id"])
    return kept


WHY = ("--reason", "resumo semanal", "--recipient", "Direcção Provincial de Saúde")


def handed_over(terminal):
    with open_home(terminal.home).sign_in("health-supervisor", "treino") as session, session.store.read() as unit:
        asked = "SELECT payload FROM outbox WHERE kind = 'health.report_exported' ORDER BY seq"
        kept = [json.loads(text) for text in unit.connection.exec_driver_sql(asked).scalars()]
    return [(one["report"], one["form"], one["reason"]) for one in kept]


def tally(terminal, *words):
    return terminal.types("health", "tally", *words, *NOW, schema="health-tally")


def step(terminal, number, name, at, **said):
    given = json.dumps({"step": name, "at": f"2026-11-22T{at}:00+02:00"} | said)
    return terminal.types("health", "signal", "step", number, "-", *NOW, stdin=given, schema="health-signal")


def test_a_day_is_counted_submitted_reopened_and_replaced(supervisor):
    first, _ = screens(supervisor, WELL, ILL)

    seen = tally(supervisor, *DAY)
    assert (seen.code, seen.json["state"], seen.json["submitted"]) == (0, "open", None)
    assert (seen.json["counts"]["screened"], seen.json["counts"]["secondary"]) == (2, 1)
    assert seen.json["counts"]["yf_vaccinated"] is None
    assert [one["blocks"] for one in seen.json["faults"]] == [False]  # the hours are asked for

    sent = tally(supervisor, *DAY, "--submit", "--hours", "12,5", "--entered", "3", "--exited", "0").json
    assert (sent["state"], sent["submitted"]["by"], sent["submitted"]["replaces"]) == (
        "submitted",
        "health-supervisor",
        None,
    )
    assert tally(supervisor, *DAY, "--submit").error == "BMIS-456"

    assert supervisor.types("health", "void", first, "--reason", "Typed for another one", *NOW).code == 0
    late = tally(supervisor, *DAY).json
    assert (late["state"], late["differs"], late["counts"]["screened"]) == ("reopened", True, 1)
    assert (late["reopened"][0]["record"], late["submitted"]["tally"]["counts"]["screened"]) == (first, 2)

    again = tally(supervisor, *DAY, "--submit").json["submitted"]
    assert (again["revision"], again["replaces"]) == (1, sent["submitted"]["id"])
    assert again["tally"]["hours_open"] == "12.5"
    assert supervisor.types("db", "verify", "--json", schema="db-verify").code == 0


def test_numbers_that_contradict_each_other_are_shown_and_not_submitted(supervisor):
    screens(supervisor, WELL)

    answer = tally(supervisor, *DAY, "--submit", "--entered", "0", "--exited", "0", "--hours", "25")

    assert (answer.code, answer.json["error"]["code"], answer.json["state"]) == (3, "BMIS-455", "open")
    assert [one["fault"] for one in answer.json["faults"]] == ["crossed_fewer", "hours_outside"]
    assert tally(supervisor, *DAY).json["submitted"] is None


def test_a_closed_day_is_no_zero_and_says_why(supervisor):
    assert tally(supervisor, *DAY, "--closed").error == "BMIS-520"

    closed = tally(supervisor, *DAY, "--closed", "--reason", "Ponte submersa desde a madrugada").json

    assert (closed["counts"], closed["has_data"], closed["hours_open"]) == (None, False, "0")
    assert closed["submitted"]["tally"]["counts"] is None
    assert closed["none_screened_note"] == "Ponte submersa desde a madrugada"
    week = supervisor.types("health", "weekly", "--week", "2026-W47", *NOW, schema="health-weekly").json
    assert (week["counts"], week["days_without"]) == (None, {"2026-11-22": "CLOSED"})
    assert len(week["days_missing"]) == 6
    assert week["suspected_by"]["CHOLERA"] is None

    nobody = tally(
        supervisor, "--day", "2026-11-21", "--submit", "--none-screened", "NO_TRAVELLERS", "--hours", "12"
    ).json
    assert nobody["counts"]["screened"] == 0


def test_a_day_is_reopened_by_hand(supervisor):
    screens(supervisor, WELL)
    tally(supervisor, *DAY, "--submit")

    assert tally(supervisor, *DAY, "--reopen", "--reason", "faltou").error == "BMIS-458"
    reopened = tally(supervisor, *DAY, "--reopen", "--reason", "contagem da tarde em falta").json
    assert (reopened["state"], reopened["reopened"][0]["reason"]) == ("reopened", "contagem da tarde em falta")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--day", "yesterday"), "BMIS-004"),
        ((*DAY, "--submit", "--entered", "3"), "BMIS-003"),
        ((*DAY, "--submit", "--hours", "noon"), "BMIS-004"),
        ((*DAY, "--submit", "--hours", "1e999999"), "BMIS-004"),
        ((*DAY, "--submit", "--none-screened", "TIRED"), "BMIS-004"),
        ((*DAY, "--out", "tally.doc"), "BMIS-004"),
        (("--day", "2026-11-23", "--submit", "--hours", "1", "--none-screened", "NO_TRAVELLERS"), "BMIS-457"),
    ],
)
def test_what_cannot_be_is_answered_with_its_code(supervisor, words, code):
    assert tally(supervisor, *words).error == code


@pytest.mark.parametrize("user", ["officer", "admin", "screener"])
def test_counts_are_for_those_who_may_read_them(terminal, user):
    terminal.is_user(user)

    assert tally(terminal, *DAY).error == "BMIS-010"
    assert terminal.types("health", "weekly", "--week", "2026W47", *NOW).error == "BMIS-010"
    assert terminal.types("health", "signals", *NOW).error == "BMIS-010"


@pytest.mark.parametrize("user", ["clinician", "epidemiologist"])
def test_only_the_supervisor_submits(terminal, user):
    terminal.is_user(user)

    assert tally(terminal, *DAY, "--submit", "--hours", "1").error == "BMIS-010"


@pytest.mark.parametrize("week", ["2026-W54", "2026-47", "W47", "2026-W0"])
def test_a_week_that_no_year_has_is_refused(supervisor, week):
    assert supervisor.types("health", "weekly", "--week", week, *NOW).error == "BMIS-004"


def test_reports_as_pdf_and_csv_say_what_was_submitted(supervisor, tmp_path):
    screens(supervisor, WELL, ILL)
    pdf, table, weekly, whole = (tmp_path / name for name in ("t.pdf", "t.csv", "w.pdf", "w.csv"))

    assert tally(supervisor, *DAY, "--out", pdf).json["report"] == str(pdf)
    assert "NÃO SUBMETIDO" in text_of(pdf)
    assert tally(supervisor, *DAY, "--submit", "--hours", "12").code == 0
    assert tally(supervisor, *DAY, "--out", table).error == "BMIS-820", "a table says why and for whom"
    assert tally(supervisor, *DAY, "--out", table, *WHY).code == 0
    assert tally(supervisor, *DAY, "--out", table, *WHY).error == "BMIS-493"
    week = ("health", "weekly", "--week", "2026-W47", *NOW)
    assert supervisor.types(*week, "--out", whole).error == "BMIS-820"
    assert not whole.exists()
    for path, why in ((weekly, ()), (whole, WHY)):
        supervisor.types(*week, "--out", path, *why, schema="health-weekly")
    assert handed_over(supervisor) == [
        ("health-tally", "pdf", ""),
        ("health-tally", "csv", WHY[1]),
        ("health-weekly", "pdf", ""),
        ("health-weekly", "csv", WHY[1]),
    ]

    lines = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    total = {row["measure"]: row for row in lines if row["by"] == "total"}
    assert (total["screened"]["count"], total["yf_vaccinated"]["note"]) == ("2", "NOT_COUNTED")
    assert sum(int(row["count"]) for row in lines if (row["measure"], row["by"]) == ("screened", "sex")) == 2
    assert "INCOMPLETO" in text_of(weekly)
    assert "16/11/2026" in text_of(weekly)
    days = {
        row["code"]: row
        for row in csv.DictReader(whole.read_text(encoding="utf-8").splitlines())
        if row["measure"] == "days"
    }
    assert (days["missing"]["count"], days["counted"]["count"]) == ("6", "1")


def text_of(path):
    return " ".join(page.extract_text() for page in PdfReader(path).pages)


def test_one_case_of_cholera_is_an_alarm_before_anything_is_submitted_and_two_of_a_bus_are_a_cluster(supervisor):
    quiet = supervisor.types("health", "signals", *NOW, schema="health-signals").json
    assert (quiet["counts"], quiet["clusters"], quiet["days_missing"]) == ([], [], ["2026-11-22"])
    screens(supervisor, CHOLERA)

    one = supervisor.types("health", "signals", *DAY, *NOW, schema="health-signals").json
    assert [(row["disease"], row["reached"], row["cases"]) for row in one["counts"] if row["reached"]] == [
        ("CHOLERA", True, 1)
    ]
    assert one["clusters"] == []
    for words in (("signals", *DAY), ("tally", *DAY)):  # as a person reads it: the name, not the code
        read = supervisor.types("health", *words, *NOW[:2]).out
        assert "Cólera: 1" in read
        assert "CHOLERA" not in read

    screens(supervisor, CHOLERA)
    two = supervisor.types(
        "health", "signals", "--from", "2026-11-20", "--to", "2026-11-22", *NOW, schema="health-signals"
    ).json
    assert [(row["kind"], row["alike"], row["cases"], row["signals"]) for row in two["clusters"]] == [
        ("CLUSTER_SAME_CONVEYANCE", "CHOLERA", 2, []),
        ("CLUSTER_SAME_ORIGIN", "CHOLERA", 2, []),
    ]
    cluster = two["clusters"][0]
    said = {"kind": cluster["kind"], "source": "ALGORITHM", "where": "Via 1", "evidence": cluster["refs"]}
    said["detected_at"] = "2026-11-22T09:00:00+02:00"
    number = supervisor.types(
        "health", "signal", "report", "-", *NOW, stdin=json.dumps(said), schema="health-signal"
    ).json["number"]
    linked = supervisor.types("health", "signals", *NOW, schema="health-signals").json
    assert [row["signals"] for row in linked["clusters"]] == [[number], []]


def test_days_that_were_not_submitted_are_not_computed_and_not_quiet(supervisor):
    screens(supervisor, CHOLERA)
    tally(supervisor, *DAY, "--submit")

    found = supervisor.types("health", "signals", *NOW, schema="health-signals").json

    assert found["conditions"] == ["CHOLERA"]
    assert found["alarms"] == []
    assert found["not_computed"] == [{"day": "2026-11-22", "why": "baseline_short", "tests": 4}]
    assert found["load"][0]["not_computed"] == 4


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--day", "2026-11-22", "--from", "2026-11-22"), "BMIS-004"),
        (("--from", "2026-11-22"), "BMIS-003"),
        (("--from", "2026-11-22", "--to", "2026-11-21"), "BMIS-522"),
        (("--from", "2020-11-22", "--to", "2026-11-21"), "BMIS-522"),
    ],
)
def test_a_period_that_cannot_be_is_refused(supervisor, words, code):
    assert supervisor.types("health", "signals", *words, *NOW).error == code


def test_a_rumour_of_the_community_becomes_an_event_and_the_focal_point_decides(terminal):
    terminal.is_user("screener")
    given = json.dumps(RUMOUR | {"request_id": str(uuid4()), "ill": 4})
    report = ("health", "signal", "report", "-", *NOW)

    kept = terminal.types(*report, stdin=given, schema="health-signal").json
    assert (kept["state"], kept["source"], kept["dead"]) == ("new", "COMMUNITY", None)
    assert terminal.types(*report, stdin=given, schema="health-signal").json["id"] == kept["id"]
    other = json.dumps(json.loads(given) | {"ill": 5})
    assert terminal.types(*report, stdin=other).error == "BMIS-523"
    assert step(terminal, kept["number"], "triaged", "09:00", triage="EVENT").error == "BMIS-010"

    terminal.is_user("epidemiologist")
    number = kept["number"]
    assert step(terminal, number, "triaged", "09:00", triage="DISCARD", reason="não").error == "BMIS-464"
    assert step(terminal, number, "triaged", "09:00", triage="VERIFY").json["state"] == "to_verify"
    assert step(terminal, number, "triaged", "10:00", triage="EVENT").json["verified_at"]
    unsure = step(terminal, number, "assessed", "10:10", answers={"Q1": "yes", "Q2": "no"}).json["advice"]
    assert (unsure["advice"], unsure["ask"]) == ("needs_info", ["Q3", "Q4"])
    assert unsure["answers"]["Q3"] == "unknown"
    decided = {"choice": "notify_who", "told_by": "Ponto focal, INS"}
    assert step(terminal, number, "focal_point_decided", "11:00", by_focal_point=True, **decided).error == "BMIS-463"
    told = step(terminal, number, "told_focal_point", "10:20").json
    clocks = {one["code"]: one for one in told["clocks"]}
    assert (clocks["CASE_REPORT_NATIONAL"]["state"], clocks["NATIONAL_ASSESSMENT"]["state"]) == ("in_time", "running")
    assert (told["timeliness"]["detect"], told["timeliness"]["notify"]) == ("met", "met")
    sure = step(terminal, number, "assessed", "10:30", answers={"Q1": "yes", "Q3A": "yes"}).json["advice"]
    assert sure["advice"] == "notify"
    assert step(terminal, number, "focal_point_decided", "11:00", **decided).error == "BMIS-466"
    after = step(terminal, number, "focal_point_decided", "11:00", by_focal_point=True, **decided).json
    assert after["decision"]["told_by"] == "Ponto focal, INS"
    assert {one["code"]: one["state"] for one in after["clocks"]}["NOTIFY_WHO"] == "running"
    assert step(terminal, number, "told_who", "12:00", told_by="Ponto focal, INS").json["told_who_at"]
    assert step(terminal, number, "responded", "10:00").error == "BMIS-465"
    assert step(terminal, number, "responded", "15:00").json["timeliness"]["all_met"] is True
    done = step(terminal, number, "closed", "16:00", reason="Fim do evento, sem novos casos").json
    assert (done["state"], len(done["events"])) == ("closed", 10)
    shown = terminal.types("health", "signal", "show", done["id"], *NOW, schema="health-signal").json
    assert shown == done
    assert terminal.types("health", "signal", "list", *NOW, schema="health-signal-list").code == 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (RUMOUR | {"kind": "GOSSIP"}, "BMIS-468"),
        (RUMOUR | {"source": "NOBODY"}, "BMIS-468"),
        (RUMOUR | {"where": " "}, "BMIS-468"),
        (RUMOUR | {"where": "x" * 121}, "BMIS-007"),
        (RUMOUR | {"detected_at": "2026-11-22T08:00:00"}, "BMIS-007"),
        (RUMOUR | {"detected_at": "2026-13-22T08:00:00Z"}, "BMIS-007"),
        (RUMOUR | {"detected_at": "2026-11-23T08:00:00Z"}, "BMIS-465"),
        (RUMOUR | {"emerged_on": "2026-11-25"}, "BMIS-465"),
        (RUMOUR | {"ill": -1}, "BMIS-007"),
        (RUMOUR | {"told_by": "A Person"}, "BMIS-007"),
        ({}, "BMIS-007"),
    ],
)
def test_a_report_that_cannot_be_is_refused_with_its_field(supervisor, said, code):
    answer = supervisor.types("health", "signal", "report", "-", *NOW, stdin=json.dumps(said))

    assert answer.error == code
    assert "A Person" not in answer.out + answer.err


def test_steps_that_cannot_be_are_refused(supervisor):
    number = supervisor.types("health", "signal", "report", "-", *NOW, stdin=json.dumps(RUMOUR)).json["number"]

    assert step(supervisor, number, "triaged", "09:00").error == "BMIS-007"
    assert step(supervisor, number, "assessed", "09:00", answers={"Q9": "yes"}).error in {"BMIS-463", "BMIS-468"}
    assert step(supervisor, number, "triaged", "07:00", triage="VERIFY").error == "BMIS-465"
    assert step(supervisor, number, "triaged", "19:00", triage="VERIFY").error == "BMIS-465"
    assert step(supervisor, number, "forgotten", "09:00").error == "BMIS-007"
    assert step(supervisor, "SIN-0", "told_province", "09:00").error == "BMIS-524"
    assert step(supervisor, number, "told_province", "09:00").json["told_province_at"]


def test_the_administrator_invents_screenings_too_and_the_same_seed_gives_the_same(terminal, tmp_path):
    words = ("demo", "data", "--days", "3", "--travellers-per-day", "20", "--seed", "7", "--now", "2026-11-22T06:00")

    other = shutil.copytree(terminal.home, tmp_path / "other")

    made = terminal.is_user("admin").types(*words, "--json", schema="demo-data").json
    again = terminal.types(*words, "--json", "--home", other, schema="demo-data").json

    assert made["screenings"] >= 30
    assert again == made
    supervisor = terminal.is_user("health-supervisor")
    counted = tally(supervisor, "--day", "2026-11-21").json["counts"]["screened"]
    assert counted == 10
    assert supervisor.types("db", "verify", "--json", schema="db-verify").code == 0


def test_where_the_training_user_of_health_has_another_password_nothing_is_invented(terminal):
    from bmis.staff.change_staff import ResetPassword
    from ui.compose import open_home

    with open_home(terminal.home).sign_in("health-supervisor", "treino") as session:
        ResetPassword(session)("clinician", "outra palavra longa")
    words = ("demo", "data", "--days", "1", "--travellers-per-day", "4", "--seed", "7")

    refused = terminal.is_user("admin").types(*words, "--now", "2026-11-22T06:00", "--json", schema="demo-data")

    assert refused.error == "BMIS-525"
    terminal.is_user("officer")
    assert terminal.types("crossing", "search", "--limit", "1", "--json", schema="crossing-search").code == 1
