"""Opening and closing the shift, and the page to sign."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from bmis.crossings.paperwork.shift_facts import ENTRIES, EXITS, TYPED_BY_HAND
from bmis.kernel.i18n import translate as _
from bmis.staff.approval import PendingApproval
from bmis.staff.shift import ShiftCounts, ShiftReport
from ui.desktop.shell.desk import PaletteAction
from ui.desktop.shell.sections import Section
from ui.desktop.shortcuts import Key
from ui.desktop.supervisor.parts import ShiftState
from ui.desktop.supervisor.view_model import ShiftModel
from ui.desktop.widgets.facts import FactList
from ui.desktop.widgets.plain import Button, Card
from ui.desktop.widgets.question import Question, ask
from ui.desktop.widgets.saving import PaperOffer
from ui.desktop.widgets.status import Banner
from ui.desktop.words import button_words, moment_words
from ui.words.acts import action_word
from ui.words.labels import decision_word

Fact = tuple[str, str]


class ShiftSection(Section):
    """What the closing will say stands there before it is closed."""

    def __init__(self, model: ShiftModel, paper: PaperOffer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._paper = model, paper
        self._state: ShiftState | None = None
        self._report: ShiftReport | None = None
        self.question: Question | None = None
        self.banner, self.facts = Banner(), FactList()
        self.facts.setObjectName("supervisor.shift")
        self.open, self.close_it, self.page = Button("primary"), Button("primary"), Button()
        self.open.setObjectName("supervisor.shift")
        self.close_it.setObjectName("supervisor.shift")
        self.page.setMinimumHeight(60)
        card = Card(margin=16)
        card.column.addWidget(self.facts, 1)
        row = QHBoxLayout()
        row.setSpacing(16)
        for button in (self.open, self.close_it, self.page):
            row.addWidget(button, 1)
        self.column.addWidget(self.banner)
        self.column.addWidget(card, 1)
        self.column.addLayout(row)
        self.open.clicked.connect(model.open)
        self.close_it.clicked.connect(self.ask_close)
        self.page.clicked.connect(self.print_page)
        model.looked.connect(self._on_looked)
        model.opened.connect(self._on_opened)
        model.closed.connect(self._on_closed)
        model.printed.connect(self._on_printed)
        model.noticed.connect(self.noticed)
        self.retranslate()

    def title(self) -> str:
        """Return its name."""
        return _("Shift")

    def first_field(self) -> QWidget | None:
        """Return what can be done now."""
        return next((button for button in (self.open, self.close_it, self.page) if not button.isHidden()), None)

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """F5 makes the page again."""
        return {Key.PRINT: self.print_page} if self._report else {}

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Offer what can be done now."""
        if self._state is None:
            return ()
        if self._state.shift is None:
            return [PaletteAction(_("Open the shift"), self._model.open)]
        return [PaletteAction(_("Close the shift"), self.ask_close)]

    def opened(self) -> None:
        """Look again."""
        self._model.refresh()

    def retranslate(self) -> None:
        """Word the section."""
        self.heading.setText(self.title())
        self.hint.setText(
            _("Closing counts the work, signs the audit chain, and makes one page for two people to sign.")
        )
        self.open.say(_("Open the shift"))
        self.close_it.say(_("Close the shift…"))
        self.page.say(_("Page to sign…"))
        self._show()

    def ask_close(self) -> None:
        """Ask once."""
        state = self._state
        if state is None or state.shift is None:
            return
        self.question = ask(
            self,
            _("Close the shift?"),
            _("What is left open goes to the next shift and stands on the page."),
            yes=_("Close the shift"),
            no=button_words()["cancel"],
            answered=lambda yes: self._model.close() if yes else None,
        )

    def print_page(self) -> None:
        """Make the page to sign."""
        if self._report is not None:
            self._model.make_paper(self._report)

    def _on_looked(self, state: ShiftState) -> None:
        self._state = state
        self._show()

    def _on_opened(self, _shift: object) -> None:
        self._report = None
        self.remarked.emit(_("The shift is open."), "")

    def _on_closed(self, report: ShiftReport) -> None:
        self._report = report
        self.counted.emit()
        self._model.make_paper(report)

    def _on_printed(self, paper: bytes, report: ShiftReport) -> None:
        at = self._model.parts.local_time(report.closed_at)
        name = f"turno-{report.post_code}-{report.shift.lane}-{at:%Y-%m-%d-%H%M}.pdf"
        text = _("Print it, sign it, and keep it in the post's book: the anchor on it proves the audit later.")
        self._paper.offer(_("Page to sign"), text, name, paper)

    def _show(self) -> None:
        state, report = self._state, self._report
        is_open = state is not None and state.shift is not None
        self.open.setVisible(state is not None and not is_open)
        self.close_it.setVisible(is_open)
        self.page.setVisible(report is not None)
        if state is None:
            self.banner.show_verdict("grey", _("Not looked at yet"))
            self.facts.show_facts(())
        elif state.shift is not None:
            since = moment_words(self._model.parts.local_time(state.shift.opened_at))
            words = _("Shift open since {at}, lane {lane}").format(at=since, lane=state.shift.lane)
            left_over = bool(state.deferred or state.missing_forms or (state.counts and state.counts.in_secondary))
            self.banner.show_verdict("amber" if left_over else "green", words, self._left_over(state))
            self.facts.show_facts(self._state_facts(state))
        elif report is not None:
            at = moment_words(self._model.parts.local_time(report.closed_at))
            self.banner.show_verdict("green", _("Shift closed at {at}").format(at=at), report.checkpoint.anchor)
            self.facts.show_facts(self._report_facts(report))
        else:
            self.banner.show_verdict(
                "grey", _("No shift is open at this desk"), _("Open it before the first traveller.")
            )
            self.facts.show_facts(self._owed_facts(state.deferred, state.missing_forms))

    def _left_over(self, state: ShiftState) -> str:
        parts = []
        if state.counts and state.counts.in_secondary:
            parts.append(_("in secondary: {count}").format(count=state.counts.in_secondary))
        if state.deferred:
            parts.append(_("signatures owed: {count}").format(count=len(state.deferred)))
        if state.missing_forms:
            parts.append(_("missing forms: {count}").format(count=len(state.missing_forms)))
        return " · ".join(parts)

    def _state_facts(self, state: ShiftState) -> list[Fact]:
        shift = state.shift
        facts: list[Fact] = [(_("Opened by"), shift.opened_by)] if shift else []
        if state.counts is not None:
            facts += _count_facts(state.counts)
        return facts + self._owed_facts(state.deferred, state.missing_forms)

    def _report_facts(self, report: ShiftReport) -> list[Fact]:
        officers = "; ".join(f"{full} ({name})" for name, full in report.officers)
        facts = [(_("Officers"), officers), *_count_facts(report.counts)]
        facts += [(_("Wrong passwords"), str(report.failed_sign_ins)), (_("Unsent messages"), str(report.unsent))]
        facts += self._owed_facts(report.deferred, ())
        facts.append((_("Audit checkpoint"), report.checkpoint.anchor))
        return facts

    def _owed_facts(self, deferred: tuple[PendingApproval, ...], missing: tuple[str, ...]) -> list[Fact]:
        lines = [self._owed_words(one) for one in deferred]
        facts = [(_("Approvals still owed"), "\n".join(lines) or _("None"))]
        if self._report is None:
            facts.append((_("Missing contingency forms"), ", ".join(missing) or _("None")))
        return facts

    def _owed_words(self, one: PendingApproval) -> str:
        due = moment_words(self._model.parts.local_time(one.due_at))
        words = _("{action}, by {name}, due {due}").format(action=action_word(one.action), name=one.by, due=due)
        return " · ".join((words, _("OVERDUE"))) if one.overdue else words


def _count_facts(counts: ShiftCounts) -> list[Fact]:
    facts = [
        (_("Lanes"), ", ".join(counts.lanes)),
        (_("Entries"), str(counts.others.get(ENTRIES, 0))),
        (_("Exits"), str(counts.others.get(EXITS, 0))),
    ]
    facts += [(decision_word(code), str(count)) for code, count in sorted(counts.decisions.items())]
    return [
        *facts,
        (_("In secondary now"), str(counts.in_secondary)),
        (_("Open drafts"), str(counts.open_drafts)),
        (_("Typed by hand"), str(counts.others.get(TYPED_BY_HAND, 0))),
    ]
