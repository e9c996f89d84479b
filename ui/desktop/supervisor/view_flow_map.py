"""The flow map: drawn for some days and an audience, its flows listed beside it, printed or saved."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from bmis.flows.affected import AffectedArea
from bmis.flows.cell import UNKNOWN
from bmis.flows.flow_map import flows_between
from bmis.flows.map_paper import area_words
from bmis.flows.package.resource import Audience
from bmis.kernel.errors import OfficerError
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.paper.map_sheet import grouped
from ui.desktop.papers import typed_path
from ui.desktop.parts import Describe
from ui.desktop.shell.desk import PaletteAction
from ui.desktop.shell.sections import Section
from ui.desktop.shortcuts import Key
from ui.desktop.supervisor.map_model import MapModel
from ui.desktop.supervisor.map_parts import MapAsked, ShownMap
from ui.desktop.supervisor.view_counting import Counting
from ui.desktop.supervisor.view_flow_canvas import MapCanvas
from ui.desktop.supervisor.view_flow_handing import ask_map_file, ask_map_print
from ui.desktop.widgets.asking import Answers, Asked, AskingDialog, ask_for, put_away
from ui.desktop.widgets.fields import DateField
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.widgets.plain import Button, LabelledField, PlainLabel

INTERNAL = "internal"
TOPIC = "supervisor.map"


class MapSection(Section):
    """Enter in a field draws; on the map Enter goes to the list, in the list back to the map. F5 prints."""

    def __init__(self, model: MapModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._describe = model, describe
        self._areas: tuple[AffectedArea, ...] = ()
        self.shown: ShownMap | None = None
        self.dialog: AskingDialog | None = None
        self.first, self.last, self.audience = DateField(), DateField(), QComboBox()
        self._fields = tuple(LabelledField(one) for one in (self.first, self.last, self.audience))
        for each in (self.first, self.last, self.audience):
            each.setObjectName(TOPIC)
        self.canvas, self.list = MapCanvas(), LineList()
        self.canvas.setObjectName("supervisor.map_canvas")
        self.list.view.setObjectName("supervisor.map_canvas")
        self.words = PlainLabel(kind="small", wrap=True)
        self.draw_now, self.affected = Button("primary"), Button()
        self.print, self.pdf, self.matrix = Button(), Button(), Button()
        self.counting = Counting(model.cancel)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        self.column.setSpacing(12)
        period, acts, files, side, row = QHBoxLayout(), QHBoxLayout(), QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        for field, share in zip(self._fields, (3, 3, 4), strict=True):
            period.addWidget(field, share)
        acts.addStrut(52)
        acts.addWidget(self.draw_now, 1)
        acts.addWidget(self.affected, 1)
        files.addStrut(52)
        for button in (self.print, self.pdf, self.matrix):
            files.addWidget(button, 1)
        for each in (period, acts, files, side):
            each.setSpacing(12)
        side.addLayout(period)
        side.addLayout(acts)
        side.addWidget(self.list, 1)
        side.addWidget(self.words)
        side.addLayout(files)
        row.setSpacing(16)
        row.addWidget(self.canvas, 6)
        row.addLayout(side, 5)
        self.column.addWidget(self.counting)
        self.column.addLayout(row, 1)

    def _connect(self) -> None:
        model = self._model
        for field in (self.first, self.last):
            field.returnPressed.connect(self.draw)
            field.textChanged.connect(lambda _text: self._mark_days(""))
        self.draw_now.clicked.connect(self.draw)
        self.audience.activated.connect(lambda _at: self.draw())
        self.affected.clicked.connect(self.ask_areas)
        self.canvas.list_wanted.connect(self.list.setFocus)
        self.list.opened.connect(lambda _key: self.canvas.setFocus())
        self.list.moved.connect(self._on_moved)
        self.print.clicked.connect(self.ask_print)
        self.pdf.clicked.connect(lambda: self.ask_file(".pdf"))
        self.matrix.clicked.connect(lambda: self.ask_file(".xlsx"))
        model.days.connect(self._on_days)
        model.areas.connect(self._on_areas)
        model.drawn.connect(self._on_drawn)
        model.saved.connect(self._on_saved)
        model.printed.connect(self._on_printed)
        model.progressed.connect(self.counting.show_progress)
        model.busy.connect(self._on_busy)
        model.noticed.connect(self.noticed)

    def title(self) -> str:
        """Return its name."""
        return _("Flow map")

    def stops(self) -> bool:
        """Stop counting where it goes on, else the drawing that is awaited."""
        if self.counting.stops():
            return True
        busy = self._model.is_busy
        self._model.cancel()
        return busy

    def first_field(self) -> QWidget | None:
        """Return the first day."""
        return self.first

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """F5 prints."""
        return {Key.PRINT: self.ask_print}

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Offer what the buttons do."""
        return [
            PaletteAction(_("Draw the map"), self.draw),
            PaletteAction(_("Affected areas from a file…"), self.ask_areas),
            PaletteAction(_("Save the map as PDF"), lambda: self.ask_file(".pdf")),
            PaletteAction(_("Save the matrix as XLSX"), lambda: self.ask_file(".xlsx")),
            PaletteAction(_("Save the matrix as CSV"), lambda: self.ask_file(".csv")),
        ]

    def opened(self) -> None:
        """Ask which days have records, the first time."""
        if self.shown is None and not self.first.text() and not self._model.is_busy:
            self._model.look()

    def retranslate(self) -> None:
        """Word the section; a map that is shown is drawn again in the language."""
        self.heading.setText(self.title())
        self.hint.hide()
        self.counting.retranslate()
        chosen = self.audience.currentData() or INTERNAL
        self.audience.blockSignals(True)
        self.audience.clear()
        for code, words in _audiences().items():
            self.audience.addItem(words, code)
        self.audience.setCurrentIndex(list(_audiences()).index(chosen))
        self.audience.blockSignals(False)
        for field, words in zip(self._fields, (_("First day"), _("Last day"), _("For")), strict=True):
            field.say(words)
        self.draw_now.say(_("Draw the map"))
        self.affected.say(_("Affected areas…"))
        self.print.say(_("Print"))
        self.pdf.say("PDF…")
        self.matrix.say(_("Matrix…"))
        headings = [Heading(_("From"), wide=True), Heading(_("To"), wide=True), Heading(_("Movements"))]
        self.list.say(_("Flows, largest first"), headings, _("No flow is drawn for these days."))
        if self.shown is not None and self.shown.asked.language != current_language() and not self._model.is_busy:
            self.draw()
        self._show()
        self._on_busy(self._model.is_busy)

    def days(self) -> tuple[date, date] | None:
        """Return the days typed, None where one is none."""
        found = []
        for field in (self.first, self.last):
            value = field.value()
            if value is None or value.month is None or value.day is None:
                return None
            found.append(date(value.year, value.month, value.day))
        return found[0], found[1]

    def draw(self) -> None:
        """Draw the map of the days typed."""
        days = self.days()
        if days is None:
            self._mark_days(_("A date as ddmmyyyy"))
            return
        chosen = str(self.audience.currentData())
        audience = None if chosen == INTERNAL else Audience(chosen)
        self._model.draw(MapAsked(*days, audience, self._areas, current_language()))

    def ask_areas(self) -> None:
        """Ask for the file of affected areas."""

        def give(dialog: AskingDialog, answers: Answers) -> None:
            if not answers["path"].strip():
                put_away(dialog)
                self._on_areas(())
                return
            try:
                path = typed_path(answers["path"], ".json")
            except OfficerError as error:
                dialog.stay(self._describe(error), "path")
                return
            self._model.read_areas(path, lambda error: dialog.stay(self._describe(error), "path"))

        self.dialog = ask_for(
            self,
            _("Affected areas"),
            _(
                "Port health gives the list as a file of codes and dates: bmis health affected --out FILE. Nothing of"
                " anybody is in it. An empty field takes the areas off the map."
            ),
            (Asked("path", _("File"), required=False, topic="supervisor.map_affected"),),
            ok=_("Put on the map"),
            give=give,
        )

    def ask_file(self, suffix: str) -> None:
        """Ask why, for whom and where; for the desk itself only where."""
        if self.shown is not None:
            self.dialog = ask_map_file(self, self.shown, suffix, self._describe, self._model.save)

    def ask_print(self) -> None:
        """Print the map; for others ask why and for whom."""
        if self.shown is not None and self._model.printer is not None and not self._model.is_busy:
            self.dialog = ask_map_print(self, self.shown, self._describe, self._model.print_paper, self.noticed.emit)

    def _on_days(self, days: tuple[date, date]) -> None:
        for field, day in zip((self.first, self.last), days, strict=True):
            field.setText(f"{day:%d/%m/%Y}")
        self.draw()

    def _on_areas(self, areas: tuple[AffectedArea, ...]) -> None:
        put_away(self.dialog)
        self.dialog, self._areas = None, areas
        self.draw()

    def _on_drawn(self, shown: ShownMap) -> None:
        self.shown = shown
        self._show()
        self._on_busy(False)
        self.canvas.setFocus()

    def _on_moved(self, key: object) -> None:
        arrows = self.shown.drawn.flows.arrows if self.shown is not None else ()
        found = [at for at, one in enumerate(arrows) if (one.origin, one.destination) == key]
        self.canvas.choose(found[0] if found else None)

    def _on_saved(self, where: Path) -> None:
        put_away(self.dialog)
        self.dialog = None
        self.remarked.emit(_("Saved: {file}").format(file=where), "")
        self._draw_anew()

    def _on_printed(self, _where: str) -> None:
        put_away(self.dialog)
        self.dialog = None
        self.remarked.emit(_("Sent to the printer."), "")
        self._draw_anew()

    def _draw_anew(self) -> None:
        """What others were given binds what they are given next: the map shown is drawn under it."""
        if self.shown is not None and self.shown.asked.audience is not None:
            self._model.draw(self.shown.asked)

    def _on_busy(self, busy: bool) -> None:
        if not busy:
            self.counting.end()
        for button in (self.pdf, self.matrix):
            button.setDisabled(busy or self.shown is None)
        self.print.setDisabled(busy or self.shown is None or self._model.printer is None)

    def _mark_days(self, remark: str) -> None:
        for field, typed in zip(self._fields, (self.first, self.last), strict=False):
            field.mark(remark if typed.value() is None else "")

    def _show(self) -> None:
        shown = self.shown
        if shown is None:
            self.canvas.show_map(None, self.title(), _("The map is drawn here."))
            self.list.show_lines([])
            self.words.setText(_keys_words())
            return
        sheet, language = shown.drawn.sheet, shown.asked.language
        self.canvas.show_map(sheet, f"{sheet.title}, {sheet.period}", "\n".join(sheet.notes))
        flows = flows_between(shown.drawn.told.journeys)
        ordered = sorted(flows.items(), key=lambda pair: (-pair[1], pair[0]))
        self.list.show_lines(
            [Line(ends, (*(_end(code, language) for code in ends), grouped(n))) for ends, n in ordered]
        )
        told = shown.drawn.sheet.notes
        self.words.setText(" ".join((*told[1:3], *told[4:-1], _keys_words())))


def _audiences() -> dict[str, str]:
    return {
        INTERNAL: _("This desk: every number"),
        Audience.GOVERNMENT.value: _("Government"),
        Audience.PUBLIC.value: _("The public"),
    }


def _end(code: str, language: str) -> str:
    return _("Unknown end") if code == UNKNOWN else area_words(code, language)


def _keys_words() -> str:
    return _("On the map: arrows move it, + and - zoom, 0 shows it whole, Enter goes to the list.")
