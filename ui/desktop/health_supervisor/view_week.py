"""The weeks of the post: sums of what was submitted, days that are missing, the weekly report."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import timedelta

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural as _n
from poe_health.exchange.csv_words import CountWords
from poe_health.reports.health_weekly import week_day_word
from poe_health.rules.definitions import rule_set
from poe_health.surveillance.keep_days import WeekShown
from poe_health.surveillance.tally import Counts
from poe_health.surveillance.week import epi_week
from ui.desktop.health_supervisor.view_day import number_text
from ui.desktop.health_supervisor.view_handing import HandingPage
from ui.desktop.health_supervisor.view_page import Act
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.lines import Heading, Line


class WeekPage(HandingPage):
    """The weeks: sums of what was submitted, days that are missing."""

    topic = "week"
    columns = 2
    WEEKS = 8

    def prepare(self) -> None:
        """Set what the page keeps."""
        self.weeks: tuple[WeekShown, ...] = ()

    def title(self) -> str:
        """Return its name."""
        return _("Week")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("Week")), Heading(_("Days missing"), wide=True), Heading(_("Screened"))]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("Not looked at yet")

    def acts(self) -> Mapping[str, Act]:
        """Return what can be done with a week."""
        return {
            "print": Act(_("Print the week"), lambda: self.make("pdf"), self._chosen, Key.PRINT),
            "table": Act(_("Save table…"), lambda: self.make("csv"), self._chosen),
        }

    def refresh(self) -> None:
        """Ask for the weeks."""
        parts = self.model.parts

        def work() -> tuple[WeekShown, ...]:
            days = [parts.today() - timedelta(days=7 * n) for n in range(self.WEEKS)]
            weeks = (parts.day.week(epi_week(day), parts.by) for day in days)
            return tuple(week for week in weeks if any(day.had_post or day.sent for day in week.days))

        self.ask(work, self._on_weeks)

    def choose(self, key: object) -> None:
        """Show the week."""
        self._show_week()

    def make(self, form: str) -> None:
        """Make the weekly report."""
        shown, parts = self._week(), self.model.parts
        if shown is None:
            return
        week = shown.summary.week
        self.hand_over(
            _("Weekly summary of port health"),
            "",
            f"health-weekly-{week.code}",
            form,
            lambda: parts.day.reports.weekly(week, parts.by, form),
        )

    def _week(self) -> WeekShown | None:
        return next((one for one in self.weeks if one.summary.week.code == self.list.key()), None)

    def _chosen(self) -> bool:
        return self._week() is not None

    def _on_weeks(self, weeks: tuple[WeekShown, ...]) -> None:
        self.weeks = weeks
        self.show_all()

    def show_all(self) -> None:
        """Show the weeks again."""
        self.show_lines([_week_line(one) for one in self.weeks])
        self._show_week()

    def _show_week(self) -> None:
        shown = self._week()
        if shown is None:
            self.banner.show_verdict("grey", _("Not looked at yet"))
            self.facts.show_facts(())
            return
        summary = shown.summary
        missing = shown.missing
        if missing:
            words = _n("{count} day is not submitted", "{count} days are not submitted", len(missing))
            self.banner.show_verdict("red", words.format(count=len(missing)), _("Missing is not zero."))
        elif shown.reopened:
            self.banner.show_verdict("amber", _("Days are being corrected"), _("The sums hold what was sent last."))
        elif not shown.days[-1].is_over:
            self.banner.show_verdict("grey", _("The week is not over"))
        elif not summary.is_complete:
            self.banner.show_verdict("grey", _("The post began in this week: every day since was submitted"))
        else:
            self.banner.show_verdict("green", _("Every day was submitted"))
        rows = [(f"{one.day:%d/%m/%Y}", week_day_word(one)) for one in shown.days]
        if summary.counts is None:
            rows.append(("", _("No day of this week has counts. That is not zero.")))
        else:
            words_of = CountWords(rule_set(summary.week.days[-1]), current_language())
            rows.append((_("Sums of the days that have counts ({count})").format(count=len(summary.days_counted)), ""))
            rows += [
                (words_of.measure(one.name), number_text(getattr(summary.counts, one.name))) for one in fields(Counts)
            ]
            rows.append((_("Suspected cases by disease"), ""))
            rows += [
                (words_of.label("disease", code) or code, number_text(count))
                for code, count in summary.suspected_by.items()
            ]
        self.facts.show_facts(rows)


def _week_line(shown: WeekShown) -> Line:
    missing = [f"{day:%d/%m}" for day in shown.missing]
    counts, code = shown.summary.counts, shown.summary.week.code
    status = "red" if missing else "amber" if shown.reopened else "green" if shown.summary.is_complete else "grey"
    return Line(code, (code, ", ".join(missing) or _("none"), number_text(counts.screened if counts else None)), status)
