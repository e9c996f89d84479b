"""Certificates that were checked are in the numbers of the day: once a person, and a late check reopens the day."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from bmis.documents.dates import PartialDate
from bmis.kernel.actor import Role
from poe_health.certificates.check import CheckForm
from poe_health.certificates.holder import TravellerName
from poe_health.certificates.keep_check import CheckRequest
from poe_health.certificates.proof import Proof, ProofKind
from poe_health.certificates.yellow_fever import Leg, YellowFeverTraveller
from poe_health.exchange.dhis2_aggregate import aggregate_package
from poe_health.exchange.mapping import own_words
from poe_health.exchange.package import Period
from poe_health.exchange.source import ExportTally
from poe_health.surveillance.day import DayState
from poe_health.surveillance.tally import DayTold
from tests.unit.poe_health.screening.health_shift import DAY, NOW, ebola, feverish, well
from tests.unit.poe_health.surveillance.test_tally_days_kept import TOLD, Post
from ui.compose_health import health_stores

FROM_LUANDA = (Leg("AGO", DAY - timedelta(days=30), DAY - timedelta(days=1)),)
BORN = PartialDate(1990, 2, 3)
BERTA = TravellerName("UTOPIANO", "BERTA", BORN)


@pytest.fixture
def post(signed_in):
    return Post(signed_in(Role.HEALTH_SUPERVISOR))


def checks(post, proof=ProofKind.NONE, name=None, legs=FROM_LUANDA, **more):
    form = CheckForm(paper=Proof(proof), name=name, traveller=YellowFeverTraveller(BORN, legs=legs))
    desk = health_stores(post.session)
    return desk.record_check(CheckRequest(uuid4(), form, **more), post.by).view.check


def numbers(post):
    counts = post.read(DAY, post.by).counted.counts
    return counts.yf_checked, counts.yf_not_valid


def test_nobody_showed_a_certificate_and_the_tally_and_dhis2_say_so(post):
    post.screens(well())
    checks(post)

    assert numbers(post) == (1, 1)
    sent = post.submit(DAY, TOLD, post.by).day.sent
    package = aggregate_package([ExportTally.of(sent)], Period(sent.tally.post_code, DAY, DAY), own_words("dhis2"))
    assert b'"POE_YF_CHECKED"' in package.main
    assert told(package, "POE_YF_CHECKED") == told(package, "POE_YF_NOT_VALID") == 1


def told(package, element):
    said = json.loads(package.main)
    values = [value for one in said.get("dataValueSets", [said]) for value in one["dataValues"]]
    return sum(int(value["value"]) for value in values if value["dataElement"] == element)


def test_who_was_screened_and_checked_is_one_person(post):
    ill = post.screens(well(form={"certificate": "ABSENT"}))
    case = post.screens(ebola(primary_id=ill))
    checks(post, screening_id=ill)
    checks(post, screening_id=case)

    assert numbers(post) == (1, 1)


def test_what_the_check_says_goes_before_what_the_screener_put_down(post):
    ill = post.screens(well(form={"certificate": "ABSENT"}))
    elsewhere = (Leg("ZAF", DAY - timedelta(days=60), DAY),)

    assert checks(post, screening_id=ill, legs=elsewhere).result == "NOT_REQUIRED"

    assert numbers(post) == (0, 0)


def test_the_same_person_who_is_checked_again_counts_once_and_another_one_too(post):
    first = checks(post, name=BERTA)
    again = checks(post, name=TravellerName("Utopiano", "Berta", BORN))
    other = checks(post, name=replace(BERTA, given_names="CARLA"))

    assert (again.again, other.again) == (first.id, None)
    assert numbers(post) == (2, 2)


def test_a_person_checked_before_and_after_the_screening_is_one(post):
    checks(post, name=BERTA)
    ill = post.screens(feverish())
    checks(post, name=BERTA, screening_id=ill)

    assert numbers(post) == (1, 1)


def test_a_certificate_of_which_nobody_can_say_is_checked_and_not_called_invalid(post):
    found = checks(post, ProofKind.PAPER_ICVP)

    assert found.result == "UNKNOWN"
    assert numbers(post) == (1, 0)


def test_of_a_voided_screening_the_check_counts_by_itself(post):
    ill = post.screens(feverish())
    checks(post, screening_id=ill)
    post.desk.void(ill, "Typed for another one", post.by)

    assert numbers(post) == (1, 1)


def test_a_late_check_reopens_the_day(post):
    post.screens(well())
    post.submit(DAY, TOLD, post.by)

    kept = checks(post)

    day = post.read(DAY, post.by)
    assert (day.day.state, day.differs) == (DayState.REOPENED, True)
    assert [one.record for one in day.day.reopened] == [str(kept.id)]
    assert post.submit(DAY, DayTold(), post.by).day.sent.tally.counts.yf_not_valid == 1


def test_voiding_a_screening_reopens_the_day_of_the_check_that_followed_it(post):
    ill = post.screens(feverish(occurred_at=NOW - timedelta(days=1)))
    post.screens(well())
    checks(post, screening_id=ill)
    for day in (DAY - timedelta(days=1), DAY):
        post.submit(day, TOLD, post.by)
    assert numbers(post) == (0, 0)  # the traveller of the day before has it

    post.desk.void(ill, "Typed for another one", post.by)

    day = post.read(DAY, post.by)
    assert (day.day.state, day.differs) == (DayState.REOPENED, True)
    assert [one.record for one in day.day.reopened] == [str(ill)]
    assert numbers(post) == (1, 1)
    assert post.read(DAY - timedelta(days=1), post.by).day.state is DayState.REOPENED


def test_voiding_a_screening_leaves_the_days_of_other_peoples_checks_submitted(post):
    ill = post.screens(feverish(occurred_at=NOW - timedelta(days=1)))
    other = post.screens(well())
    checks(post, screening_id=other)
    post.submit(DAY, TOLD, post.by)

    post.desk.void(ill, "Typed for another one", post.by)

    assert post.read(DAY, post.by).day.state is DayState.SUBMITTED
