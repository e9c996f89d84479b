"""What the post's own records say of people on board: who is at special risk, who was exposed to the same source."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from poe_health.referrals.people.identity import PatientIdentity
from poe_health.rules.answer import Answer
from poe_health.rules.conditions import HadExposure
from poe_health.rules.definitions import Disease
from poe_health.rules.evaluate import leaves
from poe_health.voyages.aboard import Screened
from poe_health.voyages.people import Aboard

_A_YEAR = timedelta(days=365)


def exposures_of(disease: Disease | None) -> frozenset[str]:
    """Return the exposures that the rules of a disease ask for."""
    if disease is None:
        return frozenset()
    rules = (disease.suspect, disease.poe_alert)
    return frozenset(leaf.code for rule in rules for leaf in leaves(rule) if isinstance(leaf, HadExposure))


def with_answers(person: Aboard, screened: Iterable[Screened], exposed: frozenset[str], day: date) -> Aboard:
    """Return the person with what is known on ``day``. Nothing here says no: of weak immunity nobody was asked."""
    own = [one.content.clinical for one in screened if one.view.id in person.screening_ids]
    answers = [one for one in own if one is not None]
    pregnant = any(one.secondary is not None and one.secondary.pregnant is Answer.YES for one in answers)
    ages = [one.form.age for one in answers if one.form.age is not None]
    infant = _is_infant(person.who, day) or any(age.under <= 1 for age in ages)
    source = any(
        one.form.exposures[code].answer is Answer.YES for one in answers for code in exposed & set(one.form.exposures)
    )
    return replace(
        person,
        at_risk=Answer.YES if pregnant or infant else person.at_risk,
        same_source=Answer.YES if source else person.same_source,
    )


def _is_infant(who: PatientIdentity | None, day: date) -> bool:
    if who is None:
        return False
    born = who.birth_date
    return who.age_years == 0 or (born is not None and day - _A_YEAR < born <= day)
