"""The movement explorer: filters, a page of what is found, how many there are, and handing the rows over."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from bmis.crossings.explore_crossings import Exploration, ExploredPage
from bmis.crossings.records.exploring import FoundCrossing, Order
from bmis.crossings.saved_filters import SavedFilter
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.reports.export_crossings import CrossingsWritten
from ui.desktop.parts import Describe
from ui.desktop.shell.desk import PaletteAction
from ui.desktop.shell.sections import Section
from ui.desktop.shortcuts import Key
from ui.desktop.supervisor.explorer_model import ExplorerModel
from ui.desktop.supervisor.view_counting import Counting, writing_stopped_words, written_in
from ui.desktop.supervisor.view_handing_over import ask_export
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for, put_away
from ui.desktop.widgets.fields import DateField
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.widgets.plain import Button, LabelledField, PlainLabel
from ui.words.labels import decision_word, direction_word

TYPED = ("nationality", "by")
COLUMNS = 5
TOPIC = "supervisor.explorer"


def filter_words() -> dict[str, str]:
    """Return the label of each filter, in the order of the form."""
    return {
        "direction": _("Direction"),
        "decision": _("Decision"),
        "post_code": _("Post"),
        "travel_mode": _("Means of travel"),
        "purpose": _("Purpose"),
        "document_kind": _("Kind of document"),
        "nationality": _("Nationality"),
        "by": _("Recorded by"),
    }


def order_words() -> dict[str, str]:
    """Return the words of the orders."""
    return {
        Order.NEWEST.value: _("Newest first"),
        Order.OLDEST.value: _("Oldest first"),
        Order.NAME.value: _("By name"),
        Order.NATIONALITY.value: _("By nationality"),
    }


class ExplorerSection(Section):
    """Enter in a filter looks; N and P in the list turn pages of 100."""

    def __init__(self, model: ExplorerModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._describe = model, describe
        self._page: ExploredPage | None = None
        self._count: int | None = None
        self._saved: tuple[SavedFilter, ...] = ()
        self.dialog: AskingDialog | None = None
        self.first, self.last = DateField(), DateField()
        self.fields: dict[str, QComboBox | QLineEdit] = {
            name: QLineEdit() if name in TYPED else QComboBox() for name in filter_words()
        }
        self.order, self.saved = QComboBox(), QComboBox()
        self.look, self.keep, self.export = Button(), Button(), Button()
        self.before, self.after = Button(), Button()
        self.list = LineList({Qt.Key.Key_N: lambda: model.go(1), Qt.Key.Key_P: lambda: model.go(-1)})
        self.words, self.counting = PlainLabel(kind="field-label", wrap=True), Counting(model.cancel)
        today = model.parts.local_day()
        self.first.setText(f"{today - timedelta(days=6):%d/%m/%Y}")
        self.last.setText(f"{today:%d/%m/%Y}")
        self._labelled: dict[str, LabelledField] = {}
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        grid, row, foot = QGridLayout(), QHBoxLayout(), QHBoxLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        named: dict[str, QWidget] = {"first": self.first, "last": self.last, **self.fields}
        for at, (name, field) in enumerate(named.items()):
            field.setObjectName(TOPIC)
            if isinstance(field, QComboBox):
                _narrow(field)
            self._labelled[name] = LabelledField(field)
            grid.addWidget(self._labelled[name], at // COLUMNS, at % COLUMNS)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        for combo in (self.order, self.saved):
            combo.setObjectName(TOPIC)
            _narrow(combo)
        row.setSpacing(12)
        row.addStrut(52)
        for widget, share in ((self.look, 2), (self.order, 3), (self.saved, 3), (self.keep, 2), (self.export, 2)):
            row.addWidget(widget, share)
        foot.setSpacing(12)
        foot.addStrut(52)
        foot.addWidget(self.words, 1)
        foot.addWidget(self.counting, 1)
        foot.addWidget(self.before)
        foot.addWidget(self.after)
        self.list.view.setObjectName(TOPIC)
        self.column.setSpacing(8)
        self.column.addLayout(grid)
        self.column.addLayout(row)
        self.column.addWidget(self.list, 1)
        self.column.addLayout(foot)

    def _connect(self) -> None:
        model = self._model
        for field in (self.first, self.last, *self.fields.values()):
            if isinstance(field, QLineEdit):
                field.returnPressed.connect(self.search)
        self.look.clicked.connect(self.search)
        self.order.activated.connect(lambda _at: self.search())
        self.saved.activated.connect(lambda _at: self._use(str(self.saved.currentData() or "")))
        self.keep.clicked.connect(self.ask_keep)
        self.export.clicked.connect(self.ask_export)
        self.before.clicked.connect(lambda: model.go(-1))
        self.after.clicked.connect(lambda: model.go(1))
        model.found.connect(self._on_found)
        model.counts.counted.connect(self._on_counted)
        model.listed.connect(self._on_listed)
        model.exported.connect(self._on_exported)
        model.wrote.connect(self.counting.show_written)
        model.busy.connect(lambda busy: None if busy else self.counting.end())
        model.noticed.connect(self.noticed)
        model.counts.noticed.connect(self.noticed)

    def title(self) -> str:
        """Return its name."""
        return _("Movements")

    def stops(self) -> bool:
        """Stop counting where it goes on."""
        return self.counting.stops()

    def first_field(self) -> QWidget | None:
        """Return the first day."""
        return self.first

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """F3 goes to the filters."""
        return {Key.FIND: self.first.setFocus}

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Offer what the buttons do."""
        return [
            PaletteAction(_("Look"), self.search),
            PaletteAction(_("Keep this filter"), self.ask_keep),
            PaletteAction(_("Remove this filter"), self._forget),
            PaletteAction(_("Export the rows"), self.ask_export),
        ]

    def opened(self) -> None:
        """List the person's filters; rows are looked for when asked."""
        if not self._model.is_busy:
            self._model.list_filters()

    def locking(self) -> None:
        """Names leave the screen."""
        self._page, self._count = None, None
        self._show()

    def retranslate(self) -> None:
        """Word the section."""
        self.heading.setText(self.title())
        self.hint.hide()
        self.counting.retranslate()
        self._labelled["first"].say(_("From"))
        self._labelled["last"].say(_("To"))
        for name, words in filter_words().items():
            self._labelled[name].say(words)
        for name, values in self._model.parts.choices(current_language()):
            _fill(self.fields[name], (("", _("Any")), *values))
        _fill(self.order, tuple(order_words().items()))
        self.order.setAccessibleName(_("Order"))
        self.saved.setAccessibleName(_("My filters"))
        self._on_listed(self._saved)
        for button, words in (
            (self.look, _("Look")),
            (self.keep, _("Keep filter…")),
            (self.export, _("Export…")),
            (self.before, _("Previous (P)")),
            (self.after, _("Next (N)")),
        ):
            button.say(words)
        self.list.say(
            _("Movements"),
            [
                Heading(_("Time")),
                Heading(_("Direction")),
                Heading(_("Decision")),
                Heading(_("Name"), wide=True),
                Heading(_("Nat.")),
                Heading(_("Document")),
                Heading(_("Recorded by")),
            ],
            _("Nothing is shown. Enter in a filter looks."),
        )
        self._show()

    def wanted(self) -> Exploration | None:
        """Return what the filters ask for, None where a day is none; the field says so."""
        days: list[date] = []
        for name, field in (("first", self.first), ("last", self.last)):
            value = field.value()
            if value is None or value.month is None or value.day is None:
                self._labelled[name].mark(_("A date as ddmmyyyy"), wrong=True)
                field.setFocus()
                return None
            self._labelled[name].mark("", wrong=False)
            days.append(date(value.year, value.month, value.day))
        codes = {name: _value(field) for name, field in self.fields.items()}
        codes["nationality"] = codes["nationality"].upper()
        return Exploration(
            days[0], days[1], {name: code for name, code in codes.items() if code}, Order(self.order.currentData())
        )

    def search(self) -> None:
        """Look for what the filters ask."""
        wanted = self.wanted()
        if wanted is not None:
            self._count = None
            self._model.look(wanted)

    def ask_keep(self) -> None:
        """Ask under which name the filter is kept."""
        wanted = self.wanted()
        if wanted is None:
            return

        def give(dialog: AskingDialog, answers: Answers) -> None:
            self._model.keep_filter(answers["name"], wanted, lambda error: dialog.stay(self._describe(error), "name"))

        self.dialog = ask_for(
            self,
            _("Keep this filter"),
            _("Only you see it. One that ends today moves on with the days."),
            (Asked("name", _("Name of the filter"), topic=TOPIC),),
            ok=_("Keep"),
            give=give,
        )

    def ask_export(self) -> None:
        """Ask why, for whom, with names or without, and where; all of it is kept in the audit."""
        wanted = self._model.wanted
        if wanted is not None and self.export.isEnabled():
            self.dialog = ask_export(self, wanted, self._count, self._describe, self._model.export)
            written_in(self.dialog, self._model, lambda: self.remarked.emit(writing_stopped_words(), ""))

    def _use(self, name: str) -> None:
        """Set the fields as a kept filter says, and look."""
        kept = next((one.wanted for one in self._saved if one.name == name), None)
        if kept is None:
            return
        self.first.setText(f"{kept.first:%d/%m/%Y}")
        self.last.setText(f"{kept.last:%d/%m/%Y}")
        for code, field in self.fields.items():
            value = kept.codes.get(code, "")
            if isinstance(field, QComboBox):
                field.setCurrentIndex(max(0, field.findData(value)))
            else:
                field.setText(value)
        self.order.setCurrentIndex(max(0, self.order.findData(kept.order.value)))
        self.search()

    def _forget(self) -> None:
        name = str(self.saved.currentData() or "")
        if name:
            self._model.forget_filter(name)

    def _on_listed(self, saved: tuple[SavedFilter, ...]) -> None:
        put_away(self.dialog)
        self.dialog = None
        self._saved = saved
        _fill(self.saved, (("", _("My filters")), *((one.name, one.name) for one in saved)))

    def _on_found(self, page: ExploredPage) -> None:
        self._page = page
        self._show()
        if page.rows:
            self.list.setFocus()

    def _on_counted(self, count: int) -> None:
        self._count = count
        self._say()

    def _on_exported(self, written: CrossingsWritten) -> None:
        put_away(self.dialog)
        self.dialog = None
        self.remarked.emit(_("{count} rows: {file}").format(count=written.rows, file=written.path), "")

    def _show(self) -> None:
        page = self._page
        self.list.show_lines([self._line(row) for row in page.rows] if page else ())
        self.before.setEnabled(page is not None and self._model.page > 1)
        self.after.setEnabled(page is not None and self._model.has_next)
        self.export.setEnabled(page is not None and bool(page.rows) and self._model.parts.may_export_crossings())
        self._say()

    def _say(self) -> None:
        page = self._page
        if page is None:
            self.words.setText("")
            return
        told = _("counting…") if self._count is None else _("{count} found").format(count=_grouped(self._count))
        self.words.setText(_("{found} · page {page}").format(found=told, page=self._model.page))

    def _line(self, row: FoundCrossing) -> Line:
        return Line(
            row.id,
            (
                f"{self._model.parts.local_time(row.crossed_at):%d/%m/%Y %H:%M}",
                direction_word(row.direction),
                decision_word(row.decision),
                ", ".join(filter(None, (row.surname, row.given_names))) or "—",
                row.nationality or "—",
                " ".join(filter(None, (row.issuing_state, row.document_number))) or "—",
                row.by,
            ),
        )


def _narrow(combo: QComboBox) -> None:
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(8)


def _fill(field: QWidget, values: Sequence[tuple[str, str]]) -> None:
    """Word the choices again; what was chosen stays chosen."""
    if not isinstance(field, QComboBox):
        return
    chosen = field.currentData()
    field.blockSignals(True)
    field.clear()
    for code, words in values:
        field.addItem(words, code)
    field.setCurrentIndex(max(0, field.findData(chosen)))
    field.blockSignals(False)


def _value(field: QComboBox | QLineEdit) -> str:
    return str(field.currentData() or "") if isinstance(field, QComboBox) else field.text().strip()


def _grouped(count: int) -> str:
    """Return a count with a thin gap every three digits, as both languages read it."""
    return f"{count:,}".replace(",", "\u202f")
