"""The use cases of the day at a health post, joined with one open store: tallies, the week, alarms, signals, papers.

The supervisor's desk and the command line call them; every one takes the actor last.
"""

from dataclasses import dataclass

from bmis.kernel.actor import Actor, NotAllowedError, Permission, Service
from bmis.kernel.clock import Clock, local
from bmis.kernel.i18n import current_language
from bmis.paper.page import HEALTH_SERVICE, Imprint
from bmis.posts.errors import UnknownPostError
from bmis.posts.point_of_entry import point_of_entry
from bmis.reports.export_report import ReportFile
from bmis.staff.session import SignedIn
from bmis.store.crossing_hours import crossing_hours
from bmis.store.home import Home
from poe_health.events.keep_signals import ReadSignals, ReportSignal, TakeSignalStep
from poe_health.measures.keep_measures import KeepMeasures, ReadMeasures
from poe_health.outbreaks.run_outbreak_mode import ReadOutbreaks
from poe_health.reports.hand_over import HandOverReport
from poe_health.surveillance.coverage import ReadCoverage
from poe_health.surveillance.keep_days import DayShown, ReadDay, ReadWeek, ReopenDay, SubmitDay, WeekShown
from poe_health.surveillance.watch import WatchCounts
from poe_health.surveillance.week import EpiWeek
from ui.words.surveillance import coverage_words, fault_words


@dataclass(frozen=True, slots=True)
class DayReports:
    """The reports of the day and of the week, as bytes: PDF, or CSV in UTF-8."""

    home: Home
    now: Clock
    read: ReadDay
    week: ReadWeek
    outbreaks: ReadOutbreaks
    coverage: ReadCoverage

    def tally_of(self, shown: DayShown, by: Actor, form: str = "pdf") -> ReportFile:
        """Return ``health-tally`` of a day that was read: what was submitted, or the records' numbers, marked as such.

        Raises:
            PaperFontError: a bundled font is missing or damaged.
        """
        from poe_health.reports.health_tally import NAME, tally_csv, tally_pdf

        day = shown.counted.day
        covered = self.coverage(day, by)
        if form == "csv":
            content = tally_csv(shown, current_language(), covered=covered)
        else:
            to_settle = [fault_words(one) for one in shown.faults]
            words = coverage_words(covered)
            content = tally_pdf(shown, self._imprint(by), current_language(), to_settle, words)
        return ReportFile(NAME, day, day, form, content)

    def weekly(self, week: EpiWeek, by: Actor, form: str = "pdf") -> ReportFile:
        """Return ``health-weekly``. Raises as ``ReadWeek`` and ``tally_of``."""
        from poe_health.reports.health_weekly import NAME, weekly_csv, weekly_pdf

        shown: WeekShown = self.week(week, by)
        if form == "csv":
            content = weekly_csv(shown, current_language())
        else:
            standing = self.outbreaks(min(week.days[-1], local(self.now()).date()))
            content = weekly_pdf(shown, self._imprint(by), standing, current_language())
        return ReportFile(NAME, week.days[0], week.days[-1], form, content)

    def _imprint(self, by: Actor) -> Imprint:
        try:
            post = point_of_entry(self.home.post_code).name
        except UnknownPostError:
            post = self.home.post_code
        return Imprint(post, local(self.now()), by.name, self.home.training, HEALTH_SERVICE)


@dataclass(frozen=True, slots=True)
class HealthDay:
    """Every use case of tallies and signals for one person of health."""

    read: ReadDay
    submit: SubmitDay
    reopen: ReopenDay
    week: ReadWeek
    coverage: ReadCoverage
    watch: WatchCounts
    report: ReportSignal
    signals: ReadSignals
    step: TakeSignalStep
    keep_measures: KeepMeasures
    measures: ReadMeasures
    reports: DayReports
    hand_over: HandOverReport


def desk_of(session: SignedIn) -> HealthDay:
    """Return the use cases joined with the session's store.

    Raises:
        NotAllowedError: the session is the border's: its store has none.
    """
    if session.service is not Service.HEALTH:
        raise NotAllowedError(permission=Permission.READ_HEALTH_COUNTS.value, role=session.actor.role.value)
    write, read, home, now = session.store.write, session.store.read, session.home, session.now
    day, week = ReadDay(read, home.post_code), ReadWeek(read, home.post_code, now)
    coverage = ReadCoverage(read, lambda day: crossing_hours(home, day))
    return HealthDay(
        read=day,
        submit=SubmitDay(write, home.post_code, now),
        reopen=ReopenDay(write, home.post_code, now),
        week=week,
        coverage=coverage,
        watch=WatchCounts(read, now),
        report=ReportSignal(write, home, now),
        signals=ReadSignals(read, now),
        step=TakeSignalStep(write, now),
        keep_measures=KeepMeasures(write, now),
        measures=ReadMeasures(read),
        reports=DayReports(home, now, day, week, ReadOutbreaks(read), coverage),
        hand_over=HandOverReport(write, now),
    )
