"""Deaths, births and mortal remains; animals and meat: port health notes them and refers them to who decides."""

from dataclasses import dataclass
from datetime import datetime

from bmis.kernel.clock import local
from poe_health.rules.answer import Answer
from poe_health.voyages.errors import VoyageCodeError, VoyageFieldError
from poe_health.voyages.settings import referrals


@dataclass(frozen=True, slots=True)
class ReferralNote:
    """What was noticed. ``cause_known``: of a death; ``number``: animals or pieces, None: not counted. No name."""

    what: str
    at: datetime
    by: str
    where: str
    direction: str | None = None
    number: int | None = None
    cause_known: Answer = Answer.UNKNOWN
    papers_seen: Answer = Answer.UNKNOWN

    def __post_init__(self) -> None:
        """Refuse what is in no list, a place that is not said, a number below one.

        Raises:
            VoyageCodeError, VoyageFieldError.
        """
        if self.what not in referrals(local(self.at).date()):
            raise VoyageCodeError("referral", self.what)
        if not self.where.strip():
            raise VoyageFieldError("where")
        if self.number is not None and self.number < 1:
            raise VoyageFieldError("number")


@dataclass(frozen=True, slots=True)
class Referred:
    """To whom it goes, by the rule of ``rule_from``; ``signal``: the kind of signal that should be opened."""

    to: str
    also: tuple[str, ...]
    signal: str | None
    rule_from: str


def referred(note: ReferralNote) -> Referred:
    """Return who decides. A death opens a signal unless its cause is known; unknown is not known."""
    rule = referrals(local(note.at).date())[note.what]
    explained = note.what == "DEATH_AT_POST" and note.cause_known is Answer.YES
    return Referred(rule.to, rule.also, None if explained else rule.signal, rule.valid_from.isoformat())
