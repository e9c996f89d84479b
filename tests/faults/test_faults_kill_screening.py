"""kill -9 at random moments of saving screenings: each is whole, with parts, token, link and message, or absent."""

import json
import os
import random
import sys
import time
from uuid import uuid4

import pytest

from bmis.kernel.clock import system_clock
from bmis.staff.create_home import TRAINING_WORD
from bmis.staff.sign_in import SignIn
from bmis.store.border import BORDER
from bmis.store.home import Home
from poe_health.screening.form_json import form_from
from poe_health.screening.record import Person, ScreeningRequest
from poe_health.store.health import HEALTH
from ui.compose import verify_store
from ui.compose_health import health_desk

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL are of Unix"),
]

KILLS = 12
ANSWERS = {"stage": "primary", "temperature_c": 38.9, "any_symptom": "yes", "sex": "F", "direction": "ENTRY"}


def at_work(home, name):
    return SignIn(Home.open(home), (BORDER, HEALTH), system_clock)(name, TRAINING_WORD)


def saves_until_killed(home, told):
    """Keep screenings one after the other in a child of ours, telling each request that was answered."""
    child = os.fork()
    if child:
        return child
    try:
        session = at_work(home, "clinician")
        desk = health_desk(session)
        while True:
            request = ScreeningRequest(uuid4(), form_from(ANSWERS, desk.today()), person=Person(surname="UTOPIANO"))
            desk.record(request, session.actor)
            os.write(told, f"{json.dumps(str(request.request_id))}\n".encode())
    finally:
        os._exit(1)


def test_killed_during_saves_nothing_answered_is_lost_and_nothing_is_half_there(training_home):
    chance = random.Random(20261122)
    answered = []
    for _ in range(KILLS):
        reads, tells = os.pipe()
        child = saves_until_killed(training_home, tells)
        os.close(tells)
        with os.fdopen(reads, "rb") as heard:
            answered.append(heard.readline())  # at work
            time.sleep(chance.uniform(0.0, 0.15))
            os.kill(child, 9)
            os.waitpid(child, 0)
            answered += heard.readlines()
    requests = [json.loads(line) for line in answered if line.endswith(b"\n")]

    with at_work(training_home, "health-supervisor") as session:
        report = verify_store(session)()
        with session.store.read() as unit:
            count = {
                name: unit.connection.exec_driver_sql(asked).scalar()
                for name, asked in {
                    "screenings": "SELECT count(*) FROM screening",
                    "parts": "SELECT count(*) FROM health_part",
                    "tokens": "SELECT count(*) FROM clearance_issue WHERE kind = 'clearance.token'",
                    "links": "SELECT count(*) FROM audit WHERE kind = 'screening.recorded'",
                    "messages": "SELECT count(*) FROM outbox WHERE kind = 'screening.recorded'",
                    "last": "SELECT max(seq) FROM screening",
                }.items()
            }
            kept = {
                row[0]
                for row in unit.connection.exec_driver_sql(
                    "SELECT json_extract(payload, '$.request_id') FROM screening"
                )
            }

    assert len(requests) >= KILLS
    assert set(requests) <= kept
    many = count["screenings"]
    assert count == {
        "screenings": many,
        "parts": 2 * many,
        "tokens": many,
        "links": many,
        "messages": many,
        "last": many,
    }
    assert report.records >= many
