"""The dated rules of keys and trust bundles."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from bmis.kernel.resources import resource
from bmis.trust.errors import TrustRuleError


@dataclass(frozen=True, slots=True)
class TrustRule:
    """How long keys sign, seals are provable and bundles count."""

    valid_from: date
    authority_for: timedelta
    signer_days: int
    longest_pass: timedelta
    fresh_for: timedelta
    largest_serial: int
    one_card: timedelta  # showings at two posts nearer in time than this are not of one card
    showings_kept: timedelta  # so long a showing elsewhere is looked at


def trust_rule(day: date) -> TrustRule:
    """Return the rule of that day; before the first block the first one holds, so that no desk is without.

    Raises:
        TrustRuleError: the file is missing or damaged.
    """
    rules = _rules()
    return next((rule for rule in reversed(rules) if rule.valid_from <= day), rules[0])


@cache
def _rules() -> tuple[TrustRule, ...]:
    try:
        said = tomllib.loads(resource("rules", "trust.toml").read_text("utf-8"))["rule"]
        rules = [
            TrustRule(
                each["valid_from"],
                timedelta(days=366 * int(each["authority_years"])),
                int(each["signer_days"]),
                timedelta(days=int(each["longest_pass_days"])),
                timedelta(days=int(each["fresh_days"])),
                int(each["largest_serial"]),
                timedelta(minutes=int(each["one_card_minutes"])),
                timedelta(days=int(each["showings_days"])),
            )
            for each in said
        ]
        rules.sort(key=lambda rule: rule.valid_from)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TrustRuleError from error
    if not rules or not all(map(_is_whole, rules)):
        raise TrustRuleError
    return tuple(rules)


def _is_whole(rule: TrustRule) -> bool:
    return rule.signer_days >= 1 and min(rule.fresh_for, rule.one_card, rule.showings_kept) > timedelta()
