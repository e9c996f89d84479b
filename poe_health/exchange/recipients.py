"""Who may be given facts about single people: a dated list, compared as people write."""

import re
import unicodedata
from functools import cache

from poe_health.exchange.mapping import own_words

_WORD = re.compile(r"[^\W_]+")


def is_health_service(untrusted_recipient: str) -> bool:
    """Return whether the recipient is a health service of the list, and no word of it names somebody who is not.

    Raises:
        HealthListError: the list is damaged.
    """
    words = _folded(untrusted_recipient)
    if any(_within(words, never) for never in _listed("never")):
        return False
    return any(words[: len(known)] == known for known in _listed("health"))


@cache
def _listed(name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(_folded(one) for one in own_words("recipients").several(name))


def _folded(text: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return tuple(_WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign))))


def _within(words: tuple[str, ...], known: tuple[str, ...]) -> bool:
    return any(words[n : n + len(known)] == known for n in range(len(words) - len(known) + 1))
