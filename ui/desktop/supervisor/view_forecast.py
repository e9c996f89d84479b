"""The next days: what the same weekdays brought, and how far off that was before."""

from PySide6.QtWidgets import QWidget

from bmis.flows.forecast import ForecastDay
from bmis.flows.number_rules import number_rules
from bmis.kernel.i18n import translate as _
from bmis.reports.catalogue.t11 import weekdays
from ui.desktop.shell.sections import Section
from ui.desktop.supervisor.ahead_model import ForecastModel
from ui.desktop.supervisor.numbers_parts import ForecastNow
from ui.desktop.supervisor.view_charts import decimal
from ui.desktop.supervisor.view_counting import Counting, stopped_words
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.widgets.plain import PlainLabel


class ForecastSection(Section):
    """Looked at again each time it opens."""

    def __init__(self, model: ForecastModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._now: ForecastNow | None = None
        self.past, self.list = PlainLabel(kind="field-label", wrap=True), LineList()
        self.list.view.setObjectName("supervisor.forecast")
        self.counting = Counting(model.cancel)
        self.column.addWidget(self.past)
        self.column.addWidget(self.counting)
        self.column.addWidget(self.list, 1)
        model.told.connect(self._on_told)
        model.progressed.connect(self.counting.show_progress)
        model.busy.connect(lambda busy: None if busy else self.counting.end())
        model.called_off.connect(lambda: self.remarked.emit(stopped_words(), ""))
        model.noticed.connect(self.noticed)
        self.retranslate()

    def title(self) -> str:
        """Return its name."""
        return _("Next days")

    def stops(self) -> bool:
        """Stop counting where it goes on."""
        return self.counting.stops()

    def first_field(self) -> QWidget | None:
        """Return the list."""
        return self.list

    def opened(self) -> None:
        """Look again."""
        self._model.refresh()

    def retranslate(self) -> None:
        """Word the section."""
        self.heading.setText(self.title())
        self.counting.retranslate()
        self.hint.setText(
            _("The middle of the same weekdays of the last {weeks} weeks, holidays apart. It knows nothing of weather,"
              " strikes or closed roads.").format(weeks=number_rules().forecast_weeks_back)
        )  # fmt: skip
        self.list.say(
            _("Next days"),
            [
                Heading(_("Day")),
                Heading(_("Movements expected")),
                Heading(_("Least to most")),
                Heading(_("Days looked at")),
                Heading(_("Holiday"), wide=True),
            ],
            _("Nothing is known yet."),
        )
        self._show()

    def _on_told(self, now: ForecastNow) -> None:
        self._now = now
        self._show()

    def _show(self) -> None:
        now = self._now
        if now is None:
            return
        past = now.forecast.past
        if past.share is None:
            told = _("How far off it was: n/a. {count} past days could be tried, which is too few to say.")
            self.past.setText(told.format(count=past.days))
        else:
            told = _("How far off it was: in the middle {share} over the last {count} days, each told the day before.")
            self.past.setText(told.format(share=f"{decimal(past.share * 100)} %", count=past.days))
        names = dict(now.holidays)
        self.list.show_lines([self._line(one, names.get(one.day, "")) for one in now.forecast.days])

    def _line(self, one: ForecastDay, name: str) -> Line:
        known = one.expected is not None
        return Line(
            one.day,
            (
                f"{weekdays()[one.day.weekday()]} {one.day:%d/%m/%Y}",
                str(one.expected) if known else _("n/a"),
                f"{one.least}–{one.most}" if known else _("n/a"),
                str(one.days),
                name,
            ),
            "" if known else "grey",
        )
