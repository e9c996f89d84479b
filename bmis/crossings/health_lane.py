"""What the lane knows of the health step: in this process's memory alone, until the crossing is kept or given up.

Stored with the crossing is only that the step is done or not done. Used references are kept as hashes, without a
crossing and without an outcome, until they expire: a token counts for one crossing.
"""

import hashlib
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from uuid import UUID

from bmis.crossings.crossing import Crossing
from bmis.crossings.decision import LETS_THROUGH
from bmis.crossings.records.clearances import SqlUsedClearances
from bmis.kernel.clearance import Clearance, ClearanceOutcome
from bmis.kernel.clearance_card import SealedCard, card_mark, open_card, typed_card
from bmis.kernel.clearance_token import ClearanceKey, ClearanceRefusedError, TokenFault, read_token
from bmis.kernel.clock import Clock
from bmis.posts.post_setting import HealthOrder
from bmis.store.unit import OpenUnit, UnitOfWork

MOST_SHOWN = 8  # travellers whose drafts are open at one lane; the oldest code is forgotten first
REMEMBERED = timedelta(days=46)  # longer than any token counts, and the same for all: it must not tell the code


@dataclass(frozen=True, slots=True)
class Shown:
    """What a traveller showed: a clearance that counts, or why the text does not."""

    clearance: Clearance | None
    fault: TokenFault | None

    @property
    def outcome(self) -> ClearanceOutcome | None:
        """Return the code, for the officer's eyes only."""
        return None if self.clearance is None else self.clearance.outcome


class HealthLane:
    """The health step of one lane. ``keys`` are those of the home; ``order`` is what the post says today."""

    def __init__(
        self,
        open_read: OpenUnit,
        keys: Callable[[], tuple[ClearanceKey, ...]],
        order: Callable[[], HealthOrder | None],
        post_code: str,
        now: Clock,
        cards: Callable[[], tuple[SealedCard, ...]] = tuple,
        written_off: Callable[[], Container[str]] = tuple,
    ) -> None:
        self._open_read, self._keys, self.order = open_read, keys, order
        self._post_code, self._now, self._cards, self._written_off = post_code, now, cards, written_off
        self._shown: dict[UUID, Shown] = {}
        self._last_kept: tuple[UUID, str] | None = None  # a crossing's request and the mark of its token: no code
        self._lock = Lock()

    def present(self, request_id: UUID, untrusted_text: str) -> Shown:
        """Return what the traveller of the request showed, and remember it.

        Raises:
            ClearanceKeysError, ClearanceCardsError: the keys or the cards of the home cannot be read.
        """
        shown = self._read(untrusted_text)
        with self._lock:
            self._shown.pop(request_id, None)
            self._shown[request_id] = shown
            while len(self._shown) > MOST_SHOWN:
                del self._shown[next(iter(self._shown))]
        return shown

    def present_card(self, request_id: UUID, untrusted_text: str) -> Shown:
        """Return what the card says whose number and letters were typed, and remember it.

        Raises:
            CardLettersError, CardUnknownError: nothing was shown. ClearanceCardsError, ClearanceKeysError: the home's.
        """
        number, letters = typed_card(untrusted_text)
        return self.present(request_id, open_card(self._cards(), number, letters, self._post_code, self._now()))

    def shown(self, request_id: UUID) -> Shown | None:
        """Return what the traveller showed; None: nothing ("sem senha")."""
        with self._lock:
            return self._shown.get(request_id)

    def forget(self, request_id: UUID) -> None:
        """Forget what the traveller showed."""
        with self._lock:
            self._shown.pop(request_id, None)

    def is_used(self, clearance: Clearance) -> bool:
        """Return whether somebody has crossed with it."""
        with self._open_read() as unit:
            return SqlUsedClearances(unit).has(fingerprint(clearance))

    def keep(self, unit: UnitOfWork, crossing: Crossing) -> None:
        """Mark the token as used in the unit of the crossing, if it lets through; the code itself goes nowhere.

        Raises:
            ClearanceRefusedError: somebody crossed with it in the meantime.
        """
        shown = self.shown(crossing.request.request_id)
        if shown is None or shown.clearance is None or crossing.decision not in LETS_THROUGH:
            return
        used = SqlUsedClearances(unit)
        mark = fingerprint(shown.clearance)
        used.drop_expired(self._now())
        if used.has(mark):
            raise ClearanceRefusedError(TokenFault.USED)
        used.add(mark, self._now() + REMEMBERED)
        self._last_kept = (crossing.request.request_id, mark)

    def give_back(self, unit: UnitOfWork, crossing: Crossing) -> None:
        """Let the token of a crossing that is taken back count again: the traveller shows it anew.

        Only for the last one of this session; nothing that is stored tells which token a crossing had.
        """
        if self._last_kept is not None and self._last_kept[0] == crossing.request.request_id:
            SqlUsedClearances(unit).drop(self._last_kept[1])
            self._last_kept = None

    def _read(self, untrusted_text: str) -> Shown:
        try:
            clearance = read_token(untrusted_text, self._keys(), self._post_code, self._now())
        except ClearanceRefusedError as error:
            return Shown(None, error.why)
        if clearance.card is not None and card_mark(clearance) in self._written_off():
            return Shown(None, TokenFault.WRITTEN_OFF)
        return Shown(None, TokenFault.USED) if self.is_used(clearance) else Shown(clearance, None)


def fingerprint(clearance: Clearance) -> str:
    """Return the hash of the reference: eighty random bits, which nobody guesses."""
    return hashlib.sha256(b"bmis clearance used|" + bytes.fromhex(clearance.ref)).hexdigest()
