"""Lists that nobody looked at for weeks: what they have still counts, and what they do not have is never "no"."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from poe_health.outbreaks.outbreak import ListedArea, ListedOutbreak, OutbreakEvent, OutbreakEventKind, state_on
from poe_health.rules.answer import Answer
from poe_health.screening.context import HealthContext
from poe_health.screening.evaluate_screening import EvaluateScreening
from poe_health.screening.facts import FormFacts
from poe_health.screening.form import ScreeningForm, Stage
from poe_health.screening.journey import AffectedArea, Stay
from poe_health.screening.policy import lists_old_after_days

SAID = date(2026, 11, 1)
AFTER = lists_old_after_days()
DISEASES = ("CHOLERA", "EVD", "MEASLES", "MPOX")
COUNTRIES = ("MWI", "ZAF", "COD", "MOZ")
ALL_OLD = (("outbreaks", AFTER + 1), ("affected", AFTER + 1))

areas = some.lists(
    some.builds(AffectedArea, some.sampled_from(DISEASES), some.sampled_from(COUNTRIES)), max_size=4
).map(tuple)
journeys = some.none() | some.lists(
    some.builds(Stay, some.sampled_from(COUNTRIES), some.none(), some.just(SAID - timedelta(days=30)), some.just(SAID)),
    max_size=3,
).map(tuple)
contexts = some.builds(
    HealthContext,
    outbreaks=some.frozensets(some.sampled_from(DISEASES)),
    affected=areas,
    declared=some.frozensets(some.sampled_from(DISEASES), max_size=1),
)


def event(kind, valid_from=SAID, recorded=SAID, **content):
    at = datetime(recorded.year, recorded.month, recorded.day, 9, tzinfo=UTC)
    return OutbreakEvent(UUID(int=1), kind, "a", at, "lista semanal", "b", valid_from, version=1, **content)


def lists(**more):
    outbreaks = event(OutbreakEventKind.OUTBREAKS, outbreaks=(ListedOutbreak("CHOLERA", "MISAU"),), **more)
    area = ListedArea(AffectedArea("CHOLERA", "MWI"), "MISAU")
    return outbreaks, event(OutbreakEventKind.AREAS, areas=(area,), **more)


def form(**said):
    return ScreeningForm(Stage.PRIMARY, said.pop("today", SAID), **said)


@pytest.mark.parametrize(("days", "old"), [(0, False), (AFTER, False), (AFTER + 1, True), (400, True)])
def test_a_list_is_old_after_its_days_and_says_so_with_its_age(days, old):
    day = SAID + timedelta(days=days)
    context = state_on(day, lists()).context(day)

    assert context.old == ((("outbreaks", days), ("affected", days)) if old else ())
    assert context.lists_missing == (("outbreaks", "affected") if old else ())
    facts = FormFacts(form(today=day, itinerary=(Stay("MWI", None, day, day),)), context)
    assert facts.flag("outbreak.CHOLERA") is Answer.YES
    assert facts.in_affected_area("CHOLERA", 5) is Answer.YES
    assert facts.flag("outbreak.EVD") is (Answer.UNKNOWN if old else Answer.NO)
    assert facts.in_affected_area("EVD", 21) is (Answer.UNKNOWN if old else Answer.NO)


def test_the_age_counts_from_when_two_people_said_so_or_from_when_it_holds():
    later, earlier = SAID + timedelta(days=AFTER), SAID - timedelta(days=90)
    day = SAID + timedelta(days=AFTER + 1)

    assert state_on(day, lists(valid_from=later)).old_lists(day) == ()
    assert state_on(SAID, lists(valid_from=earlier)).old_lists(SAID) == ()


@given(contexts, journeys)
def test_an_old_list_never_says_no_and_never_takes_back_a_yes(context, journey):
    fresh = FormFacts(form(itinerary=journey), context)
    stale = FormFacts(form(itinerary=journey), replace(context, old=ALL_OLD))
    for disease in DISEASES:
        for ask in (lambda facts, code=disease: facts.flag(f"outbreak.{code}"),
                    lambda facts, code=disease: facts.in_affected_area(code, 21)):  # fmt: skip
            before, after = ask(fresh), ask(stale)
            assert after is not Answer.NO
            assert (after is Answer.YES) is (before is Answer.YES)


@given(contexts, journeys, some.sampled_from([Answer.YES, Answer.NO]))
def test_whoever_is_suspected_by_fresh_lists_is_suspected_by_old_ones(context, journey, ill):
    said = form(itinerary=journey, any_symptom=ill, sex="F", direction="ENTRY", appearance="WELL")
    evaluate = EvaluateScreening()

    fresh, stale = evaluate(said, context), evaluate(said, replace(context, old=ALL_OLD))

    assert set(fresh.judgement.suspected) <= set(stale.judgement.suspected)
    assert set(fresh.judgement.red_flags) <= set(stale.judgement.red_flags)
    assert set(fresh.areas) <= set(stale.areas)
    assert stale.lists_missing == ("outbreaks", "affected")
