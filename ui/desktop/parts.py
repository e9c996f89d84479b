"""What the desktop needs from the rooms, as protocols and frozen values. ui/compose.py gives them; tests fake them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bmis.kernel.actor import Actor


class Notice(Protocol):
    """What went wrong, in words (ui/words/errors.py): a code, what happened, what to do."""

    @property
    def code(self) -> str:
        """BMIS-NNN."""

    @property
    def what(self) -> str:
        """What happened."""

    @property
    def do(self) -> str:
        """What to do."""


Describe = Callable[[Exception], Notice]
"""Answers the words of an error, in the language in force."""


class SignedIn(Protocol):
    """A session: who signed in. The desks get their use cases from it; the shell looks only at the actor."""

    @property
    def actor(self) -> Actor:
        """Who acts."""


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """What the frame shows of a home, known before anybody signs in."""

    path: Path
    post_code: str
    post_name: str
    lane: str
    training: bool
    direction: str | None = None  # ENTRY, EXIT; None: both, or not chosen yet


@dataclass(frozen=True, slots=True)
class ListAge:
    """How old a list is (watchlist, rules, posts). ``published_at`` None: this desk has none."""

    name: str  # shown: the words come from compose, in the language asked
    published_at: datetime | None
    stale_after_hours: int


@dataclass(frozen=True, slots=True)
class DeskState:
    """What the header shows beside the home: events not yet acknowledged by the hub, and the age of each list."""

    unsent: int | None = None  # None: not known, shown as a dash and never as 0
    lists: tuple[ListAge, ...] = ()


class DeskParts(Protocol):
    """The joined rooms of one home. Every call runs on the store thread."""

    def sign_in(self, name: str, password: str) -> SignedIn:
        """Return the session.

        Raises:
            BmisError: wrong password, locked out (LockedOutError, ``seconds`` to wait), disabled, damaged store.
        """

    def release_lockout(self, name: str, reason: str) -> None:
        """Lift the wait of the last officer of the post, once; the audit is told at the next sign-in.

        Raises:
            BmisError: no reason, or the wait is not lifted (ReleaseRefusedError).
        """

    def unlock(self, session: SignedIn, password: str) -> None:
        """Return only if the password is that of the session's person; the session stays as it is.

        Raises:
            BmisError: as ``sign_in``.
        """

    def sign_out(self, session: SignedIn) -> None:
        """Close the session's stores and forget its keys."""

    def facts(self) -> HomeFacts:
        """Return the home with its post's name."""

    def state(self, session: SignedIn) -> DeskState:
        """Return what the header shows."""

    def cameras(self) -> "tuple[CameraChoice, ...]":
        """Return the cameras that this machine has."""

    def swipe_ports(self) -> "tuple[PortChoice, ...]":
        """Return the serial ports of this machine, none opened."""

    def close(self) -> None:
        """Let go of the home."""


@dataclass(frozen=True, slots=True)
class PostChoice:
    """A point of entry to choose. ``certain`` False: its place on the map is a guess, and is shown as one."""

    code: str
    name: str
    kind: str  # land, rail, river, lake, sea, air
    province: str
    certain: bool


@dataclass(frozen=True, slots=True)
class CameraChoice:
    """A frame source found on this machine."""

    name: str
    title: str
    working: bool | None = None  # None: not tried, for trying switches it on


@dataclass(frozen=True, slots=True)
class PortChoice:
    """A serial port that a swipe reader may be plugged into."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class FirstRunRequest:
    """All that a new home needs. The password is not shown by ``repr``."""

    language: str
    post_code: str
    lane: str
    training: bool
    administrator: str
    password: str = field(repr=False)
    camera: str = ""


@dataclass(frozen=True, slots=True)
class RecoveryWords:
    """The two halves of a recovery passphrase, for two people to keep apart. Shown once."""

    service: str  # border, health
    first: str = field(repr=False)
    second: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FirstRunResult:
    """The home that was made, and the recovery words to write down (none in a training home)."""

    home: HomeFacts
    recovery: tuple[RecoveryWords, ...] = ()


class FirstRunParts(Protocol):
    """What the first-run wizard needs. Every call runs on the store thread."""

    def posts(self) -> tuple[PostChoice, ...]:
        """Return the points of entry."""

    def cameras(self) -> tuple[CameraChoice, ...]:
        """Return the cameras that this machine has."""

    def create(self, request: FirstRunRequest) -> FirstRunResult:
        """Make the home, its stores, its key slots and the first administrator.

        Raises:
            BmisError: the folder cannot be written, is not empty, the password is too short.
        """
