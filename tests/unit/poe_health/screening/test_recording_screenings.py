"""A shift at the health desk: what is kept of each traveller, by whom, and what is refused."""

from dataclasses import replace
from uuid import uuid4

import pytest
from health_shift import DAY, EXAMINED, GIVEN, NONE_OUT, NOW, PERSON, ebola, feverish, harmless, well

from bmis.kernel.actor import NotAllowedError, Role
from bmis.kernel.clearance import ClearanceOutcome
from bmis.kernel.clearance_token import read_token
from bmis.store.clearance_keys import clearance_keys
from bmis.store.errors import RecordChangedError
from poe_health.rules.answer import Answer
from poe_health.screening.errors import (
    ChargeRefusedError,
    CompulsionError,
    ConsentMissingError,
    ContextRefusedError,
    NotClosableError,
    NotStandingError,
    PersonRefusedError,
    ScreeningConflictError,
    ScreeningReasonError,
    ScreeningUnknownError,
    TemperaturesDifferError,
)
from poe_health.screening.record import (
    Charge,
    Companion,
    Compulsion,
    Consent,
    ConsentAnswer,
    CrowdCount,
    Kind,
    Measured,
    Secondary,
    State,
)
from poe_health.surveillance.screened import Cell
from ui.compose import verify_store

REASON = "Documented by the clinician on duty"


def test_a_well_traveller_is_kept_without_a_name_and_gets_a_token(at_health):
    desk = at_health(Role.SCREENER)

    kept = desk.record(well(), desk.session.actor)

    assert kept.view.facts.result == "PASS"
    assert kept.view.facts.cell == Cell("ENTRY", "BUS", "F", "A25_59", "MWI")
    assert not kept.view.named
    clearance = read_token(kept.token, clearance_keys(desk.session.home), "MZ.L.RSG", NOW)
    assert clearance.outcome is ClearanceOutcome.H_OK


def test_the_same_request_is_the_same_record_and_the_same_token(at_health):
    desk = at_health(Role.SCREENER)
    request = well()

    first = desk.record(request, desk.session.actor)
    again = desk.record(request, desk.session.actor)

    assert (again.view.id, again.token) == (first.view.id, first.token)
    with pytest.raises(ScreeningConflictError):
        desk.record(replace(request, form=replace(request.form, sex="M")), desk.session.actor)
    assert len(desk.screenings.of_day(DAY, desk.session.actor)) == 1


def test_a_name_of_somebody_who_passes_is_refused_and_nothing_is_kept(at_health):
    desk = at_health(Role.SCREENER)

    with pytest.raises(PersonRefusedError):
        desk.record(well(person=PERSON), desk.session.actor)

    assert desk.screenings.of_day(DAY, desk.session.actor) == ()


def test_a_retake_keeps_both_temperatures_with_method_and_device(at_health):
    desk = at_health(Role.CLINICIAN)
    request = feverish()

    kept = desk.record(request, desk.session.actor)
    shown = desk.show(kept.view.id, desk.session.actor)

    assert kept.view.facts.result == "SECONDARY"
    assert [(one.celsius, one.device) for one in shown.clinical.temperatures] == [(38.9, "T1"), (38.7, "T2")]
    with pytest.raises(TemperaturesDifferError):
        desk.record(feverish_with_another_last(request), desk.session.actor)


def feverish_with_another_last(request):
    return replace(request, request_id=uuid4(), temperatures=(*request.temperatures, Measured(37.0, "ORAL")))


def test_an_outcome_keeps_rules_lists_inputs_missing_answers_and_why_a_person_differed(at_health):
    desk = at_health(Role.CLINICIAN)

    with pytest.raises(ScreeningReasonError):
        desk.record(feverish(result="PASS"), desk.session.actor)
    kept = desk.record(feverish(result="ADVISE", reason=REASON), desk.session.actor)
    shown = desk.show(kept.view.id, desk.session.actor)

    (override,) = shown.clinical.overrides
    assert (override.of, override.proposed, override.chosen, override.reason) == (
        "result",
        "SECONDARY",
        "ADVISE",
        REASON,
    )
    assert kept.view.facts.overridden
    assert shown.clinical.outcome["rule_set"] == kept.view.record.rules_digest
    assert shown.clinical.outcome["missing"]
    assert "diseases/evd.toml" in shown.clinical.outcome["rule_versions"]
    assert shown.clinical.form.any_symptom is Answer.YES


def test_what_was_asked_and_empty_is_not_what_was_not_asked(at_health):
    desk = at_health(Role.CLINICIAN)

    asked = desk.show(desk.record(harmless(), desk.session.actor).view.id, desk.session.actor)
    not_asked = desk.show(desk.record(feverish(), desk.session.actor).view.id, desk.session.actor)

    assert asked.clinical.form.itinerary == ()
    assert not_asked.clinical.form.itinerary is None


def test_a_crowd_is_a_number_without_persons(at_health):
    desk = at_health(Role.SCREENER)
    crowd = CrowdCount(uuid4(), 240, Cell("ENTRY", "BUS", origin_country="MWI"))

    kept = desk.record.count(crowd, desk.session.actor)

    assert (kept.view.record.kind, kept.view.facts.persons, kept.token) == (Kind.COUNT, 240, None)
    assert desk.record.count(crowd, desk.session.actor).view.id == kept.view.id


def test_a_screener_examines_nobody(at_health):
    desk = at_health(Role.SCREENER)

    with pytest.raises(NotAllowedError):
        desk.record(ebola(), desk.session.actor)


def test_an_open_case_waits_and_one_to_be_isolated_stays_with_health(at_health):
    desk = at_health(Role.CLINICIAN)
    primary = desk.record(feverish(), desk.session.actor)

    held = desk.record(ebola(primary_id=primary.view.id), desk.session.actor)
    waits = desk.record(harmless(), desk.session.actor)

    assert held.view.is_open
    assert held.view.facts.clearance is ClearanceOutcome.H_WITH_HEALTH
    assert waits.view.facts.clearance is ClearanceOutcome.H_WAIT
    assert {one.id for one in desk.screenings.waiting(desk.session.actor)} == {held.view.id, waits.view.id}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (Secondary(examination=EXAMINED), "not_asked"),
        (Secondary(consent=replace(GIVEN, answer=ConsentAnswer.REFUSED), examination=EXAMINED), "refused"),
        (Secondary(consent=replace(GIVEN, at=NOW.replace(hour=9)), examination=EXAMINED), "after"),
        (Secondary(consent=Consent(ConsentAnswer.NOT_ABLE, NOW), examination=EXAMINED), "not_able"),
    ],
)
def test_nobody_is_examined_before_consent(at_health, said, why):
    desk = at_health(Role.HEALTH_SUPERVISOR)

    with pytest.raises(ConsentMissingError) as refused:
        desk.record(ebola(secondary=said), desk.session.actor)

    assert refused.value.facts["why"] == why


def test_only_the_supervisor_orders_an_examination_against_a_refusal_with_risk_law_and_why(at_health):
    refused = replace(GIVEN, answer=ConsentAnswer.REFUSED)
    order = Compulsion("Law of public health, article 1", "Suspected Ebola in a full bus", "Observation would not do")
    said = Secondary(consent=refused, examination=EXAMINED, compulsion=order)
    clinician, supervisor = at_health(Role.CLINICIAN), at_health(Role.HEALTH_SUPERVISOR)

    with pytest.raises(CompulsionError):
        clinician.record(ebola(secondary=said), clinician.session.actor)
    without = replace(said, compulsion=replace(order, imminent_risk="risk"))
    with pytest.raises(CompulsionError):
        supervisor.record(ebola(secondary=without), supervisor.session.actor)

    assert supervisor.record(ebola(secondary=said), supervisor.session.actor).view.is_open


def test_a_critical_case_is_not_let_go_without_isolation_referral_or_the_reason(at_health):
    desk = at_health(Role.CLINICIAN)
    case = desk.record(ebola(), desk.session.actor).view
    released = replace(ebola(), secondary=Secondary(consent=GIVEN, risk_level="CRITICAL", disposition="CLEARED"))

    with pytest.raises(ScreeningReasonError):
        desk.amend(case.id, released, "", desk.session.actor)
    with pytest.raises(NotClosableError):
        desk.amend(
            case.id,
            replace(ebola(), secondary=Secondary(consent=GIVEN, disposition="ISOLATED")),
            "",
            desk.session.actor,
        )
    ended = Secondary(consent=GIVEN, risk_level="CRITICAL", disposition="ISOLATED", care=("FOOD_WATER", "MEDICAL_CARE"))
    closed = desk.amend(case.id, ebola(secondary=ended), "", desk.session.actor)

    assert not closed.view.is_open
    assert closed.view.events[-1].kind.value == "screening.closed"
    assert "secondary.disposition" in closed.view.events[-1].changed
    assert closed.token is None  # it stays with health, as before


def test_a_level_of_risk_below_the_proposed_one_needs_the_reason_and_is_kept_beside_it(at_health):
    desk = at_health(Role.CLINICIAN)
    isolated = {"disposition": "ISOLATED", "care": ("FOOD_WATER",)}
    lowered = Secondary(consent=GIVEN, risk_level="LOW", **isolated)

    with pytest.raises(ScreeningReasonError) as refused:
        desk.record(ebola(secondary=lowered), desk.session.actor)
    kept = desk.record(ebola(secondary=lowered, reason=REASON), desk.session.actor)
    as_proposed = desk.record(ebola(secondary=replace(lowered, risk_level="CRITICAL")), desk.session.actor)

    assert refused.value.facts["of"] == "risk"
    (override,) = desk.show(kept.view.id, desk.session.actor).clinical.overrides
    assert (override.of, override.proposed, override.chosen) == ("risk", "CRITICAL", "LOW")
    assert kept.view.facts.overridden
    assert not as_proposed.view.facts.overridden


def test_isolation_needs_the_care_that_is_owed(at_health):
    desk = at_health(Role.CLINICIAN)
    ended = Secondary(consent=GIVEN, risk_level="CRITICAL", disposition="ISOLATED")

    with pytest.raises(NotClosableError) as refused:
        desk.record(ebola(secondary=ended), desk.session.actor)

    assert refused.value.facts["why"] == "care"


def test_a_cleared_case_gets_a_new_token_that_lets_go_on(at_health):
    desk = at_health(Role.CLINICIAN)
    case = desk.record(harmless(), desk.session.actor)
    ended = Secondary(consent=GIVEN, risk_level="LOW", disposition="CLEARED")

    closed = desk.amend(case.view.id, harmless(secondary=ended), "", desk.session.actor)

    clearance = read_token(closed.token, clearance_keys(desk.session.home), "MZ.L.RSG", NOW)
    assert clearance.outcome is ClearanceOutcome.H_OK
    assert closed.token != case.token


@pytest.mark.parametrize(
    ("charge", "seeker", "why"),
    [
        (Charge("EXAMINATION", 100), Answer.NO, "free"),
        (Charge("VACCINE", 100), Answer.NO, "free"),
        (Charge("VACCINE", 100, DAY.replace(month=1)), Answer.NO, "no_tariff"),
        (Charge("EXAMINATION", 100), Answer.YES, "no_tariff"),
        (Charge("OTHER", 5), Answer.NO, "no_tariff"),
        (Charge("BRIBE", 5), Answer.NO, "unknown"),
    ],
)
def test_nothing_is_charged_for_that_may_not_be(at_health, charge, seeker, why):
    desk = at_health(Role.CLINICIAN)

    said = Secondary(consent=GIVEN, charges=(charge,), residence_seeker=seeker)

    with pytest.raises(ChargeRefusedError) as refused:
        desk.record(harmless(secondary=said), desk.session.actor)

    assert refused.value.facts["why"] == why


def test_a_void_needs_a_reason_and_deletes_nothing(at_health):
    desk = at_health(Role.SCREENER)
    kept = desk.record(well(), desk.session.actor).view

    with pytest.raises(ScreeningReasonError):
        desk.void(kept.id, "typo", desk.session.actor)
    voided = desk.void(kept.id, "Typed for the wrong traveller", desk.session.actor)

    assert voided.state is State.VOIDED
    assert desk.show(kept.id, desk.session.actor).clinical is not None
    with pytest.raises(NotStandingError):
        desk.void(kept.id, "Typed for the wrong traveller", desk.session.actor)
    with pytest.raises(ScreeningUnknownError):
        desk.void(uuid4(), "Typed for the wrong traveller", desk.session.actor)


def test_another_one_s_record_is_the_supervisor_s_to_void(at_health):
    screener, clinician, supervisor = (
        at_health(role) for role in (Role.SCREENER, Role.CLINICIAN, Role.HEALTH_SUPERVISOR)
    )
    kept = screener.record(well(), screener.session.actor).view

    with pytest.raises(NotAllowedError):
        clinician.void(kept.id, "Typed for the wrong traveller", clinician.session.actor)

    assert supervisor.void(kept.id, "Typed for the wrong traveller", supervisor.session.actor).state is State.VOIDED


def test_a_correction_names_what_it_amends_and_keeps_the_old_answers(at_health):
    desk = at_health(Role.SCREENER)
    kept = desk.record(well(), desk.session.actor).view

    amended = desk.amend(kept.id, well(form={"sex": "M"}), "The sex was typed wrongly", desk.session.actor).view

    assert amended.events[-1].changed == ("form.sex",)
    assert (amended.record.facts.cell.sex, amended.facts.cell.sex) == ("F", "M")


def test_a_person_is_counted_once_with_the_outcome_of_the_case(at_health):
    desk = at_health(Role.CLINICIAN)
    by = desk.session.actor
    primary = desk.record(feverish(), by).view
    ended = Secondary(consent=GIVEN, risk_level="CRITICAL", disposition="ISOLATED", care=("FOOD_WATER",))
    desk.record(ebola(primary_id=primary.id, secondary=ended), by)
    desk.record(well(), by)
    desk.void(desk.record(well(), by).view.id, "Typed for the wrong traveller", by)
    desk.record.count(CrowdCount(uuid4(), 30, Cell("ENTRY", "BUS")), by)

    facts = desk.screenings.facts(DAY, by)

    assert sorted((fact.result, fact.disposition, fact.persons) for fact in facts) == [
        ("PASS", None, 1),
        ("PASS", None, 30),
        ("SECONDARY", "ISOLATED", 1),
    ]
    assert next(fact for fact in facts if fact.disposition).suspected[0] == "EVD"


def test_a_whole_shift_proves(at_health):
    desk = at_health(Role.HEALTH_SUPERVISOR)
    by = desk.session.actor
    case = desk.record(ebola(person=replace(PERSON, companions=(Companion("BERTA UTOPIANA"),))), by).view
    ended = Secondary(consent=GIVEN, risk_level="HIGH", disposition="REFERRED")
    desk.amend(case.id, ebola(secondary=ended, reason=REASON), "", by)
    desk.void(desk.record(well(), by).view.id, "Typed for the wrong traveller", by)

    report = verify_store(desk.session)()

    assert report.records >= 4


def test_answers_that_were_altered_in_the_file_are_seen(at_health):
    desk = at_health(Role.HEALTH_SUPERVISOR)
    desk.record(ebola(), desk.session.actor)
    with desk.session.store.write() as unit:
        unit.connection.exec_driver_sql("UPDATE health_part SET content = replace(content, 'UTOPIANO', 'OUTRO')")
        unit.commit()

    with pytest.raises(RecordChangedError):
        verify_store(desk.session)()


def test_the_lists_on_record_hold_and_nobody_gives_others_in_a_live_home(at_health):
    desk = at_health(Role.SCREENER)
    live = replace(desk.record, home=replace(desk.session.home, training=False))

    assert desk.record(well(context=NONE_OUT), desk.session.actor).view
    with pytest.raises(ContextRefusedError):
        live(well(context=NONE_OUT), desk.session.actor)
    assert desk.record(well(), desk.session.actor).outcome.lists_missing == ("outbreaks", "affected")
