"""What a screener and a clinician are proposed, traveller by traveller."""

from datetime import date

import pytest
from health_forms import NO_LISTS_EMPTY, TODAY, affected, day, screen

from poe_health.codes import actions, protections, symptoms
from poe_health.errors import HealthCodeError, PeriodOrderError

ILL = {"HEADACHE": "yes", "VOMITING": "yes", "DIARRHOEA": "yes", "WEAKNESS_SEVERE": "yes"}
FROM_COD = [{"country": "COD", "from": day(20), "to": day(10)}]
EBOLA = {"outbreaks": [], "affected": [affected("EVD")]}


def test_a_well_traveller_goes_on():
    outcome = screen("primary", temperature_c=36.6, others="no")

    assert (outcome.disposition, outcome.clearance) == ("PASS", "H_OK")
    assert not outcome.judgement.needs
    assert not outcome.actions


def test_a_traveller_who_was_asked_nothing_goes_on_but_is_not_called_well():
    outcome = screen("primary")

    assert outcome.disposition == "PASS"
    assert len(outcome.judgement.undecided) == 26
    assert outcome.judgement.needs[0] == "temperature_c"
    assert outcome.lists_missing == ("outbreaks", "affected")


def test_asked_none_answers_the_card_and_only_the_card():
    outcome = screen("primary", temperature_c=36.6, any_symptom="no")

    assert outcome.disposition == "PASS"
    assert "COUGH" not in outcome.judgement.missing
    assert "COUGH_BLOOD" in outcome.judgement.missing


def test_a_symptom_that_was_told_counts_more_than_none_on_the_card():
    assert screen("primary", any_symptom="no", symptoms={"COUGH": "yes"}).disposition == "SECONDARY"


@pytest.mark.parametrize("code", sorted(set(symptoms()) - {"DEATH_UNEXPLAINED", "OBSERVER_CONCERN"}))
def test_every_symptom_leads_to_secondary_or_at_once_to_isolation(code):
    assert screen("primary", symptoms={code: "yes"}).disposition in {"SECONDARY", "ISOLATE_NOW"}


@pytest.mark.parametrize(
    ("flag", "said"),
    [
        ("RF_BLEEDING_FEVER", {"temperature_c": 38.4, "symptoms": {"BLOOD_VOMIT": "yes"}}),
        ("RF_VHF_CONTACT_ILL", {"symptoms": {"VOMITING": "yes"}, "exposures": {"BURIAL": "yes"}}),
        ("RF_AFP", {"symptoms": {"PARALYSIS_ACUTE_FLACCID": "yes"}}),
        ("RF_MENINGISM", {"symptoms": {"FEVER_HISTORY_48H": "yes", "SEIZURES": "yes"}}),
        ("RF_RESP_DISTRESS", {"symptoms": {"CYANOSIS": "yes"}}),
        ("RF_SEVERE_DEHYDRATION", {"symptoms": {"VOMITING": "yes", "DEHYDRATION_SEVERE": "yes"}}),
        ("RF_VESICULAR_RASH", {"symptoms": {"MUCOSAL_LESIONS": "yes"}}),
        ("RF_SUDDEN_DEATH", {"symptoms": {"DEATH_UNEXPLAINED": "yes"}}),
    ],
)
def test_a_red_flag_interrupts_at_once_and_says_how_to_protect_oneself(flag, said):
    outcome = screen("primary", **said)

    assert outcome.judgement.red_flags == (flag,)
    assert (outcome.disposition, outcome.clearance) == ("ISOLATE_NOW", "H_WAIT")
    assert outcome.actions
    assert outcome.judgement.because[flag]


def test_a_death_opens_a_signal():
    assert screen("secondary", symptoms={"DEATH_UNEXPLAINED": "yes"}).signals == ("RF_SUDDEN_DEATH",)


def test_somebody_who_looks_very_ill_is_isolated_before_any_question():
    assert screen("primary", looks_ill="VERY_ILL").disposition == "ISOLATE_NOW"
    assert screen("primary", symptoms={"OBSERVER_CONCERN": "yes"}).disposition == "ISOLATE_NOW"
    assert screen("primary", looks_ill="UNWELL").disposition == "SECONDARY"
    assert screen("primary", looks_ill="WELL").disposition == "PASS"


@pytest.mark.parametrize(("celsius", "mode", "result"), [(37.9, False, "PASS"), (38.0, False, "SECONDARY")])
def test_the_threshold_of_the_temperature(celsius, mode, result):
    assert screen("primary", temperature_c=celsius, context={"outbreak_mode": mode}).disposition == result


def test_outbreak_mode_lowers_the_threshold():
    assert screen("primary", temperature_c=37.4, context={"outbreak_mode": True}).disposition == "PASS"
    assert screen("primary", temperature_c=37.5, context={"outbreak_mode": True}).disposition == "SECONDARY"


def test_a_raised_forehead_temperature_is_measured_again_by_contact():
    assert screen("primary", temperature_c=37.5, temperature_method="IR_FOREHEAD").retake_temperature
    assert screen("primary", temperature_c=37.5).retake_temperature
    assert not screen("primary", temperature_c=37.5, temperature_method="AXILLA").retake_temperature
    assert not screen("primary", temperature_c=37.4, temperature_method="IR_FOREHEAD").retake_temperature
    assert not screen("primary").retake_temperature


def test_an_affected_area_alone_is_advice():
    outcome = screen("primary", temperature_c=36.6, others="no", itinerary=FROM_COD, context=EBOLA)

    assert (outcome.disposition, outcome.clearance) == ("ADVISE", "H_OK")
    assert outcome.areas == ("EVD",)
    assert outcome.actions == ("HEALTH_ADVICE",)
    assert screen("primary", affected_area="yes").disposition == "ADVISE"


def test_the_ministry_can_order_that_an_affected_area_is_looked_at():
    ordered = {**EBOLA, "areas_to_secondary": True}

    assert screen("primary", itinerary=FROM_COD, context=ordered).disposition == "SECONDARY"


def test_when_the_room_is_full_only_signs_of_illness_go_there():
    full = {**EBOLA, "areas_to_secondary": True, "symptoms_only": True}

    def result(**said):
        return screen("primary", context=full, **said).disposition

    assert result(itinerary=FROM_COD) == "ADVISE"
    assert result(exposures={"BURIAL": "yes"}) == "ADVISE"
    assert result(yf_certificate="ABSENT") == "ADVISE"
    assert result(itinerary=FROM_COD, symptoms={"COUGH": "yes"}) == "SECONDARY"
    assert result(itinerary=FROM_COD, temperature_c=38.0) == "SECONDARY"
    assert result(exposures={"BURIAL": "yes"}, symptoms={"VOMITING": "yes"}) == "ISOLATE_NOW"
    assert result(refused=True, itinerary=FROM_COD) == "REFUSED"
    assert result() == "PASS"


def test_an_affected_area_with_contact_is_secondary():
    assert screen("primary", affected_area="yes", contact_ill="yes").disposition == "SECONDARY"
    assert screen("primary", contact_ill="yes").disposition == "ADVISE"


def test_an_exposure_without_symptoms_is_advice_unless_the_definition_raises_an_alert():
    assert screen("primary", exposures={"MASS_GATHERING": "yes"}).disposition == "ADVISE"
    assert screen("primary", exposures={"BURIAL": "yes"}).disposition == "SECONDARY"


@pytest.mark.parametrize(
    ("status", "result"),
    [
        ("ABSENT", "SECONDARY"),
        ("NOT_YET_VALID", "SECONDARY"),
        ("INVALID", "SECONDARY"),
        ("EXEMPT", "ADVISE"),
        ("VALID", "PASS"),
        ("NOT_REQUIRED", "PASS"),
    ],
)
def test_the_certificate_of_yellow_fever(status, result):
    assert screen("primary", yf_certificate=status).disposition == result


def test_who_refuses_goes_to_the_supervisor_even_from_an_affected_area():
    refused = screen("primary", refused=True, itinerary=FROM_COD, context=EBOLA)

    assert (refused.disposition, refused.clearance) == ("REFUSED", "H_DECISION")
    assert screen("primary", refused=True, symptoms={"CYANOSIS": "yes"}).disposition == "ISOLATE_NOW"


def test_who_refuses_in_secondary_is_not_let_go_and_an_emergency_stays_one():
    assert screen("secondary", refused=True, others="no", temperature_c=36.6).disposition == "ENTRY_REFUSED_LEGAL"
    assert screen("secondary", refused=True, direction="EXIT").disposition == "TRAVEL_DEFERRED"
    assert screen("secondary", refused=True, symptoms={"CYANOSIS": "yes"}).disposition == "ISOLATED"


def test_the_same_fever_is_malaria_here_and_ebola_from_an_affected_area():
    def ill(country):
        stay = [{"country": country, "from": day(60), "to": day(0)}]
        return screen("secondary", temperature_c=38.6, symptoms=ILL, others="no", itinerary=stay, context=EBOLA)

    here, there = ill("ZAF"), ill("COD")

    assert "EVD" not in here.judgement.suspected + here.judgement.undecided
    assert "MALARIA" in here.judgement.suspected
    assert (here.disposition, here.clearance) == ("ADVISED", "H_OK")
    assert there.judgement.suspected[0] == "EVD"
    assert "MALARIA" in there.judgement.suspected
    assert (there.disposition, there.clearance) == ("ISOLATED", "H_WITH_HEALTH")
    assert "AFFECTED.EVD" in there.judgement.because["EVD"]


def test_malaria_does_not_let_anybody_go_while_the_journey_is_not_known():
    outcome = screen("secondary", temperature_c=38.6, symptoms=ILL, others="no", context=EBOLA)

    assert outcome.disposition == "ADVISED"
    assert outcome.clearance == "H_WAIT"
    assert "EVD" in outcome.judgement.undecided
    assert outcome.judgement.needs[0] == "itinerary"


def test_without_the_list_of_affected_areas_nobody_asks_the_journey_and_nobody_is_let_go():
    outcome = screen("secondary", temperature_c=38.6, symptoms=ILL, others="no", context={"outbreaks": []})

    assert outcome.clearance == "H_WAIT"
    assert outcome.lists_missing == ("affected",)
    assert not outcome.judgement.needs


def test_watery_diarrhoea_is_cholera_only_in_an_outbreak():
    def watery(**more):
        return screen("secondary", age_years=30, temperature_c=36.6, others="no", **more)

    quiet = watery(symptoms={"DIARRHOEA_WATERY": "yes"}, context=NO_LISTS_EMPTY)
    outbreak = watery(symptoms={"DIARRHOEA_WATERY": "yes"}, context={**NO_LISTS_EMPTY, "outbreaks": ["CHOLERA"]})
    severe = watery(symptoms={"DIARRHOEA_WATERY": "yes", "DEHYDRATION_SEVERE": "yes"}, context=NO_LISTS_EMPTY)

    assert quiet.judgement.suspected == ("AWD_OTHER",)
    assert (quiet.disposition, quiet.clearance) == ("ADVISED", "H_OK")
    assert outbreak.judgement.suspected[0] == severe.judgement.suspected[0] == "CHOLERA"
    assert outbreak.disposition == severe.disposition == "REFERRED"
    assert "ORS_NOW" in outbreak.actions


def test_without_the_list_of_outbreaks_cholera_is_not_excluded_and_nobody_is_let_go():
    said = {"age_years": 30, "temperature_c": 36.6, "symptoms": {"DIARRHOEA_WATERY": "yes"}, "others": "no"}

    outcome = screen("secondary", **said, context={"affected": []})

    assert outcome.judgement.undecided == ("CHOLERA",)
    assert outcome.lists_missing == ("outbreaks",)
    assert (outcome.disposition, outcome.clearance) == ("ADVISED", "H_WAIT")


def test_an_infant_with_severe_dehydration_is_no_cholera_suspect_but_is_referred():
    outcome = screen(
        "secondary",
        age_years=1,
        temperature_c=36.6,
        symptoms={"DIARRHOEA_WATERY": "yes", "DEHYDRATION_SEVERE": "yes"},
        others="no",
        context=NO_LISTS_EMPTY,
    )

    assert "CHOLERA" not in outcome.judgement.suspected
    assert outcome.judgement.red_flags == ("RF_SEVERE_DEHYDRATION",)
    assert outcome.disposition == "REFERRED"


def test_polio_is_a_matter_of_age_unless_the_clinician_suspects_it():
    def weak(**more):
        return (
            "POLIO_AFP" in screen("secondary", symptoms={"PARALYSIS_ACUTE_FLACCID": "yes"}, **more).judgement.suspected
        )

    assert weak(age_years=14)
    assert not weak(age_years=15)
    assert not weak()
    assert weak(age_years=40, exposures={"CLINICIAN_SUSPECTS_POLIO": "yes"})
    assert weak(birth_date="2011-11-23")
    assert not weak(birth_date="2011-11-22")
    assert not weak(birth_date="2011")  # 14 or 15: not known


def test_a_contact_who_is_well_is_followed_and_does_not_leave_the_country():
    def contact(direction, last_on):
        exposed = {"CONTACT_VHF_CASE": {"answer": "yes", "last_on": last_on}}
        return screen(
            "secondary",
            temperature_c=36.6,
            others="no",
            exposures=exposed,
            direction=direction,
            context=NO_LISTS_EMPTY,
        )

    entering, leaving, long_ago = contact("ENTRY", day(21)), contact("EXIT", day(3)), contact("ENTRY", day(22))

    assert (entering.disposition, entering.clearance) == ("FOLLOW_UP", "H_OK")
    assert entering.actions == ("FOLLOW_UP", "HEALTH_ADVICE")
    assert (leaving.disposition, leaving.clearance) == ("TRAVEL_DEFERRED", "H_DECISION")
    assert "EXIT_DEFER_TRAVEL" in leaving.actions
    assert long_ago.disposition == "CLEARED"


def test_who_is_examined_and_well_is_cleared():
    outcome = screen("secondary", temperature_c=36.6, others="no")

    assert (outcome.disposition, outcome.clearance) == ("CLEARED", "H_OK")


def test_who_was_not_examined_is_proposed_nothing_and_waits():
    outcome = screen("secondary", temperature_c=36.6)

    assert (outcome.disposition, outcome.clearance) == (None, "H_WAIT")
    assert outcome.judgement.needs


def test_a_certificate_that_is_missing_is_not_cleared_by_the_case_rules():
    outcome = screen("secondary", temperature_c=36.6, others="no", yf_certificate="ABSENT")

    assert (outcome.disposition, outcome.clearance) == (None, "H_WAIT")


def test_of_several_protections_only_the_highest_is_shown():
    ebola_with_cough = {"temperature_c": 38.6, "symptoms": ILL | {"COUGH": "yes"}, "exposures": {"BURIAL": "yes"}}
    both = screen("secondary", **ebola_with_cough)
    flu = screen("secondary", temperature_c=38.6, symptoms={"COUGH": "yes"}, others="no")

    assert {"EVD", "COVID19"} <= set(both.judgement.suspected)
    assert [code for code in both.actions if code.startswith("PPE_")] == ["PPE_VHF"]
    assert "MASK_SEPARATE" in both.actions
    assert [code for code in flu.actions if code.startswith("PPE_")] == ["PPE_DROPLET"]


def test_every_protection_of_a_rule_has_its_place():
    assert {code for code in actions() if code.startswith("PPE_")} == set(protections())


def test_deferring_the_journey_is_for_those_who_leave():
    def shown(direction):
        ebola = {"temperature_c": 38.6, "exposures": {"BURIAL": "yes"}, "direction": direction}
        return screen("secondary", **ebola).actions

    assert "EXIT_DEFER_TRAVEL" in shown("EXIT")
    assert "EXIT_DEFER_TRAVEL" in shown(None)  # its words say that it is for those who leave
    assert actions()["EXIT_DEFER_TRAVEL"].pt.startswith("se for saída")
    assert "EXIT_DEFER_TRAVEL" not in shown("ENTRY")


def test_a_cluster_on_a_vehicle_is_a_signal_of_the_post():
    outcome = screen("secondary", context={"signals": ["CLUSTER_SAME_CONVEYANCE"]})

    assert outcome.judgement.suspected == ("UNKNOWN_EVENT",)
    assert outcome.judgement.because["UNKNOWN_EVENT"] == ("signal.CLUSTER_SAME_CONVEYANCE",)


def test_the_most_urgent_suspicion_comes_first():
    outcome = screen(
        "secondary", temperature_c=39, symptoms={"COUGH": "yes", "BREATHING_DIFFICULT": "yes"}, others="no"
    )

    assert outcome.judgement.suspected == ("SARI", "COVID19", "MALARIA")


def test_the_list_of_affected_areas_is_checked_before_it_is_used():
    with pytest.raises(HealthCodeError):
        screen("primary", context={"outbreaks": ["FLU"]})
    with pytest.raises(HealthCodeError):
        screen("primary", context={"affected": [affected("FLU")]})
    with pytest.raises(HealthCodeError):
        screen("primary", context={"signals": ["RUMOUR"]})
    with pytest.raises(PeriodOrderError):
        screen("primary", context={"affected": [{**affected("EVD"), "from": day(1), "to": day(2)}]})


def test_an_outcome_names_the_rules_it_was_made_by():
    outcome = screen("primary")

    assert len(outcome.rules_digest) == 64
    assert "diseases/evd.toml" in {each.file for each in outcome.rule_versions}
    assert screen("primary", today=date(2026, 1, 1)).rules_digest == outcome.rules_digest
    assert date(2026, 11, 22) == TODAY
