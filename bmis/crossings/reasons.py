"""Why a person may be refused entry or prevented from leaving: dated data, two separate lists."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from bmis.crossings.decision import Decision, Direction
from bmis.crossings.errors import CrossingRuleError
from bmis.crossings.rules import table

_FILE = "refusal_reasons.toml"


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason with its labels, its legal basis and where it was taken from."""

    code: str
    direction: Direction
    pt: str
    en: str
    basis: str
    source: str
    valid_from: date
    valid_to: date | None
    text_required: bool

    def label(self, language: str) -> str:
        """Return its label in ``language`` (pt or en)."""
        return self.en if language == "en" else self.pt


def reasons(direction: Direction, on: date) -> tuple[Reason, ...]:
    """Return the reasons in force for a direction on a day, in order.

    Raises:
        CrossingRuleError: the table is missing or damaged.
    """
    return tuple(
        reason
        for reason in _all()
        if reason.direction is direction and reason.valid_from <= on <= (reason.valid_to or date.max)
    )


def reasons_for(decision: Decision, on: date) -> tuple[Reason, ...]:
    """Return the reasons that a decision can have; empty for one that stops nobody."""
    direction = {Decision.REFUSED_ENTRY: Direction.ENTRY, Decision.EXIT_PREVENTED: Direction.EXIT}.get(decision)
    return reasons(direction, on) if direction else ()


def reason(code: str) -> Reason | None:
    """Return the reason with this code, the newest wording, whatever the day (old records keep theirs)."""
    return max((known for known in _all() if known.code == code), key=lambda known: known.valid_from, default=None)


@cache
def _all() -> tuple[Reason, ...]:
    try:
        return tuple(
            Reason(
                str(entry["code"]),
                Direction(entry["direction"]),
                str(entry["pt"]),
                str(entry["en"]),
                str(entry["basis"]),
                str(entry["source"]),
                entry["valid_from"],
                entry.get("valid_to"),
                bool(entry["text_required"]),
            )
            for entry in table("rules", _FILE)["reason"]
        )
    except (KeyError, TypeError, ValueError) as error:
        raise CrossingRuleError(file=_FILE) from error
