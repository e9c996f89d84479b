"""Additional measures (IHR art. 43) and the emergencies that WHO determined, at the terminal."""

import io
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from pypdf import PdfReader

from poe_health.measures.measure import months_after
from poe_health.surveillance.week import epi_week
from ui import compose, compose_health

TAKEN = {
    "what": "Quarentena de dez dias para quem vem do distrito afectado",
    "reason": "Transmissão local sem cadeia conhecida",
    "evidence": "Boletim sintético 44, curva epidémica",
    "hinders": "yes",
}
MPOX = {"disease": "MPOX", "level": "PHEIC", "determined_on": "2024-08-14", "source": "Declaração da OMS, ensaio"}


@pytest.fixture
def epidemiologist(terminal):
    """Somebody who judges events."""
    return terminal.is_user("epidemiologist", second="health-supervisor")


def says(said):
    return json.dumps(said)


def ago(**span):
    return (datetime.now(UTC) - timedelta(**span)).replace(microsecond=0)


def test_a_measure_runs_its_two_clocks_until_who_is_informed_and_it_is_looked_at_again(epidemiologist):
    began = ago(days=200)
    taken = epidemiologist.types(
        "health", "additional", "take", "-", "--json", stdin=says(TAKEN | {"began_at": began.isoformat()}),
        schema="health-additional",
    ).json  # fmt: skip
    assert (taken["number"], taken["told_overdue"], taken["review_overdue"]) == (1, True, True)
    assert taken["covered"] == "unknown"  # nobody said so: the clock runs
    late = epidemiologist.types("health", "additional", "list")
    assert late.code == 1
    assert "FORA DO PRAZO: o nível nacional informa a OMS em 48 horas" in late.out
    assert "FORA DO PRAZO: revisão em três meses" in late.out

    told = {"step": "told_who", "at": (began + timedelta(hours=40)).isoformat(), "told_by": "Ponto focal"}
    after = epidemiologist.types("health", "additional", "step", "1", "-", "--json", stdin=says(told)).json
    assert not after["told_overdue"]
    again = epidemiologist.types("health", "additional", "step", "1", "-", "--json", stdin=says(told))
    assert again.error == "BMIS-618"

    on = ago(days=1).date()
    review = {"step": "reviewed", "on": on.isoformat(), "end": "CHANGED", "reason": "Passou a sete dias, por ensaio"}
    after = epidemiologist.types("health", "additional", "step", "1", "-", "--json", stdin=says(review)).json
    assert after["review_due"] == months_after(on, 3).isoformat()
    listed = epidemiologist.types("health", "additional", "list", "--json", schema="health-additional-list")
    assert listed.code == 0
    lifted = review | {"on": ago(hours=0).date().isoformat(), "end": "LIFTED"}
    after = epidemiologist.types("health", "additional", "step", "1", "-", "--json", stdin=says(lifted)).json
    assert after["review_due"] is None
    assert (
        epidemiologist.types("health", "additional", "step", "1", "-", "--json", stdin=says(review)).error == "BMIS-618"
    )
    with compose.open_home(epidemiologist.home).sign_in("health-supervisor", "treino") as session:
        assert len(compose_health.health_day(session).measures(session.actor)) == 1
    auditor = epidemiologist.is_user("auditor").sets(BMIS_HEALTH_PASSPHRASE="treino")
    verified = auditor.types("db", "verify", "--json")
    assert verified.code == 0
    assert "additional" not in verified.err


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"reason": "porque"}, "BMIS-007"),
        ({"began_at": "ontem às dez horas"}, "BMIS-007"),
        ({"began_at": "2126-01-01T10:00:00+02:00"}, "BMIS-618"),
        ({"hinders": None}, "BMIS-007"),
    ],
)
def test_what_cannot_be_a_measure_is_refused_with_its_code(epidemiologist, changed, error):
    said = TAKEN | {"began_at": ago(hours=3).isoformat()} | changed
    assert epidemiologist.types("health", "additional", "take", "-", "--json", stdin=says(said)).error == error


def test_who_only_screens_takes_no_measure_and_may_read_them(terminal):
    said = says(TAKEN | {"began_at": ago(hours=3).isoformat()})
    screener = terminal.is_user("screener")
    assert screener.types("health", "additional", "take", "-", "--json", stdin=said).error == "BMIS-010"
    assert screener.types("health", "additional", "list", "--json", schema="health-additional-list").code == 0


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 1, 31), 3, date(2026, 4, 30)),
        (date(2026, 10, 1), 3, date(2027, 1, 1)),
    ],
)
def test_three_months_end_on_the_same_day_or_the_last_of_a_shorter_month(day, months, after):
    assert months_after(day, months) == after


def approves(person, *emergencies, **more):
    said = says({"reason": "Ensaio com fonte escrita", "emergencies": emergencies} | more)
    return person.types("health", "emergency", "approve", "-", "--json", stdin=said, schema="health-emergency")


def test_what_who_determined_is_entered_by_two_and_never_known_before(epidemiologist, tmp_path):
    before = epidemiologist.types("health", "emergency", "list", "--json", schema="health-emergency")
    assert (before.code, before.json["emergencies"]) == (1, None)
    assert "nunca registadas" in epidemiologist.types("health", "emergency", "list").out

    answer = approves(epidemiologist, MPOX, MPOX | {"disease": "EVD", "ended_on": "2025-01-10"})
    assert (answer.json["by"], answer.json["second"], answer.json["version"]) == (
        "epidemiologist",
        "health-supervisor",
        1,
    )
    assert [one["holds"] for one in answer.json["emergencies"]] == [True, False]
    assert "(ESPII): Mpox, desde 14/08/2024 (Declaração" in epidemiologist.types("health", "emergency", "list").out

    assert approves(epidemiologist).json["emergencies"] == []  # an empty list says that there are none
    assert "Nenhuma emergência em vigor, pela versão 2" in epidemiologist.types("health", "emergency", "list").out


def test_the_weekly_paper_says_what_stood(epidemiologist):
    approves(epidemiologist, MPOX | {"level": "PANDEMIC_EMERGENCY"})
    with compose.open_home(epidemiologist.home).sign_in("health-supervisor", "treino") as session:
        day = compose_health.health_day(session)
        today = compose_health.health_desk(session).today()
        pdf = day.reports.weekly(epi_week(today), session.actor).content
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "Emergência pandémica: Mpox, desde 14/08/2024" in " ".join(text.split())


@pytest.mark.parametrize(
    "wrong",
    [{"disease": "NADA"}, {"determined_on": "2126-01-01"}, {"ended_on": "2024-01-01"}],
)
def test_an_emergency_that_cannot_be_is_not_approved(epidemiologist, wrong):
    assert approves(epidemiologist, MPOX | wrong).error == "BMIS-483"


def test_nobody_enters_it_alone(terminal):
    alone = terminal.is_user("epidemiologist")
    assert approves(alone, MPOX).error == "BMIS-009"
