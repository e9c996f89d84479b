"""Port health next door, in the same home: signs tokens and cards as its desk does, and a table that a camera sees."""

import io
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import numpy as np
import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from lane_robot import START, reading_of
from PIL import Image

from bmis.capture.frame import Frame
from bmis.kernel.clearance import Clearance, ClearanceOutcome
from bmis.kernel.clearance_card import card_letters
from bmis.kernel.clearance_token import token_text
from bmis.staff.sign_in import SignIn
from bmis.store.border import BORDER
from bmis.store.home import Home
from poe_health.clearance.issuing import ClearanceSigner
from poe_health.store.health import HEALTH
from ui.compose_health import health_desk

HOUR = timedelta(hours=1)


class PortHealth:
    """Who screens before the lane."""

    def __init__(self, home: Path, clock) -> None:
        self.home, self.clock = Home.open(home), clock

    def at_work(self, user="health-supervisor"):
        return SignIn(self.home, (BORDER, HEALTH), self.clock)(user, "treino")

    def gives(self, outcome=ClearanceOutcome.H_OK) -> str:
        """Return a token signed now."""
        with self.at_work() as session:
            health_desk(session)
            with session.store.write() as unit:
                text = ClearanceSigner(self.home).issue(unit, outcome, uuid4(), session.actor.name, self.clock())
                unit.commit()
        return text


@dataclass(frozen=True)
class Card:
    """What is printed on a card."""

    outcome: ClearanceOutcome
    number: int
    text: str

    @property
    def typed(self) -> str:
        """Return what the officer reads off it."""
        return f"{self.number} {card_letters(self.text)}"


@dataclass(frozen=True)
class Signed:
    """What port health signed at START, and texts that are none of its."""

    tokens: dict[ClearanceOutcome, str]
    cards: tuple[Card, ...]
    expired: str
    not_yet: str

    @classmethod
    def of(cls, home: Path) -> "Signed":
        """Let port health begin in the home."""
        port = PortHealth(home, lambda: START)
        with port.at_work() as session:
            desk = health_desk(session)
            with session.store.write() as unit:

                def sign(outcome, at=START):
                    return ClearanceSigner(port.home).issue(unit, outcome, uuid4(), session.actor.name, at)

                tokens = {outcome: sign(outcome) for outcome in ClearanceOutcome}
                expired, not_yet = (sign(ClearanceOutcome.H_OK, START + ago) for ago in (-5 * HOUR, HOUR))
                unit.commit()
            cards = tuple(
                Card(outcome, signed.clearance.card, signed.text)
                for outcome in ClearanceOutcome
                for signed in desk.sign_cards(outcome, 2, session.actor)
            )
        return cls(tokens, cards, expired, not_yet)

    def token(self, outcome) -> str:
        """Return a token with this code."""
        return self.tokens[outcome]

    def card(self, outcome) -> Card:
        """Return a card with this code."""
        return next(card for card in self.cards if card.outcome is outcome)

    def hostile(self) -> dict[str, tuple[str, str]]:
        """Return texts that do not count, each with words of the reason that the officer is told."""
        key, outcome = Ed25519PrivateKey.generate(), ClearanceOutcome.H_OK

        def forged(post):
            return token_text(Clearance(1, "0f" * 10, outcome, START, START + HOUR, post), key)

        genuine = self.token(outcome)
        unsigned = "não foi assinada pela saúde deste posto"
        return {
            "garbage": ("BH1:" + "A" * 60, "não é uma senha de saúde"),
            "too_long": ("BH1:" + "0" * 460, "não é uma senha de saúde"),
            "wrong_key": (forged("MZ.L.RSG"), unsigned),
            "other_post": (forged("MZ.L.XXX"), unsigned),
            "changed": (
                genuine[:124] + ("000" if genuine[124:127] != "000" else "111") + genuine[127:],
                "foi alterada",
            ),
            "expired": (self.expired, "Motivo: "),
            "not_yet": (self.not_yet, "ainda não vale"),
        }


def qr(text, scale=4) -> np.ndarray:
    """Return the code as port health prints it."""
    sink = io.BytesIO()
    segno.make(text, micro=False).save(sink, kind="png", scale=scale, border=4)
    return np.array(Image.open(sink).convert("L"))


def scene(*codes, scale=4) -> np.ndarray:
    """Return what a camera sees of a desk with these codes laid on it."""
    view = np.random.default_rng(7).integers(96, 120, (720, 1280, 3), dtype=np.uint8)
    for place, text in enumerate(codes):
        code = qr(text, scale)
        left = 60 + place * 420
        view[200 : 200 + code.shape[0], left : left + code.shape[1]] = code[..., None]
    return view


class Table:
    """A frame source: what lies on it is what the camera sees; ``lines`` is what the zone says that lies there too."""

    name, kind = "table", "camera"

    def __init__(self, clock) -> None:
        self._clock, self._count = clock, 0
        self.now = scene(), ()

    @property
    def looked(self) -> int:
        """How often the camera has looked at it."""
        return self._count

    def lay(self, *codes, lines=()) -> None:
        self.now = scene(*codes), lines

    def clear(self) -> None:
        self.now = np.full((720, 1280, 3), 230, np.uint8), ()

    def open(self) -> None:
        self._count = 0

    def read(self) -> Frame:
        time.sleep(0.02)
        self._count += 1
        view, lines = self.now
        return Frame.of_pixels(view, self._clock(), self.name, self._count, {"lines": " ".join(lines)})

    def close(self) -> None:
        self._count = -1


class Sees:
    """A recogniser that knows what zone lay on the table."""

    name = "words"

    def read(self, frame):
        lines = tuple(str(frame.facts["lines"]).split())
        return [reading_of(lines)] if lines else []

    def close(self) -> None:
        """Nothing is held."""
