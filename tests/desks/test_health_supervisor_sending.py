"""From the exports page to a server over HTTPS that checks every rule: a trial, the report read back, the log."""

import json
from decimal import Decimal
from uuid import uuid4

import pytest
from health_post_robot import DAY, Doctor, Post

from poe_health.exchange.read_exports import ReadExports
from poe_health.rules.answer import Answer
from poe_health.screening.form import Age, ScreeningForm, Stage, Temperature
from poe_health.screening.record import Person, ScreeningRequest, Travel
from poe_health.surveillance.tally import DayTold
from tests.unit.poe_health.exchange.xchg_server import TOKEN, Receiver
from ui.compose import verify_store

TRACKER, COUNTS, FHIR = "dhis2-tracker", "dhis2-aggregate", "fhir"
TRY, SEND = "yes", "no"
WHY = {"first": "01112026", "reason": "Boletim semanal do distrito", "recipient": "INS"}


def goes_to_work(home, at_work=True):
    """Make the home one at work, or a training home again: a training home sends nothing, the other sets no clock."""
    file = home / "home.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"training": not at_work}))


@pytest.fixture
def live_home(training_home):
    return training_home


@pytest.fixture
def server(tmp_path):
    found = Receiver(tmp_path)
    yield found
    found.close()
    assert found.wrong == []


@pytest.fixture
def person(qtbot, live_home, tray):
    with Doctor(live_home) as doctor:
        for surname in ("Espécime", "Outra"):
            said = {"RASH_MACULOPAPULAR": Answer.YES, "COUGH": Answer.NO}
            form = ScreeningForm(
                Stage.SECONDARY,
                DAY,
                temperature=Temperature(38.6, "AXILLA"),
                age=Age.of_years(34),
                sex="F",
                direction="ENTRY",
                symptoms=said,
            )
            who = Person(surname=surname, given_names="Utopia")
            request = ScreeningRequest(uuid4(), form, Travel("BUS", "ABC-1", None, "MWI"), person=who)
            doctor.desk.record(request, doctor.by)
        doctor.day.submit(DAY, DayTold(hours_open=Decimal(12)), doctor.by)
    goes_to_work(live_home)
    found = Post(qtbot, live_home).goes("exports")
    yield found
    found.ends()


def sends(person, server, receiver, what, level="", path="", ca=None):
    """Fill the form: choices as a mouse would, for a blank in their words is a key of its own; the rest by keys."""
    person.does("send")
    fields = person.dialog.fields
    for name, code in (("receiver", receiver), ("level", level), ("trial", what)):
        if code:
            fields[name].setCurrentIndex(fields[name].findData(code))
    return person.answers(**WHY, address=server.base + path, secret=TOKEN, ca=str(ca or server.ca))


def logged(home):
    goes_to_work(home, at_work=False)
    with Doctor(home) as doctor:
        verify_store(doctor.session)()
        return ReadExports(doctor.session.store.read)(doctor.by)


def test_a_trial_keeps_nothing_there_then_the_counts_go_and_both_stand_in_the_log(person, server, live_home):
    sends(person, server, COUNTS, TRY)

    assert server.sets == {}
    assert ("seriam aceites", "1") in person.page.facts.facts()
    assert {query["dryRun"] for _, query, *_ in server.requests} == {"true"}

    sends(person, server, COUNTS, SEND)

    assert server.sets
    assert ("Enviado a", "dhis2-aggregate localhost") in person.page.facts.facts()
    newest, oldest = logged(live_home)
    assert set(oldest.outcomes) == {"would_accept"}
    assert set(newest.outcomes) == {"accepted"}
    assert (newest.recipient, newest.reason, newest.level) == ("INS", "Boletim semanal do distrito", "aggregate")


def test_a_case_that_the_server_refuses_is_shown_with_its_reason_and_goes_when_it_is_mended(person, server, live_home):
    sends(person, server, TRACKER, TRY, level="named")
    assert server.entities == {}
    (_, query, body, headers) = server.requests[0]
    assert (query["importMode"], query["async"]) == ("VALIDATE", "false")
    first, second = json.loads(body)["trackedEntities"]
    server.refuse[first["trackedEntity"]] = "E1011"

    sends(person, server, TRACKER, SEND, level="named")

    assert set(server.entities) == {second["trackedEntity"]}
    shown = person.page.facts.text()
    assert "o servidor não conhece o posto E1011" in shown
    assert "specimen" not in shown  # the receiver's own words may repeat what was sent

    server.refuse.clear()
    sends(person, server, TRACKER, SEND, level="named")

    assert set(server.entities) == {first["trackedEntity"], second["trackedEntity"]}
    lines = logged(live_home)
    assert [dict(one.outcomes) for one in reversed(lines)] == [
        {"would_accept": 2},
        {"created": 1, "refused": 1},
        {"created": 1, "known": 1},
    ]
    assert headers["Authorization"] == f"ApiToken {TOKEN}"


def test_the_secret_stands_nowhere(person, server, live_home):
    sends(person, server, TRACKER, SEND)

    kept = b"".join(path.read_bytes() for path in live_home.rglob("*") if path.is_file())
    assert TOKEN.encode() not in kept
    assert TOKEN not in person.page.facts.text()
    assert "Utopia" not in server.requests[0][2].decode()  # without a level no name goes


def test_fhir_takes_cases_and_public_counts_from_the_desk(person, server, live_home):
    sends(person, server, FHIR, SEND, level="named", path="/fhir")
    sends(person, server, FHIR, SEND, path="/fhir")

    kinds = [one["resourceType"] for one in server.resources.values()]
    assert (kinds.count("Patient"), kinds.count("MeasureReport")) == (2, 1)
    assert [one.level for one in logged(live_home)] == ["public", "named"]


def test_a_server_that_does_not_prove_gets_nothing_and_the_log_says_so(person, server, live_home, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    stranger = Receiver(other, "elsewhere")
    stranger.close()

    sends(person, server, COUNTS, SEND, ca=stranger.ca)

    assert server.requests == []
    assert "BMIS-498" in person.page.facts.text()
    (line,) = logged(live_home)
    assert set(line.outcomes) == {"not_sent"}


def test_the_page_says_who_sent_and_what_was_refused(person, server, live_home):
    sends(person, server, TRACKER, TRY)
    first, _ = json.loads(server.requests[0][2])["trackedEntities"]
    server.refuse[first["trackedEntity"]] = "E1011"
    sends(person, server, TRACKER, SEND)
    text = person.page.facts.text()
    assert ("Por", "health-supervisor") in person.page.facts.facts()
    assert [line.cells[-1] for line in person.page.list.lines()] == ["enviado ou ensaiado"] * 2
    assert "recusados" in text
