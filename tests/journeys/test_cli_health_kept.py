"""From the health desk to the lane at the terminal: a screening is stored, its token shown, nothing of it remains."""

import json
from datetime import date
from uuid import uuid4

import pytest

from bmis.kernel.clearance import ClearanceOutcome
from bmis.kernel.clock import system_clock
from bmis.posts.post_setting import HealthOrder, SettingName
from bmis.staff.sign_in import SignIn
from bmis.store.border import BORDER
from bmis.store.home import Home
from poe_health.store.health import HEALTH
from tests.journeys.cli_robot import traveller
from tests.journeys.test_cli_health import DAY, EBOLA, WELL
from ui.compose import border_desk, open_home

WORDS = [outcome.value for outcome in ClearanceOutcome if outcome is not ClearanceOutcome.H_OK]


def keeps(terminal, form, user="screener"):
    terminal.is_user(user)
    return terminal.types(
        "health",
        "screen",
        "-",
        "--json",
        "--now",
        "2026-11-22T09:00",
        stdin=json.dumps(form),
        schema="health-screen-out",
    )


def crosses(terminal, token, at="2026-11-22T09:10", **more):
    asked = traveller(**more.pop("who", {})) | {"health_token": token} | more
    terminal.is_user("officer")
    return terminal.types(
        "crossing", "record", "-", "--json", "--now", at, stdin=json.dumps(asked), schema="crossing-record-out"
    )


def health_step(answer):
    return next(
        (finding["status"], finding["code"]) for finding in answer.json["findings"] if finding["check"] == "health_step"
    )


@pytest.fixture
def ebola():
    return EBOLA | {"itinerary": None, "exposures": {"BURIAL": "yes"}, "context": {"outbreaks": [], "affected": []}}


def test_a_screening_is_stored_with_an_id_and_the_same_request_again_is_the_same(terminal):
    form = WELL | {"request_id": str(uuid4()), "travel": {"conveyance": "BUS", "origin_country": "MWI"}}

    first, again = keeps(terminal, form), keeps(terminal, form)

    assert (first.code, first.json["disposition"], first.json["clearance"]) == (0, "PASS", "H_OK")
    assert (again.json["id"], again.json["token"]) == (first.json["id"], first.json["token"])
    assert keeps(terminal, form | {"sex": "M"}).error == "BMIS-413"


def test_what_was_decided_is_not_told_as_what_the_rules_proposed(terminal, ebola):
    consent = {"consent": {"answer": "GIVEN", "at": "2026-11-22T08:00:00+02:00"}}
    end = {"risk_level": "LOW", "disposition": "CLEARED"}
    form = ebola | {"stage": "secondary", "secondary": consent | end, "reason": "vista pelo médico do distrito"}
    terminal.is_user("clinician")

    said = terminal.types("health", "screen", "-", "--now", "2026-11-22T09:00", stdin=json.dumps(form))

    assert said.code == 0, said.err
    assert "Proposta: Isolado" in said.out
    assert "Decidido: Liberto" in said.out


def test_a_screening_is_voided_with_a_reason_and_stays(terminal):
    kept = keeps(terminal, WELL).json["id"]
    now = ("--now", "2026-11-22T09:05", "--json")

    assert terminal.types("health", "void", kept, "--reason", "typo", *now).error == "BMIS-416"
    voided = terminal.types("health", "void", kept, "--reason", "Typed for another one", *now, schema="health-void")

    assert (voided.code, voided.json["state"], voided.json["handed"]) == (0, "voided", [])  # it never left
    terminal.is_user("clinician")
    waits = terminal.types("health", "corrections", *now, schema="health-corrections")
    assert (waits.code, waits.json) == (1, {"corrections": []})
    terminal.is_user("screener")
    assert terminal.types("health", "corrections", *now).error == "BMIS-010"
    assert terminal.types("health", "void", kept, "--reason", "Typed for another one", *now).error == "BMIS-424"
    assert terminal.types("health", "void", "none", "--reason", "Typed for another one", *now).error == "BMIS-004"


@pytest.mark.parametrize("user", ["officer", "admin", "auditor", "supervisor", "epidemiologist"])
def test_nobody_but_those_who_screen_can_store_one(terminal, user):
    assert keeps(terminal, WELL, user).error == "BMIS-010"


def test_a_screener_does_not_examine(terminal, ebola):
    assert keeps(terminal, ebola, "screener").error == "BMIS-010"


def test_a_day_cannot_be_chosen_for_what_is_stored(terminal):
    terminal.is_user("screener")

    assert terminal.types("health", "screen", "-", "--json", *DAY, stdin=json.dumps(WELL)).error == "BMIS-004"


@pytest.mark.parametrize(
    "wrong",
    [
        {"occurred_at": "yesterday"},
        {"occurred_at": "2026-11-22T09:00:00"},
        {"temperatures": [{"celsius": 36.6, "at": "noon"}]},
        {"secondary": {"consent": {"answer": "GIVEN", "at": "2026-11-22"}}, "stage": "secondary"},
    ],
)
def test_what_no_schema_can_judge_is_refused_with_its_field(terminal, wrong):
    assert keeps(terminal, WELL | wrong, "clinician").error == "BMIS-007"


def test_the_lane_reads_a_release_once_and_only_then_the_step_is_done(terminal):
    token = keeps(terminal, WELL).json["token"]

    first = crosses(terminal, token, acknowledged=[])
    again = crosses(terminal, token, who={"number": 2}, acknowledged=[])
    without = crosses(terminal, None, who={"number": 3}, acknowledged=[])

    assert (first.code, health_step(first)) == (0, ("green", "done"))
    assert (again.code, health_step(again)) == (1, ("grey", "not_done"))
    assert "BMIS-480" in again.err
    assert (without.code, health_step(without)) == (1, ("grey", "not_done"))


def test_looking_first_does_not_use_the_token_up(terminal):
    token = keeps(terminal, WELL).json["token"]
    asked = traveller()
    looked = {name: value for name, value in asked.items() if name != "decision"}

    first = crosses(terminal, token, **looked, decision=None)
    kept = crosses(terminal, token, **asked)
    again = crosses(terminal, token, **asked)

    assert (first.code, kept.code, again.code) == (1, 0, 0)
    assert again.json["id"] == kept.json["id"]
    assert not again.err


def test_an_old_token_one_of_another_home_and_one_that_was_changed_are_not_done(terminal, training_home):
    token = keeps(terminal, WELL).json["token"]
    forged = token[:-2] + ("AA" if token[-2:] != "AA" else "BB")

    for text, at in ((token, "2026-11-22T18:00"), (forged, "2026-11-22T09:10"), ("BH1:", "2026-11-22T09:10")):
        answer = crosses(terminal, text, at, acknowledged=[])
        assert (answer.code, health_step(answer)) == (1, ("grey", "not_done"))
    (training_home / "clearance_keys.json").unlink()
    assert health_step(crosses(terminal, token, acknowledged=[])) == ("grey", "not_done")


def test_keys_that_cannot_be_read_leave_the_step_grey_with_a_code(terminal, training_home):
    token = keeps(terminal, WELL).json["token"]
    (training_home / "clearance_keys.json").write_text("{}", "utf-8")

    assert crosses(terminal, token).error == "BMIS-481"
    assert health_step(crosses(terminal, None)) == ("grey", "not_done")


def test_where_port_health_does_not_work_nobody_is_asked_for_a_token(terminal):
    answer = crosses(terminal, None, acknowledged=[])

    assert answer.code == 0
    assert "health_step" not in {finding["check"] for finding in answer.json["findings"]}


@pytest.mark.parametrize(
    ("order", "step", "code"),
    [(HealthOrder.LANE_FIRST, ("green", "after_lane"), 0), (HealthOrder.HEALTH_FIRST, ("grey", "not_done"), 1)],
)
def test_the_post_says_which_desk_comes_first(terminal, order, step, code):
    with open_home(terminal.home).sign_in("supervisor", "treino") as session:
        border_desk(session).set_post_setting(
            SettingName.HEALTH_ORDER, order, valid_from=date(2026, 1, 1), reason="Order of the post", by=session.actor
        )

    answer = crosses(terminal, None, acknowledged=[])

    assert (answer.code, health_step(answer)) == (code, step)


def test_who_stays_with_health_leaves_no_trace_of_it_at_the_border(terminal, training_home, ebola, tmp_path):
    health = keeps(terminal, ebola, "clinician")
    token = health.json["token"]
    asked = traveller() | {"acknowledged": ["*"]}
    looked = crosses(terminal, token, **asked | {"decision": None})
    kept = crosses(terminal, token, **asked)
    shown = terminal.types("crossing", "show", kept.json["id"], "--json")
    file = tmp_path / "B.bmis"
    backed = terminal.is_user("admin").types("db", "backup", file, "--json")

    assert health.json["clearance"] == "H_WITH_HEALTH"
    assert (looked.code, kept.code, backed.code) == (1, 0, 0)
    assert looked.json["proposed"] is None
    assert health_step(kept) == ("grey", "not_done")
    border = decrypted(training_home, BORDER, "officer", tmp_path)
    reference = b"BH1:"
    secrets = [*(word.encode() for word in WORDS), reference, token[4:30].encode(), health.json["id"].encode()]
    answers = "".join(each.out + each.err for each in (looked, kept, shown, backed)).encode()
    files = {path: path.read_bytes() for path in training_home.rglob("*") if path.is_file()}
    for secret in secrets:
        assert secret not in border, secret
        assert secret not in answers, secret
        assert secret not in file.read_bytes(), secret
        assert not [path.name for path, raw in files.items() if secret in raw], secret
    assert b"not_done" in border  # the search would have found something
    assert b"H_WITH_HEALTH" in decrypted(training_home, HEALTH, "clinician", tmp_path)


def test_what_is_kept_of_a_traveller_held_and_of_one_without_a_token_is_the_same(terminal, ebola):
    held = keeps(terminal, ebola, "clinician").json["token"]

    one = crosses(terminal, held, who={"number": 1})
    other = crosses(terminal, None, who={"number": 2})

    def step(answer):
        return [finding for finding in answer.json["findings"] if finding["check"] == "health_step"]

    assert step(one) == step(other)


def test_nothing_of_a_patient_can_be_read_in_the_files_of_the_home(terminal, training_home, ebola):
    person = {"surname": "UTOPIANO", "given_names": "ALBERTO", "document_number": "UT7654321"}
    kept = keeps(terminal, ebola | {"person": person}, "clinician")

    assert kept.code == 0
    for path in training_home.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            assert not [word for word in (b"UTOPIANO", b"UT7654321", b"BURIAL", b"HEADACHE") if word in raw], path.name


def decrypted(home, kind, user, folder):
    """Return every row of the database as whoever has its key could write it out."""
    with SignIn(Home.open(home), (BORDER, HEALTH), system_clock)(user, "treino") as session:
        raw = session.store.engine.raw_connection()
        plain = folder / f"{kind.service}-{uuid4().hex}.plain"
        connection = raw.driver_connection
        connection.execute(f"ATTACH DATABASE '{plain}' AS plain KEY ''")
        connection.execute("SELECT sqlcipher_export('plain')").fetchall()
        connection.execute("DETACH DATABASE plain")
        raw.close()
    return plain.read_bytes()
