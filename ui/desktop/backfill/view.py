"""The back-fill desk: the paper at the left hand, the keyboard in the order of the paper."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from bmis.crossings.crossing import Crossing
from bmis.crossings.finding import Status
from bmis.crossings.paperwork.forms import ContingencyForm
from bmis.crossings.paperwork.rules import FormField
from bmis.crossings.paperwork.words import crossing_number
from bmis.documents.document_kinds import missing_reasons
from bmis.kernel.clock import Clock
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from ui.desktop.backfill.filling import TypedForm
from ui.desktop.backfill.parts import BackfillParts
from ui.desktop.backfill.view_fields import PaperFields
from ui.desktop.backfill.view_model import BackfillModel
from ui.desktop.parts import Describe
from ui.desktop.shell.desk import Desk, PaletteAction
from ui.desktop.shortcuts import Key
from ui.desktop.theme import mrz_font
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for, put_away, second_person_fields
from ui.desktop.widgets.bars import DecisionBar, DecisionButton
from ui.desktop.widgets.findings import FindingList, ShownFinding
from ui.desktop.widgets.flow import EnterAlong
from ui.desktop.widgets.plain import Card, LabelledField, PlainLabel
from ui.desktop.widgets.question import ask
from ui.desktop.widgets.status import Banner
from ui.desktop.words import button_words
from ui.desktop.workers.runner import Runner
from ui.words.acts import form_state_word
from ui.words.findings import evidence_words
from ui.words.labels import check_word, field_word

KEEP = "KEEP"


class BackfillDesk(Desk):
    """Enter goes from field to field in the paper's order; F12 checks, then keeps."""

    def __init__(
        self, parts: BackfillParts, runner: Runner, describe: Describe, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._describe = describe
        self.model = BackfillModel(parts, runner, clock, self)
        self._left: tuple[ContingencyForm, ...] = ()
        self.dialog: AskingDialog | None = None
        self.heading, self.missing = PlainLabel(kind="title"), PlainLabel(kind="muted", wrap=True)
        self.number = QLineEdit()
        self.number.setObjectName("backfill.number")
        self.number.setFont(mrz_font(18))
        self.number.setMaxLength(40)
        self._number_field = LabelledField(self.number)
        self.fields = PaperFields(self.model.layout, parts.local_day)
        self.findings, self.bar, self.banner = FindingList(), DecisionBar(), Banner()
        self._checks_title = PlainLabel(kind="heading")
        self._lay_out()
        self._watch()
        self.retranslate()

    def _lay_out(self) -> None:
        self._around = around = QScrollArea()
        around.setWidgetResizable(True)
        around.setFrameShape(QFrame.Shape.NoFrame)
        around.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        around.setWidget(self.fields)
        paper = Card(margin=16, spacing=12)
        paper.column.addWidget(self._number_field)
        paper.column.addWidget(around, 1)
        checks = Card(margin=16, spacing=8)
        checks.column.addWidget(self.banner)
        checks.column.addWidget(self._checks_title)
        inside = QWidget()
        room = QVBoxLayout(inside)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(self.findings)
        room.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        checks.column.addWidget(scroll, 1)
        checks.column.addWidget(self.bar)
        top = QHBoxLayout()
        top.addWidget(self.heading)
        top.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(paper, 5)
        row.addWidget(checks, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.missing)
        column.addLayout(row, 1)

    def _watch(self) -> None:
        model = self.model
        self._flow = EnterAlong([self.number, *self.fields.order()], self._on_last, self)
        self.number.editingFinished.connect(self._on_number)
        self.fields.typed.connect(model.set_value)
        self.findings.acknowledged.connect(model.acknowledge)
        self.findings.reworded.connect(self._show_checks)
        self.bar.chosen.connect(lambda _code: self.decide())
        self.bar.reworded.connect(self._show_checks)
        model.form_known.connect(self._on_form)
        model.form_refused.connect(self._on_form_refused)
        model.empty.connect(self._on_empty)
        model.reason_needed.connect(self._ask_reason)
        model.checked.connect(self._show_checks)
        model.second_needed.connect(self._ask_second)
        model.kept.connect(self._on_kept)
        model.restored.connect(self._on_restored)
        model.left.connect(self._on_left_over)
        model.noticed.connect(self.noticed)

    def title(self) -> str:
        """Return its name."""
        return _("Back-fill")

    def first_field(self) -> QWidget | None:
        """Return the form's number."""
        return self.number

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """F12 goes on, Esc leaves the form."""
        return {Key.DECIDE: self.decide, Key.BACK: self.back}

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Offer to begin again."""
        return [PaletteAction(_("Clear the form"), self.back)]

    def opened(self) -> None:
        """Look which forms are still to come."""
        self.model.look_left()
        self.model.take_up()

    def has_draft(self) -> bool:
        """Return whether something was typed."""
        return self.model.is_begun

    def closing(self) -> None:
        """Keep what is half typed; deliver no answer after the session."""
        self.model.close()

    def retranslate(self) -> None:
        """Word the desk."""
        self.heading.setText(_("Typing in paper forms"))
        self._number_field.say(_("Number on the form"))
        self._checks_title.setText(_("Checks"))
        self.fields.retranslate()
        self._show_left()
        self._show_checks()

    def decide(self) -> None:
        """Check the form; when everything was accepted, keep it."""
        if self.number.hasFocus():
            self._on_number()
        if not self.model.findings:
            self.model.check()
        elif self.model.is_ready:
            self.model.keep()
        else:
            row = self.findings.first_unaccepted()
            if row is not None:
                row.setFocus()

    def back(self) -> None:
        """Leave the form, after a question when something was typed."""
        if not self.model.is_begun:
            return
        ask(
            self,
            _("Clear the form?"),
            _("What was typed is forgotten; the paper form stays free."),
            yes=_("Clear the form"),
            no=button_words()["cancel"],
            answered=lambda yes: self._clear() if yes else None,
        )

    def _clear(self) -> None:
        self.number.clear()
        self._number_field.mark("")
        self.fields.clear()
        self.model.clear()
        self._around.verticalScrollBar().setValue(0)
        self.number.setFocus()

    def _on_number(self) -> None:
        if self.number.text() != self.model.typed().number:
            self.model.set_number(self.number.text())

    def _on_form(self, form: ContingencyForm) -> None:
        self.number.setText(form.number)
        self._number_field.mark(form_state_word(form.state.value), wrong=False)

    def _on_form_refused(self, error: Exception) -> None:
        notice = self._describe(error)
        self._number_field.mark(f"{notice.code}  {notice.what}")

    def _on_empty(self, field: FormField) -> None:
        shown = self.fields.fields[field.name]
        shown.mark(_("This is needed"))
        shown.field.setFocus()
        self._around.ensureWidgetVisible(shown)

    def _on_last(self) -> None:
        self.model.check()

    def _ask_reason(self, field: str, codes: tuple[str, ...]) -> None:
        language, reasons = current_language(), missing_reasons()
        choices = tuple((code, reasons[code].name(language)) for code in codes)
        label = field_word(field)

        def give(dialog: AskingDialog, answers: Answers) -> None:
            dialog.accept()
            self.model.explain(field, answers["why"])

        self.dialog = ask_for(
            self,
            _("Not on the form: {field}").format(field=label),
            _("Say why it is not known, or go back and type it."),
            [Asked("why", _("Why it is not known"), "choice", choices, topic="backfill.unknown")],
            ok=button_words()["continue"],
            give=give,
        )

    def _ask_second(self, may_be_owed: bool) -> None:
        fields = second_person_fields()
        text = _("The form is late, or a check says stop: a second person must see it and sign.")
        if may_be_owed:
            text += " " + _("At this post with a single officer it may be left empty: the signature is then owed.")
            fields = tuple(Asked(one.name, one.label, one.kind, required=False, topic=one.topic) for one in fields)

        def give(dialog: AskingDialog, answers: Answers) -> None:
            def failed(error: Exception) -> None:
                dialog.stay(self._describe(error), "second")

            second = (answers["second"], answers["second_password"]) if answers["second"] else None
            self.model.keep(second, owed=second is None, failed=failed)

        self.dialog = ask_for(self, _("Second person"), text, fields, ok=_("Sign and keep"), give=give)

    def _on_kept(self, crossing: Crossing) -> None:
        put_away(self.dialog)
        self.dialog = None
        form, number = crossing.request.paper_form, crossing_number(crossing)
        self._clear()
        self.remarked.emit(_("Form {form} was kept as {number}.").format(form=form, number=number), "")
        self.counted.emit()

    def _on_restored(self, typed: TypedForm) -> None:
        """Show what was left half typed, and say so."""
        self.number.setText(typed.number)
        self.fields.show_values(typed.values)
        self.remarked.emit(_("What was typed before is back."), "")

    def _on_left_over(self, forms: tuple[ContingencyForm, ...]) -> None:
        self._left = forms
        self._show_left()

    def _show_left(self) -> None:
        numbers = [form.number for form in self._left]
        words = _n("Missing form: {numbers}", "Missing forms: {numbers}", len(numbers))
        shown = ", ".join(numbers[:5]) + (" …" if len(numbers) > 5 else "")
        self.missing.setText(words.format(numbers=shown) if numbers else _("No form is missing so far."))

    def _show_checks(self) -> None:
        model = self.model
        by_check: dict[str, list[str]] = {}
        worst: dict[str, Status] = {}
        for one in model.findings:
            by_check.setdefault(one.check, []).append(evidence_words(one))
            worst[one.check] = max(worst.get(one.check, one.status), one.status, key=_GRAVITY.index)
        self.findings.show_findings(
            [
                ShownFinding(
                    check,
                    check_word(check),
                    worst[check].value,
                    " ".join(words),
                    landed=True,
                    acknowledged=check in model.accepted,
                )
                for check, words in by_check.items()
            ]
        )
        self._show_banner()

    def _show_banner(self) -> None:
        model = self.model
        if not model.findings:
            self.banner.show_verdict(
                "grey", _("Not checked yet"), _("Enter on the last field, or F12, checks the form.")
            )
        elif model.is_ready:
            self.banner.show_verdict("green", _("Ready to keep"), _("The decision on the paper is kept as it stands."))
        else:
            self.banner.show_verdict("amber", _("Look at the checks"), _("Space accepts each that is not clear."))
        words = _("Keep the form") if model.findings else _("Check the form")
        shut = "" if not model.findings or model.is_ready else _("A check waits to be accepted.")
        self.bar.show_decisions([DecisionButton(KEEP, words, "F12", "primary", shut)])


_GRAVITY = (Status.GREEN, Status.GREY, Status.AMBER, Status.RED)
