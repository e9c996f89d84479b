"""A supervisor and an epidemiologist start outbreak mode, approve lists, and ease the room; a cholera patient comes."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from health_shift import DAY, NOW, feverish, harmless, well

from bmis.kernel.actor import NotAllowedError, Role
from bmis.kernel.clearance import ClearanceOutcome
from bmis.kernel.clearance_token import read_token
from bmis.store.clearance_keys import clearance_keys
from bmis.store.errors import RecordChangedError
from poe_health.outbreaks.cholera import CholeraAnswers, Dehydration
from poe_health.outbreaks.errors import (
    CholeraNumberError,
    CholeraRefusedError,
    CholeraUnknownError,
    ListRefusedError,
    LoadChangedError,
    OutbreakModeError,
    SecondSignatureError,
)
from poe_health.outbreaks.outbreak import ListedArea, ListedOutbreak
from poe_health.outbreaks.run_outbreak_mode import APPROVE_LIST, END_MODE, START_MODE, ModeRequest
from poe_health.rules.answer import Answer
from poe_health.screening.errors import ScreeningConflictError
from poe_health.screening.form import Temperature
from poe_health.screening.journey import AffectedArea, Stay
from poe_health.surveillance.arithmetic import Fault
from ui.compose import verify_store
from ui.compose_health import health_day

REASON = "Order of the province of today"
YESTERDAY = NOW - timedelta(days=1)


@pytest.fixture
def supervisor(at_health):
    return at_health(Role.HEALTH_SUPERVISOR)


def signed(desk, action, subject, second="epidemiologist"):
    return desk.second.immediate(action, subject, second, "treino", desk.session.actor)


def asked(desk, **more):
    load = desk.expect_load(desk.session.actor, areas_to_secondary=False)
    said = {"subject_id": uuid4(), "diseases": ("CHOLERA",), "valid_from": DAY, "valid_to": None}
    said |= {"areas_to_secondary": False, "reason": REASON, "shown": load}
    return ModeRequest(**said | more)


def starts(desk, **more):
    request = asked(desk, **more)
    return desk.outbreak_mode.start(request, desk.session.actor, signed(desk, START_MODE, request.subject_id))


def test_outbreak_mode_is_dated_and_needs_a_second_person(supervisor):
    request = asked(supervisor)

    with pytest.raises(SecondSignatureError):
        supervisor.outbreak_mode.start(request, supervisor.session.actor)
    started = starts(supervisor, valid_to=DAY + timedelta(days=14))

    assert (started.by, started.second) == ("health-supervisor", "epidemiologist")
    assert supervisor.outbreaks(DAY).mode.id == started.id
    assert supervisor.outbreaks(DAY + timedelta(days=14)).mode is not None
    assert supervisor.outbreaks(DAY + timedelta(days=15)).mode is None
    assert supervisor.outbreaks(DAY - timedelta(days=1)).mode is None


def test_it_lowers_the_threshold_and_its_disease_counts_as_an_outbreak(supervisor, at_health):
    screener = at_health(Role.SCREENER)
    warm = {"form": {"temperature": Temperature(37.6, "AXILLA")}}

    before = screener.record(well(**warm), screener.session.actor)
    starts(supervisor)
    after = screener.record(well(**warm), screener.session.actor)

    assert (before.view.facts.result, after.view.facts.result) == ("PASS", "SECONDARY")
    assert (before.view.facts.threshold_reached, after.view.facts.threshold_reached) == (False, True)
    assert after.outcome.lists_missing == ("outbreaks", "affected")  # the mode is no list of the ministry


def test_the_mode_of_one_disease_says_nothing_of_the_others_while_no_list_is_approved(supervisor):
    by = supervisor.session.actor
    starts(supervisor)

    def said(**signs):
        request = harmless(context=None)
        form = replace(request.form, symptoms=dict.fromkeys(signs, Answer.YES), temperature=Temperature(39.0, "AXILLA"))
        return supervisor.record(replace(request, form=form), by).outcome

    context = supervisor.outbreaks(DAY).context(DAY)
    assert (context.outbreaks, context.active_outbreaks) == (None, {"CHOLERA"})
    assert "CHOLERA" in said(DIARRHOEA_WATERY=True).judgement.suspected
    three = said(HEADACHE=True, VOMITING=True, ANOREXIA=True).judgement
    assert "EVD" in three.undecided  # nobody said that there is no Ebola


def test_before_it_starts_the_load_is_shown_from_last_week_s_counts(supervisor):
    by = supervisor.session.actor
    warm = {"form": {"temperature": Temperature(37.6, "AXILLA")}, "occurred_at": YESTERDAY}
    for request in (feverish(occurred_at=YESTERDAY), well(**warm), well(occurred_at=YESTERDAY)):
        supervisor.record(request, by)
    supervisor.record(well(occurred_at=YESTERDAY, form={"affected_area": Answer.YES}), by)
    supervisor.record(feverish(), by)  # of today: not last week

    load = supervisor.expect_load(by, areas_to_secondary=True)

    assert (load.screened, load.secondary_before, load.more_by_threshold, load.more_by_area) == (4, 1, 1, 1)
    assert (load.days_with_records, load.secondary_a_day, load.busiest_hour) == (1, 3.0, 3.0)
    assert load.room_an_hour == 7.5
    assert load.wait_minutes == pytest.approx(60 * 3 / (7.5 * 4.5), abs=0.05)


def test_a_room_that_cannot_keep_up_has_no_waiting_time_but_a_queue_that_grows(supervisor):
    for _ in range(9):
        supervisor.record(feverish(occurred_at=YESTERDAY), supervisor.session.actor)

    load = supervisor.expect_load(supervisor.session.actor, areas_to_secondary=False)
    two_rooms = supervisor.expect_load(supervisor.session.actor, areas_to_secondary=False, rooms=2)

    assert (load.wait_minutes, load.grows_by_an_hour) == (None, 1.5)
    assert two_rooms.wait_minutes is not None


def test_without_counts_the_load_is_not_known_and_not_nothing(supervisor):
    load = supervisor.expect_load(supervisor.session.actor, areas_to_secondary=False)

    assert (load.screened, load.secondary_a_day, load.wait_minutes) == (0, None, None)


def test_a_load_that_was_not_shown_or_is_another_by_now_starts_nothing(supervisor):
    unseen = asked(supervisor, shown=None)
    stale = asked(supervisor)
    supervisor.record(well(occurred_at=YESTERDAY), supervisor.session.actor)

    for request in (unseen, stale):
        with pytest.raises(LoadChangedError):
            supervisor.outbreak_mode.start(
                request, supervisor.session.actor, signed(supervisor, START_MODE, request.subject_id)
            )
    assert supervisor.outbreaks(DAY).mode is None


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"diseases": ()}, "disease"),
        ({"diseases": ("FLU",)}, "disease"),
        ({"valid_from": DAY - timedelta(days=1)}, "days"),
        ({"valid_to": DAY - timedelta(days=1)}, "days"),
        ({"reason": "because"}, "reason"),
    ],
)
def test_what_makes_no_sense_starts_nothing(supervisor, wrong, why):
    with pytest.raises(OutbreakModeError) as refused:
        starts(supervisor, **wrong)

    assert refused.value.facts["why"] == why


def test_the_full_room_is_eased_by_the_supervisor_alone_on_record_and_ends_with_the_mode(supervisor, at_health):
    by = supervisor.session.actor
    epidemiologist = at_health(Role.EPIDEMIOLOGIST)

    with pytest.raises(OutbreakModeError):
        supervisor.outbreak_mode.symptoms_only(True, "The room is full since ten", by)
    starts(supervisor)
    with pytest.raises(NotAllowedError):
        epidemiologist.outbreak_mode.symptoms_only(True, "The room is full since ten", epidemiologist.session.actor)
    event = supervisor.outbreak_mode.symptoms_only(True, "The room is full since ten", by)

    assert supervisor.outbreaks(DAY).symptoms_only
    assert event in supervisor.outbreaks.history()
    subject = uuid4()
    supervisor.outbreak_mode.end(subject, REASON, by, signed(supervisor, END_MODE, subject))
    assert (supervisor.outbreaks(DAY).mode, supervisor.outbreaks(DAY).symptoms_only) == (None, False)


def test_a_mode_that_begins_later_can_be_taken_back_and_no_second_one_is_put_beside_it(supervisor):
    by = supervisor.session.actor
    later = DAY + timedelta(days=5)
    planned = starts(supervisor, valid_from=later)
    state = supervisor.outbreaks(DAY)
    assert (state.mode, state.ahead.id) == (None, planned.id)

    with pytest.raises(OutbreakModeError) as refused:
        starts(supervisor, diseases=("EVD",))
    assert refused.value.facts["why"] == "running"
    with pytest.raises(OutbreakModeError):
        supervisor.outbreak_mode.symptoms_only(True, "The room is full since ten", by)
    subject = uuid4()
    supervisor.outbreak_mode.end(subject, REASON, by, signed(supervisor, END_MODE, subject))

    assert supervisor.outbreaks(DAY).ahead is None
    assert supervisor.outbreaks(later).mode is None
    starts(supervisor, diseases=("EVD",))
    assert supervisor.outbreaks(DAY).mode.diseases == ("EVD",)


def test_what_eased_the_room_once_does_not_ease_the_next_outbreak(supervisor):
    by = supervisor.session.actor
    starts(supervisor)
    supervisor.outbreak_mode.symptoms_only(True, "The room is full since ten", by)
    subject = uuid4()
    supervisor.outbreak_mode.end(subject, REASON, by, signed(supervisor, END_MODE, subject))

    starts(supervisor, diseases=("EVD",))

    state = supervisor.outbreaks(DAY)
    assert (state.mode.diseases, state.symptoms_only) == (("EVD",), False)
    assert not state.context(DAY).symptoms_only


def test_lists_have_versions_and_screenings_keep_them(supervisor):
    by = supervisor.session.actor
    area = AffectedArea("EVD", "COD", "CD-NK", DAY - timedelta(days=60))
    subject, other = uuid4(), uuid4()

    supervisor.approve_lists.outbreaks(subject, (), DAY, REASON, by, signed(supervisor, APPROVE_LIST, subject))
    listed = (ListedArea(area, "WHO, disease outbreak news, synthetic"),)
    second = supervisor.approve_lists.areas(other, listed, DAY, REASON, by, signed(supervisor, APPROVE_LIST, other))
    stay = Stay("COD", "CD-NK", DAY - timedelta(days=9), DAY - timedelta(days=8))
    kept = supervisor.record(well(form={"itinerary": (stay,)}), by)

    assert kept.outcome.lists_missing == ()
    assert kept.outcome.areas == ("EVD",)
    assert kept.view.facts.result == "ADVISE"
    assert str(second.id) in kept.view.record.list_version
    subject = uuid4()
    third = supervisor.approve_lists.areas(subject, (), DAY, REASON, by, signed(supervisor, APPROVE_LIST, subject))
    assert (second.version, third.version) == (1, 2)
    assert supervisor.record(well(form={"itinerary": (stay,)}), by).outcome.areas == ()


def test_a_list_that_is_in_force_tomorrow_does_not_hold_today(supervisor):
    by, subject = supervisor.session.actor, uuid4()
    listed = (ListedOutbreak("CHOLERA", "Synthetic"),)

    supervisor.approve_lists.outbreaks(
        subject, listed, DAY + timedelta(days=1), REASON, by, signed(supervisor, APPROVE_LIST, subject)
    )

    assert supervisor.outbreaks(DAY).context(DAY).outbreaks is None
    tomorrow = DAY + timedelta(days=1)
    assert supervisor.outbreaks(tomorrow).context(tomorrow).outbreaks == {"CHOLERA"}


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (ListedArea(AffectedArea("FLU", "COD"), "x"), "disease"),
        (ListedArea(AffectedArea("EVD", "XQZ"), "x"), "country"),
        (ListedArea(AffectedArea("EVD", "COD"), " "), "source"),
        (ListedArea(AffectedArea("EVD", "COD", None, DAY, DAY - timedelta(days=1)), "x"), "days"),
    ],
)
def test_an_entry_without_a_source_or_that_cannot_be_is_refused(supervisor, entry, why):
    subject = uuid4()

    with pytest.raises(ListRefusedError) as refused:
        supervisor.approve_lists.areas(
            subject, (entry,), DAY, REASON, supervisor.session.actor, signed(supervisor, APPROVE_LIST, subject)
        )

    assert refused.value.facts["why"] == why


def test_a_screener_neither_starts_nor_lists(at_health):
    desk = at_health(Role.SCREENER)

    with pytest.raises(NotAllowedError):
        desk.expect_load(desk.session.actor, areas_to_secondary=False)
    with pytest.raises(NotAllowedError):
        desk.approve_lists.areas(uuid4(), (), DAY, REASON, desk.session.actor)


CHOLERA = CholeraAnswers("C-17", Dehydration.SEVERE, "F", 4, "Aldeia Sintética", NOW - timedelta(hours=7), ors_at=NOW)


def test_a_cholera_patient_is_treated_first_and_stays_with_health(at_health):
    screener = at_health(Role.SCREENER)
    request = uuid4()

    kept = screener.cholera(request, CHOLERA, screener.session.actor)

    assert (kept.record.plan, kept.record.ors_given, kept.record.age_band) == ("C", True, "A0_4")
    clearance = read_token(kept.token, clearance_keys(screener.session.home), "MZ.L.RSG", NOW)
    assert clearance.outcome is ClearanceOutcome.H_WITH_HEALTH
    assert screener.cholera(request, CHOLERA, screener.session.actor) == kept
    with pytest.raises(ScreeningConflictError):
        screener.cholera(request, replace(CHOLERA, sex="M"), screener.session.actor)
    with pytest.raises(NotAllowedError):
        screener.cholera.answers(kept.record.id, screener.session.actor)
    clinician = at_health(Role.CLINICIAN)
    assert clinician.cholera.answers(kept.record.id, clinician.session.actor) == CHOLERA
    later = clinician.record(harmless(cholera_id=kept.record.id), clinician.session.actor)
    assert later.view.record.cholera_id == kept.record.id


@pytest.mark.parametrize(
    "wrong",
    [
        {"sex": "Z"},
        {"plan": "A"},
        {"plan": "D", "plan_reason": "There is no such plan at all"},
        {"onset_at": NOW + timedelta(minutes=1)},
        {"ors_at": NOW.replace(tzinfo=None)},
    ],
)
def test_what_cannot_be_of_a_cholera_patient_is_refused(at_health, wrong):
    desk = at_health(Role.SCREENER)

    with pytest.raises(CholeraRefusedError):
        desk.cholera(uuid4(), replace(CHOLERA, **wrong), desk.session.actor)


def test_lists_mode_and_express_records_prove(supervisor):
    starts(supervisor)
    supervisor.cholera(uuid4(), CHOLERA, supervisor.session.actor)

    assert verify_store(supervisor.session)().records >= 2


def test_answers_of_a_cholera_patient_that_were_altered_are_seen(supervisor):
    supervisor.cholera(uuid4(), CHOLERA, supervisor.session.actor)
    with supervisor.session.store.write() as unit:
        unit.connection.exec_driver_sql("UPDATE health_part SET content = replace(content, 'severe', 'none')")
        unit.commit()

    with pytest.raises(RecordChangedError):
        verify_store(supervisor.session)()


def test_no_two_patients_of_a_day_carry_one_number(at_health):
    screener = at_health(Role.SCREENER)
    by = screener.session.actor
    screener.cholera(uuid4(), CHOLERA, by)

    for number in ("C-17", " c-17 ", "C -17"):
        with pytest.raises(CholeraNumberError):
            screener.cholera(uuid4(), replace(CHOLERA, token=number), by)
    screener.cholera(uuid4(), replace(CHOLERA, token="C-18"), by)

    assert len(screener.cholera.of_day(NOW.date(), by)) == 2


def test_an_express_patient_is_in_no_count_before_the_form_and_the_tally_says_so(at_health):
    clinician, supervisor = at_health(Role.CLINICIAN), at_health(Role.HEALTH_SUPERVISOR)
    by = clinician.session.actor
    first, _ = (clinician.cholera(uuid4(), replace(CHOLERA, token=number), by) for number in ("C-1", "C-2"))

    def waiting():
        shown = health_day(supervisor.session).read(NOW.date(), supervisor.session.actor)
        return [(one.found, one.against, one.blocks) for one in shown.faults if one.fault is Fault.EXPRESS_WITHOUT_FORM]

    assert waiting() == [(2, 2, False)]
    case = clinician.record(harmless(cholera_id=clinician.cholera.numbered("c-1", by).id), by).view
    assert case.record.cholera_id == first.record.id
    assert waiting() == [(1, 2, False)]
    clinician.void(case.id, "The form was another patient's", by)
    assert waiting() == [(2, 2, False)]


def test_a_form_of_no_express_record_is_refused(at_health):
    clinician = at_health(Role.CLINICIAN)
    by = clinician.session.actor

    with pytest.raises(CholeraUnknownError):
        clinician.record(harmless(cholera_id=uuid4()), by)
    with pytest.raises(CholeraUnknownError):
        clinician.cholera.numbered("C-99", by)
