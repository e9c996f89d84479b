"""Applications under way: what is still needed, who decides, the card, and the next step on F12."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from bmis.kernel.clock import local
from bmis.kernel.i18n import translate as _
from bmis.passes.border_pass import Application
from bmis.passes.eligibility import Answer
from bmis.passes.hand_over_pass import HandedOver
from bmis.passes.lifecycle import UNDER_WAY, ApplicationState
from bmis.passes.print_pass import PassForm
from bmis.receipts.receipt import Receipt
from ui.desktop.parts import Describe
from ui.desktop.passes.models import QueueModel
from ui.desktop.passes.parts import Case
from ui.desktop.passes.view_children import ChildrenDialog, child_line
from ui.desktop.passes.view_photo import PhotoDialog
from ui.desktop.passes.view_preview import CardPreview, StepButtons, Verdict
from ui.desktop.passes.view_queue_forms import QueueForms
from ui.desktop.shell.sections import Section
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.facts import FactList
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.widgets.pictures import LiveView
from ui.desktop.widgets.plain import Button, LabelledField
from ui.desktop.widgets.saving import PaperOffer
from ui.desktop.words import moment_words
from ui.words.figures import day_words, money_words
from ui.words.passes import APPLICATION_STATES, answer_words, not_run_lines

_S = ApplicationState
STEPS: Mapping[ApplicationState, tuple[str, ...]] = {
    _S.PENDING_ATTESTATION: ("attest", "photo", "child_photo", "children", "registry", "reject", "withdraw"),
    _S.PENDING_APPROVAL: ("approve", "reject", "attest", "photo", "child_photo", "children", "registry", "withdraw"),
    _S.APPROVED: ("produce", "charge", "children", "reject", "withdraw"),
    _S.PRODUCED: ("hand_over", "card", "sheet", "charge", "children", "spoil"),
    _S.ISSUED: ("children",),
    _S.REJECTED: ("appeal", "forget"),
    _S.WITHDRAWN: ("forget",),
}
WITHOUT_KEY = frozenset(
    {"children", "registry", "forget", "withdraw", "reject", "spoil"}
)  # never what F12 does by itself


class QueueSection(Section):
    """``appealed`` carries the number whose appeal is asked for.

    F12 goes on with what comes next, F4 takes the photograph, F5 prints the card; A approves, R refuses.
    """

    appealed = Signal(str)

    def __init__(self, model: QueueModel, paper: PaperOffer, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model, self._paper, self._describe = model, paper, describe
        self._listed: tuple[Application, ...] = ()
        self._under_way = 0
        self.case: Case | None = None
        self.photos: PhotoDialog | None = None
        self.forms = QueueForms(self, model, describe)
        letters: dict[int, Callable[[], None]] = {
            Qt.Key.Key_A: lambda: self.step("approve"),
            Qt.Key.Key_R: lambda: self.step("reject"),
        }
        self.state = QComboBox()
        self.state.setObjectName("passes.queue_state")
        self._state_field = LabelledField(self.state)
        self.list = LineList(letters)
        self.list.view.setObjectName("passes.queue")
        self.banner, self.facts, self.card = Verdict(), FactList(), CardPreview()
        self.photo = LiveView((120, 150), "person")
        self.buttons = {name: Button("danger" if name == "reject" else "") for name in self._steps()}
        self.steps = StepButtons(self.buttons)
        self._lay_out()
        self._watch()
        self.retranslate()

    def _steps(self) -> dict[str, tuple[Callable[[Case], None], Callable[[], str]]]:
        forms = self.forms
        return {
            "approve": (forms.approve, lambda: _("Approve  (A)")),
            "reject": (forms.reject, lambda: _("Refuse  (R)")),
            "attest": (forms.attest, lambda: _("Attestation…")),
            "photo": (self._ask_photo, lambda: _("Photograph  (F4)")),
            "produce": (lambda case: self.model.produce(case.shown.application.number), lambda: _("Make the pass")),
            "charge": (forms.charge, lambda: _("Fee and receipt…")),
            "hand_over": (forms.hand_over, lambda: _("Hand over…")),
            "card": (lambda case: self._print(case, PassForm.CARD), lambda: _("Print the card  (F5)")),
            "sheet": (lambda case: self._print(case, PassForm.SHEET), lambda: _("Print on paper (A6)")),
            "spoil": (self._spoil, lambda: _("Spoiled…")),
            "withdraw": (forms.withdraw, lambda: _("Taken back…")),
            "children": (self._show_children, lambda: _("Children…")),
            "child_photo": (self._ask_child_photo, lambda: _("Child's photograph…")),
            "registry": (
                lambda case: self.model.registry_slip(case.shown.application.number),
                lambda: _("Civil registration…"),
            ),
            "appeal": (lambda case: self.appealed.emit(case.shown.application.number), lambda: _("Appeal…")),
            "forget": (forms.forget, lambda: _("Forget the person…")),
        }

    def _lay_out(self) -> None:
        self.column.setContentsMargins(16, 8, 16, 8)
        self.column.setSpacing(8)
        pictures = QHBoxLayout()
        pictures.addWidget(self.photo, 1)
        pictures.addWidget(self.card, 4)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.banner)
        right.addLayout(pictures, 3)
        right.addWidget(self.facts, 3)
        right.addWidget(self.steps)
        row = QHBoxLayout()
        row.setSpacing(16)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._state_field)
        left.addWidget(self.list, 1)
        row.addLayout(left, 5)
        row.addLayout(right, 6)
        self.column.addLayout(row, 1)

    def _watch(self) -> None:
        model = self.model
        self.state.currentIndexChanged.connect(lambda _at: self._on_state())
        self.list.moved.connect(self._on_moved)
        self.list.opened.connect(lambda _key: self.next_step())
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, name=name: self.step(name))
        model.listed.connect(self._on_listed)
        model.shown.connect(self._on_shown)
        model.pictured.connect(self.card.show_card)
        model.done.connect(self._on_done)
        model.noticed.connect(self.noticed)

    def title(self) -> str:
        """Return its name."""
        return _("Applications")

    def badge(self) -> int:
        """Return how many are under way."""
        return self._under_way

    def first_field(self) -> QWidget | None:
        """Return the list."""
        return self.list

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """Return the keys of the queue."""
        return {
            Key.RESCAN: self.model.refresh,
            Key.PHOTO: lambda: self.step("photo"),
            Key.PRINT: lambda: self.step("card"),
            Key.REFUSE: lambda: self.step("reject"),
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
        self.hint.setText(_("Whoever took an application does not approve it."))
        self.photo.setAccessibleName(_("Photograph"))
        self.list.say(
            self.title(),
            [Heading(_("Number")), Heading(_("State"), wide=True)],
            _("No application stands here."),
        )
        self._state_field.say(_("State"))
        chosen = self.state.currentData()
        self.state.blockSignals(True)
        self.state.clear()
        self.state.addItem(_("under way"), "")
        for one in (_S.REJECTED, _S.WITHDRAWN, _S.ISSUED):
            self.state.addItem(APPLICATION_STATES[one.value](), one.value)
        self.state.setCurrentIndex(max(0, self.state.findData(chosen)))
        self.state.blockSignals(False)
        for name, (_act, words) in self._steps().items():
            self.buttons[name].say(words())
        self._show_lines()
        self._on_shown(self.case)

    def offered(self) -> tuple[str, ...]:
        """Return the steps that this person may take now, the next one first."""
        case, can = self.case, self.model.parts.can
        if case is None:
            return ()
        steps = STEPS.get(case.shown.application.state, ())
        may = {
            "approve": can.approve and not case.own,
            "reject": can.approve and not case.own,
            "produce": can.issue,
            "hand_over": can.issue,
            "card": can.issue,
            "sheet": can.issue,
            "spoil": can.issue,
            "charge": can.take_money and case.receipt is None,
            "children": bool(case.children),
            "registry": case.shown.who is not None and not case.shown.who.person.id_number,
            "child_photo": can.capture and any(photo is None for _child, photo in case.children),
            "forget": can.forget and case.shown.who is not None,
        }
        return tuple(name for name in steps if may.get(name, can.capture))

    def step(self, name: str) -> None:
        """Take a step, if it is offered."""
        if self.case is not None and name in self.offered():
            self._steps()[name][0](self.case)

    def next_step(self) -> None:
        """Take the step that comes next."""
        if offered := [one for one in self.offered() if one not in WITHOUT_KEY]:
            self.step(offered[0])

    def _print(self, case: Case, form: PassForm) -> None:
        if case.made is not None:
            self.model.print_pass(case.made.border_pass.number, form)

    def _spoil(self, case: Case) -> None:
        if case.made is not None:
            self.forms.spoil(case.made.border_pass.number)

    def _ask_photo(self, case: Case) -> None:
        number = case.shown.application.number
        self.photos = PhotoDialog(self, self.model, self._describe, lambda jpeg: self.model.add_photo(number, jpeg))
        self.photos.open()

    def _ask_child_photo(self, case: Case) -> None:
        number = case.shown.application.number
        at, child = next((at, child) for at, (child, photo) in enumerate(case.children) if photo is None)
        self.photos = PhotoDialog(
            self,
            self.model,
            self._describe,
            lambda jpeg: self.model.add_child_photo(number, at, jpeg),
            _("Photograph of {child}").format(child=child.given_names),
        )
        self.photos.open()

    def _show_children(self, case: Case) -> None:
        children, photos = zip(*case.children, strict=True)
        ChildrenDialog(self, children, photos).open()

    def _on_state(self) -> None:
        code = self.state.currentData()
        self.model.states = frozenset({ApplicationState(code)}) if code else UNDER_WAY
        self.model.refresh()

    def _on_moved(self, key: object) -> None:
        if isinstance(key, str):
            self.model.show(key)
        else:
            self._on_shown(None)

    def _on_listed(self, listed: tuple[Application, ...]) -> None:
        self._listed = listed
        if self.model.states == UNDER_WAY:
            self._under_way = len(listed)
        self._show_lines()
        self.counted.emit()

    def _show_lines(self) -> None:
        status = {
            _S.PENDING_ATTESTATION: "grey",
            _S.PENDING_APPROVAL: "amber",
            _S.REJECTED: "red",
            _S.WITHDRAWN: "grey",
        }
        lines = []
        for one in self._listed:
            cells = (one.number, APPLICATION_STATES[one.state.value]())
            lines.append(Line(one.number, cells, status.get(one.state, "green")))
        self.list.show_lines(lines)

    def _on_shown(self, case: Case | None) -> None:
        self.case = case
        self.card.show_card(None)
        self.steps.offer(self.offered())
        if case is None:
            self.banner.show_verdict("grey", _("Choose an application"))
            self.facts.show_facts(())
            self.photo.show_frame(None)
            return
        shown = case.shown
        self.photo.show_frame(None if shown.photo is None else QImage.fromData(shown.photo.jpeg))
        self.facts.show_facts(_facts(case), not_run_lines(shown.application.answers))
        self.banner.show_verdict(*_verdict(case, self.model.parts.can.approve))
        if case.made is not None and case.made.seal is not None:
            self.model.picture(case.made.border_pass.number)

    def _on_done(self, code: str, result: object) -> None:
        self.forms.close()
        self.model.refresh()
        if code in ("rejected", "registry") and isinstance(result, bytes):
            title = _("Notice") if code == "rejected" else _("Referral to civil registration")
            self._paper.offer(title, _("For the applicant."), "aviso.pdf", result)
        elif code == "charged" and isinstance(result, Receipt):
            self.model.receipt(result.number)
        elif code == "handed_over" and isinstance(result, HandedOver):
            self.model.receipt(result.receipt.number)
        said = _done_words().get(code)
        if said is not None:
            self.remarked.emit(said, "")
        if self.case is not None and code not in ("handed_over", "rejected", "withdrawn", "forgotten"):
            self.model.show(self.case.shown.application.number)


def _done_words() -> dict[str, str]:
    return {
        "approved": _("Approved: the pass can be made."),
        "rejected": _("Refused. Give the applicant the notice."),
        "withdrawn": _("Noted as taken back."),
        "attested": _("The attestation was added."),
        "photographed": _("The photograph was added."),
        "charged": _("The receipt was given."),
        "produced": _("The pass is made. Print it, and hand it over."),
        "handed_over": _("Handed over: the pass counts from now on. The receipt goes to the printer."),
        "spoiled": _("Noted as spoiled: make another."),
        "printed": _("Sent to the printer."),
        "forgotten": _("The person is forgotten; what is counted stays."),
    }


def _verdict(case: Case, approves: bool) -> tuple[str, str, str]:
    found = case.shown.application
    words = APPLICATION_STATES[found.state.value]()
    if found.state is _S.PENDING_APPROVAL and case.own and approves:
        return "grey", words, _("You took it: somebody else approves it.")
    if found.state is _S.PENDING_APPROVAL:
        return "amber", words, ""
    if found.state is _S.PENDING_ATTESTATION:
        return "grey", words, ""
    if found.state is _S.REJECTED:
        return "red", words, ""
    return "grey" if found.state is _S.WITHDRAWN else "green", words, ""


def _facts(case: Case) -> list[tuple[str, str]]:
    shown, found = case.shown, case.shown.application
    facts = [("", answer_words(one)) for one in found.answers if one["answer"] != Answer.YES.value]  # seen first
    facts.append((_("Number"), found.number))
    if shown.who is not None:
        person = shown.who.person
        facts += [
            (_("Name"), f"{person.surname}, {person.given_names}"),
            (_("Date of birth"), f"{person.birth_date.shown()} · {person.sex}"),
            (_("Village"), person.village),
            (_("Identity document"), person.id_number or _("none: refer to civil registration")),
        ]
        facts += [(_("Child"), child_line(child, photo)) for child, photo in case.children]
    if case.made is not None:
        one = case.made.border_pass
        days = f"{day_words(one.validity.first)} – {day_words(one.validity.last)}"
        facts += [(_("Number of the pass"), one.number), (_("Validity"), days)]
    paid = _("no receipt yet") if case.receipt is None else f"{case.receipt.number} · {money_words(case.receipt.paid)}"
    fee = f"{money_words(case.rules.fee)} — {_('zero fee')}" if case.rules.fee.is_zero else money_words(case.rules.fee)
    facts += [(_("Fee"), fee), (_("Receipt"), paid)]
    facts += [("", answer_words(one)) for one in found.answers if one["answer"] == Answer.YES.value]
    facts.append((_("Applied"), f"{moment_words(local(found.applied_at))} · {found.captured_by}"))
    return facts
