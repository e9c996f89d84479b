"""Returns of the posts: what came of a day or a week, who is missing, typing one, correcting one, the daily message."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from bmis.reports.places import post_name
from bmis.reports.returns.keep_returns import KeptReturn
from bmis.reports.returns.post_return import PostReturn
from ui.desktop.parts import Describe
from ui.desktop.shell.desk import PaletteAction
from ui.desktop.shell.sections import Section
from ui.desktop.supervisor.bulletin_model import ReturnsModel
from ui.desktop.supervisor.bulletin_parts import ReturnLine, ReturnsNow, TypedReturn
from ui.desktop.supervisor.view_return_forms import (
    TOPIC,
    ask_figures,
    ask_message,
    ask_message_kept,
    ask_which,
    figures_words,
    kind_words,
    show_messages,
)
from ui.desktop.widgets.asking import AskingDialog, put_away
from ui.desktop.widgets.fields import DateField, iso_date
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.widgets.plain import Button, LabelledField, PlainLabel
from ui.desktop.words import moment_words

_ALL = ""


class ReturnsSection(Section):
    """Enter on a line types what is missing, or corrects what came; M takes a message, R types a return, W writes
    the message of a post to send."""

    def __init__(self, model: ReturnsModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._describe = model, describe
        self._now: ReturnsNow | None = None
        self._of = model.parts.bulletins
        self.dialog: AskingDialog | None = None
        self.kind, self.day, self.shown = QComboBox(), DateField(), QComboBox()
        self._fields = tuple(LabelledField(one) for one in (self.kind, self.day, self.shown))
        self.list = LineList({Qt.Key.Key_M: self.ask_message, Qt.Key.Key_R: self.ask_return, Qt.Key.Key_W: self.write})
        for widget in (self.kind, self.day, self.shown, self.list.view):
            widget.setObjectName(TOPIC)
        self.counts, self.whole = PlainLabel(wrap=True), PlainLabel(kind="small", wrap=True)
        self.message, self.typed, self.correct, self.send = Button("primary"), Button(), Button(), Button()
        yesterday = model.parts.local_day() - timedelta(days=1)  # what is collected today is mostly of the day before
        self.day.set_value(iso_date(yesterday.isoformat()))
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        row, buttons = QHBoxLayout(), QHBoxLayout()
        row.setSpacing(16)
        for field, share in zip(self._fields, (2, 2, 3), strict=True):
            row.addWidget(field, share)
        buttons.setSpacing(16)
        buttons.addStrut(64)
        for button in (self.message, self.typed, self.correct, self.send):
            button.setMinimumHeight(56)
            buttons.addWidget(button, 1)
        self.column.setSpacing(12)
        self.column.addLayout(row)
        self.column.addWidget(self.counts)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.whole)
        self.column.addLayout(buttons)

    def _connect(self) -> None:
        model = self._model
        self.kind.activated.connect(lambda _at: self.opened())
        self.day.changed.connect(lambda value: self.opened() if value is not None else None)
        self.shown.activated.connect(lambda _at: self._show())
        self.list.opened.connect(lambda _key: self._enter())
        self.list.moved.connect(lambda _key: self._say_whole())
        self.message.clicked.connect(self.ask_message)
        self.typed.clicked.connect(self.ask_return)
        self.correct.clicked.connect(self.ask_correction)
        self.send.clicked.connect(self.write)
        model.written.connect(self._on_written)
        model.listed.connect(self._on_listed)
        model.read.connect(self._on_read)
        model.kept.connect(self._on_kept)
        model.noticed.connect(self.noticed)

    def title(self) -> str:
        """Return its name."""
        return _("Returns")

    def first_field(self) -> QWidget | None:
        """Return the list."""
        return self.list

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Offer what the buttons do."""
        return [
            PaletteAction(_("Daily message of a post"), self.ask_message),
            PaletteAction(_("Type a return"), self.ask_return),
            PaletteAction(_("Correct a return"), self.ask_correction),
            PaletteAction(_("Write the message"), self.write),
        ]

    def opened(self) -> None:
        """Read the returns of the days chosen."""
        if (days := self.period()) is not None:
            self._model.look(days)

    def retranslate(self) -> None:
        """Word the section."""
        self.heading.setText(self.title())
        self.hint.setText(_("What posts report by hand. What has not come reads “not received”, and is never 0."))
        self._fill(self.kind, (("week", _("Week of the bulletin")), ("day", _("Day"))))
        self._fill(self.shown, ((_ALL, _("Received and missing")), ("missing", _("Who is missing"))))
        for field, words in zip(self._fields, (_("Period"), _("A day in it"), _("Show")), strict=True):
            field.say(words)
        self.list.say(
            _("Returns of the posts"),
            [
                Heading(_("Day")),
                Heading(_("Post"), wide=True),
                Heading(_("Return"), wide=True),
                Heading(_("Numbers"), wide=True),
                Heading(_("Sender")),
                Heading(_("Received")),
            ],
            _("No return is owed, and none came."),
        )
        self.message.say(_("Daily message…  (M)"))
        self.typed.say(_("Type a return…  (R)"))
        self.correct.say(_("Correct…  (Enter)"))
        self.send.say(_("Message to send…  (W)"))
        self._show()

    def period(self) -> tuple[date, date] | None:
        """Return the days chosen, None where the day typed is none."""
        value = self.day.value()
        if value is None or value.month is None or value.day is None:
            return None
        return self._model.parts.period(str(self.kind.currentData()), date(value.year, value.month, value.day))

    def chosen(self) -> ReturnLine | None:
        """Return the return where one is."""
        key = self.list.key()
        return next((one for one in self._lines() if _key(one) == key), None)

    def ask_message(self) -> None:
        """Take a daily message; it is proved and shown before it is kept."""

        def give(dialog: AskingDialog, text: str) -> None:
            self._model.read_message(text, lambda error: dialog.stay(self._describe(error), "message"))

        self.dialog = ask_message(self, give)

    def ask_return(self) -> None:
        """Ask which return, then its figures."""
        line = self.chosen()
        missing = line if line is not None and line.kept is None else None
        today = self._model.parts.local_day()

        def then(post: str, kind: str, day: date) -> None:
            self._ask_figures((post, kind, day), None)

        self.dialog = ask_which(self, self._of.posts(), missing, today, then)

    def ask_correction(self) -> None:
        """Ask the figures of the return where one is once more; the correction names it."""
        line = self.chosen()
        if line is not None and line.kept is not None:
            self._ask_figures((line.post, line.kind, line.day), line.kept.given)

    def write(self) -> None:
        """Write what stands of the post and day of the line as a message to send."""
        line = self.chosen()
        if line is not None and line.kept is not None:
            self._model.write_messages(line.post, line.day)

    def _on_written(self, texts: tuple[str, ...]) -> None:
        line = self.chosen()
        if line is not None and texts:
            self.dialog = show_messages(self, post_name(line.post), line.day, texts, self.remarked.emit)

    def _enter(self) -> None:
        line = self.chosen()
        if line is not None and line.kept is None:
            self._ask_figures((line.post, line.kind, line.day), None)
        else:
            self.ask_correction()

    def _ask_figures(self, place: tuple[str, str, date], before: PostReturn | None) -> None:
        now = self._model.parts.local_now()

        def keep(dialog: AskingDialog, typed: TypedReturn) -> None:
            self._model.keep_typed(typed, lambda error: dialog.stay(self._describe(error), "sender"))

        self.dialog = ask_figures(self, place, before, now, self._describe, keep)

    def _on_read(self, given: tuple[PostReturn, ...]) -> None:
        put_away(self.dialog)

        def keep(dialog: AskingDialog) -> None:
            self._model.keep_message(given, lambda error: dialog.stay(self._describe(error)))

        self.dialog = ask_message_kept(self, given, keep)

    def _on_kept(self, kept: tuple[KeptReturn, ...]) -> None:
        put_away(self.dialog)
        self.dialog = None
        references = ", ".join(one.given.reference for one in kept)
        known = all(one.known for one in kept)
        words = _("It was kept before: {references}.") if known else _("Kept: {references}.")
        self.remarked.emit(words.format(references=references), "")
        self.list.setFocus()

    def _on_listed(self, now: ReturnsNow) -> None:
        self._now = now
        self._show()

    def _lines(self) -> tuple[ReturnLine, ...]:
        lines = self._now.lines if self._now else ()
        return tuple(one for one in lines if self.shown.currentData() != "missing" or one.kept is None)

    def _show(self) -> None:
        now = self._now
        if now is None:
            self.counts.setText("—")
            self.list.show_lines(())
        else:
            told = _("{first} to {last}: {came} received, {missing} not received.").format(
                first=f"{now.first:%d/%m/%Y}",
                last=f"{now.last:%d/%m/%Y}",
                came=len(now.lines) - now.missing,
                missing=now.missing,
            )
            self.counts.setText(told)
            self.list.show_lines([self._line(one) for one in self._lines()])
        self._say_whole()

    def _line(self, one: ReturnLine) -> Line:
        day, post, kind = f"{one.day:%d/%m/%Y}", post_name(one.post), kind_words(one.kind, one.day)
        if one.kept is None:
            return Line(_key(one), (day, post, kind, _("not received"), "—", "—"), "amber")
        given = one.kept.given
        received = moment_words(self._model.parts.local_time(one.kept.received_at))
        return Line(_key(one), (day, post, kind, figures_words(given), given.sender, received), "green")

    def _say_whole(self) -> None:
        one = self.chosen()
        for button in (self.correct, self.send):
            button.setEnabled(one is not None and one.kept is not None)
        if one is None:
            self.whole.setText("")
            return
        head = f"{one.day:%d/%m/%Y} · {post_name(one.post)} · {kind_words(one.kind, one.day)}"
        if one.kept is None:
            self.whole.setText(f"{head}: {_('not received')}.")
            return
        given, kept = one.kept.given, one.kept
        words = _("{figures}. Sent by {sender} on {sent}; received {received} by {by}. {reference}").format(
            figures=figures_words(given),
            sender=given.sender,
            sent=moment_words(self._model.parts.local_time(given.sent_at)),
            received=moment_words(self._model.parts.local_time(kept.received_at)),
            by=kept.by,
            reference=given.reference,
        )
        if one.amends:
            words += f", {_('corrects {reference}').format(reference=one.amends)}"
        self.whole.setText(f"{head}: {words}.")

    def _fill(self, combo: QComboBox, choices: tuple[tuple[str, str], ...]) -> None:
        at = combo.currentData()
        combo.clear()
        for code, words in choices:
            combo.addItem(words, code)
        combo.setCurrentIndex(max(0, combo.findData(at)))


def _key(one: ReturnLine) -> tuple[date, str, str]:
    return one.day, one.post, one.kind
