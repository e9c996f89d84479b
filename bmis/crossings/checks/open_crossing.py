"""Whether the earlier crossings fit this one: in before out, and nobody decided around an open case.

What is missing proves nothing while the post's records are not known to be complete: then it is grey, never amber,
and never an overstay.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bmis.crossings.case import Case, Past
from bmis.crossings.decision import LETS_THROUGH, Decision, Direction
from bmis.crossings.finding import Fact, Finding, Status


@dataclass(frozen=True, slots=True)
class OpenCrossing:
    """``entry_stamp`` is the evidence "entrada por carimbo": it explains a missing entry and does not prove it."""

    name: str = "open_crossing"
    mandatory: bool = True
    timeout_s: float | None = 3.0
    rule: str = "open_crossing/2026-01-01"

    def __call__(self, case: Case) -> Iterator[Finding]:
        """Yield one finding, and a second one where an earlier case still waits for its decision."""
        if not case.document.number or not case.document.issuing_state:
            yield self._finding(Status.GREY, "no_number")
            return
        past = case.same_person
        waiting = next((one for one in past if _waits(one) and one.id != case.closes), None)
        if waiting is not None:
            yield self._finding(Status.RED, "waits_in_secondary", **_told(waiting))
        last = next((one for one in past if one.decision in LETS_THROUGH), None)
        if case.direction is Direction.ENTRY:
            yield self._entry(case, last)
        else:
            yield self._exit(case, last)

    def _entry(self, case: Case, last: Past | None) -> Finding:
        if last is None:
            return self._finding(Status.GREEN, "first_crossing")
        if last.direction is Direction.EXIT:
            return self._finding(Status.GREEN, "left_before", **_told(last))
        complete = case.covered_by_records(last.crossed_at)
        return self._finding(Status.AMBER if complete else Status.GREY, "entered_without_exit", **_told(last))

    def _exit(self, case: Case, last: Past | None) -> Finding:
        if last is not None and last.direction is Direction.ENTRY:
            return self._finding(Status.GREEN, "entered_before", **_told(last))
        if last is None and case.is_national:
            return self._finding(Status.GREEN, "national_first_exit")
        complete = last is not None and case.covered_by_records(last.crossed_at)
        status = Status.AMBER if complete else Status.GREY
        if stamp := case.request.evidence.entry_stamp:
            return self._finding(status, "entered_by_stamp", stamp=stamp)
        if last is None:
            return self._finding(Status.GREY, "no_entry_recorded")
        return self._finding(status, "left_without_entry", **_told(last))

    def _finding(self, status: Status, evidence: str, **facts: Fact) -> Finding:
        return Finding(self.name, status, evidence, self.rule, facts, self.mandatory)


def _waits(past: Past) -> bool:
    return past.decision is Decision.PENDING_SECONDARY and past.closed_by is None


def _told(past: Past) -> dict[str, Fact]:
    return {"at": past.crossed_at.isoformat(), "post": past.post_code}
