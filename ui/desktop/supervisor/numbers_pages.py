"""The pages of numbers of the supervisor's desk, put in place together."""

from ui.desktop.papers import SendToPrinter
from ui.desktop.parts import Describe
from ui.desktop.shell.sections import SectionDesk
from ui.desktop.supervisor.ahead_model import ForecastModel, RiskModel
from ui.desktop.supervisor.bulletin_model import EditionsModel, ReturnsModel
from ui.desktop.supervisor.explorer_model import ExplorerModel
from ui.desktop.supervisor.numbers_model import NumbersModel, ReportsModel
from ui.desktop.supervisor.numbers_parts import NumbersParts
from ui.desktop.supervisor.view_explorer import ExplorerSection
from ui.desktop.supervisor.view_forecast import ForecastSection
from ui.desktop.supervisor.view_numbers import NumbersSection
from ui.desktop.supervisor.view_reports import ReportsSection
from ui.desktop.supervisor.view_returns import ReturnsSection
from ui.desktop.supervisor.view_risk import RiskSection
from ui.desktop.workers.aside_model import AsideModel


class NumbersPages:
    """Adds the sections to a desk; each has a thread of its own, begun with its first question."""

    def __init__(
        self, desk: SectionDesk, parts: NumbersParts, describe: Describe, printer: SendToPrinter | None
    ) -> None:
        numbers, reports = NumbersModel(parts, desk), ReportsModel(parts, printer, desk)
        explorer, ahead, risk = ExplorerModel(parts, desk), ForecastModel(parts, desk), RiskModel(parts, desk)
        editions, returns = EditionsModel(parts, desk), ReturnsModel(parts, desk)
        self.models: tuple[AsideModel, ...] = (
            numbers,
            reports,
            editions,
            explorer,
            explorer.counts,
            ahead,
            risk,
            returns,
        )
        self.numbers = NumbersSection(numbers)
        self.numbers.approvals_wanted.connect(lambda: desk.show_section("approvals"))
        desk.add_section("numbers", self.numbers)
        desk.add_section("reports", ReportsSection(reports, editions, describe))
        desk.add_section("explorer", ExplorerSection(explorer, describe))
        desk.add_section("forecast", ForecastSection(ahead))
        desk.add_section("risk", RiskSection(risk, describe))
        desk.add_section("returns", ReturnsSection(returns, describe))

    def stop(self) -> None:
        """Deliver nothing any more."""
        for model in self.models:
            model.stop()
