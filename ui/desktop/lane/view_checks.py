"""The right of the lane: what is proposed, who this may be, the named checks as they land."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from bmis.crossings.finding import Status
from bmis.kernel.clock import Clock, local
from bmis.kernel.i18n import translate as _
from ui.desktop.lane.checking import CheckLine
from ui.desktop.lane.parts import KnownTraveller
from ui.desktop.lane.view_model import LaneModel
from ui.desktop.lane.view_pass import PassPanel
from ui.desktop.lane.wording import act_words, name_of, proposal_words, times_words
from ui.desktop.theme import set_kind
from ui.desktop.widgets.findings import FindingList, FindingRow, ShownFinding
from ui.desktop.widgets.health_step import HealthPanel
from ui.desktop.widgets.plain import Button, Card, PlainLabel, SpokenFrame
from ui.desktop.widgets.status import StatusIcon
from ui.words.findings import evidence_words
from ui.words.labels import check_word, direction_word, status_word

_STATUS_OF = {"clear": "green", "unchecked": "grey", "attention": "amber", "red": "red", "photo": "red"}


class Verdict(SpokenFrame):
    """Status, what is proposed, why: one above the other, for a narrow column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = StatusIcon(40)
        self.word, self.heading = PlainLabel(), PlainLabel(kind="heading", wrap=True)
        self.reason = PlainLabel(wrap=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        for label in (self.word, self.heading, self.reason):
            words.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addLayout(words, 1)

    def text(self) -> str:
        """Return all words shown."""
        return " · ".join(filter(None, (self.word.text(), self.heading.text(), self.reason.text())))

    def show_verdict(self, status: str, heading: str, reason: str = "") -> None:
        """Show the verdict."""
        set_kind(self, f"banner-{status}")
        self.word.set_kind(f"banner-word-{status}")
        self._icon.show_status(status)
        self.word.setText(status_word(status))
        self.heading.setText(heading)
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        self.setAccessibleName(self.text())


class KnownPanel(SpokenFrame):
    """Known by the document: said. Proposed by name and birth date: asked."""

    def __init__(self, model: LaneModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.words = PlainLabel(wrap=True)
        self.question = PlainLabel(kind="field-label", wrap=True)
        self.warning = PlainLabel(kind="small", wrap=True)
        self.yes, self.no = Button(), Button()
        self.yes.setObjectName("lane.same_person")
        self.no.setObjectName("lane.same_person")
        self.yes.clicked.connect(lambda: self._answer(yes=True))
        self.no.clicked.connect(lambda: self._answer(yes=False))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.yes)
        buttons.addWidget(self.no)
        self._buttons = QWidget()
        self._buttons.setLayout(buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.words, self.question, self.warning, self._buttons):
            column.addWidget(widget)
        self.retranslate()

    def retranslate(self) -> None:
        """Word the panel."""
        self.yes.say(_("Yes, the same"))
        self.no.say(_("No"))
        self.refresh()

    def refresh(self) -> None:
        """Show who this is, or may be."""
        model = self._model
        known = next((one for one in model.known if one.by_document), None)
        proposed = self._proposed()
        accepted = model.draft is not None and model.draft.same_as is not None
        self.words.setVisible(known is not None or accepted or (model.document is not None and not model.known))
        if known is not None:
            self.words.setText(
                _("Known: {times}; last {last}").format(times=times_words(known.crossings), last=_last(known))
            )
        elif accepted:
            self.words.setText(_("Linked to somebody met before; it is kept with the decision and can be undone."))
        else:
            self.words.setText(_("Not met before under this document."))
        asked = proposed is not None and not accepted
        for widget in (self.question, self._buttons):
            widget.setVisible(asked)
        self.warning.setVisible(asked and proposed is not None and proposed.first_of_january)
        if proposed is not None:
            name = name_of(proposed.surname, proposed.given_names)
            self.question.setText(
                _("Is this the same person? {name}, last {last}").format(name=name, last=_last(proposed))
            )
            self.warning.setText(_("Born on 1 January, as many are written down: look at the face and the document."))

    def _proposed(self) -> KnownTraveller | None:
        return next((one for one in self._model.known if not one.by_document), None)

    def _answer(self, *, yes: bool) -> None:
        self._model.is_same_person(self._proposed() if yes else None)


def _last(one: KnownTraveller) -> str:
    return f"{direction_word(one.direction.value)} {local(one.last_seen_at):%d/%m/%Y}"


class ChecksPanel(SpokenFrame):
    """Verdict, who it is, checks. ``accepted``: a check was accepted by key."""

    accepted = Signal()

    def __init__(self, model: LaneModel, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._clock = model, clock
        self.verdict = Verdict()
        self.verdict.setObjectName("lane.verdict")
        self.health, self.known = HealthPanel(model.clearing, "lane.health"), KnownPanel(model)
        self.border_pass = PassPanel(model)
        self.findings = FindingList()
        self.findings.setObjectName("lane.checks")
        self._title = PlainLabel(kind="heading")
        inside = QWidget()
        room = QVBoxLayout(inside)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(self.findings)
        room.addStretch(1)
        self.around = QScrollArea()
        self.around.setWidgetResizable(True)
        self.around.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.around.setWidget(inside)
        card = Card(margin=12, spacing=8)
        for widget in (self.verdict, self.health, self.border_pass, self.known, self._title):
            card.column.addWidget(widget)
        card.column.addWidget(self.around, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.findings.acknowledged.connect(self._on_acknowledged)
        self.findings.reworded.connect(self.refresh)
        self.retranslate()

    def retranslate(self) -> None:
        """Word the panel."""
        self._title.setText(_("Checks"))
        self.health.retranslate()
        self.border_pass.retranslate()
        self.known.retranslate()
        self.refresh()

    def refresh(self) -> None:
        """Show every check as it is now."""
        self.health.refresh()
        self.border_pass.refresh()
        self.known.refresh()
        self._show_verdict()
        lines = self._model.checking.lines
        self.findings.show_findings([self._shown(line) for line in lines])
        for line in lines:
            self.findings.row(line.name).setToolTip(" ".join(map(evidence_words, line.findings or ())))

    def focus_unaccepted(self) -> bool:
        """Give the focus to the first check that must be accepted; return whether there is one."""
        row: FindingRow | None = self.findings.first_unaccepted()
        if row is None:
            return False
        row.setFocus()
        self.around.ensureWidgetVisible(row)
        return True

    def _show_verdict(self) -> None:
        checking = self._model.checking
        proposal = checking.proposal
        if proposal is None:
            heading = _("Checking…") if checking.is_running else _("Waiting for the document")
            self.verdict.show_verdict("grey", heading)
            return
        heading = act_words(proposal.decision) if proposal.decision else _("The officer decides")
        self.verdict.show_verdict(
            _STATUS_OF.get(proposal.why, "grey" if proposal.decision is None else "amber"),
            heading,
            proposal_words(proposal.why),
        )

    def _shown(self, line: CheckLine) -> ShownFinding:
        title = check_word(line.name)
        if line.findings is None:
            return ShownFinding(line.name, title)
        told = [one for one in line.findings if one.status is not Status.GREEN] or list(line.findings)
        return ShownFinding(
            line.name,
            title,
            line.status.value,
            "" if line.status is Status.GREEN else " ".join(map(evidence_words, told)),  # clear lines stay short
            None if line.landed_at is None else self._clock() - line.landed_at,
            landed=True,
            acknowledged=line.acknowledged,
        )

    def _on_acknowledged(self, check: str, accepted: bool) -> None:
        self._model.checking.acknowledge(check, accepted)
        self.accepted.emit()
