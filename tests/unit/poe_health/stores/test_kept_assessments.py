"""Assessments of core capacities are kept; their gaps have an owner, a day and an end."""

from datetime import date
from uuid import uuid4

import pytest

from bmis.kernel.actor import NotAllowedError, Role
from bmis.store.errors import RecordChangedError
from poe_health.capacity.assessment_json import assessment_from
from poe_health.capacity.errors import AssessedLaterError
from poe_health.capacity.keep_assessment import GapRequest
from poe_health.capacity.kept import GapState
from poe_health.keeping.errors import GapStepError, KeptUnknownError, StoreFieldError
from ui.compose import verify_store

ITEMS = {
    "C01": {"answer": "FULL", "evidence_seen": ["DOCUMENT"]},
    "C02": {"answer": "NONE", "gap_action": "Afixar o número", "responsible": "Chefe do posto", "due": "2026-02-01"},
    "C03": {"answer": "PART", "evidence_seen": ["INTERVIEW"]},
}
DOCUMENT = {
    "poe": "MZ.L.RSG",
    "poe_type": "GROUND",
    "assessed_on": "2026-01-10",
    "assessors": [{"name": "Assessora Sintetica"}],
    "items": ITEMS,
}


@pytest.fixture
def supervisor(at_stores):
    return at_stores(Role.HEALTH_SUPERVISOR)


def gap(view, item):
    return next(one for one in view.gaps if one.item == item)


def test_the_same_document_is_kept_once_with_points_and_gaps(supervisor):
    by = supervisor.session.actor

    first = supervisor.keep_assessment(DOCUMENT, by)

    assert supervisor.keep_assessment(dict(DOCUMENT), by).kept == first.kept
    assert next((one.block, one.points, one.possible) for one in first.kept.blocks) == ("C", 3, 6)
    assert first.open_gaps == 2
    assert gap(first, "C02").overdue is True
    assert gap(first, "C03").overdue is None
    assert len(supervisor.assessments(by)) == 1


def test_a_later_one_finds_the_one_before_it_of_the_same_post(supervisor):
    by = supervisor.session.actor
    supervisor.keep_assessment(DOCUMENT, by)
    later = assessment_from(DOCUMENT | {"assessed_on": "2026-03-01"})
    other = assessment_from(DOCUMENT | {"assessed_on": "2026-03-01", "poe": "MZ.B.MAC"})

    assert supervisor.assessments.before(later, by).assessed_on == date(2026, 1, 10)
    assert supervisor.assessments.before(other, by) is None


def test_a_gap_gets_its_owner_and_is_closed_once(supervisor):
    by = supervisor.session.actor
    one = supervisor.keep_assessment(DOCUMENT, by).kept.id

    with pytest.raises(GapStepError) as refused:
        supervisor.keep_assessment.step(GapRequest(one, "C03", GapState.OPEN), by)
    planned = supervisor.keep_assessment.step(
        GapRequest(one, "C03", GapState.OPEN, "Enfermeira-chefe", date(2026, 6, 1)), by
    )
    done = supervisor.keep_assessment.step(GapRequest(one, "C02", GapState.DONE, note="Afixado"), by)

    assert refused.value.facts == {"reason": "no_plan"}
    assert (gap(planned, "C03").responsible, gap(planned, "C03").due) == ("Enfermeira-chefe", date(2026, 6, 1))
    assert (gap(done, "C02").state, gap(done, "C02").overdue, done.open_gaps) == (GapState.DONE, False, 1)
    for request, error in (
        (GapRequest(one, "C02", GapState.DONE), GapStepError),
        (GapRequest(one, "C01", GapState.DONE), GapStepError),
        (GapRequest(one, "C03", GapState.DROPPED), StoreFieldError),
        (GapRequest(uuid4(), "C03", GapState.DONE), KeptUnknownError),
    ):
        with pytest.raises(error):
            supervisor.keep_assessment.step(request, by)


def test_who_looked_and_what_they_wrote_is_in_no_message(supervisor):
    supervisor.keep_assessment(DOCUMENT, supervisor.session.actor)

    with supervisor.session.store.read() as unit:
        sent = unit.connection.exec_driver_sql("SELECT group_concat(payload) FROM outbox").scalar()

    assert '"C02":"NONE"' in sent
    for word in ("Sintetica", "Chefe do posto", "Afixar"):
        assert word not in sent


def test_only_who_assesses_keeps_one_and_a_day_to_come_is_refused(at_stores, supervisor):
    screener = at_stores(Role.SCREENER)

    with pytest.raises(NotAllowedError):
        screener.keep_assessment(DOCUMENT, screener.session.actor)
    with pytest.raises(AssessedLaterError):
        supervisor.keep_assessment(DOCUMENT | {"assessed_on": "2026-12-01"}, supervisor.session.actor)
    assert supervisor.assessments(supervisor.session.actor) == ()


def test_a_changed_assessment_is_seen(supervisor):
    supervisor.keep_assessment(DOCUMENT, supervisor.session.actor)
    assert verify_store(supervisor.session)().records > 0

    with supervisor.session.store.write() as unit:
        unit.connection.exec_driver_sql("UPDATE health_part SET content = replace(content, 'NONE', 'FULL')")
        unit.commit()

    with pytest.raises(RecordChangedError):
        verify_store(supervisor.session)()
