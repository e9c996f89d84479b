"""A page of the desk: a list, what the chosen line says, and what can be done with it. All of it by keys: in the list
the digit of a button presses it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from bmis.kernel.errors import BmisError
from bmis.kernel.i18n import translate as _
from ui.desktop.health_supervisor.errors import TypedFieldError
from ui.desktop.health_supervisor.typed import moment_of
from ui.desktop.health_supervisor.view_half_typed import FormDraft, HalfTyped
from ui.desktop.health_supervisor.view_model import PostModel
from ui.desktop.parts import Describe
from ui.desktop.shell.desk import PaletteAction
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for, put_away
from ui.desktop.widgets.facts import FactList
from ui.desktop.widgets.fields import DateField
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.widgets.plain import Button, Card, LabelledField, PlainLabel, SpokenFrame
from ui.desktop.widgets.question import Question, ask
from ui.desktop.widgets.status import Banner
from ui.desktop.words import button_words

T = TypeVar("T")
Job = Callable[[], T]
DIGITS = 9


def always() -> bool:
    """Return that an act can be done whatever is chosen."""
    return True


@dataclass(frozen=True, slots=True)
class Act:
    """A button. ``fits``: whether it can be done with the chosen line; ``key``: its key, shown in the footer."""

    words: str
    run: Callable[[], None]
    fits: Callable[[], bool] = always
    key: Key | None = None


class ActPage(SpokenFrame):
    """Signals as of a section; ``offered`` carries title, remark, name and bytes of a file that was made."""

    noticed = Signal(object)
    remarked = Signal(str, str)
    offered = Signal(str, str, str, object)
    counted = Signal()
    topic = "page"
    columns = 3
    shares = (5, 6)

    def __init__(self, model: PostModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model, self.describe = model, describe
        self.dialog: AskingDialog | None = None
        self.question: Question | None = None
        digits = {Qt.Key.Key_1 + at: lambda at=at: self._by_digit(at) for at in range(DIGITS)}
        self.list, self.banner, self.facts = LineList(digits), Banner(), FactList()
        self.list.view.setObjectName(f"health_post.{self.topic}")
        self.facts.setObjectName(f"health_post.{self.topic}")
        self.remark = PlainLabel(kind="small", wrap=True)
        self.remark.hide()
        self.buttons: dict[str, Button] = {}
        self.prepare()
        self._lay_out()
        self.list.moved.connect(self._on_moved)
        self.list.opened.connect(self.open_line)
        self.retranslate()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        self.above = self.over_list()
        if self.above is not None:
            left.addWidget(self.above)
        left.addWidget(self.list, 1)
        left.addWidget(self.remark)
        card = Card(margin=12, spacing=8)
        card.column.addWidget(self.banner)
        card.column.addWidget(self.facts, 1)
        grid = QGridLayout()
        grid.setSpacing(8)
        for at, name in enumerate(self.acts()):
            button = Button()
            button.setObjectName(f"health_post.{self.topic}")
            button.clicked.connect(lambda _checked=False, name=name: self.acts()[name].run())
            self.buttons[name] = button
            grid.addWidget(button, at // self.columns, at % self.columns)
        card.column.addLayout(grid)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, self.shares[0])
        row.addWidget(card, self.shares[1])

    # --- what a page says of itself

    def prepare(self) -> None:
        """Set what the page keeps, before its parts are made."""

    def title(self) -> str:
        """Return its name in the language in force."""
        raise NotImplementedError

    def over_list(self) -> LabelledField | None:
        """Return a field over the list, where the page has one: it takes the focus."""
        return None

    def acts(self) -> Mapping[str, Act]:
        """Return what can be done here, always the same names in the same order."""
        return {}

    def headings(self) -> Sequence[Heading]:
        """Return the columns of the list."""
        raise NotImplementedError

    def nothing(self) -> str:
        """Return what an empty list says."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Ask for the list anew."""

    def show_all(self) -> None:
        """Show what was answered, in the language in force."""

    def choose(self, key: object) -> None:
        """One is on this line now (None: nowhere)."""

    def open_line(self, key: object) -> None:
        """Enter was pressed on this line."""

    def badge(self) -> int:
        """Return how many things wait here."""
        return 0

    def unsaved(self) -> bool:
        """Return whether something typed would be lost by leaving."""
        return False

    def forget(self) -> None:
        """Show nobody: the screen locks."""

    # --- what every page does

    def retranslate(self) -> None:
        """Word the page."""
        self.list.say(self.title(), self.headings(), self.nothing())
        for at, (name, act) in enumerate(self.acts().items(), 1):
            self.buttons[name].say(f"{at}  {act.words}" if at <= DIGITS else act.words)
        self.show_all()
        self.enable()

    def enable(self) -> None:
        """Let only what fits be done."""
        for name, act in self.acts().items():
            self.buttons[name].setEnabled(act.fits())

    def first_field(self) -> QWidget:
        """Return the field over the list, else the list; where it is empty, what can be done."""
        if self.above is not None:
            return self.above.field
        if self.list.lines():
            return self.list
        return next((button for button in self.buttons.values() if button.isEnabled()), self.facts)

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """Return F2 to look again, and the keys of the acts."""
        found: dict[Key, Callable[[], None]] = {Key.RESCAN: self.refresh}
        for name, act in self.acts().items():
            if act.key is not None:
                found[act.key] = self.buttons[name].click
        return found

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Offer every act that fits."""
        return [PaletteAction(act.words, act.run, act.key) for act in self.acts().values() if act.fits()]

    def say_below(self, words: str) -> None:
        """Show words under the list."""
        self.remark.setText(words)
        self.remark.setVisible(bool(words))

    def show_lines(self, lines: Sequence[Line], at: object = None) -> None:
        """Show the list; the line where one was stays chosen."""
        self.list.show_lines(lines, at)
        self.enable()

    def ask(self, job: Job[T], done: Callable[[T], None]) -> None:
        """Ask the store; what goes wrong is said over the desk."""
        self.model.ask(job, done, self.noticed.emit)

    def form(
        self,
        title: str,
        text: str,
        fields: Sequence[Asked],
        job: Callable[[Answers], Job[T]],
        done: Callable[[T], None],
        *,
        ok: str = "",
        grave: bool = False,
        columns: int = 1,
        draft: HalfTyped | None = None,
        about: str = "",
    ) -> None:
        """Ask for fields; ``job`` makes of the answers what the store is asked, ``done`` gets what it answered.

        ``draft``: what stands in the form is kept as one, ``about`` the voyage.
        """

        def finish(result: T) -> None:
            put_away(dialog)
            if kept is not None:
                kept.done()
            done(result)

        def give(form: AskingDialog, said: Answers) -> None:
            try:
                _whole_dates(form)
                work = job(said)
            except BmisError as error:
                self._stay(form, error)
                return
            self.model.ask(work, finish, lambda error: self._stay(form, error))

        words = ok or button_words()["save"]
        self.dialog = dialog = ask_for(self, title, text, fields, ok=words, give=give, grave=grave, columns=columns)
        kept = FormDraft(draft, about, dialog) if draft is not None else None
        for labelled in dialog.findChildren(LabelledField):  # a question that is cut would be answered unread
            labelled.label.setWordWrap(True)
        layout = dialog.layout()
        if layout is not None:  # words that wrap would else take the room of the fields
            dialog.setMinimumHeight(layout.totalHeightForWidth(dialog.width()))

    def sure(self, title: str, text: str, yes: str, run: Callable[[], None]) -> None:
        """Ask once before it is done; No has the focus."""
        self.question = ask(
            self, title, text, yes=yes, no=_("No, go back"), answered=lambda said: run() if said else None
        )

    def when_field(self, name: str = "at", label: str = "") -> Asked:
        """Return the field of a moment; empty is now."""
        hint = _("hhmm, or ddmmyyyy hhmm; empty is now")
        return Asked(name, label or _("When"), required=False, hint=hint, topic=f"health_post.{self.topic}")

    def moment(self, said: Answers, name: str = "at") -> datetime:
        """Return the moment of such a field. Raises TypedFieldError."""
        now = self.model.parts.now()
        return moment_of(said[name], name, now, self.model.parts.local_time(now))

    def _stay(self, form: AskingDialog, error: Exception) -> None:
        facts: Mapping[str, object] = getattr(error, "facts", {})
        where = str(facts.get("where") or facts.get("field") or "")
        form.stay(self.describe(error), where.rpartition(".")[2])

    def _by_digit(self, at: int) -> None:
        """In the list the digit of a button presses it."""
        if at < len(self.buttons):
            list(self.buttons.values())[at].click()

    def _on_moved(self, key: object) -> None:
        self.choose(key)
        self.enable()


def _whole_dates(form: AskingDialog) -> None:
    """A date that is none would read as empty, and so as not known."""
    for name, field in form.fields.items():
        if isinstance(field, DateField) and field.text().strip() and field.value() is None:
            raise TypedFieldError(name)
