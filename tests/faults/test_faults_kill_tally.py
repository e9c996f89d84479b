"""kill -9 at random moments of submitting days: each is whole, with signature, link and message, or absent."""

import os
import random
import sys
import time
from decimal import Decimal
from uuid import uuid4

import pytest

from bmis.kernel.clock import local, system_clock
from bmis.staff.create_home import TRAINING_WORD
from bmis.staff.sign_in import SignIn
from bmis.store.border import BORDER
from bmis.store.home import Home
from poe_health.screening.form_json import form_from
from poe_health.screening.record import ScreeningRequest
from poe_health.store.health import HEALTH
from poe_health.surveillance.day import DayState
from poe_health.surveillance.tally import DayTold
from ui.compose import verify_store
from ui.compose_health import health_day, health_desk

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL are of Unix"),
]

KILLS = 10
WELL = {"stage": "primary", "temperature_c": 36.6, "any_symptom": "no", "sex": "F", "direction": "ENTRY"}


def at_work(home):
    return SignIn(Home.open(home), (BORDER, HEALTH), system_clock)("health-supervisor", TRAINING_WORD)


def submits_until_killed(home, told):
    """In a child of ours: a traveller reopens the day, the day is submitted again, each answered one is told."""
    child = os.fork()
    if child:
        return child
    try:
        session = at_work(home)
        desk, screens = health_day(session), health_desk(session)
        while True:
            today = local(session.now()).date()
            if desk.read(today, session.actor).day.state is not DayState.SUBMITTED:
                sent = desk.submit(today, DayTold(hours_open=Decimal(12)), session.actor)
                os.write(told, f"{sent.submission.id}\n".encode())
            screens.record(ScreeningRequest(uuid4(), form_from(WELL, today)), session.actor)
    finally:
        os._exit(1)


def test_killed_during_submissions_what_was_answered_is_there_and_nothing_is_half_there(training_home):
    chance = random.Random(20261122)
    with at_work(training_home) as session:
        day = local(session.now()).date()
        health_desk(session).record(ScreeningRequest(uuid4(), form_from(WELL, day)), session.actor)
    answered = []
    for _ in range(KILLS):
        reads, tells = os.pipe()
        child = submits_until_killed(training_home, tells)
        os.close(tells)
        with os.fdopen(reads, "rb") as heard:
            answered.append(heard.readline())  # at work
            time.sleep(chance.uniform(0.0, 0.15))
            os.kill(child, 9)
            os.waitpid(child, 0)
            answered += heard.readlines()
    told = {line.strip().decode() for line in answered if line.endswith(b"\n")}

    with at_work(training_home) as session:
        verify_store(session)()
        shown = health_day(session).read(day, session.actor)
        with session.store.read() as unit:

            def one(asked):
                return unit.connection.exec_driver_sql(asked).scalar()

            kept = {
                row[0]
                for row in unit.connection.exec_driver_sql(
                    "SELECT json_extract(payload, '$.id') FROM tally_event WHERE kind = 'tally.submitted'"
                )
            }
            many = one("SELECT count(*) FROM tally_event")
            links = one("SELECT count(*) FROM audit WHERE kind LIKE 'tally.%'")
            messages = one("SELECT count(*) FROM outbox WHERE kind LIKE 'tally.%'")
            signed = one(
                "SELECT count(*) FROM audit a JOIN audit_checkpoint c USING (seq) WHERE a.kind = 'tally.submitted'"
            )
            screened = one("SELECT count(*) FROM screening")

    assert len(told) >= KILLS - 1  # a child may die while its first one is under way, after the day stood submitted
    assert told <= kept
    assert (links, messages, signed) == (many, many, len(kept))
    assert shown.counted.counts.screened == screened
    assert shown.day.sent.revision == len(kept) - 1
    assert (shown.day.state is DayState.REOPENED) == shown.differs  # never out of step with the records
