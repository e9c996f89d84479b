"""Decisions that stand against somebody: appeals are recorded, and decided by somebody else, with a notice."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from bmis.kernel.clock import local
from bmis.kernel.i18n import translate as _
from bmis.passes.appeals import AppealCase, AppealForm
from bmis.passes.lifecycle import PassKind
from ui.desktop.parts import Describe
from ui.desktop.passes.appeal_parts import AppealOutcome, AppealShown
from ui.desktop.passes.models import AppealsModel
from ui.desktop.passes.view_preview import StepButtons, Verdict
from ui.desktop.shell.sections import Section
from ui.desktop.shortcuts import Key
from ui.desktop.theme import mrz_font
from ui.desktop.widgets.asking import (
    Answers,
    Asked,
    AskingDialog,
    ask_for,
    put_away,
    reason_field,
    second_person_fields,
)
from ui.desktop.widgets.facts import FactList
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.widgets.plain import Button, LabelledField
from ui.desktop.widgets.saving import PaperOffer
from ui.desktop.words import moment_words
from ui.words.figures import day_words
from ui.words.pass_desk import AGAINST, APPEAL_FORMS
from ui.words.passes import GROUNDS

UPHELD, DISMISSED = "upheld", "dismissed"


class AppealsSection(Section):
    """F12 goes on with what comes next, R records an appeal, F5 prints the notice again, F3 goes to the number."""

    def __init__(
        self, model: AppealsModel, paper: PaperOffer, describe: Describe, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.model, self._paper, self._describe = model, paper, describe
        self._listed: tuple[AppealCase, ...] = ()
        self.shown: AppealShown | None = None
        self._wanted = ""
        self.dialog: AskingDialog | None = None
        self.number = QLineEdit()
        self.number.setObjectName("passes.appeal_number")
        self.number.setFont(mrz_font(16))
        self.number.setMaxLength(40)
        self._number_field = LabelledField(self.number)
        self.list = LineList({Qt.Key.Key_R: lambda: self.step("lodge")})
        self.list.view.setObjectName("passes.appeals")
        self.banner, self.facts = Verdict(), FactList()
        self.buttons = {"decide": Button("primary"), "lodge": Button(), "notice": Button()}
        self.steps = StepButtons(self.buttons)
        self._lay_out()
        self._watch()
        self.retranslate()

    def _lay_out(self) -> None:
        self.column.setContentsMargins(16, 8, 16, 8)
        self.column.setSpacing(8)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(8)
        right.setSpacing(8)
        left.addWidget(self._number_field)
        left.addWidget(self.list, 1)
        right.addWidget(self.banner)
        right.addWidget(self.facts, 1)
        right.addWidget(self.steps)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left, 6)
        row.addLayout(right, 5)
        self.column.addLayout(row, 1)

    def _watch(self) -> None:
        self.number.returnPressed.connect(self.look_up)
        self.list.moved.connect(self._on_moved)
        self.list.opened.connect(lambda _key: self.next_step())
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, name=name: self.step(name))
        self.model.listed.connect(self._on_listed)
        self.model.shown.connect(self._on_shown)
        self.model.done.connect(self._on_done)
        self.model.noticed.connect(self.noticed)

    def title(self) -> str:
        """Return its name."""
        return _("Appeals")

    def badge(self) -> int:
        """Return how many appeals wait."""
        return sum(one.lodged is not None for one in self._listed)

    def first_field(self) -> QWidget | None:
        """Return the list."""
        return self.list

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """Return the keys of the page."""
        return {
            Key.RESCAN: self.opened,
            Key.FIND: self.number.setFocus,
            Key.PRINT: lambda: self.step("notice"),
            Key.DECIDE: self.next_step,
        }

    def opened(self) -> None:
        """Look again."""
        self.model.refresh()

    def locking(self) -> None:
        """Show nobody."""
        self._on_shown(None)

    def retranslate(self) -> None:
        """Word the section."""
        self.heading.setText(self.title())
        self.hint.setText(_("The measure stays until the appeal is decided, by somebody else than who took it."))
        self._number_field.say(_("Number of the pass, the application or the notice"))
        self.list.say(
            self.title(),
            [Heading(_("Number"), wide=True), Heading(_("Against")), Heading(_("Appeal"))],
            _("No appeal waits, and no decision can still be appealed in time."),
        )
        self.buttons["decide"].say(_("Decide…  (F12)"))
        self.buttons["lodge"].say(_("Record an appeal…  (R)"))
        self.buttons["notice"].say(_("The notice again  (F5)"))
        self._show_lines()
        self._on_shown(self.shown)

    def bring(self, number: str) -> None:
        """Bring the decision against a pass or an application to the front."""
        self._wanted = number
        self.opened()

    def offered(self) -> tuple[str, ...]:
        """Return what this person may do with the case in front, the next step first."""
        shown, can = self.shown, self.model.can
        if shown is None:
            return ()
        if shown.case.lodged is None:
            return ("lodge", "notice") if can.capture else ("notice",)
        return ("decide", "notice") if can.revoke and not shown.own else ("notice",)

    def look_up(self) -> None:
        """Show the case of the number that was typed."""
        typed = self.number.text().strip()
        if typed:
            self.model.show(typed)

    def step(self, name: str) -> None:
        """Take a step, if it is offered."""
        if self.shown is None or name not in self.offered():
            return
        if name == "notice":
            self.model.notice(self.shown.case.number)
        else:
            (self.ask_decide if name == "decide" else self.ask_lodge)(self.shown.case)

    def next_step(self) -> None:
        """Take the step that comes next; a notice is printed by F5 only."""
        if (offered := self.offered()) and offered[0] != "notice":
            self.step(offered[0])

    def ask_lodge(self, case: AppealCase) -> None:
        """Ask what the person says, how and when."""
        forms = tuple((code, words()) for code, words in APPEAL_FORMS.items())
        fields = [
            Asked("form", _("How it came"), "choice", forms, value="spoken", topic="passes.appeal_form"),
            Asked("on", _("Came on"), "date", value=day_words(self.model.local_day()), topic="passes.appeal_day"),
            Asked("words", _("What the person says"), topic="passes.appeal_words"),
        ]

        def give(dialog: AskingDialog, said: Answers) -> None:
            on = date.fromisoformat(said["on"])
            self.model.lodge(case.number, said["words"], AppealForm(said["form"]), on, self._stay(dialog, "words"))

        self._ask(
            _("Record an appeal · {number}").format(number=case.number),
            _("Nobody needs a reason that convinces: write down what is said. After the last day it counts as late."),
            fields,
            _("Record"),
            give,
        )

    def ask_decide(self, case: AppealCase) -> None:
        """Ask for outcome and reason; against a revocation a second person signs."""
        outcomes = ((UPHELD, _("Upheld: the person is right")), (DISMISSED, _("Dismissed: the decision stands")))
        fields = [Asked("outcome", _("Outcome"), "choice", outcomes, topic="passes.appeal_outcome"), reason_field()]
        if case.against is PassKind.REVOKED:
            fields += second_person_fields()

        def give(dialog: AskingDialog, said: Answers) -> None:
            second = (said.get("second", ""), said.get("second_password", ""))
            upheld = said["outcome"] == UPHELD
            self.model.decide(case.number, upheld, said["reason"], second, self._stay(dialog, "reason"))

        self._ask(
            _("Decide the appeal · {number}").format(number=case.number),
            _("Read what the person says first. The person gets a notice with the reason and a number."),
            fields,
            _("Decide"),
            give,
        )

    def _ask(
        self, title: str, text: str, asked: list[Asked], ok: str, give: Callable[[AskingDialog, Answers], None]
    ) -> None:
        self.dialog = ask_for(self, title, text, asked, ok=ok, give=give)

    def _stay(self, dialog: AskingDialog, field: str) -> Callable[[Exception], None]:
        return lambda error: dialog.stay(self._describe(error), field)

    def _on_moved(self, key: object) -> None:
        if isinstance(key, str):
            self.model.show(key)
        else:
            self._on_shown(None)

    def _on_listed(self, listed: tuple[AppealCase, ...]) -> None:
        self._listed = listed
        self._show_lines()
        if self._wanted:
            self.list.go_to(self._wanted)
            self.model.show(self._wanted)
            self._wanted = ""
        self.counted.emit()

    def _show_lines(self) -> None:
        lines = []
        for one in self._listed:
            told = _("until {day}").format(day=day_words(one.notice.appeal_until))
            if one.lodged is not None:
                told = _("waits since {day}").format(day=_received(one))
            status = "grey" if one.lodged is None else "amber"
            lines.append(Line(one.number, (one.number, AGAINST[one.against.value](), told), status))
        self.list.show_lines(lines)

    def _on_shown(self, shown: AppealShown | None) -> None:
        self.shown = shown
        self.steps.offer(self.offered())
        if shown is None:
            self.banner.show_verdict("grey", _("Choose a decision"))
            self.facts.show_facts(())
            return
        self.banner.show_verdict(*_verdict(shown))
        self.facts.show_facts(_facts(shown))

    def _on_done(self, code: str, result: object) -> None:
        put_away(self.dialog)
        self.dialog = None
        if code == "decided" and isinstance(result, AppealOutcome):
            self._on_shown(None)
            self._paper.offer(_("Notice"), _("For the holder."), "aviso.pdf", result.paper)
            self.remarked.emit(_decided_words(result), "")
        elif code == "notice" and isinstance(result, bytes):
            self._paper.offer(_("Notice"), _("For the holder."), "aviso.pdf", result)
        elif code == "lodged" and isinstance(result, AppealCase):
            self.remarked.emit(_("The appeal is recorded: somebody else decides on it."), "")
            self._wanted = result.number
        self.opened()


def _received(one: AppealCase) -> str:
    assert one.lodged is not None
    return day_words(date.fromisoformat(str(one.lodged.facts["received"])))


def _verdict(shown: AppealShown) -> tuple[str, str, str]:
    case = shown.case
    words = f"{AGAINST[case.against.value]()} · {case.number}"
    if case.lodged is None:
        return "grey", words, _("No appeal was recorded.")
    if shown.own:
        return "amber", words, _("You took this decision: somebody else decides on the appeal.")
    return "amber", words, _("The appeal came late; it is decided all the same.") if case.is_late else ""


def _facts(shown: AppealShown) -> list[tuple[str, str]]:
    case = shown.case
    decided = moment_words(local(case.decision.recorded_at))
    facts = [
        (_("Name"), shown.holder),
        (_("Decided on"), f"{decided} · {case.decision.by}"),
        (_("Ground"), GROUNDS[case.notice.reason_code]()),
        (_("Reason"), shown.decided or _("forgotten")),
        (_("Notice"), case.notice.number),
        (_("Object until"), day_words(case.notice.appeal_until)),
    ]
    if case.lodged is not None:
        form = APPEAL_FORMS[str(case.lodged.facts["form"])]()
        facts += [
            (_("Appeal"), ""),
            (_("Came on"), f"{_received(case)} · {form}"),
            (_("Recorded by"), case.lodged.by),
            ("", shown.words or _("forgotten")),
        ]
    return facts


def _decided_words(result: AppealOutcome) -> str:
    if not result.decided.upheld:
        return _("Dismissed: the decision stands. Give the person the notice.")
    if result.decided.application is not None:
        return _("Upheld: the application waits for approval again.")
    return _("Upheld: the pass counts again as far as its days go.")
