"""What the pages of returns and of published bulletins need of the rooms. Every call runs on a thread of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from bmis.capture.frame import RgbBytes
from bmis.reports.bulletin.edition import Edition
from bmis.reports.bulletin.publish import Draft
from bmis.reports.report import Report
from bmis.reports.returns.keep_returns import KeptReturn
from bmis.reports.returns.post_return import PostReturn


@dataclass(frozen=True, slots=True)
class MadeReport:
    """A report with its paper and the paper's pages as pictures: the first of ``page_count``."""

    report: Report
    pdf: bytes
    pages: tuple[RgbBytes, ...]
    page_count: int


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One return that is owed or came. ``kept`` None: it has not come, which is no nought. ``amends`` names the return
    that the kept one corrects, "" where it is the first."""

    post: str
    kind: str
    day: date
    kept: KeptReturn | None
    amends: str = ""


@dataclass(frozen=True, slots=True)
class ReturnsNow:
    """The returns of some days: those that came and those that are owed, by day, post and kind."""

    first: date
    last: date
    lines: tuple[ReturnLine, ...]

    @property
    def missing(self) -> int:
        """Return how many are owed and have not come."""
        return sum(one.kept is None for one in self.lines)


@dataclass(frozen=True, slots=True)
class TypedReturn:
    """A return as typed: ``figures`` are texts by code; ``amends`` the reference that it corrects, "" for a first."""

    post: str
    kind: str
    day: date
    sender: str
    sent_day: date
    sent_hour: str
    figures: Mapping[str, str]
    amends: str = ""


@dataclass(frozen=True, slots=True)
class DraftNow:
    """What would be published, with its paper. ``name`` is that of the report, ``by`` who prepares it."""

    name: str
    draft: Draft
    made: MadeReport
    by: str


class BulletinParts(Protocol):
    """May raise BmisError. None where a call was called off."""

    def returns(self, first: date, last: date) -> ReturnsNow:
        """Return what came of these days, and what is owed."""

    def read_message(self, untrusted_text: str) -> tuple[PostReturn, ...]:
        """Return what a daily message says, its check digits proved. Nothing is kept."""

    def messages(self, post: str, day: date) -> tuple[str, ...]:
        """Return what stands of a post and a day as daily messages."""

    def take_message(self, given: tuple[PostReturn, ...]) -> tuple[KeptReturn, ...]:
        """Return the returns of a message as kept."""

    def take_typed(self, typed: TypedReturn, language: str) -> tuple[KeptReturn, ...]:
        """Return a typed return as kept."""

    def posts(self) -> tuple[tuple[str, str], ...]:
        """Return code and name of every post."""

    def may_publish(self) -> bool:
        """Return whether the role publishes bulletins."""

    def editions(self, name: str) -> tuple[Edition, ...]:
        """Return what was published of a report, the newest first."""

    def edition_paper(self, edition: Edition, cancelled: Callable[[], bool]) -> MadeReport | None:
        """Return a frozen edition with its paper."""

    def look(
        self, name: str, days: tuple[date, date], language: str, revision: bool, cancelled: Callable[[], bool]
    ) -> DraftNow | None:
        """Return what would be published now; nothing is kept."""

    def publish(self, seen: DraftNow, second: tuple[str, str]) -> Edition:
        """Return the edition; ``second`` is the second person's name and password.

        Raises:
            DraftChangedError: the numbers are not those of ``seen``.
        """

    def import_baseline(self, path: Path) -> tuple[int, int]:
        """Return how many figures of how many periods a file of past bulletins brought."""
