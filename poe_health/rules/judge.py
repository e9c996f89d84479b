"""What all rules say of a traveller, by code. Nothing here decides: proposals are made of it in screening."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from poe_health.rules.answer import Answer
from poe_health.rules.conditions import Facts
from poe_health.rules.definitions import RuleSet
from poe_health.rules.evaluate import evaluate, grounds
from poe_health.rules.questions import OpenRule, next_questions, open_questions, open_rule

_RED_FLAG, _SUSPECT, _ALERT = 4, 2, 1  # how much an open rule of the same priority counts in the order of questions


@dataclass(frozen=True, slots=True)
class Judgement:
    """Which rules hold, which cannot be told yet, and why. Every tuple is in the order of risk.

    ``because`` has for each red flag and suspect the answers that made it; ``missing`` every answer that could still
    settle an open rule; ``needs`` the next few of them to ask.
    """

    red_flags: tuple[str, ...]
    suspected: tuple[str, ...]
    alerts: tuple[str, ...]
    open_red_flags: tuple[str, ...]
    undecided: tuple[str, ...]
    because: Mapping[str, tuple[str, ...]]
    missing: tuple[str, ...]
    needs: tuple[str, ...]


def judge(rules: RuleSet, facts: Facts) -> Judgement:
    """Return what the rules say of the facts: the same facts and rules give the same judgement."""
    flags = {flag.code: evaluate(flag.rule, facts) for flag in rules.red_flags}
    suspects = {code: evaluate(each.suspect, facts) for code, each in rules.diseases.items()}
    alerts = {code: evaluate(each.poe_alert, facts) for code, each in rules.diseases.items()}
    still_open = [rule for rule in _still_open(rules, facts, flags, suspects, alerts) if rule is not None]
    because = {f.code: grounds(f.rule, facts) for f in rules.red_flags if flags[f.code] is Answer.YES}
    because |= {d.code: grounds(d.suspect, facts) for d in rules.diseases.values() if suspects[d.code] is Answer.YES}
    return Judgement(
        red_flags=_that_are(Answer.YES, flags),
        suspected=_that_are(Answer.YES, suspects),
        alerts=_that_are(Answer.YES, alerts),
        open_red_flags=_that_are(Answer.UNKNOWN, flags),
        undecided=_that_are(Answer.UNKNOWN, suspects),
        because=because,
        missing=open_questions(still_open),
        needs=next_questions(still_open),
    )


def _still_open(
    rules: RuleSet,
    facts: Facts,
    flags: Mapping[str, Answer],
    suspects: Mapping[str, Answer],
    alerts: Mapping[str, Answer],
) -> Iterator[OpenRule | None]:
    for flag in rules.red_flags:
        if flags[flag.code] is Answer.UNKNOWN:
            yield open_rule(flag.rule, facts, flag.priority, _RED_FLAG)
    for disease in rules.diseases.values():
        if suspects[disease.code] is Answer.UNKNOWN:
            yield open_rule(disease.suspect, facts, disease.priority, _SUSPECT)
        if alerts[disease.code] is Answer.UNKNOWN:
            yield open_rule(disease.poe_alert, facts, disease.priority, _ALERT)


def _that_are(answer: Answer, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    return tuple(code for code, each in answers.items() if each is answer)
