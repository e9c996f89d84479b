"""What the card of a day asks, and what the head of the desk counts of it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from health_shift import DAY, feverish, well

from bmis.kernel.actor import Actor, NotAllowedError, Role
from poe_health.codes import exposures, symptoms
from poe_health.outbreaks.cholera import Dehydration
from poe_health.outbreaks.rehydration import rehydration_plans
from poe_health.rules.definitions import rule_set
from poe_health.screening.card import card_of
from poe_health.screening.context import HealthContext
from poe_health.screening.journey import AffectedArea
from poe_health.screening.policy import screening_policy
from poe_health.screening.record import CrowdCount
from poe_health.surveillance.screened import Cell

TODAY = date(2026, 11, 22)


def card(outbreaks=frozenset(), areas=()):
    return card_of(rule_set(TODAY), HealthContext(outbreaks=frozenset(outbreaks), affected=areas), TODAY)


def test_without_an_outbreak_only_the_card_of_every_day_is_asked():
    quiet = card()
    assert quiet.symptoms == screening_policy().primary.card
    assert (quiet.exposures, quiet.area, quiet.contact, quiet.days) == ((), False, False, 21)


def test_an_outbreak_brings_its_signs_its_exposures_and_its_days():
    ebola = card({"EVD"})
    assert {"HICCUPS", "HEADACHE"} <= set(ebola.symptoms)
    assert {"BURIAL", "CONTACT_VHF_CASE"} <= set(ebola.exposures)
    assert not ebola.contact  # its own questions ask for contact
    assert card({"CHOLERA"}).days == 5
    assert card({"CHOLERA"}).contact


def test_what_staff_see_is_asked_of_nobody_and_no_paper_is_an_exposure():
    every = card(rule_set(TODAY).diseases)
    assert not [code for code in every.symptoms if symptoms()[code].seen]
    assert {exposures()[code].kind.value for code in every.exposures} == {"contact", "risk"}


def test_an_area_is_asked_for_while_a_day_of_the_look_back_was_affected():
    long_ago = AffectedArea("CHOLERA", "MWI", None, TODAY - timedelta(days=90), TODAY - timedelta(days=30))
    assert not card(areas=(long_ago,)).area
    now = AffectedArea("CHOLERA", "MWI", None, TODAY - timedelta(days=90))
    assert card(areas=(now,)).area


def test_the_day_is_counted_by_result_crowds_included_and_voided_ones_not(at_health):
    desk = at_health(Role.SCREENER)
    by = desk.session.actor
    desk.record(well(), by)
    gone = desk.record(well(), by)
    desk.record(feverish(), by)
    desk.record.count(CrowdCount(uuid4(), 40, Cell(direction="ENTRY")), by)
    desk.void(gone.view.id, "era o mesmo viajante", by)

    counts = desk.count_today(DAY, by)
    assert dict(counts.by_result) == {"PASS": 41, "SECONDARY": 1}
    assert (counts.screened, counts.waiting) == (42, 1)
    assert counts.unsent >= 5
    assert desk.count_today(DAY + timedelta(days=1), by).screened == 0
    with pytest.raises(NotAllowedError):
        desk.count_today(DAY, Actor("epi", Role.EPIDEMIOLOGIST))


def test_every_dehydration_has_its_plan_in_both_languages():
    plans = rehydration_plans()
    assert {level: plan.plan for level, plan in plans.items()} == {
        Dehydration.NONE: "A",
        Dehydration.SOME: "B",
        Dehydration.SEVERE: "C",
    }
    for plan in plans.values():
        assert len(plan.steps["pt"]) == len(plan.steps["en"]) >= 3
        assert plan.signs["pt"] != plan.signs["en"]
