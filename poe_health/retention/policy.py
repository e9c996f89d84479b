"""The dated rules of retention."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from poe_health.codes import choices
from poe_health.followup.monitoring import OPEN
from poe_health.followup.monitoring import State as Followed
from poe_health.lists import ListVersion, bundled
from poe_health.referrals.referral import OVER
from poe_health.screening.errors import RetentionRuleError
from poe_health.screening.record import Kind
from poe_health.store.records.parts import CLINICAL, PERSON

VOYAGE, VOYAGE_CONTACTS, POST_EVENT = "voyage", "voyage_contacts", "post_event"
CERTIFICATE_CHECK = "certificate_check"
DOSE, TRANSFER, MONITORING, CHOLERA_EXPRESS = "dose", "transfer", "monitoring", "cholera_express"
WHOLE = frozenset({TRANSFER, MONITORING})  # of these, words and people go together, once
KINDS = frozenset(
    {
        *(kind.value for kind in Kind),
        VOYAGE,
        VOYAGE_CONTACTS,
        POST_EVENT,
        CERTIFICATE_CHECK,
        DOSE,
        CHOLERA_EXPRESS,
        *WHOLE,
    }
)


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """What is taken from which records after how many days. ``dispositions`` empty: whatever became of them.

    Of transfers and followed people ``dispositions`` are the states in which they end.
    """

    code: str
    kinds: frozenset[str]
    dispositions: frozenset[str]
    parts: tuple[str, ...]
    days: int

    def fits(self, kind: str, disposition: str | None) -> bool:
        """Return whether a record is one of those; an open case has no disposition and fits no rule with some."""
        return kind in self.kinds and (not self.dispositions or disposition in self.dispositions)

    def before(self, today: date) -> date:
        """Return the day before which a record's time is over."""
        return today - timedelta(days=self.days)


@cache
def retention_rules() -> tuple[tuple[RetentionRule, ...], ListVersion]:
    """Return the rules in order and their version.

    Raises:
        RetentionRuleError: they cannot be used. HealthListError: the file is missing or damaged.
    """
    listed = bundled("health", "retention")
    try:
        rules = tuple(
            RetentionRule(
                str(row["code"]),
                frozenset(row["kinds"]),
                frozenset(row["dispositions"]),
                tuple(row["parts"]),
                int(row["days"]),
            )
            for row in listed.said["rule"]
        )
    except (KeyError, TypeError, ValueError) as error:
        raise RetentionRuleError from error
    ends = {*choices("disposition"), *(one.value for one in OVER), *(one.value for one in set(Followed) - OPEN)}
    for rule in rules:
        known = rule.kinds <= KINDS and rule.dispositions <= ends
        if rule.kinds & WHOLE and set(rule.parts) != {CLINICAL, PERSON}:
            raise RetentionRuleError
        if not known or not set(rule.parts) <= {CLINICAL, PERSON} or rule.days < 1 or not rule.parts:
            raise RetentionRuleError
    return rules, listed.version
