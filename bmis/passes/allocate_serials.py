"""Serials of this desk: given beforehand, spoiled ones noted, all of them accounted for."""

from collections.abc import Callable
from dataclasses import dataclass

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from bmis.passes.errors import SerialRangeError
from bmis.passes.events import PassEvent
from bmis.passes.lifecycle import PassKind, PassState
from bmis.passes.records.keeping import keep_event
from bmis.passes.records.passes import SqlSerials
from bmis.passes.records.spoiled import spoiled_numbers
from bmis.passes.sealing import note_status
from bmis.passes.serials import (
    TRAINING_FIRST,
    TRAINING_LAST,
    RangeAccount,
    SerialRange,
    SpoiledNumber,
    parse_serial,
)
from bmis.passes.taking import reason_of
from bmis.store.home import Home
from bmis.store.unit import OpenUnit, UnitOfWork

TRAINING = "TRAINING"  # the place of the serials that a training home has without being asked


@dataclass(frozen=True, slots=True)
class AllocateSerials:
    """Enters a range from the centre: for this post or desk, which use it, or for a truck or another desk.

    What is set aside for another place is used there only, and no range here may overlap it.
    """

    open_unit: OpenUnit
    home: Home
    now: Clock

    def __call__(self, first: int, last: int, place: str, by: Actor) -> SerialRange:
        """Return the range. A training home takes none: it has serials of its own, which no live post is given.

        Raises:
            NotAllowedError: the role allocates no serials.
            SerialRangeError: it cannot be, overlaps one that is there, or is one for training in a live home.
        """
        require(by, Permission.ALLOCATE_SERIALS)
        at = self.now()
        found = SerialRange(new_id(at), first, last, place.strip().upper(), by.name, at)
        training = SerialRange(found.id, TRAINING_FIRST, TRAINING_LAST, TRAINING, by.name, at)
        if found.overlaps(training):
            raise SerialRangeError(first=first, last=last)
        with self.open_unit() as unit:
            if any(found.overlaps(one) for one in SqlSerials(unit).ranges()):
                raise SerialRangeError(first=first, last=last)
            _keep(unit, found)
            unit.commit()
        return found


@dataclass(frozen=True, slots=True)
class SpoilSerial:
    """Notes a blank card that can be used no more."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, untrusted_serial: str, reason: str, by: Actor) -> int:
        """Return the serial.

        Raises:
            NotAllowedError, PassReasonError, PassUnknownError: what they say.
            SerialSpoiledError: it is used, spoiled before, or not of this desk.
        """
        require(by, Permission.ISSUE_PASSES)
        serial, said = parse_serial(untrusted_serial), reason_of(reason)
        at = self.now()
        event_id = new_id(at)
        with self.open_unit() as unit:
            found = SqlSerials(unit).spoil(serial, event_id)
            note_status(unit, serial, None, PassState.SPOILED, by.name, at)
            facts = {"serial": serial, "reason": said}
            keep_event(unit, PassEvent(event_id, PassKind.SERIAL_SPOILED, by.name, found.id, facts))
            unit.commit()
        return serial


@dataclass(frozen=True, slots=True)
class AccountSerials:
    """Looks at what became of the serials."""

    open_read: OpenUnit

    def __call__(self, by: Actor) -> tuple[RangeAccount, ...]:
        """Return each range with its counts.

        Raises:
            NotAllowedError: the role reads no passes.
        """
        require(by, Permission.READ_PASSES)
        with self.open_read() as unit:
            return SqlSerials(unit).accounts()

    def spoiled(self, by: Actor) -> tuple[SpoiledNumber, ...]:
        """Return each serial that was spoiled, the newest first, with why; None where the words were erased.

        Raises:
            NotAllowedError: the role reads no passes.
        """
        require(by, Permission.READ_PASSES)
        with self.open_read() as unit:
            return spoiled_numbers(unit)


def places_of(home: Home, post_code: str = "") -> frozenset[str]:
    """Return the places whose ranges this desk uses at a post ("": where it stands): the post, the desk, training."""
    places = {post_code or home.post_code, home.desk_id}
    return frozenset(one.upper() for one in (places | {TRAINING} if home.training else places))


def has_say(home: Home, unit: UnitOfWork, place: str | None) -> Callable[[int], bool]:
    """Return what tells whether a desk certified for that place (None: for none) speaks for a serial.

    It does for the serials of the place's ranges; in a training home everybody does for those of training.
    """
    own = [(one.first, one.last) for one in SqlSerials(unit).ranges() if one.place == place]
    if home.training:
        own.append((TRAINING_FIRST, TRAINING_LAST))
    return lambda serial: any(first <= serial <= last for first, last in own)


def has_serials(unit: UnitOfWork, place: str) -> bool:
    """Return whether any range is entered here for that place: without one its desk speaks for nothing."""
    return any(one.place == place for one in SqlSerials(unit).ranges())


def training_range(unit: UnitOfWork, home: Home, by: Actor, now: Clock) -> None:
    """Give a training home its serials, once, in the unit that needs them."""
    if home.training and not SqlSerials(unit).ranges():
        at = now()
        _keep(unit, SerialRange(new_id(at), TRAINING_FIRST, TRAINING_LAST, TRAINING, by.name, at))


def _keep(unit: UnitOfWork, found: SerialRange) -> None:
    SqlSerials(unit).add(found)
    facts = {"first": found.first, "last": found.last, "place": found.place}
    keep_event(unit, PassEvent(new_id(found.allocated_at), PassKind.SERIALS_ALLOCATED, found.by, found.id, facts))
