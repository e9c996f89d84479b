"""Applications inside one unit of work."""

import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update

from bmis.passes.border_pass import Application, Counted, Origin
from bmis.passes.errors import ApplicationUnknownError
from bmis.passes.lifecycle import UNDER_WAY, ApplicationState
from bmis.passes.records.tables import PassApplicationRow
from bmis.store.canonical import canonical
from bmis.store.unit import UnitOfWork


class SqlApplications:
    """The applications of this desk."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._connection = unit.connection

    def next_serial(self) -> int:
        """Return the number of the desk's next application."""
        return (self._connection.execute(select(func.max(PassApplicationRow.serial))).scalar() or 0) + 1

    def add(self, one: Application) -> None:
        """Keep a new application."""
        values = {"id": one.id, "number": one.number, "serial": one.serial, "request_id": one.request_id}
        values |= {"scheme": one.scheme, "scheme_version": one.scheme_version, "person_id": one.person_id}
        values |= {"origin": one.origin.value, "earlier_pass_id": one.earlier_pass_id, "captured_by": one.captured_by}
        self._connection.execute(insert(PassApplicationRow), values | _moving(one))

    def change(self, one: Application) -> None:
        """Keep where it stands now."""
        self._connection.execute(
            update(PassApplicationRow).where(PassApplicationRow.id == one.id).values(**_moving(one))
        )

    def by_request(self, request_id: UUID) -> Application | None:
        """Return the application of that request."""
        asked = select(PassApplicationRow.__table__).where(PassApplicationRow.request_id == request_id)
        row = self._connection.execute(asked).one_or_none()
        return None if row is None else _application(row)

    def get(self, which: UUID | str) -> Application:
        """Return the application of that identifier or number.

        Raises:
            ApplicationUnknownError: there is none.
        """
        table = PassApplicationRow.__table__
        asked = select(table).where(
            PassApplicationRow.id == which if isinstance(which, UUID) else PassApplicationRow.number == which
        )
        row = self._connection.execute(asked).one_or_none()
        if row is None:
            raise ApplicationUnknownError
        return _application(row)

    def of_person(self, person_id: UUID) -> tuple[Application, ...]:
        """Return the person's applications, the newest first."""
        return self.listed(None, 100, person_id)

    def under_way(self, person_id: UUID, scheme: str) -> Application | None:
        """Return the person's application of that scheme that is not over yet."""
        return next((one for one in self.of_person(person_id) if one.scheme == scheme and one.state in UNDER_WAY), None)

    def listed(
        self, states: Collection[ApplicationState] | None, limit: int, person_id: UUID | None = None
    ) -> tuple[Application, ...]:
        """Return the newest first; ``states`` None: any."""
        asked = select(PassApplicationRow.__table__).order_by(PassApplicationRow.serial.desc()).limit(limit)
        if states is not None:
            asked = asked.where(PassApplicationRow.state.in_([one.value for one in states]))
        if person_id is not None:
            asked = asked.where(PassApplicationRow.person_id == person_id)
        return tuple(_application(row) for row in self._connection.execute(asked))


def _moving(one: Application) -> dict[str, object]:
    return {
        "state": one.state.value,
        "approved_by": one.approved_by,
        "sex": one.counted.sex,
        "age_band": one.counted.age_band,
        "purpose": one.counted.purpose,
        "district": one.counted.district,
        "dependants": one.counted.dependants,
        "answers": canonical({"answers": list(one.answers)}),
    }


def _application(row: Any) -> Application:
    return Application(
        id=row.id,
        number=row.number,
        serial=row.serial,
        request_id=row.request_id,
        scheme=row.scheme,
        scheme_version=row.scheme_version,
        person_id=row.person_id,
        state=ApplicationState(row.state),
        origin=Origin(row.origin),
        earlier_pass_id=row.earlier_pass_id,
        captured_by=row.captured_by,
        approved_by=row.approved_by,
        counted=Counted(row.sex, row.age_band, row.purpose, row.district, row.dependants),
        answers=tuple(json.loads(row.answers)["answers"]),
    )
