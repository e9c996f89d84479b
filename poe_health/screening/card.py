"""What the card of primary screening asks on a day: the questions follow the outbreaks, and so do the days."""

from dataclasses import dataclass
from datetime import date, timedelta

from poe_health.codes import ExposureKind, exposures, symptoms
from poe_health.rules.conditions import HadExposure, HasSymptom
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


@dataclass(frozen=True, slots=True)
class Card:
    """What primary screening asks everybody on a day. What staff see and nobody is asked (a death) is not on it.

    ``area``: whether to ask for a stay in an affected area in the last ``days``, beside the journey; ``contact``: for
    contact with an ill person, where no exposure of an outbreak asks it better.
    """

    symptoms: tuple[str, ...]
    exposures: tuple[str, ...]
    days: int
    area: bool
    contact: bool


def card_of(rules: RuleSet, context: HealthContext, today: date) -> Card:
    """Return the card of the day."""
    asked = tuple(code for code in card_symptoms(rules, context) if not symptoms()[code].seen)
    found: dict[str, None] = {}
    for code in sorted(context.active_outbreaks):
        disease = rules.diseases[code]
        for rule in (disease.poe_alert, disease.suspect):
            found |= {leaf.code: None for leaf in leaves(rule) if isinstance(leaf, HadExposure)}
    kinds = {ExposureKind.CONTACT, ExposureKind.RISK}
    exposed = tuple(code for code in found if exposures()[code].kind in kinds)
    days = asked_days(rules, context)
    since = today - timedelta(days=days)
    area = any((one.since or date.min) <= today and (one.until or date.max) >= since for one in context.affected or ())
    told = any(exposures()[code].kind is ExposureKind.CONTACT for code in exposed)
    return Card(asked, exposed, days, area, contact=not told and (area or bool(context.active_outbreaks)))


def _active(rules: RuleSet, context: HealthContext) -> list[str]:
    active = context.active_outbreaks | {area.disease for area in context.affected or ()}
    return [code for code in rules.diseases if code in active]
