"""One call of the command line: its options, its people, its answer."""

import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

from bmis.kernel.actor import Service
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES
from bmis.kernel.settings import default_home
from ui.cli.errors import SecondPersonMissingError, SignInMissingError, ValueRefusedError

DONE, NO, USAGE, PERSON = 0, 1, 2, 3
"""The exit codes: done or yes; the answer is no; the call is wrong; a person must act."""

_PASSPHRASES = {Service.BORDER: "BMIS_PASSPHRASE", Service.HEALTH: "BMIS_HEALTH_PASSPHRASE"}

VALUED = {"--lang", "--home", "--now"}


class Credentials(NamedTuple):
    """A name and a password from the environment."""

    user: str
    password: str

    def __repr__(self) -> str:
        return f"Credentials({self.user})"  # a password never reaches a log


@dataclass(frozen=True, slots=True)
class Call:
    """The options that every command takes, wherever they stand in the line."""

    json: bool = False
    language: str | None = None
    home_given: Path | None = None
    now: datetime | None = None
    help: bool = False
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)

    @property
    def home(self) -> Path:
        """Return the folder to work in."""
        return self.home_given or default_home()

    def person(self) -> Credentials:
        """Return who signs in.

        Raises:
            SignInMissingError: the environment names nobody.
        """
        return self._credentials("BMIS_USER", "BMIS_PASSWORD") or _missing(SignInMissingError())

    def second(self) -> Credentials | None:
        """Return the second person, if there is one."""
        return self._credentials("BMIS_SECOND_USER", "BMIS_SECOND_PASSWORD")

    def second_required(self) -> Credentials:
        """Return the second person.

        Raises:
            SecondPersonMissingError: there is none.
        """
        return self.second() or _missing(SecondPersonMissingError())

    def passphrase(self, service: Service = Service.BORDER) -> str | None:
        """Return the recovery passphrase of the service's store."""
        return self.environ.get(_PASSPHRASES[service]) or None

    def answer(self, document: object, words: Iterable[str]) -> None:
        """Print the result: one JSON document, or lines for a person."""
        if self.json:
            say_json(document)
        else:
            for line in words:
                say(line)

    def _credentials(self, user: str, password: str) -> Credentials | None:
        name, secret = self.environ.get(user), self.environ.get(password)
        return Credentials(name, secret) if name and secret else None


def take_options(words: list[str], environ: Mapping[str, str]) -> tuple[Call, list[str]]:
    """Return the common options and the words that remain.

    Raises:
        ValueRefusedError: ``--now`` is not an ISO 8601 moment (without a zone it is the post's wall clock).
    """
    found: dict[str, str] = {}
    rest: list[str] = []
    pending = iter(words)
    for word in pending:
        name, equals, value = word.partition("=")
        if word == "--":
            rest += ["--", *pending]
        elif word in {"--json", "--help", "-h"}:
            found[word] = ""
        elif name in VALUED:
            found[name] = value if equals else next(pending, "")
        else:
            rest.append(word)
    call = Call(
        json="--json" in found,
        language=found.get("--lang"),
        home_given=Path(found["--home"]) if found.get("--home") else None,
        now=_moment(found["--now"]) if "--now" in found else None,
        help="--help" in found or "-h" in found,
        environ=environ,
    )
    return call, rest


def say(line: str) -> None:
    """Print a line for a person: characters that could steer a terminal are shown, not sent."""
    print("".join(char if char.isprintable() else "�" for char in line))


def say_json(document: object) -> None:
    """Print one JSON document on one line and send it off at once."""
    print(json.dumps(document, ensure_ascii=False, allow_nan=False), flush=True)


def say_trouble(line: str) -> None:
    """Print one line on stderr."""
    print("".join(char if char.isprintable() else "�" for char in line), file=sys.stderr, flush=True)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueRefusedError(argument="--now") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone(timedelta(minutes=MAPUTO_OFFSET_MINUTES)))


def _missing(error: Exception) -> Credentials:
    raise error
