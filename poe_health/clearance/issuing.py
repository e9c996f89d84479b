"""Signing tokens: one for each screened traveller, and cards signed beforehand for a crowd."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clearance import Clearance, ClearanceOutcome
from bmis.kernel.clearance_card import seal_card
from bmis.kernel.clearance_token import ClearanceKey, token_text
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from bmis.store.clearance_cards import add_clearance_cards
from bmis.store.clearance_keys import add_clearance_keys
from bmis.store.home import Home
from bmis.store.unit import OpenUnit, UnitOfWork
from poe_health.clearance.errors import CardRefusedError
from poe_health.clearance.policy import clearance_policy
from poe_health.clearance.records import Issued, IssueKind, SqlClearances
from poe_health.store.records.secret_keys import SqlSecrets

SIGNING = "clearance"
MOST_CARDS = 2000  # as many as a day's crowd; a stock for weeks would lie about
_REFERENCE_BYTES = 10


@dataclass(frozen=True, slots=True)
class ClearanceSigner:
    """Signs inside the unit of work of the record that it is about."""

    home: Home

    def issue(self, unit: UnitOfWork, outcome: ClearanceOutcome, record_id: UUID, by: str, at: datetime) -> str:
        """Return the text of a new token, kept with the record; nothing is committed here."""
        issued = self._signed(unit, IssueKind.TOKEN, outcome, by, at, record_id=record_id)
        SqlClearances(unit).add([issued])
        return issued.text

    def give_card(
        self, unit: UnitOfWork, number: int, outcome: ClearanceOutcome, record_id: UUID, by: str, at: datetime
    ) -> str:
        """Return the text of the card, which now belongs to the record.

        Raises:
            CardRefusedError: no such card, handed out or spoiled before, of an earlier day, or of another outcome.
        """
        found = SqlClearances(unit).card(number, self.home.post_code)
        if found is None:
            raise CardRefusedError(why="unknown")
        clearance, text, given = found
        if given:
            raise CardRefusedError(why="used")
        if SqlClearances(unit).happened(clearance.ref, IssueKind.CARD_SPOILED):
            raise CardRefusedError(why="spoiled")
        if at >= clearance.valid_until:
            raise CardRefusedError(why="expired")
        if clearance.outcome is not outcome:
            raise CardRefusedError(why="outcome")
        SqlClearances(unit).add([Issued(new_id(at), IssueKind.CARD_GIVEN, clearance, text, record_id, by)])
        return text

    def sign_cards(
        self, unit: UnitOfWork, outcome: ClearanceOutcome, count: int, by: str, at: datetime
    ) -> tuple[Issued, ...]:
        """Return new cards with the next numbers; nothing is committed here."""
        clearances = SqlClearances(unit)
        first = clearances.last_card() + 1
        cards = tuple(
            self._signed(unit, IssueKind.CARD_SIGNED, outcome, by, at, card=number)
            for number in range(first, first + count)
        )
        clearances.add(cards)
        return cards

    def _signed(
        self,
        unit: UnitOfWork,
        kind: IssueKind,
        outcome: ClearanceOutcome,
        by: str,
        at: datetime,
        *,
        record_id: UUID | None = None,
        card: int | None = None,
    ) -> Issued:
        policy = clearance_policy()
        issued_at = at.replace(microsecond=0)
        lasts = policy.valid_for[outcome] if card is None else policy.card_for
        reference = secrets.token_hex(_REFERENCE_BYTES)
        clearance = Clearance(1, reference, outcome, issued_at, issued_at + lasts, self.home.post_code, card)
        text = token_text(clearance, signing_key(unit, by, at))
        return Issued(new_id(at), kind, clearance, text, record_id, by)


def signing_key(unit: UnitOfWork, by: str, at: datetime) -> Ed25519PrivateKey:
    """Return the key that signs now; a new one where there is none or the newest has served its time."""
    kept = SqlSecrets(unit)
    newest = next(iter(kept.every(SIGNING)), None)
    if newest is None or at >= newest[0] + clearance_policy().key_for:
        return Ed25519PrivateKey.from_private_bytes(kept.make(SIGNING, at, by))
    return Ed25519PrivateKey.from_private_bytes(newest[1])


@dataclass(frozen=True, slots=True)
class ShareClearanceKeys:
    """Puts the public keys of port health into the home, for the lane. Called when somebody of health begins."""

    home: Home
    open_unit: OpenUnit
    now: Clock

    def __call__(self, by: Actor) -> tuple[ClearanceKey, ...]:
        """Return the public keys, the newest first.

        Raises:
            NotAllowedError: the role does not screen.
            ClearanceKeysError, StoreReadOnlyError, StoreFullError: the home's file.
        """
        require(by, Permission.SCREEN_HEALTH)
        with self.open_unit() as unit:
            signing_key(unit, by.name, self.now())
            secrets_kept = SqlSecrets(unit).every(SIGNING)
            unit.commit()
        keys = tuple(
            ClearanceKey(
                self.home.post_code, Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
            )
            for _, secret in secrets_kept
        )
        add_clearance_keys(self.home, keys)
        return keys


@dataclass(frozen=True, slots=True)
class SignCards:
    """Signs cards beforehand: their QR is printed, the number is all that is typed when one is handed out.

    Beside the number stand its letters (``card_letters``): with both the lane takes a card whose QR cannot be scanned.
    """

    open_unit: OpenUnit
    signer: ClearanceSigner
    now: Clock

    def __call__(self, outcome: ClearanceOutcome, count: int, by: Actor) -> Sequence[Issued]:
        """Return the cards with their numbers and texts; they count until the policy's hours are over.

        Raises:
            NotAllowedError: the role does not decide on orders. CardRefusedError: too many, or none.
            ClearanceCardsError, StoreReadOnlyError, StoreFullError: the home's file for the lane; nothing was signed.
        """
        require(by, Permission.ORDER_HEALTH_MEASURE)
        if not 1 <= count <= MOST_CARDS:
            raise CardRefusedError(why="count")
        with self.open_unit() as unit:
            cards = self.signer.sign_cards(unit, outcome, count, by.name, self.now())
            sealed = tuple(seal_card(card.clearance, card.text) for card in cards)
            add_clearance_cards(self.signer.home, sealed, self.now())
            unit.commit()
        return cards
