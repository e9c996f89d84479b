"""The decision instrument of Annex 2 in three values: it advises the national focal point, who decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from poe_health.events.errors import FocalPointDecidesError, SignalFieldError, SignalReasonError
from poe_health.events.settings import always_notified, questions
from poe_health.rules.answer import Answer, either

NOTIFY_FROM = 2  # any two of the four
SHORTEST_REASON = 10  # characters


class Advice(StrEnum):
    """What the answers advise."""

    NOTIFY = "notify"
    NOT_NOW = "not_now"  # with the answers of today; asked again when more is known
    NEEDS_INFO = "needs_info"


class Basis(StrEnum):
    """On what the advice rests."""

    ALWAYS_NOTIFIED = "always_notified"  # the left box: one case is enough
    QUESTIONS = "questions"


def _no_answers() -> Mapping[str, Answer]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Annex2Sheet:
    """The answers to the questions (Q1 to Q4) and their parts (Q1A …); what is not here is unknown.

    ``disease`` is the suspected one, if any; ``as_named`` whether it is what the left box names (wild poliovirus, a
    new subtype, SARS and not MERS): often a laboratory's answer, so unknown at first.
    """

    answers: Mapping[str, Answer] = field(default_factory=_no_answers)
    disease: str | None = None
    as_named: Answer = Answer.UNKNOWN

    def __post_init__(self) -> None:
        """Refuse codes that are no question.

        Raises:
            SignalFieldError: one is not.
        """
        known = {code for one in questions().values() for code in (one.code, *(part.code for part in one.parts))}
        for code in self.answers:
            if code not in known:
                raise SignalFieldError("annex2", code)

    def answer(self, code: str) -> Answer:
        """Return the answer to a question: the one given to it, else what its parts say (one yes is yes)."""
        said = self.answers.get(code)
        if said is not None and said is not Answer.UNKNOWN:
            return said
        return either(self.answers.get(part.code, Answer.UNKNOWN) for part in questions()[code].parts)


@dataclass(frozen=True, slots=True)
class Advised:
    """The advice with the answers it was made of. ``ask``: the questions whose answer can still change it."""

    advice: Advice
    basis: Basis
    answers: Mapping[str, Answer]
    ask: tuple[str, ...]


def advise(sheet: Annex2Sheet) -> Advised:
    """Return what the sheet advises. An unknown answer never counts as no (IHR Annex 2).

    Notify when two are yes, or the disease is as the left box names it; not now when two can no longer be yes and it
    certainly is not such a disease; else more must be known.
    """
    answers = MappingProxyType({code: sheet.answer(code) for code in questions()})
    boxed = sheet.as_named if sheet.disease in always_notified() else Answer.NO
    if boxed is Answer.YES:
        return Advised(Advice.NOTIFY, Basis.ALWAYS_NOTIFIED, answers, ())
    yes = sum(one is Answer.YES for one in answers.values())
    unknown = tuple(code for code, one in answers.items() if one is Answer.UNKNOWN)
    if yes >= NOTIFY_FROM:
        return Advised(Advice.NOTIFY, Basis.QUESTIONS, answers, ())
    can_reach = yes + len(unknown) >= NOTIFY_FROM
    ask = ("AS_NAMED",) if boxed is Answer.UNKNOWN else ()
    if can_reach or ask:
        return Advised(Advice.NEEDS_INFO, Basis.QUESTIONS, answers, (*ask, *(unknown if can_reach else ())))
    return Advised(Advice.NOT_NOW, Basis.QUESTIONS, answers, ())


class FocalPointChoice(StrEnum):
    """What the national focal point decided."""

    NOTIFY_WHO = "notify_who"
    CONSULT_WHO = "consult_who"  # art. 8
    NOT_NOW = "not_now"


@dataclass(frozen=True, slots=True)
class FocalPointDecision:
    """The decision as it was told to the post by ``told_by``; ``reason`` where it departs from the advice."""

    choice: FocalPointChoice
    at: datetime
    told_by: str
    reason: str = ""


def decided(
    advised: Advised, choice: FocalPointChoice, *, at: datetime, told_by: str, by_focal_point: bool, reason: str = ""
) -> FocalPointDecision:
    """Return the decision to keep.

    Raises:
        FocalPointDecidesError: it is not the national focal point's, or says not by whom it was told.
        SignalReasonError: it departs from an advice to notify without a reason.
    """
    if not by_focal_point or not told_by.strip():
        raise FocalPointDecidesError
    departs = advised.advice is Advice.NOTIFY and choice is FocalPointChoice.NOT_NOW
    if departs and len(reason.strip()) < SHORTEST_REASON:
        raise SignalReasonError(SHORTEST_REASON)
    return FocalPointDecision(choice, at, told_by.strip(), reason.strip())
