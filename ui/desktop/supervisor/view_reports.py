"""Reports: which, over which days, as it will look; then on paper, as a file, or as the flow package."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from bmis.capture.frame import RgbBytes
from bmis.kernel.i18n import translate as _
from ui.desktop.parts import Describe
from ui.desktop.shell.desk import PaletteAction
from ui.desktop.shell.sections import Section
from ui.desktop.shortcuts import Key
from ui.desktop.supervisor.bulletin_model import EditionsModel
from ui.desktop.supervisor.bulletin_parts import MadeReport
from ui.desktop.supervisor.numbers_model import ReportsModel
from ui.desktop.supervisor.numbers_parts import ListedReport
from ui.desktop.supervisor.view_counting import Counting, writing_stopped_words, written_in
from ui.desktop.supervisor.view_editions import EditionsPanel, last_whole_week
from ui.desktop.supervisor.view_flow_package import ask_flow_package
from ui.desktop.widgets.asking import Asked, AskingDialog, put_away, reason_field
from ui.desktop.widgets.fields import DateField, iso_date
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.widgets.plain import Button, LabelledField, PlainLabel
from ui.desktop.widgets.saving import ask_path

PERIODS = ("day", "week", "month", "quarter", "year", "festive")


def period_words() -> dict[str, str]:
    """Return the words of the kinds of period."""
    return {
        "day": _("Day"),
        "week": _("Week of the bulletin"),
        "month": _("Month"),
        "quarter": _("Quarter"),
        "year": _("Year"),
        "festive": _("Festive season"),
    }


class PageView(QScrollArea):
    """Pages of a paper, one at a time: Page Up and Page Down turn them, the arrows scroll."""

    def __init__(self, turned: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._turned = turned
        self._pages: tuple[RgbBytes, ...] = ()
        self.at = 0
        self._paper = QLabel()
        self._paper.setTextFormat(Qt.TextFormat.PlainText)
        self._paper.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setWidget(self._paper)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_pages(self, pages: Sequence[RgbBytes]) -> None:
        """Show the first of these."""
        self._pages = tuple(pages)
        self.turn_to(0)

    def pages(self) -> int:
        """Return how many can be seen."""
        return len(self._pages)

    def turn_to(self, at: int) -> None:
        """Show a page; beyond the ends nothing happens."""
        if not self._pages:
            self._paper.clear()
            return
        self.at = max(0, min(at, len(self._pages) - 1))
        page = self._pages[self.at]
        image = QImage(page.pixels, page.width, page.height, page.stride, QImage.Format.Format_RGB888)
        picture = QPixmap.fromImage(image.copy())
        room = self.viewport().width() - 8
        if picture.width() > room > 100:
            picture = picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        self._paper.setPixmap(picture)
        self.verticalScrollBar().setValue(0)
        self._turned()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the page."""
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.turn_to(self.at + (1 if event.key() == Qt.Key.Key_PageDown else -1))
            return
        super().keyPressEvent(event)


class ReportsSection(Section):
    """Enter on a report makes it; F5 prints what is shown."""

    def __init__(
        self, model: ReportsModel, editions: EditionsModel, describe: Describe, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model, self._editions_model, self._describe = model, editions, describe
        self._listed: tuple[ListedReport, ...] = ()
        self.made: MadeReport | None = None
        self.dialog: AskingDialog | None = None
        self.list, self.kind, self.day = LineList(), QComboBox(), DateField()
        self.list.view.setObjectName("supervisor.reports")
        self.kind.setObjectName("supervisor.period")
        self.day.setObjectName("supervisor.period")
        self._kind_field, self._day_field = LabelledField(self.kind), LabelledField(self.day)
        self.whole = PlainLabel(kind="small", wrap=True)
        self.days, self.page_words = PlainLabel(kind="field-label", wrap=True), PlainLabel(kind="small", wrap=True)
        self.preview, self.published = Button("primary"), Button()
        self.editions = EditionsPanel(editions, describe)
        self._stack = QStackedWidget()
        self.pages = PageView(self._say_page)
        self.counting = Counting(model.cancel)
        self.print, self.pdf, self.xlsx, self.csv, self.flows = (Button() for _each in range(5))
        self._day_given = ""
        self._give_day("week")
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        right, files, period, acts = QVBoxLayout(), QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        reports = QWidget()
        left = QVBoxLayout(reports)
        left.setContentsMargins(0, 0, 0, 0)
        period.setSpacing(12)
        period.addWidget(self._kind_field, 3)
        period.addWidget(self._day_field, 2)
        left.setSpacing(12)
        left.addWidget(self.list, 1)
        left.addWidget(self.whole)
        left.addLayout(period)
        left.addWidget(self.days)
        acts.setSpacing(12)
        acts.addStrut(52)
        acts.addWidget(self.preview, 3)
        acts.addWidget(self.published, 2)
        left.addLayout(acts)
        for page in (reports, self.editions):
            self._stack.addWidget(page)
        files.setSpacing(12)
        files.addStrut(52)
        for button in (self.print, self.pdf, self.xlsx, self.csv):
            files.addWidget(button, 1)
        files.addWidget(self.flows, 3)
        right.setSpacing(12)
        right.addWidget(self.counting)
        right.addWidget(self.pages, 1)
        right.addWidget(self.page_words)
        right.addLayout(files)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self._stack, 2)
        row.addLayout(right, 3)
        self.column.addLayout(row, 1)

    def _connect(self) -> None:
        model = self._model
        self.list.opened.connect(lambda _key: self.make())
        self.preview.clicked.connect(self.make)
        self.list.moved.connect(lambda _key: self._say_whole())
        self.published.clicked.connect(self.show_editions)
        self.editions.left.connect(self.show_reports)
        self.editions.shown.connect(self._on_shown)
        self.editions.remarked.connect(lambda words: self.remarked.emit(words, ""))
        self.kind.currentIndexChanged.connect(lambda _at: self._on_kind())
        self.day.textChanged.connect(lambda _text: self._say_days())
        self.print.clicked.connect(self.print_shown)
        for button, form in ((self.pdf, "pdf"), (self.xlsx, "xlsx"), (self.csv, "csv")):
            button.clicked.connect(lambda _checked=False, form=form: self.ask_file(form))
        self.flows.clicked.connect(self.ask_package)
        model.listed.connect(self._on_listed)
        model.made.connect(self._on_made)
        model.saved.connect(self._on_saved)
        model.printed.connect(lambda _where: self.remarked.emit(_("Sent to the printer."), ""))
        model.exported.connect(lambda _written, folder: self._on_saved(folder))
        model.progressed.connect(self.counting.show_progress)
        model.busy.connect(self._on_busy)
        for one in (model, self._editions_model):
            one.noticed.connect(self.noticed)
        self._editions_model.busy.connect(self._on_busy)

    def title(self) -> str:
        """Return its name."""
        return _("Reports")

    def stops(self) -> bool:
        """Stop counting where it goes on, or go back from the editions."""
        if self.counting.stops():
            return True
        if self._stack.currentWidget() is not self.editions:
            return False
        self.editions.steps_back()
        return True

    def first_field(self) -> QWidget | None:
        """Return the list."""
        return self.list if self._stack.currentWidget() is not self.editions else self.editions.first_field()

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """F5 prints."""
        return {Key.PRINT: self.print_shown}

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Offer what the buttons do."""
        return [
            PaletteAction(_("Make the report"), self.make),
            PaletteAction(_("Save as PDF"), lambda: self.ask_file("pdf")),
            PaletteAction(_("Save as XLSX"), lambda: self.ask_file("xlsx")),
            PaletteAction(_("Save as CSV"), lambda: self.ask_file("csv")),
            PaletteAction(_("Flow package…"), self.ask_package),
            PaletteAction(_("Published editions"), self.show_editions),
        ]

    def opened(self) -> None:
        """Ask for the list."""
        if not self._model.is_busy:
            self._model.list_reports()

    def retranslate(self) -> None:
        """Word the section."""
        self.heading.setText(self.title())
        self.hint.hide()
        self.counting.retranslate()
        self.list.say(_("Reports"), [Heading(_("Report"), wide=True)], _("There is no report for this role."))
        at = self.kind.currentData() or "week"
        self.kind.blockSignals(True)
        self.kind.clear()
        for code, words in period_words().items():
            self.kind.addItem(words, code)
        self.kind.setCurrentIndex(PERIODS.index(at))
        self.kind.blockSignals(False)
        self._kind_field.say(_("Period"))
        self._day_field.say(_("A day in it"))
        self.preview.say(_("Make the report"))
        self.published.say(_("Editions…"))
        self.editions.retranslate()
        self.pages.setAccessibleName(_("Preview"))
        self.print.say(_("Print"))
        for button, words in ((self.pdf, "PDF…"), (self.xlsx, "XLSX…"), (self.csv, "CSV…")):
            button.say(words)
        self.flows.say(_("Flow package…"))
        self._say_days()
        self._say_page()
        self._on_busy(self._model.is_busy)

    def period(self) -> tuple[date, date] | None:
        """Return the days chosen, None where the day typed is none."""
        value = self.day.value()
        if value is None or value.month is None or value.day is None:
            return None
        return self._model.parts.period(str(self.kind.currentData()), date(value.year, value.month, value.day))

    def make(self) -> None:
        """Make the report where one is, over the days chosen."""
        name, days = self.list.key(), self.period()
        if days is None:
            self._day_field.mark(_("A date as ddmmyyyy"), wrong=True)
            self.day.setFocus()
        elif isinstance(name, str):
            self._model.make(name, days)

    def show_editions(self) -> None:
        """Show what was published, and publish."""
        self._stack.setCurrentWidget(self.editions)
        self.editions.opened()
        self.editions.first_field().setFocus()

    def show_reports(self) -> None:
        """Show the reports again."""
        self._stack.setCurrentIndex(0)
        self.list.setFocus()

    def print_shown(self) -> None:
        """Print the paper that is shown."""
        if self.made is not None and self._model.printer is not None:
            self._model.print_paper(self.made)

    def ask_file(self, form: str) -> None:
        """Ask where the file goes."""
        made = self.made
        if made is None:
            return
        report = made.report
        name = f"{report.name}-{report.first:%Y%m%d}-{report.last:%Y%m%d}.{form}"

        def take(dialog: AskingDialog, path: Path) -> None:
            self._model.save(
                report, form, path, dialog.answers(), lambda error: dialog.stay(self._describe(error), "path")
            )

        why: tuple[Asked, ...] = ()
        text = ""
        if self._model.parts.needs_reason(report, form):
            text = _("Small numbers are not hidden in it. Reason and recipient are kept in the audit.")
            why = reason_field(), Asked("recipient", _("Recipient"), topic="supervisor.export")
        self.dialog = ask_path(self, report.title, text, name, self._describe, take, why)

    def ask_package(self) -> None:
        """Ask why, for whom and where; all of it is kept in the audit."""
        days = self.period()
        if days is None:
            self._day_field.mark(_("A date as ddmmyyyy"), wrong=True)
            return
        self.dialog = ask_flow_package(self, days, self._describe, self._model.export)
        written_in(self.dialog, self._model, lambda: self.remarked.emit(writing_stopped_words(), ""))

    def _on_listed(self, listed: tuple[ListedReport, ...]) -> None:
        self._listed = listed
        self.list.show_lines([Line(one.name, (one.title,)) for one in listed])

    def _on_shown(self, made: MadeReport) -> None:
        self.made = made
        self.pages.show_pages(made.pages)
        self._on_busy(False)

    def _on_kind(self) -> None:
        """A period that is usually made: the last whole week, else the one of today; a day that was typed stays."""
        if self.day.text() == self._day_given:
            self._give_day(str(self.kind.currentData()))
        self._say_days()

    def _give_day(self, kind: str) -> None:
        parts = self._model.parts
        today = parts.local_day()
        self.day.set_value(
            iso_date((last_whole_week(parts.period("week", today))[1] if kind == "week" else today).isoformat())
        )
        self._day_given = self.day.text()

    def _say_whole(self) -> None:
        lines = {line.key: line.cells[0] for line in self.list.lines()}
        self.whole.setText(lines.get(self.list.key(), ""))

    def _on_made(self, made: MadeReport) -> None:
        self._on_shown(made)
        self.pages.setFocus()

    def _on_saved(self, where: object) -> None:
        put_away(self.dialog)
        self.dialog = None
        self.remarked.emit(_("Saved: {file}").format(file=where), "")

    def _on_busy(self, busy: bool) -> None:
        if not busy:
            self.counting.end()
        shut = busy or self.made is None
        for button in (self.pdf, self.xlsx, self.csv):
            button.setDisabled(shut)
        self.print.setDisabled(shut or self._model.printer is None)
        self.preview.setDisabled(busy)
        self.flows.setDisabled(busy)

    def _say_days(self) -> None:
        days = self.period()
        self._day_field.mark("", wrong=False)
        self.days.setText(
            _("{first} to {last}").format(first=f"{days[0]:%d/%m/%Y}", last=f"{days[1]:%d/%m/%Y}") if days else "—"
        )

    def _say_page(self) -> None:
        made = self.made
        if made is None:
            self.page_words.setText(_("Enter on a report shows it here as it is printed."))
            return
        words = _("{title}: page {page} of {count}").format(
            title=made.report.title, page=self.pages.at + 1, count=made.page_count
        )
        if made.page_count > len(made.pages):
            words += ". " + _("Only the first {count} are shown here; the file has them all.").format(
                count=len(made.pages)
            )
        self.page_words.setText(words)
        self.pages.setAccessibleDescription(words)
