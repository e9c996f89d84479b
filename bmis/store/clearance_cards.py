"""The cards of port health that a home's lane can take by number: sealed, one file, only those that still count."""

import base64
import json
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import ClassVar

from bmis.kernel.clearance_card import SealedCard
from bmis.kernel.errors import SiteError
from bmis.store.home import Home, write_private

FILE = "clearance_cards.json"
_FORMAT = 1


class ClearanceCardsError(SiteError):
    """The file of the sealed cards of port health cannot be read."""

    code: ClassVar[str] = "BMIS-589"


def clearance_cards(home: Home) -> tuple[SealedCard, ...]:
    """Return the cards that the home knows; none where port health has signed none here and none were brought.

    Raises:
        ClearanceCardsError: the file is not ours.
    """
    try:
        text = (home.path / FILE).read_text("utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeError) as error:
        raise ClearanceCardsError from error
    return cards_of(text)


def cards_of(untrusted_text: str) -> tuple[SealedCard, ...]:
    """Return the cards of such a file's text.

    Raises:
        ClearanceCardsError: it is none.
    """
    try:
        said = json.loads(untrusted_text)
        if said["format"] != _FORMAT:
            raise ClearanceCardsError
        return tuple(_card(row) for row in said["cards"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ClearanceCardsError from error


def text_of_cards(cards: Iterable[SealedCard]) -> str:
    """Return the file's text."""
    rows = [
        {
            "number": card.number,
            "post": card.post_code,
            "until": card.valid_until.isoformat(),
            "salt": base64.b64encode(card.salt).decode(),
            "sealed": base64.b64encode(card.sealed).decode(),
        }
        for card in cards
    ]
    return json.dumps({"format": _FORMAT, "cards": rows}, indent=1)


def add_clearance_cards(home: Home, cards: Iterable[SealedCard], now: datetime) -> None:
    """Put the cards into the home's file; those whose time is over leave it, a number that comes again is replaced.

    Raises:
        ClearanceCardsError, StoreReadOnlyError, StoreFullError.
    """
    new = tuple(cards)
    numbers = {(card.number, card.post_code) for card in new}
    kept = (card for card in clearance_cards(home) if (card.number, card.post_code) not in numbers)
    write_private(home.path / FILE, text_of_cards((*(card for card in kept if now < card.valid_until), *new)))


def forget_clearance_cards(home: Home, numbers: Collection[int]) -> None:
    """Take cards out of the home's file: they were spoiled, and their number and letters open nothing any more.

    Raises:
        ClearanceCardsError, StoreReadOnlyError, StoreFullError.
    """
    before = clearance_cards(home)
    kept = tuple(card for card in before if card.number not in numbers or card.post_code != home.post_code)
    if kept != before:
        write_private(home.path / FILE, text_of_cards(kept))


def _card(row: dict[str, object]) -> SealedCard:
    until = datetime.fromisoformat(str(row["until"]))
    number = row["number"]
    if until.tzinfo is None or type(number) is not int or number < 1:
        raise ClearanceCardsError
    salt, sealed = (base64.b64decode(str(row[name]), validate=True) for name in ("salt", "sealed"))
    return SealedCard(number, str(row["post"]), until, salt, sealed)
