"""Published bulletins: the list of editions, and what would be published, with every cell that a revision changes."""

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from bmis.reports.bulletin.edition import Edition
from bmis.reports.bulletin.report_json import CHANGES
from bmis.reports.catalogue import entry
from ui.desktop.parts import Describe
from ui.desktop.supervisor.bulletin_model import EditionsModel
from ui.desktop.supervisor.bulletin_parts import DraftNow
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for, put_away, second_person_fields
from ui.desktop.widgets.choosing_file import FileChooser
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.widgets.plain import Button, LabelledField, PlainLabel

BULLETINS = ("weekly-bulletin", "weekly-bulletin-public")
TOPIC = "supervisor.editions"
_LIST, _DRAFT = 0, 1


class EditionsPanel(QWidget):
    """``shown`` carries a MadeReport to look at, ``left`` that one goes back, ``remarked`` words for the bar."""

    shown = Signal(object)
    left = Signal()
    remarked = Signal(str)

    def __init__(self, model: EditionsModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._describe = model, describe
        self._editions: tuple[Edition, ...] = ()
        self.seen: DraftNow | None = None
        self.dialog: AskingDialog | None = None
        self.bulletin = QComboBox()
        self.bulletin.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._bulletin_field = LabelledField(self.bulletin)
        self.list, self.changes = LineList(), LineList()
        for widget in (self.bulletin, self.list.view):
            widget.setObjectName(TOPIC)
        self.changes.view.setObjectName("supervisor.publish")
        self.whole, self.cell = PlainLabel(kind="small", wrap=True), PlainLabel(kind="small", wrap=True)
        self.draft_head, self.draft_facts = PlainLabel(kind="heading", wrap=True), PlainLabel(wrap=True)
        self.publish, self.revise, self.baseline, self.back = Button("primary"), Button(), Button(), Button()
        self.sign, self.drop = Button("primary"), Button()
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        listing, draft = QWidget(), QWidget()
        column, under = QVBoxLayout(listing), QVBoxLayout(draft)
        buttons, acts = QGridLayout(), QHBoxLayout()
        for at, button in enumerate((self.publish, self.revise, self.baseline, self.back)):
            button.setMinimumHeight(48)
            buttons.addWidget(button, at // 2, at % 2)
        for place in range(2):
            buttons.setRowMinimumHeight(place, 52)
            buttons.setColumnStretch(place, 1)
        for button in (self.sign, self.drop):
            button.setMinimumHeight(48)
            acts.addWidget(button, 1)
        acts.addStrut(52)
        for layout in (column, under):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(12)
        buttons.setSpacing(8)
        acts.setSpacing(8)
        column.addWidget(self._bulletin_field)
        column.addWidget(self.list, 1)
        column.addWidget(self.whole)
        column.addLayout(buttons)
        under.addWidget(self.draft_head)
        under.addWidget(self.draft_facts)
        under.addWidget(self.changes, 1)
        under.addWidget(self.cell)
        under.addLayout(acts)
        self._stack.addWidget(listing)
        self._stack.addWidget(draft)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _connect(self) -> None:
        model = self._model
        self.bulletin.activated.connect(lambda _at: self.opened())
        self.list.opened.connect(lambda _key: self.open_edition())
        self.list.moved.connect(lambda _key: self._say_whole())
        self.changes.moved.connect(lambda _key: self._say_cell())
        self.publish.clicked.connect(self.ask_publish)
        self.revise.clicked.connect(self.look_revision)
        self.baseline.clicked.connect(self.ask_baseline)
        self.back.clicked.connect(self.left)
        self.sign.clicked.connect(self.ask_sign)
        self.drop.clicked.connect(self.steps_back)
        model.listed.connect(self._on_listed)
        model.opened.connect(lambda _edition, made: self.shown.emit(made))
        model.drafted.connect(self._on_drafted)
        model.published.connect(self._on_published)
        model.imported.connect(self._on_imported)

    def opened(self) -> None:
        """Ask for the list."""
        self._model.look(self.name)

    @property
    def name(self) -> str:
        """The bulletin chosen."""
        return str(self.bulletin.currentData())

    def first_field(self) -> QWidget:
        """Return what takes the focus."""
        if self._stack.currentIndex() == _DRAFT:
            return self.sign
        return self.list if self._editions else self.publish

    def steps_back(self) -> None:
        """Leave what would be published, else the list of editions."""
        if self._stack.currentIndex() == _DRAFT:
            self.seen = None
            self._stack.setCurrentIndex(_LIST)
            self.first_field().setFocus()
        else:
            self.left.emit()

    def retranslate(self) -> None:
        """Word the panel."""
        at = self.bulletin.currentData()
        self.bulletin.clear()
        for name in BULLETINS:
            self.bulletin.addItem(entry(name).title(), name)
        self.bulletin.setCurrentIndex(max(0, self.bulletin.findData(at)))
        self._bulletin_field.say(_("Bulletin"))
        self.list.say(
            _("Published editions"),
            [Heading(_("Edition")), Heading(_("Days"), wide=True), Heading(_("Signed by"))],
            _("Nothing was published."),
        )
        self.changes.say(
            _("Changed cells"),
            [Heading(_("Where"), wide=True), Heading(_("Was")), Heading(_("Is"))],
            _("It is the first publication of this week."),
        )
        self.publish.say(_("Publish a week…"))
        self.revise.say(_("Revise this one…"))
        self.baseline.say(_("Past bulletins…"))
        self.back.say(_("Back to the reports"))
        self.sign.say(_("Publish and sign…"))
        self.drop.say(_("Not now"))
        self._say_whole()
        self._say_draft()

    def chosen(self) -> Edition | None:
        """Return the edition where one is."""
        return next((one for one in self._editions if one.text == self.list.key()), None)

    def open_edition(self) -> None:
        """Show the edition as it was frozen."""
        if (edition := self.chosen()) is not None:
            self._model.open(edition)

    def ask_publish(self) -> None:
        """Ask which week, then show what would be published."""
        if not self._model.parts.bulletins.may_publish():
            return
        parts = self._model.parts

        def give(dialog: AskingDialog, answers: Answers) -> None:
            days = parts.period("week", date.fromisoformat(answers["day"]))
            self._model.draft(
                self.name, days, revision=False, failed=lambda error: dialog.stay(self._describe(error), "day")
            )

        first, last = last_whole_week(parts.period("week", parts.local_day()))
        told = _("The last whole week is {first} to {last}. You see it before it is published.")
        self.dialog = ask_for(
            self,
            _("Publish a week"),
            told.format(first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}"),
            (Asked("day", _("A day of the week"), "date", value=f"{last:%d/%m/%Y}", topic="supervisor.publish"),),
            ok=_("Look at it"),
            give=give,
        )

    def look_revision(self) -> None:
        """Show every cell that a revision of the edition where one is would change."""
        edition = self.chosen()
        if edition is not None and self._model.parts.bulletins.may_publish():
            self._model.draft(self.name, (edition.report.first, edition.report.last), revision=True)

    def ask_sign(self) -> None:
        """Ask the second person's signature, then publish what is shown."""
        seen = self.seen
        if seen is None:
            return

        def give(dialog: AskingDialog, answers: Answers) -> None:
            second = answers["second"], answers["second_password"]
            self._model.publish(seen, second, lambda error: dialog.stay(self._describe(error)))

        self.dialog = ask_for(
            self,
            _("Publish and sign"),
            _("{head}. Prepared by {by}; another person signs. From then on its numbers are frozen.").format(
                head=self.draft_head.text(), by=seen.by
            ),
            second_person_fields(),
            ok=_("Publish"),
            give=give,
            grave=True,
        )

    def ask_baseline(self) -> None:
        """Ask for the file of past bulletins; nothing of a file with faults is kept."""
        if not self._model.parts.bulletins.may_publish():
            return

        def give(dialog: AskingDialog, answers: Answers) -> None:
            self._model.import_baseline(
                Path(answers["path"]).expanduser(), lambda error: dialog.stay(self._describe(error), "path")
            )

        told = _("CSV with the columns first, last, measure, key, value, source. Faults are told by line.")
        asked = Asked("path", _("File"), topic="supervisor.baseline")
        self.dialog = dialog = ask_for(
            self, _("Import figures of past bulletins"), told, (asked,), ok=_("Import"), give=give
        )
        field = dialog.fields["path"]
        browse, row = Button(), QHBoxLayout()
        browse.setAutoDefault(False)
        browse.say(_("Look for the file…"))

        def choose(path: Path) -> None:
            if isinstance(field, QLineEdit):
                field.setText(str(path))
                field.setFocus()

        browse.clicked.connect(
            lambda: FileChooser(dialog, _("Import figures of past bulletins"), "CSV", "*.csv", choose).open()
        )
        row.addWidget(browse)
        row.addStretch(1)
        dialog.add_row(row)

    def _close_dialog(self) -> None:
        put_away(self.dialog)
        self.dialog = None

    def _on_listed(self, editions: tuple[Edition, ...]) -> None:
        self._editions = editions
        self.list.show_lines(
            [
                Line(one.text, (one.text, f"{one.report.first:%d/%m/%Y} – {one.report.last:%d/%m/%Y}", one.signer))
                for one in editions
            ]
        )
        self._say_whole()

    def _on_drafted(self, seen: DraftNow) -> None:
        self._close_dialog()
        self.seen = seen
        self._say_draft()
        self._stack.setCurrentIndex(_DRAFT)
        self.shown.emit(seen.made)
        self.sign.setFocus()

    def _on_published(self, edition: Edition) -> None:
        self._close_dialog()
        self.seen = None
        self._stack.setCurrentIndex(_LIST)
        self.remarked.emit(_("Edition {edition} is published and frozen.").format(edition=edition.text))
        self._editions = (edition, *self._editions)
        self._on_listed(self._editions)
        self.list.go_to(edition.text)
        self._model.open(edition)

    def _on_imported(self, figures: int, periods: int) -> None:
        self._close_dialog()
        self.remarked.emit(_("{count} figures of {periods} periods").format(count=figures, periods=periods))
        self.baseline.setFocus()

    def _say_whole(self) -> None:
        one, may = self.chosen(), self._model.parts.bulletins.may_publish()
        self.publish.setEnabled(may)
        self.baseline.setEnabled(may)
        self.revise.setEnabled(may and one is not None)
        if one is None:
            self.whole.setText("")
            return
        told = _("Edition {edition}: numbers as they stood on {cut_off}; prepared by {by}, signed by {signer}; {sha}")
        self.whole.setText(
            told.format(
                edition=one.text,
                cut_off=f"{self._model.parts.local_time(one.cut_off):%d/%m/%Y %H:%M}",
                by=one.by,
                signer=one.signer,
                sha=f"SHA-256 {one.values[:16]}…",
            )
        )

    def _say_draft(self) -> None:
        seen = self.seen
        if seen is None:
            return
        draft = seen.draft
        days = f"{draft.report.first:%d/%m/%Y} – {draft.report.last:%d/%m/%Y}"
        rows = draft.report.table(CHANGES).rows if draft.earlier else ()
        if draft.earlier is None:
            self.draft_head.setText(_("New edition, {days}").format(days=days))
        else:
            words = _n("Revision of {edition}: {count} cell", "Revision of {edition}: {count} cells", len(rows))
            self.draft_head.setText(words.format(edition=draft.earlier.text, count=len(rows)))
        told = _("Numbers as they stand on {cut_off}; if they change before the signature nothing is published.")
        self.draft_facts.setText(told.format(cut_off=f"{self._model.parts.local_time(draft.cut_off):%d/%m/%Y %H:%M}"))
        self.changes.show_lines(
            [Line(at, (" · ".join(map(str, row[:3])), str(row[3]), str(row[4]))) for at, row in enumerate(rows)]
        )
        self._say_cell()

    def _say_cell(self) -> None:
        at = self.changes.key()
        lines = self.changes.lines()
        cells = lines[at].cells if isinstance(at, int) and at < len(lines) else None
        self.cell.setText(f"{cells[0]}: {cells[1]} → {cells[2]}" if cells else "")


def last_whole_week(week: tuple[date, date]) -> tuple[date, date]:
    """Return the week before the one that a day lies in: the last that is over, whatever day it is."""
    return week[0] - timedelta(days=7), week[0] - timedelta(days=1)
