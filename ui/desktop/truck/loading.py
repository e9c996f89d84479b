"""What the traveller at the truck carries: declared line by line, judged with the pass. QtCore only."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from bmis.crossings.decision import Direction
from ui.desktop.pass_shown import NoPassShownError, ShownPass
from ui.desktop.truck.parts import Given, TruckAnswer, TruckParts
from ui.desktop.workers.runner import Runner

if TYPE_CHECKING:
    from uuid import UUID

    from bmis.passes.goods import CommonList, GoodsLine
    from ui.desktop.truck.view_model import TruckModel


class LoadingModel:
    """Answers ``ui.desktop.pass_shown.CarriesLoad``."""

    def __init__(self, truck: "TruckModel", parts: TruckParts, runner: Runner) -> None:
        self._truck, self._parts, self._runner = truck, parts, runner
        self.goods: tuple[GoodsLine, ...] = ()

    @property
    def shown(self) -> ShownPass | None:
        """The pass on the screen."""
        return self._truck.answer.shown if self._truck.answer is not None and self._truck.is_shown else None

    @property
    def products(self) -> "CommonList | None":
        """The products of the simplified regime."""
        return None if self.shown is None else self._parts.products(self.shown)

    def declare(
        self, goods: "tuple[GoodsLine, ...]", done: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        """Take the load in place of the one before."""
        truck, answer = self._truck, self._truck.answer
        if answer is None or self.shown is None:
            failed(NoPassShownError())
            return

        def on_judged(judged: TruckAnswer) -> None:
            if truck.answer is not None and truck.answer.request_id == judged.request_id and truck.is_shown:
                self.goods = goods
                truck.take_load(judged)
            done()

        self._runner.run(lambda: self._parts.declare(answer, goods), on_judged, failed)

    def forget(self) -> None:
        """Nothing is carried any more: another traveller."""
        self.goods = ()


def looked(
    parts: TruckParts, request_id: "UUID", given: Given, way: Direction, plate: str, goods: "tuple[GoodsLine, ...]"
) -> TruckAnswer:
    """Return the verdict; a load that was declared before is declared anew, for it is judged with the pass."""
    answer = parts.look(request_id, given, way, plate)
    return parts.declare(answer, goods) if goods else answer
