"""Express records of cholera and the cases that are their forms: one case a record, or the patient counts twice."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from bmis.store.unit import UnitOfWork
from poe_health.outbreaks.cholera import CholeraAnswers, CholeraRecord
from poe_health.outbreaks.errors import CholeraUnknownError
from poe_health.outbreaks.records import CholeraRow, SqlCholera
from poe_health.screening.errors import ExpressFormTakenError
from poe_health.screening.records.tables import ScreeningRow
from poe_health.screening.records.writing import part_of

_STANDING = ScreeningRow.state == "standing"


class SqlExpressForms:
    """The express records and their forms inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def due(self, first: date, last: date) -> tuple[tuple[CholeraRecord, CholeraAnswers | None], ...]:
        """Return the records of those days that no standing case names, the oldest first, with what is kept of them."""
        named = select(ScreeningRow.cholera_id).where(ScreeningRow.cholera_id.is_not(None), _STANDING)
        asked = select(CholeraRow.payload).where(CholeraRow.day.between(first, last), CholeraRow.id.not_in(named))
        asked = asked.order_by(CholeraRow.recorded_at, CholeraRow.seq)
        found = [part_of(CholeraRecord, text) for text in self._unit.connection.execute(asked).scalars().all()]
        store = SqlCholera(self._unit)
        return tuple((record, store.answers(record.id)) for record in found)

    def require_free(self, record_id: UUID, but: UUID | None = None) -> None:
        """Return only if a case may be bound to the express record; ``but`` is the case that is asked about.

        Raises:
            CholeraUnknownError: there is none. ExpressFormTakenError: another standing case is its form.
        """
        if SqlCholera(self._unit).find(record_id) is None:
            raise CholeraUnknownError
        asked = select(ScreeningRow.id).where(ScreeningRow.cholera_id == record_id, _STANDING)
        if any(found != but for found in self._unit.connection.execute(asked).scalars()):
            raise ExpressFormTakenError
