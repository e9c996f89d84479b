"""The day in numbers: tiles, hours, the hours of a week, stays past their day."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from bmis.crossings.view import CrossingSummary
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from bmis.reports.catalogue.t11 import weekdays
from bmis.reports.report import Missing, change
from ui.desktop.shell.desk import PaletteAction
from ui.desktop.shell.sections import Section
from ui.desktop.supervisor.numbers_model import NumbersModel
from ui.desktop.supervisor.numbers_parts import NumbersNow
from ui.desktop.supervisor.view_charts import HOURS, HeatMap, HourBars
from ui.desktop.supervisor.view_counting import Counting, stopped_words
from ui.desktop.widgets.facts import Tile
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.widgets.plain import Button, PlainLabel
from ui.words.crossings import summary_document, summary_name

REFRESH_MS = 60_000


class NumbersSection(Section):
    """Looks again each minute while it is in front. Numbers already shown stay until newer ones come."""

    approvals_wanted = Signal()

    def __init__(self, model: NumbersModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._now: NumbersNow | None = None
        self.tiles = {name: Tile() for name in ("today", "in_lane", "seconds", "in_secondary", "unsent")}
        self.approvals, self.overstays = Button(), Button()
        self.counting = Counting(model.cancel)
        self.hours, self.heat, self.list = HourBars(), HeatMap(), LineList()
        self.list.view.setObjectName("supervisor.overstays")
        self.note = PlainLabel(kind="small", wrap=True)
        self._stack = QStackedWidget()
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self._again)
        self.approvals.clicked.connect(self.approvals_wanted)
        self.overstays.clicked.connect(self._turn)
        model.counted.connect(self._on_counted)
        model.progressed.connect(self.counting.show_progress)
        model.busy.connect(lambda busy: None if busy else self.counting.end())
        model.called_off.connect(self._on_called_off)
        model.noticed.connect(self.noticed)
        self.retranslate()

    def _lay_out(self) -> None:
        tiles, row = QHBoxLayout(), QHBoxLayout()
        tiles.setSpacing(16)
        row.setSpacing(16)
        for tile in self.tiles.values():
            tiles.addWidget(tile, 1)
        for button in (self.approvals, self.overstays):
            row.addWidget(button)
        row.addWidget(self.counting, 1)
        row.addStrut(52)  # room for the wider edge of the button that has the focus
        charts, stays = QWidget(), QWidget()
        for page, parts in ((charts, (self.hours, self.heat)), (stays, (self.note, self.list))):
            column = QVBoxLayout(page)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(12)
            for part in parts:
                column.addWidget(part, 0 if part is self.note else 1)
            self._stack.addWidget(page)
        self.column.setSpacing(12)
        self.column.addLayout(tiles)
        self.column.addLayout(row)
        self.column.addWidget(self._stack, 1)

    def title(self) -> str:
        """Return its name."""
        return _("Numbers")

    def stops(self) -> bool:
        """Stop counting where it goes on."""
        return self.counting.stops()

    def first_field(self) -> QWidget | None:
        """Return the way to the approvals."""
        return self.approvals

    def palette_actions(self) -> Sequence[PaletteAction]:
        """Offer what the buttons do."""
        return [PaletteAction(_("Stays past their day"), self._turn), PaletteAction(_("Count again"), self.opened)]

    def opened(self) -> None:
        """Look again, and each minute from now on."""
        self._model.refresh()
        self._timer.start()

    def locking(self) -> None:
        """Names leave the screen."""
        self._stack.setCurrentIndex(0)
        self.list.show_lines(())

    def retranslate(self) -> None:
        """Word the section."""
        self.heading.setText(self.title())
        self.hint.hide()
        self.counting.retranslate()
        self.note.setText(
            _("Registered stays only: entries here whose last day has passed, with no way out recorded since. The"
              " person may have left by a post that has not sent its records.")
        )  # fmt: skip
        self.list.say(
            _("Stays past their day"),
            [
                Heading(_("Stay until")),
                Heading(_("Days over")),
                Heading(_("Name"), wide=True),
                Heading(_("Document")),
                Heading(_("Nationality")),
                Heading(_("Entered on")),
            ],
            _("No registered stay has passed its day."),
        )
        self._show()

    def _again(self) -> None:
        """A count that is under way is not begun anew."""
        if not self.isVisible():
            self._timer.stop()
        elif not self._model.is_busy:
            self._model.refresh()

    def _turn(self) -> None:
        """Show the charts or the stays."""
        self._stack.setCurrentIndex(1 - self._stack.currentIndex())
        self._show()
        (self.list if self._stack.currentIndex() else self.overstays).setFocus()

    def _on_counted(self, now: NumbersNow) -> None:
        self._now = now
        self._show()

    def _on_called_off(self) -> None:
        self.remarked.emit(stopped_words(), "")

    def _show(self) -> None:
        now = self._now
        self._show_tiles(now)
        owed, over = (now.owed, now.overstays.count) if now else (0, 0)
        self.approvals.say(_("Approvals owed: {count}").format(count=owed if now else "—"))
        stays = self._stack.currentIndex() == 1
        self.overstays.say(
            _("Back to the charts") if stays else _("Stays past their day: {count}").format(count=over if now else "—")
        )
        if now is None:
            return
        self._show_hours(now)
        self._show_heat(now)
        self.list.show_lines([self._stay(now, one) for one in now.overstays.listed])

    def _show_tiles(self, now: NumbersNow | None) -> None:
        tiles = self.tiles
        day = now.day if now else None
        tiles["today"].show_figure(day.so_far if day else None, self._today_words(now))
        tiles["in_lane"].show_figure(now.in_lane if now else None, _("in the lane now"))
        tiles["seconds"].show_figure(now.seconds if now else None, _("seconds between travellers (median)"))
        waits = now.in_secondary if now else 0
        tiles["in_secondary"].show_figure(
            waits if now else None, _n("person in secondary", "people in secondary", waits), "amber" if waits else ""
        )
        unsent = now.unsent if now else 0
        tiles["unsent"].show_figure(
            unsent if now else None, _n("message not yet sent", "messages not yet sent", unsent)
        )
        self.setAccessibleDescription("; ".join(tile.text() for tile in tiles.values()) if now else "")

    def _today_words(self, now: NumbersNow | None) -> str:
        if now is None:
            return _("movements today")
        day = now.day
        if day.week_before is None:
            return _("movements by {hour} h; 7 days ago: n/a").format(hour=f"{day.full_hours:02d}")
        grown = change(day.so_far, day.week_before)
        share = _("n/a") if isinstance(grown, Missing) else f"{grown:+.0%}"
        return _("movements by {hour} h; 7 days ago: {before} ({change})").format(
            hour=f"{day.full_hours:02d}", before=day.week_before, change=share
        )

    def _show_hours(self, now: NumbersNow) -> None:
        day = now.day
        told = [
            _("{hour} h: {entries} in, {exits} out").format(
                hour=f"{hour:02d}", entries=day.entries[hour], exits=day.exits[hour]
            )
            for hour in range(HOURS)
            if day.entries[hour] or day.exits[hour]
        ]
        self.hours.show_hours(
            _("Movements by hour, today"),
            ((_("Entries"), day.entries), (_("Exits"), day.exits)),
            day.full_hours,
            "; ".join(told) or _("No movement yet today."),
        )

    def _show_heat(self, now: NumbersNow) -> None:
        day, names = now.day, weekdays()
        told = []
        for name, values in zip(names, day.heat, strict=True):
            known = [(value, hour) for hour, value in enumerate(values) if value]
            if known:
                value, hour = max(known)
                told.append(
                    _("{day}: most at {hour} h, {count} on average").format(
                        day=name, hour=f"{hour:02d}", count=round(value)
                    )
                )
        begins = day.heat_first <= day.heat_last
        period = f"{day.heat_first:%d/%m}–{day.heat_last:%d/%m/%Y}" if begins else _("n/a")
        self.heat.show_rows(
            _("Movements an hour, by weekday"),
            _("Mean of {period}; darker is more").format(period=period),
            tuple(zip(names, day.heat, strict=True)),
            "; ".join(told) or _("There is no day before today to look at."),
        )

    def _stay(self, now: NumbersNow, one: CrossingSummary) -> Line:
        until = one.stay_until
        days = (now.day.day - until).days if until else 0
        return Line(
            one.id,
            (
                f"{until:%d/%m/%Y}" if until else "—",
                str(days),
                summary_name(one),
                summary_document(one),
                one.nationality or "—",
                f"{self._model.local_time(one.crossed_at):%d/%m/%Y}",
            ),
            "amber",
        )
