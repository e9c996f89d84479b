"""Yes, no and unknown (Kleene's strong three-valued logic): an unknown part never counts as no."""

from collections.abc import Iterable
from enum import StrEnum


class Answer(StrEnum):
    """What is known of a question."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def answer_of(known: bool | None) -> Answer:
    """Return yes or no for what is known, unknown for None."""
    if known is None:
        return Answer.UNKNOWN
    return Answer.YES if known else Answer.NO


def both(answers: Iterable[Answer]) -> Answer:
    """Return no when one is no, yes when all are yes (of none: yes), else unknown."""
    result = Answer.YES
    for each in answers:
        if each is Answer.NO:
            return Answer.NO
        if each is Answer.UNKNOWN:
            result = Answer.UNKNOWN
    return result


def either(answers: Iterable[Answer]) -> Answer:
    """Return yes when one is yes, no when all are no (of none: no), else unknown."""
    result = Answer.NO
    for each in answers:
        if each is Answer.YES:
            return Answer.YES
        if each is Answer.UNKNOWN:
            result = Answer.UNKNOWN
    return result


def reverse(answer: Answer) -> Answer:
    """Return no for yes, yes for no; unknown stays unknown."""
    if answer is Answer.UNKNOWN:
        return answer
    return Answer.NO if answer is Answer.YES else Answer.YES


def at_least(count: int, answers: Iterable[Answer]) -> Answer:
    """Return whether ``count`` of them are yes: yes or no as soon as the unknown ones cannot change it."""
    yes = possible = 0
    for each in answers:
        yes += each is Answer.YES
        possible += each is not Answer.NO
    if yes >= count:
        return Answer.YES
    return Answer.UNKNOWN if possible >= count else Answer.NO
