"""kill -9 at random moments of writing voyages: each step is whole, with parts, index, link and message, or absent."""

import os
import random
import sys
import time
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from bmis.kernel.clock import local, system_clock
from bmis.staff.create_home import TRAINING_WORD
from bmis.staff.sign_in import SignIn
from bmis.store.border import BORDER
from bmis.store.home import Home
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.rules.answer import Answer
from poe_health.store.health import HEALTH
from poe_health.voyages.choose_contacts import CaseOnBoard, Choice
from poe_health.voyages.people import PersonAboard
from poe_health.voyages.sheet import VoyageSheet
from ui.compose import verify_store
from ui.compose_health import voyage_desk

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL are of Unix"),
]

KILLS = 8
COUNTS = {
    "voyages": "SELECT count(*) FROM voyage",
    "begun": "SELECT count(DISTINCT record_id) FROM voyage_event",
    "steps": "SELECT count(*) FROM voyage_event",
    "links": "SELECT count(*) FROM audit WHERE kind LIKE 'voyage.%'",
    "messages": "SELECT count(*) FROM outbox WHERE kind LIKE 'voyage.%'",
    "parts": "SELECT count(*) FROM health_part WHERE part = 'person'",
    "named": "SELECT count(*) FROM voyage_event WHERE kind IN "
    "('voyage.recorded', 'voyage.people_listed', 'voyage.contacts_chosen')",
}


def at_work(home, name):
    return SignIn(Home.open(home), (BORDER, HEALTH), system_clock)(name, TRAINING_WORD)


def writes_until_killed(home, told):
    """Write voyages down with people and contacts in a child of ours, telling each request that was answered."""
    child = os.fork()
    if child:
        return child
    try:
        session = at_work(home, "clinician")
        desk, by = voyage_desk(session), session.actor
        today, who = local(datetime.now(UTC)).date(), PatientIdentity(surname="UTOPIANOVA")
        sheet = VoyageSheet("BUS", "MMX", today, "Blantyre", "Tete", numbered_seats=Answer.NO)
        while True:
            voyage, people, chosen = uuid4(), uuid4(), uuid4()
            desk.record(voyage, sheet, who, by)
            kept = desk.list_people(voyage, people, [PersonAboard(who)], by)
            choice = Choice(CaseOnBoard("MEASLES"), "WHOLE_VEHICLE", (kept.occupants[0].ref,), today)
            desk.choose(voyage, chosen, choice, by)
            os.write(told, f"{voyage} {people} {chosen}\n".encode())
    finally:
        os._exit(1)


def test_killed_while_writing_voyages_nothing_answered_is_lost_and_nothing_is_half_there(training_home):
    chance = random.Random(20261122)
    answered = []
    for _ in range(KILLS):
        reads, tells = os.pipe()
        child = writes_until_killed(training_home, tells)
        os.close(tells)
        with os.fdopen(reads, "rb") as heard:
            answered.append(heard.readline())  # at work
            time.sleep(chance.uniform(0.0, 0.15))
            os.kill(child, 9)
            os.waitpid(child, 0)
            answered += heard.readlines()
    requests = {UUID(each.decode()) for line in answered if line.endswith(b"\n") for each in line.split()}

    with at_work(training_home, "health-supervisor") as session:
        report = verify_store(session)()
        with session.store.read() as unit:
            count = {name: unit.connection.exec_driver_sql(asked).scalar() for name, asked in COUNTS.items()}
            rows = unit.connection.exec_driver_sql("SELECT json_extract(payload, '$.request_id') FROM voyage_event")
            kept = {UUID(row[0]) for row in rows}

    assert len(requests) >= 3 * KILLS
    assert requests <= kept
    assert count["voyages"] == count["begun"]
    assert count["steps"] == count["links"] == count["messages"]
    assert count["parts"] == count["named"]
    assert report.records >= count["steps"]
