"""The supervisor's numbers joined for one session."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from bmis.crossings.decision import Decision, Direction
from bmis.crossings.explore_crossings import Exploration, ExploreCrossings, ExploredPage
from bmis.crossings.paperwork.records import SqlDrafts, in_secondary
from bmis.crossings.queue_numbers import ReadOverstays, ReadPace
from bmis.crossings.records.exploring import PageKey
from bmis.crossings.rules import purposes, travel_modes
from bmis.crossings.saved_filters import SavedFilter, SavedFilters
from bmis.documents.document_kinds import document_kinds
from bmis.flows.day_numbers import read_day_numbers
from bmis.flows.export_flows import FlowRequest, FlowsWritten
from bmis.flows.number_rules import number_rules
from bmis.flows.risk_event import Selector
from bmis.flows.risk_selectors import SELECT, RiskSelectors, SelectorRequest
from bmis.kernel.actor import Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, local
from bmis.kernel.identifiers import new_id
from bmis.posts.point_of_entry import points_of_entry
from bmis.reports.catalogue import entries
from bmis.reports.dated import festive_of, week_of
from bmis.reports.export_crossings import CrossingsWritten, ExportCrossings, ExportRequest
from bmis.reports.export_report import needs_reason
from bmis.reports.report import Report
from bmis.staff.second_pair_of_eyes import pending_approvals
from bmis.staff.session import SignedIn
from bmis.store.outbox import waiting
from ui import compose
from ui.desktop.errors import FileTakenError
from ui.desktop.supervisor.bulletin_parts import MadeReport
from ui.desktop.supervisor.numbers_parts import (
    Cancelled,
    Choices,
    ForecastNow,
    ListedReport,
    NumbersNow,
    RiskNow,
    Tell,
)
from ui.office.numbers_ahead import forecast_now, risk_now
from ui.office.numbers_bulletin import JoinedBulletins, made_report
from ui.report_desk import ReportDesk
from ui.words.labels import decision_word, direction_word

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class JoinedNumbers:
    """Every call may be made on any thread: each opens its own unit of work."""

    session: SignedIn
    desk: ReportDesk

    @classmethod
    def of(cls, session: SignedIn) -> "JoinedNumbers":
        """Return the parts of a session."""
        return cls(session, compose.report_desk(session))

    @property
    def bulletins(self) -> JoinedBulletins:
        """The parts of returns and of published bulletins."""
        return JoinedBulletins(self.session, self.desk)

    def numbers(self, tell: Tell, cancelled: Cancelled) -> NumbersNow | None:
        """Return the numbers, None where counting was called off."""
        session, rules = self.session, number_rules()
        require(session.actor, Permission.READ_REPORTS)
        self.desk.roll_up(tell, cancelled)
        if cancelled():
            return None
        now = session.now()
        here = self.local_time(now)
        with self.desk.counts.view() as view:
            day = read_day_numbers(view, here.date(), here.hour)
        with session.store.read() as unit:
            in_lane, unsent = SqlDrafts(unit).count(), waiting(unit.connection)
            waits = in_secondary(unit, session.home.desk_id)
            owed = len(pending_approvals(unit, now))
        pace = ReadPace(session.store.read, session.home.desk_id)
        return NumbersNow(
            in_lane=in_lane,
            seconds=pace(
                now, rules.pace_window_minutes, rules.pace_longest_gap_s, rules.pace_least_gaps, session.actor
            ),
            in_secondary=waits,
            unsent=unsent,
            owed=owed,
            day=day,
            overstays=ReadOverstays(session.store.read)(here.date(), session.actor),
        )

    def local_time(self, at: datetime) -> datetime:
        """Return a moment as the post's clock shows it."""
        return local(at, MAPUTO_OFFSET_MINUTES)

    def local_now(self) -> datetime:
        """Return the moment as the post's clock shows it."""
        return self.local_time(self.session.now())

    def local_day(self) -> date:
        """Return the day at the post."""
        return self.local_now().date()

    def reports(self) -> tuple[ListedReport, ...]:
        """Return the reports that fit the role and whose sources are here."""
        may, sources = self.session.actor.may, set(self.desk.make.more)
        return tuple(
            ListedReport(one.name, one.title(), one.days)
            for one in entries()
            if may(one.permission) and one.needs <= sources
        )

    def period(self, kind: str, day: date) -> tuple[date, date]:
        """Return the first and the last day."""
        if kind == "week":
            return week_of(day)
        if kind == "festive":
            return festive_of(day)
        if kind in _MONTHS:
            months = _MONTHS[kind]
            first = date(day.year, day.month - (day.month - 1) % months, 1)
            last_month = first.replace(month=first.month + months - 1)
            return first, (last_month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return day, day

    def make_report(
        self, name: str, days: tuple[date, date], language: str, tell: Tell, cancelled: Cancelled
    ) -> MadeReport | None:
        """Return the report, None where it was called off."""
        self.desk.roll_up(tell, cancelled)
        if cancelled():
            return None
        report = self.desk.make(name, *days, language, self.session.actor)
        return made_report(report, self.session.now, cancelled)

    def needs_reason(self, report: Report, form: str) -> bool:
        """Return whether it is written only with a reason."""
        return needs_reason(report.name, form)

    def save_report(self, report: Report, form: str, path: Path, reason: str, recipient: str) -> Path:
        """Return the new file.

        Raises:
            FileTakenError: there is one of that name.
        """
        if path.exists():
            raise FileTakenError
        export = self.desk.export_report
        return export(report, form, path, self.session.actor, reason=reason, recipient=recipient).path

    def export_flows(
        self, request: FlowRequest, folder: Path, tell: Tell, wrote: Tell, cancelled: Cancelled
    ) -> FlowsWritten | None:
        """Write the package."""
        return self.desk.export(request, folder, self.session.actor, cancelled, wrote, tell)

    def choices(self, language: str) -> Choices:
        """Return the filters that are chosen from a list."""
        today = self.local_day()
        return (
            ("direction", tuple((one.value, direction_word(one.value)) for one in Direction)),
            ("decision", tuple((one.value, decision_word(one.value)) for one in Decision)),
            ("post_code", tuple((one.code, one.name) for one in points_of_entry())),
            ("travel_mode", tuple((one.code, one.label(language)) for one in travel_modes(today).codes)),
            ("purpose", tuple((one.code, one.label(language)) for one in purposes(today).codes)),
            ("document_kind", tuple((one.code, one.name(language)) for one in document_kinds(today))),
        )

    def explore(self, wanted: Exploration, after: PageKey | None) -> ExploredPage:
        """Return a page."""
        return self._explore()(wanted, self.session.actor, after)

    def count_found(self, wanted: Exploration) -> int:
        """Return how many are found."""
        return self._explore().count(wanted, self.session.actor)

    def filters(self) -> tuple[SavedFilter, ...]:
        """Return the person's own filters."""
        return self._filters()(self.local_day(), self.session.actor)

    def keep_filter(self, name: str, wanted: Exploration) -> tuple[SavedFilter, ...]:
        """Return the filters, this one kept."""
        self._filters().keep(name, wanted, self.local_day(), self.session.actor)
        return self.filters()

    def forget_filter(self, name: str) -> tuple[SavedFilter, ...]:
        """Return the filters that are left."""
        self._filters().forget(name, self.session.actor)
        return self.filters()

    def may_export_crossings(self) -> bool:
        """Return whether the role hands crossings over."""
        return self.session.actor.may(Permission.EXPORT_CROSSINGS)

    def export_crossings(
        self, request: ExportRequest, path: Path, wrote: Tell, cancelled: Cancelled
    ) -> CrossingsWritten | None:
        """Write the rows found."""
        export = ExportCrossings(self._explore(), self.session.store.write, self.session.now)
        return export(request, path, self.session.actor, wrote, cancelled)

    def forecast(self, language: str, tell: Tell, cancelled: Cancelled) -> ForecastNow | None:
        """Return the forecast, None where counting was called off."""
        require(self.session.actor, Permission.READ_REPORTS)
        self.desk.roll_up(tell, cancelled)
        if cancelled():
            return None
        return forecast_now(self.desk.counts, self.session.home.post_code, self.local_day(), language)

    def risk(self, outcome: str, group: str, language: str, tell: Tell, cancelled: Cancelled) -> RiskNow | None:
        """Return the rates, None where counting was called off."""
        require(self.session.actor, Permission.READ_REPORTS)
        self.desk.roll_up(tell, cancelled)
        if cancelled():
            return None
        selectors = self._selectors()(self.session.actor)
        return risk_now(self.desk.counts, outcome, group, self.local_day(), selectors, language)

    def may_select(self) -> bool:
        """Return whether the role sets selectors."""
        return self.session.actor.may(Permission.SELECT_RISK)

    def set_selector(self, nationality: str, legal_basis: str, expires: date, second: tuple[str, str]) -> Selector:
        """Return the selector as kept; it is checked before the second person signs."""
        selectors, by = self._selectors(), self.session.actor
        request = selectors.checked(SelectorRequest(new_id(self.session.now()), nationality, legal_basis, expires), by)
        return selectors.set(request, self.desk.second.immediate(SELECT, request.id, *second, by), by)

    def end_selector(self, selector_id: UUID, reason: str) -> None:
        """End a selector."""
        self._selectors().end(selector_id, reason, self.session.actor)

    def _selectors(self) -> RiskSelectors:
        store = self.session.store
        return RiskSelectors(store.read, store.write, self.session.now, MAPUTO_OFFSET_MINUTES)

    def _explore(self) -> ExploreCrossings:
        return ExploreCrossings(self.session.store.read, MAPUTO_OFFSET_MINUTES)

    def _filters(self) -> SavedFilters:
        return SavedFilters(self.session.store.read, self.session.store.write, self.session.now)
