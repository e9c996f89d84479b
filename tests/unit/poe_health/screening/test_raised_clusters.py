"""A cluster that the post raised concerns who comes by that bus, or from that country once it is judged an event."""

from dataclasses import replace
from uuid import uuid4

import pytest
from health_shift import DAY, NONE_OUT, NOW, TRAVEL, feverish, well

from bmis.kernel.actor import Role
from poe_health.events.keep_signals import ReportSignal, TakeSignalStep
from poe_health.events.signal import Signal, Triage, Triaged
from poe_health.screening.record import Travel

VEHICLE, ORIGIN = "CLUSTER_SAME_CONVEYANCE", "CLUSTER_SAME_ORIGIN"
OTHER_BUS = replace(TRAVEL, voyage_key="BUS||MMM999MC|2026-03-14|LILONGWE|TETE", origin_country="ZWE")


@pytest.fixture
def post(at_health):
    desk = at_health(Role.HEALTH_SUPERVISOR)
    ill = str(desk.record(feverish(), desk.session.actor).view.id)

    def raises(kind, *steps, evidence=(ill,), on=desk):
        session = on.session
        report = ReportSignal(session.store.write, session.home, session.now)
        signal = report(uuid4(), Signal(kind, "ALGORITHM", NOW, "Via 1", evidence=evidence), session.actor)
        for triage in steps:
            step = Triaged(NOW, "", triage, "Looked at by the supervisor")
            TakeSignalStep(session.store.write, session.now)(signal.id, step, session.actor)

    return desk, raises


def said(desk, travel):
    found = desk.outbreaks.context(DAY, travel)
    return found.signals, found.signals_unsure


def test_a_raised_cluster_of_a_bus_concerns_its_travellers_and_no_others(post):
    desk, raises = post
    by = desk.session.actor
    before = desk.record(well(), by).view.facts
    raises(VEHICLE)

    same_bus = desk.record(well(), by)
    another = desk.record(replace(well(), travel=OTHER_BUS), by)

    assert before.result == "PASS"
    assert same_bus.outcome.judgement.because["UNKNOWN_EVENT"] == (f"signal.{VEHICLE}",)
    assert same_bus.view.facts.result == "ISOLATE_NOW"
    assert (another.view.facts.result, another.outcome.judgement.suspected) == ("PASS", ())


def test_whose_voyage_nobody_knows_may_be_one_of_them(post):
    desk, raises = post
    assert said(desk, Travel()) == (frozenset(), frozenset())

    raises(VEHICLE)

    assert said(desk, Travel()) == (frozenset(), {VEHICLE})
    assert (
        "UNKNOWN_EVENT" in desk.record(replace(well(), travel=Travel()), desk.session.actor).outcome.judgement.undecided
    )


def test_a_country_counts_only_when_a_person_has_judged_it_an_event(post):
    desk, raises = post
    raises(ORIGIN)

    assert said(desk, TRAVEL) == (frozenset(), {ORIGIN})
    assert said(desk, OTHER_BUS) == (frozenset(), frozenset())
    raises(ORIGIN, Triage.EVENT)
    assert said(desk, TRAVEL) == ({ORIGIN}, frozenset())
    assert said(desk, OTHER_BUS) == (frozenset(), frozenset())


def test_a_discarded_signal_and_one_that_names_no_record_concern_nobody(post):
    desk, raises = post
    raises(VEHICLE, Triage.DISCARD)
    raises(VEHICLE, evidence=())
    raises(VEHICLE, evidence=("heard at the bus stop", str(uuid4())))

    assert said(desk, TRAVEL) == (frozenset(), frozenset())
    assert said(desk, Travel()) == (frozenset(), frozenset())


def test_signals_that_nobody_looked_up_are_not_known(post):
    desk, _raises = post

    assert desk.outbreaks(DAY).context(DAY).signals_unsure == {VEHICLE, ORIGIN}
    assert NONE_OUT.signals_unsure == frozenset()
