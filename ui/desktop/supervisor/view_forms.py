"""Contingency forms: give out numbers, print them, account for each."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bmis.crossings.paperwork.forms import ContingencyForm, FormState
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from ui.desktop.parts import Describe
from ui.desktop.shell.desk import PaletteAction
from ui.desktop.shell.sections import Section
from ui.desktop.supervisor.parts import FormsNow
from ui.desktop.supervisor.view_model import FormsModel
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for, put_away, reason_field
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.widgets.plain import Button
from ui.desktop.widgets.saving import PaperOffer
from ui.desktop.widgets.status import Banner
from ui.desktop.words import moment_words
from ui.words.acts import form_state_word

USUAL_BATCH = "20"
FREE = frozenset({FormState.ALLOCATED, FormState.MISSING})


class FormsSection(Section):
    """E: spoiled, N: not found; Enter prints the batch of the form where one is again."""

    def __init__(self, model: FormsModel, paper: PaperOffer, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._paper, self._describe = model, paper, describe
        self._now: FormsNow | None = None
        self.dialog: AskingDialog | None = None
        self.banner = Banner()
        self.list = LineList({Qt.Key.Key_E: lambda: self.ask_mark(True), Qt.Key.Key_N: lambda: self.ask_mark(False)})
        self.list.view.setObjectName("supervisor.forms")
        self.allocate, self.spoiled, self.missing, self.again = Button("primary"), Button(), Button(), Button()
        row = QHBoxLayout()
        row.setSpacing(16)
        for button in (self.allocate, self.spoiled, self.missing, self.again):
            button.setMinimumHeight(60)
            row.addWidget(button, 1)
        self.column.addWidget(self.banner)
        self.column.addWidget(self.list, 1)
        self.column.addLayout(row)
        self.allocate.clicked.connect(self.ask_allocate)
        self.spoiled.clicked.connect(lambda: self.ask_mark(True))
        self.missing.clicked.connect(lambda: self.ask_mark(False))
        self.again.clicked.connect(self.print_again)
        self.list.opened.connect(lambda _key: self.print_again())
        self.list.moved.connect(lambda _key: self._enable())
        model.listed.connect(self._on_listed)
        model.allocated.connect(self._on_allocated)
        model.printed.connect(self._on_printed)
        model.marked.connect(self._on_marked)
        model.noticed.connect(self.noticed)
        self.retranslate()

    def title(self) -> str:
        """Return its name."""
        return _("Paper forms")

    def badge(self) -> int:
        """Return how many are missing."""
        return len(self._now.missing) if self._now else 0

    def first_field(self) -> QWidget | None:
        """Return the way to give some out while there are none, else the list."""
        return self.list if self._now and self._now.forms else self.allocate

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Offer the acts."""
        return [
            PaletteAction(_("Give out forms"), self.ask_allocate),
            PaletteAction(_("Mark a form as spoiled"), lambda: self.ask_mark(True)),
            PaletteAction(_("Mark a form as missing"), lambda: self.ask_mark(False)),
        ]

    def opened(self) -> None:
        """Look again."""
        self._model.refresh()

    def retranslate(self) -> None:
        """Word the section."""
        self.heading.setText(self.title())
        self.hint.setText(
            _("Blank forms for when the machine is down. Each has its number before it is printed, so none can vanish"
              " unseen.")
        )  # fmt: skip
        self.list.say(
            _("Paper forms"),
            [
                Heading(_("Number"), wide=True),
                Heading(_("State")),
                Heading(_("Given out")),
                Heading(_("By")),
                Heading(_("Reason"), wide=True),
            ],
            _("No form was given out yet."),
        )
        self.allocate.say(_("Give out forms…"))
        self.spoiled.say(_("Spoiled  (E)"))
        self.missing.say(_("Not found  (N)"))
        self.again.say(_("Paper again"))
        self._show()

    def ask_allocate(self) -> None:
        """Ask how many."""
        largest = self._now.largest_batch if self._now else 0
        asked = Asked("count", _("How many"), value=USUAL_BATCH, topic="supervisor.forms")
        self.dialog = ask_for(
            self,
            _("Give out forms"),
            _("At most {count} at once. Their numbers hold from now on, also if the paper is never printed.").format(
                count=largest
            ),
            [asked],
            ok=_("Give out"),
            give=self._give_allocate,
        )

    def ask_mark(self, spoiled: bool) -> None:
        """Ask why a form is taken out of use or is not there."""
        form = self.chosen()
        if form is None or form.state not in FREE:
            return
        title = _("Form spoiled") if spoiled else _("Form not found")
        self.dialog = ask_for(
            self,
            title,
            form.number,
            [reason_field()],
            ok=_("Mark"),
            give=lambda dialog, answers: self._model.mark(
                form.number, spoiled, answers["reason"], lambda error: dialog.stay(self._describe(error), "reason")
            ),
            grave=True,
        )

    def print_again(self) -> None:
        """Make the paper of the batch once more."""
        form = self.chosen()
        if form is not None and self._now is not None:
            self._model.make_paper(tuple(one for one in self._now.forms if one.batch == form.batch))

    def chosen(self) -> ContingencyForm | None:
        """Return the form where one is."""
        forms = self._now.forms if self._now else ()
        return next((form for form in forms if form.number == self.list.key()), None)

    def _give_allocate(self, dialog: AskingDialog, answers: Answers) -> None:
        typed = answers["count"]
        count = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
        self._model.allocate(count, lambda error: dialog.stay(self._describe(error), "count"))

    def _close_dialog(self) -> None:
        put_away(self.dialog)
        self.dialog = None

    def _on_allocated(self, forms: tuple[ContingencyForm, ...]) -> None:
        self._close_dialog()
        words = _n("{count} form given out: {first}", "{count} forms given out: {first} to {last}", len(forms))
        self.remarked.emit(words.format(count=len(forms), first=forms[0].number, last=forms[-1].number), "")

    def _on_printed(self, paper: bytes, forms: tuple[ContingencyForm, ...]) -> None:
        text = _("{first} to {last}").format(first=forms[0].number, last=forms[-1].number)
        self._paper.offer(_("Paper of the forms"), text, f"{forms[0].number}.pdf", paper)

    def _on_marked(self, form: ContingencyForm) -> None:
        self._close_dialog()
        words = _("Form {number}: {state}.").format(number=form.number, state=form_state_word(form.state.value))
        self.remarked.emit(words, "")
        self.list.setFocus()

    def _on_listed(self, now: FormsNow) -> None:
        self._now = now
        self._show()
        self.counted.emit()

    def _enable(self) -> None:
        form = self.chosen()
        for button in (self.spoiled, self.missing):
            button.setEnabled(form is not None and form.state in FREE)
        self.again.setEnabled(form is not None)

    def _show(self) -> None:
        now = self._now
        if now is None:
            self.banner.show_verdict("grey", _("Not looked at yet"))
            self.list.show_lines(())
            return
        missing = {form.number for form in now.missing}
        free = sum(form.state is FormState.ALLOCATED and form.number not in missing for form in now.forms)
        left = _n("{count} free form", "{count} free forms", free).format(count=free)
        if missing:
            words = _n("{count} form is missing", "{count} forms are missing", len(missing)).format(count=len(missing))
            numbers = ", ".join(sorted(missing)[:6]) + (" …" if len(missing) > 6 else "")
            self.banner.show_verdict("red", words, f"{numbers}  ·  {left}")
        elif not free:
            self.banner.show_verdict("amber", left, _("Give out and print some before the machine is down."))
        else:
            self.banner.show_verdict("green", left, _("None is missing."))
        self.list.show_lines([self._line(form, form.number in missing) for form in reversed(now.forms)])
        self._enable()

    def _line(self, form: ContingencyForm, missing: bool) -> Line:
        state = FormState.MISSING if missing else form.state
        at = moment_words(self._model.parts.local_time(form.allocated_at))
        status = "red" if missing else "grey" if form.state is FormState.SPOILED else ""
        return Line(form.number, (form.number, form_state_word(state.value), at, form.by, form.reason or ""), status)
