"""What the card of primary screening asks on a day: the questions follow the outbreaks, and so do the days."""

from poe_health.rules.conditions import HasSymptom
from poe_health.rules.definitions import RuleSet
from poe_health.rules.evaluate import leaves
from poe_health.screening.context import HealthContext
from poe_health.screening.journey import ASKED_DAYS
from poe_health.screening.policy import screening_policy


def card_symptoms(rules: RuleSet, context: HealthContext) -> tuple[str, ...]:
    """Return the symptoms to read out: those of every day, then the signs of the diseases with an outbreak."""
    found = dict.fromkeys(screening_policy().primary.card)
    for code in _active(rules, context):
        disease = rules.diseases[code]
        for rule in (disease.poe_alert, disease.suspect):
            found |= {leaf.code: None for leaf in leaves(rule) if isinstance(leaf, HasSymptom)}
    return tuple(found)


def asked_days(rules: RuleSet, context: HealthContext) -> int:
    """Return how many days back the journey is asked: the longest look-back of what is active, 21 where nothing is."""
    return max((rules.diseases[code].lookback_days for code in _active(rules, context)), default=ASKED_DAYS)


def _active(rules: RuleSet, context: HealthContext) -> list[str]:
    active = set(context.outbreaks or ()) | {area.disease for area in context.affected or ()}
    return [code for code in rules.diseases if code in active]
