"""Persons as keys to find them by. The names lie in the parts."""

from uuid import UUID

from sqlalchemy import ColumnElement, insert, or_, select, update

from bmis.passes.applicant import Applicant
from bmis.passes.matching import KnownPerson
from bmis.passes.records.tables import PassPersonRow
from bmis.store.unit import UnitOfWork


class SqlPassPeople:
    """The persons inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._connection = unit.connection

    def add(self, person_id: UUID, one: Applicant) -> None:
        """Keep the keys of a new person."""
        self._connection.execute(insert(PassPersonRow), {"id": person_id, "forgotten": False, **_keys(one)})

    def learn(self, person_id: UUID, one: Applicant) -> None:
        """Keep the keys of a person as the newest application has them."""
        self._connection.execute(update(PassPersonRow).where(PassPersonRow.id == person_id).values(**_keys(one)))

    def find(self, person_id: UUID) -> KnownPerson | None:
        """Return the person; None: there is none, or they were forgotten."""
        asked = select(PassPersonRow.__table__).where(PassPersonRow.id == person_id, PassPersonRow.forgotten.is_(False))
        row = self._connection.execute(asked).one_or_none()
        return None if row is None else _person(row)

    def near(self, one: Applicant) -> tuple[KnownPerson, ...]:
        """Return whoever has the same document, or was born about then: those worth comparing."""
        born = one.birth_date.year
        table = PassPersonRow.__table__
        wanted: list[ColumnElement[bool]] = [PassPersonRow.birth_year.between(born - 1, born + 1)]
        if one.id_key is not None:
            wanted.append(PassPersonRow.id_key == one.id_key)
        asked = select(table).where(PassPersonRow.forgotten.is_(False), or_(*wanted)).order_by(PassPersonRow.id)
        return tuple(_person(row) for row in self._connection.execute(asked))

    def forget(self, person_id: UUID) -> None:
        """Empty the keys."""
        empty = {"id_key": None, "name_key": "", "birth": "", "birth_year": 0, "sex": "X", "village_key": ""}
        self._connection.execute(
            update(PassPersonRow).where(PassPersonRow.id == person_id).values(forgotten=True, **empty)
        )


def _keys(one: Applicant) -> dict[str, str | int | None]:
    return {
        "id_key": one.id_key,
        "name_key": one.name_key,
        "birth": str(one.birth_date),
        "birth_year": one.birth_date.year,
        "sex": one.sex,
        "village_key": one.village_key,
    }


def _person(row: object) -> KnownPerson:
    return KnownPerson(
        row.id,  # type: ignore[attr-defined]  # a SQLAlchemy row of the table
        row.id_key,  # type: ignore[attr-defined]
        row.name_key,  # type: ignore[attr-defined]
        row.birth,  # type: ignore[attr-defined]
        row.sex,  # type: ignore[attr-defined]
        row.village_key,  # type: ignore[attr-defined]
    )
