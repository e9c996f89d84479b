"""kill -9 at random moments of vaccinating, by two at once: no certificate number is given twice, no dose is half."""

import json
import os
import random
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bmis.kernel.clock import system_clock
from bmis.kernel.errors import BmisError
from bmis.staff.create_home import TRAINING_WORD
from bmis.staff.sign_in import SignIn
from bmis.store.border import BORDER
from bmis.store.home import Home
from poe_health.store.health import HEALTH
from poe_health.supplies.movement import held
from poe_health.supplies.records import MOVEMENTS
from ui.compose import verify_store
from ui.compose_health import health_stores

sys.path.append(str(Path(__file__).parents[1] / "unit/poe_health/stores"))
from post_shelf import CONSENT, booklets, dose, received

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL are of Unix"),
]

KILLS = 6


def at_work(home, name):
    return SignIn(Home.open(home), (BORDER, HEALTH), system_clock)(name, TRAINING_WORD)


def vaccinates_until_killed(home, told, name):
    """Give doses one after the other in a child of ours, telling each number that was answered."""
    child = os.fork()
    if child:
        return child
    try:
        session = at_work(home, name)
        stores = health_stores(session)
        while True:
            now = session.now()
            asked = dose(vial_opened_at=now, given_at=now, consent=replace(CONSENT, asked_at=now))
            kept = stores.vaccinate(asked, session.actor)
            os.write(told, f"{json.dumps(kept.given.certificate_number)}\n".encode())
    except BmisError as error:
        os.write(told, f"{json.dumps(error.code)}\n".encode())
    finally:
        os._exit(1)


def test_killed_while_vaccinating_no_number_comes_twice_and_every_dose_is_whole(training_home):
    chance = random.Random(20261122)
    with at_work(training_home, "clinician") as session:
        stores = health_stores(session)
        lasts = session.now().date() + timedelta(days=300)
        stores.move_stock(received(quantity=100_000, expires_on=lasts), session.actor)
        stores.keep_numbers.receive(booklets(1, 90_000), session.actor)

    answered = []
    for _ in range(KILLS):
        reads, tells = os.pipe()
        children = [vaccinates_until_killed(training_home, tells, who) for who in ("clinician", "health-supervisor")]
        os.close(tells)
        with os.fdopen(reads, "rb") as heard:
            answered.append(heard.readline())  # somebody is at work
            time.sleep(chance.uniform(0.0, 0.6))
            for child in children:
                os.kill(child, 9)
                os.waitpid(child, 0)
            answered += heard.readlines()
    numbers = [json.loads(line) for line in answered if line.endswith(b"\n")]

    with at_work(training_home, "health-supervisor") as session:
        report = verify_store(session)()
        stores = health_stores(session)
        (block,) = stores.numbers(session.actor)
        with session.store.read() as unit:
            ask = unit.connection.exec_driver_sql
            doses = ask("SELECT count(*) FROM vaccination_event").scalar()
            kept = [row[0] for row in ask("SELECT certificate_number FROM vaccination_event")]
            taken = [row[0] for row in ask("SELECT written FROM certificate_number")]
            links = ask("SELECT count(*) FROM audit WHERE kind = 'vaccination.given'").scalar()
            messages = ask("SELECT count(*) FROM outbox WHERE kind = 'vaccination.given'").scalar()
            (shelf,) = held(MOVEMENTS.events(unit)).values()

    assert len(numbers) >= KILLS
    assert not [number for number in numbers if number.startswith("BMIS")]
    assert len(numbers) == len(set(numbers))
    assert set(numbers) <= set(kept)
    assert sorted(kept) == sorted(taken)
    assert len(kept) == len(set(kept)) == doses == links == messages == block.used
    assert block.gaps == ()
    assert shelf.held == 100_000 - doses
    assert report.records >= doses
