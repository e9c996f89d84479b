"""The cards of port health at a home's lane: those it takes by number, sealed, and those that were written off.

One file, with only what still counts. A card that was written off is a hash: it tells neither number nor code.
"""

import base64
import json
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import ClassVar

from bmis.kernel.clearance_card import SealedCard
from bmis.kernel.errors import SiteError
from bmis.store.home import Home, write_private

FILE = "clearance_cards.json"
_FORMAT = 1
_MARK = re.compile(r"[0-9a-f]{64}", re.ASCII)


class ClearanceCardsError(SiteError):
    """The file of the sealed cards of port health cannot be read."""

    code: ClassVar[str] = "BMIS-589"


def clearance_cards(home: Home) -> tuple[SealedCard, ...]:
    """Return the cards that the home knows; none where port health has signed none here and none were brought.

    Raises:
        ClearanceCardsError: the file is not ours.
    """
    text = _text(home)
    return () if text is None else cards_of(text)


def written_off_cards(home: Home) -> Mapping[str, datetime]:
    """Return the marks (``card_mark``) of the cards that port health wrote off, each with the end of its time.

    Raises:
        ClearanceCardsError: the file is not ours.
    """
    text = _text(home)
    return {} if text is None else marks_of(text)


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


def marks_of(untrusted_text: str) -> Mapping[str, datetime]:
    """Return the marks of the cards that such a file's text says were written off.

    Raises:
        ClearanceCardsError: it is none.
    """
    try:
        said = json.loads(untrusted_text)
        if said["format"] != _FORMAT:
            raise ClearanceCardsError
        found = {str(row["mark"]): datetime.fromisoformat(row["until"]) for row in said.get("written_off", [])}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ClearanceCardsError from error
    if any(_MARK.fullmatch(mark) is None or until.tzinfo is None for mark, until in found.items()):
        raise ClearanceCardsError
    return found


def text_of_cards(cards: Iterable[SealedCard], written_off: Mapping[str, datetime] | None = None) -> str:
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
    gone = [{"mark": mark, "until": until.isoformat()} for mark, until in sorted((written_off or {}).items())]
    return json.dumps({"format": _FORMAT, "cards": rows, "written_off": gone}, indent=1)


def add_clearance_cards(home: Home, cards: Iterable[SealedCard], now: datetime) -> None:
    """Put the cards into the home's file; those whose time is over leave it, a number that comes again is replaced.

    Raises:
        ClearanceCardsError, StoreReadOnlyError, StoreFullError.
    """
    new = tuple(cards)
    numbers = {(card.number, card.post_code) for card in new}
    kept = (card for card in clearance_cards(home) if (card.number, card.post_code) not in numbers)
    cards = (*(card for card in kept if now < card.valid_until), *new)
    write_private(home.path / FILE, text_of_cards(cards, _still(written_off_cards(home), now)))


def write_off_cards(home: Home, numbers: Collection[int], marks: Mapping[str, datetime], now: datetime) -> None:
    """Take cards out of the home's file, and keep their marks: number, letters and code open nothing any more.

    Raises:
        ClearanceCardsError, StoreReadOnlyError, StoreFullError.
    """
    kept = [card for card in clearance_cards(home) if card.number not in numbers or card.post_code != home.post_code]
    gone = _still({**written_off_cards(home), **marks}, now)
    write_private(home.path / FILE, text_of_cards(kept, gone))


def _still(marks: Mapping[str, datetime], now: datetime) -> dict[str, datetime]:
    return {mark: until for mark, until in marks.items() if now < until}


def _text(home: Home) -> str | None:
    try:
        return (home.path / FILE).read_text("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeError) as error:
        raise ClearanceCardsError from error


def _card(row: dict[str, object]) -> SealedCard:
    until = datetime.fromisoformat(str(row["until"]))
    number = row["number"]
    if until.tzinfo is None or type(number) is not int or number < 1:
        raise ClearanceCardsError
    salt, sealed = (base64.b64decode(str(row[name]), validate=True) for name in ("salt", "sealed"))
    return SealedCard(number, str(row["post"]), until, salt, sealed)
