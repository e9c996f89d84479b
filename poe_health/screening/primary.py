"""The result of primary screening. Only what was found moves it: a missing answer never does."""

from poe_health.codes import ExposureKind, symptoms
from poe_health.rules.answer import Answer
from poe_health.screening.facts import CONCERN
from poe_health.screening.proposing import Case

_ISOLATE, _MOST_URGENT = "ISOLATE", 1


def primary_result(case: Case) -> str:
    """Return PASS, ADVISE, SECONDARY, ISOLATE_NOW or REFUSED, the first that applies.

    1. a red flag, somebody very ill, or a suspect whose rule says to isolate now;
    2. a symptom, a temperature, an alert, contact and affected area, a certificate: SECONDARY;
    3. who refused and shows none of these: REFUSED, for the supervisor. Before ADVISE: a refusal is not advised on;
    4. an affected area, an exposure without symptoms: ADVISE (or as the ministry orders for areas).

    When the supervisor has switched to symptoms only, what step 2 finds without a sign of illness is ADVISE too.
    """
    if _must_be_isolated(case):
        return "ISOLATE_NOW"
    risk = _has_a_risk_to_look_at(case)
    if _has_a_sign(case) or (risk and not case.context.symptoms_only):
        return "SECONDARY"
    if case.form.refused:
        return "REFUSED"
    if case.was_in_affected_area and not case.context.symptoms_only:
        return "SECONDARY" if case.context.areas_to_secondary else case.policy.primary.affected_area_only
    if (
        risk
        or case.was_in_affected_area
        or _was_exposed(case)
        or case.form.certificate in case.policy.primary.certificate_advise
    ):
        return "ADVISE"
    return "PASS"


def _must_be_isolated(case: Case) -> bool:
    return (
        bool(case.flags)
        or case.facts.symptom(CONCERN) is Answer.YES
        or any(each.priority == _MOST_URGENT and each.disposition == _ISOLATE for each in case.suspects)
    )


def _has_a_sign(case: Case) -> bool:
    form, policy = case.form, case.policy.temperature
    threshold = policy.outbreak_threshold_c if case.context.outbreak_mode else policy.threshold_c
    return (
        form.any_symptom is Answer.YES
        or form.appearance == "UNWELL"
        or (form.temperature is not None and form.temperature.celsius >= threshold)
        or any(case.facts.symptom(code) is Answer.YES for code in symptoms())
    )


def _has_a_risk_to_look_at(case: Case) -> bool:
    judgement = case.judgement
    return (
        bool(judgement.suspected or judgement.alerts)
        or (case.was_in_affected_area and _had_contact(case))
        or case.form.certificate in case.policy.primary.certificate_secondary
    )


def _had_contact(case: Case) -> bool:
    return case.form.contact_ill is Answer.YES or case.exposed(ExposureKind.CONTACT)


def _was_exposed(case: Case) -> bool:
    return _had_contact(case) or case.exposed(ExposureKind.RISK)
