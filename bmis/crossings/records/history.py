"""What the store knows of a document or a person, for the checks. Each question reads in a unit of its own."""

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Select, Table, bindparam, or_, select
from sqlalchemy.engine import Row

from bmis.crossings.case import Past
from bmis.crossings.decision import Decision, Direction
from bmis.crossings.identity import Identity
from bmis.crossings.records.tables import CrossingRow, TravellerLinkRow
from bmis.documents.dates import PartialDate
from bmis.store.unit import OpenUnit, UnitOfWork

NEWEST = 100  # crossings of one person that a check looks at; a daily trader has some fifty a month
_C = cast(Table, CrossingRow.__table__).c
_LINKS = cast(Table, TravellerLinkRow.__table__)
_BACK = _LINKS.alias("back")


def _past(*conditions: Any) -> Select[Any]:
    columns = (
        _C.id,
        _C.seq,
        _C.desk_id,
        _C.direction,
        _C.decision,
        _C.crossed_at,
        _C.post_code,
        _C.traveller_id,
        _C.closed_by,
        _C.document_number,
        _C.issuing_state,
        _C.surname_key,
        _C.given_names_key,
        _C.birth_date,
        _C.sex,
    )
    standing = select(*columns).where(*conditions, _C.state == "standing")
    return standing.order_by(_C.crossed_at.desc(), _C.seq.desc()).limit(NEWEST)


_BY_DOCUMENT = _past(_C.document_number == bindparam("number"), _C.issuing_state == bindparam("issuer"))
_BY_NAME = _past(
    _C.surname_key == bindparam("surname"),
    _C.given_names_key == bindparam("given_names"),
    _C.birth_date == bindparam("birth"),
)
_BY_TRAVELLERS = _past(_C.traveller_id.in_(bindparam("travellers", expanding=True)))
_LINKED = select(_LINKS.c.traveller_id, _LINKS.c.other_id).where(
    _LINKS.c.kind == "linked",
    or_(
        _LINKS.c.traveller_id.in_(bindparam("these", expanding=True)),
        _LINKS.c.other_id.in_(bindparam("these", expanding=True)),
    ),
    ~select(_BACK.c.event_id).where(_BACK.c.link_id == _LINKS.c.event_id, _BACK.c.kind == "unlinked").exists(),
)


class SqlHistory:
    """Answers from the store; safe in any thread, for every question opens its own unit."""

    def __init__(self, open_read: OpenUnit) -> None:
        self._open_read = open_read

    def by_document(self, issuing_state: str, number: str) -> tuple[Past, ...]:
        """Return the standing crossings on that document, the newest first."""
        return self._ask(_BY_DOCUMENT, {"number": number, "issuer": issuing_state})

    def by_name_and_birth(self, identity: Identity) -> tuple[Past, ...]:
        """Return the standing crossings of people of that name and birth date, the newest first."""
        wanted = {
            "surname": identity.surname_key,
            "given_names": identity.given_names_key,
            "birth": str(identity.birth_date),
        }
        return self._ask(_BY_NAME, wanted)

    def of_travellers(self, travellers: Iterable[UUID]) -> tuple[Past, ...]:
        """Return the standing crossings of these travellers and of those linked to them, the newest first."""
        with self._open_read() as unit:
            everybody = linked_to(unit, frozenset(travellers))
            rows = unit.connection.execute(_BY_TRAVELLERS, {"travellers": list(everybody)})
            return tuple(_noun(row) for row in rows)

    def _ask(self, question: Select[Any], wanted: dict[str, Any]) -> tuple[Past, ...]:
        with self._open_read() as unit:
            return tuple(_noun(row) for row in unit.connection.execute(question, wanted))


def linked_to(unit: UnitOfWork, travellers: frozenset[UUID]) -> frozenset[UUID]:
    """Return the travellers and everybody that links which hold join to them."""
    everybody = travellers
    asked = travellers
    while asked:
        rows = unit.connection.execute(_LINKED, {"these": list(asked)})
        found = frozenset(one for row in rows for one in row)
        asked = found - everybody
        everybody |= found
    return everybody


def _noun(row: Row[Any]) -> Past:
    return Past(
        id=row.id,
        seq=row.seq,
        desk_id=row.desk_id,
        direction=Direction(row.direction),
        decision=Decision(row.decision),
        crossed_at=row.crossed_at,
        post_code=row.post_code,
        traveller_id=row.traveller_id,
        closed_by=row.closed_by,
        document_number=row.document_number,
        issuing_state=row.issuing_state,
        identity=Identity(
            row.surname_key,
            row.given_names_key,
            PartialDate.parse(row.birth_date) if row.birth_date else None,
            row.sex,
        ),
    )
