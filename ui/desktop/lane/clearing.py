"""The lane as the health step knows it: the draft is the traveller."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from bmis.crossings.finding import Finding
from bmis.kernel.clock import Clock
from ui.desktop.clearing import CHECK, ClearingModel
from ui.desktop.health_shown import DeskHealth
from ui.desktop.lane.drafting import Phase
from ui.desktop.workers.runner import Runner

if TYPE_CHECKING:
    from ui.desktop.lane.view_model import LaneModel


class AtLane:
    """Answers ``ui.desktop.clearing.AtDesk``."""

    def __init__(self, lane: "LaneModel") -> None:
        self._lane = lane

    @property
    def traveller(self) -> UUID | None:
        """The request of the draft."""
        return self._lane.draft.request_id if self._lane.draft is not None else None

    @property
    def is_deciding(self) -> bool:
        """Whether a decision is being stored."""
        return self._lane.deciding.is_busy

    @property
    def health_findings(self) -> Sequence[Finding] | None:
        """What the health step has landed."""
        line = next((one for one in self._lane.checking.lines if one.name == CHECK), None)
        return None if line is None else line.findings or ()

    def begin(self) -> UUID | None:
        """Return the request of the draft, begun where there is none."""
        lane = self._lane
        if lane.phase is Phase.SAVED:
            lane.next_traveller()
        if lane.draft is None:
            lane.begin()
        return self.traveller

    def examine_again(self) -> None:
        """Run the checks again."""
        self._lane.examine_again()


def clearing_at(lane: "LaneModel", health: DeskHealth, runner: Runner, clock: Clock) -> ClearingModel:
    """Return the health step of the lane, joined with it."""
    clearing = ClearingModel(AtLane(lane), health, runner, clock, lane)
    clearing.changed.connect(lane.changed)
    clearing.failed.connect(lane.noticed)
    lane.changed.connect(clearing.follow)
    lane.deciding.busy.connect(clearing.busy)
    lane.reading.token_seen.connect(clearing.take)
    return clearing
