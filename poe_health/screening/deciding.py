"""What a record says beside the answers: what is counted, where a person differed from the rules. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from bmis.kernel.clearance import ClearanceOutcome
from poe_health.codes import known_choice
from poe_health.rules.answer import Answer
from poe_health.rules.definitions import RuleSet
from poe_health.screening.context import HealthContext
from poe_health.screening.errors import (
    SHORTEST_REASON,
    PersonRefusedError,
    ScreeningFieldRefusedError,
    ScreeningReasonError,
    TemperaturesDifferError,
)
from poe_health.screening.form import Age, ScreeningForm, Stage, Temperature
from poe_health.screening.outcome import Outcome
from poe_health.screening.policy import screening_policy
from poe_health.screening.record import Facts, Override, ScreeningRequest, Secondary
from poe_health.screening.secondary_rules import is_lower_risk, proposed_risk
from poe_health.surveillance.screened import Cell

_BANDS = ((5, "A0_4"), (15, "A5_14"), (25, "A15_24"), (60, "A25_59"), (1000, "A60"))
_SAMPLED = "STOOL_2X"
PASSES = "PASS"


@dataclass(frozen=True, slots=True)
class Decided:
    """What is stored beside the answers."""

    facts: Facts
    overrides: tuple[Override, ...]


def decide(request: ScreeningRequest, outcome: Outcome, context: HealthContext, rules: RuleSet) -> Decided:
    """Return the facts and the differences from the rules.

    Raises:
        ScreeningReasonError: something differs from what the rules propose, without a reason.
        PersonRefusedError: a name of somebody who passes. TemperaturesDifferError: two last temperatures.
        HealthCodeError, ScreeningFieldRefusedError: a value that cannot be.
    """
    _require_fitting(request)
    if request.form.stage is Stage.PRIMARY:
        return _primary(request, outcome, context)
    return _secondary(request, outcome, context, rules)


def age_band(age: Age | None) -> str | None:
    """Return the band that all possible ages share; None where they do not, or none is known."""
    if age is None:
        return None
    low, high = _band(age.least), _band(max(age.least, age.under - 1))
    return low if low == high else None


def age_of_band(code: str) -> Age:
    """Return the ages of a band: who is in 5 to 14 is at least 5 and under 15.

    Raises:
        HealthCodeError: there is no such band.
    """
    known_choice("age_band", "age_band", code)
    at = next(place for place, (_under, band) in enumerate(_BANDS) if band == code)
    return Age(_BANDS[at - 1][0] if at else 0, _BANDS[at][0])


def _band(years: float) -> str:
    return next(band for below, band in _BANDS if years < below)


def _primary(request: ScreeningRequest, outcome: Outcome, context: HealthContext) -> Decided:
    proposed = outcome.disposition
    result = request.result or proposed
    known_choice("result", "primary_result", str(result))
    if result == PASSES and request.person is not None:
        raise PersonRefusedError
    overrides = _differences([("result", proposed, str(result))] if result != proposed else [], request.reason)
    clearance = screening_policy().outcome.clearance[str(result)]
    return Decided(_facts(request, outcome, context, str(result), None, clearance, bool(overrides)), overrides)


def _secondary(request: ScreeningRequest, outcome: Outcome, context: HealthContext, rules: RuleSet) -> Decided:
    said = request.secondary or Secondary()
    proposed, chosen = outcome.disposition, said.disposition
    differs: list[tuple[str, str | None, str]] = []
    if chosen is None:
        held = outcome.clearance is ClearanceOutcome.H_WITH_HEALTH  # to be isolated: nobody lets go meanwhile
        clearance = outcome.clearance if held else ClearanceOutcome.H_WAIT
    else:
        known_choice("disposition", "disposition", chosen)
        clearance = screening_policy().outcome.clearance[chosen]
        if chosen != proposed:
            differs.append(("disposition", proposed, chosen))
        elif clearance is not outcome.clearance:  # something stricter could not be excluded yet
            differs.append(("clearance", outcome.clearance.value, clearance.value))
    diagnosis = said.working_diagnosis
    if diagnosis is not None and diagnosis not in outcome.judgement.suspected:
        differs.append(("diagnosis", " ".join(outcome.judgement.suspected) or None, diagnosis))
    if chosen is not None and said.risk_level is not None:
        level = proposed_risk(outcome, rules)
        if is_lower_risk(said.risk_level, level):
            differs.append(("risk", level, said.risk_level))
    overrides = _differences(differs, request.reason)
    return Decided(_facts(request, outcome, context, None, chosen, clearance, bool(overrides)), overrides)


def _facts(
    request: ScreeningRequest,
    outcome: Outcome,
    context: HealthContext,
    result: str | None,
    disposition: str | None,
    clearance: ClearanceOutcome,
    overridden: bool,
) -> Facts:
    form, said, judgement = request.form, request.secondary or Secondary(), outcome.judgement
    suspected = judgement.suspected
    if said.working_diagnosis is not None and said.working_diagnosis not in suspected:
        suspected = (said.working_diagnosis, *suspected)
    return Facts(
        cell=cell_of(request),
        result=result,
        disposition=disposition,
        clearance=clearance,
        threshold_reached=_reached(form, outbreak=context.outbreak_mode),
        outbreak_threshold_reached=_reached(form, outbreak=True),
        area=bool(outcome.areas) or form.affected_area is Answer.YES,
        alert=bool(judgement.alerts or judgement.red_flags),
        suspected=suspected,
        red_flags=judgement.red_flags,
        signals=outcome.signals,
        certificate=form.certificate,
        risk_level=said.risk_level,
        samples=int(_SAMPLED in said.actions_done),
        follow_up=disposition == "FOLLOW_UP",
        overridden=overridden,
    )


def cell_of(request: ScreeningRequest) -> Cell:
    """Return the dimensions of the tally."""
    form, travel = request.form, request.travel
    return Cell(
        direction=form.direction,
        conveyance=travel.conveyance,
        sex=form.sex or (request.person.sex if request.person else None),
        age_band=travel.age_band or age_band(form.age),
        origin_country=travel.origin_country,
    )


def _reached(form: ScreeningForm, *, outbreak: bool) -> bool | None:
    policy = screening_policy().temperature
    if form.temperature is None:
        return None
    return form.temperature.celsius >= (policy.outbreak_threshold_c if outbreak else policy.threshold_c)


def _differences(differs: Sequence[tuple[str, str | None, str]], reason: str | None) -> tuple[Override, ...]:
    said = (reason or "").strip()
    if differs and len(said) < SHORTEST_REASON:
        raise ScreeningReasonError(differs[0][0])
    return tuple(Override(of, proposed, chosen, said) for of, proposed, chosen in differs)


def _require_fitting(request: ScreeningRequest) -> None:
    form, travel = request.form, request.travel
    if form.stage is Stage.PRIMARY and request.secondary is not None:
        raise ScreeningFieldRefusedError(field="secondary")
    if form.stage is Stage.SECONDARY and request.result is not None:
        raise ScreeningFieldRefusedError(field="result")
    if form.stage is Stage.PRIMARY and request.primary_id is not None:
        raise ScreeningFieldRefusedError(field="primary_id")
    for field, choice, code in (
        ("conveyance", "conveyance", travel.conveyance),
        ("age_band", "age_band", travel.age_band),
    ):
        if code is not None:
            known_choice(field, choice, code)
    band = age_band(form.age)
    if travel.age_band is not None and band is not None and band != travel.age_band:
        raise ScreeningFieldRefusedError(field="age_band")
    for one in request.temperatures:
        Temperature(one.celsius, one.method, confirmed=True)  # what no person has is refused here too
    if request.temperatures:
        last = request.temperatures[-1]
        told = None if form.temperature is None else (form.temperature.celsius, form.temperature.method)
        if told != (last.celsius, last.method):
            raise TemperaturesDifferError
