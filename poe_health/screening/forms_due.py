"""Who was treated by the express record of cholera and has no form yet: treatment first, the form later."""

from dataclasses import dataclass
from datetime import timedelta

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock
from bmis.store.unit import OpenUnit
from poe_health.outbreaks.cholera import CholeraAnswers, CholeraRecord
from poe_health.screening.records.express import SqlExpressForms
from poe_health.surveillance.screened import post_day

LISTED_FOR = timedelta(days=14)  # longer than cholera lasts: after that nobody can be asked any more


@dataclass(frozen=True, slots=True)
class TreatedFirst:
    """Somebody treated, whose form nobody has filled in. ``answers`` None: they were erased."""

    record: CholeraRecord
    answers: CholeraAnswers | None


@dataclass(frozen=True, slots=True)
class FormsDue:
    """Answers whose form is due. The case that is the form names the record (``ScreeningRequest.cholera_id``)."""

    open_read: OpenUnit
    now: Clock
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def __call__(self, by: Actor) -> tuple[TreatedFirst, ...]:
        """Return them, the oldest first; nobody is named.

        Raises:
            NotAllowedError: the role does not read records.
        """
        require(by, Permission.READ_HEALTH_RECORDS)
        today = post_day(self.now(), self.utc_offset_minutes)
        with self.open_read() as unit:
            found = SqlExpressForms(unit).due(today - LISTED_FOR, today)
        return tuple(TreatedFirst(record, answers) for record, answers in found)
