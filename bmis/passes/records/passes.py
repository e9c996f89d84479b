"""Passes and the serials they took, inside one unit of work."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update

from bmis.passes.border_pass import BorderPass, Counted
from bmis.passes.errors import PassUnknownError, SerialsOutError, SerialSpoiledError
from bmis.passes.lifecycle import HELD, NOT_GOOD, PassState, Validity
from bmis.passes.records.tables import BorderPassRow, SerialRangeRow, SpoiledSerialRow
from bmis.passes.serials import RangeAccount, SerialRange
from bmis.store.unit import UnitOfWork


class SqlBorderPasses:
    """The passes that this desk made."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._connection = unit.connection

    def add(self, one: BorderPass, range_id: UUID) -> None:
        """Keep a new pass; its serial is taken with it."""
        values: dict[str, object] = {"id": one.id, "serial": one.serial, "range_id": range_id, "scheme": one.scheme}
        values |= {"person_id": one.person_id, "application_id": one.application_id, "post_code": one.post_code}
        values |= {"sex": one.counted.sex, "age_band": one.counted.age_band, "purpose": one.counted.purpose}
        values |= {"district": one.counted.district, "dependants": one.counted.dependants}
        self._connection.execute(insert(BorderPassRow), values | _moving(one))

    def change(self, one: BorderPass) -> None:
        """Keep where it stands now."""
        self._connection.execute(update(BorderPassRow).where(BorderPassRow.id == one.id).values(**_moving(one)))

    def by_serial(self, serial: int) -> BorderPass:
        """Return the pass of that serial.

        Raises:
            PassUnknownError: there is none.
        """
        return self._one(BorderPassRow.serial == serial)

    def get(self, pass_id: UUID) -> BorderPass:
        """Return the pass.

        Raises:
            PassUnknownError: there is none.
        """
        return self._one(BorderPassRow.id == pass_id)

    def of_application(self, application_id: UUID) -> BorderPass | None:
        """Return the pass that is made, or was handed over, for the application; spoiled ones are none."""
        asked = select(BorderPassRow.__table__).where(
            BorderPassRow.application_id == application_id, BorderPassRow.state != PassState.SPOILED.value
        )
        row = self._connection.execute(asked).one_or_none()
        return None if row is None else _pass(row)

    def of_person(self, person_id: UUID, scheme: str | None = None) -> tuple[BorderPass, ...]:
        """Return the person's passes, the newest first."""
        asked = select(BorderPassRow.__table__).where(BorderPassRow.person_id == person_id)
        if scheme is not None:
            asked = asked.where(BorderPassRow.scheme == scheme)
        return tuple(_pass(row) for row in self._connection.execute(asked.order_by(BorderPassRow.serial.desc())))

    def held_by(self, person_id: UUID, scheme: str) -> BorderPass | None:
        """Return the pass that the person holds of that scheme, by its events (time may have ended it)."""
        return next((one for one in self.of_person(person_id, scheme) if one.state in HELD), None)

    def listed(self, states: Collection[PassState] | None, limit: int) -> tuple[BorderPass, ...]:
        """Return the newest first; ``states`` None: any."""
        asked = select(BorderPassRow.__table__).order_by(BorderPassRow.id.desc()).limit(limit)
        if states is not None:
            asked = asked.where(BorderPassRow.state.in_([one.value for one in states]))
        return tuple(_pass(row) for row in self._connection.execute(asked))

    def withdrawn(self) -> tuple[int, ...]:
        """Return the serials whose seals are good no more, in order: for the list of revoked seals."""
        asked = select(BorderPassRow.serial).where(BorderPassRow.state.in_([one.value for one in NOT_GOOD]))
        spoiled = select(SpoiledSerialRow.serial)
        found = {*self._connection.execute(asked).scalars(), *self._connection.execute(spoiled).scalars()}
        return tuple(sorted(found))

    def _one(self, condition: Any) -> BorderPass:
        row = self._connection.execute(select(BorderPassRow.__table__).where(condition)).one_or_none()
        if row is None:
            raise PassUnknownError
        return _pass(row)


class SqlSerials:
    """The serials of this desk."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._connection = unit.connection

    def add(self, one: SerialRange) -> None:
        """Keep a range."""
        self._connection.execute(
            insert(SerialRangeRow),
            {
                "id": one.id,
                "first": one.first,
                "last": one.last,
                "place": one.place,
                "by": one.by,
                "allocated_at": one.allocated_at,
            },
        )

    def ranges(self) -> tuple[SerialRange, ...]:
        """Return the ranges in the order in which they were given."""
        asked = select(SerialRangeRow.__table__).order_by(SerialRangeRow.allocated_at, SerialRangeRow.first)
        return tuple(
            SerialRange(row.id, row.first, row.last, row.place, row.by, row.allocated_at)
            for row in self._connection.execute(asked)
        )

    def next(self, places: Collection[str]) -> tuple[int, SerialRange]:
        """Return the next serial of these places and its range: read inside a unit that writes, so that nobody else
        gets it. Ranges of other places stay unused.

        Raises:
            SerialsOutError: none is left.
        """
        for one in self.ranges():
            serial = self._free(one) if one.place in places else None
            if serial is not None:
                return serial, one
        raise SerialsOutError

    def spoil(self, serial: int, event_id: UUID) -> SerialRange:
        """Take a blank out of use; return its range.

        Raises:
            SerialSpoiledError: it is used, spoiled before, or not of this desk.
        """
        found = next((one for one in self.ranges() if one.first <= serial <= one.last), None)
        if found is None or self._is_taken(serial):
            raise SerialSpoiledError
        self._connection.execute(
            insert(SpoiledSerialRow), {"serial": serial, "range_id": found.id, "event_id": event_id}
        )
        return found

    def accounts(self) -> tuple[RangeAccount, ...]:
        """Return what became of each range."""
        return tuple(self._account(one) for one in self.ranges())

    def _account(self, one: SerialRange) -> RangeAccount:
        asked = (
            select(BorderPassRow.state, func.count())
            .where(BorderPassRow.serial.between(one.first, one.last))
            .group_by(BorderPassRow.state)
        )
        states = {str(row[0]): int(row[1]) for row in self._connection.execute(asked)}
        blanks = self._connection.execute(
            select(func.count())
            .select_from(SpoiledSerialRow)
            .where(SpoiledSerialRow.serial.between(one.first, one.last))
        ).scalar_one()
        made = states.pop(PassState.PRODUCED.value, 0)
        spoiled = states.pop(PassState.SPOILED.value, 0) + blanks
        given = sum(states.values())
        return RangeAccount(one, given, made, spoiled, len(one) - given - made - spoiled)

    def _free(self, one: SerialRange) -> int | None:
        """The serial after the last one used, past blanks that were spoiled ahead of it."""
        spoiled = set(
            self._connection.execute(
                select(SpoiledSerialRow.serial).where(SpoiledSerialRow.serial.between(one.first, one.last))
            ).scalars()
        )
        in_range = BorderPassRow.serial.between(one.first, one.last)
        taken = self._connection.execute(select(func.max(BorderPassRow.serial)).where(in_range)).scalar()
        serial = one.first if taken is None else int(taken) + 1
        while serial in spoiled:
            serial += 1
        return serial if serial <= one.last else None

    def _is_taken(self, serial: int) -> bool:
        return any(
            self._connection.execute(select(column).where(column == serial)).one_or_none() is not None
            for column in (BorderPassRow.serial, SpoiledSerialRow.serial)
        )


def _moving(one: BorderPass) -> dict[str, object]:
    return {
        "state": one.state.value,
        "valid_from": one.validity.first,
        "valid_to": one.validity.last,
        "suspended_until": one.suspended_until,
        "receipt": one.receipt,
        "handed_over_at": one.handed_over_at,
    }


def _pass(row: Any) -> BorderPass:
    return BorderPass(
        id=row.id,
        serial=row.serial,
        scheme=row.scheme,
        person_id=row.person_id,
        application_id=row.application_id,
        state=PassState(row.state),
        validity=Validity(row.valid_from, row.valid_to),
        suspended_until=row.suspended_until,
        post_code=row.post_code,
        counted=Counted(row.sex, row.age_band, row.purpose, row.district, row.dependants),
        receipt=row.receipt,
        handed_over_at=row.handed_over_at,
    )
