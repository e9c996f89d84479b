"""The disposition that is proposed to the clinician in secondary screening. The strictest rule wins."""

from poe_health.codes import ExposureKind
from poe_health.screening.proposing import Case, well_contacts

_HOLDS = ("ISOLATE", "REFER")


def secondary_disposition(case: Case) -> str | None:
    """Return the disposition to propose; None while nothing holds and something dangerous cannot be excluded."""
    rule = _strictest(case)
    if case.form.refused and rule not in _HOLDS:
        return "TRAVEL_DEFERRED" if case.form.direction == "EXIT" else "ENTRY_REFUSED_LEGAL"
    if rule not in _HOLDS and case.form.direction == "EXIT":
        deferred = next((contact.on_exit for contact in well_contacts(case) if contact.on_exit), None)
        if deferred:
            return deferred
    if rule is not None:
        return case.policy.outcome.disposition[rule]
    if _is_open(case):
        return None
    advised = (
        case.was_in_affected_area or case.judgement.alerts or case.exposed(ExposureKind.RISK, ExposureKind.CONTACT)
    )
    return "ADVISED" if advised else "CLEARED"


def secondary_waits(case: Case) -> bool:
    """Return whether a rule stricter than the proposal is still open: nobody goes on meanwhile."""
    order = case.policy.outcome.strictness
    rule = _strictest(case)
    limit = order.index(rule) if rule else len(order)
    open_rules = [case.rules.diseases[code].disposition for code in case.judgement.undecided]
    open_rules += [flag.to for flag in case.rules.red_flags if flag.code in case.judgement.open_red_flags]
    return any(each in order and order.index(each) < limit for each in open_rules)


def _is_open(case: Case) -> bool:
    judgement = case.judgement
    return bool(
        judgement.undecided
        or judgement.open_red_flags
        or case.form.certificate in case.policy.primary.certificate_secondary  # its own rules say what follows
    )


def _strictest(case: Case) -> str | None:
    said = {flag.to for flag in case.flags} | {disease.disposition for disease in case.suspects}
    said |= {contact.disposition for contact in well_contacts(case)}
    return next((rule for rule in case.policy.outcome.strictness if rule in said), None)
