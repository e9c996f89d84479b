"""The seal of a pass (ICAO Doc 9303-13), and the list of seals that count no more, in the unit of what causes it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bmis.documents.dates import PartialDate
from bmis.documents.seals.pass_seal import MOST_POSTS, PHOTO_BYTES, PassSeal, written_names
from bmis.passes.lifecycle import NOT_GOOD, PassState
from bmis.store.home import Home
from bmis.store.unit import UnitOfWork
from bmis.trust.seal_status import SealStatus
from bmis.trust.sign_seal import SealPass


@dataclass(frozen=True, slots=True)
class PassFacts:
    """What a seal says of a pass. ``photo_sha256`` None: there is no photo on file."""

    scheme: str  # as a seal writes it
    serial: int
    surname: str
    given_names: str
    birth: PartialDate
    sex: str
    valid_from: date
    valid_to: date
    posts: tuple[str, ...]
    purpose: str  # as a seal writes it
    dependants: int
    photo_sha256: bytes | None

    def __repr__(self) -> str:
        return f"PassFacts({self.serial})"  # a name never reaches a log


class SealIssuer(Protocol):
    """Makes the seal of one pass."""

    def issue(self, unit: UnitOfWork, facts: PassFacts, by: str, at: datetime) -> str:
        """Return the seal as base45 text. Raises what keeps it from being made; then no pass is made."""
        ...


@dataclass(frozen=True, slots=True)
class HomeSeals:
    """Seals with the key of this home."""

    home: Home

    def issue(self, unit: UnitOfWork, facts: PassFacts, by: str, at: datetime) -> str:
        """Return the seal.

        Raises:
            SignerMissingError: no key of this home may sign today. ClockSetBackError: the date would be false.
            PassSealError: a value that a seal cannot carry.
        """
        surname, given_names = written_names(facts.surname, facts.given_names)
        seal = PassSeal(
            scheme=facts.scheme,
            serial=facts.serial,
            surname=surname,
            given_names=given_names,
            sex=facts.sex,
            valid_from=facts.valid_from,
            valid_to=facts.valid_to,
            birth=facts.birth,
            posts=sealed_posts(facts.posts),
            purpose=facts.purpose,
            dependants=facts.dependants,
            photo=None if facts.photo_sha256 is None else facts.photo_sha256[:PHOTO_BYTES],
        )
        return SealPass(self.home)(unit, seal, by, at).text


def sealed_posts(posts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the posts as a seal writes them: none, which means those of the scheme, where it cannot hold them all."""
    found = tuple(sorted(set(posts)))
    return found if len(found) <= MOST_POSTS else ()


def note_status(
    unit: UnitOfWork, serial: int, before: PassState | None, after: PassState, by: str, at: datetime
) -> None:
    """Put the serial on the list of seals that count no more, or take it off, where the step says so."""
    was, is_now = before in NOT_GOOD, after in NOT_GOOD
    if is_now and not was:
        SealStatus(unit).list([serial], after.value, by, at)
    elif was and not is_now:
        SealStatus(unit).clear([serial], after.value, by, at)
