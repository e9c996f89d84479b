"""Free pratique as events (IHR art. 28): asked, inspected, granted, by radio, or with measures. There is no refusal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from poe_health.voyages.declarations import Read, Reading
from poe_health.voyages.errors import PratiqueStepError, RadioPratiqueError, VoyageFieldError


class PratiqueState(StrEnum):
    """Where free pratique stands; the values from PENDING_INSPECTION on are those of the form."""

    NOT_ASKED = "NOT_ASKED"
    ASKED = "ASKED"
    PENDING_INSPECTION = "PENDING_INSPECTION"
    WITH_MEASURES = "WITH_MEASURES"
    GRANTED = "GRANTED"
    GRANTED_BY_RADIO = "GRANTED_BY_RADIO"


class Step(StrEnum):
    """What may happen."""

    ASK = "ask"
    INSPECT = "inspect"
    ORDER_MEASURES = "order_measures"
    FINISH_MEASURES = "finish_measures"
    GRANT = "grant"
    GRANT_BY_RADIO = "grant_by_radio"
    REPORT_ILLNESS = "report_illness"  # heard after it was granted: it is inspected after all


@dataclass(frozen=True, slots=True)
class PratiqueEvent:
    """One step. ``reason``: why it waits for an inspection or for measures; health is never a reason to refuse."""

    step: Step
    at: datetime
    by: str
    reason: str = ""


_LEADS: dict[tuple[PratiqueState, Step], PratiqueState] = {
    (PratiqueState.NOT_ASKED, Step.ASK): PratiqueState.ASKED,
    (PratiqueState.ASKED, Step.INSPECT): PratiqueState.PENDING_INSPECTION,
    (PratiqueState.ASKED, Step.GRANT): PratiqueState.GRANTED,
    (PratiqueState.ASKED, Step.GRANT_BY_RADIO): PratiqueState.GRANTED_BY_RADIO,
    (PratiqueState.ASKED, Step.ORDER_MEASURES): PratiqueState.WITH_MEASURES,
    (PratiqueState.PENDING_INSPECTION, Step.GRANT): PratiqueState.GRANTED,
    (PratiqueState.PENDING_INSPECTION, Step.ORDER_MEASURES): PratiqueState.WITH_MEASURES,
    (PratiqueState.WITH_MEASURES, Step.ORDER_MEASURES): PratiqueState.WITH_MEASURES,
    (PratiqueState.WITH_MEASURES, Step.FINISH_MEASURES): PratiqueState.GRANTED,
    (PratiqueState.GRANTED, Step.REPORT_ILLNESS): PratiqueState.PENDING_INSPECTION,
    (PratiqueState.GRANTED_BY_RADIO, Step.REPORT_ILLNESS): PratiqueState.PENDING_INSPECTION,
}
_WITH_REASON = frozenset({Step.INSPECT, Step.ORDER_MEASURES, Step.REPORT_ILLNESS})


def pratique_of(events: Sequence[PratiqueEvent]) -> PratiqueState:
    """Return where free pratique stands.

    Raises:
        PratiqueStepError: a step does not follow the one before.
    """
    state = PratiqueState.NOT_ASKED
    for event in events:
        state = _after(state, event.step)
    return state


def steps_from(state: PratiqueState) -> tuple[Step, ...]:
    """Return the steps that may follow."""
    return tuple(step for from_state, step in _LEADS if from_state is state)


def next_event(
    events: Sequence[PratiqueEvent], step: Step, *, at: datetime, by: str, papers: Read | None = None, reason: str = ""
) -> PratiqueEvent:
    """Return the event of a step. ``papers``: what the declaration says, needed to grant by radio.

    Raises:
        PratiqueStepError: the step does not follow. VoyageFieldError: it needs a reason.
        RadioPratiqueError: without whole papers that report nothing it cannot be granted unseen (art. 28(3)).
    """
    _after(pratique_of(events), step)
    if step in _WITH_REASON and not reason.strip():
        raise VoyageFieldError("reason")
    if step is Step.GRANT_BY_RADIO and (papers is None or papers.reading is not Reading.NOTHING_REPORTED):
        still_open = 0 if papers is None else len(papers.open_questions) + len(papers.lacking) + len(papers.reported)
        raise RadioPratiqueError(still_open)
    return PratiqueEvent(step, at, by, reason.strip())


def _after(state: PratiqueState, step: Step) -> PratiqueState:
    found = _LEADS.get((state, step))
    if found is None:
        raise PratiqueStepError(state=state.value)
    return found
