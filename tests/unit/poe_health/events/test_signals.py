"""Signals: clusters, reports of the community, and the steps of their triage."""

from datetime import UTC, date, datetime, timedelta

import pytest

from poe_health.events.annex2 import Annex2Sheet, FocalPointChoice, FocalPointDecision, advise
from poe_health.events.clusters import Illness, clusters
from poe_health.events.errors import (
    EventOrderError,
    SignalFieldError,
    SignalHistoryError,
    SignalReasonError,
    SignalStepError,
)
from poe_health.events.settings import cluster_rule, signal_sources, signal_types
from poe_health.events.signal import (
    Assessed,
    Closed,
    CommunityReport,
    FocalPointDecided,
    Responded,
    Signal,
    SignalState,
    ToldFocalPoint,
    Triage,
    Triaged,
    after,
    signal_of_cluster,
    signal_of_report,
    view_of,
)

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
BUS = "BUS|X|ABC123MC|2026-11-22|LILONGWE|TETE"


def ill(ref, alike, days_ago=0, voyage=None, origin=None):
    return Illness(ref, NOW - timedelta(days=days_ago), frozenset(alike), voyage, origin)


def signal(**more):
    return Signal(**({"kind": "MEDIA_RUMOUR", "source": "MEDIA", "detected_at": NOW, "where": "Milange"} | more))


def test_two_alike_on_one_bus_are_a_cluster():
    found = clusters([ill("a", {"CHOLERA"}, voyage=BUS), ill("b", {"CHOLERA", "AWD_OTHER"}, voyage=BUS)], NOW)

    assert [(one.kind, one.key, one.alike, one.refs) for one in found] == [
        ("CLUSTER_SAME_CONVEYANCE", BUS, "CHOLERA", ("a", "b"))
    ]


@pytest.mark.parametrize(
    "people",
    [
        [ill("a", {"CHOLERA"}, voyage=BUS)],
        [ill("a", {"CHOLERA"}, voyage=BUS), ill("a", {"CHOLERA"}, voyage=BUS)],
        [ill("a", {"CHOLERA"}, voyage=BUS), ill("b", {"MEASLES"}, voyage=BUS)],
        [ill("a", {"CHOLERA"}), ill("b", {"CHOLERA"})],
        [ill("a", {"CHOLERA"}, 7.1, BUS), ill("b", {"CHOLERA"}, 0, BUS)],
        [ill("a", {"CHOLERA"}, -1, BUS), ill("b", {"CHOLERA"}, 0, BUS)],
    ],
)
def test_one_person_twice_different_illnesses_unknown_voyages_and_old_ones_are_none(people):
    assert clusters(people, NOW) == ()


def test_one_origin_over_several_voyages_is_a_cluster_too():
    people = [ill(str(n), {"MEASLES"}, n, f"V{n}", "MWI") for n in range(4)]
    found = clusters(people, NOW)

    assert [(one.kind, len(one.refs)) for one in found] == [("CLUSTER_SAME_ORIGIN", 4)]
    made = signal_of_cluster(found[0], "Milange")
    assert (made.source, made.ill, made.evidence) == ("ALGORITHM", 4, ("0", "1", "2", "3"))
    assert made.emerged_on == date(2026, 11, 19)
    assert cluster_rule(NOW.date()).cases == 2


def test_two_fevers_of_one_country_are_no_cluster_and_on_one_bus_they_are():
    people = [ill(str(n), {"MALARIA"}, n, BUS if n < 2 else f"V{n}", "MWI") for n in range(5)]

    assert [(one.kind, one.alike, one.refs) for one in clusters(people, NOW)] == [
        ("CLUSTER_SAME_CONVEYANCE", "MALARIA", ("0", "1"))
    ]


def test_a_report_of_the_community_becomes_a_signal_and_keeps_no_name():
    report = CommunityReport("ANIMAL_DIE_OFF", NOW, "Mandimba", since=date(2026, 11, 18), dead=12)
    found = signal_of_report(report)

    assert (found.source, found.dead, found.ill) == ("COMMUNITY", 12, None)
    assert not {"name", "reporter", "phone"} & set(CommunityReport.__dataclass_fields__)


def test_kinds_and_sources_are_those_of_the_form():
    assert len(signal_types()) == 11
    assert len(signal_sources()) == 7


@pytest.mark.parametrize("wrong", [{"kind": "GOSSIP"}, {"source": "AUNT"}, {"where": "  "}, {"ill": -1}, {"dead": -1}])
def test_a_signal_without_its_codes_or_place_is_refused(wrong):
    with pytest.raises(SignalFieldError):
        signal(**wrong)
    with pytest.raises(EventOrderError):
        signal(emerged_on=date(2026, 11, 23))


def test_a_rumour_is_verified_told_decided_answered_and_closed():
    advised = advise(Annex2Sheet())
    decision = FocalPointDecision(FocalPointChoice.NOT_NOW, NOW, "PFN")
    view = view_of(
        signal(),
        [
            Triaged(NOW, "ana", Triage.VERIFY),
            Triaged(NOW + timedelta(hours=2), "ana", Triage.EVENT),
            Assessed(NOW + timedelta(hours=3), "ana", advised),
            ToldFocalPoint(NOW + timedelta(hours=3), "ana"),
            ToldFocalPoint(NOW + timedelta(hours=9), "ana"),
            FocalPointDecided(NOW + timedelta(hours=20), "ana", decision),
            Responded(NOW + timedelta(days=2), "ana"),
            Closed(NOW + timedelta(days=9), "ana", "sem casos novos em 7 dias"),
        ],
    )

    assert view.state is SignalState.CLOSED
    assert view.verified_at == NOW + timedelta(hours=2)
    assert view.told_at == NOW + timedelta(hours=3)
    assert (view.advised, view.decision, view.responded_at) == (advised, decision, NOW + timedelta(days=2))


def test_the_focal_point_may_be_told_before_anybody_judged():
    view = view_of(signal(), [ToldFocalPoint(NOW, "ana")])

    assert (view.state, view.told_at) == (SignalState.NEW, NOW)


def test_steps_out_of_order_are_refused():
    new = view_of(signal(), [])
    event = after(new, Triaged(NOW, "ana", Triage.EVENT))

    for view, step in (
        (new, Responded(NOW, "ana")),
        (new, Assessed(NOW, "ana", advise(Annex2Sheet()))),
        (event, Triaged(NOW, "ana", Triage.VERIFY)),
        (event, FocalPointDecided(NOW, "ana", FocalPointDecision(FocalPointChoice.NOT_NOW, NOW, "PFN"))),
        (after(event, Closed(NOW, "ana", "fim do evento")), ToldFocalPoint(NOW, "ana")),
    ):
        with pytest.raises(SignalStepError):
            after(view, step)


def test_nothing_is_discarded_or_closed_without_a_reason():
    new = view_of(signal(), [])

    with pytest.raises(SignalReasonError):
        after(new, Triaged(NOW, "ana", Triage.DISCARD))
    with pytest.raises(SignalReasonError):
        after(after(new, Triaged(NOW, "ana", Triage.EVENT)), Closed(NOW, "ana", "fim"))
    gone = after(new, Triaged(NOW, "ana", Triage.DISCARD, "boato desmentido pelo distrito"))
    assert gone.state is SignalState.DISCARDED


def test_a_kept_history_that_does_not_follow_is_seen_with_its_place():
    with pytest.raises(SignalHistoryError) as seen:
        view_of(signal(), [Triaged(NOW, "ana", Triage.EVENT), Triaged(NOW, "ana", Triage.EVENT)])
    assert seen.value.facts["place"] == 1
