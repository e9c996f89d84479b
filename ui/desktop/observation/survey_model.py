"""Surveys of a sample: agreement first, refusals counted, answers of lists only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from bmis.crossings.paperwork.drafts import Draft, DraftEntry
from bmis.flows.mobility.keeping import Standing
from bmis.flows.mobility.survey import Survey
from bmis.flows.mobility.survey_refusal import SurveyRefusal
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from ui.desktop.observation.errors import ConsentFirstError
from ui.desktop.observation.half_done import entry_of, newest_of
from ui.desktop.observation.parts import AskedToday, ObservationParts
from ui.desktop.workers.asking import Failed, StoreModel
from ui.desktop.workers.autosave import AutoSave
from ui.desktop.workers.runner import Runner


def no_answers() -> Mapping[str, str]:
    """Return no answers."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """Somebody who agreed and is being asked: codes only, nobody's name or number."""

    request_id: UUID
    fmp: str
    answers: Mapping[str, str] = field(default_factory=no_answers)


class SurveyModel(StoreModel):
    """Signals: ``changed`` who is asked, ``counted`` how many were today, ``kept``, ``refused`` why, ``withdrawn``,
    ``wrong`` an error."""

    changed, kept, restored, withdrawn = Signal(), Signal(), Signal(), Signal()
    counted, wrong = Signal(object), Signal(object)
    refused = Signal(str)

    def __init__(self, parts: ObservationParts, runner: Runner, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self.parts, self._clock = parts, clock
        self.fmp = parts.home_point()
        self.interview: Interview | None = None
        self.today: AskedToday | None = None
        self.last: UUID | None = None  # what was kept last here, while it can be taken back
        self.autosave = AutoSave(parts, runner, self)
        self.autosave.failed.connect(self.noticed)

    def take_up(self, drafts: Sequence[Draft]) -> None:
        """Go on with the survey that was left."""
        left = newest_of(tuple(drafts), Interview)
        if left is None or self.interview is not None:
            return
        self.interview, self.fmp = left, left.fmp
        self.changed.emit()
        self.restored.emit()

    def close(self) -> None:
        """Keep what is half asked; deliver nothing any more."""
        self.autosave.now()
        self.stop()

    def choose(self, fmp: str) -> None:
        """Ask at another point; not while somebody is being asked."""
        if self.interview is None and fmp:
            self.fmp = fmp

    def look(self) -> None:
        """Ask how many were asked today."""
        day = self.parts.local_now().date()
        self.ask(lambda: self.parts.asked(day), self._on_counted)

    def agree(self) -> None:
        """Begin: the person agreed."""
        if self.interview is None and not self.is_busy:
            self.interview = Interview(request_id=new_id(self._clock()), fmp=self.fmp)
            self.changed.emit()

    def refuse(self, why: str) -> None:
        """Count one who was not asked; of somebody who stopped half-way no answer is kept."""
        if self.is_busy:
            return
        gone, day, fmp = self.interview, self.parts.local_now().date(), self.fmp
        request = gone.request_id if gone is not None else new_id(self._clock())
        self.autosave.drop()

        def work() -> Standing[SurveyRefusal]:
            counted = self.parts.refuse(fmp, day, why, request)
            self.parts.forget_draft(request)
            return counted

        def done(counted: Standing[SurveyRefusal]) -> None:
            self.interview, self.last = None, counted.id
            self.changed.emit()
            self.refused.emit(why)
            self.look()

        self.ask(work, done, self.wrong.emit)

    def answer(self, question: str, code: str) -> None:
        """Take an answer; "" is not answered."""
        if self.interview is None:
            return
        answers = {**self.interview.answers, question: code}
        left = {name: said for name, said in answers.items() if said}
        self.interview = replace(self.interview, answers=left)
        self.autosave.soon(self._entry)

    def keep(self) -> None:
        """Keep the survey; what cannot be kept stays."""
        interview = self.interview
        if interview is None:
            self.wrong.emit(ConsentFirstError())
            return
        if self.is_busy:
            return
        self.autosave.now()
        day = self.parts.local_now().date()

        def work() -> Standing[Survey]:
            kept = self.parts.take_survey(interview.fmp, day, interview.answers, interview.request_id)
            self.parts.forget_draft(interview.request_id)
            return kept

        def done(kept: Standing[Survey]) -> None:
            self.interview, self.last = None, kept.id
            self.changed.emit()
            self.kept.emit()
            self.look()

        self.ask(work, done, self.wrong.emit)

    def withdraw(self, reason: str, failed: Failed) -> None:
        """Take back what was kept last."""
        record = self.last
        if record is None:
            return

        def done(_none: object) -> None:
            self.last = None
            self.withdrawn.emit()
            self.look()

        self.ask(lambda: self.parts.withdraw(record, reason), done, failed)

    def _entry(self) -> DraftEntry | None:
        return None if self.interview is None else entry_of(self.interview.request_id, self.interview)

    def _on_counted(self, today: AskedToday) -> None:
        self.today = today
        self.counted.emit(today)
