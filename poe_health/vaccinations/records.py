"""The tables of doses and certificate numbers. A written number is the key of its row: none can be given twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, String, Table, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from bmis.kernel.clock import local
from bmis.store.base import Base
from bmis.store.unit import UnitOfWork
from poe_health.certificates.numbers import NumberSeries
from poe_health.keeping.event import KeptEvent
from poe_health.keeping.records import KeptRow, Ledger, RedigestKept
from poe_health.store.records.parts import HealthPartRow, NewPart
from poe_health.surveillance.records import SqlTallyDays
from poe_health.vaccinations.dose import (
    AefiReported,
    AefiTold,
    AefiView,
    DoseAnnulled,
    DoseErased,
    DoseGiven,
    DoseView,
    NumberSpoiled,
    NumbersReceived,
)


class VaccinationEventRow(KeptRow):
    """A dose, or what happened to it."""

    __tablename__ = "vaccination_event"

    day: Mapped[date | None] = mapped_column(index=True)
    lot: Mapped[str | None] = mapped_column(String(40))
    request_id: Mapped[UUID | None] = mapped_column(unique=True)
    certificate_number: Mapped[str | None] = mapped_column(String(30), unique=True)


class CertificateNumberEventRow(KeptRow):
    """A block of numbers that came, or one that was spoiled."""

    __tablename__ = "certificate_number_event"

    request_id: Mapped[UUID | None] = mapped_column(unique=True)


class CertificateNumberRow(Base):
    """A number that is used up: ``used`` by a dose or ``spoiled``. One row a number, for ever."""

    __tablename__ = "certificate_number"

    written: Mapped[str] = mapped_column(String(30), primary_key=True)
    block_id: Mapped[UUID] = mapped_column(index=True)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    event_id: Mapped[UUID] = mapped_column(unique=True)


def _dose_columns(one: KeptEvent) -> dict[str, object]:
    if isinstance(one, DoseGiven):
        return {
            "day": one.day,
            "lot": one.lot,
            "request_id": one.request_id,
            "certificate_number": one.certificate_number,
        }
    asked = one.request_id if isinstance(one, AefiReported) else None
    return {"day": None, "lot": None, "request_id": asked, "certificate_number": None}


def _number_columns(one: KeptEvent) -> dict[str, object]:
    return {"request_id": one.request_id if isinstance(one, NumbersReceived) else None}


DOSES: Ledger[KeptEvent] = Ledger(
    VaccinationEventRow,
    {
        "vaccination.given": DoseGiven,
        "vaccination.annulled": DoseAnnulled,
        "vaccination.aefi": AefiReported,
        "vaccination.aefi_told": AefiTold,
        "vaccination.erased": DoseErased,
    },
    _dose_columns,
)
NUMBERS: Ledger[KeptEvent] = Ledger(
    CertificateNumberEventRow,
    {"certificate_numbers.received": NumbersReceived, "certificate_numbers.spoiled": NumberSpoiled},
    _number_columns,
)
_NUMBER = CertificateNumberRow.__table__
assert isinstance(_NUMBER, Table)


@dataclass(frozen=True, slots=True)
class OldDose:
    """A dose that still has parts; ``day``: its own, or that of what was last reported of it."""

    id: UUID
    day: date
    parts: frozenset[str]


class SqlDoses:
    """Doses inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def add(self, event: KeptEvent, parts: Sequence[NewPart] = ()) -> None:
        """Keep a dose or what happened to it; the day of a dose that is given or annulled is open again."""
        DOSES.add(self._unit, event, parts)
        if isinstance(event, DoseGiven | DoseAnnulled):
            asked = select(VaccinationEventRow.day).where(VaccinationEventRow.id == event.record_id)
            days = [day for day in self._unit.connection.execute(asked).scalars() if day is not None]
            SqlTallyDays(self._unit).record_arrived(days, event.id, event.by, event.recorded_at)

    def given_on(self, day: date) -> int | None:
        """Return how many doses of that day stand; None: until that day this post kept none here."""
        first = select(func.min(VaccinationEventRow.day))
        begun = self._unit.connection.execute(first).scalar()
        if begun is None or begun > day:
            return None
        annulled = select(VaccinationEventRow.record_id).where(VaccinationEventRow.kind == "vaccination.annulled")
        asked = select(func.count()).where(VaccinationEventRow.day == day, VaccinationEventRow.id.not_in(annulled))
        return self._unit.connection.execute(asked).scalar() or 0

    def by_request(self, request_id: UUID) -> KeptEvent | None:
        """Return what was kept for the request."""
        found = DOSES.events(self._unit, VaccinationEventRow.request_id == request_id)
        return found[0] if found else None

    def find(self, dose_id: UUID) -> DoseView | None:
        """Return the dose as it stands."""
        return _view(DOSES.events(self._unit, VaccinationEventRow.record_id == dose_id))

    def by_number(self, number: str) -> DoseView | None:
        """Return the dose of a certificate number."""
        asked = select(VaccinationEventRow.id).where(VaccinationEventRow.certificate_number == number)
        found = self._unit.connection.execute(asked).scalar()
        return None if found is None else self.find(found)

    def aefi(self, aefi_id: UUID) -> AefiView | None:
        """Return an adverse event as it stands."""
        found = DOSES.events(self._unit, VaccinationEventRow.id == aefi_id)
        view = self.find(found[0].record_id) if found and isinstance(found[0], AefiReported) else None
        return None if view is None else next(one for one in view.aefi if one.reported.id == aefi_id)

    def taken_from(self, lot: str) -> list[DoseGiven]:
        """Return the doses of a batch, annulled ones too: what was drawn from a vial was drawn."""
        found = DOSES.events(self._unit, VaccinationEventRow.lot == lot)
        return [one for one in found if isinstance(one, DoseGiven)]

    def between(self, first: date, last: date, limit: int) -> list[DoseView]:
        """Return the doses of those days, the newest first."""
        asked = select(VaccinationEventRow.id).where(VaccinationEventRow.day.between(first, last))
        found = self._unit.connection.execute(asked.order_by(VaccinationEventRow.number.desc()).limit(limit))
        views = (self.find(identifier) for identifier in found.scalars().all())
        return [view for view in views if view is not None]

    def older_than(self, day: date) -> list[OldDose]:
        """Return the doses before that day of which a part is still kept, the oldest first.

        A dose with an adverse event is as old as the last that was reported of it.
        """
        asked = (
            select(VaccinationEventRow.id, HealthPartRow.part)
            .join(HealthPartRow, HealthPartRow.record_id == VaccinationEventRow.id)
            .where(VaccinationEventRow.day < day)
            .order_by(VaccinationEventRow.number)
        )
        kept: dict[UUID, frozenset[str]] = {}
        for row in self._unit.connection.execute(asked):
            kept[row.id] = kept.get(row.id, frozenset()) | {row.part}
        found = []
        for identifier, parts in kept.items():
            events = DOSES.events(self._unit, VaccinationEventRow.record_id == identifier)
            days = [one.day for one in events if isinstance(one, DoseGiven)]
            days += [local(one.recorded_at).date() for one in events if isinstance(one, AefiReported | AefiTold)]
            if max(days) < day:
                found.append(OldDose(identifier, max(days), parts))
        return found


def _view(events: Sequence[KeptEvent]) -> DoseView | None:
    given = next((one for one in events if isinstance(one, DoseGiven)), None)
    if given is None:
        return None
    told = {one.aefi_id: one.told_at for one in events if isinstance(one, AefiTold)}
    return DoseView(
        given,
        next((one for one in events if isinstance(one, DoseAnnulled)), None),
        tuple(AefiView(one, told.get(one.id)) for one in events if isinstance(one, AefiReported)),
        _erased(events).get(given.id, frozenset()),
    )


class SqlNumbers:
    """Certificate numbers inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def by_request(self, request_id: UUID) -> NumbersReceived | None:
        """Return the block of the request."""
        found = NUMBERS.events(self._unit, CertificateNumberEventRow.request_id == request_id)
        return next((one for one in found if isinstance(one, NumbersReceived)), None)

    def receive(self, block: NumbersReceived) -> None:
        """Keep a new block."""
        NUMBERS.add(self._unit, block)

    def blocks(self) -> dict[UUID, NumberSeries]:
        """Return every block with what is used and spoiled of it, the oldest first."""
        taken: dict[tuple[UUID, str], set[int]] = {}
        for row in self._unit.connection.execute(select(_NUMBER)):
            taken.setdefault((row.block_id, row.state), set()).add(row.number)
        found = {}
        for one in NUMBERS.events(self._unit):
            if isinstance(one, NumbersReceived):
                used, spoiled = (frozenset(taken.get((one.id, state), ())) for state in ("used", "spoiled"))
                found[one.id] = NumberSeries(one.prefix, one.first, one.last, one.digits, used, spoiled)
        return found

    def take(self, block_id: UUID, series: NumberSeries, written: str, state: str, event_id: UUID) -> None:
        """Use the number up; the database refuses one that is taken."""
        row = {
            "written": written,
            "block_id": block_id,
            "number": int(written.removeprefix(series.prefix)),
            "state": state,
            "event_id": event_id,
        }
        self._unit.connection.execute(insert(CertificateNumberRow), row)

    def spoil(self, event: NumberSpoiled, series: NumberSeries) -> None:
        """Keep that a number is spoiled."""
        NUMBERS.add(self._unit, event)
        self.take(event.record_id, series, event.number, "spoiled", event.id)

    def spoiled(self) -> list[NumberSpoiled]:
        """Return the spoiled numbers, in the order in which they were told."""
        return [one for one in NUMBERS.events(self._unit) if isinstance(one, NumberSpoiled)]


def _number_unlike(connection: Connection, events: Sequence[KeptEvent]) -> frozenset[UUID]:
    """Return the spoiled numbers without their row."""
    rows = {(row.event_id, row.written, row.state, row.block_id) for row in connection.execute(select(_NUMBER))}
    return frozenset(
        one.id
        for one in events
        if isinstance(one, NumberSpoiled) and (one.id, one.number, "spoiled", one.record_id) not in rows
    )


def _dose_unlike(connection: Connection, events: Sequence[KeptEvent]) -> frozenset[UUID]:
    """Return the doses whose certificate number has no row, and all of them where a row has no event."""
    rows = {row.event_id: (row.written, row.state, row.block_id) for row in connection.execute(select(_NUMBER))}
    given = {one.id: one for one in events if isinstance(one, DoseGiven) and one.certificate_number is not None}
    wrong = {one.id for one in given.values() if rows.get(one.id) != (one.certificate_number, "used", one.series_id)}
    asked = select(func.count()).select_from(CertificateNumberRow).where(CertificateNumberRow.state == "used")
    if connection.execute(asked).scalar() != len(given):
        wrong |= set(given)
    return frozenset(wrong)


def _erased(events: Iterable[KeptEvent]) -> Mapping[UUID, frozenset[str]]:
    found: dict[UUID, frozenset[str]] = {}
    for one in events:
        if isinstance(one, DoseErased):
            found[one.record_id] = found.get(one.record_id, frozenset()) | set(one.parts)
    return found


def redigest_doses() -> RedigestKept[KeptEvent]:
    """Return what makes the digests of doses again."""
    return RedigestKept(DOSES, _erased, _dose_unlike)


def redigest_numbers() -> RedigestKept[KeptEvent]:
    """Return what makes the digests of blocks and spoiled numbers again."""
    return RedigestKept(NUMBERS, also=_number_unlike)
