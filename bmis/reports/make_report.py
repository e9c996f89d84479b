"""Making a report, and writing it to a file that is whole or not there."""

import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from bmis.flows.counts import Counts
from bmis.flows.period import check_period
from bmis.kernel import whole_file
from bmis.kernel.actor import Actor, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock, local
from bmis.kernel.i18n import speaking
from bmis.kernel.i18n import translate as _
from bmis.reports.asked import Asked
from bmis.reports.catalogue import entry
from bmis.reports.errors import ReportFormError, ReportTargetError, ReportUnknownError, ReportWriteError
from bmis.reports.report import Report

FORMS = ("pdf", "xlsx", "csv")


@dataclass(frozen=True, slots=True)
class MakeReport:
    """Makes a report of the catalogue. ``more``: sources of other rooms, each asked only when a report is made."""

    counts: Counts
    now: Clock
    post: str
    training: bool
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES
    more: Mapping[str, Callable[[], Any]] = field(default_factory=dict)

    def __call__(self, name: str, first: date, last: date, language: str, by: Actor) -> Report:
        """Return the report over the days, both included.

        Raises:
            ReportUnknownError: there is none of that name.
            NotAllowedError: the role does not read it.
            PeriodError: the days are the wrong way round, have not come, or are too many.
        """
        asked_for = entry(name)
        require(by, asked_for.permission)
        if not asked_for.needs <= set(self.more):
            raise ReportUnknownError(report=name[:40])
        made_at = local(self.now(), self.utc_offset_minutes)
        check_period(first, last, made_at.date())
        with speaking(language), self.counts.view() as view:
            report = asked_for.make(
                Asked(
                    first=first,
                    last=last,
                    language=language,
                    post=self.post,
                    made_at=made_at,
                    made_by=by.name,
                    training=self.training,
                    counts=view,
                    more={each: source() for each, source in self.more.items()},
                )
            )
            told = draft_words() if asked_for.for_public else internal_words()
            return replace(report, caveats=(*report.caveats, told))


def internal_words() -> str:
    """Return what every report says that is not for the public."""
    return _("For internal use: small numbers are not hidden. Not to be published.")


def draft_words() -> str:
    """Return what a report for the public says until it is published."""
    return _("Draft: only the published edition goes to the public.")


def rendered(report: Report, form: str) -> bytes:
    """Return the report as pdf, xlsx or csv.

    Raises:
        ReportFormError: as something else.
        PaperFontError: a bundled font is missing or damaged.
    """
    if form == "pdf":
        from bmis.reports.render.paper import report_pdf

        return report_pdf(report)
    if form == "xlsx":
        from bmis.reports.render.workbook import report_xlsx

        return report_xlsx(report)
    if form == "csv":
        from bmis.reports.render.text import report_csv

        return report_csv(report)
    raise ReportFormError(form=form[:10])


def write_whole(path: Path, content: bytes) -> None:
    """Write the file, readable by its owner alone; a file of that name is replaced at once or not at all.

    Raises:
        ReportWriteError: it cannot be written; nothing was left behind. ReportTargetError: see ``staged``.
    """
    with staged(path, content):
        pass


@contextmanager
def staged(path: Path, content: bytes) -> Iterator[None]:
    """Write the file beside its place, do the block, then put it in place; if the block fails nothing is left.

    Raises:
        ReportWriteError: it cannot be written; the block was not begun, or is done and the file is not in place.
        ReportTargetError: a device, a folder, a link or a pipe has that name: it is never replaced.
    """
    _require_file(path)
    try:
        with whole_file.staged(path, content):
            yield
    except OSError as error:
        raise ReportWriteError from error


def _require_file(path: Path) -> None:
    try:
        there = path.lstat()
    except (OSError, ValueError):  # it is new, or cannot be written: who writes will say so
        return
    if not stat.S_ISREG(there.st_mode):
        raise ReportTargetError
