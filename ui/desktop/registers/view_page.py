"""A page of the desk of registers: a list, what its line says in full, and what can be done. All of it by keys."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QWidget

from bmis.kernel.actor import Permission
from bmis.kernel.errors import BmisError
from bmis.kernel.i18n import translate as _
from ui.desktop.parts import Describe
from ui.desktop.registers.errors import RegisterFieldError
from ui.desktop.registers.view_model import RegisterModel
from ui.desktop.shell.desk import PaletteAction
from ui.desktop.shell.sections import Section
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for, put_away, reason_field
from ui.desktop.widgets.facts import FactList
from ui.desktop.widgets.fields import DateField
from ui.desktop.widgets.lines import Heading, LineList
from ui.desktop.widgets.plain import Button, Card, LabelledField
from ui.desktop.words import button_words


@dataclass(frozen=True, slots=True)
class Act:
    """A button, and the letter that presses it in the list. ``permission``: who has not got it does not see it."""

    letter: str
    words: str
    run: Callable[[], None]
    permission: Permission
    chosen: bool = False  # it is done with a line that stands


class RegisterSection(Section):
    """Enter in the list corrects the line. A page says what it is by the methods below."""

    topic: str  # of help (F1); each page has its own
    shares = (1, 1)  # of the height: the list, its line in full

    def __init__(self, model: RegisterModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model, self.parts, self.describe = model, model.parts, describe
        self.dialog: AskingDialog | None = None
        self._acts = {act.letter: act for act in self.acts() if self.parts.may(act.permission)}
        letters = {ord(letter): lambda letter=letter: self._press(letter) for letter in self._acts}
        self.list, self.facts = LineList(letters), FactList()
        self.list.view.setObjectName(self.topic)
        self.facts.setObjectName(self.topic)
        self.over = QHBoxLayout()
        self.over.setSpacing(16)
        self.fields = self.over_list()
        for field in self.fields:
            field.field.setObjectName(self.topic)
            self.over.addWidget(field, 1)
        self.buttons = {letter: Button("primary" if not at else "") for at, letter in enumerate(self._acts)}
        self._lay_out()
        self.list.moved.connect(lambda _key: self.show_line())
        self.list.opened.connect(lambda _key: self._press("C"))
        self.retranslate()

    def _lay_out(self) -> None:
        self.column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(12)
        card = Card(margin=12, spacing=8)
        card.column.addWidget(self.facts)
        for letter, button in self.buttons.items():
            button.setObjectName(self.topic)
            button.setMinimumHeight(52)
            button.clicked.connect(lambda _checked=False, letter=letter: self._acts[letter].run())
            row.addWidget(button, 1)
        if self.fields:
            self.column.addLayout(self.over)
        self.column.addWidget(self.list, self.shares[0])
        self.column.addWidget(card, self.shares[1])
        self.column.addLayout(row)

    # --- what a page says of itself

    def about(self) -> str:
        """Return what the page is for, in a line."""
        raise NotImplementedError

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        raise NotImplementedError

    def nothing(self) -> str:
        """Return what an empty list says."""
        raise NotImplementedError

    def over_list(self) -> Sequence[LabelledField]:
        """Return the fields over the list."""
        return ()

    def acts(self) -> Sequence[Act]:
        """Return what can be done here, always the same letters in the same order; N makes one, C corrects."""
        return ()

    def refresh(self) -> None:
        """Ask the store anew."""
        raise NotImplementedError

    def show_lines(self) -> None:
        """Show what was answered, in the language in force."""
        raise NotImplementedError

    def facts_of(self, key: object) -> Sequence[tuple[str, str]]:
        """Return everything that is known of a line."""
        raise NotImplementedError

    def record(self) -> UUID | None:
        """Return the record of the line where one is; None where nothing was said."""
        raise NotImplementedError

    # --- what every page does

    def opened(self) -> None:
        """Look again."""
        self.refresh()

    def first_field(self) -> QWidget | None:
        """Return the list."""
        return self.list

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Offer what the buttons do."""
        return [PaletteAction(act.words, act.run) for act in self._fitting().values()]

    def retranslate(self) -> None:
        """Word the page."""
        self.heading.setText(self.title())
        self.hint.setText(self.about())
        self._acts = {act.letter: act for act in self.acts() if self.parts.may(act.permission)}
        for letter, button in self.buttons.items():
            button.say(f"{self._acts[letter].words}  ({letter})")
        self.list.say(self.title(), self.headings(), self.nothing())
        self.facts.setAccessibleName(_("In full"))
        self.show_lines()
        self.show_line()

    def show_line(self) -> None:
        """Say in full what the line where one is holds."""
        key = self.list.key()
        self.facts.show_facts(() if key is None else self.facts_of(key))
        fitting = self._fitting()
        for letter, button in self.buttons.items():
            button.setEnabled(letter in fitting)

    def form(
        self,
        title: str,
        text: str,
        fields: Sequence[Asked],
        job: Callable[[Answers], Callable[[], object]],
        *,
        columns: int = 3,
        ok: str = "",
        done: Callable[[Any], None] | None = None,
    ) -> None:
        """Ask for fields; ``job`` makes of the answers what the store is asked. What is wrong is said in the form."""

        def finish(result: object) -> None:
            put_away(dialog)
            self.dialog = None
            if done is not None:
                done(result)
                return
            self.remarked.emit(_("Kept."), "")
            self.refresh()

        def trouble(error: Exception) -> None:
            where = str(getattr(error, "facts", {}).get("where") or "")
            dialog.stay(self.describe(error), where)

        def give(form: AskingDialog, said: Answers) -> None:
            try:
                whole_dates(form)
                work = job(said)
            except BmisError as error:
                trouble(error)
                return
            self.model.ask(work, finish, trouble)

        words = ok or button_words()["save"]
        self.dialog = dialog = ask_for(self, title, text, fields, ok=words, give=give, columns=columns)

    def ask_withdraw(self) -> None:
        """Ask why the record of the line is taken back."""
        record = self.record()
        if record is None:
            return
        text = _("It stays in the audit with the reason, and counts no more. To correct it, use Correct.")
        fields = (reason_field(),)
        self.form(
            _("Take back"), text, fields, lambda said: lambda: self.parts.withdraw(record, said["reason"]), columns=1
        )

    def _fitting(self) -> Mapping[str, Act]:
        stands = self.record() is not None
        return {letter: act for letter, act in self._acts.items() if stands or not act.chosen}

    def _press(self, letter: str) -> None:
        if letter in self._fitting():
            self.buttons[letter].click()


def whole_dates(form: AskingDialog) -> None:
    """A date that is none would read as empty, and so as not known. Raises RegisterFieldError."""
    for name, field in form.fields.items():
        if isinstance(field, DateField) and field.text().strip() and field.value() is None:
            raise RegisterFieldError(name)
