"""What the supervisor's pages of numbers need of the rooms. Every call runs on a thread of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from bmis.capture.frame import RgbBytes
from bmis.crossings.queue_numbers import Overstays
from bmis.flows.day_numbers import DayNumbers
from bmis.flows.export_flows import FlowRequest, FlowsWritten
from bmis.reports.report import Report

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


@dataclass(frozen=True, slots=True)
class ListedReport:
    """One line of the list; ``days``: how long a period it is usually made for."""

    name: str
    title: str
    days: int


@dataclass(frozen=True, slots=True)
class MadeReport:
    """A report with its paper and the paper's pages as pictures: the first of ``page_count``."""

    report: Report
    pdf: bytes
    pages: tuple[RgbBytes, ...]
    page_count: int


class NumbersParts(Protocol):
    """May raise BmisError. ``tell`` hears how far counting is; None where it was ``cancelled``."""

    def numbers(self, tell: Tell, cancelled: Cancelled) -> NumbersNow | None:
        """Return the numbers, once every crossing kept so far is counted."""

    def local_time(self, at: datetime) -> datetime:
        """Return a moment as the post's clock shows it."""

    def reports(self) -> tuple[ListedReport, ...]:
        """Return the reports that fit the role, titles in the language in force."""

    def period(self, kind: str, day: date) -> tuple[date, date]:
        """Return the first and the last day of the day, week or month (``kind``) that the day lies in."""

    def make_report(
        self, name: str, days: tuple[date, date], language: str, tell: Tell, cancelled: Cancelled
    ) -> MadeReport | None:
        """Return the report over these days."""

    def report_file(self, report: Report, form: str) -> bytes:
        """Return the report as pdf, xlsx or csv."""

    def export_flows(self, request: FlowRequest, folder: Path, tell: Tell, cancelled: Cancelled) -> FlowsWritten | None:
        """Write the flow-monitoring package into a new folder; reason and recipient are kept in the audit."""

    def local_day(self) -> date:
        """Return the day at the post."""
