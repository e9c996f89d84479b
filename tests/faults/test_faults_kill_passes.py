"""kill -9 at random moments of giving out passes: no serial twice, none without its pass, nothing half there."""

import json
import os
import random
import sys
import time
from datetime import timedelta
from uuid import uuid4

import pytest

from bmis.documents.dates import PartialDate
from bmis.kernel.actor import Actor, Role
from bmis.kernel.clock import local, system_clock
from bmis.passes.applicant import Applicant, Attestation, PassPhoto, PassRequest, Who
from bmis.passes.hand_over_pass import Consent, ConsentForm
from bmis.staff.create_home import TRAINING_WORD
from bmis.staff.sign_in import SignIn
from bmis.store.border import BORDER
from bmis.store.home import Home
from poe_health.store.health import HEALTH
from ui.compose import pass_desk, verify_store

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL are of Unix"),
]

KILLS = 10
CHIEF = Actor("supervisor", Role.SUPERVISOR)
YES = Consent(ConsentForm.SIGNED, "pt", identity_checked=True, agreed=True)
SOUNDS = "BDFGKLMNPST"


def at_work(home, name):
    return SignIn(Home.open(home), (BORDER, HEALTH), system_clock)(name, TRAINING_WORD)


def somebody():
    """Return an application of somebody whose name sounds like nobody else's."""
    name = "".join(random.choice(SOUNDS) + random.choice("aeiou") for _ in range(6)).title()
    number = f"{random.randrange(10**12):012}B"
    today = local(system_clock()).date()
    person = Applicant(f"Uto{name}", "Espécime", PartialDate(1990, 5, 12), "F", f"Vila {name}", number)
    who = Who(person, (), (Attestation("Régulo", "village_head", today - timedelta(days=1)),))
    return PassRequest(uuid4(), "MZ-MW", who, "trade", PassPhoto(b"\xff\xd8\xff" + b"x" * 20_000))


def gives_until_killed(home, told):
    """Give out passes one after the other in a child of ours, telling each serial that was answered."""
    child = os.fork()
    if child:
        return child
    try:
        random.seed()
        session = at_work(home, "pass-officer")
        desk, by = pass_desk(session), session.actor
        while True:
            found = desk.apply(somebody(), by).application
            desk.approve(found.id, CHIEF)
            made = desk.produce(found.id, by)
            os.write(told, f"{json.dumps(made.border_pass.serial)}\n".encode())
            desk.hand_over(found.id, YES, by)
    finally:
        os._exit(1)


def test_killed_while_passes_are_given_out_no_serial_comes_twice(training_home):
    chance = random.Random(20261122)
    answered = []
    for _ in range(KILLS):
        reads, tells = os.pipe()
        child = gives_until_killed(training_home, tells)
        os.close(tells)
        with os.fdopen(reads, "rb") as heard:
            answered.append(heard.readline())  # at work
            time.sleep(chance.uniform(0.0, 0.1))
            os.kill(child, 9)
            os.waitpid(child, 0)
            answered += heard.readlines()
    serials = [json.loads(line) for line in answered if line.endswith(b"\n")]

    with at_work(training_home, "auditor") as session:
        verify_store(session)()
    with at_work(training_home, "pass-officer") as session:
        desk, by = pass_desk(session), session.actor
        kept = sorted(one.serial for one, _ in desk.show.listed(by, limit=10_000))
        [account] = desk.serials(by)
        left = [one for one in desk.application.listed(by, limit=10_000) if one.state.value == "PRODUCED"]
        for one in left:  # cut off between making and handing over: the same pass is handed over now
            serial = desk.produce(one.id, by).border_pass.serial
            assert serial in kept
            desk.hand_over(one.id, YES, by)
        receipts = desk.receipts.show(by, 10_000)
    with at_work(training_home, "auditor") as session:
        verify_store(session)()

    assert len(serials) == len(set(serials)) >= KILLS
    assert set(serials) <= set(kept)
    assert kept == list(range(1, len(kept) + 1))
    assert account.adds_up
    assert sorted(one.serial for one in receipts) == list(range(1, len(receipts) + 1))
