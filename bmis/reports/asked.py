"""What a report is made from, and where a report says what it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bmis.flows.counts import CountsView
from bmis.kernel.actor import Permission
from bmis.reports.report import Report, Section


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with what answers it. ``more``: sources that other rooms bring, by name; a missing one is not recorded.

    ``made_at`` is aware, in the wall clock of the post; ``first`` and ``last`` are local days, both included.
    """

    first: date
    last: date
    language: str
    post: str
    made_at: datetime
    made_by: str
    training: bool
    counts: CountsView
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        """Return whether the last day was over when the report was made."""
        return self.last < self.made_at.date()

    def report(
        self,
        name: str,
        title: str,
        sections: tuple[Section, ...],
        *,
        facts: tuple[tuple[str, str], ...] = (),
        caveats: tuple[str, ...] = (),
    ) -> Report:
        """Return the report over the period that was asked for."""
        return Report(
            name=name,
            title=title,
            first=self.first,
            last=self.last,
            post=self.post,
            made_at=self.made_at,
            made_by=self.made_by,
            training=self.training,
            language=self.language,
            sections=sections,
            facts=facts,
            caveats=caveats,
        )


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One report. ``title`` is asked in the reader's language; ``make`` is called while that language is in force.

    ``days``: how long a period it is usually made for. ``needs``: names of sources without which it is not offered.
    ``for_public``: small numbers are hidden in it; all others are for the service's own use and say so.
    ``tells_apart``: its rows tell few people apart (by nationality, age, purpose, reason) and hide no small number: as
    XLSX or CSV it is handed over only with a reason.
    """

    name: str
    title: Callable[[], str]
    make: Callable[[Asked], Report]
    days: int = 7
    permission: Permission = Permission.READ_REPORTS
    needs: frozenset[str] = frozenset()
    for_public: bool = False
    tells_apart: bool = False
