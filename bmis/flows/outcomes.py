"""What may come of a decided crossing and is counted as a rate."""

from bmis.crossings.counted import CountedCrossing
from bmis.crossings.decision import Decision
from bmis.documents.travel_document import CaptureMethod

DECIDED, REFUSED, MANUAL, OVERRIDE, SECONDARY = "decided", "refused", "manual", "override", "secondary"
_BY_HAND = frozenset({CaptureMethod.MANUAL.value, CaptureMethod.TYPED_MRZ.value})


def outcomes_of(crossing: CountedCrossing) -> tuple[str, ...]:
    """Return what counts of a crossing, "decided" first; nothing of one that waits for secondary."""
    if crossing.decision is Decision.PENDING_SECONDARY:
        return ()
    found = [DECIDED]
    if crossing.is_stopped:
        found.append(REFUSED)
    if crossing.capture_method in _BY_HAND:
        found.append(MANUAL)
    if crossing.overrides:
        found.append(OVERRIDE)
    if crossing.after_secondary:
        found.append(SECONDARY)
    return tuple(found)
