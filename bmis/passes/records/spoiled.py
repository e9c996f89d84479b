"""Serials that were spoiled, as the events tell them."""

from sqlalchemy import select

from bmis.passes.lifecycle import PassKind
from bmis.passes.records.keeping import event_of
from bmis.passes.records.parts import NOTE, SqlPassParts
from bmis.passes.records.tables import PassEventRow
from bmis.passes.serials import SpoiledNumber
from bmis.store.unit import UnitOfWork

_KINDS = (PassKind.SPOILED, PassKind.SERIAL_SPOILED)


def spoiled_numbers(unit: UnitOfWork) -> tuple[SpoiledNumber, ...]:
    """Return them, the newest first."""
    asked = select(PassEventRow.__table__).where(PassEventRow.kind.in_([one.value for one in _KINDS]))
    parts, found = SqlPassParts(unit), []
    for row in unit.connection.execute(asked.order_by(PassEventRow.seq.desc())):
        event = event_of(row)
        blank = event.kind is PassKind.SERIAL_SPOILED
        note = None if blank else parts.of_owner(event.id, NOTE)
        said = str(event.facts["reason"]) if blank else None if note is None else note.decode()
        found.append(SpoiledNumber(int(str(event.facts["serial"])), event.recorded_at, event.by, said, blank))
    return tuple(found)
