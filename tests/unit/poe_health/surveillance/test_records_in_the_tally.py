"""Doses, inspections and deaths at the post are counted from their records; what is typed beside them must agree."""

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from bmis.kernel.actor import Role
from poe_health.post_events.events import EventPeople
from poe_health.post_events.note_event import WhatHappened
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.screening.record import Secondary
from poe_health.surveillance.day import DayState
from poe_health.surveillance.errors import TallyArithmeticError
from poe_health.surveillance.tally import DayTold
from poe_health.voyages.events import AreaSeen
from poe_health.voyages.sheet import VoyageSheet
from tests.unit.poe_health.screening.health_shift import DAY, GIVEN, NOW, ebola, feverish, well
from tests.unit.poe_health.surveillance.test_tally_days_kept import TOLD, Post
from ui.compose_health import health_stores
from ui.health_voyages import desk_of

sys.path.append(str(Path(__file__).parents[1] / "stores"))
from post_shelf import dose, ready

UNTOLD = replace(TOLD, conveyances_inspected=None)
DEATH = WhatHappened("DEATH_AT_POST", NOW - timedelta(minutes=30), "sala de isolamento", "ENTRY")
CHAPA = VoyageSheet("BUS", "MMX 12-34", DAY, "Blantyre", "Tete")


@pytest.fixture
def post(signed_in):
    return Post(signed_in(Role.HEALTH_SUPERVISOR))


@pytest.fixture
def clinician(signed_in):
    return signed_in(Role.CLINICIAN)


def vaccinates(session, **more):
    return health_stores(session).vaccinate(dose(**more), session.actor)


def inspects(session, at=NOW):
    desk, voyage = desk_of(session), uuid4()
    desk.record(voyage, CHAPA, None, session.actor)
    return desk.inspect(voyage, uuid4(), [AreaSeen("STORES")], at, session.actor)


def dies(session, screening_id=None, **more):
    desk = desk_of(session)
    said = replace(DEATH, screening_id=screening_id, **more)
    return desk.note_event(uuid4(), said, EventPeople(PatientIdentity(sex="M")), session.actor)


def counts(post):
    tally = post.read(DAY, post.by).counted
    return tally.counts.yf_vaccinated, tally.conveyances_inspected, tally.counts.deaths


def test_what_is_recorded_is_the_number_and_nobody_types_it(post, clinician):
    post.screens(well())
    assert counts(post) == (None, None, 0)

    ready(health_stores(clinician))
    vaccinates(clinician)
    vaccinates(clinician)
    inspects(clinician)
    dies(clinician)

    assert counts(post) == (2, 1, 1)
    sent = post.submit(DAY, UNTOLD, post.by).day.sent.tally
    assert (sent.counts.yf_vaccinated, sent.conveyances_inspected, sent.counts.deaths) == (2, 1, 1)
    assert sum(cell.yf_vaccinated for cell in sent.cells.values()) == 2


@pytest.mark.parametrize("told", [{"vaccinated": 5}, {"conveyances_inspected": 3}])
def test_another_number_than_that_of_the_records_blocks_submission(post, clinician, told):
    post.screens(well())
    ready(health_stores(clinician))
    vaccinates(clinician)
    inspects(clinician)
    said = replace(UNTOLD, **told)

    (fault,) = [one for one in post.read(DAY, post.by, said).faults if one.blocks]
    assert (fault.found, fault.against) == (next(iter(told.values())), 1)
    with pytest.raises(TallyArithmeticError):
        post.submit(DAY, said, post.by)
    agreed = post.submit(DAY, replace(UNTOLD, vaccinated=1, conveyances_inspected=1), post.by)
    assert agreed.day.state is DayState.SUBMITTED


def test_where_nothing_was_ever_recorded_the_number_may_be_told(post):
    post.screens(well())

    sent = post.submit(DAY, replace(TOLD, vaccinated=4), post.by).day.sent.tally

    assert (sent.counts.yf_vaccinated, sent.conveyances_inspected) == (4, 3)
    assert post.read(DAY, post.by).differs is False


@pytest.mark.parametrize("late", ["dose", "annulled", "inspection", "death", "corrected"])
def test_what_comes_late_reopens_the_day(post, clinician, late):
    post.screens(well())
    stores = ready(health_stores(clinician))
    by, given, noted = clinician.actor, vaccinates(clinician).given, dies(clinician)
    post.submit(DAY, UNTOLD, post.by)
    assert post.read(DAY, post.by).day.state is DayState.SUBMITTED

    if late == "dose":
        vaccinates(clinician)
    elif late == "annulled":
        stores.after_dose.annul(given.id, "OTHER_PERSON", by)
    elif late == "inspection":
        inspects(clinician)
    elif late == "death":
        dies(clinician)
    else:
        said = replace(DEATH, what="BIRTH_AT_POST")
        reason = "foi um parto, e não um óbito"
        desk_of(clinician).note_event.correct(noted.id, uuid4(), said, EventPeople(), reason, by)

    day = post.read(DAY, post.by)
    assert (day.day.state, day.differs) == (DayState.REOPENED, True)
    assert post.submit(DAY, DayTold(), post.by).day.sent.revision == 1


def test_a_telling_that_changes_no_number_leaves_the_day_submitted(post, clinician):
    post.screens(well())
    noted = dies(clinician)
    post.submit(DAY, UNTOLD, post.by)

    desk_of(clinician).tell_service(noted.id, uuid4(), "POLICE", NOW, "Agente de Utopia", clinician.actor)

    assert post.read(DAY, post.by).day.state is DayState.SUBMITTED


def test_who_died_and_has_a_case_that_says_so_is_one_death(post, clinician):
    ill = post.screens(feverish())
    dies(clinician, screening_id=ill)
    assert counts(post)[2] == 1

    reason = "faleceu na sala de isolamento"
    dead = Secondary(consent=GIVEN, disposition="DIED", risk_level="CRITICAL")
    post.screens(ebola(primary_id=ill, secondary=dead, reason=reason))

    assert counts(post)[2] == 1


@pytest.mark.parametrize("change", ["void", "late"])
def test_a_case_that_said_who_died_reopens_the_day_of_the_death(post, clinician, change):
    ill = post.screens(feverish(occurred_at=NOW - timedelta(days=1)))
    dead = Secondary(consent=GIVEN, disposition="DIED", risk_level="CRITICAL")
    case = ebola(primary_id=ill, secondary=dead, reason="faleceu na sala de isolamento")
    dies(clinician, screening_id=ill)
    post.screens(well())
    kept = post.screens(case) if change == "void" else None
    post.submit(DAY, UNTOLD, post.by)
    before = counts(post)[2]

    if kept is None:
        post.screens(case)
    else:
        post.desk.void(kept, "o caso era de outra pessoa", post.by)

    assert post.read(DAY, post.by).day.state is DayState.REOPENED
    assert (before, counts(post)[2]) == ((0, 1) if change == "void" else (1, 0))
