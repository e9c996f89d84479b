"""The truck as the health step knows it: whoever stands on the screen, from the first thing that is shown."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from bmis.crossings.finding import Finding
from bmis.kernel.clock import Clock
from ui.desktop.clearing import CHECK, ClearingModel
from ui.desktop.health_shown import DeskHealth
from ui.desktop.workers.runner import Runner

if TYPE_CHECKING:
    from ui.desktop.truck.view_model import TruckModel


class AtTruck:
    """Answers ``ui.desktop.clearing.AtDesk``."""

    def __init__(self, truck: "TruckModel") -> None:
        self._truck = truck

    @property
    def traveller(self) -> UUID | None:
        """The request of whoever stands there."""
        return self._truck.traveller

    @property
    def is_deciding(self) -> bool:
        """Whether a decision is being stored."""
        return self._truck.is_saving

    @property
    def health_findings(self) -> Sequence[Finding] | None:
        """What the health step said, None where it is not among the checks or nobody was judged."""
        answer = self._truck.answer
        if answer is None or not self._truck.is_shown:
            return None
        return tuple(one for one in answer.findings if one.check == CHECK) or None

    def begin(self) -> UUID | None:
        """Return the request of whoever stands there, begun where nobody does."""
        return self._truck.begin()

    def examine_again(self) -> None:
        """Judge them anew."""
        self._truck.examine_again()


def clearing_at(truck: "TruckModel", health: DeskHealth, runner: Runner, clock: Clock) -> ClearingModel:
    """Return the health step of the truck, joined with it."""
    clearing = ClearingModel(AtTruck(truck), health, runner, clock, truck)
    clearing.changed.connect(truck.changed)
    clearing.failed.connect(truck.noticed)
    truck.changed.connect(clearing.follow)
    truck.busy.connect(clearing.busy)
    truck.watching.token_seen.connect(clearing.take)
    return clearing
