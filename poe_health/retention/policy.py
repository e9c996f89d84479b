"""The dated rules of retention."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from poe_health.codes import choices
from poe_health.lists import ListVersion, bundled
from poe_health.screening.errors import RetentionRuleError
from poe_health.screening.record import Kind
from poe_health.store.records.parts import CLINICAL, PERSON

VOYAGE, VOYAGE_CONTACTS, POST_EVENT = "voyage", "voyage_contacts", "post_event"
CERTIFICATE_CHECK = "certificate_check"
KINDS = frozenset({*(kind.value for kind in Kind), VOYAGE, VOYAGE_CONTACTS, POST_EVENT, CERTIFICATE_CHECK})


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """What is taken from which records after how many days. ``dispositions`` empty: whatever became of them."""

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
    for rule in rules:
        known = rule.kinds <= KINDS and rule.dispositions <= set(choices("disposition"))
        if not known or not set(rule.parts) <= {CLINICAL, PERSON} or rule.days < 1 or not rule.parts:
            raise RetentionRuleError
    return rules, listed.version
