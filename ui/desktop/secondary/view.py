"""The secondary desk: queue, case, outcome."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bmis.crossings.crossing import Crossing
from bmis.crossings.decision import STOPS, Decision
from bmis.crossings.paperwork.words import crossing_number, name_words
from bmis.kernel.clock import Clock
from bmis.kernel.i18n import translate as _
from ui.desktop.papers import SendToPrinter
from ui.desktop.parts import Describe
from ui.desktop.refusing import RefusalAnswers
from ui.desktop.secondary.parts import SecondaryParts, WaitingCase
from ui.desktop.secondary.view_case import CaseTabs
from ui.desktop.secondary.view_model import NOTE, SecondaryModel
from ui.desktop.secondary.view_outcome import OutcomePanel
from ui.desktop.secondary.view_queue import QueueList
from ui.desktop.shell.desk import Desk, PaletteAction
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for, put_away, second_person_fields
from ui.desktop.widgets.plain import Card, PlainLabel
from ui.desktop.widgets.question import ask
from ui.desktop.widgets.refusal import RefusalDialog
from ui.desktop.widgets.saving import PaperOffer
from ui.desktop.words import button_words
from ui.desktop.workers.runner import Runner
from ui.words.acts import decision_act_word
from ui.words.crossings import NOT_KNOWN
from ui.words.labels import decision_word


class SecondaryDesk(Desk):
    """Arrows choose who; Enter goes to the outcome; F12 lets on, F9 refuses or prevents, F8 writes a note."""

    def __init__(
        self,
        parts: SecondaryParts,
        runner: Runner,
        describe: Describe,
        clock: Clock,
        printer: SendToPrinter | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._describe = describe
        self.model = SecondaryModel(parts, runner, clock, self)
        self.paper = PaperOffer(self, runner, describe, printer)
        self._noticed_of: Crossing | None = None
        self.dialog: AskingDialog | None = None
        self.refusal: RefusalDialog | None = None
        self.heading = PlainLabel(kind="title")
        self.queue = QueueList()
        self.case, self.outcome = CaseTabs(self.model), OutcomePanel(self.model)
        self._lay_out()
        self._watch()
        self.retranslate()

    def _lay_out(self) -> None:
        middle = Card(margin=16, spacing=8)
        middle.column.addWidget(self.case, 1)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.heading)
        left.addWidget(self.queue, 1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left, 7)
        row.addWidget(middle, 8)
        row.addWidget(self.outcome, 9)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        column.addLayout(row, 1)
        column.addWidget(self.outcome.bar)

    def _watch(self) -> None:
        model = self.model
        self.queue.moved.connect(self._on_moved)
        self.queue.opened.connect(lambda _key: self._go_to_outcome())
        self.case.noted.connect(lambda text: model.set_value(NOTE, text))
        self.outcome.chosen.connect(lambda code: self.decide(Decision(code)))
        model.listed.connect(self._on_listed)
        model.chosen.connect(self._on_chosen)
        model.filed.connect(self.case.show_file)
        model.checked.connect(self.outcome.refresh)
        model.second_needed.connect(self._ask_second)
        model.decided.connect(self._on_decided)
        model.notice_made.connect(self._on_notice)
        model.noticed.connect(self.noticed)
        self.paper.saved.connect(lambda path: self._on_given(_("Saved: {file}").format(file=path)))
        self.paper.printed.connect(lambda _where: self._on_given(_("Sent to the printer.")))

    def title(self) -> str:
        """Return its name."""
        return _("Secondary")

    def first_field(self) -> QWidget | None:
        """Return the queue."""
        return self.queue

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """F12 lets on, F9 stops, F8 notes, F2 looks again, Esc goes to the queue."""
        return {
            Key.RESCAN: self.model.refresh,
            Key.NOTE: self.case.write_note,
            Key.REFUSE: lambda: self._decide_first_of(STOPS),
            Key.DECIDE: lambda: self._decide_first_of(frozenset({Decision.ADMITTED, Decision.EXITED})),
            Key.BACK: self.queue.setFocus,
        }

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Offer the decisions without a key."""
        return [
            PaletteAction(decision_act_word(one.value), lambda one=one: self.decide(one))  # type: ignore[misc]  # mypy infers no type for a lambda's default
            for one in self.model.offered()
        ]

    def opened(self) -> None:
        """Ask who waits."""
        self.model.refresh()

    def locking(self) -> None:
        """Nobody is shown."""
        self.model.hide()
        self.case.show_case(None)

    def unlocked(self) -> None:
        """The case comes back."""
        self.case.show_case(self.model.case)
        self.model.refresh()

    def has_draft(self) -> bool:
        """Return whether something would be lost."""
        return self.model.has_work

    def closing(self) -> None:
        """Keep what is half typed; deliver no answer after the session."""
        self.model.close()
        self.paper.stop()

    def retranslate(self) -> None:
        """Word the desk."""
        self.heading.setText(_("In secondary"))
        self.queue.word()
        self.model.listed.emit(self.model.cases)

    def decide(self, decision: Decision) -> None:
        """Take a decision, after what it needs was asked."""
        shut = self.model.shut(decision)
        if shut:
            self.outcome.focus_open(shut)
            return
        case = self.model.case
        if case is None:
            return
        name = name_words(case.view.crossing) or NOT_KNOWN
        if decision in STOPS:
            self.refusal = RefusalDialog(
                self, decision, name, self.model.parts.local_day(), lambda answers: self._on_refusal(decision, answers)
            )
            self.refusal.open()
        elif decision in (Decision.REFERRED, Decision.WITHDRAWN):
            words = decision_act_word(decision.value)
            ask(
                self,
                words,
                _("{name} — this closes the case.").format(name=name),
                yes=words,
                no=button_words()["cancel"],
                answered=lambda yes: self.model.decide(decision) if yes else None,
            )
        else:
            self.model.decide(decision)

    def _decide_first_of(self, wanted: frozenset[Decision]) -> None:
        found = next((one for one in self.model.offered() if one in wanted), None)
        if found is not None:
            self.decide(found)

    def _on_refusal(self, decision: Decision, answers: RefusalAnswers) -> None:
        self.model.decide(decision, answers)

    def _ask_second(self, decision: Decision, may_be_owed: bool) -> None:
        fields = second_person_fields()
        text = _("A check says stop. A second person must see it and sign.")
        if may_be_owed:
            text += " " + _("At this post with a single officer it may be left empty: the signature is then owed.")
            fields = tuple(Asked(one.name, one.label, one.kind, required=False, topic=one.topic) for one in fields)

        def give(dialog: AskingDialog, answers: Answers) -> None:
            second = (answers["second"], answers["second_password"]) if answers["second"] else None
            self.model.decide(
                decision,
                second=second,
                owed=second is None,
                failed=lambda error: dialog.stay(self._describe(error), "second"),
            )

        self.dialog = ask_for(self, _("Second person"), text, fields, ok=_("Sign and keep"), give=give)

    def _on_listed(self, cases: tuple[WaitingCase, ...]) -> None:
        case = self.model.case
        self.queue.show_cases(cases, case.id if case else None)

    def _on_moved(self, key: object) -> None:
        if key is not None:
            self.model.choose(key)

    def _on_chosen(self, case: WaitingCase | None) -> None:
        self.case.show_case(case)
        self.outcome.show_values()

    def _go_to_outcome(self) -> None:
        row = self.outcome.findings.first_unaccepted()
        (row or self.outcome.fields["travel_mode"].field).setFocus()

    def _on_decided(self, crossing: Crossing) -> None:
        put_away(self.dialog)
        self.dialog = None
        words = _("{decision}: kept as {number}.").format(
            decision=decision_word(crossing.decision.value), number=crossing_number(crossing)
        )
        self.remarked.emit(words, "")
        self.counted.emit()
        self.queue.setFocus()
        if crossing.decision in STOPS:
            self.model.make_notice(crossing)

    def _on_notice(self, paper: bytes, crossing: Crossing) -> None:
        self._noticed_of = crossing
        text = _("The person must be given it, with the reasons and how to appeal.")
        self.paper.offer(_("Refusal notice"), text, f"{crossing_number(crossing)}.pdf", paper)

    def _on_given(self, words: str) -> None:
        self.remarked.emit(words, "")
        if self._noticed_of is not None:
            self.model.notice_given(self._noticed_of)
            self._noticed_of = None
