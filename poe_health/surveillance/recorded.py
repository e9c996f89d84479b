"""What of a day is counted from records beside the screenings: doses, inspections, deaths at the post."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bmis.store.unit import UnitOfWork
from poe_health.post_events.records import SqlPostEvents
from poe_health.screening.records import SqlScreeningCounts
from poe_health.surveillance.arithmetic import Fault, TallyFault
from poe_health.surveillance.tally import DayTold
from poe_health.vaccinations.records import SqlDoses
from poe_health.voyages.records import SqlVoyages


@dataclass(frozen=True, slots=True)
class Recorded:
    """The numbers of the records. None: until that day the post kept none here, so somebody may tell the number."""

    vaccinated: int | None
    inspected: int | None
    deaths: int  # that no screening counts

    def over(self, told: DayTold) -> DayTold:
        """Return what is told where there are no records, and the records where there are."""
        return replace(
            told,
            vaccinated=told.vaccinated if self.vaccinated is None else self.vaccinated,
            conveyances_inspected=told.conveyances_inspected if self.inspected is None else self.inspected,
        )

    def contradicted_by(self, told: DayTold) -> Iterator[TallyFault]:
        """Yield what was told now and is another number than that of the records."""
        for fault, said, known in (
            (Fault.VACCINATED_DIFFERS, told.vaccinated, self.vaccinated),
            (Fault.INSPECTED_DIFFERS, told.conveyances_inspected, self.inspected),
        ):
            if said is not None and known is not None and said != known:
                yield TallyFault(fault, said, known)


def recorded_on(unit: UnitOfWork, day: date) -> Recorded:
    """Return what the records of the day say. Who died and has a screening that says so is counted there."""
    counts = SqlScreeningCounts(unit)
    deaths = SqlPostEvents(unit).deaths_on(day)
    travellers = counts.travellers({one for one in deaths if one is not None})
    already = counts.died(set(travellers.values()))
    whose = [one if one is None else travellers.get(one, one) for one in deaths]
    known = {one for one in whose if one is not None} - already
    return Recorded(
        vaccinated=SqlDoses(unit).given_on(day),
        inspected=SqlVoyages(unit).inspected_on(day),
        deaths=len(known) + whose.count(None),
    )
