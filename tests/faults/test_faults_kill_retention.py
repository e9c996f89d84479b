"""kill -9 at random moments of retention: everything due is there, or everything is gone; the next run ends it."""

import os
import random
import sys
import time
from datetime import timedelta

import pytest

from bmis.store.home import Home
from poe_health.store.health import HEALTH
from tests.unit.poe_health.retention import kept_post
from tests.unit.poe_health.retention.kept_post import BEGAN, SECRETS, Shift, fill, later
from tests.unit.poe_health.retention.raw_pages import decrypted
from ui.compose import verify_store

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL are of Unix"),
]

DAYS, KILLS = 2000, 10
GONE = [word for kind in ("aefi", "transfer", "monitoring", "cholera") for word in SECRETS[kind]]


def applies(home, told):
    """Apply the rules in a child of ours, telling when it begins."""
    child = os.fork()
    if child:
        return child
    try:
        with later(home, DAYS) as shift:
            os.write(told, b"begins\n")
            shift.apply()
            os.write(told, b"ended\n")
    finally:
        os._exit(1)


def test_killed_in_the_middle_nothing_is_half_erased_and_the_next_run_ends_it(training_home):
    chance = random.Random(20261122)
    fill(training_home)
    with Shift(training_home, "health-supervisor", BEGAN + timedelta(hours=2)) as shift:
        for _ in range(25):  # enough that a kill meets a run at work
            kept_post.monitoring(shift)
    due = {"CHOLERA_EXPRESS": 1, "DOSE_ANSWERS": 1, "MONITORING_ENDED": 26, "TRANSFER_ENDED": 1}
    seen = set()
    for _ in range(KILLS):
        reads, tells = os.pipe()
        child = applies(training_home, tells)
        os.close(tells)
        with os.fdopen(reads, "rb") as heard:
            assert heard.readline() == b"begins\n"
            time.sleep(chance.uniform(0.0, 0.25))
            os.kill(child, 9)
            os.waitpid(child, 0)
        with later(training_home, DAYS) as shift:
            left = shift.due()
            seen.add(not left)
            verify_store(shift.session)()
        assert left in ({}, due)
        if not left:
            break

    with later(training_home, DAYS) as shift:
        run = shift.apply()
        assert run.swept
        assert shift.due() == {}
        raw = decrypted(Home.open(training_home).database(HEALTH.file_name), shift.session.data_key)
        verify_store(shift.session)()
    assert [word for word in GONE if word.encode() in raw] == []
    assert all(word.encode() in raw for word in SECRETS["dose"])
    assert seen
