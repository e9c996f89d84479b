"""What a screening proposes, as ``resources/schemas/health-screen-out.json`` says."""

from typing import Any

from poe_health.rules.definitions import RuleSet
from poe_health.screening.form import ScreeningForm
from poe_health.screening.outcome import Outcome


def outcome_json(form: ScreeningForm, outcome: Outcome, rules: RuleSet) -> dict[str, Any]:
    """Return the outcome as JSON takes it; ``token`` is null: only a stored screening has one."""
    judgement = outcome.judgement
    return {
        "stage": form.stage.value,
        "day": form.today.isoformat(),
        "suspected": list(judgement.suspected),
        "alerts": list(judgement.alerts),
        "red_flags": list(judgement.red_flags),
        "signals": list(outcome.signals),
        "needs": list(judgement.needs),
        "actions": list(outcome.actions),
        "disposition": outcome.disposition,
        "clearance": outcome.clearance.value,
        "token": None,
        "undecided": list(judgement.undecided),
        "missing": list(judgement.missing),
        "because": {code: list(answers) for code, answers in judgement.because.items()},
        "areas": list(outcome.areas),
        "retake_temperature": outcome.retake_temperature,
        "lists_missing": list(outcome.lists_missing),
        "list_version": outcome.list_version,
        "status": rules.status,
        "rule_set": outcome.rules_digest,
        "rule_versions": {
            each.file: {"version": each.version, "valid_from": each.valid_from.isoformat(), "sha256": each.sha256}
            for each in outcome.rule_versions
        },
    }
