"""Who waits in secondary: since when, from which lane, why."""

from datetime import timedelta

from bmis.crossings.finding import Status
from bmis.crossings.paperwork.words import name_words
from bmis.kernel.i18n import translate as _
from ui.desktop.secondary.parts import WaitingCase
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.words import age_words
from ui.words.crossings import NOT_KNOWN
from ui.words.labels import check_word

LONG_WAIT = timedelta(minutes=30)
"""After it the line is marked ATTENTION: a person is kept waiting."""


def reason_words(case: WaitingCase) -> str:
    """Return why somebody waits: what the lane wrote, else the checks that were not clear."""
    crossing = case.view.crossing
    if crossing.request.note:
        return crossing.request.note
    checks = dict.fromkeys(one.check for one in crossing.findings if one.status is not Status.GREEN)
    return ", ".join(map(check_word, checks)) or NOT_KNOWN


class QueueList(LineList):
    """The queue, the longest wait first."""

    def __init__(self) -> None:
        super().__init__()
        self.view.setObjectName("secondary.queue")

    def word(self) -> None:
        """Set the words."""
        self.say(
            _("People in secondary"),
            [Heading(_("Waits")), Heading(_("Name"), wide=True), Heading(_("Lane"))],
            _("Nobody waits."),
        )

    def show_cases(self, cases: tuple[WaitingCase, ...], at: object = None) -> None:
        """Show these; one stays on the case ``at``."""
        self.show_lines([_line(case) for case in cases], at)


def _line(case: WaitingCase) -> Line:
    crossing = case.view.crossing
    return Line(
        case.id,
        (
            age_words(case.waited),
            name_words(crossing) or NOT_KNOWN,
            crossing.place.lane,
        ),
        "amber" if case.waited > LONG_WAIT else "",
    )
