"""The desk of observation: counter, groups, surveys, what was observed. Apart from everything that is recorded."""

from PySide6.QtWidgets import QWidget

from bmis.crossings.paperwork.drafts import Draft
from bmis.kernel.clock import Clock
from bmis.kernel.i18n import translate as _
from ui.desktop.observation.counter_model import CounterModel
from ui.desktop.observation.parts import ObservationParts, Points
from ui.desktop.observation.sheet_model import SheetModel
from ui.desktop.observation.survey_model import SurveyModel
from ui.desktop.observation.view_counter import CounterSection
from ui.desktop.observation.view_groups import GroupsSection
from ui.desktop.observation.view_seen import SeenModel, SeenSection
from ui.desktop.observation.view_survey import SurveySection
from ui.desktop.parts import Describe
from ui.desktop.shell.sections import SectionDesk
from ui.desktop.workers.runner import Runner


class ObservationDesk(SectionDesk):
    """Alt+1 the counter, Alt+2 groups, Alt+3 surveys, Alt+4 what was observed."""

    def __init__(
        self, parts: ObservationParts, runner: Runner, describe: Describe, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.counter, self.sheet = CounterModel(parts, runner, clock, self), SheetModel(parts, runner, clock, self)
        self.survey, self.seen = SurveyModel(parts, runner, clock, self), SeenModel(parts, runner, self)
        self._counting = CounterSection(self.counter)
        self.add_section("counter", self._counting)
        self.add_section("groups", GroupsSection(self.sheet, describe))
        self.add_section("survey", SurveySection(self.survey, describe))
        self.add_section("seen", SeenSection(self.seen, describe))
        self._taken_up = False
        self.navigation.currentRowChanged.connect(lambda _row: self._watch())

    def title(self) -> str:
        """Return its name."""
        return _("Observation")

    def opened(self) -> None:
        """Take up what was left, the first time; then look at the page in front."""
        if not self._taken_up:
            self._taken_up = True
            self.counter.ask(self.counter.parts.points, self._on_points)
            self.counter.ask(self.counter.parts.kept_drafts, self._on_drafts)
        super().opened()

    def behind(self) -> None:
        """Nobody is at the counter while another desk is in front."""
        self._counting.away()

    def has_draft(self) -> bool:
        """Return whether an interval is open or something is half typed."""
        return self.counter.tally is not None or self.sheet.sheet.is_begun or self.survey.interview is not None

    def closing(self) -> None:
        """Keep what is half done; deliver nothing after the session."""
        self._counting.away()
        for model in (self.counter, self.sheet, self.survey):
            model.close()
        self.seen.stop()

    def _watch(self) -> None:
        if self.in_front is not self._counting:
            self._counting.away()

    def _on_points(self, points: Points) -> None:
        for code in ("counter", "groups", "survey"):
            section = self.section(code)
            if isinstance(section, CounterSection | GroupsSection | SurveySection):
                section.show_points(points)

    def _on_drafts(self, drafts: tuple[Draft, ...]) -> None:
        for model in (self.counter, self.sheet, self.survey):
            model.take_up(drafts)
