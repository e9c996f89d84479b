"""Whether the health step is done. What port health said beyond that stays in the lane's memory.

Done is only H_OK. Wait, with health, decision, no token ("sem senha") and one that does not count are all "not done":
grey, so that nobody is let go on unseen, and the same in every record, so that none tells who was kept by health.
H_OK grants nothing: it is one green line among the others.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bmis.crossings.case import Case
from bmis.crossings.finding import Finding, Status
from bmis.crossings.health_lane import HealthLane
from bmis.kernel.clearance import ClearanceOutcome
from bmis.posts.post_setting import HealthOrder


@dataclass(frozen=True, slots=True)
class HealthStep:
    """``lane`` knows what the traveller showed. It opens the store and reads a setting: it may be late."""

    lane: HealthLane
    name: str = "health_step"
    mandatory: bool = True
    timeout_s: float | None = 3.0
    rule: str = "health_step/2026-11-22"

    def __call__(self, case: Case) -> Iterator[Finding]:
        """Yield one finding: done, not_done, or after_lane where the post does health after the lane."""
        shown = self.lane.shown(case.request.request_id)
        if shown is None and self.lane.order() is HealthOrder.LANE_FIRST:
            yield Finding(self.name, Status.GREEN, "after_lane", self.rule, mandatory=self.mandatory)
            return
        clearance = None if shown is None else shown.clearance
        counts = (
            clearance is not None
            and clearance.outcome is ClearanceOutcome.H_OK
            and case.now < clearance.valid_until
            and not self.lane.is_used(clearance)
        )
        status, evidence = (Status.GREEN, "done") if counts else (Status.GREY, "not_done")
        yield Finding(self.name, status, evidence, self.rule, mandatory=self.mandatory)
