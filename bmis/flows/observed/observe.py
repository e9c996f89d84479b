"""Keeping observed counts: slots with groups or counts, opening hours, days without observation."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from bmis.flows.mobility.errors import MobilityDayError, MobilityFieldError, ObservedDayError, SlotOverlapError
from bmis.flows.mobility.keeping import Standing, check_days, keep, read_standing
from bmis.flows.mobility.lists import checked
from bmis.flows.mobility.place import MappedPlace
from bmis.flows.observed.forms import ReadForms, read_forms
from bmis.flows.observed.group import group_of
from bmis.flows.observed.point import point_of
from bmis.flows.observed.slot import FmpDay, FmpHours, ObservedSlot, minutes_of
from bmis.flows.observed.tally import counter_keys
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock, local
from bmis.store.unit import OpenUnit, UnitOfWork

_SENDER = re.compile(r"[A-Z0-9][A-Z0-9-]{1,15}")
MOST_GROUPS = 1000  # a slot; a point has 600 groups on a busy day


def slot_of(untrusted: Mapping[str, Any]) -> ObservedSlot:
    """Return the slot of a document in the registry's fields (resources/schemas/flows-observe-in.json).

    Raises:
        MobilityFieldError: a field that cannot be. ObservedSumError: a group's parts do not add up.
    """
    counts, groups = untrusted.get("counts"), untrusted.get("groups")
    if (counts is None) == (groups is None):
        raise MobilityFieldError(where="groups")
    directions = tuple(untrusted.get("directions") or (counts if counts is not None else ("entry", "exit")))
    if len(groups or ()) > MOST_GROUPS:
        raise MobilityFieldError(where="groups")
    return ObservedSlot(
        fmp=str(untrusted["fmp"]).strip().upper(),
        day=date.fromisoformat(untrusted["date"]),
        start=minutes_of(untrusted["slot_start"], "slot_start"),
        end=minutes_of(untrusted["slot_end"], "slot_end"),
        directions=directions,
        is_counter=counts is not None,
        groups=tuple(group_of(one, place, directions) for place, one in enumerate(groups or (), 1)),
        counts=dict(counts or {}),
        classes=_classes(untrusted, "classes"),
        taken_back=_classes(untrusted, "taken_back"),
    )


def _classes(untrusted: Mapping[str, Any], name: str) -> dict[str, int]:
    """Return numbers by class of the counter's keys. Raises MobilityFieldError: a class that no key has."""
    found = dict(untrusted.get(name) or {})
    if not set(found) <= {key.name for key in counter_keys()}:
        raise MobilityFieldError(where=name)
    return found


@dataclass(frozen=True, slots=True)
class ObserveFlows:
    """Keeps slots, all of a request or none."""

    open_unit: OpenUnit
    now: Clock
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def __call__(
        self, slots: Sequence[tuple[ObservedSlot, UUID | None]], by: Actor, amends: UUID | None = None
    ) -> list[Standing[ObservedSlot]]:
        """Return the slots as kept; one that was kept before under its request identifier is not kept again.

        Raises:
            NotAllowedError: the role does not observe. FmpUnknownError: no such point.
            MobilityDayError: the slot has not ended. SlotOverlapError: some of it was observed before.
            ObservedDayError: the day was said to be closed or not observed.
            MobilityConflictError: a request was kept with another content.
            MobilityUnknownError: what is corrected does not stand.
        """
        require(by, Permission.OBSERVE_FLOWS)
        if amends is not None and len(slots) != 1:
            raise MobilityFieldError(where="amends")
        with self.open_unit() as unit:
            places = mapped_places(unit)
            kept = [self._keep(unit, places, slot, request, by, amends) for slot, request in slots]
            unit.commit()
        return kept

    def forms(
        self, untrusted: bytes, untrusted_sender: str, by: Actor
    ) -> tuple[list[Standing[ObservedSlot]], ReadForms]:
        """Return the slots of a CSV file of forms as kept, all or none, and what was read.

        The same lines again are not kept again; a file with the record identifiers of one that was kept, and other
        content, is refused.

        Raises:
            NotAllowedError: the role does not observe. MobilityFieldError: no sender. ObservedFileError,
            ObservedFormError: as ``read_forms``. As the call.
        """
        require(by, Permission.OBSERVE_FLOWS)
        sender = untrusted_sender.strip().upper()
        if not _SENDER.fullmatch(sender):
            raise MobilityFieldError(where="sender")
        with self.open_unit() as unit:
            read = read_forms(untrusted, mapped_places(unit), sender)
        return self(read.slots, by), read

    def _keep(
        self,
        unit: UnitOfWork,
        places: Sequence[MappedPlace],
        slot: ObservedSlot,
        request: UUID | None,
        by: Actor,
        amends: UUID | None,
    ) -> Standing[ObservedSlot]:
        point_of(slot.fmp, places)
        at = local(self.now(), self.utc_offset_minutes)
        if (slot.day, slot.end) > (at.date(), at.hour * 60 + at.minute):
            raise MobilityDayError
        standing = read_standing(unit, ObservedSlot, slot.day, slot.day, slot.fmp)
        kept, is_new = keep(unit, slot, by, self.now(), request_id=request, amends=amends)
        if is_new:
            if any(one.noun.overlaps(slot) for one in standing if one.id != amends):
                raise SlotOverlapError
            for day in read_standing(unit, FmpDay, slot.day, slot.day, slot.fmp):
                raise ObservedDayError(status=day.noun.status)
        return kept


@dataclass(frozen=True, slots=True)
class SetFmpHours:
    """Keeps when a point is open, from a day on."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, hours: FmpHours, by: Actor) -> Standing[FmpHours]:
        """Return the hours as kept.

        Raises:
            NotAllowedError: the role does not map mobility. FmpUnknownError: no such point.
        """
        require(by, Permission.MAP_MOBILITY)
        with self.open_unit() as unit:
            point_of(hours.fmp, mapped_places(unit))
            kept, _new = keep(unit, hours, by, self.now())
            unit.commit()
        return kept


@dataclass(frozen=True, slots=True)
class SayFmpDay:
    """Keeps that a point was closed, or open and not observed, on a day."""

    open_unit: OpenUnit
    now: Clock
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def __call__(self, said: FmpDay, by: Actor) -> Standing[FmpDay]:
        """Return what was kept; a second statement about the same day corrects the first.

        Raises:
            NotAllowedError: the role does not observe. FmpUnknownError: no such point.
            MobilityFieldError: a status or reason that there is not. MobilityDayError: the day has not come.
            ObservedDayError: something was observed on that day.
        """
        require(by, Permission.OBSERVE_FLOWS)
        checked("day_status", said.status, "status")
        checked("day_reason", said.reason, "reason")
        check_days(said.day, said.day, local(self.now(), self.utc_offset_minutes).date())
        with self.open_unit() as unit:
            point_of(said.fmp, mapped_places(unit))
            if read_standing(unit, ObservedSlot, said.day, said.day, said.fmp):
                raise ObservedDayError(status="observed")
            before = read_standing(unit, FmpDay, said.day, said.day, said.fmp)
            kept, _new = keep(unit, said, by, self.now(), amends=before[0].id if before else None)
            unit.commit()
        return kept


def mapped_places(unit: UnitOfWork) -> tuple[MappedPlace, ...]:
    """Return the places that stand."""
    return tuple(one.noun for one in read_standing(unit, MappedPlace))
