"""A record and its events folded into where it stands now."""

from collections.abc import Sequence

from poe_health.screening.record import EventKind, Screening, ScreeningEvent, ScreeningView, State
from poe_health.store.records.parts import PERSON


def fold(record: Screening, events: Sequence[ScreeningEvent]) -> ScreeningView:
    """Return the record as its events, oldest first, leave it."""
    state, facts, erased = State.STANDING, record.facts, frozenset[str]()
    named = PERSON in record.digests
    for event in events:
        if event.kind is EventKind.VOIDED:
            state = State.VOIDED
        elif event.kind is EventKind.ERASED:
            erased |= set(event.parts)
        elif event.facts is not None:
            facts = event.facts
            if event.kind is not EventKind.RELEASED:  # it changes what the lane may see, and no part
                named = PERSON in event.digests
    return ScreeningView(record, state, facts, tuple(events), erased, named and PERSON not in erased)
