"""What must add up before a tally is submitted. Each fault says which numbers contradict each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from poe_health.surveillance.settings import reasons_none_screened
from poe_health.surveillance.tally import DailyTally

HOURS_OF_A_DAY = Decimal(24)


class Fault(StrEnum):
    """What does not add up."""

    SPLIT_NOT_SUM = "split_not_sum"  # the groups of a dimension do not add up to those screened
    SEX_NOT_SPLIT = "sex_not_split"
    SECONDARY_OVER_SCREENED = "secondary_over_screened"
    THRESHOLD_OVER_SCREENED = "threshold_over_screened"
    SUSPECTED_OVER_SECONDARY = "suspected_over_secondary"
    DISEASE_OVER_SUSPECTED = "disease_over_suspected"
    SUSPECTED_WITHOUT_DISEASE = "suspected_without_disease"
    ENDED_OVER_SECONDARY = "ended_over_secondary"
    NOT_VALID_OVER_CHECKED = "not_valid_over_checked"
    CROSSED_FEWER = "crossed_fewer"
    NONE_SCREENED_WITHOUT_REASON = "none_screened_without_reason"
    REASON_THOUGH_SCREENED = "reason_though_screened"
    REASON_UNKNOWN = "reason_unknown"
    CAME_BUT_NOBODY = "came_but_nobody"
    HOURS_OUTSIDE = "hours_outside"
    HOURS_UNKNOWN = "hours_unknown"
    SCREENED_WHILE_CLOSED = "screened_while_closed"
    VACCINATED_DIFFERS = "vaccinated_differs"  # told by hand, and the doses on record say another number
    INSPECTED_DIFFERS = "inspected_differs"
    EXPRESS_WITHOUT_FORM = "express_without_form"  # treated for cholera, and in no count before their form


NOT_SAID = frozenset({Fault.HOURS_UNKNOWN, Fault.EXPRESS_WITHOUT_FORM})
"""What is only missing: shown and asked for, but no numbers contradict each other, so it stops no submission."""


@dataclass(frozen=True, slots=True)
class TallyFault:
    """A fault, the number found and the number it was held against; ``of`` names the dimension or the disease."""

    fault: Fault
    found: int
    against: int
    of: str = ""

    @property
    def blocks(self) -> bool:
        """Return whether the tally cannot be submitted with it."""
        return self.fault not in NOT_SAID


def faults_of(tally: DailyTally) -> tuple[TallyFault, ...]:
    """Return every fault; where none blocks, the tally may be submitted."""
    return (*_splits(tally), *_order(tally), *_diseases(tally), *_reasons(tally), *_hours(tally))


def _splits(tally: DailyTally) -> Iterator[TallyFault]:
    screened = tally.counts.screened
    if "sex" not in tally.screened_by and screened:
        yield TallyFault(Fault.SEX_NOT_SPLIT, 0, screened, "sex")
    for dimension, groups in tally.screened_by.items():
        if sum(groups.values()) != screened:
            yield TallyFault(Fault.SPLIT_NOT_SUM, sum(groups.values()), screened, dimension)


def _order(tally: DailyTally) -> Iterator[TallyFault]:
    counts = tally.counts
    ended, room = counts.referred + counts.isolated, counts.secondary + counts.deaths
    for fault, less, more in (
        (Fault.SECONDARY_OVER_SCREENED, counts.secondary, counts.screened),
        (Fault.THRESHOLD_OVER_SCREENED, counts.temp_ge_threshold, counts.screened + counts.refused_screening),
        (Fault.SUSPECTED_OVER_SECONDARY, counts.suspected, counts.secondary),
        (Fault.ENDED_OVER_SECONDARY, ended, room),
        (Fault.NOT_VALID_OVER_CHECKED, counts.yf_not_valid, counts.yf_checked),
    ):
        if less > more:
            yield TallyFault(fault, less, more)
    crossed = sum(tally.crossed.values()) if tally.crossed is not None else None
    if crossed is not None and crossed < counts.screened and not (tally.fewer_crossed_reason or "").strip():
        yield TallyFault(Fault.CROSSED_FEWER, crossed, counts.screened)


def _diseases(tally: DailyTally) -> Iterator[TallyFault]:
    persons = tally.counts.suspected
    for disease, count in tally.suspected_by.items():
        if count > persons:
            yield TallyFault(Fault.DISEASE_OVER_SUSPECTED, count, persons, disease)
    if sum(tally.suspected_by.values()) < persons:
        yield TallyFault(Fault.SUSPECTED_WITHOUT_DISEASE, sum(tally.suspected_by.values()), persons)


def _reasons(tally: DailyTally) -> Iterator[TallyFault]:
    screened, reason = tally.counts.screened, tally.none_screened_reason
    if reason is not None and reason not in reasons_none_screened():
        yield TallyFault(Fault.REASON_UNKNOWN, screened, 0)
    elif reason is None and screened == 0:
        yield TallyFault(Fault.NONE_SCREENED_WITHOUT_REASON, 0, 0)
    elif reason is not None and screened > 0:
        yield TallyFault(Fault.REASON_THOUGH_SCREENED, screened, 0)
    elif reason == "NO_TRAVELLERS" and tally.crossed is not None and sum(tally.crossed.values()) > 0:
        yield TallyFault(Fault.CAME_BUT_NOBODY, sum(tally.crossed.values()), 0)


def _hours(tally: DailyTally) -> Iterator[TallyFault]:
    hours, screened = tally.hours_open, tally.counts.screened
    if hours is None:
        yield TallyFault(Fault.HOURS_UNKNOWN, 0, 0)
    elif not 0 <= hours <= HOURS_OF_A_DAY:
        yield TallyFault(Fault.HOURS_OUTSIDE, int(hours), int(HOURS_OF_A_DAY))
    elif hours == 0 and screened > 0:
        yield TallyFault(Fault.SCREENED_WHILE_CLOSED, screened, 0)
