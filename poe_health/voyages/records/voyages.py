"""Keeping voyages and their events, and reading them back, inside one unit of work."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from bmis.kernel.clock import local
from bmis.kernel.errors import BmisError
from bmis.store.unit import UnitOfWork
from poe_health.keeping.errors import KeptDamagedError
from poe_health.keeping.records import Ledger, RedigestKept
from poe_health.store.records.parts import CLINICAL, PERSON, HealthPartRow, NewPart, SqlParts
from poe_health.surveillance.records import SqlTallyDays
from poe_health.voyages.events import KINDS, ContactsChosen, ConveyanceInspected, VoyageErased, VoyageEvent
from poe_health.voyages.kept import KeptVoyage, voyage_of
from poe_health.voyages.records.tables import VoyageCaseRow, VoyageEventRow, VoyageRow

LEDGER: Ledger[VoyageEvent] = Ledger(
    VoyageEventRow,
    KINDS,
    lambda event: {"request_id": event.request_id, "by": event.by, "recorded_at": event.recorded_at},
)
_VOYAGE = cast(Table, VoyageRow.__table__)
_EVENT = cast(Table, VoyageEventRow.__table__)


@dataclass(frozen=True, slots=True)
class KeptPeople:
    """A voyage of which a part is still kept. ``kept_from`` as the index has it."""

    id: UUID
    has_contacts: bool
    kept_from: date
    parts: frozenset[str]


class SqlVoyages:
    """Voyages inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self._connection: Connection = unit.connection

    def next_serial(self) -> int:
        """Return the number of the next voyage of this desk."""
        return (self._connection.execute(select(func.max(VoyageRow.serial))).scalar() or 0) + 1

    def find(self, voyage_id: UUID) -> KeptVoyage | None:
        """Return the voyage as it stands."""
        return voyage_of(LEDGER.events(self._unit, VoyageEventRow.record_id == voyage_id))

    def numbered(self, number: str) -> KeptVoyage | None:
        """Return the voyage of that number on a paper."""
        asked = select(VoyageRow.id).where(VoyageRow.number == number.strip().upper())
        found = self._connection.execute(asked).scalar_one_or_none()
        return None if found is None else self.find(found)

    def of_request(self, request_id: UUID) -> VoyageEvent | None:
        """Return the event that was kept for the request."""
        found = LEDGER.events(self._unit, VoyageEventRow.request_id == request_id)
        return found[0] if found else None

    def of_key(self, key: str) -> tuple[KeptVoyage, ...]:
        """Return the voyages of that key: two desks may have written down the same one."""
        return self._voyages(select(VoyageRow.id).where(VoyageRow.key == key).order_by(VoyageRow.serial))

    def listed(self, first: date, last: date, *, limit: int) -> tuple[KeptVoyage, ...]:
        """Return the voyages of those days, the newest first."""
        asked = select(VoyageRow.id).where(VoyageRow.day.between(first, last))
        return self._voyages(asked.order_by(VoyageRow.day.desc(), VoyageRow.serial.desc()).limit(limit))

    def with_contacts_of(self, cases: Iterable[UUID]) -> tuple[KeptVoyage, ...]:
        """Return the voyages that have contacts of one of those cases."""
        asked = select(VoyageCaseRow.voyage_id).where(VoyageCaseRow.case_id.in_(sorted(set(cases)))).distinct()
        return tuple(self._each(sorted(self._connection.execute(asked).scalars())))

    def with_contacts(self, *, limit: int) -> tuple[KeptVoyage, ...]:
        """Return the voyages of which contacts were chosen, the newest first."""
        asked = select(VoyageRow.id).where(VoyageRow.contacts > 0)
        return self._voyages(asked.order_by(VoyageRow.day.desc(), VoyageRow.serial.desc()).limit(limit))

    def add(self, event: VoyageEvent, parts: Sequence[NewPart] = ()) -> KeptVoyage:
        """Keep the event with its parts, its audit link and its message; return the voyage after it."""
        LEDGER.add(self._unit, event, parts)
        if isinstance(event, ConveyanceInspected):
            SqlTallyDays(self._unit).record_arrived((local(event.at).date(),), event.id, event.by, event.recorded_at)
        if isinstance(event, ContactsChosen) and event.case_id is not None:
            self._case(event.record_id, event.case_id)
        after = self.find(event.record_id)
        assert after is not None  # the event was just kept
        columns = columns_of(after)
        if len(after.events) == 1:
            self._connection.execute(insert(_VOYAGE), columns)
        else:
            self._connection.execute(update(_VOYAGE).where(VoyageRow.id == after.id).values(columns))
        return after

    def inspected_on(self, day: date) -> int | None:
        """Return how many conveyances were inspected on that day; None: until that day none was kept here."""
        found = LEDGER.events(self._unit, VoyageEventRow.kind == "voyage.inspected")
        days = [(local(one.at).date(), one.record_id) for one in found if isinstance(one, ConveyanceInspected)]
        if not any(on <= day for on, _ in days):
            return None
        return len({voyage for on, voyage in days if on == day})

    def parts(self, voyage: KeptVoyage, part: str) -> dict[UUID, Mapping[str, Any]]:
        """Return what is left of that part, by event.

        Raises:
            KeptDamagedError: it cannot be read.
        """
        kept = SqlParts(self._unit).of_record(voyage.id)
        try:
            return {owner: json.loads(parts[part]) for owner, parts in kept.items() if part in parts}
        except ValueError as error:
            raise KeptDamagedError from error

    def older_than(self, day: date) -> list[KeptPeople]:
        """Return the voyages of which people or papers are kept since before that day, the oldest first."""
        asked = (
            select(VoyageRow.id, VoyageRow.contacts, VoyageRow.kept_from, HealthPartRow.part)
            .join(HealthPartRow, HealthPartRow.record_id == VoyageRow.id)
            .where(VoyageRow.kept_from < day, HealthPartRow.part.in_((CLINICAL, PERSON)))
            .distinct()
        )
        found: dict[UUID, KeptPeople] = {}
        for row in self._connection.execute(asked.order_by(VoyageRow.kept_from, VoyageRow.id)):
            before = found[row.id].parts if row.id in found else frozenset()
            found[row.id] = KeptPeople(row.id, row.contacts > 0, row.kept_from, before | {row.part})
        return list(found.values())

    def _case(self, voyage_id: UUID, case_id: UUID) -> None:
        same = (VoyageCaseRow.voyage_id == voyage_id, VoyageCaseRow.case_id == case_id)
        self._connection.execute(delete(VoyageCaseRow).where(*same))
        self._connection.execute(insert(VoyageCaseRow), {"voyage_id": voyage_id, "case_id": case_id})

    def _voyages(self, asked: Any) -> tuple[KeptVoyage, ...]:
        return tuple(self._each(self._connection.execute(asked).scalars().all()))

    def _each(self, identifiers: Iterable[UUID]) -> Iterator[KeptVoyage]:
        for identifier in identifiers:
            found = self.find(identifier)
            if found is not None:
                yield found


def columns_of(voyage: KeptVoyage) -> dict[str, Any]:
    """Return the index row of the voyage."""
    personal = [event for event in voyage.events if {CLINICAL, PERSON} & set(event.digests)]
    return {
        "id": voyage.id,
        "number": voyage.number,
        "serial": voyage.recorded.serial,
        "key": voyage.sheet.key,
        "conveyance": voyage.sheet.conveyance,
        "day": voyage.sheet.day,
        "pratique": voyage.pratique.value,
        "contacts": len(voyage.contacts),
        "kept_from": local(personal[-1].recorded_at).date() if personal else None,
    }


def _erased(events: Iterable[VoyageEvent]) -> dict[UUID, frozenset[str]]:
    found: dict[UUID, frozenset[str]] = {}
    for event in events:
        if isinstance(event, VoyageErased):
            found[event.record_id] = found.get(event.record_id, frozenset()) | set(event.parts)
    return found


def _index_differs(connection: Connection, events: Sequence[VoyageEvent]) -> frozenset[UUID]:
    """Return the first event of each voyage whose index rows are not what its events say."""
    by_voyage: dict[UUID, list[VoyageEvent]] = {}
    for event in events:
        by_voyage.setdefault(event.record_id, []).append(event)
    rows = {row.id: row for row in connection.execute(select(_VOYAGE))}
    cases: dict[UUID, set[UUID]] = {}
    for row in connection.execute(select(VoyageCaseRow.__table__)):
        cases.setdefault(row.voyage_id, set()).add(row.case_id)
    return frozenset(
        its_events[0].id
        for voyage_id, its_events in by_voyage.items()
        if not _agrees(its_events, rows.get(voyage_id), cases.get(voyage_id, set()))
    )


def _agrees(events: Sequence[VoyageEvent], row: Any, cases: set[UUID]) -> bool:
    try:
        voyage = voyage_of(events)
        wanted = None if voyage is None else columns_of(voyage)
    except BmisError:  # steps that do not follow one another
        return False
    if wanted is None or row is None or any(row._mapping[name] != value for name, value in wanted.items()):
        return False
    return cases == {event.case_id for event in events if isinstance(event, ContactsChosen) and event.case_id}


def redigest_voyages() -> RedigestKept[VoyageEvent]:
    """Return what makes the digests of these tables again, for the verification of the store."""
    return RedigestKept(LEDGER, _erased, _index_differs)
