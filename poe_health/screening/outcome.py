"""What a screening proposes: the result, what to do at once, what immigration may know, and by which rules."""

from dataclasses import dataclass

from bmis.kernel.clearance import ClearanceOutcome
from poe_health.lists import ListVersion
from poe_health.rules.judge import Judgement


@dataclass(frozen=True, slots=True)
class Outcome:
    """A proposal, never a decision. Every tuple of codes is in the order in which it is shown.

    ``disposition`` is a primary result for primary, a disposition for secondary; None: too little is known to
    propose one. ``signals`` are red flags that open a signal. ``areas`` are the diseases whose affected areas the
    journey certainly touched. ``clearance`` is what immigration would see. ``rules_digest`` names the rule set.
    """

    judgement: Judgement
    actions: tuple[str, ...]
    signals: tuple[str, ...]
    areas: tuple[str, ...]
    disposition: str | None
    clearance: ClearanceOutcome
    retake_temperature: bool
    lists_missing: tuple[str, ...]
    list_version: str | None
    rules_digest: str
    rule_versions: tuple[ListVersion, ...]
