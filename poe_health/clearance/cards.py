"""The cards in the drawer: what was signed, handed out, spoiled, and how many are left. Codes and numbers, nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clearance import ClearanceOutcome
from bmis.kernel.clearance_card import card_mark
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from bmis.store.clearance_cards import write_off_cards
from bmis.store.home import Home
from bmis.store.unit import OpenUnit
from poe_health.clearance.errors import CardRefusedError
from poe_health.clearance.issuing import MOST_CARDS
from poe_health.clearance.records import Issued, IssueKind, SqlClearances

LISTED_FOR = timedelta(days=7)  # cards count for a day; the week shows where they went


class Spoiled(StrEnum):
    """Why a card is not handed out any more."""

    DAMAGED = "DAMAGED"
    MISPRINTED = "MISPRINTED"
    LOST = "LOST"
    LEFT_OVER = "LEFT_OVER"  # destroyed at the end of the day


@dataclass(frozen=True, slots=True)
class Heap:
    """Cards that were signed together: numbers ``first`` to ``last``, all of one outcome."""

    outcome: ClearanceOutcome
    first: int
    last: int
    signed_at: datetime
    valid_until: datetime
    by: str
    signed: int
    given: int
    spoiled: int
    gone: int  # handed out, spoiled, or one after the other

    @property
    def left(self) -> int:
        """Return how many nobody handed out and nobody spoiled."""
        return self.signed - self.gone


@dataclass(frozen=True, slots=True)
class ListCards:
    """Answers what lies in the drawer."""

    open_read: OpenUnit
    home: Home
    now: Clock

    def __call__(self, by: Actor) -> tuple[Heap, ...]:
        """Return the heaps of the last week, the newest first.

        Raises:
            NotAllowedError: the role does not screen.
        """
        require(by, Permission.SCREEN_HEALTH)
        with self.open_read() as unit:
            store, since = SqlClearances(unit), self.now() - LISTED_FOR
            signed = store.signed_since(since, self.home.post_code)
            given, spoiled = (store.refs_of(kind, since) for kind in (IssueKind.CARD_GIVEN, IssueKind.CARD_SPOILED))
        heaps: dict[tuple[object, ...], list[Issued]] = {}
        for one in signed:
            said = one.clearance
            heaps.setdefault((said.outcome, said.issued_at, one.by), []).append(one)
        found = [_heap(cards, given, spoiled) for cards in heaps.values()]
        return tuple(sorted(found, key=lambda heap: -heap.first))

    def unused(self, first: int, last: int, by: Actor) -> tuple[Issued, ...]:
        """Return the cards of these numbers that are still in the drawer, to print them once more.

        Raises:
            NotAllowedError: the role does not sign cards. CardRefusedError: none of them is left.
        """
        require(by, Permission.ORDER_HEALTH_MEASURE)
        with self.open_read() as unit:
            store, since = SqlClearances(unit), self.now() - LISTED_FOR
            gone = store.refs_of(IssueKind.CARD_GIVEN, since) | store.refs_of(IssueKind.CARD_SPOILED, since)
            signed = store.signed_since(since, self.home.post_code)
        at = self.now()
        wanted = (one for one in signed if first <= (one.clearance.card or 0) <= last)
        found = tuple(one for one in wanted if one.clearance.ref not in gone)
        if not found:
            raise CardRefusedError(why="used")
        if any(at >= one.clearance.valid_until for one in found):
            raise CardRefusedError(why="expired")
        return found


@dataclass(frozen=True, slots=True)
class SpoilCards:
    """Writes down that cards were spoiled, lost or destroyed: they are handed out to nobody any more.

    The lane of this home takes neither their number and letters nor their code any more. A lane with another home
    knows nothing of it until the file of the cards is brought there: a lost card is told to it by word. No number
    comes again.
    """

    open_unit: OpenUnit
    home: Home
    now: Clock

    def __call__(self, first: int, last: int, why: Spoiled, by: Actor) -> int:
        """Return how many cards these were: all of those numbers, or nothing is kept.

        Raises:
            NotAllowedError: the role does not screen.
            CardRefusedError: no such numbers, or one that was spoiled before, or handed out (unless it is lost).
            ClearanceCardsError, StoreReadOnlyError, StoreFullError: the home's file for the lane; nothing was kept.
        """
        require(by, Permission.SCREEN_HEALTH)
        if not 1 <= first <= last or last - first >= MOST_CARDS:
            raise CardRefusedError(why="count")
        at = self.now()
        with self.open_unit() as unit:
            store = SqlClearances(unit)
            events = []
            for number in range(first, last + 1):
                found = store.card(number, self.home.post_code)
                if found is None:
                    raise CardRefusedError(why="unknown")
                clearance, text, given = found
                if given and why is not Spoiled.LOST:
                    raise CardRefusedError(why="used")
                if store.happened(clearance.ref, IssueKind.CARD_SPOILED):
                    raise CardRefusedError(why="spoiled")
                events.append(Issued(new_id(at), IssueKind.CARD_SPOILED, clearance, text, None, by.name, why.value))
            store.add(events)
            marks = {card_mark(one.clearance): one.clearance.valid_until for one in events}
            write_off_cards(self.home, range(first, last + 1), marks, at)
            unit.commit()
        return len(events)


def _heap(cards: Sequence[Issued], given: frozenset[str], spoiled: frozenset[str]) -> Heap:
    numbers = sorted(one.clearance.card or 0 for one in cards)
    one, refs = cards[0].clearance, {card.clearance.ref for card in cards}
    return Heap(
        one.outcome,
        numbers[0],
        numbers[-1],
        one.issued_at,
        one.valid_until,
        cards[0].by,
        len(cards),
        len(refs & given),
        len(refs & spoiled),
        len(refs & (given | spoiled)),
    )
