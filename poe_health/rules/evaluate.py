"""What a condition says of a traveller: yes, no or unknown, and by which answers."""

from collections.abc import Iterator
from typing import assert_never

from poe_health.rules.answer import Answer, answer_of, at_least, both, either, reverse
from poe_health.rules.conditions import (
    AgeYears,
    All,
    AnyOf,
    AtLeast,
    Condition,
    Facts,
    Flag,
    HadExposure,
    HasSymptom,
    Leaf,
    NoneOf,
    SaidSo,
    TemperatureC,
    WasInAffectedArea,
)

TEMPERATURE, AGE, ITINERARY = "temperature_c", "age_years", "itinerary"
"""How questions that are no symptom and no exposure are called."""


def evaluate(condition: Condition, facts: Facts) -> Answer:
    """Return whether the condition holds, in Kleene's three-valued logic."""
    match condition:
        case All(parts):
            return both(evaluate(part, facts) for part in parts)
        case AnyOf(parts):
            return either(evaluate(part, facts) for part in parts)
        case NoneOf(parts):
            return reverse(either(evaluate(part, facts) for part in parts))
        case AtLeast(count, parts):
            return at_least(count, (evaluate(part, facts) for part in parts))
        case _:
            return answer(condition, facts)


def answer(leaf: Leaf, facts: Facts) -> Answer:
    """Return what is known of one question."""
    match leaf:
        case HasSymptom(code):
            return facts.symptom(code)
        case SaidSo(code):
            return facts.said_so(code)
        case HadExposure(code, within_days):
            return facts.exposure(code, within_days)
        case TemperatureC(lowest, below):
            measured = facts.temperature_c()
            return answer_of(None if measured is None else _within(measured, lowest, below))
        case AgeYears(lowest, below):
            return _age(facts.age_range(), lowest, below)
        case Flag(name):
            return facts.flag(name)
        case WasInAffectedArea(disease, lookback_days):
            return facts.in_affected_area(disease, lookback_days)
        case _:
            assert_never(leaf)


def question(leaf: Leaf, facts: Facts) -> str | None:
    """Return what to ask for the leaf; None where nobody at the desk can answer it."""
    match leaf:
        case HasSymptom(code) | SaidSo(code) | HadExposure(code):
            return code
        case TemperatureC():
            return TEMPERATURE
        case AgeYears():
            return AGE
        case WasInAffectedArea():
            return ITINERARY if facts.can_ask_itinerary() else None
        case Flag():
            return None
        case _:
            assert_never(leaf)


def grounds(condition: Condition, facts: Facts) -> tuple[str, ...]:
    """Return the answers that make the condition hold, each once, in the order of the rule; none where it does not.

    Codes of symptoms and exposures, ``temperature_c``, ``age_years``, ``AFFECTED.<disease>`` and flags. What counts
    because it is absent is not among them.
    """
    return tuple(dict.fromkeys(_grounds(condition, facts)))


def _grounds(condition: Condition, facts: Facts) -> Iterator[str]:
    if evaluate(condition, facts) is not Answer.YES:
        return
    match condition:
        case All(parts) | AnyOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from _grounds(part, facts)
        case NoneOf():
            return
        case _:
            yield named(condition)


def named(leaf: Leaf) -> str:
    """Return how an answer is called where it is shown or stored."""
    match leaf:
        case HasSymptom(code) | SaidSo(code) | HadExposure(code):
            return code
        case TemperatureC():
            return TEMPERATURE
        case AgeYears():
            return AGE
        case Flag(name):
            return name
        case WasInAffectedArea(disease):
            return f"AFFECTED.{disease}"
        case _:
            assert_never(leaf)


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Return every leaf of the condition, in order, repeated ones too."""
    match condition:
        case All(parts) | AnyOf(parts) | NoneOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from leaves(part)
        case _:
            yield condition


def _within(value: float, lowest: float | None, below: float | None) -> bool:
    return (lowest is None or value >= lowest) and (below is None or value < below)


def _age(known: tuple[float, float] | None, lowest: float | None, below: float | None) -> Answer:
    if known is None:
        return Answer.UNKNOWN
    least, under = known  # the age lies in [least, under)
    old_enough = Answer.YES if lowest is None or least >= lowest else Answer.UNKNOWN if under > lowest else Answer.NO
    young_enough = Answer.YES if below is None or under <= below else Answer.UNKNOWN if least < below else Answer.NO
    return both((old_enough, young_enough))
