"""What to ask next: the open questions that could soonest make a dangerous rule hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from poe_health.codes import symptoms
from poe_health.rules.answer import Answer, at_least, both, either, reverse
from poe_health.rules.conditions import All, AnyOf, AtLeast, Condition, Facts, NoneOf
from poe_health.rules.evaluate import answer, question

MOST = 5
_UNIT = 3600  # so that a share of it stays a whole number


@dataclass(frozen=True, slots=True)
class OpenRule:
    """A rule that is neither yes nor no. ``priority`` 1 to 3; ``weight`` tells red flags from alerts.

    ``steps`` has each question that could help, with the least number of answers, itself among them, that must fall
    in place for the rule to hold.
    """

    priority: int
    weight: int
    steps: Mapping[str, int]


class _Way(NamedTuple):
    """What is known of a condition; when open, the least ``steps`` to settle it, and with each question among them."""

    answer: Answer
    steps: int
    through: Mapping[str, int]


def open_rule(condition: Condition, facts: Facts, priority: int, weight: int) -> OpenRule | None:
    """Return the rule with its open questions; None where it is settled."""
    way = _way(condition, facts, True)
    return OpenRule(priority, weight, way.through) if way.answer is Answer.UNKNOWN else None


def open_questions(rules: Iterable[OpenRule]) -> tuple[str, ...]:
    """Return every question that could still help to settle one of the rules, each once, in order."""
    return tuple(dict.fromkeys(code for rule in rules for code in rule.steps))


def next_questions(rules: Sequence[OpenRule], most: int = MOST) -> tuple[str, ...]:
    """Return the questions to ask next, the most dangerous first.

    Those that bear on a rule of priority 1 come before all that only bear on lesser ones. Among them comes first the
    one that most rules wait for; a rule that one more answer would settle counts most, and a rule that an earlier
    question of the list asks for already counts half. What is seen rather than asked (a death) comes when nothing
    else is left. It is an order, not a measure, and is never shown as one.
    """
    asked = [0] * len(rules)
    codes = open_questions(rules)
    chosen: list[str] = []
    while len(chosen) < min(most, len(codes)):
        left = [code for code in codes if code not in chosen]
        left = [code for code in left if not _is_seen(code)] or left
        worth = {code: [0, 0, 0] for code in left}
        for rule, times in zip(rules, asked, strict=True):
            for code, steps in rule.steps.items():
                if code in worth:
                    worth[code][rule.priority - 1] += (rule.weight * _UNIT // (steps * steps)) >> times
        best = max(left, key=lambda code: worth[code])  # equals: in the order of the rules
        chosen.append(best)
        for place, rule in enumerate(rules):
            asked[place] += best in rule.steps
    return tuple(chosen)


def _is_seen(code: str) -> bool:
    symptom = symptoms().get(code)
    return symptom is not None and symptom.seen


def _way(condition: Condition, facts: Facts, want: bool) -> _Way:
    """Return what is known of the condition and, when it is open, how it could become yes (``want``) or no."""
    match condition:
        case All(parts):
            ways = [_way(part, facts, want) for part in parts]
            return _joined(both(way.answer for way in ways), ways, None if want else 1)
        case AnyOf(parts):
            ways = [_way(part, facts, want) for part in parts]
            return _joined(either(way.answer for way in ways), ways, 1 if want else None)
        case NoneOf(parts):
            ways = [_way(part, facts, not want) for part in parts]
            return _joined(reverse(either(way.answer for way in ways)), ways, None if want else 1)
        case AtLeast(count, parts):
            ways = [_way(part, facts, want) for part in parts]
            answers = [way.answer for way in ways]
            needed = count - answers.count(Answer.YES)
            if not want:
                needed = len(parts) - count + 1 - answers.count(Answer.NO)
            return _joined(at_least(count, answers), ways, needed)
        case _:
            known = answer(condition, facts)
            code = question(condition, facts) if known is Answer.UNKNOWN else None
            return _Way(known, 1, {code: 1} if code else {})


def _joined(known: Answer, ways: Sequence[_Way], needed: int | None) -> _Way:
    """Return the way in which ``needed`` of the open ways are gone (None: all of them)."""
    if known is not Answer.UNKNOWN:
        return _Way(known, 0, {})
    open_ways = sorted((way for way in ways if way.answer is Answer.UNKNOWN), key=lambda way: way.steps)
    chosen = len(open_ways) if needed is None else needed
    steps = sum(way.steps for way in open_ways[:chosen])
    through: dict[str, int] = {}
    for place, way in enumerate(open_ways):
        rest = steps - (way.steps if place < chosen else open_ways[chosen - 1].steps)
        for code, own in way.through.items():
            through[code] = min(through.get(code, rest + own), rest + own)
    return _Way(known, steps, through)
