"""The use case behind every screening: form and context in, proposal out. It stores nothing and asks no clock."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from bmis.kernel.clearance import ClearanceOutcome
from poe_health.codes import actions, protections
from poe_health.rules.definitions import RuleSet, rule_set
from poe_health.rules.judge import judge
from poe_health.screening.context import HealthContext, check_context
from poe_health.screening.facts import FormFacts
from poe_health.screening.form import ScreeningForm, Stage
from poe_health.screening.outcome import Outcome
from poe_health.screening.policy import ScreeningPolicy, screening_policy
from poe_health.screening.primary import primary_result
from poe_health.screening.proposing import Case, well_contacts
from poe_health.screening.secondary import secondary_disposition, secondary_waits

DEFER = "EXIT_DEFER_TRAVEL"


@dataclass(frozen=True, slots=True)
class EvaluateScreening:
    """Evaluates every rule for one traveller. The same form, context and files give the same outcome."""

    rules_on: Callable[[date], RuleSet] = rule_set
    policy: Callable[[], ScreeningPolicy] = screening_policy

    def __call__(self, form: ScreeningForm, context: HealthContext) -> Outcome:
        """Return what is proposed.

        Raises:
            HealthCodeError, PeriodOrderError: the context has what no rule knows.
            HealthListError, CaseRuleError: a file of rules is missing or damaged.
        """
        rules, policy = self.rules_on(form.today), self.policy()
        check_context(context, rules)
        facts = FormFacts(form, context)
        case = Case(form, context, facts, rules, judge(rules, facts), policy)
        if form.stage is Stage.PRIMARY:
            disposition: str | None = primary_result(case)
        else:
            disposition = secondary_disposition(case)
        return Outcome(
            judgement=case.judgement,
            actions=_in_order(_actions(case, disposition)),
            signals=tuple(flag.code for flag in case.flags if flag.to == "EVENT"),
            areas=case.areas,
            disposition=disposition,
            clearance=_clearance(case, disposition),
            retake_temperature=form.temperature is not None and form.temperature.should_be_retaken,
            lists_missing=context.lists_missing,
            list_version=context.list_version,
            rules_digest=rules.digest,
            rule_versions=rules.versions,
        )


def _actions(case: Case, disposition: str | None) -> Iterable[str]:
    for flag in case.flags:
        yield from flag.actions
    for disease in case.suspects:
        yield from (code for code in disease.actions if code != DEFER or case.form.direction != "ENTRY")
    if case.form.stage is Stage.SECONDARY and any(well_contacts(case)):
        yield "FOLLOW_UP"
        if disposition == "TRAVEL_DEFERRED":
            yield DEFER
    if disposition in {"ADVISE", "ADVISED", "FOLLOW_UP"}:
        yield "HEALTH_ADVICE"


def _in_order(codes: Iterable[str]) -> tuple[str, ...]:
    wanted = set(codes)
    protecting = [code for code in protections() if code in wanted]
    wanted -= set(protecting[:-1])  # two levels in one list contradict each other: the highest holds
    return tuple(code for code in actions() if code in wanted)


def _clearance(case: Case, disposition: str | None) -> ClearanceOutcome:
    if disposition is None:
        return ClearanceOutcome.H_WAIT
    clearance = case.policy.outcome.clearance[disposition]
    if case.form.stage is Stage.SECONDARY and clearance is ClearanceOutcome.H_OK and secondary_waits(case):
        return ClearanceOutcome.H_WAIT  # something stricter cannot be excluded yet
    return clearance
