"""An officer, an administrator and an auditor try every way at the terminal to read what health knows: none does."""

import json
import zipfile
from uuid import uuid4

import pytest

from bmis.kernel.clearance import ClearanceOutcome
from tests.journeys.cli_robot import traveller
from tests.journeys.test_cli_health import EBOLA
from tests.unit.poe_health.retention.kept_post import SECRETS, fill

STRANGERS = ("officer", "supervisor", "admin", "auditor")
NOW = ("--now", "2026-11-22T11:00:00+02:00", "--json")
DAYS = ("--from", "2026-11-01", "--to", "2026-11-22")
WORDS = [word for words in SECRETS.values() for word in words if not word[0].isdigit()]
CLINICAL = ("BURIAL", "CASOVA", "DIARRHOEA", "EVD", "SUSPECT", "CHOLERA")
CODES = [one.value for one in ClearanceOutcome if one is not ClearanceOutcome.H_OK]
READING = (
    ("retention",),
    ("assessments",),
    ("phones",),
    ("facilities",),
    ("tally", "--day", "2026-11-22"),
    ("weekly", "--week", "2026W47"),
    ("signals", *DAYS),
    ("referral", "list"),
    ("referral", "show", "GUIA"),
    ("monitoring", "list"),
    ("monitoring", "show", "SHEET"),
    ("signal", "list"),
    ("voyage", "list"),
    ("contacts", "list"),
    ("event-at-post", "list"),
    ("certificate", "list"),
    ("vaccination", "list"),
    ("vaccination", "show", "MZ-000001"),
    ("numbers", "list"),
    ("stock", "list"),
    ("equipment", "list"),
    ("sop", "list"),
    ("export", "csv", *DAYS, "--reason", "curiosidade", "--recipient", "INS", "--out", "OUT"),
    ("export", "fhir", *DAYS, "--level", "named", "--reason", "curiosidade", "--recipient", "INS", "--out", "OUT"),
)


@pytest.fixture
def full(terminal, training_home):
    """A home in which health has worked, and a traveller whom it kept came to the lane."""
    fill(training_home)
    terminal.is_user("clinician")
    case = EBOLA | {
        "exposures": {"BURIAL": "yes"},
        "itinerary": None,
        "context": {"outbreaks": [], "affected": []},
        "person": {"surname": "CASOVA", "given_names": "Utopia"},
    }
    kept = terminal.types("health", "screen", "-", *NOW, stdin=json.dumps(case | {"request_id": str(uuid4())}))
    assert kept.code == 0, kept.out
    terminal.is_user("officer")
    asked = traveller() | {"health_token": kept.json["token"]}
    crossed = terminal.types("crossing", "record", "-", *NOW, stdin=json.dumps(asked))
    assert crossed.code in {0, 1}, crossed.out
    return terminal


def tells(text):
    return [word for word in (*WORDS, *CLINICAL, *CODES) if word in text]


@pytest.mark.parametrize("user", STRANGERS)
def test_no_command_of_health_answers_somebody_of_the_border(full, tmp_path, user):
    full.is_user(user)
    for words in READING:
        given = [str(tmp_path / "out.json") if word == "OUT" else word for word in words]
        answer = full.types("health", *given, *NOW)
        assert (answer.code, answer.error) in {(3, "BMIS-010"), (2, "BMIS-004")}, (words, answer.out)
        assert tells(answer.out + answer.err) == [], words
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize("user", STRANGERS)
def test_what_they_may_ask_tells_nothing_of_health(full, tmp_path, user):
    full.is_user(user)
    for words in (
        ("crossing", "search", "--from", "2026-11-22", "--to", "2026-11-22"),
        ("audit", "verify"),
        ("audit", "checkpoint"),
        ("db", "verify"),
        ("staff", "list"),
        ("selftest",),
        ("receipt", "list"),
        ("report", "list"),
        ("db", "backup", str(tmp_path / "copy.bmis")),
    ):
        answer = full.types(*words, *NOW)
        assert tells(answer.out + answer.err) == [], words
        assert "Traceback" not in answer.err


def test_no_file_of_the_home_no_log_and_no_backup_says_a_word_of_it(full, training_home, tmp_path):
    full.is_user("admin").sets(BMIS_PASSPHRASE="treino", BMIS_HEALTH_PASSPHRASE="treino")
    backup = tmp_path / "copy.bmis"
    made = full.types("db", "backup", str(backup), *NOW)
    assert made.code == 0, made.out
    raw = b"".join(path.read_bytes() for path in training_home.rglob("*") if path.is_file())
    with zipfile.ZipFile(backup) as copy:
        assert "health.db" in copy.namelist()
        raw += b"".join(copy.read(name) for name in copy.namelist()) + backup.read_bytes()

    for word in (*WORDS, "CASOVA", *CODES):
        assert word.encode() not in raw, word
        assert word.encode("utf-16-le") not in raw, word


def test_a_backup_by_the_border_alone_holds_nothing_of_health(full, tmp_path):
    full.is_user("admin").sets(BMIS_PASSPHRASE="treino").lacks("BMIS_HEALTH_PASSPHRASE")
    backup = tmp_path / "copy.bmis"
    made = full.types("db", "backup", str(backup), *NOW)

    assert made.code == 0, made.out
    with zipfile.ZipFile(backup) as copy:
        assert "health.db" not in copy.namelist()


def test_a_fault_in_the_middle_of_health_leaves_no_name_in_the_log(full, training_home, monkeypatch):
    from poe_health.referrals.show_referral import ListReferrals

    def breaks(self, by, **_):
        raise RuntimeError("TRANSFERIDOVA 39.4 MOTIVO-DIARREIA")

    monkeypatch.setattr(ListReferrals, "__call__", breaks)
    full.is_user("clinician")
    answer = full.types("health", "referral", "list", *NOW)

    assert (answer.code, answer.error) == (3, "BMIS-000")
    log = b"".join(path.read_bytes() for path in (training_home / "logs").iterdir())
    assert b"RuntimeError" in log
    assert b"TRANSFERIDOVA" not in log + (answer.out + answer.err).encode()
    assert b"39.4" not in log


def test_what_is_refused_is_not_repeated_in_the_log_or_in_the_answer(full, training_home):
    full.is_user("clinician")
    said = {"request_id": str(uuid4()), "stage": "primary", "temperature_c": 36.5, "person": {"surname": "RECUSADOVA"}}
    wrong = said | {"direction": "RECUSADOVA-NORTE"}
    for text in (json.dumps(wrong), json.dumps(said)[:-3]):
        answer = full.types("health", "screen", "-", *NOW, stdin=text)
        assert answer.code in {2, 3}
        assert "RECUSADOVA" not in answer.out + answer.err
    logs = b"".join(path.read_bytes() for path in (training_home / "logs").glob("*") if path.is_file())
    assert b"RECUSADOVA" not in logs
