"""What the supervisor's pages of numbers need of the rooms. Every call runs on a thread of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from bmis.crossings.explore_crossings import Exploration, ExploredPage
from bmis.crossings.queue_numbers import Overstays
from bmis.crossings.records.exploring import PageKey
from bmis.crossings.saved_filters import SavedFilter
from bmis.flows.day_numbers import DayNumbers
from bmis.flows.export_flows import FlowRequest, FlowsWritten
from bmis.flows.forecast import Forecast
from bmis.flows.risk import Rate, Rates
from bmis.flows.risk_event import Selector
from bmis.reports.export_crossings import CrossingsWritten, ExportRequest
from bmis.reports.report import Report
from ui.desktop.supervisor.bulletin_parts import BulletinParts, MadeReport

Tell = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class NumbersNow:
    """The desk and the day. ``seconds`` None: the records do not say. ``unsent`` counts messages of this home."""

    in_lane: int
    seconds: int | None
    in_secondary: int
    unsent: int
    owed: int
    day: DayNumbers
    overstays: Overstays


Choices = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""The name of a filter, and code and words of each of its values."""


@dataclass(frozen=True, slots=True)
class ListedReport:
    """One line of the list; ``days``: how long a period it is usually made for."""

    name: str
    title: str
    days: int


@dataclass(frozen=True, slots=True)
class ForecastNow:
    """The forecast with the names of the holidays among its days."""

    forecast: Forecast
    holidays: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class SelectorNow:
    """A selector in force, its country's name, and the rate that it allows to be seen."""

    selector: Selector
    country: str
    rate: Rate


@dataclass(frozen=True, slots=True)
class RiskNow:
    """Rates, the words of their groups, and the selectors in force."""

    rates: Rates
    names: tuple[tuple[str, str], ...]
    selectors: tuple[SelectorNow, ...]


class NumbersParts(Protocol):
    """May raise BmisError. ``tell`` hears how far counting is; None where it was ``cancelled``."""

    @property
    def bulletins(self) -> BulletinParts:
        """The parts of returns and of published bulletins."""

    def numbers(self, tell: Tell, cancelled: Cancelled) -> NumbersNow | None:
        """Return the numbers, once every crossing kept so far is counted."""

    def local_time(self, at: datetime) -> datetime:
        """Return a moment as the post's clock shows it."""

    def reports(self) -> tuple[ListedReport, ...]:
        """Return the reports that fit the role, titles in the language in force."""

    def period(self, kind: str, day: date) -> tuple[date, date]:
        """Return the first and the last day of the day, week, month, quarter, year or season that it lies in."""

    def make_report(
        self, name: str, days: tuple[date, date], language: str, tell: Tell, cancelled: Cancelled
    ) -> MadeReport | None:
        """Return the report over these days."""

    def needs_reason(self, report: Report, form: str) -> bool:
        """Return whether the report is written in this form only with a reason and a recipient."""

    def save_report(self, report: Report, form: str, path: Path, reason: str, recipient: str) -> Path:
        """Return the new file, pdf, xlsx or csv; that it was written is kept in the audit, with why and for whom."""

    def export_flows(
        self, request: FlowRequest, folder: Path, tell: Tell, wrote: Tell, cancelled: Cancelled
    ) -> FlowsWritten | None:
        """Write the flow-monitoring package into a new folder; reason and recipient are kept in the audit.

        ``wrote`` hears how many rows are written. None where it was called off: nothing was written.
        """

    def local_now(self) -> datetime:
        """Return the moment as the post's clock shows it."""

    def local_day(self) -> date:
        """Return the day at the post."""

    def choices(self, language: str) -> Choices:
        """Return the filters that are chosen from a list."""

    def explore(self, wanted: Exploration, after: PageKey | None) -> ExploredPage:
        """Return a page of the crossings found."""

    def count_found(self, wanted: Exploration) -> int:
        """Return how many are found."""

    def filters(self) -> tuple[SavedFilter, ...]:
        """Return the person's own filters."""

    def keep_filter(self, name: str, wanted: Exploration) -> tuple[SavedFilter, ...]:
        """Return the filters, this one kept under its name."""

    def forget_filter(self, name: str) -> tuple[SavedFilter, ...]:
        """Return the filters that are left."""

    def may_export_crossings(self) -> bool:
        """Return whether the role hands crossings over."""

    def export_crossings(
        self, request: ExportRequest, path: Path, wrote: Tell, cancelled: Cancelled
    ) -> CrossingsWritten | None:
        """Write the rows found to a new file; reason and recipient are kept in the audit."""

    def forecast(self, language: str, tell: Tell, cancelled: Cancelled) -> ForecastNow | None:
        """Return the forecast of the next days."""

    def risk(self, outcome: str, group: str, language: str, tell: Tell, cancelled: Cancelled) -> RiskNow | None:
        """Return the rates of an outcome by a group."""

    def may_select(self) -> bool:
        """Return whether the role sets selectors."""

    def set_selector(self, nationality: str, legal_basis: str, expires: date, second: tuple[str, str]) -> Selector:
        """Return the selector as kept; ``second`` is the second person's name and password."""

    def end_selector(self, selector_id: UUID, reason: str) -> None:
        """End a selector."""
