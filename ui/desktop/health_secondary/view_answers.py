"""Questions and their answers, one a line: S or Y is yes, N is no, D takes an answer back."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal

from bmis.kernel.i18n import translate as _
from poe_health.rules.answer import Answer
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.words.health import question_word
from ui.words.health_secondary import answer_word

_SHOWN = {Answer.YES: "amber", Answer.NO: "", Answer.UNKNOWN: ""}


class AnswerList(LineList):
    """``answered`` carries the code and the Answer; Enter on a line is ``opened``, as in every list."""

    answered = Signal(str, object)

    def __init__(self, *, headings: bool = True) -> None:
        super().__init__(
            {
                Qt.Key.Key_S: lambda: self._answer(Answer.YES),
                Qt.Key.Key_Y: lambda: self._answer(Answer.YES),
                Qt.Key.Key_N: lambda: self._answer(Answer.NO),
                Qt.Key.Key_D: lambda: self._answer(Answer.UNKNOWN),
                Qt.Key.Key_U: lambda: self._answer(Answer.UNKNOWN),
                Qt.Key.Key_Delete: lambda: self._answer(Answer.UNKNOWN),
            }
        )
        self._codes: tuple[str, ...] = ()
        self._answers: Mapping[str, Answer] = {}
        self.stays = False  # whether the line stays where it is after an answer
        if not headings:
            self.view.horizontalHeader().hide()

    def word(self, name: str, nothing: str) -> None:
        """Set the words."""
        self.say(name, [Heading(_("Question"), wide=True), Heading(_("Answer"))], nothing)
        self.show_answers(self._codes, self._answers)

    def show_answers(self, codes: Sequence[str], answers: Mapping[str, Answer]) -> None:
        """Show these questions in this order."""
        self._codes, self._answers = tuple(codes), dict(answers)
        self.show_lines([self._line(code) for code in self._codes])

    def _line(self, code: str) -> Line:
        answer = self._answers.get(code, Answer.UNKNOWN)
        return Line(code, (question_word(code), answer_word(answer)), _SHOWN[answer])

    def _answer(self, answer: Answer) -> None:
        code = self.key()
        if not isinstance(code, str):
            return
        at = self._codes.index(code)
        if not self.stays and at + 1 < len(self._codes):
            self.go_to(self._codes[at + 1])
        self.answered.emit(code, answer)
